"""Who may see what: whoever has the token; without one, who is on this machine. /healthz is open.

Behind a proxy on the same machine everybody seems to be on it. So does a page of a stranger in the
operator's browser, whose name leads here (DNS rebinding). Only a request that came straight, to an
address of this machine, needs no token; and no proxy must say that it is one: where a token is set,
all need it.
"""

import hmac
import ipaddress
from base64 import b64decode
from binascii import Error as NotBase64
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = frozenset({"/healthz"})
FEEDS = "/feeds/"
"""Below it each feed of a list has a secret in its address: readers cannot send the token."""
COOKIE, KEPT = "ausguck", timedelta(days=400)
"""Browsers keep no cookie for longer than that."""
WINDOW, MOST_WRONG, MOST_KNOWN = timedelta(minutes=1), 10, 1000
"""So many wrong tokens a minute are compared from one address, of so many addresses."""
LONG = 20
"""Nobody guesses a token of so many signs, however often: others' tries lock out nobody who has it.
Behind a proxy or a container's network all come from one address."""
SAFE = frozenset({"GET", "HEAD"})
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
CHALLENGE = {"WWW-Authenticate": 'Basic realm="Ausguck", charset="UTF-8"'}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every answer that does not say otherwise itself."""

Answer = Literal["welcome", "unknown", "wrong", "too often"]


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, and nobody else's way to it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Gate:
    """Decides who passes. The token can be changed while it stands."""

    def __init__(self, host: str, token: str | None, now: Callable[[], datetime]) -> None:
        """Begin.

        Args:
            host: the address that is listened on.
            token: the password; None: nobody from elsewhere passes.
            now: the clock.
        """
        self.token = token
        self._is_local = is_loopback(host)
        self._now = now
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    def asks(self, request: HTTPConnection) -> Answer:
        """Say how a request is to be answered."""
        if self.token is None and self._is_local and _came_straight(request):
            return "welcome"
        shown = [*_in_header(request), request.query_params.get("token", "")]
        cookie = request.cookies.get(COOKIE, "")
        if not cookie and not any(shown):
            return "unknown"
        wrong = self._wrong_tries(request)
        is_full = len(wrong) >= MOST_WRONG
        is_compared = not is_full or len(self.token or "") >= LONG
        if is_compared and self._knows(shown, cookie):
            return "welcome"
        if is_full:
            return "too often"
        wrong.append(self._now())
        return "wrong"

    def _knows(self, shown: Sequence[str], cookie: str) -> bool:
        stamp = None if self.token is None else _stamp(self.token)
        return any(_is_same(each, self.token) for each in shown) or _is_same(cookie, stamp)

    def brings_token(self, request: HTTPConnection) -> str | None:
        """Return the cookie for who shows the right token in the address, else None."""
        if self.token is None or not _is_same(request.query_params.get("token", ""), self.token):
            return None
        return _stamp(self.token)

    def _wrong_tries(self, request: HTTPConnection) -> deque[datetime]:
        """Return when this address showed a wrong token lately."""
        known = _neighbourhood(request.client.host if request.client else "")
        tries = self._wrong.setdefault(known, deque(maxlen=MOST_WRONG))
        self._wrong.move_to_end(known)
        while len(self._wrong) > MOST_KNOWN:
            self._wrong.popitem(last=False)
        while tries and self._now() - tries[0] > WINDOW:
            tries.popleft()
        return tries


class Guarded:
    """Lets nobody through to an application whom the gate does not let pass."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            return  # there is no lifespan, and no web socket

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        is_open = scope["path"] in OPEN or _has_secret(scope["path"])
        refusal = None if is_open else self._refusal(HTTPConnection(scope))
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, request: HTTPConnection) -> Response | None:
        match self._gate.asks(request):
            case "unknown" | "wrong":
                refusal = PlainTextResponse(_remedy(self._gate), 401, CHALLENGE)
                if COOKIE in request.cookies:
                    refusal.delete_cookie(COOKIE)  # of a token that was changed: no further try
                return refusal
            case "too often":
                seconds = str(round(WINDOW.total_seconds()))
                return PlainTextResponse("Too many wrong tokens.", 429, {"Retry-After": seconds})
        if request.scope["method"] not in SAFE and not _is_from_here(request):
            return PlainTextResponse("This was sent by a page of another site.", 403)
        if stamp := self._gate.brings_token(request):
            return _without_token(request, stamp)
        return None


def _has_secret(path: str) -> bool:
    """Tell whether a path is that of a list's feed: /feeds/NAME/SECRET.atom."""
    return path.startswith(FEEDS) and path.endswith(".atom") and path.count("/") == 3


def _remedy(gate: Gate) -> str:
    if gate.token is None:
        return "Set web.token: without one this page can be opened on its own machine only."
    return "The token is needed: `ausguck status` prints the address with it."


def _is_same(shown: str, secret: str | None) -> bool:
    return secret is not None and hmac.compare_digest(shown.encode(), secret.encode())


def _stamp(token: str) -> str:
    """Return what a cookie carries: it shows the token to nobody who reads it."""
    return hmac.new(token.encode(), COOKIE.encode(), sha256).hexdigest()


def _in_header(request: HTTPConnection) -> list[str]:
    """Return what is shown as a bearer's token, or as the password that a feed reader asked for."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return [value.strip()]
        case "basic":
            try:
                return [b64decode(value, validate=True).decode().partition(":")[2]]
            except (NotBase64, UnicodeDecodeError):
                return [value]
    return []


def _came_straight(request: HTTPConnection) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        named = urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:
        return False
    return named is not None and is_loopback(named)


def _is_from_here(request: HTTPConnection) -> bool:
    """Tell whether a request that may change something was not sent by a page of another site."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _neighbourhood(address: str) -> str:
    """Return what counts as one address: who has one of IPv6 has billions."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    width = 64 if read.version == 6 else 32
    return str(ipaddress.ip_network((read, width), strict=False))


def _without_token(request: HTTPConnection, stamp: str) -> Response:
    """Send to the same address without the token in it; from now on a cookie stands for that.

    The way is relative: a proxy may serve all this below a path of its own.
    """
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    left = [pair for pair in asked if pair[0] != "token"]
    page = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
    here = "./" + page.rpartition("/")[2] + (f"?{urlencode(left)}" if left else "")
    answer = RedirectResponse(here, 303)
    answer.set_cookie(
        COOKIE,
        stamp,
        max_age=int(KEPT.total_seconds()),
        secure=request.scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )
    return answer

"""Telegram's rules for URLs: which are accepted in links and buttons, and how they are rewritten.

Written from TDLib's `LinkManager::check_link` and `parse_url` (td/telegram/LinkManager.cpp,
tdutils/td/utils/HttpUrl.cpp): a URL gets a scheme and a path, its host is lower-cased, a host
without a dot is refused, and so is every scheme but http, https, tg, ton and tonsite.
"""

import ipaddress
import re
from dataclasses import dataclass

_APP_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_HOST = re.compile(r"(?:[a-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff]|%[0-9a-f]{2})+")
_SPACE = " \t\r\n\0\v"


class LinkError(ValueError):
    """A URL that Telegram refuses; the message is Telegram's reason."""


@dataclass(frozen=True, slots=True)
class _Url:
    scheme: str
    userinfo: str
    host: str
    port: int
    rest: str

    @property
    def is_ipv6(self) -> bool:
        return self.host.startswith("[")

    def __str__(self) -> str:
        user = f"{self.userinfo}@" if self.userinfo else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.rest}"


def check_link(link: str) -> str:
    """Returns the URL as Telegram keeps it (`Example.org` becomes `http://example.org/`).

    Raises:
        LinkError: Telegram would not accept the URL.
    """
    app = _APP_SCHEME.match(link)
    if app:
        return _check_app_link(app[1].lower(), link[app.end() :])
    url = _parse(link)
    if "." not in url.host and not url.is_ipv6:
        raise LinkError("Wrong HTTP URL")
    return str(url)


def linked_user(link: str) -> int | None:
    """Returns the user that `tg://user?id=N` mentions, or None for any other URL."""
    found = re.fullmatch(r"tg:(?://)?user/?\?id=(\d+)", link, re.IGNORECASE)
    return int(found[1]) if found else None


def _check_app_link(scheme: str, link: str) -> str:
    url = _parse(link)
    wrong = "Wrong tg URL" if scheme == "tg" else "Wrong ton URL"
    explicit = link.lower().startswith("http://") or url.scheme == "https"
    if explicit or url.userinfo or url.port or url.is_ipv6:
        raise LinkError(wrong)
    allowed = r"[A-Za-z0-9_.-]+" if scheme == "tonsite" else r"[A-Za-z0-9_-]+"
    if not re.fullmatch(allowed, url.host):
        raise LinkError("Unallowed characters in URL host")
    rest = url.rest.removeprefix("/") if url.rest.startswith("/?") else url.rest
    return f"{scheme}://{url.host}{rest}"


def _parse(link: str) -> _Url:
    scheme = "http"
    explicit = _SCHEME.match(link)
    if explicit:
        scheme = explicit[1].lower()
        if scheme not in ("http", "https"):
            raise LinkError("Unsupported URL protocol")
        link = link[explicit.end() :]
    cut = next((at for at, char in enumerate(link) if char in "/?#"), len(link))
    authority, port = _split_port(link[:cut])
    userinfo, _, host = authority.rpartition("@")
    return _Url(scheme, userinfo, _check_host(host), port, _path(link[cut:]))


def _split_port(authority: str) -> tuple[str, int]:
    colon = next(
        (at for at in range(len(authority) - 1, 0, -1) if authority[at] in ":]@"),
        0,
    )
    if not colon or authority[colon] != ":":
        return authority, 0
    digits = authority[colon + 1 :]
    port = int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0
    if not 0 < port <= 65535:
        raise LinkError("Wrong port number specified in the URL")
    return authority[:colon], port


def _check_host(host: str) -> str:
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    host = "".join(char.lower() if char.isascii() else char for char in host)
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise LinkError("Wrong IPv6 address specified in the URL") from None
    elif not _HOST.fullmatch(host):
        raise LinkError("Wrong URL host")
    return host


def _path(rest: str) -> str:
    rest = rest.rstrip(_SPACE)
    if not rest.startswith("/"):
        rest = "/" + rest
    return "".join(f"%{ord(char):02X}" if char <= " " else char for char in rest)

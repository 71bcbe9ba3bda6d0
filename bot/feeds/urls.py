"""Addresses: which one is safe to follow and to show, and which two mean the same page."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

MAX_URL = 4_096
PORTS = {"http": 80, "https": 443}
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "at_custom", "wt_z", "hsa_")
_TRACKING_NAMES = (
    "at_campaign at_link_id at_link_origin at_link_type at_medium at_format at_ptr_name "
    "dclid fb_action_ids fb_source fbclid gbraid gclid gclsrc igshid mc_cid mc_eid mibextid "
    "mkt_tok msclkid ns_campaign ns_mchannel ns_source sara_ecid sara_ref twclid "
    "wbraid wt.mc wt_mc wtmc xtor yclid"
)
TRACKING = frozenset(_TRACKING_NAMES.split())
_ALIAS = re.compile(r"^(?:www\d?|m|mobile?|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_CACHE = re.compile(
    r"^https?://(?:(?:www\.)?google\.[a-z.]+/amp/|[a-z0-9-]+\.cdn\.ampproject\.org/[civ]/)(s/)?",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(
    r"^/amp(?=/)|/amp(?:/?$|(?=/))|\.amp(?=\.html?$|$)|(?<=\.bild)Mobile(?=\.html$)"
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SAME_PAGE = frozenset(
    [
        "amp",
        "amp=1",
        "amp=true",
        "output=amp",
        "outputtype=amp",
        "service=amp",
        "view=amp",
        "ref=rss",
        "src=rss",
        "from=rss",
        "source=rss",
        "partner=rss",
        "rss",
        "rss=1",
        "reduced=true",
        "print",
        "print=1",
        "mobile=1",
        "cmp",
        "cmpid",
    ]
)
_UNSAFE = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')


def http_url(written: str, base: str = "") -> str | None:
    """Return an absolute http(s) address that is safe to follow and to show.

    Args:
        written: as found in a feed or a page; may be relative.
        base: the address that it was found at.

    Returns:
        The address without user name and password and without characters that end an address in
        running text; None where it is none, or longer than 4,096 characters.
    """
    try:
        parts = urlsplit(urljoin(base, written.strip()))
        host = _host(parts)
    except ValueError:  # [::1 without its bracket, a port of 99999
        return None
    if parts.scheme not in PORTS or not parts.hostname:
        return None
    url = urlunsplit(parts._replace(netloc=host))
    safe = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return safe if len(safe) <= MAX_URL else None


@lru_cache(maxsize=1_024)
def written_url(written: str) -> str | None:
    """Return the web address that somebody has written, be it without https:// before it."""
    if len(written.split()) != 1:
        return None
    if "://" in written:
        return written if http_url(written) else None
    url = f"https://{written}"
    host = urlsplit(url).hostname if http_url(url) else None
    return url if host and "." in host.strip(".") else None


def canonical(url: str) -> str:
    """Return the form under which the same page is known however it was linked.

    Scheme and host are in lower case; default port, fragment, user name, parameters that only
    track and a trailing slash are gone. What is no URL comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
    except ValueError:
        return url
    if not host:
        return url
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    path = re.sub(r"/+$", "", parts.path)
    return urlunsplit((parts.scheme, host, path, query, ""))


@lru_cache(maxsize=1_024)
def same_article(url: str) -> str:
    """Return one form for all addresses under which a publisher shows the same article.

    Goes further than `canonical`, which must still lead to the page: scheme, aliases of the host
    (www, m, mobile, amp), AMP's paths and caches, and index pages make no difference.

    Returns:
        The form; empty for what is no address, and for a site's front page, which is no article.
    """
    form = _same_article(url)
    while (shorter := _same_article(form)) != form:  # an alias of an alias
        form = shorter
    return form


def _same_article(url: str) -> str:
    inner = _AMP_CACHE.sub(lambda found: "https://" if found[1] else "http://", url.strip())
    try:
        parts = urlsplit(canonical(inner))
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.netloc:
        return ""
    host = _ALIAS.sub("", parts.netloc)
    path = re.sub(r"/{2,}", "/", _INDEX.sub("", _AMP_PATH.sub("", parts.path))).rstrip("/")
    query = "&".join(part for part in parts.query.split("&") if part.lower() not in _SAME_PAGE)
    return urlunsplit(("https", host, path, query, "")) if path or query else ""


def _host(parts: SplitResult) -> str:
    """Return the host as it is written, in lower case, with its port unless it is the default."""
    host = parts.netloc.rpartition("@")[2].lower()
    port = parts.port  # raises ValueError where it is none
    bare = re.sub(r":\d*$", "", host)
    return bare if port in (None, PORTS.get(parts.scheme)) else f"{bare}:{port}"


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)

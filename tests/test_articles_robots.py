"""robots.txt by RFC 9309, and reservations of text and data mining, are obeyed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.extract import extract_page
from bot.articles.permission import MANY, Permission
from bot.articles.read import product
from bot.articles.reserved import is_reserved, reservations
from bot.articles.robots import allowed, matches, normal, rules_for
from bot.errors import NotAllowed, NotAnArticle, Refused, SourceError, TooBig, Unreachable
from bot.model import Rank
from tests.store_kit import NOW
from tests.test_articles import page

SITE = "https://zeitung.example"


def permits(robots: str, path: str, agent: str = "Ausguck") -> bool:
    return allowed(rules_for(robots.encode(), agent), SITE + path)


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /", "", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /fish", "/fish.html", False),
        ("Disallow: /fish", "/Fish", True),
        ("Disallow: /fish/", "/fish", True),
        ("Disallow: /fish*.php", "/fishheads/cat.php?a=1", False),
        ("Disallow: /*.php$", "/a.php", False),
        ("Disallow: /*.php$", "/a.php?b", True),
        ("Disallow: /a$b", "/a$b", False),
        ("Disallow: *print", "/politik/print", False),
        ("Disallow: /\nAllow: /p", "/page", True),
        ("Allow: /p\nDisallow: /", "/page", True),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/a", False),
        ("Disallow: /a?b=", "/a?b=1", False),
        ("Disallow: /ü", "/%C3%BC", False),
        ("Disallow: /%c3%bc", "/ü", False),
        ("Disallow: /%7Euser", "/~user/1", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: a", "/a", True),
        ("disallow : /a # so it is", "/a", False),
        ("Crawl-delay: 5\nSitemap: /x\nDisallow: /a", "/a", False),
    ],
)
def test_the_longest_rule_that_fits_decides(rules: str, path: str, expected: bool) -> None:
    assert permits(f"User-agent: *\n{rules}", path) is expected


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        pytest.param("User-agent: Other\nDisallow: /", True, id="not meant"),
        pytest.param("User-agent: ausguck\nDisallow: /", False, id="in any case"),
        pytest.param("User-agent: Ausguck/1.0\nDisallow: /", False, id="with a version"),
        pytest.param("User-agent: AusguckX\nDisallow: /", True, id="another name"),
        pytest.param(
            "User-agent: *\nDisallow: /\nUser-agent: Ausguck\nAllow: /", True, id="its own group"
        ),
        pytest.param(
            "User-agent: Ausguck\nDisallow:\n\nUser-agent: *\nDisallow: /", True, id="first or not"
        ),
        pytest.param(
            "User-agent: Ausguck\nDisallow: /b\nUser-agent: *\nDisallow:\n"
            "User-agent: Ausguck\nDisallow: /a",
            False,
            id="all its groups",
        ),
        pytest.param("User-agent: A\nUser-agent: Ausguck\nDisallow: /", False, id="shared"),
        pytest.param("Disallow: /", True, id="rules of nobody"),
        pytest.param("\ufeffUser-agent: *\r\nDisallow: /\r\n", False, id="mark and line ends"),
        pytest.param("<html><body>Not found</body></html>", True, id="a page"),
    ],
)
def test_the_group_that_names_the_robot_goes_before_that_for_all(
    robots: str, expected: bool
) -> None:
    assert permits(robots, "/a") is expected


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_rules(robots: bytes, path: str) -> None:
    assert allowed(rules_for(b"User-agent: *\n" + robots, "Ausguck"), SITE) in (True, False)
    assert matches(normal(path) + "*", normal(path) + "x") in (True, False)


def test_a_pattern_of_many_stars_is_not_slow() -> None:
    assert not matches("/" + "*a" * 5_000 + "$", "/" + "a" * 4_999 + "b")


@pytest.mark.parametrize(
    ("agent", "name"),
    [("Ausguck/0.1 (news watch)", "Ausguck"), ("My-Bot 2", "My-Bot"), ("7up", "Ausguck")],
)
def test_a_robots_name_is_the_first_of_its_user_agent(agent: str, name: str) -> None:
    assert product(agent) == name


@pytest.mark.parametrize(
    ("file", "path", "expected"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', "/a", True),
        ('[{"location": "/*", "tdm-reservation": "1", "tdm-policy": "x"}]', "/a", True),
        ('{"location": "/", "tdm-reservation": 1}', "/a", True),
        ('[{"location": "/", "tdm-reservation": 0}]', "/a", False),
        ('[{"location": "/b", "tdm-reservation": 1}]', "/a", False),
        (
            '[{"location": "/", "tdm-reservation": 1}, {"location": "/a", "tdm-reservation": 0}]',
            "/a",
            False,
        ),
        ('[{"location": 1, "tdm-reservation": 1}, 5, null]', "/a", False),
        ("<html>", "/a", False),
        ("[" * 100_000, "/a", False),
    ],
)
def test_a_site_reserves_what_its_file_says(file: str, path: str, expected: bool) -> None:
    assert is_reserved(reservations(file.encode()), SITE + path) is expected


@pytest.mark.parametrize(
    ("meta", "header", "reserved"),
    [
        ("", "", False),
        ("", "1", True),
        ("", "0", False),
        ('<meta name="tdm-reservation" content="1">', "", True),
        ('<meta name="TDM-Reservation" content="1">', "0", True),
        ('<meta name="tdm-reservation" content="0">', "1", False),
    ],
)
def test_a_page_is_reserved_by_its_meta_element_else_its_header(
    meta: str, header: str, reserved: bool
) -> None:
    html = page(meta).encode()
    if not reserved:
        assert extract_page(html, reservation=header).text
        return
    with pytest.raises(NotAnArticle, match="text and data mining"):
        extract_page(html, reservation=header)


@dataclass
class Answer:
    body: bytes
    url: str = ""
    content_type: str = ""
    tdm_reservation: str = ""


@dataclass
class Site:
    """Answers a path with bytes or an error, and 404 where it has neither."""

    answers: dict[str, bytes | SourceError] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    async def page(self, url: str, rank: Rank = Rank.PAGE) -> Answer:
        path = "/" + url.split("/", 3)[3]
        self.asked[path] += 1
        answer = self.answers.get(path, Refused(404))
        if isinstance(answer, SourceError):
            raise answer
        return Answer(answer)


class Asking:
    """A permission with a clock that stands still until it is moved."""

    def __init__(self, **answers: bytes | SourceError) -> None:
        paths = {"robots": "/robots.txt", "tdmrep": "/.well-known/tdmrep.json"}
        self.site = Site({paths[name]: answer for name, answer in answers.items()})
        self.now: datetime = NOW
        self._permission = Permission(self.site, "Ausguck", lambda: self.now)

    async def __call__(self, url: str = f"{SITE}/a") -> bool:
        try:
            await self._permission.check(url)
        except NotAllowed:
            return False
        return True


FORBIDDEN = b"User-agent: *\nDisallow: /a"


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (FORBIDDEN, False),
        (b"User-agent: *\nDisallow: /b", True),
        (Refused(404), True),
        (Refused(410), True),
        (Refused(401), False),
        (Refused(403), False),
        (NotAllowed("more than 5 redirects"), True),
        (TooBig("more than 5 MB"), True),
    ],
    ids=str,
)
async def test_what_robots_txt_answers_decides(robots: bytes | SourceError, expected: bool) -> None:
    assert await Asking(robots=robots)() is expected


@pytest.mark.parametrize("error", [Refused(503), Refused(429), Unreachable("no answer")], ids=str)
async def test_a_failure_that_passes_is_one_of_the_page_and_soon_asked_again(
    error: SourceError,
) -> None:
    asking = Asking(robots=error)
    for _ in range(2):
        with pytest.raises(Unreachable, match=r"robots\.txt"):
            await asking()
    assert asking.site.asked["/robots.txt"] == 1

    del asking.site.answers["/robots.txt"]
    asking.now += timedelta(minutes=1)

    assert await asking()


async def test_a_site_is_asked_once_a_day() -> None:
    asking = Asking(robots=FORBIDDEN)
    for _ in range(3):
        assert not await asking()
        asking.now += timedelta(hours=12) - timedelta(seconds=1)
    assert asking.site.asked["/robots.txt"] == asking.site.asked["/.well-known/tdmrep.json"] == 1

    asking.site.answers["/robots.txt"] = b""
    asking.now = NOW + timedelta(hours=24)

    assert await asking()


async def test_a_reservation_is_obeyed_and_a_file_that_fails_reserves_nothing() -> None:
    reserved = b'[{"location": "/a", "tdm-reservation": 1}]'

    assert not await Asking(tdmrep=reserved)()
    assert await Asking(tdmrep=reserved)(f"{SITE}/b")
    assert await Asking(tdmrep=Refused(500))()


async def test_only_so_many_sites_are_remembered() -> None:
    asking = Asking()
    for number in range(MANY + 1):
        await asking(f"https://{number}.example/")
    await asking("https://1.example/")
    assert asking.site.asked["/robots.txt"] == MANY + 1

    await asking("https://0.example/")
    assert asking.site.asked["/robots.txt"] == MANY + 2

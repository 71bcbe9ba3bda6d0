"""`ausguck feeds add` and `import`: what is added, what is only told."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli_kit import Command, Said


@dataclass
class Site:
    """A publisher on the loopback interface, in a thread of its own: path -> (status, body)."""

    base: str = ""
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def feed(self, path: str, title: str, entries: int = 1) -> str:
        """Put a feed there and return its address."""
        items = "".join(
            f"<item><title>{title} {n}</title><link>{self.base}{path}/{n}</link></item>"
            for n in range(entries)
        )
        rss = f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"
        self.pages[path] = (200, rss)
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            status, body = site.pages.get(self.path, (404, ""))
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        site.base = f"http://127.0.0.1:{server.server_port}"
        yield site
        server.shutdown()


def listed(command: Command) -> dict[str, dict[str, Any]]:
    return {row["url"]: row for row in command("feeds", "list", "--json").rows}


def declared(*paths: str) -> tuple[int, str]:
    """A front page that declares these feeds."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths
    )
    return 200, f"<html><head>{links}</head><body><p>Guten Tag.</p></body></html>"


def test_a_feed_is_added_under_its_own_title(command: Command, site: Site) -> None:
    url = site.feed("/alles.xml", "Die Zeitung")

    assert command("feeds", "add", url) == Said(0, "added\n", "")
    assert command("feeds", "add", url) == Said(0, "known already\n", "")

    assert listed(command)[url]["name"] == "Die Zeitung"
    assert site.asked == {"/alles.xml": 1}


def test_the_only_feed_of_a_site_is_added(command: Command, site: Site) -> None:
    feed = site.feed("/alles.xml", "Die Zeitung", 3)
    site.pages["/"] = declared("/alles.xml")

    said = command("feeds", "add", f"{site.base}/")

    assert said == Said(0, f"added {feed}  Die Zeitung, 3 entries\n", "")
    assert list(listed(command)) == [feed]
    assert site.asked == {"/": 1, "/alles.xml": 1}


def test_of_several_feeds_none_is_added_and_all_are_listed(command: Command, site: Site) -> None:
    site.pages["/"] = declared("/welt.xml", "/sport.xml", "/weg.xml")
    world, sport = site.feed("/welt.xml", "Welt", 2), site.feed("/sport.xml", "Sport", 4)

    said = command("feeds", "add", f"{site.base}/")

    assert said.code == 1
    assert said.out == f"{world}  Welt, 2 entries\n{sport}  Sport, 4 entries\n"
    assert said.err == "nothing is added; choose one with `ausguck feeds add URL`\n"
    assert listed(command) == {}


def test_of_very_many_feeds_only_some_are_asked_and_it_says_so(
    command: Command, site: Site
) -> None:
    for n in range(15):
        site.feed(f"/{n}.xml", f"Teil {n}")
    site.pages["/"] = declared(*(f"/{n}.xml" for n in range(15)))

    said = command("feeds", "add", f"{site.base}/")

    assert (said.code, len(said.out.splitlines()), site.asked.total()) == (1, 11, 12)
    assert said.faults[0] == "there may be more: not every link was asked"


def test_a_feed_that_no_page_names_is_found_where_sites_have_it(
    command: Command, site: Site
) -> None:
    site.pages["/politik/"] = (200, "<html><body><p>Guten Tag.</p></body></html>")
    feed = site.feed("/rss.xml", "Die Zeitung")

    assert command("feeds", "add", f"{site.base}/politik/").out.startswith(f"added {feed}  ")


def test_a_page_that_lists_the_feeds_is_looked_through(command: Command, site: Site) -> None:
    site.pages["/"] = (200, '<html><a href="/service">RSS-Feeds</a></html>')
    site.pages["/service"] = (200, '<html><a href="/tief/drin.xml">Alles</a></html>')
    feed = site.feed("/tief/drin.xml", "Die Zeitung")

    assert command("feeds", "add", f"{site.base}/").out.startswith(f"added {feed}  ")


def test_the_same_feed_under_two_addresses_is_one(command: Command, site: Site) -> None:
    feed = site.feed("/a.xml", "Die Zeitung")
    site.pages["/b.xml"] = site.pages["/a.xml"]
    site.pages["/"] = declared("/a.xml", "/b.xml")

    assert command("feeds", "add", f"{site.base}/").out.startswith(f"added {feed}  ")


def test_where_there_is_no_feed_it_says_what_was_tried(command: Command, site: Site) -> None:
    links = "".join(f'<a href="/{n}/rss">RSS</a>' for n in range(30))
    site.pages["/"] = (200, f"<html><body>{links}</body></html>")

    said = command("feeds", "add", f"{site.base}/")

    assert (said.code, said.out) == (1, "")
    assert said.faults[0] == f"{site.base}/: there is no feed; tried:"
    assert f"  {site.base}/0/rss: HTTP 404" in said.faults
    assert site.asked.total() == 12
    assert listed(command) == {}


def test_a_host_that_does_not_exist_is_not_added(command: Command) -> None:
    said = command("feeds", "add", "http://tageschua.invalid/")

    assert (said.code, said.out) == (1, "")
    assert "the name tageschua.invalid does not resolve; check how it is spelt" in said.faults[0]
    assert listed(command) == {}


def test_what_does_not_answer_at_present_is_added_with_a_word(command: Command, site: Site) -> None:
    site.pages["/feed.xml"] = (503, "")
    url = f"{site.base}/feed.xml"

    said = command("feeds", "add", url)

    assert said == Said(0, "added\n", f"{url}: HTTP 503; it is asked again later\n")
    assert list(listed(command)) == [url]


def test_a_private_address_is_a_mistake(
    command: Command, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSGUCK_NET__ALLOW", "")

    said = command("feeds", "add", f"{site.base}/")

    assert (said.code, said.out, len(said.faults)) == (2, "", 1)
    assert "net.allow" in said.err


def opml(*lines: str) -> None:
    Path("a.opml").write_text("\n".join(["<opml><body>", *lines, "</body></opml>"]))


def test_an_import_tells_what_is_dead_twice_or_no_feed_and_goes_on(
    command: Command, site: Site
) -> None:
    good, page, dead = site.feed("/good.xml", "Gut"), f"{site.base}/page", f"{site.base}/dead"
    away = f"{site.base}/away"
    site.pages["/page"] = (200, "<html><body>Guten Tag.</body></html>")
    site.pages["/away"] = (500, "")
    opml(*(f'<outline xmlUrl="{url}"/>' for url in (dead, page, "ftp://x", good, good, away)))

    said = command("feeds", "import", "a.opml")

    assert (said.code, said.out) == (0, "2 added, 0 known already, 3 left out\n")
    assert said.faults == [
        "a.opml:4: ftp://x is no http or https address; mend or remove it",
        f"a.opml:6: {good} is listed already in line 5; its tags are put together",
        f"a.opml:2: {dead}: HTTP 404; it is left out",
        (
            f"a.opml:3: {page}: this is an HTML page, not a feed; it is left out; "
            "`ausguck feeds add` with this address looks for a feed there"
        ),
        f"a.opml:7: {away}: HTTP 500; it is added all the same, and asked again later",
    ]
    assert set(listed(command)) == {good, away}


def test_an_import_of_nothing_but_dead_feeds_answers_no(command: Command, site: Site) -> None:
    opml(f'<outline xmlUrl="{site.base}/dead"/>')

    said = command("feeds", "import", "a.opml")

    assert (said.code, said.out) == (1, "0 added, 0 known already, 1 left out\n")


def test_an_import_asks_nobody_when_it_is_told_so_nor_for_what_is_known(
    command: Command, site: Site
) -> None:
    opml(f'<outline text="A"><outline text="B" xmlUrl="{site.base}/dead"/></outline>')

    said = command("feeds", "import", "--offline", "a.opml")
    again = command("feeds", "import", "a.opml")

    assert said == Said(0, "1 added, 0 known already\n", "")
    assert again == Said(0, "0 added, 1 known already\n", "")
    assert not site.asked
    assert listed(command)[f"{site.base}/dead"]["name"] == "B"

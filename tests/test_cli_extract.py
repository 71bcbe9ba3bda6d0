"""`ausguck extract`: what the bot reads on a page, from files and from the web."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli_kit import Said, SandboxProcess, ausguck, exit_code, sandbox_process
from tests.harness import parade

LOOPBACK = {"AUSGUCK_NET__ALLOW": "127.0.0.0/8", "AUSGUCK_POLL__PER_HOST_GAP": "0"}
PAGE = f"""<html lang="de-DE"><head><title>Auf dem Roten Platz</title></head>
<body><nav><a href="/">Start</a></nav><article>{parade()}</article></body></html>"""
SUBSCRIBERS = """<html lang="de"><head><title>Nur für Abonnenten</title>
<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>
</head><body><article><h1>Nur für Abonnenten</h1><p>Der Anfang des Artikels ist für alle zu lesen,
der Rest nur für jene, die dafür bezahlen.</p></article></body></html>"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


@pytest.fixture(scope="module")
def url(sandbox: SandboxProcess) -> str:
    published = sandbox.post("publish", feed="bote", title="Auf dem Roten Platz", html=PAGE)
    return str(published["url"])


@pytest.fixture(scope="module")
def said(url: str, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """The answer for pages of every kind at once."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "closed.html").write_text(SUBSCRIBERS, encoding="utf-8")
    (folder / "paper.html").write_bytes(b"%PDF-1.7 ...")
    pages = ("page.html", "paper.html", "page.html.gz", url, f"{url}-gone", "closed.html")
    return ausguck("extract", "--json", *pages, folder=folder, environ=LOOPBACK)


def row(said: Said, place: int) -> dict[str, Any]:
    return said.rows[place]


def test_every_page_has_its_row_in_the_order_given(said: Said, url: str) -> None:
    pages = ["page.html", "paper.html", "page.html.gz", url, f"{url}-gone", "closed.html"]
    assert [row["file"] for row in said.rows] == pages
    assert said.code == 0


def test_a_row_says_what_was_read_and_where_from(said: Said) -> None:
    found = row(said, 0)
    assert "nordkoreanische" in found.pop("text")
    known = {"text_from": "page", "language": "de", "paywalled": False}
    assert found == {"file": "page.html", "title": "Auf dem Roten Platz", **known}


@pytest.mark.parametrize("place", [2, 3])
def test_it_does_not_matter_whether_a_page_is_zipped_or_fetched(said: Said, place: int) -> None:
    assert row(said, place)["text"] == row(said, 0)["text"]


def test_a_page_that_is_not_free_says_so(said: Said) -> None:
    assert row(said, 5)["paywalled"] is True


@pytest.mark.parametrize("place", [1, 4])
def test_a_page_without_an_article_has_an_empty_row(said: Said, place: int) -> None:
    unknown = {"text_from": None, "language": None, "paywalled": None}
    file = row(said, place)["file"]
    assert row(said, place) == {"file": file, "title": "", "text": "", **unknown}


def test_and_its_reason_is_told_in_one_line(said: Said, url: str) -> None:
    assert said.faults == ["paper.html: this is a PDF", f"{url}-gone: HTTP 404"]


def test_without_json_title_and_text_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert exit_code("extract", "page.html") == 0
    out, err = capsys.readouterr()
    assert out.startswith("page.html: Auf dem Roten Platz\n\n")
    assert "nordkoreanische" in out
    assert err == ""


FAULTS = {
    "a PDF": ("paper.html", "paper.html: this is a PDF"),
    "a page of nothing": ("empty.html", "empty.html: "),
    "no file": ("nix.html", "nix.html: cannot be read: No such file or directory"),
    "no gzip": ("spoilt.html.gz", "spoilt.html.gz: cannot be read: "),
    "a private address": ("http://127.0.0.1:9/", "http://127.0.0.1:9/: 127.0.0.1 is an address "),
}


@pytest.mark.parametrize(("page", "line"), FAULTS.values(), ids=FAULTS)
def test_a_mistake_is_told_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    page: str,
    line: str,
) -> None:
    (tmp_path / "paper.html").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "empty.html").write_bytes(b"<html><body></body></html>")
    (tmp_path / "spoilt.html.gz").write_bytes(b"<html>")
    monkeypatch.chdir(tmp_path)
    assert exit_code("extract", page) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(line)
    assert len(err.splitlines()) == 1


def test_a_server_that_is_out_of_order_for_now_is_a_no(
    sandbox: SandboxProcess,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in LOOPBACK.items():
        monkeypatch.setenv(name, value)
    sandbox.post("fault", method="GET /articles/*", fault="500")
    assert exit_code("extract", url) == 1
    assert capsys.readouterr() == ("", f"{url}: HTTP 500\n")

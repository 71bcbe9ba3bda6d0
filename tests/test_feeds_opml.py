"""OPML files: as other readers write them, and there and back again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.errors import UserError
from bot.feeds.opml import OutlineFeed, read_opml, write_opml


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><body>\n{body}\n</body></opml>'.encode()


def test_an_opml_file_is_read_with_its_folders_and_categories_as_tags() -> None:
    body = opml(
        '<outline text="Welt"><outline title="Die Zeitung" text="Z" category="/Politik,Welt"'
        ' xmlUrl="https://z.example/feed"/></outline>'
        '<outline xmlUrl="https://y.example/feed"/><outline text="nur ein Ordner"/>'
    )

    assert read_opml(body).feeds == (
        OutlineFeed("https://z.example/feed", "Die Zeitung", ("Welt", "Politik")),
        OutlineFeed("https://y.example/feed", "", ()),
    )


def test_an_attribute_in_another_case_is_read_and_a_name_and_password_are_kept() -> None:
    body = opml('<outline text="Z" XMLURL="https://me:pw@z.example/feed"/>')

    assert read_opml(body).feeds == (OutlineFeed("https://me:pw@z.example/feed", "Z"),)


def test_a_feed_that_is_listed_twice_gets_the_tags_of_both_places() -> None:
    body = opml(
        '<outline text="A"><outline text="Z" xmlUrl="https://z.example/feed"/></outline>\n'
        '<outline text="B"><outline xmlUrl="https://Z.example/feed/"/></outline>'
    )

    read = read_opml(body, "a.opml")

    assert read.feeds == (OutlineFeed("https://z.example/feed", "Z", ("A", "B")),)
    [fault] = map(str, read.duplicates)
    assert fault.startswith("a.opml:4: https://Z.example/feed/ is listed already in line 3")
    assert read.unusable == ()


def test_an_unusable_address_is_told_with_its_line_and_the_others_are_read() -> None:
    body = opml(
        '<outline xmlUrl="ftp://a"/>\n<outline xmlUrl="https://z.example/"/>\n<outline xmlUrl="x"/>'
    )

    read = read_opml(body, "a.opml")

    assert [feed.url for feed in read.feeds] == ["https://z.example/"]
    assert [str(fault) for fault in read.unusable] == [
        "a.opml:3: ftp://a is no http or https address; mend or remove it",
        "a.opml:5: x is no http or https address; mend or remove it",
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", r"^a\.opml:1:1: no valid XML"),
        (b"\xff\xfe\x00", r"^a\.opml:1:1: no valid XML"),
        (opml("<outline"), r"^a\.opml:4:\d+: no valid XML"),
        (b"<html/>", r"^a\.opml:1: this is no OPML: it begins with <html>"),
        (opml(""), r"^a\.opml: there is no feed in it"),
        (opml('<outline xmlUrl="file:///x"/>'), r"^a\.opml:3: file:///x is no http or https"),
    ],
)
def test_a_file_without_a_feed_in_it_is_a_mistake(body: bytes, fault: str) -> None:
    with pytest.raises(UserError, match=fault):
        read_opml(body, "a.opml")


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x "https://z.example/feed">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "'
        + "a" * 1_000
        + '"><!ENTITY b "'
        + "&a;" * 1_000
        + '"><!ENTITY x "'
        + "&b;" * 1_000
        + '">',
    ],
)
def test_entities_in_an_opml_file_are_refused(declared: str) -> None:
    body = f'<!DOCTYPE opml [{declared}]><opml><body><outline xmlUrl="&x;"/></body></opml>'

    with pytest.raises(UserError):
        read_opml(body.encode())


def test_other_readers_find_type_title_and_folder() -> None:
    written = etree.fromstring(
        write_opml([OutlineFeed("https://z.example/feed", "Die Zeitung", ("Welt", "Politik"))])
    )

    [folder] = written.findall("body/outline")
    assert (folder.get("text"), folder.get("title")) == ("Welt", "Welt")
    [feed] = folder
    assert dict(feed.attrib) == {
        "type": "rss",
        "text": "Die Zeitung",
        "title": "Die Zeitung",
        "xmlUrl": "https://z.example/feed",
        "category": "Welt,Politik",
    }


def test_feeds_of_one_folder_stand_together() -> None:
    feeds = [OutlineFeed(f"https://{name}.example/", name, ("Welt",)) for name in "abc"]

    assert len(etree.fromstring(write_opml(feeds)).findall("body/outline")) == 1


WORDS = st.text(alphabet="abcÄß&<\"',/ ", min_size=1, max_size=8).map(str.strip).filter(bool)
OUTLINES = st.lists(
    st.builds(
        OutlineFeed,
        st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z?&=<\"]{0,8}\Z"),
        WORDS,
        st.lists(WORDS.map(lambda word: " ".join(word.split())), max_size=3, unique=True).map(
            tuple
        ),
    ),
    min_size=1,
    unique_by=lambda feed: feed.url.rstrip("?&"),
)


def comparable(feed: OutlineFeed) -> tuple[str, str, frozenset[str]]:
    return feed.url, " ".join(feed.title.split()), frozenset(feed.tags)


@settings(max_examples=50)
@given(OUTLINES)
def test_what_is_written_is_read_again(feeds: list[OutlineFeed]) -> None:
    read = read_opml(write_opml(feeds))

    if not read.duplicates:  # two spellings of one address
        assert set(map(comparable, read.feeds)) == set(map(comparable, feeds))

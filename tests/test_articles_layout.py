"""What stands beside an article goes by its place on the page, and a lead above it comes in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.articles.boxes import beside
from bot.articles.extract import extract_page
from bot.articles.layout import layout, left_out, read
from bot.articles.lead import missing_lead

FIRST = "Die Gemeinde hat am Montag beschlossen, das alte Bad zu sanieren und im Mai zu öffnen."
SECOND = "Die Kosten von zwei Millionen Euro trägt zur Hälfte das Land, wie der Rat mitteilte."
THIRD = "Gegner des Plans hatten im Winter 800 Unterschriften gesammelt, aber zu wenig Gehör."
STORY = (FIRST, SECOND, THIRD)
LEAD = "Ein Beschluss mit Folgen: Das alte Bad soll bleiben, obwohl es im Rat umstritten war."
OTHER = "Andernorts ist man weiter: Dort wird schon seit dem Sommer wieder geschwommen."


def page(inside: str = "", before: str = "", after: str = "", head: str = "") -> str:
    """Return a page with something after the story's first paragraph, above and below its body."""
    return (
        f"<html><head>{head}</head><body><div id=top>{before}</div><main><div class=story>"
        f"<p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></div>{after}</main></body></html>"
    )


def left(markup: str, *lines: str) -> list[str]:
    """Return which of the lines are not beside the article."""
    gone = beside(layout(read(html.fromstring(markup)).blocks, lines), lines)
    return [line for at, line in enumerate(lines) if at not in gone]


def with_second(line: str) -> tuple[str, ...]:
    return (FIRST, line, SECOND, THIRD)


@pytest.mark.parametrize(
    "after", ["<div><p>{}</p></div>", "<section><h3>{}</h3></section>", "<p>{}</p>"]
)
def test_what_is_below_the_body_is_beside_the_article(after: str) -> None:
    assert left(page(after=after.format(OTHER)), *STORY, OTHER) == [*STORY]


def test_a_sentence_above_the_body_may_be_the_lead() -> None:
    assert left(page(f"<p>{LEAD}</p>"), LEAD, *STORY) == [LEAD, *STORY]


@pytest.mark.parametrize(
    "above", [f"<figure><p>{LEAD}</p></figure>", f"<p class=caption>{LEAD}</p>"]
)
def test_a_caption_above_the_body_is_no_lead(above: str) -> None:
    assert left(page(before=above), LEAD, *STORY) == [*STORY]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='article-author'><p>{}</p></div>",
        "<div class='c-relatedContent'><p>{}</p></div>",
        "<section id=newsletter><div><p>{}</p></div></section>",
        "<div class='inline-teaser'><p>{}</p></div>",
        "<aside><p>{}</p></aside>",
        "<div class='mediaInfo'><p>{}</p></div>",
        "<p class='image__caption-text'>{}</p>",
        "<p><a href='/2'>{}</a></p>",
    ],
)
def test_a_box_in_the_body_is_beside_the_article(box: str) -> None:
    assert left(page(box.format(OTHER)), *with_second(OTHER)) == [*STORY]


@pytest.mark.parametrize(
    "box",
    [
        "<p>{}</p>",
        "<div class='paragraph text-media'><p>{}</p></div>",
        "<p class='css-3ads9'>{}</p>",
        "<blockquote><p>{}</p></blockquote>",
        "<ul><li>{}</li></ul>",
        "<p><a href='#teil2'>{}</a></p>",
        f"<p>{OTHER.replace('Dort', '<a href=/2>Dort</a>')}</p>",
    ],
)
def test_what_is_no_box_is_a_part_of_the_article(box: str) -> None:
    assert left(page(box.format(OTHER)), *with_second(OTHER)) == [*with_second(OTHER)]


def test_a_teaser_before_the_first_paragraph_is_the_lead() -> None:
    markup = page().replace("<p>", f"<p class='article-teaser'>{LEAD}</p><p>", 1)

    assert left(markup, LEAD, *STORY) == [LEAD, *STORY]


def test_no_element_with_most_of_the_text_is_a_box() -> None:
    story = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    related = f"<div class=related><p>{OTHER}</p></div>"
    markup = f"<main><p>{LEAD}</p><div class=comment>{story}</div>{related}</main>"

    assert left(markup, LEAD, *STORY, OTHER) == [LEAD, *STORY]


def test_where_most_of_the_text_is_in_boxes_they_are_none() -> None:
    boxes = "".join(f"<div class=teaser><p>{sentence}</p></div>" for sentence in STORY)

    assert left(f"<main><p>{LEAD}</p>{boxes}</main>", LEAD, *STORY) == [LEAD, *STORY]


def test_one_long_paragraph_is_not_the_body() -> None:
    long = f"{FIRST} {SECOND} {THIRD}"

    assert left(f"<main><p>{long}</p><p>{OTHER}</p></main>", long, OTHER) == [long, OTHER]


def test_a_body_in_several_pieces_is_one() -> None:
    pieces = [f"{FIRST} {OTHER}", SECOND, THIRD, LEAD]
    bodies = (pieces[:3], pieces[3:])
    markup = "<hr>".join(
        f"<div class=text>{''.join(f'<p>{piece}</p>' for piece in body)}</div>" for body in bodies
    )

    assert left(f"<main>{markup}</main>", *pieces) == pieces


def test_an_article_far_down_in_its_page_is_read() -> None:
    deep = "".join(f"<div><div class=a><p>{said}</p></div>" for said in STORY for _ in range(20))
    markup = f"<main><div class=a><p>{LEAD}</p></div>{deep}</main>"

    assert left(markup, LEAD, *STORY)


def test_an_article_in_a_link_that_was_not_closed_is_one() -> None:
    long = f"{FIRST} {SECOND} {THIRD} {LEAD} {OTHER}"
    markup = f"<main><div><a href='/2'><p>{long}</p><p>{long[::-1]}</p></a></div></main>"

    assert read(html.fromstring(markup)).lists == []
    assert left(markup, long, long[::-1]) == [long, long[::-1]]


def test_a_heading_is_not_taken_for_its_line_in_the_table_of_contents() -> None:
    heading = "Was die Gegner sagen"
    contents = f"<nav><ul><li><a href='#gegner'>{heading}</a></li></ul></nav>"
    markup = page(f"{contents}<p>{LEAD}</p><h2>{heading}</h2>")

    assert heading in left(markup, FIRST, LEAD, heading, SECOND, THIRD)


def test_a_heading_of_nothing_but_links_is_beside_the_article() -> None:
    links = "<h3>Was sonst noch ist</h3><ul><li><a href='/2'>Ein Artikel</a></li></ul>"

    assert left(page(links), *with_second("Was sonst noch ist")) == [*STORY]


def test_the_heading_of_a_paragraph_is_a_part_of_the_article() -> None:
    heading = "Was die Gegner sagen"

    assert heading in left(page(f"<h3>{heading}</h3>"), *with_second(heading))


def test_where_too_little_is_found_on_the_page_nothing_is_beside_the_article() -> None:
    lines = (OTHER, LEAD, SECOND[:40], *(sentence[::-1] for sentence in (*STORY, OTHER, LEAD)))
    comments = f"<aside><p>{OTHER}</p><p>{LEAD}</p></aside><p>{SECOND[:40]}</p>"

    assert left(f"<main>{comments}</main>", *lines) == [*lines]


def lead(markup: str) -> str:
    tree = html.fromstring(markup)
    text = "\n".join(STORY)
    return missing_lead(tree, layout(read(tree).blocks, text.splitlines()), text)


DESCRIBED = f'<meta property="og:description" content="{LEAD[:70]} …">'
HEADLINE = "<h1>Das Bad bleibt</h1>"


@pytest.mark.parametrize("called", ["article__lead", "teaserText", "c-intro", "vorspann"])
def test_what_is_called_a_lead_below_the_headline_is_one(called: str) -> None:
    assert lead(page(before=f"{HEADLINE}<p class={called}>{LEAD}</p>")) == LEAD


def test_what_the_page_says_of_itself_is_its_lead() -> None:
    assert lead(page(before=f"<div>{LEAD}</div>", head=DESCRIBED)) == LEAD


@pytest.mark.parametrize(
    "before",
    [
        f"<p class=intro>{LEAD}</p>{HEADLINE}",
        f"{HEADLINE}<p>{LEAD}</p>",
        f"{HEADLINE}<p class=intro>{LEAD[:-1]}</p>",
        f"{HEADLINE}<p class='intro caption'>{LEAD}</p>",
        f"{HEADLINE}<nav><p class=intro>{LEAD}</p></nav>",
        f"{HEADLINE}<p class=intro><a href=/2>{LEAD}</a></p>",
        f"{HEADLINE}<p class=intro>{FIRST}</p>",
        "",
    ],
)
def test_anything_else_above_an_article_is_no_lead(before: str) -> None:
    assert lead(page(before=before)) == ""


def test_a_lead_is_read_with_its_article() -> None:
    text = extract_page(page(before=f"{HEADLINE}<p class=lead>{LEAD}</p>").encode()).text

    assert text.splitlines() == [LEAD, *STORY]


def test_an_article_that_fast_mode_misses_is_read() -> None:
    about = "".join(f"<p>{OTHER} {number} {OTHER[::-1]}</p>" for number in range(4))
    story = "".join(f"<p>{said} {number} {said[::-1]}</p>" for number in range(3) for said in STORY)
    markup = f"<html><body><div class='post-content'>{about}</div><div>{story}</div></body></html>"

    assert all(sentence in extract_page(markup.encode()).text for sentence in STORY)


def test_what_a_text_lacks_is_its_longest_row_of_paragraphs() -> None:
    blocks = read(html.fromstring(page(after=f"<div><p>{OTHER} {LEAD}</p></div>"))).blocks

    assert left_out(blocks, FIRST) == len(SECOND) + len(THIRD)
    assert left_out(blocks, "\n".join(STORY)) == len(OTHER) + 1 + len(LEAD)


def test_lists_of_links_are_found_as_a_whole() -> None:
    links = "".join(f"<li><a href='/{n}'>Ein anderer Artikel</a></li>" for n in range(9))
    tree = html.fromstring(page(after=f"<div><h4>Mehr</h4><ul>{links}</ul></div>"))

    assert [each.tag for each in read(tree).lists] == ["div"]


def test_comments_in_a_page_do_not_interrupt_a_block() -> None:
    tree = html.fromstring(f"<p>{FIRST}<!-- Werbung --> <b>{SECOND}</b><?x?></p>")

    assert [block.text for block in read(tree).blocks] == [f"{FIRST} {SECOND}"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{FIRST}</p>" * 20_000,
        "<div class='teaser related'>" * 5_000 + FIRST,
        "<a href=/2>" * 5_000 + FIRST,
        f"<h3>Mehr</h3><a href=/2>{OTHER}</a>" * 5_000,
        f"<p class={'aB' * 50_000}>{FIRST}</p>",
    ],
    ids=["the same line", "nested boxes", "nested links", "headings", "a name"],
)
def test_a_page_made_to_be_slow_is_not(markup: str) -> None:
    tree = html.fromstring(f"<html><body>{markup}</body></html>")
    lines = [FIRST, OTHER, "Mehr"] * 1_000
    begun = time.process_time()

    found = layout(read(tree).blocks, lines)
    beside(found, lines)
    missing_lead(tree, found, "\n".join(lines))

    assert time.process_time() - begun < 2


@given(st.text(alphabet="<>/apdivh1 =classteaser\"'!-", max_size=200))
def test_any_page_is_read(markup: str) -> None:
    tree = html.fromstring(f"<html><body>{markup}</body></html>")
    lines = [block.text for block in read(tree).blocks]

    assert len(layout(read(tree).blocks, lines).at) == len(lines)

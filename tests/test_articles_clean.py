"""What news pages leave in an article goes; what only looks like it stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.articles import layout
from bot.articles.clean import Marks, cleaned, marks

BODY = (
    "Am Mittwoch hat die Regierung einen Entwurf vorgelegt, der die Förderung neu ordnen soll und "
    "den Ländern mehr Geld in Aussicht stellt, wie aus dem Ministerium zu hören war."
)
MORE = (
    "Die Opposition nannte den Entwurf unzureichend und kündigte an, im Ausschuss eigene Anträge "
    "zu stellen, sobald die Zahlen vorliegen; die Beratungen sollen im Herbst beginnen, hieß es "
    "weiter aus der Fraktion, die dazu am Abend zusammenkam."
)
NOTHING = Marks()


def around(line: str) -> str:
    return f"{BODY}\n{line}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie auch: Was der Entwurf für Mieter bedeutet",
        "Lesen Sie hier, was der Entwurf für Mieter bedeutet.",
        "Mehr zum Thema: Förderung",
        "Auch interessant",
        "Weitere Artikel",
        "Das könnte Sie auch interessieren:",
        "Melden Sie sich jetzt für unseren Newsletter an.",
        "Jeden Morgen das Wichtigste: Hier den kostenlosen Newsletter bestellen",
        "Jetzt abonnieren und weiterlesen",
        "Folgen Sie uns auf Instagram",
        "Von Anna Musterfrau",
        "Von Anna Musterfrau und Bert von der Heide, Berlin",
        "Autor: Bert Beispiel",
        "Stand: 12.03.2025, 14:05 Uhr",
        "Mittwoch, 12.03.2025",
        "Veröffentlicht am 12. März 2025 um 9:30 Uhr",
        "Lesezeit: 3 Minuten",
        "Foto: Agentur/Bert Beispiel",
        "© Agentur",
        "(c) Agentur",
        "Symbolbild",
        "Der Minister am Mittwoch in Berlin (picture alliance / Beispiel)",
        "Quelle: Agentur",
        "Artikel teilen",
        "Per WhatsApp teilen",
        "WhatsApp",
        "Zur Startseite",
        "Anzeige",
        "12 Kommentare",
        "An dieser Stelle finden Sie einen externen Inhalt von Beispiel.",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        "Damit können personenbezogene Daten an Drittplattformen übermittelt werden.",
        "* * *",
        "Bildergalerie: Der Minister im Bad",
        "Rubriklistenbild: © Agentur",
        "Über dieses Thema berichtete der Sender am 12. März 2025 um 17:00 Uhr.",
        "Dieses Thema im Programm: Radio Beispiel | Nachrichten | 12.03.2025",
        "Hat Ihnen der Artikel gefallen?",
        "Fehler gefunden? Schreiben Sie der Redaktion.",
        "Unterstützen Sie unsere Arbeit mit einer Spende.",
        "Wenn wir unabhängigen Journalismus machen sollen, braucht es Ihre Spende.",
        "[Alle Entwicklungen lesen Sie hier in unserem Newsblog.]",
        "* Mit einem Stern gekennzeichnete Links sind Werbung.",
    ],
)
def test_what_is_not_the_articles_own_goes(line: str) -> None:
    assert cleaned(around(line), NOTHING) == f"{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "Das Ministerium hat seinen Newsletter im März eingestellt.",
        "„Lesen Sie das Kleingedruckte“, rät die Verbraucherzentrale.",
        "Mehr Artikel als im Vorjahr beanstandeten die Prüfer.",
        "Von Tag zu Tag steigt der Druck",
        "Von den Ländern kam Widerspruch.",
        "Die Bildagentur Getty Images klagt gegen den Anbieter.",
        "Externe Gutachter prüfen den Fall.",
        "Bilder der Verwüstung",
        "Am 12. März 2025 fiel die Entscheidung.",
        "Kommentare der Nachbarländer blieben aus.",
        "Personenbezogene Daten sind besonders geschützt.",
        "Die Datenschutzerklärung des Konzerns hatte 80 Seiten.",
        "Update 14.30 Uhr: Zwei Verletzte bestätigt",
        "Teilen und herrschen",
        "Anzeige erstattete auch die Gemeinde.",
        "Streit über die Quelle",
        "[Der Minister lacht.]",
        "Die Stiftung unterstützt mit einer Spende den Journalismus in der Region.",
        "Hat der Minister den Artikel geschrieben? Nein.",
        "Unterstützen will die Opposition das nicht.",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert cleaned(around(line), NOTHING) == around(line)


@pytest.mark.parametrize("piece", ["11.11.", "11.11. ", "1.1.11 , ", "Von A ", "jetzt hier "])
def test_a_line_made_to_be_slow_is_not(piece: str) -> None:
    line = (piece * 300)[:88] + " x!"
    begun = time.process_time()

    cleaned(around(line), NOTHING)

    assert time.process_time() - begun < 0.2


def test_a_list_of_teasers_goes_with_its_heading() -> None:
    text = around("Mehr zum Thema:\n- Ein anderer Artikel\n- Noch ein anderer")

    assert cleaned(text, NOTHING) == f"{BODY}\n{MORE}"


def test_a_list_that_ends_as_sentences_do_is_no_list_of_teasers() -> None:
    text = around("Weitere Themen:\n- Die Förderung wird gekürzt.")

    assert "- Die Förderung wird gekürzt." in cleaned(text, NOTHING)


def test_what_follows_the_last_paragraph_under_such_a_heading_goes() -> None:
    text = f"{BODY}\n{MORE}\nÜber die Autorin\nAnna Musterfrau schreibt über Politik.\nLogin"

    assert cleaned(text, NOTHING) == f"{BODY}\n{MORE}"


def test_such_a_heading_in_the_first_half_takes_nothing_with_it() -> None:
    text = f"Zur Person\nAnna Musterfrau, 50, ist Ministerin.\n{BODY}"

    assert "Anna Musterfrau, 50, ist Ministerin." in cleaned(text, NOTHING)


def test_where_hardly_anything_would_be_left_nothing_goes() -> None:
    text = "Von Anna Musterfrau\nQuelle: Agentur\nKurz."

    assert cleaned(text, NOTHING) == text


def read(markup: str, text: str, title: str = "", block: str = "") -> str:
    tree = html.fromstring(f"<html><body>{markup}</body></html>")
    return cleaned(text, marks(tree, layout.read(tree).blocks, text, title, [block]))


def test_the_headline_goes() -> None:
    text = f"Neue Förderung\n{BODY}\n{MORE}"

    assert read("", text, "Neue Förderung") == f"{BODY}\n{MORE}"


def test_what_is_before_and_after_the_published_body_goes_except_the_lead() -> None:
    lead = "Ein Entwurf sorgt für Streit zwischen Bund und Ländern, noch vor dem Sommer."
    block = f'{{"@graph": [{{"articleBody": "{BODY} <br> {MORE}"}}]}}'
    text = f"Politik heute\n{lead}\n{BODY}\nZwischenzeile\n{MORE}\nNoch ein Angebot des Verlags."

    assert read("", text, block=block) == f"{lead}\n{BODY}\nZwischenzeile\n{MORE}"


def test_a_body_that_is_only_a_beginning_says_nothing_of_the_rest() -> None:
    text = f"{BODY}\n{MORE}"

    assert read("", text, block=f'{{"articleBody": "{BODY[:80]}"}}') == text


@given(st.text(alphabet="Lesn Siauch:\n-*©.Foto|VonAB12", max_size=300))
def test_any_text_keeps_its_order_and_loses_only_lines(text: str) -> None:
    lines = iter(text.splitlines())

    assert all(line in lines for line in cleaned(text, NOTHING).splitlines())


@pytest.mark.parametrize("word", ["Politik", "Von unterwegs", "Bericht: Anna Muster, Köln"])
def test_a_few_words_before_the_first_paragraph_go(word: str) -> None:
    assert cleaned(f"{word}\n{BODY}\n{MORE}", NOTHING) == f"{BODY}\n{MORE}"


@pytest.mark.parametrize("words", ["Anna Muster", "amu\nBerlin", "Externe Bewertung der Redaktion"])
def test_a_few_words_after_the_last_paragraph_go(words: str) -> None:
    assert cleaned(f"{BODY}\n{MORE}\n{words}", NOTHING) == f"{BODY}\n{MORE}"


@pytest.mark.parametrize("end", ["- Anmeldung im Rathaus\n- Eintritt frei", "| Eintritt | frei |"])
def test_a_list_or_table_at_the_end_stays(end: str) -> None:
    assert cleaned(f"{BODY}\n{MORE}\n{end}", NOTHING).endswith(end)


def test_more_than_a_few_words_at_the_end_are_a_part_of_the_article() -> None:
    end = "\n".join(f"Ein Vers ohne Punkt, der {number}" for number in range(9))

    assert cleaned(f"{BODY}\n{MORE}\n{end}", NOTHING).endswith(end)


def test_a_paragraph_is_there_once() -> None:
    assert cleaned(f"{BODY}\n{MORE}\n{BODY}", NOTHING) == f"{BODY}\n{MORE}"


def test_a_missing_lead_comes_first() -> None:
    assert cleaned(BODY, Marks(lead=MORE)) == f"{MORE}\n{BODY}"

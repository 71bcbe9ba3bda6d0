"""Whatever is published and matches: a message in the chat leads to it, or `/why` says why not."""

import asyncio
import tempfile
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hurried import HurriedLoop
from tests.stories_kit import MISSILE, NOW, OPINION, OTHER_WORDS, THEN, WIRE
from tests.telegram_kit import PERSON, Service, working
from tests.telegram_story_kit import LISTS, report

OUTLETS = ("Depesche", "Kontor", "Foyer")
TEXTS = (
    ("Nordkoreanische Soldaten bei Siegesparade in Moskau", WIRE),
    ("Berichtigung: nicht 19, sondern 13 Länder eingeladen", WIRE.replace("19 ein", "13 ein")),
    ("Kim schickt Truppen zur Parade am 9. Mai", OTHER_WORDS),
    ("Nordkorea testet Rakete", MISSILE),
    ("Kommentar: Parade der Einsamen", OPINION),
    ("Siegesparade 2024 in Moskau", THEN),
    ("Siegesparade 2025 in Moskau", NOW),
    ("Das Wetter wird schön", "Am Wochenende scheint überall die Sonne, und es bleibt trocken."),
)
ORDERS = (
    "/mute 2h",
    "/mute aus",
    "/mute Lage 5h",
    "/quiet 9-23 sammeln",
    "/quiet aus",
    "/digest 20",
)


class Event(NamedTuple):
    """An article comes out, or the chat settles something."""

    text: int
    outlet: int
    hours: float
    order: str = ""


EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, len(TEXTS) - 1),
        st.integers(0, len(OUTLETS) - 1),
        st.sampled_from((0.01, 0.5, 7.0)),
        st.sampled_from(("", "", *ORDERS)),
    ),
    min_size=2,
    max_size=7,
)


def links(bot: Service) -> set[str]:
    """Return where the messages of the chat lead."""
    return {
        str(entity["url"])
        for message in bot.messages(PERSON)
        for entity in message.get("entities", ())
        if entity["type"] == "text_link"
    }


async def asked(bot: Service, text: str) -> str:
    """Ask the bot when it has nothing else to say."""
    await bot.settled()
    return str((await bot.ask(text, PERSON))["text"])


async def lived(folder: Path, events: list[Event]) -> None:
    async with working(folder, stories="story", lists=LISTS) as bot:
        await bot.serve(PERSON, "lage")
        published = []
        for event in events:
            if event.order:
                await asked(bot, event.order)
            published.append(
                await report(bot, *TEXTS[event.text], OUTLETS[event.outlet], event.hours)
            )
        await asked(bot, "/mute aus")
        await asked(bot, "/digest jetzt")
        for _ in range(3):
            bot.clock.move(3_600)
            await bot.settled()
        shown = links(bot)
        for url in published:
            said = await asked(bot, f"/why {url}")
            assert url in shown or "✖️" in said or "gehört zu einem Ereignis" in said, said


@settings(max_examples=4)
@given(EVENTS)
def test_every_article_can_be_reached_or_has_a_reason(events: list[Event]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=HurriedLoop) as runner,
    ):
        runner.run(lived(Path(folder), events))

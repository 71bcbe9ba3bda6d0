"""What the tests of stories in Telegram share: articles, who publishes them, the alert."""

from bot.sandbox.recorded import Publication
from tests.telegram_kit import PERSON, Service, slug

LISTS = {"lage": "@label Lage\nNordkorea\nSiegesparade\nKim\nMesserangriff\nHolzhaus\nLage\n"}
"""A list that matches all articles of `tests.stories_kit`."""

TITLE = "Nordkoreas Soldaten bei der Siegesparade in Moskau"
TEXT = (
    "Erstmals sind nordkoreanische Soldaten bei der Siegesparade auf dem Roten Platz in Moskau "
    "marschiert. Präsident Wladimir Putin begrüßte die Abordnung aus Pjöngjang persönlich, wie der "
    "Kreml am Freitag mitteilte. Rund 200 Soldaten nahmen nach Angaben des Ministeriums teil."
)
OTHER = (
    "Nordkorea testet Rakete über dem Japanischen Meer",
    (
        "Nordkorea hat nach Angaben aus Seoul eine Rakete in Richtung des Japanischen Meers "
        "geschossen. Die Regierung in Tokio protestierte scharf gegen den Start am Morgen."
    ),
)
OUTLETS = [f"Blatt {number}" for number in range(1, 21)]


def one_alert(bot: Service, chat: int = PERSON) -> str:
    """Return the only alert of a chat."""
    [text] = [text for text in bot.texts(chat) if text.startswith("🔔")]
    return text


async def copies(bot: Service, *outlets: str) -> None:
    """These outlets publish the same text, and all are polled at once."""
    for outlet in outlets:
        await bot.publish_at(TITLE, TEXT, outlet=outlet)
    bot.clock.move(60)
    await bot.poll(*outlets)


async def report(
    bot: Service, title: str, text: str, outlet: str, hours: float = 1, **entry: str
) -> str:
    """Have an outlet publish an article, so many hours after the last one; return its address."""
    await bot.settled()
    bot.clock.move(hours * 3_600)
    await bot.follow(outlet)
    await bot.poll(outlet)
    page = "".join(f"<p>{each}</p>" for each in text.split("\n\n"))
    dated = {"published": bot.clock().isoformat(), **entry}
    published = bot.sandbox.press.publish(slug(outlet), Publication(title, page, **dated))
    bot.clock.move(60)
    await bot.poll(outlet)
    return published.url

"""The network fails, or Telegram does not take a message as it is: it arrives once all the same."""

from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from bot.store import notices
from bot.telegram.books import LONGEST_PAUSE, Books
from tests.telegram_kit import GROUP, OTHER, offline, until, working


@pytest.mark.parametrize("failure", ["502_html", "500", "invalid_json", "empty", "409"])
async def test_what_telegram_did_not_take_is_tried_again_and_delivered_once(
    tmp_path: Path, failure: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault(failure)
        await bot.publish("Meldung")
        await until(bot.is_held, "the pause")

        bot.clock.move(2)

        await bot.delivered("sent")
        assert bot.titles(GROUP) == ["Meldung"]
        assert len(bot.calls("sendMessage")) == 2


async def test_the_pauses_grow_and_what_comes_later_stays_behind(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault("502_html", times=3)
        await bot.publish("Eins")
        await bot.publish("Zwei")
        pauses = []
        for _ in range(3):
            await until(bot.is_held, "the pause")
            [row] = bot.rows("chats")
            pauses.append(row["held_until"] / 1_000_000 - bot.clock().timestamp())
            bot.clock.move(pauses[-1])

        await bot.delivered("sent", "sent")

        assert bot.titles(GROUP) == ["Eins", "Zwei"]
        assert [pause <= 2**n * 1.3 for n, pause in enumerate(pauses)] == [True] * 3
        assert [pause >= 2**n * 0.7 for n, pause in enumerate(pauses)] == [True] * 3


async def test_out_of_reach_for_a_while_it_is_delivered_once(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.start()
        port = int(bot.sandbox.bot_api.rpartition(":")[2])
        await bot.sandbox.__aexit__(None, None, None)
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung")
        await until(bot.is_held, "the pause")

        async with Sandbox(port=port) as bot.sandbox:
            bot.clock.move(2)
            await bot.delivered("sent")
            assert bot.titles(GROUP) == ["Meldung"]
            await bot.stop()


# Telegram does not take the message as it is.


async def test_refused_html_is_sent_once_more_plainly(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault("400_entities")
        link = await bot.publish("A & B <i>")

        await bot.delivered("sent")

        [message] = bot.messages(GROUP)
        assert f"A & B <i> ({link})" in message["text"]
        assert not any(entity["type"] == "bold" for entity in message.get("entities", []))
        assert "reply_markup" not in message


async def test_a_link_that_no_button_may_have_still_arrives(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung", link="http://intranet/artikel")

        await bot.delivered("sent")

        assert "Meldung (http://intranet/artikel)" in bot.texts(GROUP)[0]
        assert len(bot.calls("sendMessage")) == 2


async def test_written_out_links_do_not_make_a_plain_message_too_long(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung", link="http://intranet/" + "x" * 5000)

        await bot.delivered("sent")

        assert "Meldung" in bot.texts(GROUP)[0]


async def test_refused_even_plainly_it_is_given_up_and_the_next_goes_out(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault("400_entities", times=2)
        await bot.publish("Eins")
        await bot.publish("Zwei")

        await bot.delivered("dead", "sent")

        assert bot.titles(GROUP) == ["Zwei"]


async def test_a_message_that_cannot_be_composed_stops_nobody_else(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve_two()
        async with bot.store.write() as tx:
            await notices.post(tx, [GROUP], "no_such_sentence", {}, bot.clock())
        await bot.publish("Meldung")

        await until(lambda: bot.titles(GROUP) == bot.titles(OTHER) == ["Meldung"], "the alerts")

        [notice] = [row for row in bot.rows("outbox") if row["kind"] == "notice"]
        assert notice["state"] == "pending"
        assert notice["due"] - notice["changed"] == LONGEST_PAUSE.total_seconds() * 1_000_000


async def test_a_mistake_of_ours_after_a_call_leaves_a_doubt_that_the_next_message_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def mistake(*_: object) -> None:
        raise TypeError("a mistake")

    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        with monkeypatch.context() as patch:
            patch.setattr(Books, "record", mistake)
            await bot.publish("Eins")
            await bot.delivered("uncertain")

        await bot.publish("Zwei")

        await bot.delivered("sent", "sent")
        assert bot.titles(GROUP) == ["Eins", "Zwei"]
        assert "Vielleicht nicht angekommen: Eins" in bot.texts(GROUP)[1]

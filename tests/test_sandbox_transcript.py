"""What the sandbox holds against a bot when it reads the transcript."""

from datetime import UTC, datetime
from typing import Any

from bot.sandbox.transcript import Transcript, breaches

LINK = '<a href="https://example.org/{}">Titel</a>'


class Book:
    """Writes a transcript as the sandbox would."""

    def __init__(self) -> None:
        self._transcript = Transcript(lambda: datetime(2025, 5, 9, tzinfo=UTC))
        self._number = 0

    def send(self, text: str, fault: str | None = None, chat: int = 1001) -> int:
        self._number += 1
        self._add("sendMessage", chat, self._number, text, fault)
        return self._number

    def edit(self, number: int, text: str) -> None:
        self._add("editMessageText", 1001, number, text, None)

    def add(self, method: str, params: dict[str, Any], result: dict[str, Any]) -> None:
        self._transcript.add(method, params, result)

    def refuse(self, fault: str | None = None) -> None:
        result = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        self._transcript.add("sendMessage", {"chat_id": 1001, "text": "x"}, result, fault)

    def _add(self, method: str, chat: int, number: int, text: str, fault: str | None) -> None:
        params = {"chat_id": chat, "text": text, "parse_mode": "HTML"}
        stored = {"ok": True, "result": {"message_id": number}}
        result = {"fault": fault} if fault else stored
        self._transcript.add(method, params, result, fault)

    def breaches(self) -> list[str]:
        return breaches(self._transcript.after(0))


def test_a_calm_bot_breaches_nothing() -> None:
    book = Book()
    book.send(LINK.format(1))
    book.send(LINK.format(2))
    book.send(LINK.format(1), chat=-1002)
    book.send("kein Link")
    book.send("kein Link")

    assert book.breaches() == []


def test_a_429_is_held_against_the_bot_unless_it_was_injected() -> None:
    book = Book()
    book.refuse()
    book.refuse(fault="429")

    assert book.breaches() == ["request 1: sendMessage was too fast (429)"]


def test_the_same_first_link_twice_in_a_chat_is_a_breach() -> None:
    book = Book()
    book.send(LINK.format(1) + " alt")
    book.send(LINK.format(1) + " neu")

    assert book.breaches() == [
        "request 2: chat 1001 was told of https://example.org/1 in message 1 and in 2"
    ]


def test_an_answer_to_somebody_may_name_what_was_told_before() -> None:
    book = Book()
    book.send(LINK.format(1))
    params = {"chat_id": 1001, "text": LINK.format(1), "parse_mode": "HTML"}
    answer = {"ok": True, "result": {"message_id": 7}}
    book.add("sendMessage", {**params, "reply_parameters": {"message_id": 5}}, answer)

    assert book.breaches() == []


def test_what_may_not_have_arrived_may_be_named_in_any_message() -> None:
    book = Book()
    book.send(LINK.format(1))
    doubt = f"⚠️ Vielleicht nicht angekommen: {LINK.format(1)}"
    book.send(f"📬 Soll ich gesammelt melden?\n\n{doubt}")
    book.send(f"{LINK.format(2)}\n\n{doubt}")
    assert book.breaches() == []

    book.send(LINK.format(2))

    assert len(book.breaches()) == 1


def test_each_topic_of_a_chat_may_be_told() -> None:
    book = Book()
    params = {"chat_id": -1002, "text": LINK.format(1), "parse_mode": "HTML"}
    for number, thread in ((1, 5), (2, 6), (3, 5)):
        posted = {"message_id": number, "message_thread_id": thread}
        book.add("sendMessage", params, {"ok": True, "result": posted})

    assert book.breaches() == [
        "request 3: chat -1002 was told of https://example.org/1 in message 1 and in 3"
    ]


def test_an_edit_changes_what_a_message_is_about() -> None:
    book = Book()
    first = book.send(LINK.format(1))
    book.edit(first, LINK.format(2))
    book.send(LINK.format(1))

    assert book.breaches() == []


def test_a_deleted_message_no_longer_counts() -> None:
    book = Book()
    first = book.send(LINK.format(1))
    book.add("deleteMessage", {"chat_id": 1001, "message_id": first}, {"ok": True, "result": True})
    book.send(LINK.format(1))

    assert book.breaches() == []


def test_a_lost_message_must_not_be_repeated_but_may_be_mentioned() -> None:
    book = Book()
    book.send(LINK.format(1), fault="reset_after")
    book.send("Vielleicht nicht angekommen: " + LINK.format(1))
    mentioned = book.breaches()
    book.send(LINK.format(1))

    assert mentioned == []
    assert any("a lost message again" in breach for breach in book.breaches())


def test_message_ids_rise() -> None:
    book = Book()
    params = {"chat_id": 1001, "text": "x"}
    for number in (2, 1):
        book.add("sendMessage", params, {"ok": True, "result": {"message_id": number}})

    assert book.breaches() == ["request 2: chat 1001 got message 1 out of order"]

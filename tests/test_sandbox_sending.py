"""What a bot sends, edits, deletes and answers: what Telegram takes and what it refuses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import membership, people
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, Mistake
from bot.sandbox.methods import METHODS
from bot.sandbox.world import GROUP, PERSON, Callback, World
from tests.sandbox_kit import Hand, ask, refusal, tell


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def world(clock: Hand) -> World:
    return World(clock)


def topics(world: World) -> Chat:
    chat = membership.add_chat(world, -1_000_000_000_500, "supergroup", title="Forum")
    membership.add_topic(world, chat, "Politik")
    world.updates.drop()
    return chat


def test_a_message_counts_its_length_after_parsing(world: World) -> None:
    assert len(tell(world, text=f"<b>{'ä' * 4096}</b>", parse_mode="HTML")["text"]) == 4096
    too_long = refusal(world, "sendMessage", chat_id=PERSON, text="ä" * 4097)
    assert too_long == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n"}, "Bad Request: text must be non-empty"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": 4242}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "message_thread_id": 7}, "Bad Request: message thread not found"),
        (
            {"text": "x", "reply_parameters": '{"message_id": 99}'},
            "Bad Request: message to be replied not found",
        ),
        (
            {"text": "<p>x</p>", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
    ],
)
def test_a_bad_message_is_refused_in_telegrams_words(
    world: World, params: dict[str, object], reason: str
) -> None:
    assert refusal(world, "sendMessage", **({"chat_id": PERSON} | params)) == reason
    assert world.chats[PERSON].seen() == []


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "ä" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"url": "x.de"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
    ],
)
def test_a_bad_button_is_refused(world: World, button: dict[str, str], reason: str) -> None:
    markup = {"inline_keyboard": [[button]]}

    refused = refusal(world, "sendMessage", chat_id=PERSON, text="x", reply_markup=markup)

    assert refused == f"Bad Request: {reason}"


def test_a_keyboard_with_too_many_buttons_is_refused(world: World) -> None:
    rows = [[{"text": "x", "callback_data": str(n)}] for n in range(101)]

    refused = refusal(
        world, "sendMessage", chat_id=PERSON, text="x", reply_markup={"inline_keyboard": rows}
    )

    assert refused == "Bad Request: reply markup is too long"


def test_a_message_shows_its_keyboard_preview_and_topic(world: World) -> None:
    forum = topics(world)
    thread = next(iter(forum.topics))

    message = tell(
        world,
        forum.id,
        reply_markup='{"inline_keyboard": [[{"text": "x", "callback_data": "ääää"}]]}',
        link_preview_options='{"is_disabled": true}',
        message_thread_id=str(thread),
    )

    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "ääää"
    assert message["link_preview_options"] == {"is_disabled": True}
    assert message["message_thread_id"] == thread


def test_dates_are_whole_seconds(world: World, clock: Hand) -> None:
    clock.move(0.7)

    assert tell(world)["date"] == 1746777600


def test_an_edit_replaces_the_text_and_drops_the_keyboard(world: World, clock: Hand) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    tell(world, text="<b>alt</b>", parse_mode="HTML", reply_markup=markup)
    clock.move(5)

    edited = ask(world, "editMessageText", chat_id=PERSON, message_id=1, text="neu")

    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("neu", 5)
    assert "reply_markup" not in edited
    assert "entities" not in edited
    assert world.chats[PERSON].seen() == [edited]


def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    tell(world, text="<b>x</b>", parse_mode="HTML")

    refused = refusal(
        world, "editMessageText", chat_id=PERSON, message_id=1, text="<b>x</b>", parse_mode="HTML"
    )

    assert refused == (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("editMessageText", {"message_id": 9, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageReplyMarkup", {"message_id": 9}, "message to edit not found"),
        ("deleteMessage", {"message_id": 9}, "message to delete not found"),
    ],
)
def test_what_cannot_be_edited_or_deleted(
    world: World, method: str, params: dict[str, object], reason: str
) -> None:
    people.say(world, world.chats[PERSON], {"text": "von einem Menschen"})

    assert refusal(world, method, chat_id=PERSON, **params) == f"Bad Request: {reason}"


def test_a_keyboard_can_be_taken_away(world: World) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    tell(world, reply_markup=markup)

    edited = ask(world, "editMessageReplyMarkup", chat_id=PERSON, message_id=1)

    assert "reply_markup" not in edited
    assert edited["text"] == "Hallo"


def test_a_deleted_message_is_marked_and_cannot_be_edited(world: World) -> None:
    tell(world)

    assert ask(world, "deleteMessage", chat_id=PERSON, message_id=1) is True

    assert world.chats[PERSON].seen()[0]["deleted"] is True
    refused = refusal(world, "editMessageText", chat_id=PERSON, message_id=1, text="x")
    assert refused == "Bad Request: message to edit not found"


def test_after_two_days_a_message_stays(world: World, clock: Hand) -> None:
    tell(world)
    clock.move(48 * 3600)

    refused = refusal(world, "deleteMessage", chat_id=PERSON, message_id=1)

    assert refused == "Bad Request: message can't be deleted"


def _pressed(world: World) -> Callback:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    message = tell(world, reply_markup=markup)
    return people.press(world, world.chats[PERSON], message["message_id"], "d")


def test_a_pressed_button_is_a_callback_query(world: World) -> None:
    callback = _pressed(world)

    query = world.updates.waiting(1)[0]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (callback.id, "d", PERSON)
    assert query["message"]["message_id"] == 1
    assert query["chat_instance"]


def test_a_callback_query_is_answered_once(world: World) -> None:
    callback = _pressed(world)

    assert ask(world, "answerCallbackQuery", callback_query_id=callback.id, text="ja") is True

    assert callback.answer == "ja"
    assert "query is too old" in refusal(
        world, "answerCallbackQuery", callback_query_id=callback.id
    )


def test_a_callback_query_grows_too_old(world: World, clock: Hand) -> None:
    callback = _pressed(world)
    clock.move(16)

    assert refusal(world, "answerCallbackQuery", callback_query_id=callback.id) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


@pytest.mark.parametrize(("number", "data"), [(1, "other"), (9, "d")])
def test_only_a_button_that_is_there_can_be_pressed(world: World, number: int, data: str) -> None:
    tell(world, reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]})

    with pytest.raises(Mistake):
        people.press(world, world.chats[PERSON], number, data)


# Anything at all

_names = st.sampled_from(
    [
        *("chat_id", "text", "parse_mode", "reply_markup", "message_id", "entities", "media"),
        *("scope", "commands", "link_preview_options", "reply_parameters", "caption_entities"),
        *("message_thread_id", "user_id", "language_code", "action", "description", "photo"),
    ]
)
_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "offset", "length", "url", "user", "text", "callback_data"])
            | st.sampled_from(
                ["inline_keyboard", "message_id", "media", "command", "chat_id", "id"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_values = st.one_of(st.sampled_from([PERSON, GROUP, "HTML", "<b>x</b>", "1001"]), _json)


@given(st.sampled_from(sorted(METHODS)), st.dictionaries(_names, _values, max_size=5))
def test_any_call_is_answered_or_refused(method: str, params: dict[str, object]) -> None:
    world = World(Hand())
    tell(world)

    try:
        answer = ask(world, method, **{"chat_id": PERSON, **params})
    except ApiError as error:
        answer = error.reply()

    assert json.dumps(answer)

"""An outside judge: python-telegram-bot must understand every reply of the sandbox."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram import error as errors

from bot.sandbox import membership, people
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.world import BOT, GROUP, PERSON

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xb4"
KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("ja", callback_data="m1:1")],
        [InlineKeyboardButton("lesen", url="https://example.org/a")],
    ]
)


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the library speak of `retry_after` as its next version will."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.world.limits.change(private=0, group=0)
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    base = sandbox.bot_api
    async with telegram.Bot("1:A", base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        yield bot


async def test_the_bot_knows_who_it_is(bot: telegram.Bot) -> None:
    assert (bot.id, bot.bot.is_bot, bot.username) == (BOT, True, "ausguck_sandbox_bot")


async def test_a_message_with_everything_comes_back(bot: telegram.Bot) -> None:
    first = await bot.send_message(PERSON, "erste")
    message = await bot.send_message(
        PERSON,
        '😀 <b>fett</b> <a href="https://example.org">Titel</a>',
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        link_preview_options=telegram.LinkPreviewOptions(prefer_small_media=True),
        disable_notification=True,
        reply_to_message_id=first.message_id,
    )

    assert message.text == "😀 fett Titel"
    assert list(message.parse_entities().values()) == ["fett", "Titel"]
    assert message.entities[1].url == "https://example.org/"
    assert message.reply_markup == KEYBOARD
    assert message.link_preview_options == telegram.LinkPreviewOptions(prefer_small_media=True)
    assert message.from_user is not None
    assert message.from_user.is_bot
    assert message.reply_to_message == first
    assert message.date.tzinfo is not None


async def test_edits_come_back_as_messages(bot: telegram.Bot) -> None:
    sent = await bot.send_message(PERSON, "alt", reply_markup=KEYBOARD)

    edited = await bot.edit_message_text("neu", PERSON, sent.message_id, reply_markup=KEYBOARD)
    bare = await bot.edit_message_reply_markup(PERSON, sent.message_id)

    assert isinstance(edited, telegram.Message)
    assert isinstance(bare, telegram.Message)
    assert (edited.text, bare.text, bare.reply_markup) == ("neu", "neu", None)
    assert edited.edit_date is not None


async def test_photos_documents_and_albums(bot: telegram.Bot) -> None:
    photo = await bot.send_photo(PERSON, PNG, caption="<i>Bild</i>", parse_mode="HTML")
    document = await bot.send_document(PERSON, b"<opml/>", filename="feeds.opml")
    album = await bot.send_media_group(
        PERSON, [telegram.InputMediaPhoto(PNG, caption="eins"), telegram.InputMediaPhoto(PNG)]
    )
    again = await bot.send_photo(PERSON, photo.photo[0].file_id)
    assert document.document is not None
    file = await bot.get_file(document.document.file_id)

    assert photo.caption_entities[0].type == "italic"
    assert [message.caption for message in album] == ["eins", None]
    assert album[0].media_group_id == album[1].media_group_id
    assert again.photo == photo.photo
    assert await file.download_as_bytearray() == b"<opml/>"


async def test_a_picture_that_is_none_is_refused(bot: telegram.Bot) -> None:
    with pytest.raises(errors.BadRequest, match=r"IMAGE_PROCESS_FAILED|Image_process_failed"):
        await bot.send_photo(PERSON, b"no picture")


async def test_commands_and_descriptions(bot: telegram.Bot) -> None:
    scope = telegram.BotCommandScopeChatAdministrators(GROUP)
    commands = (telegram.BotCommand("hilfe", "Hilfe"),)

    assert await bot.set_my_commands(commands, scope=scope, language_code="de")
    assert await bot.get_my_commands(scope=scope, language_code="de") == commands
    assert await bot.delete_my_commands(scope=scope, language_code="de")
    assert await bot.get_my_commands(scope=scope, language_code="de") == ()
    assert await bot.set_my_description("Sagt Bescheid", language_code="de")
    assert await bot.set_my_short_description("Ausguck")
    assert (await bot.get_my_description("de")).description == "Sagt Bescheid"
    assert (await bot.get_my_short_description()).short_description == "Ausguck"


async def test_the_webhook_is_never_set(bot: telegram.Bot) -> None:
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.delete_webhook(drop_pending_updates=True)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("creator", telegram.ChatMemberOwner),
        ("administrator", telegram.ChatMemberAdministrator),
        ("member", telegram.ChatMemberMember),
        ("restricted", telegram.ChatMemberRestricted),
        ("left", telegram.ChatMemberLeft),
        ("kicked", telegram.ChatMemberBanned),
    ],
)
async def test_members_of_every_kind(
    bot: telegram.Bot, sandbox: Sandbox, status: str, kind: type
) -> None:
    membership.set_member(sandbox.world, sandbox.world.chats[GROUP], 5, status)

    assert isinstance(await bot.get_chat_member(GROUP, 5), kind)


async def test_chats_and_their_administrators(bot: telegram.Bot, sandbox: Sandbox) -> None:
    membership.add_chat(sandbox.world, -8, "channel", title="Kanal")

    private = await bot.get_chat(PERSON)
    channel = await bot.get_chat(-8)
    administrators = await bot.get_chat_administrators(-8)

    assert (private.type, private.first_name) == ("private", "Marlene")
    assert (channel.type, channel.title) == ("channel", "Kanal")
    assert {member.user.id for member in administrators} == {PERSON, BOT}
    assert await bot.send_chat_action(PERSON, "typing")
    assert await bot.leave_chat(-8)


async def test_a_post_in_a_channel(bot: telegram.Bot, sandbox: Sandbox) -> None:
    membership.add_chat(sandbox.world, -8, "channel", title="Kanal")

    post = await bot.send_message(-8, "x")

    assert post.sender_chat is not None
    assert (post.sender_chat.id, post.from_user) == (-8, None)


async def test_a_message_can_be_deleted(bot: telegram.Bot) -> None:
    sent = await bot.send_message(PERSON, "x")

    assert await bot.delete_message(PERSON, sent.message_id)


async def test_updates_of_every_kind(bot: telegram.Bot, sandbox: Sandbox) -> None:
    world = sandbox.world
    sent = await bot.send_message(PERSON, "x", reply_markup=KEYBOARD)
    people.say(world, world.chats[PERSON], {"text": "/start w_7"})
    people.say(world, membership.add_chat(world, -8, "channel", title="K"), {"text": "Post"})
    people.press(world, world.chats[PERSON], sent.message_id, "m1:1")
    membership.set_member(world, world.chats[PERSON], PERSON, "kicked")
    new = membership.migrate(world, world.chats[GROUP])
    membership.add_topic(world, new, "Politik")

    updates = await bot.get_updates(timeout=5)

    assert updates[0].message is not None
    assert updates[0].message.parse_entities() == {updates[0].message.entities[0]: "/start"}
    assert updates[1].my_chat_member is not None
    assert updates[2].channel_post is not None
    assert updates[3].callback_query is not None
    assert updates[3].callback_query.message == sent
    assert updates[4].my_chat_member is not None
    assert updates[4].my_chat_member.new_chat_member.status == "kicked"
    moved = [update.message for update in updates if update.message]
    assert [message.migrate_to_chat_id for message in moved if message.migrate_to_chat_id] == [
        new.id
    ]
    assert moved[-1].forum_topic_created is not None
    assert await bot.get_updates(offset=updates[-1].update_id + 1) == ()


async def test_a_callback_query_is_answered(bot: telegram.Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(PERSON, "x", reply_markup=KEYBOARD)
    callback = people.press(sandbox.world, sandbox.world.chats[PERSON], sent.message_id, "m1:1")

    assert await bot.answer_callback_query(callback.id, "ja")

    assert callback.answer == "ja"
    with pytest.raises(errors.BadRequest, match="Query is too old"):
        await bot.answer_callback_query(callback.id)


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("429", errors.RetryAfter),
        ("403_blocked", errors.Forbidden),
        ("403_kicked", errors.Forbidden),
        ("403_deactivated", errors.Forbidden),
        ("403_deleted", errors.Forbidden),
        ("400_not_found", errors.BadRequest),
        ("400_entities", errors.BadRequest),
        ("400_thread", errors.BadRequest),
        ("400_migrate", errors.ChatMigrated),
        ("401", errors.InvalidToken),
        ("409", errors.Conflict),
        ("500", errors.NetworkError),
        ("502_html", errors.NetworkError),
        ("invalid_json", errors.TelegramError),
        ("empty", errors.TelegramError),
        ("reset_before", errors.NetworkError),
        ("reset_after", errors.NetworkError),
        ("hang", errors.TimedOut),
        ("hang_after", errors.TimedOut),
    ],
)
async def test_every_fault_is_the_error_that_the_library_has_for_it(
    bot: telegram.Bot, sandbox: Sandbox, fault: str, raised: type[Exception]
) -> None:
    sandbox.faults.order(Fault("sendMessage", fault))

    with pytest.raises(raised):
        await bot.send_message(GROUP, "x", read_timeout=0.1)


async def test_of_two_pollers_one_gets_a_conflict(bot: telegram.Bot, sandbox: Sandbox) -> None:
    async with telegram.Bot("1:A", base_url=f"{sandbox.bot_api}/bot") as twin:
        polls = [asyncio.create_task(each.get_updates(timeout=30)) for each in (bot, twin)]
        done, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        people.say(sandbox.world, sandbox.world.chats[PERSON], {"text": "x"})

        assert isinstance(done.pop().exception(), errors.Conflict)
        assert len(await waiting.pop()) == 1

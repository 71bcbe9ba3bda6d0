# /// script
# requires-python = ">=3.11"
# dependencies = ["aiogram>=3.31,<4"]
# ///
"""A bot of another library: what tests/test_sandbox_aiogram.py asks it, it asks the sandbox.

It runs in an environment of its own, as aiogram and Ausguck want different versions of pydantic.
`uv lock --script tests/aiogram_bot.py` renews the file of versions beside it.

    aiogram_bot.py URL      prints JSON: what came of each of STEPS
"""

import asyncio
import json
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.filters import Command
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

PERSON = 1001
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Los", callback_data="go")]]
)


async def me(bot: Bot) -> object:
    """Ask who we are."""
    who = await bot.get_me()
    return {"id": who.id, "is_bot": who.is_bot, "username": who.username}


async def commands(bot: Bot) -> object:
    """Set a menu and read it again."""
    await bot.set_my_commands([BotCommand(command="hilfe", description="Was ich kann")])
    return [command.model_dump() for command in await bot.get_my_commands()]


async def hurry(bot: Bot) -> object:
    """Send faster than Telegram allows, and say how long it wants us to wait."""
    try:
        for text in ("eins", "zwei"):
            await bot.send_message(PERSON, text)
    except TelegramRetryAfter as error:
        return error.retry_after
    return None


async def serve(bot: Bot) -> None:
    """Answer /start with a button, and a press of it by changing the message; then end."""
    dispatcher = Dispatcher()

    async def start(message: Message) -> None:
        await message.answer("<b>Bereit</b>", reply_markup=BUTTONS, parse_mode="HTML")

    async def pressed(query: CallbackQuery) -> None:
        if isinstance(query.message, Message):
            await query.message.edit_text("Fertig")
        await query.answer("Danke")
        # From beside, as it waits for this very handler.
        stopping.append(asyncio.create_task(dispatcher.stop_polling()))

    stopping: list[asyncio.Task[None]] = []
    dispatcher.message.register(start, Command("start"))
    dispatcher.callback_query.register(pressed, F.data == "go")
    await dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1)
    await asyncio.gather(*stopping)


STEPS = (me, commands, serve, hurry)


async def main(url: str) -> None:
    """Do all of it, one after the other."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot("12345:sandbox", session=session) as bot:
        print(json.dumps({step.__name__: await step(bot) for step in STEPS}))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

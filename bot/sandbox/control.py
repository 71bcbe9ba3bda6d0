"""The control API: what people do, for the chat page and for scripts, under `/_sandbox/`."""

import base64
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox import membership, people
from bot.sandbox.chats import Chat
from bot.sandbox.context import Context
from bot.sandbox.errors import Mistake
from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from bot.sandbox.wishes import Wish

_LONGEST_WAIT = 60.0
_ANSWER_WAIT = 5.0
_Handler = Callable[[web.Request], Awaitable[object]]


class Control:
    """Answers `/_sandbox/…` with JSON; a mistake in the call is a 400 `{"error"}`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._world = context.world

    def routes(self) -> list[web.AbstractRouteDef]:
        """Returns the routes of the front."""
        table: list[tuple[str, str, _Handler]] = [
            ("POST", "say", self._say),
            ("POST", "press", self._press),
            ("GET", "messages", self._messages),
            ("GET", "transcript", self._transcript),
            ("GET", "chats", self._chats),
            ("POST", "chat", self._chat),
            ("POST", "member", self._member),
            ("POST", "migrate", self._migrate),
            ("POST", "topic", self._topic),
            ("POST", "update", self._update),
            ("POST", "fault", self._fault),
            ("DELETE", "fault", self._no_fault),
            ("POST", "publish", self._publish),
            ("POST", "next", self._next),
            ("POST", "limits", self._limits),
            ("POST", "clock", self._clock),
            ("POST", "reset", self._reset),
        ]
        return [
            web.route(verb, f"/_sandbox/{name}", _as_json(handler)) for verb, name, handler in table
        ]

    def _chat_of(self, wish: Wish) -> Chat:
        return people.chat_of(self._world, wish.whole("chat"))

    async def _say(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "chat text document from thread reply_to")
        chat = self._chat_of(wish)
        text = wish.text("text", "")
        if wish.raw("document") is not None:
            body = self._document(wish.raw("document"), text)
        elif text.strip():
            body = {"text": text.strip()}
        else:
            raise Mistake("text or document is missing")
        if wish.raw("reply_to") is not None:
            body |= people.answering(chat, wish.whole("reply_to"))
        sender, thread = wish.maybe_whole("from"), wish.maybe_whole("thread")
        message = people.say(self._world, chat, body, sender=sender, thread=thread)
        return {"message_id": message["message_id"]}

    def _document(self, fields: object, caption: str) -> dict[str, Any]:
        """Reads `{"name", "text" | "base64", "mime_type"?}`; a bare text is its content."""
        if isinstance(fields, str):
            fields = {"text": fields}
        wish = Wish(fields, "name text base64 mime_type")
        encoded = wish.maybe_text("base64")
        content = (
            base64.b64decode(encoded, validate=True) if encoded else wish.text("text").encode()
        )
        kind = wish.text("mime_type", "application/octet-stream" if encoded else "text/plain")
        file = self._world.keep_file(wish.text("name", "document.txt"), content, kind)
        return people.document_body(file, caption)

    async def _press(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "chat message_id data from wait")
        callback = people.press(
            self._world,
            self._chat_of(wish),
            wish.whole("message_id"),
            wish.text("data"),
            wish.maybe_whole("from"),
        )
        wait = min(wish.seconds("wait", _ANSWER_WAIT), _LONGEST_WAIT)
        answered = await self._context.bell.until(lambda: callback.answer is not None, wait)
        return {"answer": callback.answer} if answered else None

    async def _messages(self, request: web.Request) -> object:
        wish = Wish(request.query, "chat after wait")
        chat, after = self._chat_of(wish), wish.whole("after", 0)
        wait = min(wish.seconds("wait"), _LONGEST_WAIT)
        await self._context.bell.until(lambda: chat.latest > after, wait)
        return [message for message in chat.seen() if message["message_id"] > after]

    async def _transcript(self, request: web.Request) -> object:
        wish = Wish(request.query, "after")
        return self._world.transcript.after(wish.whole("after", 0))

    async def _chats(self, request: web.Request) -> object:
        return [self._world.chat_object(chat) for chat in self._world.chats.values()]

    async def _chat(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "id type language title state")
        if wish.raw("state") is not None:
            chat = people.chat_of(self._world, wish.whole("id"))
            membership.set_state(self._world, chat, wish.raw("state"))
        else:
            number, kind = wish.whole("id"), wish.text("type")
            language, title = wish.maybe_text("language"), wish.text("title", "")
            chat = membership.add_chat(self._world, number, kind, language, title)
        return self._world.chat_object(chat)

    async def _member(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "chat user status")
        chat = self._chat_of(wish)
        membership.set_member(self._world, chat, wish.raw("user"), wish.text("status"))
        return {}

    async def _migrate(self, request: web.Request) -> object:
        chat = self._chat_of(Wish(await _body(request), "chat"))
        return {"chat": membership.migrate(self._world, chat).id}

    async def _topic(self, request: web.Request) -> object:
        """Opens a topic of this name; with `thread`, closes, reopens or deletes that one."""
        wish = Wish(await _body(request), "chat name thread state")
        chat = self._chat_of(wish)
        if wish.raw("thread") is None:
            return {"thread": membership.add_topic(self._world, chat, wish.text("name"))}
        thread = wish.whole("thread")
        membership.set_topic(self._world, chat, thread, wish.text("state"))
        return {"thread": thread}

    async def _update(self, request: web.Request) -> object:
        body = await _body(request)
        if not isinstance(body, dict):
            raise Mistake("the body must be an Update, a JSON object")
        number = self._world.updates.push_raw(body)
        self._world.on_change()
        return {"update_id": number}

    async def _fault(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "method chat fault times retry_after pause")
        fault = Fault(
            wish.text("method"),
            wish.text("fault"),
            chat=wish.maybe_whole("chat"),
            times=wish.whole("times", 1),
            retry_after=wish.whole("retry_after", 1),
            pause=wish.seconds("pause", 0.1),
        )
        self._context.faults.order(fault)
        return {}

    async def _no_fault(self, request: web.Request) -> object:
        self._context.faults.clear()
        return {}

    async def _publish(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "feed title html id published summary")
        article = Publication(
            title=wish.text("title"),
            html=wish.text("html"),
            id=wish.maybe_text("id"),
            published=wish.maybe_text("published"),
            summary=wish.maybe_text("summary"),
        )
        published = self._context.press.publish(wish.text("feed"), article)
        return {"url": published.url, "id": published.id}

    async def _next(self, request: web.Request) -> object:
        """Publishes the next recorded article; null when all are out."""
        published = self._context.press.publish_next()
        return {"url": published.url, "id": published.id} if published else None

    async def _limits(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "global private group")
        self._world.limits.change(
            everywhere=wish.maybe_whole("global"),
            private=wish.maybe_whole("private"),
            group=wish.maybe_whole("group"),
        )
        return {}

    async def _clock(self, request: web.Request) -> object:
        wish = Wish(await _body(request), "advance")
        self._context.clock.advance(timedelta(seconds=wish.seconds("advance")))
        self._context.bell.ring()
        return {"now": self._context.clock().isoformat()}

    async def _reset(self, request: web.Request) -> object:
        self._context.reset()
        return {}


async def _body(request: web.Request) -> Any:  # noqa: ANN401 - JSON may be anything
    text = await request.text()
    try:
        return json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise Mistake(f"the body is no JSON: {error}") from None


def _as_json(handler: _Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response(await handler(request))
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)

    return answer

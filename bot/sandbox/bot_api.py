"""The HTTP front of the Bot API: reads calls, strikes faults, waits for updates, answers."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.sandbox import faults, membership, wire
from bot.sandbox.calls import Call, Upload, understand
from bot.sandbox.context import Context
from bot.sandbox.errors import OTHER_POLLER, ApiError, bad_request
from bot.sandbox.faults import Fault, refusal
from bot.sandbox.methods import perform

LONGEST_POLL = 50
"""Seconds; longer timeouts of getUpdates are cut to this (telegram-bot-api, Client.cpp)."""


class BotApi:
    """Answers `/bot<token>/METHOD` and `/file/bot<token>/PATH` for any token."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._world = context.world
        self._poll = asyncio.Event()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Returns the routes of the front."""
        return [
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
            web.route("*", "/bot{token:[^/]+}/{method}", self._handle),
        ]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            call = await _read(request)
        except ApiError as error:
            return self._reply(request, Call("?"), error.reply())
        fault = self._context.faults.strike(call.method, call.chat)
        if fault is None:
            return self._reply(request, call, await self._answer(request, call))
        if fault.name in faults.AFTER:
            reply = await self._answer(request, call)
            return await self._lose(request, call, fault, reply)
        if fault.name in faults.REFUSALS:
            return self._reply(request, call, self._refuse(call, fault), fault.name)
        self._write(request, call, {"fault": fault.name}, fault.name)
        return await self._spoil(request, fault.name)

    async def _answer(self, request: web.Request, call: Call) -> dict[str, Any]:
        try:
            if call.method == "getupdates":
                return {"ok": True, "result": await self._updates(call)}
            return {"ok": True, "result": perform(self._world, call)}
        except ApiError as error:
            return error.reply()
        except asyncio.CancelledError:
            self._write(request, call, {"fault": "disconnected"})
            raise

    async def _updates(self, call: Call) -> list[dict[str, Any]]:
        """Waits for updates; an older call that still waits is sent away."""
        queue = self._world.updates
        allowed = call.array("allowed_updates")
        if allowed is not None:
            queue.allow(allowed)
        if call.number("offset"):
            queue.acknowledge(call.number("offset"))
        self._poll.set()
        self._poll = mine = asyncio.Event()
        self._context.bell.ring()
        limit = call.number("limit") or 100
        wait = min(max(call.number("timeout"), 0), LONGEST_POLL)
        await self._context.bell.until(lambda: mine.is_set() or queue.pending(), wait)
        if mine.is_set():
            raise OTHER_POLLER
        return queue.waiting(limit)

    def _refuse(self, call: Call, fault: Fault) -> dict[str, Any]:
        chat = self._world.chats.get(call.chat or 0)
        if chat is None:
            return refusal(fault, "group", membership.SUPERGROUP).reply()
        if fault.name == "400_migrate" and chat.kind == "group" and chat.moved_to is None:
            membership.migrate(self._world, chat, announced=False)
        return refusal(fault, chat.kind, membership.supergroup_id(chat)).reply()

    async def _spoil(self, request: web.Request, fault: str) -> web.StreamResponse:
        if fault == "502_html":
            return wire.bad_gateway()
        if fault == "invalid_json":
            return web.Response(text='{"ok":true,"result":', content_type="application/json")
        if fault == "empty":
            return web.Response(content_type="application/json")
        if fault == "hang":
            return await wire.hang(request, self._context.bell)
        return wire.break_off(request)

    async def _lose(
        self, request: web.Request, call: Call, fault: Fault, reply: dict[str, Any]
    ) -> web.StreamResponse:
        if fault.name == "drip":
            response = self._reply(request, call, reply, fault.name)
            return await wire.drip(request, response, self._context.bell, fault.pause)
        if fault.name == "late":
            response = self._reply(request, call, reply, fault.name)
            return await wire.late(request, response, self._context.bell, fault.pause)
        self._write(request, call, {"fault": fault.name}, fault.name)
        if fault.name == "hang_after":
            return await wire.hang(request, self._context.bell)
        return wire.break_off(request)

    def _reply(
        self, request: web.Request, call: Call, reply: dict[str, Any], fault: str | None = None
    ) -> web.Response:
        self._write(request, call, reply, fault)
        return web.json_response(reply, status=reply.get("error_code", 200))

    def _write(
        self, request: web.Request, call: Call, result: dict[str, Any], fault: str | None = None
    ) -> None:
        method = request.match_info["method"]
        self._world.transcript.add(method, call.written(), result, fault)

    async def _download(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        file = next((file for file in self._world.files.values() if file.path == path), None)
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type="application/octet-stream")


async def _read(request: web.Request) -> Call:
    """Reads the query, then a JSON, form or multipart body over it.

    Raises:
        ApiError: the body is too big or no JSON object.
    """
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            values |= await _json(request)
        else:
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    files[name] = Upload(value.filename, value.file.read(), value.content_type)
                else:
                    values[name] = value if isinstance(value, str) else bytes(value).decode()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the request's body") from None
    return understand(request.match_info["method"], values, files)


async def _json(request: web.Request) -> dict[str, object]:
    text = await request.text()
    body = json.loads(text) if text else {}
    if not isinstance(body, dict):
        raise bad_request("can't parse the request's body")
    return body

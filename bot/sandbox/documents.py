"""The HTTP front of the press: feeds and article pages, with validators, gzip and faults."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from aiohttp import web

from bot.sandbox import wire
from bot.sandbox.context import Context
from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Document


class Documents:
    """Answers `/feeds`, `/feeds/NAME.xml` and `/articles/PATH`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def routes(self) -> list[web.AbstractRouteDef]:
        """Returns the routes of the front."""
        return [
            web.get("/feeds", self._names),
            web.get("/feeds/{name}.xml", self._feed),
            web.get("/articles/{path:.+}", self._page),
        ]

    async def _names(self, request: web.Request) -> web.Response:
        return web.json_response(list(self._context.press.feed_names()))

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return await self._send(request, self._context.press.feed(name))

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        return await self._send(request, self._context.press.page(path))

    async def _send(self, request: web.Request, document: Document | None) -> web.StreamResponse:
        fault = self._context.faults.strike(f"GET {request.path}", None)
        if fault is not None and fault.name != "drip":
            return await self._fail(request, fault)
        if document is None:
            raise web.HTTPNotFound
        response = _response(request, document)
        if fault is not None:
            return await wire.drip(request, response, self._context.bell, fault.pause)
        if response.body and "gzip" in request.headers.get("Accept-Encoding", "").lower():
            response.enable_compression(web.ContentCoding.gzip)
        return response

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.name == "hang":
            return await wire.hang(request, self._context.bell)
        if fault.name == "reset_before":
            return wire.break_off(request)
        if fault.name == "502_html":
            return wire.bad_gateway()
        if fault.name == "429":
            return web.Response(status=429, headers={"Retry-After": str(fault.retry_after)})
        return web.Response(status=500 if fault.name == "500" else 200)


def _response(request: web.Request, document: Document) -> web.Response:
    headers = {
        "ETag": document.etag,
        "Last-Modified": document.last_modified,
        "Vary": "Accept-Encoding",
    }
    if _is_known(request, document):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = document.content_type
    return web.Response(body=document.body, headers=headers)


def _is_known(request: web.Request, document: Document) -> bool:
    """RFC 9110, 13.2.2: an If-None-Match decides alone; else If-Modified-Since does."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or document.etag.removeprefix("W/") in known
    since = _date(request.headers.get("If-Modified-Since", ""))
    changed = _date(document.last_modified)
    return since is not None and changed is not None and changed <= since


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None

"""What goes wrong on the wire: broken connections, silence, answers byte by byte."""

import socket
import struct

from aiohttp import web

from bot.sandbox.context import Bell

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)


def bad_gateway() -> web.Response:
    """Returns the page that a proxy shows when Telegram is down."""
    return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")


def break_off(request: web.Request) -> web.Response:
    """Resets the TCP connection; the response that is returned reaches nobody."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        # Lingering for 0 seconds turns the close into a reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def hang(request: web.Request, bell: Bell) -> web.Response:
    """Never answers; ends when the client goes (the task is cancelled) or the sandbox closes."""
    await bell.closing()
    return break_off(request)


async def late(
    request: web.Request, response: web.StreamResponse, bell: Bell, pause: float
) -> web.StreamResponse:
    """Keeps the response back for `pause` seconds."""
    return break_off(request) if await bell.closing(pause) else response


async def drip(
    request: web.Request, response: web.Response, bell: Bell, pause: float
) -> web.StreamResponse:
    """Sends the response one byte at a time, with `pause` seconds after each."""
    body = response.body if isinstance(response.body, bytes) else b""
    slow = web.StreamResponse(status=response.status, headers=response.headers)
    slow.content_length = len(body)
    await slow.prepare(request)
    for at in range(len(body)):
        await slow.write(body[at : at + 1])
        if await bell.closing(pause):
            return break_off(request)
    await slow.write_eof()
    return slow

"""Headless Chromium, asked over the DevTools protocol what a page looks like; no script in it."""

import asyncio
import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from tests.harness import until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60


@dataclass
class Tab:
    """A tab of the browser."""

    socket: aiohttp.ClientWebSocketResponse
    _numbers: Any = field(default_factory=lambda: count(1))
    events: list[dict[str, Any]] = field(default_factory=list)

    async def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Give an order, and return what it is answered with."""
        number = next(self._numbers)
        await self.socket.send_json({"id": number, "method": method, "params": params})
        while True:
            said: dict[str, Any] = await self.socket.receive_json(timeout=PATIENCE)
            if said.get("id") == number:
                assert "error" not in said, f"{method}: {said}"
                result: dict[str, Any] = said["result"]
                return result
            self.events.append(said)

    async def show(
        self, address: str, width: int, *, dark: bool = False, scale: float = 1.0
    ) -> None:
        """Show a page as a window of that width does, in which no script runs."""
        for domain in ("Page", "DOM", "CSS", "Log", "Network"):
            await self.ask(f"{domain}.enable")
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        size = {"width": width, "height": 900, "deviceScaleFactor": scale, "mobile": width < 500}
        await self.ask("Emulation.setScriptExecutionDisabled", value=True)
        await self.ask("Emulation.setEmulatedMedia", features=scheme)
        await self.ask("Emulation.setDeviceMetricsOverride", **size)
        await self.ask("Network.setExtraHTTPHeaders", headers={"Accept-Language": "de-DE"})
        self.events.clear()
        await self.ask("Page.navigate", url=address)
        while not self._has("Page.loadEventFired"):
            self.events.append(await self.socket.receive_json(timeout=PATIENCE))

    def _has(self, event: str) -> bool:
        return any(each.get("method") == event for each in self.events)

    @property
    def complaints(self) -> list[str]:
        """What the browser had to say of the page, such as what its policy has blocked."""
        said = [each for each in self.events if each.get("method") == "Log.entryAdded"]
        return [each["params"]["entry"]["text"] for each in said]

    async def width(self) -> float:
        """Return how wide the page is, also where it does not fit."""
        metrics = await self.ask("Page.getLayoutMetrics")
        return float(metrics["cssContentSize"]["width"])

    async def style(self, selector: str, name: str) -> str:
        """Return a computed style of the first element that a selector finds."""
        root = (await self.ask("DOM.getDocument"))["root"]["nodeId"]
        node = (await self.ask("DOM.querySelector", nodeId=root, selector=selector))["nodeId"]
        computed = await self.ask("CSS.getComputedStyleForNode", nodeId=node)
        values = {each["name"]: str(each["value"]) for each in computed["computedStyle"]}
        return values[name]

    async def photograph(self, most: int) -> bytes:
        """Return a picture of the page as PNG, of its beginning where it is higher than that."""
        size = (await self.ask("Page.getLayoutMetrics"))["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "scale": 1}
        clip["height"] = min(size["height"], most)
        shot = await self.ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing() -> AsyncIterator[Tab]:
    """Start a browser; yields its tab."""
    assert CHROMIUM, "apt-get install -y chromium fonts-noto-color-emoji"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--hide-scrollbars", "--remote-debugging-port=0", f"--user-data-dir={profile}"),
            "about:blank",
            env={**os.environ, "TZ": "Europe/Berlin"},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            said = Path(profile) / "DevToolsActivePort"
            port = await until(lambda: _port(said), "Chromium", PATIENCE)
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
                tabs = await (await client.get("/json/list")).json()
                address = next(tab for tab in tabs if tab["type"] == "page")
                async with client.ws_connect(
                    address["webSocketDebuggerUrl"], max_msg_size=0
                ) as socket:
                    yield Tab(socket)
        finally:
            process.kill()
            await process.wait()


def _port(said: Path) -> str:
    return said.read_text().partition("\n")[0] if said.exists() else ""

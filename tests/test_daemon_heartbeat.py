"""The heartbeat: an address is called while all is well, and only then."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest
import structlog
from structlog.testing import capture_logs

from bot.config import Config
from bot.config.sections import WebSection
from bot.daemon.heartbeat import LIMITS, Heartbeat, open_heartbeat
from tests.jumping import now
from tests.publisher_kit import Answer, publisher
from tests.virtual import virtually


@asynccontextmanager
async def calling(url: str | None, *faults: str) -> AsyncIterator[Heartbeat]:
    async def wrong() -> Sequence[str]:
        return faults

    config = Config(web=WebSection(heartbeat_url=url))
    async with open_heartbeat(config, wrong) as heartbeat:
        yield heartbeat


async def test_it_is_called_at_a_private_address_too_while_all_is_well() -> None:
    async with publisher() as site, calling(f"{site.base}/beat") as heartbeat:
        site.answers["/beat"] = Answer(b"OK")

        assert await heartbeat.beat()
        assert await heartbeat.beat()
        assert site.asked["/beat"] == 2


async def test_with_a_fault_nobody_is_called() -> None:
    async with publisher() as site, calling(f"{site.base}/beat", "a fault") as heartbeat:
        assert not await heartbeat.beat()
        assert not site.asked


async def test_without_an_address_nobody_is_called() -> None:
    async with calling(None) as heartbeat:
        assert not await heartbeat.beat()


async def test_a_long_answer_is_one_and_is_not_read_to_its_end() -> None:
    async with publisher() as site, calling(f"{site.base}/beat") as heartbeat:
        site.answers["/beat"] = Answer(b"x" * (LIMITS.size + 1))

        assert await heartbeat.beat()


async def test_a_failure_is_logged_once_and_its_end_too_without_the_address() -> None:
    structlog.reset_defaults()
    async with publisher() as site, calling(f"{site.base}/secret-path") as heartbeat:
        with capture_logs() as logged:
            for status in (500, 500, 404, 200, 200, 500):
                site.answers["/secret-path"] = Answer(b"", status)
                await heartbeat.beat()

    assert [each["event"] for each in logged] == [
        "heartbeat.failed",
        "heartbeat.works_again",
        "heartbeat.failed",
    ]
    assert logged[0]["error"] == "HTTP 500"
    assert "secret-path" not in str(logged)


async def test_another_address_is_called_from_then_on() -> None:
    async with publisher() as site, calling(f"{site.base}/one") as heartbeat:
        site.answers |= {"/one": Answer(), "/two": Answer()}
        heartbeat.change(f"{site.base}/two")
        await heartbeat.beat()

        assert dict(site.asked) == {"/two": 1}


def test_it_looks_every_five_minutes_whether_all_is_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", "/nonexistent")
    looks: list[float] = []

    async def wrong() -> Sequence[str]:
        looks.append(now())
        if len(looks) == 2:
            raise RuntimeError("a mistake of ours ends nothing")
        return ["a fault"]

    async def work() -> None:
        running = asyncio.create_task(Heartbeat("http://a.example", wrong, "Ausguck").run())
        await asyncio.sleep(1_000)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    virtually(work)

    assert looks == [60, 360, 660, 960]

"""One request at a time per host, a gap between two, and dead hosts are left alone for a while."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import timedelta

import pytest

from bot.errors import Unreachable
from bot.model import Rank
from bot.net.hosts import MANY, HostDown, Hosts

GAP = timedelta(seconds=2)


class Jumping(selectors.DefaultSelector):
    """A selector in whose loop waiting takes no time: the clock jumps to the next timer."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += max(timeout or 0.0, 0.0)
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(story: Callable[[], Coroutine[None, None, None]]) -> None:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(story())


def clock() -> float:
    return asyncio.get_running_loop().time()


async def request(hosts: Hosts, host: str, seconds: float = 1) -> tuple[float, float]:
    """Make a request that takes so long; return when it began and ended."""
    async with hosts.turn(host, 443):
        began = clock()
        await asyncio.sleep(seconds)
        return began, clock()


async def fail(hosts: Hosts, host: str, port: int = 443) -> None:
    async with hosts.turn(host, port):
        raise HostDown(f"no connection to {host}")


def test_requests_to_one_host_follow_each_other_with_the_gap_between() -> None:
    async def story() -> None:
        hosts = Hosts(GAP)

        times = await asyncio.gather(*(request(hosts, "a.example") for _ in range(3)))

        assert [began for began, _ in times] == pytest.approx([0, 3, 6])

    run(story)


def test_after_the_last_request_nobody_waits() -> None:
    async def story() -> None:
        await request(Hosts(GAP), "a.example")

        assert clock() == pytest.approx(1)

    run(story)


def test_hosts_do_not_wait_for_each_other() -> None:
    async def story() -> None:
        hosts = Hosts(GAP)

        await asyncio.gather(request(hosts, "a.example"), request(hosts, "b.example"))

        assert clock() == pytest.approx(1)

    run(story)


def test_a_request_that_fails_keeps_the_gap_too() -> None:
    async def story() -> None:
        hosts = Hosts(GAP)
        with pytest.raises(ZeroDivisionError):
            async with hosts.turn("a.example", 443):
                raise ZeroDivisionError

        began, _ = await request(hosts, "a.example")

        assert began == pytest.approx(2)

    run(story)


def test_who_waits_for_a_dead_host_fails_at_once_with_the_same_words() -> None:
    async def story() -> None:
        hosts = Hosts(GAP)

        failures = await asyncio.gather(
            *(fail(hosts, "a.example") for _ in range(100)), return_exceptions=True
        )

        assert {str(failure) for failure in failures} == {"no connection to a.example"}
        assert all(isinstance(failure, Unreachable) for failure in failures)
        assert clock() == 0

    run(story)


async def in_turn(hosts: Hosts, order: list[str], name: str, rank: Rank) -> None:
    """Note the name when the turn has come."""
    async with hosts.turn("a.example", 443, rank):
        order.append(name)
        await asyncio.sleep(1)


def test_of_those_that_wait_the_urgent_goes_first_and_equals_by_arrival() -> None:
    async def story() -> None:
        hosts, order = Hosts(GAP), list[str]()
        wanted = [("first", Rank.PAGE), ("old", Rank.OLD), ("page", Rank.PAGE), ("late", Rank.PAGE)]
        wanted += [("feed", Rank.FEED), ("news", Rank.NEWS)]

        await asyncio.gather(*(in_turn(hosts, order, name, rank) for name, rank in wanted))

        assert order == ["first", "news", "feed", "page", "late", "old"]

    run(story)


def test_what_is_urgent_and_comes_within_the_gap_goes_before_those_that_wait() -> None:
    async def story() -> None:
        hosts, order = Hosts(GAP), list[str]()
        waiting = [asyncio.create_task(in_turn(hosts, order, n, Rank.PAGE)) for n in ("a", "b")]
        await asyncio.sleep(2)

        await in_turn(hosts, order, "news", Rank.NEWS)

        await asyncio.gather(*waiting)
        assert order == ["a", "news", "b"]

    run(story)


def test_feeds_that_fill_a_hosts_time_leave_every_fourth_turn_to_those_that_wait() -> None:
    async def story() -> None:
        hosts, order = Hosts(GAP), list[str]()

        async def endless_feeds() -> None:
            while True:
                await in_turn(hosts, order, "feed", Rank.FEED)

        feeds = [asyncio.create_task(endless_feeds()) for _ in range(3)]
        await asyncio.sleep(1)

        await asyncio.gather(
            in_turn(hosts, order, "old", Rank.OLD), in_turn(hosts, order, "page", Rank.PAGE)
        )

        assert len(order) <= 9
        for feed in feeds:
            feed.cancel()

    run(story)


@pytest.mark.parametrize("after", [0.5, 3])
def test_who_gives_up_waiting_holds_nobody_up(after: float) -> None:
    async def story() -> None:
        hosts, order = Hosts(GAP), list[str]()
        tasks = [asyncio.create_task(in_turn(hosts, order, n, Rank.PAGE)) for n in ("a", "b", "c")]
        await asyncio.sleep(after)

        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

        assert order[0] == "a"
        assert order[-1] == "c"
        assert clock() <= 7

    run(story)


def test_a_dead_host_is_asked_again_after_a_minute() -> None:
    async def story() -> None:
        hosts = Hosts(GAP)
        with pytest.raises(HostDown):
            await fail(hosts, "a.example")
        await asyncio.sleep(59)
        with pytest.raises(Unreachable):
            await request(hosts, "a.example")
        await asyncio.sleep(1.5)

        began, _ = await request(hosts, "a.example")

        assert began == pytest.approx(60.5)

    run(story)


def test_another_port_of_the_host_is_not_held() -> None:
    async def story() -> None:
        hosts = Hosts(timedelta(0))
        with pytest.raises(HostDown):
            await fail(hosts, "a.example", port=80)

        assert await request(hosts, "a.example") == pytest.approx((0, 1))

    run(story)


def test_an_error_of_one_page_does_not_hold_the_host() -> None:
    async def story() -> None:
        hosts = Hosts(timedelta(0))
        with pytest.raises(Unreachable):
            async with hosts.turn("a.example", 443):
                raise Unreachable("this page took too long")

        assert await request(hosts, "a.example") == pytest.approx((0, 1))

    run(story)


def test_hosts_without_requests_are_forgotten() -> None:
    async def story() -> None:
        hosts = Hosts(timedelta(0))
        busy = asyncio.create_task(request(hosts, "busy.example", seconds=10_000))
        for number in range(2 * MANY):
            await request(hosts, f"{number}.example")

        assert len(hosts._lanes) <= MANY
        assert "busy.example" in hosts._lanes
        busy.cancel()

    run(story)

"""Hostile addresses, by the numbers of the research: none inside a private network is reached."""

import socket
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

import pytest
from yarl import URL

from bot.errors import NotAllowed
from bot.net import Fetcher, fetcher
from tests.hostile_kit import hostile

ADDRESSES = [
    "169.254.169.254",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.168.1.1",
    "10.0.0.1",
    "172.16.0.1",
    "224.0.0.1",
    "0",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.0.1.",
]


@pytest.mark.parametrize("host", ADDRESSES)
async def test_hostile_21_a_link_into_a_private_network(host: str) -> None:
    async with hostile() as evil, Fetcher(per_host_gap=timedelta(0)) as guarded:
        with pytest.raises(NotAllowed):
            await guarded.page(f"http://{host}:{evil.base.rpartition(':')[2]}/secret")

        assert not evil.asked


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "javascript"])
async def test_hostile_21_a_link_of_another_scheme(scheme: str) -> None:
    async with Fetcher() as guarded:
        with pytest.raises(NotAllowed):
            await guarded.page(f"{scheme}://127.0.0.1/etc/passwd")


@pytest.mark.parametrize("host", ADDRESSES)
async def test_hostile_22_a_redirect_into_a_private_network(host: str) -> None:
    async with (
        hostile() as evil,
        hostile("127.0.0.2") as inner,
        Fetcher(allow=["127.0.0.2/32"], per_host_gap=timedelta(0)) as guarded,
    ):
        port = evil.base.rpartition(":")[2]
        inner.redirect("/a", f"{inner.base}/b")
        inner.redirect("/b", f"//{host}:{port}/secret")

        with pytest.raises(NotAllowed):
            await guarded.page(f"{inner.base}/a")

        assert inner.asked["/b"] == 1
        assert not evil.asked


async def test_hostile_22_a_name_that_changes_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """127.0.0.2 stands for a public address; the second look-up gives a private one."""
    addresses = chain(["127.0.0.2"], repeat("127.0.0.1"))

    def lookup(_host: str, port: int, *_: object, **__: object) -> list[Any]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [(*kind, (next(addresses), port))]

    async with (
        hostile("127.0.0.2") as public,
        Fetcher(allow=["127.0.0.2/32"], per_host_gap=timedelta(0)) as guarded,
    ):
        public.redirect("/", "http://second.rebind.example:1/secret")
        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        port = public.base.rpartition(":")[2]

        with pytest.raises(NotAllowed, match="private network"):
            await guarded.page(f"http://rebind.example:{port}/")

        assert public.asked["/"] == 1


async def test_hostile_23_a_redirect_from_https_to_http() -> None:
    with pytest.raises(NotAllowed, match="https to http"):
        fetcher._next(URL("https://a.example/"), "http://a.example/")

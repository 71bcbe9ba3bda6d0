"""Only public addresses are connected to, however they are written."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.net.guard import Forbidden, Guard

PRIVATE = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::1",
]
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_permitted(address: str) -> None:
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_permitted(address: str) -> None:
    assert Guard().permits(address)


def test_a_named_network_is_permitted_and_no_other() -> None:
    guard = Guard(["192.168.1.0/24", "fd00::/8"])

    assert guard.permits("192.168.1.7")
    assert guard.permits("::ffff:192.168.1.7")
    assert guard.permits("fd12::1")
    assert not guard.permits("192.168.2.7")


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_an_ipv4_address_is_no_better_inside_an_ipv6_one(address: object) -> None:
    assert not Guard().permits(f"::ffff:{address}")
    assert not Guard().permits(f"64:ff9b::{address}")


def test_no_socket_is_opened_to_a_private_address() -> None:
    with pytest.raises(Forbidden):
        Guard().open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))


def test_a_socket_is_opened_to_a_permitted_address() -> None:
    guard = Guard(["127.0.0.0/8"])

    with guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))) as open_:
        assert open_.family == socket.AF_INET

"""Whose tries are counted, how many are taken, and which forms are read."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from multidict import CIMultiDict

from bot.web.secure_requests import (
    LARGEST_FORM_BYTES,
    MOST_CLIENTS,
    Limits,
    NotTaken,
    client_of,
    form_token,
    holds_token,
    network_of,
    read_form,
)

OURS = (ip_network("127.0.0.0/8"), ip_network("10.1.0.0/16"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Peer:
    """As much of a connection as says who is at its other end."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self._address, 1) if name == "peername" else default

    def is_closing(self) -> bool:
        return False


def asked_by(peer: str, *forwarded: str) -> str:
    headers = CIMultiDict([("X-Forwarded-For", line) for line in forwarded])
    request = make_mocked_request("POST", "/secure/x", headers=headers, transport=Peer(peer))
    return client_of(request, OURS)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", (), "203.0.113.9"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),
        ("127.0.0.1", (), "127.0.0.1"),
        ("127.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("127.0.0.1", ("1.1.1.1, 198.51.100.1",), "198.51.100.1"),
        ("127.0.0.1", ("1.1.1.1", "198.51.100.1, 10.1.2.3"), "198.51.100.1"),
        ("127.0.0.1", ("nonsense",), "unknown"),
        ("127.0.0.1", ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_whom_our_own_proxies_vouch_for_and_nobody_else(
    peer: str, forwarded: tuple[str, ...], client: str
) -> None:
    assert asked_by(peer, *forwarded) == client


def test_an_office_counts_as_one_whatever_address_of_its_network_it_uses() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")


def test_one_client_and_all_together_take_so_many_and_more_when_time_has_passed() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0], of_one=2, of_all=3)

    assert [limits.take(client) for client in ("a", "a", "a", "b", "b", "c")] == [True, True, False, True, False, False]
    now[0] = 600.0
    assert limits.take("a")


def test_a_flood_of_clients_takes_no_more_memory_than_it_may() -> None:
    limits = Limits(lambda: 0.0, of_all=10**9)
    for number in range(MOST_CLIENTS + 500):
        limits.take(str(number))

    assert len(limits._clients) == MOST_CLIENTS


def test_a_token_fits_its_own_secret_alone() -> None:
    assert holds_token({"token": form_token("one")}, "one")
    assert not holds_token({"token": form_token("one")}, "another")
    assert not holds_token({}, "one")
    assert not holds_token({"token": "\ud800"}, "\ud800")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"a=1&b=%C3%A9+x&a=2", {"a": "1", "b": "\u00e9 x"}),
        (b"", {}),
        (b"a=%ED%A0%80", None),
        (b"a=\xff", None),
        (b"&".join(b"a=1" for _ in range(41)), None),
        (b"a=" + b"x" * LARGEST_FORM_BYTES, None),
    ],
)
async def test_only_a_small_form_in_good_order_is_read(body: bytes, expected: dict[str, str] | None) -> None:
    async def read(request: web.Request) -> web.Response:
        try:
            return web.json_response(await read_form(request))
        except NotTaken:
            return web.json_response(None)

    async def pieces() -> object:
        yield body

    app = web.Application()
    app.router.add_post("/", read)
    async with TestClient(TestServer(app)) as client:
        for data in (body, pieces()):
            async with client.post("/", data=data, headers=FORM) as response:
                assert await response.json() == expected

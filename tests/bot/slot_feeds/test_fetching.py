"""A calendar is fetched whole, within bounds, and from nowhere it may not be; or the reason is named."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, time

import aiohttp
import pytest
import pytest_asyncio

from bot.slot_feeds.fault import FeedFault
from bot.slot_feeds.fetching import MOST_BYTES, FeedClient, Fetched, is_public
from discussions.slots.feed import FeedProblem
from tests.bot.slot_feeds.calendar_server import (
    CALENDAR,
    ONE,
    TAG,
    Answer,
    CalendarServer,
    answer_and_hang_up,
    answer_drop_by_drop,
    answer_half,
    answer_slowly,
    answer_without_end,
    answering,
    calendar_server,
    make_certificate,
)

SOON = aiohttp.ClientTimeout(total=1.0, connect=1.0, sock_read=0.5)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[CalendarServer]:
    async with calendar_server() as server:
        yield server


def client(is_local: bool = True, allows: str | None = None) -> FeedClient:
    return FeedClient(
        ssl.create_default_context, is_local, lambda address: address == allows or is_public(address), SOON
    )


async def problem_of(url: str, how: FeedClient | None = None) -> FeedProblem:
    with pytest.raises(FeedFault) as fault:
        await (how or client()).fetch(url)
    assert "127.0.0.1" not in repr(fault.value)
    return fault.value.problem


async def test_a_calendar_is_fetched_with_its_tag_and_then_only_asked_whether_it_changed(
    server: CalendarServer,
) -> None:
    first = await client().fetch(server.address)
    again = await client().fetch(server.address, first.etag)

    assert first == Fetched(ONE, TAG, None)
    assert again == Fetched(None, TAG, None)
    assert [request.headers.get("If-None-Match") for request in server.asked] == [None, TAG]
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (answering(401), FeedProblem.REFUSED),
        (answering(403), FeedProblem.REFUSED),
        (answering(404), FeedProblem.NOT_THERE),
        (answering(410), FeedProblem.NOT_THERE),
        (answering(429), FeedProblem.SERVER_FAULT),
        (answering(500), FeedProblem.SERVER_FAULT),
        (answering(200, b"<html>Sign in</html>", Content_Type="text/html; charset=utf-8"), FeedProblem.WRONG_TYPE),
        (answering(200, b"\x1f\x8b", Content_Type=CALENDAR, Content_Encoding="gzip"), FeedProblem.WRONG_TYPE),
        (answering(302, Location="file:///etc/passwd"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://127.0.0.1:1/"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://[::1]/"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://169.254.169.254/latest/meta-data"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://10.0.0.1/"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://localhost/"), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answering(302, Location="http://[:::"), FeedProblem.NO_CONNECTION),
        (answering(302), FeedProblem.NOT_ALLOWED_ADDRESS),
        (answer_slowly, FeedProblem.TOO_SLOW),
        (answer_drop_by_drop, FeedProblem.TOO_SLOW),
        (answer_without_end, FeedProblem.TOO_LARGE),
        (answer_half, FeedProblem.CUT_OFF),
        (answer_and_hang_up, FeedProblem.NO_CONNECTION),
    ],
)
async def test_what_goes_wrong_has_a_name_and_takes_no_longer_than_it_may(
    server: CalendarServer, answer: Answer, problem: FeedProblem
) -> None:
    server.answer = answer
    began = monotonic()

    assert await problem_of(server.address) is problem
    assert monotonic() - began < 5


async def test_a_calendar_that_is_just_not_too_large_is_taken(server: CalendarServer) -> None:
    server.answer = answering(200, b"x" * MOST_BYTES, Content_Type="text/calendar; charset=utf-8")

    assert (await client().fetch(server.address)).content == b"x" * MOST_BYTES


async def test_nobody_there_is_no_connection() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert await problem_of(f"http://127.0.0.1:{taken.getsockname()[1]}/") is FeedProblem.NO_CONNECTION


async def test_https_is_asked_where_its_certificate_is_trusted_and_nowhere_else(tmp_path: Path) -> None:
    # the clock of a TLS library is the machine's own
    file = make_certificate(tmp_path, datetime.fromtimestamp(time(), UTC))
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(file)
    trusting = FeedClient(lambda: ssl.create_default_context(cafile=str(file)), timeout=SOON)

    async with calendar_server(serving) as secure:
        assert (await trusting.fetch(secure.address)).content == ONE
        assert await problem_of(secure.address, client(is_local=False)) is FeedProblem.NO_CONNECTION
        secure.answer = answering(302, Location=secure.address.replace("https", "http"))
        assert await problem_of(secure.address, trusting) is FeedProblem.NOT_ALLOWED_ADDRESS


async def test_outside_of_local_mode_only_https_is_asked(server: CalendarServer) -> None:
    assert await problem_of(server.address, client(is_local=False)) is FeedProblem.NOT_ALLOWED_ADDRESS
    assert server.asked == []


async def test_a_redirect_to_an_allowed_place_is_followed_a_few_times_and_not_for_ever(server: CalendarServer) -> None:
    allowing = client(allows="127.0.0.1")
    server.answer = answering(301, Location=server.address)
    assert await problem_of(server.address, allowing) is FeedProblem.NOT_ALLOWED_ADDRESS
    assert len(server.asked) == 4

    server.answer = None
    async with calendar_server() as first:
        first.answer = answering(307, Location=server.address.replace("127.0.0.1", "localhost"))
        assert (await allowing.fetch(first.address)).content == ONE


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("::1", False), ("fd00::1", False), ("fe80::1", False), ("0.0.0.0", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("2002:a00:1::", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public

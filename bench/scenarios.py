"""What is measured: turns in rounds through every bot, sends outside of turns, and a slow identity provider."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.channel import Channel
from bench.load import Request, drive
from bench.measuring import Measured, measure
from bench.people import IN_CHAT, Somebody, done_press, help_message
from bench.results import Compared, compare
from bench.running import Bot, start
from bench.seeding import Size, action_id, add_nudges, make_database
from tests.scenarios.world import KEYS

STOCK_IS_SLOWER = 10
"""It gets so many times fewer turns, or all would wait for it."""
NUDGES = 2_000
SENDS_BY_STOCK = 150
SLOW_SECONDS = 0.1
PRESSES = 150
DONE = b"Done at"
"""So the card begins that a good press is answered with."""
POSTS = "floor, posting"
"""The floor in the sense of the first table: it checks the token and posts an answer. To a press it posts nothing."""

Facts = dict[str, float]


@dataclass(slots=True)
class Bench:
    """One run. `numbers` gives each activity an id of its own."""

    channel: Channel
    folder: Path
    rounds: int
    numbers: int = field(default=0)
    actions_done: int = field(default=0)

    def next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    async def start_chairside(self, url: str, **more: str) -> Bot:
        settings = {"CHAIRSIDE_DATABASE_URL": url, "CHAIRSIDE_ENCRYPTION_KEYS": KEYS, **more}
        return await start("chairside", self.channel, settings)

    def helps(self, count: int, tokens: Callable[[int], str]) -> list[Request]:
        return [self._help(number, tokens) for number in (self.next_number() for _ in range(count))]

    def _help(self, number: int, tokens: Callable[[int], str]) -> Request:
        return Request(help_message(Somebody(number % IN_CHAT), self.channel.service_url, number), tokens(number))

    def presses(self, count: int, token: str) -> list[Request]:
        """Each on another action, by its owner."""
        made = []
        for _ in range(count):
            number, self.actions_done = self.actions_done, self.actions_done + 1
            who = Somebody(number % IN_CHAT)
            made.append(Request(done_press(who, self.channel.service_url, number, action_id(number)), token, DONE))
        return made


async def measure_help(bench: Bench) -> list[Compared]:
    """The main table: the same word typed to all three, in one go."""
    url = make_database(bench.folder / "help.db", Size(IN_CHAT, 200), bench.channel.service_url)
    bots = [await start("floor", bench.channel), await start("stock", bench.channel), await bench.start_chairside(url)]
    reused = reuse(bench.channel.token())
    try:
        await warm_up(bench, bots, reused)
        one = await in_rounds(bench, bots, lambda n: bench.helps(n, reused), 200, 1)
        sixteen = await in_rounds(bench, bots, lambda n: bench.helps(n, reused), 500, 16)
        fresh = await in_rounds(bench, bots, lambda n: bench.helps(n, bench.channel.token), 300, 16)
    finally:
        await stop(bots)
    return [
        *compare("help, token reused, 1 in flight", one),
        *compare("help, token reused, 16 in flight", sixteen),
        *compare("help, new token each, 16 in flight", fresh),
    ]


def reuse(token: str) -> Callable[[int], str]:
    return lambda _: token


async def warm_up(bench: Bench, bots: Sequence[Bot], tokens: Callable[[int], str]) -> None:
    """Chairside first: what it answers is what the floor answers with."""
    chairside = next(bot for bot in bots if bot.name == "chairside")
    await drive(chairside.url, bench.helps(60, tokens), 4)
    await teach_floor(bench, bots, help=json.loads(bench.channel.last_said))
    for bot in bots:
        await drive(bot.url, bench.helps(20, tokens), 4)


async def teach_floor(bench: Bench, bots: Sequence[Bot], **answers: Any) -> None:
    await next(bot for bot in bots if bot.name == "floor").ask("learn", **answers)


async def in_rounds(
    bench: Bench, bots: Sequence[Bot], requests: Callable[[int], list[Request]], turns: int, in_flight: int
) -> list[dict[str, Measured]]:
    """In each round all get the very same requests."""
    rounds = []
    for number in range(bench.rounds):
        order = [*bots[number % len(bots) :], *bots[: number % len(bots)]]
        measured = {}
        made = requests(turns)
        for bot in order:
            count = max(in_flight * 2, turns // STOCK_IS_SLOWER) if bot.name == "stock" else turns
            measured[bot.name] = await measure(bot, bench.channel, made[:count], in_flight)
        rounds.append(measured)
    return rounds


async def measure_presses(bench: Bench) -> tuple[list[Compared], Facts]:
    """Done, each on another action: once with what follows left in the outbox, once with all of it sent meanwhile."""
    size = Size(IN_CHAT, PRESSES * (bench.rounds + 1) * 2)
    url = make_database(bench.folder / "presses.db", size, bench.channel.service_url)
    token = bench.channel.token()
    floor = await start("floor", bench.channel)
    quiet = await bench.start_chairside(url, BENCH_BY_HAND="1")
    try:
        driven = await drive(quiet.url, bench.presses(60, token), 4)
        await drive(quiet.url, bench.helps(1, reuse(token)), 1)
        await teach_floor(
            bench, [floor], press=json.loads(driven.last_answer), help=json.loads(bench.channel.last_said)
        )
        await drive(floor.url, bench.presses(1, token) * 50, 4)
        kept = await in_press_rounds(bench, floor, quiet, token)
        await quiet.ask("deliver")
    finally:
        await quiet.stop()
    sending = await bench.start_chairside(url)
    try:
        await drive(sending.url, bench.presses(30, token), 4)
        sent = await in_press_rounds(bench, floor, sending, token)
    finally:
        await stop([floor, sending])
    rows = [*compare("Done pressed", kept), *compare("Done pressed, what follows sent too", sent)]
    facts = {
        "Done pressed: CPU to that of the floor when it posts": median_ratio(kept),
        "Done pressed, what follows sent too: CPU to that of the floor when it posts": median_ratio(sent),
    }
    return rows, facts


async def in_press_rounds(bench: Bench, floor: Bot, chairside: Bot, token: str) -> list[dict[str, Measured]]:
    """In each round the floor answers the presses, and posts as many answers to typed words."""
    rounds = await in_rounds(bench, [floor, chairside], press_maker(bench, token), PRESSES, 16)
    for measured in rounds:
        posted = await measure(floor, bench.channel, bench.helps(PRESSES, reuse(token)), 16)
        measured[POSTS] = replace(posted, bot=POSTS)
    return rounds


def median_ratio(rounds: Sequence[dict[str, Measured]]) -> float:
    return median(one["chairside"].cpu_ms / one[POSTS].cpu_ms for one in rounds)


def press_maker(bench: Bench, token: str) -> Callable[[int], list[Request]]:
    return lambda count: bench.presses(count, token)


async def measure_sends(bench: Bench) -> tuple[list[Compared], Facts]:
    """Nudges that are due: through Chairside's outbox with its ledger; as raw sends; through the stock SDK."""
    databases = iter(range(100))

    def fresh() -> str:
        file = bench.folder / f"nudges-{next(databases)}.db"
        url = make_database(file, Size(NUDGES, NUDGES), bench.channel.service_url)
        add_nudges(url, NUDGES)
        return url

    floor, stock = await start("floor", bench.channel), await start("stock", bench.channel)
    rounds = []
    try:
        for _ in range(max(2, bench.rounds // 2)):
            chairside = await bench.start_chairside(fresh(), BENCH_BY_HAND="1")
            try:
                delivered = await measure_sending(bench, chairside, "deliver", NUDGES)
                await teach_floor(bench, [floor], nudge=json.loads(bench.channel.last_said))
                raw = await measure_sending(bench, floor, "send", NUDGES)
                by_stock = await measure_sending(bench, stock, "send", SENDS_BY_STOCK)
            finally:
                await chairside.stop()
            rounds.append({"floor": raw, "stock": by_stock, "chairside": delivered})
    finally:
        await stop([floor, stock])
    facts = {
        "nudges: share of the floor's sends/s": share_of(rounds, "floor"),
        "nudges: times the stock SDK's sends/s": share_of(rounds, "stock"),
    }
    return compare(f"{NUDGES} sends outside of turns", rounds), facts


def share_of(rounds: Sequence[dict[str, Measured]], other: str) -> float:
    shares = sorted(one["chairside"].per_second / one[other].per_second for one in rounds)
    return shares[len(shares) // 2]


async def measure_sending(bench: Bench, bot: Bot, how: str, count: int) -> Measured:
    said, peers, tokens = bench.channel.said, len(bench.channel.peers), bench.channel.token_requests
    cpu, started = bot.cpu_seconds(), time.perf_counter()
    await bot.ask(how, count=count)
    seconds, cpu = time.perf_counter() - started, bot.cpu_seconds() - cpu
    sent = bench.channel.said - said
    if sent != count:
        raise RuntimeError(f"{bot.name} sent {sent} of {count}")
    each = seconds * 1000 / sent
    return Measured(
        bot=bot.name,
        turns=sent,
        per_second=sent / seconds,
        p50=each,
        p95=each,
        p99=each,
        cpu_ms=cpu * 1000 / sent,
        connections=(len(bench.channel.peers) - peers) / sent,
        token_requests=(bench.channel.token_requests - tokens) / sent,
        rss_mb=bot.rss_mb(),
    )


async def measure_slow_identity(bench: Bench) -> Facts:
    """The median turn of a new process while the identity provider takes its time, against one where it does not."""
    facts: Facts = {}
    for label, delay in (("quick", 0.0), ("slow", SLOW_SECONDS)):
        url = make_database(bench.folder / f"identity-{label}.db", Size(IN_CHAT, 5), bench.channel.service_url)
        bench.channel.identity.delay_seconds = delay
        bots = [await bench.start_chairside(url), await start("stock", bench.channel)]
        tokens = reuse(bench.channel.token())
        try:
            for bot, count in zip(bots, (300, 10), strict=True):
                await drive(bot.url, bench.helps(10, tokens), 1)
                measured = await measure(bot, bench.channel, bench.helps(count, tokens), 1)
                facts[f"identity provider {label}: {bot.name} p50 ms"] = measured.p50
        finally:
            bench.channel.identity.delay_seconds = 0.0
            await stop(bots)
    return facts


async def stop(bots: Sequence[Bot]) -> None:
    for bot in bots:
        await bot.stop()

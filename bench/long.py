"""What takes minutes: memory over many turns, and a database of years against a young one."""

from __future__ import annotations

import time
from statistics import median

from bench.channel import Channel
from bench.load import Request
from bench.measuring import Measured, measure
from bench.people import IN_CHAT, Somebody, typed
from bench.running import Bot
from bench.scenarios import Bench, Facts, press_maker
from bench.seeding import Size, make_database

TURNS = 20_000
SLICES = 20
TICKS = 50
YOUNG = Size(IN_CHAT, 1_000)
OLD = Size(IN_CHAT, 1_000, 999_000)


async def measure_memory(bench: Bench) -> Facts:
    """RSS after the first tenth, when all is warm, and at the end."""
    url = make_database(bench.folder / "memory.db", Size(IN_CHAT, 200), bench.channel.service_url)
    bot = await bench.start_chairside(url)
    token = bench.channel.token()
    held = []
    try:
        for _ in range(SLICES):
            measured = await measure(bot, bench.channel, bench.helps(TURNS // SLICES, lambda _: token), 16)
            held.append(measured.rss_mb)
    finally:
        await bot.stop()
    return {
        "memory: RSS MB after a tenth of the turns": held[SLICES // 10 - 1],
        f"memory: RSS MB after {TURNS} turns": held[-1],
        "memory: growth in per cent": (held[-1] / held[SLICES // 10 - 1] - 1) * 100,
    }


async def measure_age(bench: Bench) -> Facts:
    """The same turns and the look for what is due, in turns on both databases."""
    service_url = bench.channel.service_url
    bots = [
        await bench.start_chairside(make_database(bench.folder / name, size, service_url), BENCH_BY_HAND="1")
        for name, size in (("young.db", YOUNG), ("old.db", OLD))
    ]
    facts: Facts = {}
    token = bench.channel.token()
    try:
        for what in ("help", "my actions"):
            facts[f"old database: {what}"] = await compare_turns(bench, bots, what, token)
        facts["old database: Done pressed"] = await compare_presses(bench, bots, token)
        facts["old database: due query"] = await compare_ticks(bots)
    finally:
        for bot in bots:
            await bot.stop()
    return facts


async def compare_turns(bench: Bench, bots: list[Bot], words: str, token: str) -> float:
    ratios = []
    for _ in range(bench.rounds + 1):
        young, old = [await measure(bot, bench.channel, said(bench, words, token), 16) for bot in bots]
        ratios.append(old.cpu_ms / young.cpu_ms)
    return median(ratios[1:])


def said(bench: Bench, words: str, token: str) -> list[Request]:
    numbers = [bench.next_number() for _ in range(150)]
    url = bench.channel.service_url
    return [Request(typed(words, Somebody(number % IN_CHAT), url, number), token) for number in numbers]


async def compare_presses(bench: Bench, bots: list[Bot], token: str) -> float:
    ratios = []
    bench.actions_done = 0
    for _ in range(bench.rounds + 1):
        requests = press_maker(bench, token)(100)
        young, old = [await measure_all(bot, bench.channel, requests) for bot in bots]
        ratios.append(old.cpu_ms / young.cpu_ms)
    return median(ratios[1:])


async def measure_all(bot: Bot, channel: Channel, requests: list[Request]) -> Measured:
    return await measure(bot, channel, requests, 16)


async def compare_ticks(bots: list[Bot]) -> float:
    """Wall time: what is looked for is little, and the disk is asked each time."""
    ratios = []
    for _ in range(5):
        young, old = [await time_ticks(bot) for bot in bots]
        ratios.append(old / young)
    return median(ratios)


async def time_ticks(bot: Bot) -> float:
    started = time.perf_counter()
    await bot.ask("tick", count=TICKS)
    return time.perf_counter() - started

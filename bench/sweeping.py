"""Ten thousand reminders due at once: what it costs to turn one into a message, against one raw send; and memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import median

from bench.running import Bot, start
from bench.scenarios import Bench, Facts, measure_sending, stop, teach_floor
from bench.seeding import Size, add_nudges, make_database, make_due

DUE = 10_000
PEOPLE = 2_000
SENDS = 2_000


@dataclass(frozen=True, slots=True)
class Swept:
    cpu_ms: float
    grown_mb: float


async def measure_sweep(bench: Bench) -> Facts:
    """Both in turns. The card that the floor sends is a nudge of ours."""
    floor = await start("floor", bench.channel)
    swept, raw, ratios = [], [], []
    try:
        await teach_nudge(bench, floor)
        for number in range(max(3, bench.rounds // 2)):
            sent = await measure_sending(bench, floor, "send", SENDS)
            one = await sweep(bench, number)
            swept.append(one)
            raw.append(sent.cpu_ms)
            ratios.append(one.cpu_ms / sent.cpu_ms)
    finally:
        await stop([floor])
    return {
        f"sweep of {DUE}: CPU ms a due action": median(one.cpu_ms for one in swept),
        f"sweep of {DUE}: CPU ms of a floor send": median(raw),
        f"sweep of {DUE}: times a floor send": median(ratios),
        f"sweep of {DUE}: RSS grown, MB": max(one.grown_mb for one in swept),
    }


async def teach_nudge(bench: Bench, floor: Bot) -> None:
    url = make_database(bench.folder / "sweep-card.db", Size(1, 1), bench.channel.service_url)
    add_nudges(url, 1)
    chairside = await bench.start_chairside(url, BENCH_BY_HAND="1")
    try:
        await chairside.ask("deliver", count=1)
    finally:
        await chairside.stop()
    await teach_floor(bench, [floor], nudge=json.loads(bench.channel.last_said))


async def sweep(bench: Bench, number: int) -> Swept:
    url = make_database(bench.folder / f"sweep-{number}.db", Size(PEOPLE, DUE + 1), bench.channel.service_url)
    make_due(url, 1)
    chairside = await bench.start_chairside(url, BENCH_BY_HAND="1", BENCH_NO_NIGHT="1")
    try:
        # the first makes everything ready
        await chairside.ask("sweep", count=1)
        make_due(url, DUE, after=1)
        cpu, rss = chairside.cpu_seconds(), chairside.rss_mb()
        said = (await chairside.ask("sweep", count=1))["said"]
        if said != DUE:
            raise RuntimeError(f"{said} of {DUE} were said")
        return Swept((chairside.cpu_seconds() - cpu) * 1000 / DUE, chairside.rss_mb() - rss)
    finally:
        await chairside.stop()

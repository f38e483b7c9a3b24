"""The command line of the measurements: `python -m bench`, or `make bench`."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.channel import Channel
from bench.long import measure_age, measure_memory
from bench.results import Compared, print_table, write_json
from bench.rush import measure_rush
from bench.scenarios import Bench, Facts, measure_help, measure_presses, measure_sends, measure_slow_identity
from bench.slots import measure_slots
from bench.sweeping import measure_sweep
from bench.year import measure_year

RESULTS = Path(__file__).parent / "results"
PARTS = ("help", "presses", "sends", "sweep", "identity", "slots", "memory", "rush", "age", "year")
QUICK = PARTS[:6]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often the bots take turns (default 5)")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be said several times")
    parser.add_argument("--long", action="store_true", help="memory over 20,000 turns and 10,000 reminders at once too")
    parser.add_argument("--large", action="store_true", help="a database of 1,000,000 actions and a whole year too")
    parser.add_argument("--share", type=float, default=1.0, help="of the year's numbers (default 1.0: all)")
    return parser.parse_args()


def parts_of(given: argparse.Namespace) -> list[str]:
    if given.only:
        return list(given.only)
    return [*QUICK, *(["memory", "rush"] if given.long else []), *(["age", "year"] if given.large else [])]


async def run(parts: list[str], rounds: int, share: float) -> tuple[list[Compared], Facts]:
    rows: list[Compared] = []
    facts: Facts = {}
    with tempfile.TemporaryDirectory(prefix="chairside-bench-") as folder:
        async with Channel(Path(folder)) as channel:
            bench = Bench(channel, Path(folder), rounds)
            if "help" in parts:
                rows += await measure_help(bench)
            if "presses" in parts:
                presses, ratios = await measure_presses(bench)
                rows += presses
                facts |= ratios
            if "sends" in parts:
                sends, shares = await measure_sends(bench)
                rows += sends
                facts |= shares
            if "sweep" in parts:
                facts |= await measure_sweep(bench)
            if "identity" in parts:
                facts |= await measure_slow_identity(bench)
            if "slots" in parts:
                facts |= await measure_slots(bench)
            if "memory" in parts:
                facts |= await measure_memory(bench)
            if "rush" in parts:
                facts |= await measure_rush(bench)
            if "age" in parts:
                facts |= await measure_age(bench)
            if "year" in parts:
                facts |= await measure_year(Path(folder), share)
    return rows, facts


def main() -> None:
    given = read_arguments()
    rows, facts = asyncio.run(run(parts_of(given), given.rounds, given.share))
    print_table(rows)
    for name, value in facts.items():
        print(f"{name}: {value:.2f}")
    file = RESULTS / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    write_json(file, rows, facts)
    print(f"Written to {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")


if __name__ == "__main__":
    main()

"""A year of a city like Bristol: 1,623 discussions, 16,000 actions, and what a message costs as the database fills."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from bot.bank_holidays import EnglandBankHolidays
from storage.schema import migrate
from tests.mail_server import MailServerInTests
from tests.scenarios.world import World
from tests.scenarios.year.plans import Held, plan_year
from tests.scenarios.year.reckoning import Books, everything_wrong, how_it_went, open_books
from tests.scenarios.year.running import Year
from tests.scenarios.year.town import make_town

FIRST = date(2027, 1, 4)
GRAIN = timedelta(minutes=10)
SEED = 1623


async def measure_year(folder: Path, share: float) -> dict[str, float]:
    """`share` of a year's numbers. Raises RuntimeError if a promise was neither kept nor accounted for."""
    url = f"sqlite:///{folder / 'year.db'}"
    migrate(url)
    started = time.perf_counter()
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    async with (
        MailServerInTests() as mail,
        World(url, at=start, settings={"CHAIRSIDE_SMTP_URL": mail.url}) as world,
    ):
        year = Year(world, make_town(world.channel.tenant), GRAIN)
        held = list(plan_year(Random(SEED), FIRST, EnglandBankHolidays(), share))
        await year.live(held)
        books = open_books(world.database)
        require_kept(year, books, held)
    return facts_of(year, books, (time.perf_counter() - started) / 60)


def require_kept(year: Year, books: Books, held: Sequence[Held]) -> None:
    wrong = everything_wrong(books, year.chairs_of(held))
    if wrong or year.found:
        said = {name: (len(found), found[:5]) for name, found in wrong.items()}
        raise RuntimeError(f"the year was not kept: {said}; the auditor found {year.found[:5]}")


def facts_of(year: Year, books: Books, minutes: float) -> dict[str, float]:
    first, *_, last = year.quarters
    said = sum(len(promises) for promises in books.promises.values())
    return {
        "year: actions": len(books.actions),
        "year: promises, every one kept or accounted for": said,
        "year: messages": sum(how_it_went(books).values()),
        "year: minutes": minutes,
        "year: CPU ms a message in the first quarter": first.ms_a_message,
        "year: CPU a message, last quarter to first": last.ms_a_message / first.ms_a_message,
        "year: RSS MB after the first quarter": first.rss_mb,
        "year: RSS, last quarter to first": last.rss_mb / first.rss_mb,
    }

"""Tries the calendars that slots are to follow: fetched and read as the service does it, and nothing is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.command_line.opening import make_transactions, opened_database, read_practice_in_use
from bot.command_line.slots_commands import name_desks
from bot.command_line.stopping import Stop
from bot.settings import Settings
from bot.slot_feeds.fault import FeedFault
from bot.slot_feeds.fetching import FeedClient
from bot.slot_feeds.reading import read_apart
from bot.teams.wire import make_ssl_context
from bot.world import World
from discussions.london import say_short
from discussions.slots.feed import SAYS, FeedProblem
from discussions.slots.rows import SlotRow
from storage.feed_file import WantedFeed, read_feed_file


def try_feeds(settings: Settings, world: World, say: Callable[[str], None]) -> bool:
    """Whether all can be used. Raises Stop, BadFile."""
    if settings.slot_feeds is None:
        raise Stop("There is no file of feeds. Name it in CHAIRSIDE_SLOT_FEEDS.")
    wanted = read_feed_file(settings.slot_feeds, settings.is_local)
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        names = {one.desk.id: str(one) for one in make_transactions(database, practice, world).run_now(name_desks)}
    bundle = str(settings.ca_bundle) if settings.ca_bundle else None
    client = FeedClient(lambda: make_ssl_context(bundle), settings.is_local)
    is_well = True
    for line, feed in enumerate(wanted, start=1):
        name = names.get(feed.desk)
        try:
            if name is None:
                raise FeedFault(FeedProblem.NO_DESK)
            say(f"{name}: {say_rows(asyncio.run(try_one(feed, client, world)))}")
        except FeedFault as fault:
            is_well = False
            say(f"{name or f'Calendar {line}'}: can't be used, since {SAYS[fault.problem]} ({fault.problem.value}).")
    return is_well


async def try_one(feed: WantedFeed, client: FeedClient, world: World) -> Sequence[SlotRow]:
    """Raises FeedFault."""
    fetched = await client.fetch(feed.url)
    return await read_apart(fetched.content or b"", feed.desk, feed.terms, world.now())


def say_rows(rows: Sequence[SlotRow]) -> str:
    if not rows:
        return "no slots in the coming 8 weeks. Is it the right calendar, and are the words of `only` in it?"
    first, last = say_short(rows[0].starts_at), say_short(rows[-1].starts_at)
    return f"{len(rows)} slot{'' if len(rows) == 1 else 's'} in the coming 8 weeks, from {first} to {last}."

"""Looks at the calendar feeds that are due, a few at a time, and keeps what they say as slots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.metrics import Counts
from bot.slot_feeds.fault import FeedFault
from bot.slot_feeds.fetching import FeedClient
from bot.slot_feeds.reading import read_apart
from discussions.needs import Transactions
from discussions.people import DeskId
from discussions.slots.feed import Feed, FeedProblem, FeedTerms
from discussions.slots.feeding import claim_feed, failing_feeds, keep_read, note_failure, note_unchanged
from discussions.slots.leading import is_desk_known
from discussions.slots.rows import SlotRow
from storage.feed_file import WantedFeed

EVERY = timedelta(minutes=1)
AT_ONCE = 3

Read = Callable[[bytes, DeskId, FeedTerms, datetime], Awaitable[list[SlotRow]]]

log = logging.getLogger("chairside.slot_feeds")


class SlotFeeds:
    """What is due is found by asking the database, and a lease gives each feed to one process. Logs hold ids."""

    def __init__(
        self,
        transactions: Transactions,
        wanted: Sequence[WantedFeed],
        client: FeedClient,
        now: Callable[[], datetime],
        wake_outbox: Callable[[], None],
        counts: Counts,
        read: Read = read_apart,
    ) -> None:
        self._transactions = transactions
        self._wanted = wanted
        self._client = client
        self._now = now
        self._wake_outbox = wake_outbox
        self._counts = counts
        self._read = read
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        while self._wanted:
            try:
                await self.look()
            except Exception:
                log.exception("the feeds could not be looked at; they are tried again")
            await asyncio.sleep(EVERY.total_seconds())

    async def look(self) -> None:
        """At every feed that is due. One that fails keeps no other waiting."""
        await asyncio.gather(*(self._look_in_turn(wanted) for wanted in self._wanted))
        self._counts.feeds_failing = await self._transactions.run(failing_feeds)

    async def _look_in_turn(self, wanted: WantedFeed) -> None:
        async with self._places:
            try:
                feed = await self._transactions.run(claim_feed, wanted.desk, wanted.digest)
                if feed is not None:
                    await self._look_at(wanted, feed)
            except Exception as fault:
                # the fault's own words may hold the address
                log.error("a feed could not be looked at", extra={"desk": wanted.desk, "fault": type(fault).__name__})

    async def _look_at(self, wanted: WantedFeed, feed: Feed) -> None:
        try:
            if not await self._transactions.run(is_desk_known, feed.desk):
                raise FeedFault(FeedProblem.NO_DESK)
            fetched = await self._client.fetch(wanted.url, feed.etag, feed.modified)
            if fetched.content is None:
                await self._transactions.run(note_unchanged, feed)
                self._counts.looked_at_feed("unchanged")
                return
            rows = await self._read(fetched.content, wanted.desk, wanted.terms, self._now())
        except FeedFault as fault:
            await self._note(feed, fault.problem)
            return
        followed = await self._transactions.run(keep_read, feed, rows, fetched.etag, fetched.modified)
        self._counts.looked_at_feed("read" if followed else "lost")
        if followed and followed.taken:
            self._wake_outbox()

    async def _note(self, feed: Feed, problem: FeedProblem) -> None:
        self._counts.looked_at_feed(problem.value)
        log.warning("a feed can't be read", extra={"desk": feed.desk, "problem": problem.value})
        if await self._transactions.run(note_failure, feed, problem):
            self._wake_outbox()

"""The clock's part: in-memory ticks only. What is due is always found by query, so a restart forgets nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.sending.outbox import Outbox
from discussions.actions.audit import note_tick
from discussions.actions.nudging import sweep
from discussions.agenda.before_conference import tell_before_conferences
from discussions.attention.morning import begin_mornings, end_mornings, say_mornings
from discussions.booking.full_meeting import tell_full_meetings
from discussions.booking.not_held import tell_not_held
from discussions.chasing.promise import promise_for_those_without
from discussions.chasing.sweep import say_chases
from discussions.needs import Means, Transactions
from discussions.people import PersonId

SWEPT_AT_ONCE = 200
LATE_AFTER_TICKS = 4

log = logging.getLogger("chairside.ticks")


def look_at_discussions(means: Means) -> int:
    """How much was said of what was not held or not followed, and of what a conference still waits for."""
    return tell_before_conferences(means) + tell_not_held(means) + tell_full_meetings(means)


class Ticks:
    """Every tick: promises that are due become messages, messages that are due are sent."""

    def __init__(
        self, transactions: Transactions, outbox: Outbox, now: Callable[[], datetime], every: timedelta
    ) -> None:
        self._transactions = transactions
        self._outbox = outbox
        self._now = now
        self._every = every
        self._scheduler = AsyncIOScheduler()
        self.last_at: datetime | None = None

    def start(self) -> None:
        self._scheduler.add_job(
            self.tick_safely,
            "interval",
            seconds=self._every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=self._now(),
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick_safely(self) -> None:
        try:
            await self.tick()
        except Exception:
            log.exception("a tick failed; the next one tries again")

    async def tick(self) -> None:
        # before the nudges, so that those of the same morning stand on the list
        await self._say_mornings()
        await self.sweep()
        await self._say_chases()
        await self._transactions.run(look_at_discussions)
        await self._transactions.run(note_tick)
        await self._outbox.deliver_due()
        self.last_at = self._now()

    async def sweep(self) -> int:
        """How many promises were kept."""
        said = 0
        while found := (await self._transactions.run(sweep, SWEPT_AT_ONCE)).said:
            said += found
        return said

    async def _say_chases(self) -> None:
        await self._transactions.run(promise_for_those_without, SWEPT_AT_ONCE)
        while await self._transactions.run(say_chases, SWEPT_AT_ONCE) == SWEPT_AT_ONCE:
            pass

    async def _say_mornings(self) -> None:
        window = await self._transactions.run(begin_mornings)
        after: PersonId | None = None
        while window is not None:
            after = await self._transactions.run(say_mornings, window, after)
            if after is None:
                await self._transactions.run(end_mornings, window)
                return

    def are_alive(self) -> bool:
        """False once ticks have failed to come through for a while: then nothing that is due is being said."""
        return self.last_at is not None and self._now() - self.last_at <= self._every * LATE_AFTER_TICKS

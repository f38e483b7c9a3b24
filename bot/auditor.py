"""The auditor's task: re-reads every minute what was promised, on a schedule of its own, and says what is not kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.metrics import Counts
from discussions.actions.audit import (
    MOST_COUNTED,
    Defect,
    Finding,
    audit,
    finding_of,
    look_at_actions,
    tell_administrators,
)
from discussions.ids import ActionId
from discussions.needs import Transactions

EVERY = timedelta(minutes=1)
TICKS_LATE_AFTER = timedelta(minutes=5)
PAGE = 500
PAGES_AT_ONCE = 20
"""With more open actions than this many pages hold, each look goes on where the last one ended."""
STOPPED_AFTER_LOOKS = 4

log = logging.getLogger("chairside.auditor")


class Auditor:
    """Apart from ticks and outbox, so that it notices when they stop. `wake_outbox` sends its word without a tick."""

    def __init__(
        self,
        transactions: Transactions,
        now: Callable[[], datetime],
        tick: timedelta,
        wake_outbox: Callable[[], None],
        counts: Counts,
    ) -> None:
        self._counts = counts
        self._transactions = transactions
        self._now = now
        self._ticks_late_after = max(4 * tick, TICKS_LATE_AFTER)
        self._wake_outbox = wake_outbox
        self._awake_since = now()
        self._after: ActionId | None = None
        self._unpromised: list[ActionId] = []
        self._last_round: list[ActionId] = []
        self.findings: tuple[Finding, ...] = ()
        self.last_at = self._awake_since

    async def run(self) -> None:
        while True:
            await asyncio.sleep(EVERY.total_seconds())
            try:
                await self.look()
            except Exception:
                log.exception("the auditor could not look; it tries again")

    async def look(self) -> tuple[Finding, ...]:
        """One look at all that is open; tells the administrators what is new."""
        found = await self._transactions.run(audit, self._awake_since, self._ticks_late_after)
        self.findings = (*found, *finding_of(Defect.UNPROMISED, await self._unpromised_actions()))
        self.last_at = self._now()
        self._counts.found(self.findings)
        if self.findings:
            for finding in self.findings:
                log.warning("found", extra={"defect": finding.defect.value, "count": finding.count})
            if await self._transactions.run(tell_administrators, self.findings):
                self._wake_outbox()
        return self.findings

    async def _unpromised_actions(self) -> list[ActionId]:
        """Page by page, a transaction each, so that nobody waits for the auditor."""
        for _ in range(PAGES_AT_ONCE):
            page = await self._transactions.run(look_at_actions, self._after, PAGE)
            self._unpromised = [*self._unpromised, *page.unpromised][:MOST_COUNTED]
            self._after = page.last
            if page.last is None:
                self._last_round, self._unpromised = self._unpromised, []
                break
        return list(dict.fromkeys((*self._last_round, *self._unpromised)))[:MOST_COUNTED]

    def is_looking(self) -> bool:
        """False once looks have failed to come through for a while: then nobody watches."""
        return self._now() - self.last_at <= EVERY * STOPPED_AFTER_LOOKS

"""The limits Teams publishes, enforced: who sends more than that is told to wait."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

# at most so many within any so many seconds
PER_CONVERSATION = ((7, 1), (8, 2), (60, 30), (1800, 3600))
PER_APP = ((50, 1),)


class PublishedLimits:
    """`exceeded` counts the requests that were over a limit."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._taken: dict[str, list[datetime]] = defaultdict(list)
        self.exceeded = 0

    def take(self, conversation: str | None) -> int | None:
        """None if it is within all limits, else the seconds to wait."""
        now = self._now()
        waits = [self._wait(f"in {conversation}", PER_CONVERSATION, now), self._wait("in all", PER_APP, now)]
        if max(waits) > timedelta():
            self.exceeded += 1
            return math.ceil(max(waits).total_seconds())
        for name in (f"in {conversation}", "in all"):
            self._taken[name].append(now)
        return None

    def _wait(self, name: str, limits: tuple[tuple[int, int], ...], now: datetime) -> timedelta:
        taken = self._taken[name]
        waits = [taken[-most] + timedelta(seconds=window) - now for most, window in limits if len(taken) >= most]
        return max((wait for wait in waits if wait > timedelta()), default=timedelta())

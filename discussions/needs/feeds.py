"""How the calendar feeds of desks stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from discussions.people import DeskId
from discussions.slots.feed import Feed


class FeedStore(Protocol):
    def feed(self, desk: DeskId) -> Feed | None: ...
    def add(self, feed: Feed) -> bool:
        """False, and nothing is written, when the desk has one."""

    def claim(self, desk: DeskId, digest: str, now: datetime, until: datetime, token: str) -> bool:
        """True for one of those who ask, when it is due or has changed and nobody is at it; until then it is theirs."""

    def save(self, feed: Feed) -> bool:
        """False, and nothing is written, when another token has it by now."""

    def failing(self, least: int) -> Sequence[Feed]:
        """Those that could not be used so many times in a row or more."""

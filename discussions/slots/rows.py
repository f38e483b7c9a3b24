"""Slots as a desk says it has them, in a file or a calendar feed: checked one by one, not kept yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.people import DeskId


@dataclass(frozen=True, slots=True)
class SlotRow:
    """`starts_at` is UTC. `capacity` is how many discussions the desk can come to then; `reserved` of these places are
    kept for urgent ones, None: as many as the practice says."""

    desk: DeskId
    starts_at: datetime
    minutes: int
    capacity: int = 1
    reserved: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def key(self) -> str:
        """By which the same slot is known again: a desk has one at a moment."""
        return f"{self.starts_at:%Y-%m-%dT%H:%MZ}"

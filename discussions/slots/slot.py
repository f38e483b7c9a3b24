"""A slot: when a desk can come to so many discussions at once; and what takes a place of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from discussions.ids import DiscussionId, SlotId, TakingId
from discussions.people import DeskId, PersonId

MOST_PLACES = 50
MOST_MINUTES = 8 * 60


class SlotSource(StrEnum):
    """Written by hand at the desk, imported from a file, or followed from a calendar feed."""

    HAND = "hand"
    FILE = "file"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Slot:
    """All moments are UTC. `capacity` is how many discussions the desk can come to then, `reserved` how many of these
    places are kept for urgent ones until shortly before the start: the last ones, by their number.

    `source_key` names it where it came from, so that it is found again there; no two of a desk have the same one.
    Withdrawn: nobody can take it any more; whoever had a place keeps it until told otherwise.
    """

    id: SlotId
    desk: DeskId
    starts_at: datetime
    minutes: int
    capacity: int = 1
    reserved: int = 0
    source: SlotSource = SlotSource.HAND
    source_key: str | None = None
    withdrawn: bool = False
    version: int = 1

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.length

    def is_kept_for_urgent(self, number: int) -> bool:
        """Whether this place is one of the reserved ones, as long as they are reserved."""
        return number > self.capacity - self.reserved


@dataclass(frozen=True, slots=True)
class Taking:
    """A place of a slot, numbered from 1: held by a booking that is not finished yet (`holder`, until `until`), or
    taken by a discussion. No two have the same number, whoever writes it, so a place is never given twice.

    `joined` is one more than the slot has places, taken on purpose and for `reason`.
    """

    id: TakingId
    slot: SlotId
    number: int
    who: PersonId
    taken_at: datetime
    holder: str | None = None
    until: datetime | None = None
    discussion: DiscussionId | None = None
    joined: bool = False
    reason: str | None = None

    def is_over(self, now: datetime) -> bool:
        """A hold that nobody renewed."""
        return self.until is not None and self.until <= now

"""Attendance: who is here, for which agency, and whether they can decide for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.ids import AttendanceId, DiscussionId
from discussions.people import AgencyId, PersonId


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at the table. `name` is kept for those who are not in the directory; then `person` is None."""

    id: AttendanceId
    discussion: DiscussionId
    agency: AgencyId
    person: PersonId | None
    name: str | None
    may_decide: bool
    came_at: datetime
    left_at: datetime | None
    recorded_by: PersonId
    version: int = 1

    @property
    def is_here(self) -> bool:
        return self.left_at is None

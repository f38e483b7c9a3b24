"""How long it has been going on, and when it will likely end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.booking.discussion import Discussion
from discussions.practice.types import AgendaItem, Practice

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Timing:
    """`over` is how many minutes the likely end lies after the planned one; 0 when it does not."""

    used_minutes: int
    allotted_minutes: int
    likely_end: datetime
    over_minutes: int


def is_short(practice: Practice, discussion: Discussion) -> bool:
    return practice.urgency(discussion.urgency).uses_short_agenda


def minutes_for(item: AgendaItem, short: bool) -> int:
    return item.urgent_minutes if short else item.minutes


def timing_of(practice: Practice, discussion: Discussion, left: Iterable[AgendaItem], now: datetime) -> Timing:
    """From the minutes allotted to what is left: a guide, not a promise."""
    short = is_short(practice, discussion)
    allotted = practice.urgent_minutes if short else practice.standard_minutes
    started = discussion.started_at
    if started is None:
        return Timing(0, allotted, discussion.starts_at + allotted * MINUTE, 0)
    now = min(now, discussion.closed_at) if discussion.closed_at else now
    ahead = 0 if discussion.closed_at else sum(minutes_for(item, short) for item in left)
    likely_end = now + ahead * MINUTE
    over = round((likely_end - (started + allotted * MINUTE)) / MINUTE)
    return Timing(max((now - started) // MINUTE, 0), allotted, likely_end, max(over, 0))

"""The hours in which somebody may be disturbed for what is not urgent: their own, else the practice's."""

from __future__ import annotations

from datetime import datetime, timedelta

from discussions.needs import Means
from discussions.people import Person
from discussions.practice.follow_up import QuietHours
from discussions.working_hours import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    NotHours,
    OpeningHours,
    WorkingHours,
    read_opening_hours,
)

ESCALATION_WAITS_AT_MOST = timedelta(hours=24)
"""For the hours of whoever it goes to; then it comes in those of the practice."""


def read_hours(written: str | None) -> OpeningHours | None:
    """Hours that can't be read are hours not known: no nudge is ever lost over them."""
    try:
        return read_opening_hours(written) if written else None
    except NotHours:
        return None


def usual_hours(quiet: QuietHours) -> WorkingHours:
    """When people may be disturbed for what is not urgent."""
    days = EVERY_DAY if quiet.on_every_day else MONDAY_TO_FRIDAY
    return WorkingHours(quiet.opens, quiet.closes, days, on_bank_holidays=quiet.on_every_day)


def hours_for(means: Means, person: Person | None) -> OpeningHours:
    """Those of the desk do not count: a desk that never closes has people who sleep."""
    written = read_hours(person.hours) if person else None
    return written or OpeningHours((usual_hours(means.practice.quiet_hours),))


def disturb_at(means: Means, person: Person | None, after: datetime, *, is_owner: bool = True) -> datetime:
    """The first moment from `after` on at which they may be disturbed. The owner's reminders wait for the owner's next
    shift; what is escalated to somebody waits a day for theirs and no longer."""
    own = hours_for(means, person).next_open(after, means.calendar)
    if is_owner or own - after <= ESCALATION_WAITS_AT_MOST:
        return own
    return min(own, usual_hours(means.practice.quiet_hours).next_open(after, means.calendar))

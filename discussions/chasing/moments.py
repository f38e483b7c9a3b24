"""When a step of chasing comes: a share of the time between asking and the start, or so long before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from discussions.clocks import Calendar
from discussions.practice.chasing import ChaseStep, ChaseTo


class Hours(Protocol):
    def next_open(self, moment: datetime, calendar: Calendar) -> datetime: ...


def chase_moment(
    step: ChaseStep, asked_at: datetime, starts_at: datetime, least: timedelta, hours: Hours | None, calendar: Calendar
) -> datetime | None:
    """UTC, from asking on and before the start; None where the time left is too short for the step.

    Everybody has `least` to answer first. With less than that left whoever booked is told at once whom to ring, since
    nobody can wait for answers then; and the card with what to bring comes at once when its own moment has passed.
    `hours`: None at any hour. Hours that only begin when it is over hold nothing up: late is worse than disturbed.
    """
    asked_at, starts_at = asked_at.astimezone(UTC), starts_at.astimezone(UTC)
    first = asked_at if step.to is ChaseTo.TABLE else asked_at + least
    moment = max(first, unheld(step, asked_at, starts_at))
    if moment >= starts_at and step.to is ChaseTo.BOOKER:
        moment = asked_at
    if moment >= starts_at:
        return None
    opens = hours.next_open(moment, calendar) if hours else moment
    return opens if opens < starts_at else moment


def unheld(step: ChaseStep, asked_at: datetime, starts_at: datetime) -> datetime:
    if step.share_gone is not None:
        return asked_at + (starts_at - asked_at) * step.share_gone / 100
    assert step.before_start_minutes is not None, "a practice is checked: a step has one or the other"
    return starts_at - timedelta(minutes=step.before_start_minutes)

"""Which desk of an agency to ask for a moment, and the way round one that is closed then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discussions.clocks import Calendar
from discussions.people import Desk
from discussions.refusals import Refusal
from discussions.working_hours import read_opening_hours


def is_open_at(desk: Desk, moment: datetime, calendar: Calendar) -> bool | None:
    """None where the directory does not say, or not so that it can be read."""
    if not desk.hours:
        return None
    try:
        return read_opening_hours(desk.hours).is_open(moment, calendar)
    except (Refusal, ValueError):
        return None


def desk_to_ask(desks: Sequence[Desk], moment: datetime, calendar: Calendar) -> Desk | None:
    """The first desk; where that one is closed then, the first that is open."""
    first = desks[0] if desks else None
    if first is None or is_open_at(first, moment, calendar) is not False:
        return first
    return next((desk for desk in desks if is_open_at(desk, moment, calendar)), first)


def say_desk_hours(
    desk: Desk, colleagues: Sequence[Desk], moment: datetime, calendar: Calendar, when: str = "then"
) -> str | None:
    """ "closed then (Mon-Fri 08:00-17:00); out of hours: Control room, 0117 496 0299"; None while it is open."""
    if is_open_at(desk, moment, calendar) is not False:
        return None
    said = f"closed {when} ({desk.hours})"
    for other in colleagues:
        if other.id != desk.id and is_open_at(other, moment, calendar):
            return f"{said}; out of hours: {other.name}{f', {other.phone}' if other.phone else ''}"
    return f"{said}{f'; {desk.phone}' if desk.phone else ''}"

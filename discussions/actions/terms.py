"""When a step of the nudge policy falls: counted from the making or the due moment, and kept out of quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.attention.hours import usual_hours
from discussions.clocks import (
    Calendar,
    CalendarDays,
    Clock,
    ClockHours,
    Months,
    SameWorkingDay,
    WorkingDays,
    add_months,
    next_working_day,
    parse_clock,
    previous_working_day,
)
from discussions.london import nearest_from_london, to_london
from discussions.practice.follow_up import Anchor, NudgeStep, QuietHours


@dataclass(frozen=True, slots=True)
class Span:
    """From making to due, both UTC, and what keeps a nudge out of the night.

    `since` is the moment of a question or of the end, for the steps that are counted from there.
    """

    made: datetime
    due: datetime
    urgent: bool
    quiet: QuietHours
    calendar: Calendar
    since: datetime | None = None

    def moment(self, anchor: Anchor, after: str | None) -> datetime:
        """Of one step in its frozen words; UTC, quiet hours kept unless urgent."""
        return self.kept(self._counted(anchor, after))

    def kept(self, moment: datetime) -> datetime:
        """Not urgent: the next open moment of a working day."""
        return moment if self.urgent else usual_hours(self.quiet).next_open(moment, self.calendar)

    def repeated(self, last: datetime, every: str, now: datetime) -> datetime:
        """The next round that is still to come: rounds missed while nothing ran are not made up for."""
        clock = parse_clock(every)
        following = later(last, clock, self.calendar)
        while following <= now:
            following = later(following, clock, self.calendar)
        return self.kept(following)

    def _counted(self, anchor: Anchor, after: str | None) -> datetime:
        match anchor:
            case Anchor.CREATED if after is not None and after.endswith("%"):
                return self.made + (self.due - self.made) * (float(after[:-1]) / 100)
            case Anchor.CREATED:
                return later(self.made, parse_clock(after), self.calendar) if after else self.made
            case Anchor.BEFORE_DUE:
                return earlier(self.due, parse_clock(after), self.calendar) if after else self.due
            case Anchor.DUE | Anchor.OVERDUE:
                return later(self.due, parse_clock(after), self.calendar) if after else self.due
            case Anchor.ASKED | Anchor.DONE | Anchor.CANNOT:
                since = self.since or self.made
                return later(since, parse_clock(after), self.calendar) if after else since


def words_of(step: NudgeStep) -> str | None:
    """How far from its anchor a step is, as a promise keeps it."""
    if step.fraction is not None:
        return f"{step.fraction * 100:g}%"
    return str(step.after) if step.after else None


def moves_with_due(anchor: str, after: str | None) -> bool:
    if anchor == Anchor.CREATED:
        return after is not None and after.endswith("%")
    return anchor in (Anchor.BEFORE_DUE, Anchor.DUE, Anchor.OVERDUE)


def later(moment: datetime, clock: Clock, calendar: Calendar) -> datetime:
    """So much later at the same time of day. (A deadline would end at the close of its last day; a nudge need not.)"""
    return _away(moment, clock, calendar, 1)


def earlier(moment: datetime, clock: Clock, calendar: Calendar) -> datetime:
    return _away(moment, clock, calendar, -1)


def _away(moment: datetime, clock: Clock, calendar: Calendar, sign: int) -> datetime:
    local = to_london(moment)
    day = local.date()
    match clock:
        case ClockHours(count):
            return moment + sign * timedelta(hours=count)
        case CalendarDays(count):
            day += sign * timedelta(days=count)
        case WorkingDays(count):
            day = (next_working_day if sign > 0 else previous_working_day)(day, count, calendar)
        case Months(count):
            day = add_months(day, sign * count)
        case SameWorkingDay():
            # of a step: "on that very day"; of a repeat it must move on, or it would never end
            day = next_working_day(day, 1, calendar) if sign > 0 else day
    return nearest_from_london(day, local.time())

"""One type per kind of clock, and what each makes of a start: hours, calendar days, working days, months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, Protocol, TypeAlias

from discussions.london import nearest_from_london, to_london
from discussions.refusals import Refusal

LARGEST_COUNT: Final = 9_999
END_OF_DAY: Final = time(23, 59)


class Calendar(Protocol):
    """What the rules need to know of England's year. Hashable, since what follows from it is kept."""

    def is_bank_holiday(self, day: date) -> bool: ...
    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Counting:
    """How days are counted here. `first_day` is the number that the start day itself carries: 0 (the next working
    day is 1), or 1 where an authority counts inclusively. `closes` is London time; END_OF_DAY where a day runs out.
    """

    first_day: Literal[0, 1] = 0
    closes: time = time(17)


STANDARD_COUNTING: Final = Counting()


class NotAClock(Refusal):
    def __init__(self) -> None:
        super().__init__(
            'A clock is written as a number and its unit: "24 clock hours", "8 calendar days", "3 working days", '
            f'"3 months", or "same working day"; the number is 1 to {LARGEST_COUNT}.'
        )


@dataclass(frozen=True, slots=True)
class ClockHours:
    """Hours that really pass: nights and weekends count, and a clock change neither gives nor takes any."""

    count: int

    def __post_init__(self) -> None:
        _refuse_odd_count(self.count)

    def __str__(self) -> str:
        return _say_count(self.count, "clock hour")

    def deadline(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> datetime:
        return to_london(start).astimezone(UTC) + timedelta(hours=self.count)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Every day counts. Ends at the same London time so many days on, which is never later than the end of that day.

    A court may let an emergency protection order that would end on a holiday run on to noon of the next ordinary day;
    that is the court's to say, so it is not assumed here.
    """

    count: int

    def __post_init__(self) -> None:
        _refuse_odd_count(self.count)

    def __str__(self) -> str:
        return _say_count(self.count, "calendar day")

    def deadline(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> datetime:
        local = to_london(start)
        return nearest_from_london(local.date() + timedelta(days=self.count), local.time())


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Mondays to Fridays that are no bank holiday in England. Ends at the close of the last one."""

    count: int

    def __post_init__(self) -> None:
        _refuse_odd_count(self.count)

    def __str__(self) -> str:
        return _say_count(self.count, "working day")

    def deadline(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> datetime:
        return nearest_from_london(self.last_day(to_london(start).date(), calendar, counting), counting.closes)

    def last_day(self, first: date, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> date:
        """A start on a day that is no working day has no number of its own, whichever way days are counted."""
        starts_at_one = counting.first_day == 1 and is_working_day(first, calendar)
        return next_working_day(first, self.count - starts_at_one, calendar)


@dataclass(frozen=True, slots=True)
class Months:
    """Calendar months: the same day of the month, or that month's last day. Ends at the close, on any kind of day."""

    count: int

    def __post_init__(self) -> None:
        _refuse_odd_count(self.count)

    def __str__(self) -> str:
        return _say_count(self.count, "month")

    def deadline(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> datetime:
        return nearest_from_london(add_months(to_london(start).date(), self.count), counting.closes)


@dataclass(frozen=True, slots=True)
class SameWorkingDay:
    """By the close of the working day on which it starts, else handed over to those who work out of hours."""

    def __str__(self) -> str:
        return "same working day"

    def deadline(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> datetime:
        """After the close the day stays the same and the team changes: the end of that day, never the next morning."""
        ends = END_OF_DAY if self.must_be_handed_over(start, calendar, counting) else counting.closes
        return max(start.astimezone(UTC), nearest_from_london(to_london(start).date(), ends))

    def must_be_handed_over(self, start: datetime, calendar: Calendar, counting: Counting = STANDARD_COUNTING) -> bool:
        local = to_london(start)
        return not is_working_day(local.date(), calendar) or local.time() >= counting.closes


Clock: TypeAlias = ClockHours | CalendarDays | WorkingDays | Months | SameWorkingDay


_COUNTED: Final = re.compile(r"([0-9]{1,4}) (clock hour|calendar day|working day|month)s?")
_KINDS: Final[dict[str, type[ClockHours | CalendarDays | WorkingDays | Months]]] = {
    "clock hour": ClockHours,
    "calendar day": CalendarDays,
    "working day": WorkingDays,
    "month": Months,
}


def parse_clock(text: str) -> Clock:
    """The clock that str(clock) wrote; capitals, plurals and the width of spaces don't matter. Raises NotAClock."""
    words = " ".join(text[:80].lower().split())
    if words == str(SameWorkingDay()):
        return SameWorkingDay()
    match = _COUNTED.fullmatch(words)
    if match is None or int(match[1]) == 0:
        raise NotAClock
    return _KINDS[match[2]](int(match[1]))


def say_rule(clock: Clock, counting: Counting = STANDARD_COUNTING) -> str:
    """How the clock counts, in the words that stand beside a deadline."""
    match clock:
        case ClockHours():
            return f"{clock}, nights and weekends included"
        case CalendarDays():
            return f"{clock}, to the same time of day"
        case WorkingDays():
            return f"{clock}, the day it starts being day {counting.first_day}, by {counting.closes:%H:%M}"
        case Months():
            return f"{clock}, by {counting.closes:%H:%M} on that date"
        case SameWorkingDay():
            return f"{clock} by {counting.closes:%H:%M}, otherwise handed over"


def is_working_day(day: date, calendar: Calendar) -> bool:
    return day.weekday() < 5 and not calendar.is_bank_holiday(day)


def next_working_day(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `day`; 0 gives the day itself, whatever day it is."""
    return _step_working_days(day, n, timedelta(days=1), calendar)


def previous_working_day(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day before `day`; 0 gives the day itself, whatever day it is."""
    return _step_working_days(day, n, timedelta(days=-1), calendar)


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and with `last`, so it undoes next_working_day; below 0 if `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, calendar)
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months on, or that month's last day: 31 January and 1 month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _step_working_days(day: date, n: int, step: timedelta, calendar: Calendar) -> date:
    if n < 0:
        raise ValueError("working days are counted from 0")
    while n > 0:
        day += step
        n -= is_working_day(day, calendar)
    return day


def _say_count(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _refuse_odd_count(count: int) -> None:
    if not 1 <= count <= LARGEST_COUNT:
        raise ValueError(f"a clock counts from 1 to {LARGEST_COUNT}")

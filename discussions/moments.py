"""What a typed day or time means, in London and from now on; anything that could mean two things is refused and asked.

The rules, where English leaves room:

- figures are read day first, always: 03/04 is 3 April; a year left out means the next such date, unless that date has
  passed within a month: then the year is asked;
- 1 to 6 without am or pm are in the afternoon ("half four", "2.30"), 7 to 12 are as they stand, and a leading zero
  ("02:30") is the 24-hour clock;
- a time alone is today's; a weekday alone is the coming one, but on that very weekday it is asked whether today is
  meant; "next Friday" is asked where it could be this week's or next week's;
- a day without a time is refused, or ends at `day_ends` where a due day is asked for;
- a span ("between 2 and 4pm") is not one moment, and midnight belongs to two days: both are asked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar, assert_never

from discussions.clocks import Calendar, add_months, next_working_day
from discussions.london import WEEKDAYS, from_london, say_date, say_day, say_moment, say_short_day, to_london
from discussions.phrases import NotAMoment, read_phrase
from discussions.said import (
    AtTime,
    DaySaid,
    Half,
    InDays,
    InMinutes,
    InMonths,
    InWorkingDays,
    InZone,
    OnDate,
    OnWeekday,
    Part,
    PartOfDay,
    Which,
)

FURTHEST_AHEAD_MONTHS: Final = 24
JUST_PASSED: Final = timedelta(days=31)
OLDEST_CHILD_YEARS: Final = 19
LONGEST_PREGNANCY_AHEAD: Final = timedelta(weeks=45)
LONGEST_OVERDUE: Final = timedelta(weeks=6)
EARLIEST_YEAR: Final = 1900
P = TypeVar("P", bound=Part)
_ANY_YEAR: Final = "(?:19|20|21)[0-9]{2}"
_YEARS_TO_NEXT_LEAP_DAY: Final = 9
_PARTS_OF_DAY: Final = {
    PartOfDay.MORNING: (Half.AM, time(0), time(12)),
    PartOfDay.AFTERNOON: (Half.PM, time(12), time(18)),
    PartOfDay.EVENING: (Half.PM, time(17), time.max),
}


class TimeMissing(NotAMoment):
    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            f'There is no time yet for {say_day(day)}. Please type both, for example "{say_date(day)} 14:30".'
        )


class TimeNotAsked(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"Only a day is asked for here, without a time. Please type it like {example}.")


class DateNotAlone(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"Only a date is asked for here. Please type it like {example}.")


class SaidTwice(NotAMoment):
    def __init__(self, what: str) -> None:
        super().__init__(f"There is more than one {what} in that. Please give only one.")


class NoSuchDay(NotAMoment):
    def __init__(self, said: OnDate) -> None:
        typed = "/".join(f"{number:02}" for number in (said.day, said.month, said.year) if number is not None)
        super().__init__(f"There is no day {typed}. Dates are read as day/month/year: please check it.")


class NoSuchTime(NotAMoment):
    def __init__(self, said: AtTime, part: PartOfDay | None = None) -> None:
        half = said.half.value if said.half else f" in the {part.value}" if part else ""
        typed = f"{said.hour}{half}" if half and not said.minute else f"{said.hour}:{said.minute:02}{half}"
        super().__init__(f"There is no time {typed}. Please type it like 09:30, 2pm or 14:00.")


class MidnightIsUnclear(NotAMoment):
    def __init__(self) -> None:
        super().__init__(
            "Midnight could belong to either day. Please type 23:59, or 00:01 with the date of the new day."
        )


class DaysDisagree(NotAMoment):
    def __init__(self, day: date, other: str) -> None:
        super().__init__(f"{say_date(day)} is a {WEEKDAYS[day.weekday()]}, not a {other}. Please check which you mean.")


class WhichDay(NotAMoment):
    """Two days could be meant; the person picks by typing one of them."""

    def __init__(self, first: date, second: date) -> None:
        self.days = (first, second)
        super().__init__(
            f"That could be {say_short_day(first)} or {say_short_day(second)}. "
            f'Please type the date, for example "{say_date(second)}".'
        )


class YearMissing(NotAMoment):
    def __init__(self, passed: date | None = None) -> None:
        why = f"{say_date(passed)} has passed. If you mean another year, please" if passed else "Please"
        super().__init__(f"{why} type the date with its year.")


class AlreadyPassed(NotAMoment):
    def __init__(self, when: str) -> None:
        super().__init__(f"{when} has already passed. Please give a moment that is still to come.")


class TooFarAhead(NotAMoment):
    def __init__(self, day: date | None = None) -> None:
        which = say_day(day) if day else "That"
        super().__init__(f"{which} is more than two years ahead. Please check the year.")


class NotADateOfBirth(NotAMoment):
    """For a child of the discussion: a day up to today, not more than 19 years back."""


class NotAnExpectedDate(NotAMoment):
    """For an unborn child: the expected date of delivery (EDD)."""


def read_moment(text: str, now: datetime, *, calendar: Calendar, day_ends: time | None = None) -> datetime:
    """The moment (UTC, never before `now`) that a person typed. Raises a Refusal with one sentence, and nothing else.

    `day_ends`: the London time at which a day without a time ends, for due moments; without it a time is asked for.
    """
    today = to_london(now).date()
    parts = read_phrase(text, _example(today, calendar, " 10:30"))
    if span := _only(InMinutes, parts, "time"):
        if len(parts) > 1:
            raise SaidTwice("time")
        return _after(now, span)
    days = [part for part in parts if isinstance(part, DaySaid)]
    day = _day_meant(days, today, calendar) if days else today
    if day < today:
        raise AlreadyPassed(say_day(day))
    at = _time_meant(parts, day, day_ends if days else None)
    zone = _only(InZone, parts, "time zone")
    moment = from_london(day, at, zone.name if zone else None)
    if moment < now:
        raise AlreadyPassed(say_moment(moment))
    return moment


def read_day(text: str, now: datetime, *, calendar: Calendar) -> date:
    """The day that a person typed, past or to come (at most two years ahead). Raises a NotAMoment."""
    today = to_london(now).date()
    example = _example(today, calendar)
    parts = read_phrase(text, example, _ANY_YEAR)
    days = [part for part in parts if isinstance(part, DaySaid)]
    if len(days) < len(parts):
        raise TimeNotAsked(example)
    return _day_meant(days, today, calendar)


def read_date_of_birth(text: str, today: date) -> date:
    """A child's date of birth: 03/04/2019, 3 April 2019, 3.4.19. The year is always asked for. Raises a NotAMoment."""
    said = _date_alone(text, '"03/04/2019" or "3 April 2019"')
    if said.year is None:
        raise YearMissing
    born = _on(said, _century(said.year, latest=today.year))
    if born > today:
        raise NotADateOfBirth(f"{say_date(born)} is still to come, so it can't be a date of birth. Please check it.")
    if born < add_months(today, -12 * OLDEST_CHILD_YEARS):
        raise NotADateOfBirth(
            f"{say_date(born)} is more than {OLDEST_CHILD_YEARS} years ago, so it can't be a child's date of birth. "
            "Please check the year."
        )
    return born


def read_expected_date_of_delivery(text: str, today: date) -> date:
    """An unborn child's EDD: up to 45 weeks ahead, or 6 weeks past. A year left out is found. Raises a NotAMoment."""
    said = _date_alone(text, '"14/03" or "14 March"')
    first, last = today - LONGEST_OVERDUE, today + LONGEST_PREGNANCY_AHEAD
    typed_years = range(first.year, last.year + 1) if said.year is None else [_century(said.year, latest=2099)]
    days = [day for year in typed_years if (day := _find_day(year, said)) is not None]
    if not days:
        raise NoSuchDay(said)
    for day in days:
        if first <= day <= last:
            return day
    raise NotAnExpectedDate(
        f"{say_date(days[-1])} can't be the expected date of delivery: it lies between {say_date(first)} "
        f"and {say_date(last)}. Please check it."
    )


def _example(today: date, calendar: Calendar, at: str = "") -> str:
    day = next_working_day(today, 1, calendar)
    return f'"{say_short_day(day)}{at}" or "{say_date(day)}{at}"'


def _only(kind: type[P], parts: tuple[Part, ...], what: str) -> P | None:
    """The one part of this kind, if there is one."""
    found = [part for part in parts if isinstance(part, kind)]
    if len(found) > 1:
        raise SaidTwice(what)
    return found[0] if found else None


def _after(now: datetime, span: InMinutes) -> datetime:
    """Rounded up to a whole minute, so that it is said as it is meant."""
    moment = now.astimezone(UTC) + timedelta(minutes=span.count)
    begun = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + (timedelta(minutes=1) - begun) if begun and span.count else moment


def _day_meant(days: list[DaySaid], today: date, calendar: Calendar) -> date:
    """The day on which all that was said about the day agrees."""
    weekdays = [said for said in days if isinstance(said, OnWeekday)]
    others = {_day_of(said, today, calendar) for said in days if not isinstance(said, OnWeekday)}
    if len(others) > 1 or len(weekdays) > 1:
        raise SaidTwice("day")
    day = others.pop() if others else _weekday_meant(weekdays[0], today)
    for said in weekdays:
        if day.weekday() != said.number:
            raise DaysDisagree(day, WEEKDAYS[said.number])
    if day > add_months(today, FURTHEST_AHEAD_MONTHS):
        raise TooFarAhead(day)
    return day


def _day_of(said: OnDate | InDays | InWorkingDays | InMonths, today: date, calendar: Calendar) -> date:
    match said:
        case InDays(count):
            return today + timedelta(days=count)
        case InWorkingDays(count):
            return next_working_day(today, count, calendar)
        case InMonths(count):
            return add_months(today, count)
        case OnDate():
            return _date_of(said, today)
    assert_never(said)


def _date_of(said: OnDate, today: date) -> date:
    if said.month is None:
        return _next_of_month(said, today)
    return _next_such_date(said, today) if said.year is None else _on(said, _century(said.year, latest=2099))


def _weekday_meant(said: OnWeekday, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    this_weeks, next_weeks = (monday + timedelta(days=said.number + 7 * week) for week in (0, 1))
    match said.which:
        case Which.THIS if this_weeks < today:
            raise AlreadyPassed(say_day(this_weeks))
        case Which.THIS:
            return this_weeks
        case Which.NEXT if this_weeks > today:
            raise WhichDay(this_weeks, next_weeks)
        case Which.NEXT | Which.NEXT_WEEK:
            return next_weeks
        case Which.COMING:
            return _coming_weekday(this_weeks, today, timedelta(weeks=said.weeks_later))
    assert_never(said.which)


def _coming_weekday(this_weeks: date, today: date, later: timedelta) -> date:
    if this_weeks == today:
        raise WhichDay(today + later, today + later + timedelta(weeks=1))
    return (this_weeks if this_weeks > today else this_weeks + timedelta(weeks=1)) + later


def _next_of_month(said: OnDate, today: date) -> date:
    """ "the 3rd": of this month or of the next that has such a day."""
    months = (add_months(today.replace(day=1), ahead) for ahead in range(12))
    days = (_find_day(first.year, OnDate(said.day, first.month)) for first in months)
    coming = next((day for day in days if day and day >= today), None)
    if coming is None:
        raise NoSuchDay(said)
    return coming


def _next_such_date(said: OnDate, today: date) -> date:
    years = range(today.year - 1, today.year + _YEARS_TO_NEXT_LEAP_DAY)
    days = [day for year in years if (day := _find_day(year, said)) and day >= today - JUST_PASSED]
    if not days:
        raise NoSuchDay(said)
    if days[0] < today:
        raise YearMissing(days[0])
    return days[0]


def _date_alone(text: str, example: str) -> OnDate:
    parts = read_phrase(text, example, _ANY_YEAR)
    match parts:
        case (OnDate(month=int()) as said,):
            return said
        case _:
            raise DateNotAlone(example)


def _on(said: OnDate, year: int) -> date:
    day = _find_day(year, said)
    if day is None:
        raise NoSuchDay(said)
    return day


def _find_day(year: int, said: OnDate) -> date | None:
    if said.month is None or year < EARLIEST_YEAR:
        return None
    try:
        return date(year, said.month, said.day)
    except ValueError:
        return None


def _century(year: int, latest: int) -> int:
    """A year of two figures belongs to this century unless that would be after `latest`."""
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= latest else 1900 + year


def _time_meant(parts: tuple[Part, ...], day: date, day_ends: time | None) -> time:
    said, part = _only(AtTime, parts, "time"), _only(PartOfDay, parts, "time of day")
    if said is not None:
        return _clock_time(said, part)
    if day_ends is None or part is not None:
        raise TimeMissing(day)
    return day_ends


def _clock_time(said: AtTime, part: PartOfDay | None) -> time:
    implied, starts, ends = _PARTS_OF_DAY[part] if part else (None, time.min, time.max)
    half = said.half or (None if said.is_24_hour else implied)
    if (said.hour, said.minute) == (24, 0) or (said.hour, half) == (12, Half.AM):
        raise MidnightIsUnclear
    if said.hour > 23 or said.minute > 59 or (said.half and not 1 <= said.hour <= 12):
        raise NoSuchTime(said)
    at = time(_hour_of_day(said, half), said.minute)
    if not starts <= at < ends:
        raise NoSuchTime(said, part)
    return at


def _hour_of_day(said: AtTime, half: Half | None) -> int:
    if half is Half.AM or said.hour > 12:
        return said.hour
    if half is Half.PM:
        return said.hour % 12 + 12
    return said.hour + 12 if 1 <= said.hour <= 6 and not said.is_24_hour else said.hour

"""When a desk or a person may be disturbed: hours of work, the next moment inside them, reading them from text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from discussions.clocks import Calendar
from discussions.london import WEEKDAYS, nearest_from_london, to_london
from discussions.refusals import Refusal

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))
# longer than any year is without a day of each kind
_DAYS_LOOKED_AHEAD: Final = 400
_LONGEST_TEXT: Final = 200


class NotHours(Refusal):
    def __init__(self) -> None:
        super().__init__(
            'These hours could not be read. Please write them like "Mon-Fri 08:00-17:00", "Mon-Sun 07:00-22:00", '
            '"24/7", or several of them with commas: "Mon-Thu 09:00-17:00, Fri 09:00-13:00, bank holidays 10:00-14:00".'
        )


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """One shift by London's clocks. Closing at or before the opening time means closing on the next day.

    A bank holiday is a kind of day of its own: `on_bank_holidays` alone decides it, whichever weekday it falls on.
    """

    opens: time = time(8)
    closes: time = time(18)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        if not (self.weekdays <= EVERY_DAY and (self.weekdays or self.on_bank_holidays)):
            raise ValueError("working hours need at least one kind of day, Monday being 0")

    def is_open(self, moment: datetime, calendar: Calendar) -> bool:
        return self.next_open(moment, calendar) == moment

    def next_open(self, moment: datetime, calendar: Calendar) -> datetime:
        """The first moment (UTC), from the given one on, that lies inside these hours."""
        now = moment.astimezone(UTC)
        for day in _days_around(to_london(moment).date()):
            opens, closes = self._shift(day)
            if opens < closes and now < closes and self._is_worked(day, calendar):
                return max(now, opens)
        raise ValueError("no open hours within a year")

    def _is_worked(self, day: date, calendar: Calendar) -> bool:
        return self.on_bank_holidays if calendar.is_bank_holiday(day) else day.weekday() in self.weekdays

    def _shift(self, day: date) -> tuple[datetime, datetime]:
        overnight = self.closes <= self.opens
        return nearest_from_london(day, self.opens), nearest_from_london(day + timedelta(days=overnight), self.closes)


def _days_around(day: date) -> Iterator[date]:
    """From the day before, whose night shift may still run."""
    return (day + timedelta(days=ahead) for ahead in range(-1, _DAYS_LOOKED_AHEAD))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Several shifts: open when any of them is."""

    shifts: tuple[WorkingHours, ...]

    def is_open(self, moment: datetime, calendar: Calendar) -> bool:
        return any(shift.is_open(moment, calendar) for shift in self.shifts)

    def next_open(self, moment: datetime, calendar: Calendar) -> datetime:
        return min(shift.next_open(moment, calendar) for shift in self.shifts)


ALWAYS_OPEN: Final = OpeningHours((WorkingHours(time(0), time(0), EVERY_DAY, on_bank_holidays=True),))

_ALWAYS: Final = frozenset({"24/7", "24 hours", "always"})
_SHIFT: Final = re.compile(r"(?P<days>[a-z -]+?) (?P<opens>[0-9:.]+) ?(?:-|to) ?(?P<closes>[0-9:.]+)")
_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_DAYS: Final = re.compile(r"([a-z]+)(?: ?(?:-| to ) ?([a-z]+))?")
_GROUPS: Final = {
    "daily": EVERY_DAY,
    "every day": EVERY_DAY,
    "weekdays": MONDAY_TO_FRIDAY,
    "weekends": EVERY_DAY - MONDAY_TO_FRIDAY,
    "bank holidays": frozenset[int](),
}
_SHORT_NAMES: Final = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_WEEKDAY_NUMBERS: Final = _SHORT_NAMES | {
    name: number for number, day in enumerate(WEEKDAYS) for name in (day.lower(), day[:3].lower())
}


def read_opening_hours(text: str) -> OpeningHours:
    """Hours as a directory writes them, e.g. "Mon-Fri 08:00-17:00". All seven days together take in bank holidays;
    any fewer leave them out, unless "bank holidays 10:00-14:00" is written too. Raises NotHours.
    """
    words = " ".join(re.sub("[–—]", "-", text[: _LONGEST_TEXT + 1].lower()).split())
    if len(words) > _LONGEST_TEXT:
        raise NotHours
    if words in _ALWAYS:
        return ALWAYS_OPEN
    return OpeningHours(tuple(_read_shift(part.strip()) for part in re.split("[,;]", words)))


def _read_shift(text: str) -> WorkingHours:
    match = _SHIFT.fullmatch(text)
    if match is None:
        raise NotHours
    days = _read_days(match["days"])
    # no weekday at all is what "bank holidays" says
    on_bank_holidays = days in (EVERY_DAY, frozenset())
    return WorkingHours(_read_time(match["opens"]), _read_time(match["closes"]), days, on_bank_holidays)


def _read_days(text: str) -> frozenset[int]:
    if text in _GROUPS:
        return _GROUPS[text]
    match = _DAYS.fullmatch(text)
    first, last = (match[1], match[2] or match[1]) if match else ("", "")
    if first not in _WEEKDAY_NUMBERS or last not in _WEEKDAY_NUMBERS:
        raise NotHours
    start, end = _WEEKDAY_NUMBERS[first], _WEEKDAY_NUMBERS[last]
    # Fri-Mon runs over the end of the week
    return frozenset((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))


def _read_time(text: str) -> time:
    match = _TIME.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise NotHours
    return time(hour, minute)

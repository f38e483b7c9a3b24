"""Europe/London where people read or type a time; UTC everywhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from discussions.refusals import Refusal

LONDON: Final = ZoneInfo("Europe/London")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class NoSuchClockTime(Refusal):
    """The hour that is skipped when the clocks go forward."""

    def __init__(self, day: date, at: time) -> None:
        super().__init__(
            f"There is no {at:%H:%M} on {say_date(day)}, because the clocks go forward in that hour. "
            "Please choose a time before 01:00 or from 02:00."
        )


class ClockTimeTwice(Refusal):
    """The hour that comes twice when the clocks go back: only the person can say which one is meant."""

    def __init__(self, day: date, at: time) -> None:
        super().__init__(
            f"{at:%H:%M} comes twice on {say_date(day)}, because the clocks go back. "
            f'Please add which one is meant: "{at:%H:%M} BST" is the first, "{at:%H:%M} GMT" the second.'
        )


class NotLondonTime(Refusal):
    """GMT typed for a summer day, or BST for a winter one."""

    def __init__(self, day: date, zone: str) -> None:
        super().__init__(
            f"London is not on {zone} at that time on {say_date(day)}. Please type the time without {zone}."
        )


def to_london(moment: datetime) -> datetime:
    """The same moment as clocks in London show it. A moment without a zone is a fault of ours: ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(LONDON)


def from_london(day: date, at: time, zone: str | None = None) -> datetime:
    """The UTC moment at which London's clocks show this day and time.

    `zone` ("BST" or "GMT") picks from the doubled hour. Raises NoSuchClockTime, ClockTimeTwice or NotLondonTime.
    """
    readings = _readings(day, at)
    if not readings:
        raise NoSuchClockTime(day, at)
    meant = [moment for moment in readings if zone in (None, to_london(moment).tzname())]
    if not meant:
        raise NotLondonTime(day, zone or "")
    if len(meant) > 1:
        raise ClockTimeTwice(day, at)
    return meant[0]


def nearest_from_london(day: date, at: time) -> datetime:
    """Like from_london for times that are computed, not typed: never refuses.

    The doubled hour means its first coming, a skipped time means the moment of the change, so order is kept.
    """
    readings = _readings(day, at)
    # by law both changes of the year happen at 01:00 UTC
    return readings[0] if readings else datetime.combine(day, time(1), UTC)


def _readings(day: date, at: time) -> list[datetime]:
    """Every moment that London's clocks show so: none in the spring gap, two in the doubled hour, else one."""
    first = datetime.combine(day, at.replace(fold=0), LONDON)
    second = first.replace(fold=1)
    moments = [first.astimezone(UTC), second.astimezone(UTC)]
    if moments[0] == moments[1]:
        return moments[:1]
    # Python takes a skipped time by the clock of before or of after the gap, and so the later moment for the earlier
    return moments if moments[0] < moments[1] else []


def say_moment(moment: datetime) -> str:
    """As a full sentence needs it: "Tuesday 1 December 2026, 10:30"."""
    return f"{say_day(to_london(moment).date())}, {say_time(moment)}"


def say_until(moment: datetime) -> str:
    """As behind "until": midnight is the end of the day before, as it was meant."""
    local = to_london(moment)
    return f"the end of {say_day(local.date() - timedelta(days=1))}" if local.time() == time(0) else say_moment(moment)


def say_short(moment: datetime) -> str:
    """As a narrow card needs it: "Tue 1 Dec, 10:30"."""
    return f"{say_short_day(to_london(moment).date())}, {say_time(moment)}"


def say_time(moment: datetime) -> str:
    """ "10:30", and in the doubled hour "01:30 BST" or "01:30 GMT", so that nobody has to guess."""
    local = to_london(moment)
    shown = f"{local:%H:%M}"
    return f"{shown} {local.tzname()}" if _is_doubled(local) else shown


def _is_doubled(local: datetime) -> bool:
    """Whether London's clocks show it twice: then its two comings differ in how far they are from UTC."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def say_day(day: date) -> str:
    """ "Tuesday 1 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_short_day(day: date) -> str:
    """ "Tue 1 Dec"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def say_date(day: date) -> str:
    """ "01/12/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"

"""What stands in the cells of a slot file: days, times, lengths and numbers, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

from discussions.slots.slot import MOST_MINUTES, MOST_PLACES

FEWEST_MINUTES: Final = 5

_DAY: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK: Final = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?:[:.]00)? ?(am|pm)?(?: ?(bst|gmt))?", re.IGNORECASE)
_SPAN: Final = re.compile(
    r"(?:([0-9]{1,2})(?::([0-9]{2})(?::00)?| ?h(?:ours?|rs?)?))?(?: ?([0-9]{1,3}) ?(?:m|mins?|minutes?)?)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[0-9]{1,3}")


class BadCell(ValueError):
    """What is wrong with a cell, and its mend."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what} {mend}")
        self.what = what
        self.mend = mend


def read_date(cell: str) -> date:
    """Day first, always; or as ISO 8601 has it."""
    match = _DAY.fullmatch(cell)
    try:
        if match:
            day, _, month, year, *iso = match.groups()
            return date(int(iso[0]), int(iso[1]), int(iso[2])) if iso[0] else date(int(year), int(month), int(day))
    except ValueError:
        raise BadCell("There is no such day.", "Dates are read as day/month/year: please check it.") from None
    raise BadCell("This is not a date.", "Write it like 03/12/2026.")


def read_clock_time(cell: str) -> tuple[time, str | None]:
    """The time, and "BST" or "GMT" where that stands behind it."""
    match = _CLOCK.fullmatch(cell)
    if match is None or (match[2] is None and match[3] is None):
        raise BadCell("This is not a time.", "Write it like 14:00.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise BadCell("There is no such time.", "Write it like 14:00.")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise BadCell("There is no such time.", "Write it like 14:00.")
    return time(hour, minute), match[4].upper() if match[4] else None


def read_minutes(cell: str) -> int:
    """60, "60 min", 1:30, "1 hour"."""
    match = _SPAN.fullmatch(cell)
    if match is None or not any(match.groups()):
        raise BadCell("This is not a length.", "Write it in minutes, like 60.")
    minutes = int(match[1] or 0) * 60 + int(match[2] or 0) + int(match[3] or 0)
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadCell("This length can't be.", f"Write {FEWEST_MINUTES} to {MOST_MINUTES} minutes.")
    return minutes


def read_places(cell: str, least: int) -> int:
    if not _NUMBER.fullmatch(cell) or not least <= int(cell) <= MOST_PLACES:
        raise BadCell("This number can't be.", f"Write a whole number from {least} to {MOST_PLACES}.")
    return int(cell)

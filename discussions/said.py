"""What a typed phrase can say about a day or a time, as it was said: nothing here is looked up or checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Half(Enum):
    AM = "am"
    PM = "pm"


class PartOfDay(Enum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Which(Enum):
    """Which Tuesday: the bare word, "this Tuesday", "next Tuesday", "Tuesday next week"."""

    COMING = ""
    THIS = "this"
    NEXT = "next"
    NEXT_WEEK = "next week"


@dataclass(frozen=True, slots=True)
class OnDate:
    """As typed: nothing says yet that there is such a day. A year below 100 was typed with two figures."""

    day: int
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class OnWeekday:
    number: int
    which: Which = Which.COMING
    weeks_later: int = 0


@dataclass(frozen=True, slots=True)
class InDays:
    count: int


@dataclass(frozen=True, slots=True)
class InWorkingDays:
    count: int


@dataclass(frozen=True, slots=True)
class InMonths:
    count: int


@dataclass(frozen=True, slots=True)
class InMinutes:
    """Time that passes from now on; 0 is "now"."""

    count: int


@dataclass(frozen=True, slots=True)
class AtTime:
    """`is_24_hour` when it was typed so that only the 24-hour clock can be meant: 14:00, 1400, 02:30."""

    hour: int
    minute: int = 0
    half: Half | None = None
    is_24_hour: bool = False


@dataclass(frozen=True, slots=True)
class InZone:
    name: str


DaySaid: TypeAlias = OnDate | OnWeekday | InDays | InWorkingDays | InMonths
Part: TypeAlias = DaySaid | InMinutes | AtTime | PartOfDay | InZone

"""The lines of a directory, checked one by one and against each other, as an import takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from discussions.people import Account


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A desk's own line: where the desk itself is reached."""

    line: int
    agency: str
    desk: str
    mail: str | None = None
    phone: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's line. `manager` and `deputy` are the lines of the people meant; an empty role says nothing."""

    line: int
    agency: str
    name: str
    role: str
    desk: str | None = None
    mail: str | None = None
    phone: str | None = None
    account: Account | None = None
    manager: int | None = None
    deputy: int | None = None
    hours: str | None = None
    away_until: date | None = None
    leads_desk: bool = False


Row = DeskRow | PersonRow

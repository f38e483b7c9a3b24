"""Reads a file of slots: CSV in, checked slots out, or every mistake with its line and its mend; and writes one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from io import StringIO
from typing import Final, TypeVar

from discussions.clocks import add_months
from discussions.london import from_london, say_date, say_time, to_london
from discussions.people import Agency, Desk, DeskId
from discussions.practice.types import as_spoken
from discussions.refusals import Refusal
from discussions.slots.rows import SlotRow
from storage.csv_lines import BadFile, Columns, Line, Problem, decode, read_lines
from storage.slot_cells import BadCell, read_clock_time, read_date, read_minutes, read_places

COLUMNS: Final = ("agency", "desk", "date", "start", "length", "capacity", "reserved")
SYNONYMS: Final = {
    "agency": ("organisation", "organization", "service"),
    "desk": ("team", "rota", "unit"),
    "date": ("day",),
    "start": ("time", "start time", "starts", "starts at", "from"),
    "length": ("minutes", "mins", "duration", "length (minutes)", "length minutes"),
    "capacity": ("places", "how many"),
    "reserved": ("reserved for urgent", "urgent", "kept for urgent"),
}
OF: Final = "file of slots"
ANY_DESK: Final = Columns(OF, COLUMNS, needed=("agency", "desk", "date", "start", "length"), synonyms=SYNONYMS)
ONE_DESK: Final = Columns(OF, COLUMNS, needed=("date", "start", "length"), synonyms=SYNONYMS)
PASSED_LONG_AGO: Final = timedelta(days=31)
FURTHEST_AHEAD_MONTHS: Final = 24
MOST_ROWS: Final = 200_000
MOST_BYTES: Final = 50 * 1024 * 1024
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class SlotFile:
    """`passed` counts lines that were left out because their moment has passed."""

    rows: tuple[SlotRow, ...]
    passed: int


@dataclass(frozen=True, slots=True)
class NamedDesk:
    agency: Agency
    desk: Desk

    def __str__(self) -> str:
        return f"{self.agency.name}, {self.desk.name}"


def parse_slots(content: bytes, desks: Sequence[NamedDesk], now: datetime, only: DeskId | None = None) -> SlotFile:
    """The slots of a file's bytes. `only`: all lines are this desk's, which they then need not name.

    Raises BadFile with all that is wrong.
    """
    known = ONE_DESK if only else ANY_DESK
    if len(content) > MOST_BYTES:
        raise BadFile(OF, [Problem(1, "This file has more than 50 MB.", "Divide it.")])
    lines, problems = read_lines(decode(content, known), known)
    if len(lines) > MOST_ROWS:
        problems.append(Problem(lines[MOST_ROWS].number, f"There are more than {MOST_ROWS:,} lines.", "Divide it."))
    reading = _Reading(_Desks(desks), now, only, problems)
    read = [(line, row) for line in lines[:MOST_ROWS] if (row := reading.read(line)) is not None]
    problems += _find_overlaps(read)
    if problems:
        raise BadFile(OF, problems)
    to_come = tuple(row for _, row in read if row.starts_at > now)
    return SlotFile(to_come, len(read) - len(to_come))


class _Reading:
    """Reads line after line, and notes every problem on the way."""

    def __init__(self, desks: _Desks, now: datetime, only: DeskId | None, problems: list[Problem]) -> None:
        self._desks = desks
        self._only = only
        self._problems = problems
        self._earliest = now - PASSED_LONG_AGO
        self._latest = add_months(to_london(now).date(), FURTHEST_AHEAD_MONTHS)

    def read(self, line: Line) -> SlotRow | None:
        before = len(self._problems)
        desk, starts_at, minutes = (
            self._take_desk(line),
            self._take_start(line),
            self._take(line, "length", read_minutes),
        )
        capacity = self._take(line, "capacity", lambda cell: read_places(cell, 1), 1)
        reserved = self._take(line, "reserved", lambda cell: read_places(cell, 0)) if line.get("reserved") else None
        if capacity is not None and reserved is not None and reserved > capacity:
            self._note(line, "reserved", "More is reserved than there is.", "Write at most the capacity.")
        if len(self._problems) > before or not (desk and starts_at and minutes and capacity):
            return None
        return SlotRow(desk, starts_at, minutes, capacity, reserved)

    def _note(self, line: Line, column: str, what: str, mend: str) -> None:
        self._problems.append(Problem(line.number, what, mend, column))

    def _take(self, line: Line, column: str, read: Callable[[str], V], default: V | None = None) -> V | None:
        """None where it is missing or wrong; then the problem is noted."""
        cell = line.get(column)
        if cell is None and default is None:
            self._note(line, column, f"The {column} is missing.", "Write it in every line.")
        try:
            return default if cell is None else read(cell)
        except BadCell as bad:
            self._note(line, column, bad.what, bad.mend)
            return None

    def _take_start(self, line: Line) -> datetime | None:
        day, clock_time = self._take(line, "date", read_date), self._take(line, "start", read_clock_time)
        if day is None or clock_time is None:
            return None
        try:
            starts_at = from_london(day, *clock_time)
        except Refusal as refusal:
            what, _, mend = refusal.sentence.partition(". ")
            self._note(line, "start", f"{what}.", mend)
            return None
        if starts_at < self._earliest:
            self._note(line, "date", "This is more than a month ago.", "Check the year, or take the line out.")
        elif day > self._latest:
            self._note(line, "date", "This is more than two years ahead.", "Check the year.")
        return starts_at

    def _take_desk(self, line: Line) -> DeskId | None:
        agency, desk = line.get("agency"), line.get("desk")
        if self._only is not None and agency is None and desk is None:
            return self._only
        for column, cell in (("agency", agency), ("desk", desk)):
            if cell is None:
                self._note(line, column, f"The {column} is missing.", "Write it in every line.")
        if agency is None or desk is None:
            return None
        found = self._desks.find(agency, desk)
        if isinstance(found, NoDesk):
            self._note(line, found.column, found.what, found.mend)
            return None
        if self._only not in (None, found):
            self._note(
                line, "desk", "This is another desk than was named for the file.", "Import it without naming one."
            )
        return found


@dataclass(frozen=True, slots=True)
class NoDesk:
    column: str
    what: str
    mend: str


class _Desks:
    """Finds a desk of the directory by the names of its agency and itself; each pair of names once."""

    def __init__(self, desks: Sequence[NamedDesk]) -> None:
        self._agencies = {as_spoken(one.agency.name): one.agency.name for one in desks}
        self._desks = {(as_spoken(one.agency.name), as_spoken(one.desk.name)): one.desk for one in desks}
        self._found: dict[tuple[str, str], DeskId | NoDesk] = {}

    def find(self, agency: str, desk: str) -> DeskId | NoDesk:
        if (agency, desk) not in self._found:
            self._found[agency, desk] = self._look(as_spoken(agency), as_spoken(desk))
        return self._found[agency, desk]

    def _look(self, agency: str, desk: str) -> DeskId | NoDesk:
        if (agency, desk) in self._desks:
            return self._desks[agency, desk].id
        if agency not in self._agencies:
            what = "The directory knows no agency of this name with desks."
            return NoDesk("agency", what, _did_you_mean(agency, self._agencies))
        of_agency = {spoken: found.name for (its, spoken), found in self._desks.items() if its == agency}
        return NoDesk("desk", "The directory knows no such desk of this agency.", _did_you_mean(desk, of_agency))


def _did_you_mean(words: str, names: Mapping[str, str]) -> str:
    near = get_close_matches(words, names, n=1)
    return f'Did you mean "{names[near[0]]}"?' if near else "Write it as it stands in the directory."


def _find_overlaps(read: Iterable[tuple[Line, SlotRow]]) -> Iterator[Problem]:
    """A desk that can do two at once says so by its capacity, so that each moment is counted once."""
    last: dict[DeskId, tuple[Line, SlotRow]] = {}
    for line, row in sorted(read, key=lambda one: (one[1].starts_at, one[0].number)):
        before_line, before = last.get(row.desk, (line, None))
        if before is None or row.ends_at > before.ends_at:
            last[row.desk] = line, row
        if before is None or before.ends_at <= row.starts_at:
            continue
        where = before_line.number
        if before.starts_at == row.starts_at:
            what, mend = (
                f"Line {where} is a slot of this desk at the same time.",
                "Keep one, with the capacity of both.",
            )
        else:
            what, mend = f"This slot begins before the one of line {where} ends.", "Change a start or a length."
        yield Problem(line.number, what, mend, "start")


def write_slots(slots: Iterable[tuple[NamedDesk, SlotRow]]) -> str:
    """Slots as text that `parse_slots` reads again."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for named, row in slots:
        day = say_date(to_london(row.starts_at).date())
        cells = (say_time(row.starts_at), row.minutes, row.capacity, row.reserved)
        writer.writerow((named.agency.name, named.desk.name, day, *cells))
    return out.getvalue()

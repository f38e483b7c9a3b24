"""Reads a directory file: CSV in, checked rows out, or every mistake with its line and its mend; and writes one."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Final

from discussions.directory import Listing
from discussions.directory_rows import DeskRow, PersonRow, Row
from discussions.people import Account, Desk, ObjectId, Person, PersonId, Right, TenantId
from discussions.practice.types import as_spoken
from discussions.working_hours import NotHours, read_opening_hours
from storage.csv_lines import BadFile, Columns, Line, Problem, decode_utf8, read_lines

COLUMNS: Final = (
    *("agency", "desk", "name", "role", "mail", "phone"),
    *("tenant", "object id", "manager", "deputy", "hours", "away until", "desk lead"),
)
KNOWN_COLUMNS: Final = Columns("directory file", COLUMNS, needed=("agency", "name", "role"))
GUID_FORM: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MAIL_FORM: Final = re.compile(r"[^\s@<>,;:\"\\()]{1,64}@([^\s@.,;]{1,63}\.)+[^\s@.,;]{2,63}")
# What only a person has: a line with it and without a name has most likely lost the name.
OF_PEOPLE: Final = ("role", "tenant", "object id", "manager", "deputy", "away until", "desk lead")


def read_directory_file(path: Path) -> list[Row]:
    """Raises BadFile with all that is wrong; OSError if the file can't be opened."""
    return parse_directory(decode_utf8(path.read_bytes(), KNOWN_COLUMNS))


def parse_directory(text: str) -> list[Row]:
    """The rows of a directory's text. Raises BadFile with all that is wrong."""
    lines, problems = read_lines(text, KNOWN_COLUMNS)
    reading = _Reading(lines, problems)
    rows = [row for line in lines if (row := reading.read(line)) is not None]
    problems += _find_doubles(rows)
    if not any(isinstance(row, PersonRow) for row in rows):
        problems.append(Problem(1, "There is nobody in this file.", "Write a line for each person."))
    if problems:
        raise BadFile(KNOWN_COLUMNS.of, problems)
    return rows


class _Reading:
    """Reads line after line, and notes every problem on the way."""

    def __init__(self, lines: Sequence[Line], problems: list[Problem]) -> None:
        self._problems = problems
        self._named = _Named(lines)

    def read(self, line: Line) -> Row | None:
        """None for a line that is neither a desk's nor a person's; then the problem is noted."""
        agency, name, desk = line.get("agency"), line.get("name"), line.get("desk")
        mail, hours = self._take_mail(line), self._take_hours(line)
        if agency is None:
            self._note(line, "agency", "The agency is missing.", "Write it in every line.")
            return None
        if name is not None:
            return self._read_person(line, agency, name, mail, hours)
        if desk is not None and not any(map(line.get, OF_PEOPLE)):
            return DeskRow(line.number, agency, desk, mail, line.get("phone"), hours)
        mend = "Write it; only a line that says nothing but how a desk is reached has none."
        self._note(line, "name", "The name is missing.", mend)
        return None

    def _read_person(self, line: Line, agency: str, name: str, mail: str | None, hours: str | None) -> PersonRow:
        return PersonRow(
            line=line.number,
            agency=agency,
            name=name,
            role=line.get("role") or "",
            desk=line.get("desk"),
            mail=mail,
            phone=line.get("phone"),
            account=self._take_account(line),
            manager=self._take_person(line, "manager"),
            deputy=self._take_person(line, "deputy"),
            hours=hours,
            away_until=self._take_day(line, "away until"),
            leads_desk=self._take_lead(line),
        )

    def _note(self, line: Line, column: str, what: str, mend: str) -> None:
        self._problems.append(Problem(line.number, what, mend, column))

    def _take_mail(self, line: Line) -> str | None:
        mail = line.get("mail")
        if mail is not None and not MAIL_FORM.fullmatch(mail):
            self._note(
                line, "mail", "This is not a mail address.", "Write one, like name@example.org, or leave it out."
            )
        return mail

    def _take_hours(self, line: Line) -> str | None:
        hours = line.get("hours")
        try:
            if hours is not None:
                read_opening_hours(hours)
        except NotHours as refusal:
            what, _, mend = refusal.sentence.partition(". ")
            self._note(line, "hours", f"{what}.", mend)
        return hours

    def _take_day(self, line: Line, column: str) -> date | None:
        written = line.get(column)
        try:
            return datetime.strptime(written, "%d/%m/%Y").date() if written else None  # noqa: DTZ007
        except ValueError:
            self._note(line, column, "This is not a day.", "Write it like 04/12/2026, or leave it out.")
            return None

    def _take_lead(self, line: Line) -> bool:
        said = (line.get("desk lead") or "no").casefold()
        if said not in ("yes", "no"):
            self._note(line, "desk lead", "This is neither yes nor no.", "Write yes, or leave it out.")
        elif said == "yes" and line.get("desk") is None:
            self._note(line, "desk lead", "There is no desk to lead.", "Write the desk, or leave this out.")
        return said == "yes"

    def _take_account(self, line: Line) -> Account | None:
        tenant, object_id = self._take_guid(line, "tenant"), self._take_guid(line, "object id")
        if object_id and not line.get("tenant"):
            mend = "Write the id of the tenant that this person's account is in."
            self._note(line, "tenant", "There is an object id without its tenant.", mend)
        return Account(TenantId(tenant), ObjectId(object_id)) if tenant and object_id else None

    def _take_guid(self, line: Line, column: str) -> str | None:
        id = (line.get(column) or "").lower()
        if id and not GUID_FORM.fullmatch(id):
            mend = "Copy it from Microsoft Entra; it reads 01234567-89ab-cdef-0123-456789abcdef."
            self._note(line, column, "This is not an id.", mend)
        return id or None

    def _take_person(self, line: Line, column: str) -> int | None:
        words = line.get(column)
        if words is None:
            return None
        found = self._named.find(words, line)
        if len(found) == 1 and found[0] != line.number:
            return found[0]
        if not found:
            what, mend = (
                "Nobody in this file has this mail address or name.",
                "Write the mail address as it stands there.",
            )
        elif len(found) == 1:
            what, mend = f"This person is named as their own {column}.", "Write somebody else, or leave it out."
        else:
            what, mend = f"{len(found)} people in this file have this name.", "Write the mail address instead."
        self._note(line, column, what, mend)
        return None


class _Named:
    """Finds the lines of people by their mail address or their name."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._people = [line for line in lines if line.get("name")]
        self._by_words: dict[str, list[Line]] = {}
        for line in self._people:
            for column in ("mail", "name"):
                if words := line.get(column):
                    self._by_words.setdefault(as_spoken(words), []).append(line)

    def find(self, words: str, near: Line) -> list[int]:
        """Line numbers; of several with the same name the only one of the same agency is meant."""
        found = self._by_words.get(as_spoken(words), [])
        agency = as_spoken(near.get("agency") or "")
        of_agency = [line for line in found if as_spoken(line.get("agency") or "") == agency]
        return [line.number for line in (of_agency if len(of_agency) == 1 else found)]


@dataclass(frozen=True, slots=True)
class _Unique:
    """Something that no two lines may have; `key_of` gives None for a line that has it not at all."""

    key_of: Callable[[Row], object | None]
    column: str
    what: str
    mend: str


_UNIQUE: Final = (
    _Unique(
        lambda row: row.mail.casefold() if isinstance(row, PersonRow) and row.mail else None,
        "mail",
        "This mail address is another person's too, in line {line}.",
        "Leave it out for all but one; a shared mailbox belongs in the desk's own line.",
    ),
    _Unique(
        lambda row: row.account if isinstance(row, PersonRow) else None,
        "object id",
        "This account is another person's too, in line {line}.",
        "Copy each person's own from Microsoft Entra.",
    ),
    _Unique(
        lambda row: _name_of_bare(row) if isinstance(row, PersonRow) else None,
        "name",
        "Line {line} has the same agency and name, and nothing else tells the two apart.",
        "Write a mail address for each, or take one of the lines out.",
    ),
    _Unique(
        lambda row: (as_spoken(row.agency), as_spoken(row.desk)) if isinstance(row, DeskRow) else None,
        "desk",
        "Line {line} is this desk's own line already.",
        "Put both into one; if this is a person's line, write the name.",
    ),
)


def _name_of_bare(row: PersonRow) -> object | None:
    return None if row.mail or row.account else (as_spoken(row.agency), as_spoken(row.name))


def _find_doubles(rows: Sequence[Row]) -> Iterator[Problem]:
    for unique in _UNIQUE:
        first: dict[object, int] = {}
        for row in rows:
            key = unique.key_of(row)
            if key is not None and first.setdefault(key, row.line) != row.line:
                yield Problem(row.line, unique.what.format(line=first[key]), unique.mend, unique.column)


def write_directory(directory: Sequence[Listing]) -> str:
    """The directory as text that `parse_directory` reads again."""
    people = {person.id: person for listing in directory for person in listing.people}
    out = StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for listing in directory:
        desks = {desk.id: desk for desk in listing.desks}
        for desk in listing.desks:
            writer.writerow(_desk_cells(listing.agency.name, desk))
        for person in listing.people:
            desk_name = desks[person.desk].name if person.desk in desks else None
            writer.writerow({"agency": listing.agency.name, "desk": desk_name, **_person_cells(person, people)})
    return out.getvalue()


def _desk_cells(agency: str, desk: Desk) -> Mapping[str, str | None]:
    return {"agency": agency, "desk": desk.name, "mail": desk.mail, "phone": desk.phone, "hours": desk.hours}


def _person_cells(person: Person, people: Mapping[PersonId, Person]) -> Mapping[str, str | None]:
    def refer(id: PersonId | None) -> str | None:
        meant = people.get(id) if id else None
        return (meant.mail or meant.name) if meant else None

    return {
        "name": person.name,
        "role": person.role_name,
        "mail": person.mail,
        "phone": person.phone,
        "tenant": person.account.tenant if person.account else None,
        "object id": person.account.object_id if person.account else None,
        "manager": refer(person.manager),
        "deputy": refer(person.deputy),
        "hours": person.hours,
        "desk lead": "yes" if person.may(Right.LEAD) else None,
    }

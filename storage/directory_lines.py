"""A directory file as lines of cells under known columns: encoding, separator, header and the shape of each line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from typing import Final

COLUMNS: Final = (
    *("agency", "desk", "name", "role", "mail", "phone"),
    *("tenant", "object id", "manager", "deputy", "hours", "away until"),
)
NEEDED_COLUMNS: Final = ("agency", "name", "role")
SEPARATORS: Final = (",", ";", "\t")
LONGEST_CELL: Final = 254
MOST_SHOWN: Final = 50

_BY_PLAIN_NAME: Final = {column.replace(" ", ""): column for column in COLUMNS}
_ALL_COLUMNS: Final = ", ".join(COLUMNS)
_BYTE_ORDER_MARK: Final = "\ufeff"
_NOT_UTF8: Final = 'Save the file again as "CSV UTF-8".'


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. Never repeats what stands in the file, since it may end up in a log."""

    line: int
    what: str
    mend: str
    column: str | None = None

    def __str__(self) -> str:
        place = f"line {self.line}" if self.column is None else f"line {self.line}, {self.column}"
        return f"{place}: {self.what} {self.mend}"


class BadDirectoryFile(Exception):
    """The directory file can't be used, and nothing of it was. str() lists the problems, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        count = len(self.problems)
        heading = f"The directory file can't be used: {count} problem{'' if count == 1 else 's'}."
        shown = [f"  {problem}" for problem in self.problems[:MOST_SHOWN]]
        more = [f"  … and {count - MOST_SHOWN} more."] if count > MOST_SHOWN else []
        super().__init__("\n".join((heading, *shown, *more)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: what stands under each column, without the blanks around it; None where nothing does."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str | None:
        return self.cells.get(column)


def decode(content: bytes) -> str:
    """Raises BadDirectoryFile when it is not UTF-8."""
    try:
        return content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadDirectoryFile([Problem(line, "This is not UTF-8 text.", _NOT_UTF8)]) from None


def read_lines(text: str) -> tuple[list[Line], list[Problem]]:
    """Every line that is not blank, and what is wrong with the shape. Raises BadDirectoryFile without a usable header,
    or where the file can't be read on."""
    raw = _split(text, _find_separator(text))
    number, header = next(raw, (1, []))
    columns = _read_header(number, header)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in raw:
        problems += _check_shape(number, columns, cells)
        lines.append(Line(number, {c: cell for c, cell in zip(columns, cells, strict=False) if cell}))
    return lines, problems


def _find_separator(text: str) -> str:
    """The one under which the first line has the most known columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def count(separator: str) -> int:
        return sum(_plain(cell) in _BY_PLAIN_NAME for cell in first.replace('"', "").split(separator))

    return max(SEPARATORS, key=count)


def _split(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not blank with its number. A cell may run over several lines: its row counts by the first."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            mend = "Look for a quotation mark too many or too few here; inside a quoted cell it is written twice."
            raise BadDirectoryFile([Problem(number, "From here on this can't be read as CSV.", mend)]) from None
        if any(cells):
            yield number, cells


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]", "", column).casefold()


def _read_header(number: int, header: list[str]) -> list[str]:
    problems: list[Problem] = []
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        column = _BY_PLAIN_NAME.get(_plain(cell))
        if column is None:
            problems.append(Problem(number, f"Column {place} has an unknown heading.", _mend_heading(cell)))
        elif column in columns:
            problems.append(Problem(number, f'The column "{column}" is there twice.', "Take one of them out."))
        columns.append(column or "")
    missing = [column for column in NEEDED_COLUMNS if column not in columns]
    if missing:
        mend = f"The first line names the columns: {_ALL_COLUMNS}; agency, name and role are needed."
        problems.append(Problem(number, f"There is no column for {' and '.join(missing)}.", mend))
    if problems:
        raise BadDirectoryFile(problems)
    return columns


def _mend_heading(cell: str) -> str:
    near = get_close_matches(_plain(cell), _BY_PLAIN_NAME, n=1)
    if near:
        return f'Did you mean "{_BY_PLAIN_NAME[near[0]]}"?'
    return f"Take the column out; there are: {_ALL_COLUMNS}."


def _check_shape(number: int, columns: list[str], cells: list[str]) -> Iterator[Problem]:
    if any(cells[len(columns) :]):
        what = f"There are {len(cells)} cells under {len(columns)} headings."
        yield Problem(number, what, "Put a cell that holds the separator in quotation marks.")
    for column, cell in zip(columns, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            what = f"This has {len(cell)} characters."
            yield Problem(number, what, f"Write at most {LONGEST_CELL}.", column)
        elif not cell.isprintable():
            yield Problem(number, "This holds a character that can't be seen.", "Type it again.", column)

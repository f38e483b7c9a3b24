"""A CSV as lines of cells under known columns: encoding, separator, header and the shape of each line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from typing import Final

SEPARATORS: Final = (",", ";", "\t")
LONGEST_CELL: Final = 254
MOST_SHOWN: Final = 50

_BYTE_ORDER_MARK: Final = "\ufeff"
_SAVE_AS_UTF8: Final = 'Save the file again as "CSV UTF-8".'
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class Columns:
    """The columns a kind of file may have, which of them it needs, and other words that people head them with.

    `of` is what the file is called where it can't be used: "directory file".
    """

    def __init__(
        self,
        of: str,
        names: Sequence[str],
        needed: Sequence[str],
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.of = of
        self.names = tuple(names)
        self.needed = tuple(needed)
        headings = {name: name for name in names}
        headings |= {word: name for name, words in (synonyms or {}).items() for word in words}
        self.by_plain_heading = {_plain(word): name for word, name in headings.items()}

    def called(self, heading: str) -> str | None:
        return self.by_plain_heading.get(_plain(heading))


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


class BadFile(Exception):
    """A file that can't be used, and nothing of it was. str() lists the problems, one a line."""

    def __init__(self, of: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        count = len(self.problems)
        heading = f"The {of} can't be used: {count} problem{'' if count == 1 else 's'}."
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


def decode_utf8(content: bytes, known: Columns) -> str:
    """Raises BadFile when it is not UTF-8."""
    try:
        return content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadFile(known.of, [Problem(line, "This is not UTF-8 text.", _SAVE_AS_UTF8)]) from None


def decode(content: bytes, known: Columns) -> str:
    """For files without people's names: UTF-8, UTF-16, or else Windows-1252, as spreadsheets save. Raises BadFile."""
    for encoding in _encodings(content):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise BadFile(known.of, [Problem(1, "This is not text that can be read.", _SAVE_AS_UTF8)])


def _encodings(content: bytes) -> Sequence[str]:
    """A heading is plain letters, so without a mark UTF-16 shows by its empty half."""
    if content.startswith(_UTF_16_MARKS):
        return ("utf-16",)
    if content[:2].count(0) == 1:
        return ("utf-16-be" if content[0] == 0 else "utf-16-le",)
    return ("utf-8-sig", "cp1252")


def read_lines(text: str, known: Columns) -> tuple[list[Line], list[Problem]]:
    """Every line that is not blank, and what is wrong with the shape. Raises BadFile without a usable header, or where
    the file can't be read on."""
    raw = _split(text, _find_separator(text, known), known.of)
    number, header = next(raw, (1, []))
    columns = _read_header(number, header, known)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in raw:
        problems += _check_shape(number, columns, cells)
        lines.append(Line(number, {c: cell for c, cell in zip(columns, cells, strict=False) if cell}))
    return lines, problems


def _find_separator(text: str, known: Columns) -> str:
    """The one under which the first line has the most known columns."""
    first = next((line for line in StringIO(text, newline="") if line.strip()), "")

    def count(separator: str) -> int:
        return sum(known.called(cell) is not None for cell in first.replace('"', "").split(separator))

    return max(SEPARATORS, key=count)


def _split(text: str, separator: str, of: str) -> Iterator[tuple[int, list[str]]]:
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
            raise BadFile(of, [Problem(number, "From here on this can't be read as CSV.", mend)]) from None
        if any(cells):
            yield number, cells


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]", "", column).casefold()


def _read_header(number: int, header: list[str], known: Columns) -> list[str]:
    problems: list[Problem] = []
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        column = known.called(cell)
        if column is None:
            problems.append(Problem(number, f"Column {place} has an unknown heading.", _mend_heading(cell, known)))
        elif column in columns:
            problems.append(Problem(number, f'The column "{column}" is there twice.', "Take one of them out."))
        columns.append(column or "")
    missing = [column for column in known.needed if column not in columns]
    if missing:
        needed = ", ".join(known.needed[:-1]) + " and " + known.needed[-1]
        mend = f"The first line names the columns: {', '.join(known.names)}; {needed} are needed."
        problems.append(Problem(number, f"There is no column for {' and '.join(missing)}.", mend))
    if problems:
        raise BadFile(known.of, problems)
    return columns


def _mend_heading(cell: str, known: Columns) -> str:
    near = get_close_matches(_plain(cell), known.by_plain_heading, n=1)
    if near:
        return f'Did you mean "{known.by_plain_heading[near[0]]}"?'
    return f"Take the column out; there are: {', '.join(known.names)}."


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

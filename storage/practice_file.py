"""Reads a practice file: TOML in, a checked Practice out, or every mistake with its place and its mend."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from discussions.practice.types import Practice
from storage.practice_agenda_checks import problems_with_agenda
from storage.practice_booking_checks import problems_with_booking
from storage.practice_chasing_checks import problems_with_chasing
from storage.practice_checks import problems_with_follow_up, problems_with_people
from storage.practice_findings import Finding, in_any_text, say_path, sources_not_listed
from storage.practice_rows import PracticeRow
from storage.practice_shape import findings_of
from storage.toml_lines import KeyPath, line_of, lines_of

BYTE_ORDER_MARK: Final = "\ufeff"
_AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_NOT_UTF8: Final = "Save the file again with the encoding UTF-8."


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `key_path` counts as people do (item[2] is the second item); `line` is None where none is known."""

    key_path: str
    line: int | None
    what: str
    mend: str

    def __str__(self) -> str:
        place = self.key_path if self.line is None else f"line {self.line}, {self.key_path}"
        return f"{place}: {self.what} {self.mend}"


class BadPracticeFile(Exception):
    """The practice file can't be used. str() lists every problem, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        heading = f"The practice file can't be used: {count} problem{'' if count == 1 else 's'}."
        super().__init__("\n".join((heading, *(f"  {problem}" for problem in self.problems))))


def read_practice(source: Path | str) -> Practice:
    """The practice in a file (a Path) or in its text (a str). Raises BadPracticeFile; OSError if it can't be opened.

    `digest` is the sha256 of the file's bytes; a text has the digest of its UTF-8 bytes, so that what `practice_text`
    gave reads as the same practice again.
    """
    text = practice_text(source) if isinstance(source, Path) else source
    data = _parsed(text)
    row, findings = _checked(data)
    if row is None or findings:
        lines = lines_of(text.removeprefix(BYTE_ORDER_MARK))
        raise BadPracticeFile(_placed(findings, lines))
    return row.whole(sha256(text.encode()).hexdigest())


def practice_text(path: Path) -> str:
    """The whole file, byte for byte, as text. Raises BadPracticeFile when it is not UTF-8."""
    return _decoded(path.read_bytes())


@cache
def standard_practice() -> Practice:
    """The practice that travels with Chairside."""
    return read_practice(standard_text())


@cache
def standard_text() -> str:
    return _decoded(resources.files("discussions.practice").joinpath("standard.toml").read_bytes())


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadPracticeFile([Problem(say_path(()), line, "This is not UTF-8 text.", _NOT_UTF8)]) from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as fault:
        raise BadPracticeFile([_syntax_problem(str(fault), text)]) from None
    except (RecursionError, ValueError):
        mend = "Take the brackets within brackets, or the overlong number, out again."
        raise BadPracticeFile([Problem(say_path(()), None, "This can't be read as TOML.", mend)]) from None


def _syntax_problem(message: str, text: str) -> Problem:
    at_line = _AT_LINE.search(message)
    line = int(at_line[1]) if at_line else text.count("\n") + 1
    what = f"This is not TOML: {_AT_LINE.sub('', message).removesuffix(' (at end of document)')}."
    mend = "Texts stand in quotes, tables in [brackets], and each key once; look at this line and the one before."
    return Problem(say_path(()), line, what, mend)


def _checked(data: dict[str, Any]) -> tuple[PracticeRow | None, list[Finding]]:
    """The cross checks need a file of the right shape, so they come second."""
    texts = list(in_any_text(data))
    try:
        row = PracticeRow.model_validate_json(json.dumps(data, default=_no_date_here))
    except ValidationError as refusal:
        return None, [*findings_of(refusal, data), *texts]
    checks = (
        problems_with_people(row),
        problems_with_booking(row),
        problems_with_chasing(row),
        problems_with_agenda(row),
        problems_with_follow_up(row),
    )
    return row, [*texts, *sources_not_listed(data, row.sources), *chain.from_iterable(checks)]


def _no_date_here(_: object) -> list[None]:
    """TOML has dates and times of its own; no key of a practice takes them, and this fits no key."""
    return [None]


def _placed(findings: Iterable[Finding], lines: dict[KeyPath, int]) -> Iterator[Problem]:
    """In the order of the file."""
    problems = [
        Problem(say_path(finding.path), line_of(lines, finding.path), finding.what, finding.mend)
        for finding in findings
    ]
    yield from sorted(problems, key=lambda problem: problem.line or 0)

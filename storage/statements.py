"""Statements as SQLite takes them, made ready once, and what any statement gives back.

SQLite runs inside this process and finds a row in some microseconds; what SQLAlchemy does around each execution takes
several times as long. So there a statement of ours is written out once, with its types' ways in and out, and handed to
the driver. PostgreSQL's statements travel anyway, and keep SQLAlchemy's care for connections that break.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TupleType, TypeEngine

MOST_KEPT = 1024
_DIALECT = sqlite.dialect()
_LIST = re.compile(r"__\[POSTCOMPILE_(\w+)\]")
"""Where SQLAlchemy leaves room for a list of any length."""

Values = Mapping[str, Any]
Row = Sequence[Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that a statement gave, and how many it changed."""

    rows: Sequence[Row]
    changed: int

    @classmethod
    def by_sqlalchemy(cls, result: CursorResult[*tuple[Any, ...]]) -> Found:
        return cls(result.all() if result.returns_rows else (), result.rowcount)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def first(self) -> Row | None:
        return self.rows[0] if self.rows else None

    def column(self) -> list[Any]:
        """The first value of each row."""
        return [row[0] for row in self.rows]

    def value(self) -> Any:
        """The first value of the first row; None also where there is no row."""
        return self.rows[0][0] if self.rows else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """`takes`: what stands for each question mark, and how it is written. `fixed`: what the statement brings itself."""

    text: str
    takes: tuple[tuple[str, Convert | None], ...]
    fixed: Values
    lists: frozenset[str]
    gives: tuple[tuple[int, Convert], ...]

    def run(self, driver: sqlite3.Connection, values: Values) -> Found:
        try:
            cursor = driver.execute(*(self._listed(values) if self.lists else (self.text, self._written(values))))
            rows = cursor.fetchall()
        except sqlite3.Error as fault:
            raise _told(fault) from fault
        return Found(self._read(rows) if self.gives else rows, cursor.rowcount)

    def run_for_each(self, driver: sqlite3.Connection, rows: Sequence[Values]) -> None:
        try:
            driver.executemany(self.text, [self._written(values) for values in rows])
        except sqlite3.Error as fault:
            raise _told(fault) from fault

    def _written(self, values: Values) -> list[Any]:
        if self.fixed:
            values = {**self.fixed, **values}
        return [values[name] if write is None else write(values[name]) for name, write in self.takes]

    def _listed(self, values: Values) -> tuple[str, list[Any]]:
        """A question mark for each thing in a list."""
        values = {**self.fixed, **values}
        text = _LIST.sub(lambda found: ", ".join("?" * len(values[found[1]])), self.text)
        given: list[Any] = []
        for name, write in self.takes:
            many = values[name] if name in self.lists else (values[name],)
            given += many if write is None else map(write, many)
        return text, given

    def _read(self, rows: list[Any]) -> list[Row]:
        read: list[Row] = []
        for row in rows:
            values = list(row)
            for index, convert in self.gives:
                values[index] = convert(values[index])
            read.append(values)
        return read


@lru_cache(maxsize=MOST_KEPT)
def prepared(statement: Executable, names: tuple[str, ...]) -> Prepared | None:
    """For these values by name. Statements are told apart by being the same object: made once, used many times.

    None for what SQLAlchemy alone can write: lists of pairs.
    """
    compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(names))  # type: ignore[attr-defined]
    held = {name: compiled.binds[name] for name in compiled.positiontup}
    if any(isinstance(bind.type, TupleType) for bind in held.values()):
        return None
    return Prepared(
        text=compiled.string,
        takes=tuple((name, _impl(held[name].type).bind_processor(_DIALECT)) for name in compiled.positiontup),
        fixed={name: bind.effective_value for name, bind in held.items() if not bind.required},
        lists=frozenset(name for name, bind in held.items() if bind.expanding),
        gives=tuple(_readers(getattr(statement, "exported_columns", ()))),
    )


def _readers(columns: Any) -> Iterator[tuple[int, Convert]]:
    for index, column in enumerate(columns):
        convert = _impl(column.type).result_processor(_DIALECT, None)
        if convert is not None:
            yield index, convert


def _impl(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.dialect_impl(_DIALECT)


def _told(fault: sqlite3.Error) -> BaseException:
    """As SQLAlchemy tells it, so that nobody above needs to know; the values stay unsaid."""
    return DBAPIError.instance(None, None, fault, sqlite3.Error)

"""Whether anything that is kept has changed: every row of every table, as digests."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Select, Table, select

from storage.columns import METADATA
from storage.tables import turn

# what was read is written down, and nothing else may come of a press that is refused
READING = frozenset({"trail"})


def digests(engine: Engine, leaving: Collection[str] = ()) -> Mapping[str, str]:
    """A digest of each table, `leaving` some out."""
    with engine.connect() as connection:
        return {
            table.name: sha256(repr(connection.execute(in_order(table)).all()).encode()).hexdigest()
            for table in METADATA.sorted_tables
            if table.name not in leaving
        }


def in_order(table: Table) -> Select[Any]:
    # that an earlier answer has arrived is noted with the next turn, whoever's that is
    columns = [column for column in table.c if column is not turn.c.said]
    return select(*columns).order_by(*table.primary_key.columns)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The names of the tables that differ."""
    return [name for name in after if after[name] != before.get(name)]


class Shelf:
    """A SQLite file as it stood once: says whether somebody has written to it since, and can bring that back."""

    def __init__(self, file: Path) -> None:
        self._live = sqlite3.connect(file, timeout=30, isolation_level=None)
        self._kept = sqlite3.connect(":memory:")
        self._version = -1
        self.keep()

    def keep(self) -> None:
        self._live.backup(self._kept)
        self._version = self._data_version()

    def is_touched(self) -> bool:
        return self._data_version() != self._version

    def bring_back(self) -> None:
        self._kept.backup(self._live)
        self._version = self._data_version()

    def _data_version(self) -> int:
        """Counts the writes of all others to the file."""
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        self._live.close()
        self._kept.close()

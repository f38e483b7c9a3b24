"""The trail in SQL: append-only, each line carrying the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from discussions.ids import DiscussionId
from discussions.trail import Entry
from storage.rows import Rows, Transaction, Values
from storage.tables import trail
from storage.turns import lock_number

ENTRIES = Rows(trail, Entry, key="deed")
FIRST_HASH = "0" * 64
_NAMES = [field.name for field in fields(Entry)]
_LAST = select(trail.c.place, trail.c.hash).order_by(trail.c.place.desc()).limit(1)
_LOCK = select(func.pg_advisory_xact_lock(lock_number("trail")))
_APPEND = trail.insert().inline()
_ALL = ENTRIES.select.order_by(trail.c.place)
_OF = _ALL.where(trail.c.discussion == bindparam("discussion"))
_CHAIN = select(trail).order_by(trail.c.place)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Walked:
    """The chain from its first line: how many lines are whole, the hash of the last of them, and where it breaks.

    `expected_at`: the line that carries the hash asked for; 0 stands for the trail before its first line.
    """

    lines: int
    newest: str
    broken_at: int | None = None
    expected_at: int | None = None


class TrailInSql:
    """Lines wait until the transaction ends and are appended together: so the lock that orders the writers of several
    replicas is held for the last moment only, and a use-case costs one look at the last line however much it did."""

    __slots__ = ("_tx", "_waiting")

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._waiting: list[Entry] = []

    def write(self, entry: Entry) -> None:
        self._waiting.append(entry)

    def entries(self, discussion: DiscussionId | None = None) -> Sequence[Entry]:
        self.append_waiting()
        if discussion is None:
            return ENTRIES.all(self._tx, _ALL)
        return ENTRIES.all(self._tx, _OF, discussion=discussion)

    def is_unbroken(self) -> bool:
        """Reads the whole trail. Newest lines that were cut off go unseen: keep `last_hash` elsewhere for that."""
        self.append_waiting()
        return walk(self._tx.connection).broken_at is None

    def last_hash(self) -> str:
        self.append_waiting()
        return self._last()[1]

    def append_waiting(self) -> None:
        """Called once more before the commit."""
        if not self._waiting:
            return
        if self._tx.is_postgresql:
            self._tx.do(_LOCK)
        place, previous = self._last()
        rows: list[Values] = []
        for entry in self._waiting:
            place += 1
            row = ENTRIES.values(self._tx, entry) | {"place": place, "previous": previous}
            previous = row["hash"] = _hash(row)
            rows.append(row)
        self._waiting.clear()
        self._tx.do_for_each(_APPEND, rows)

    def _last(self) -> tuple[int, str]:
        last = self._tx.do(_LAST).first()
        if last is None:
            return 0, FIRST_HASH
        place, hash = last
        return place, hash


def walk(connection: Connection, expected: str | None = None, batch: int = _BATCH) -> Walked:
    """Reads the whole trail, as far as it is whole. Lines cut off at its end show by an `expected` hash alone."""
    place, previous = 0, FIRST_HASH
    found = 0 if expected == FIRST_HASH else None
    try:
        for row in connection.execute(_CHAIN.execution_options(yield_per=batch)).mappings():
            if row["place"] != place + 1 or row["previous"] != previous or row["hash"] != _hash(dict(row)):
                return Walked(place, previous, place + 1, found)
            place, previous = place + 1, row["hash"]
            found = place if previous == expected else found
    except ValueError:
        # a moment that is none: somebody wrote it, and the lines before it in its batch were not seen
        return Walked(place, previous, place + 1, found) if batch == 1 else walk(connection, expected, batch=1)
    return Walked(place, previous, None, found)


def _hash(row: Values) -> str:
    """Over the line in a form that is the same on every engine: a JSON list, moments as ISO text in UTC."""
    line = [row["previous"], row["place"], *(_plain(row[name]) for name in _NAMES)]
    return sha256(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value

"""Marks: since when something has last happened, for all replicas to see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.rows import Transaction, Upserts
from storage.tables import mark

_PUT = Upserts(mark, by=["name"])
_FIND = select(mark.c.at).where(mark.c.name == bindparam("name"))


class MarksInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def put(self, name: str, at: datetime) -> None:
        _PUT.put(self._tx, {"name": name, "at": at})

    def find(self, name: str) -> datetime | None:
        found: datetime | None = self._tx.do(_FIND, name=name).value()
        return found

"""Practices in SQL: every practice file that was ever in use, whole, under its digest."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from storage.rows import Transaction, Upserts
from storage.tables import practice

_KEEP = Upserts(practice, by=["digest"])
_TEXT = select(practice.c.text).where(practice.c.digest == bindparam("digest"))


class PracticesInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def keep(self, digest: str, text: str) -> None:
        _KEEP.add(self._tx, {"digest": digest, "text": text})

    def text(self, digest: str) -> str | None:
        found: str | None = self._tx.do(_TEXT, digest=digest).value()
        return found

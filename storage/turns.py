"""Turns in SQL: whose turn it is in a conversation, and what an arrival was answered with."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, select, update

from discussions.needs import KeptAnswer
from storage.rows import Rows, Transaction, Upserts
from storage.tables import turn


@dataclass(frozen=True, slots=True)
class _Turn:
    key: str
    answer: Mapping[str, object]
    said: bool
    at: datetime


TURNS = Rows(turn, _Turn, key="key")
_REMEMBER = Upserts(turn, by=["key"])
_SAID = update(turn).where(turn.c.key.in_(bindparam("keys", expanding=True))).values(said=True)
_TAKE = select(func.pg_advisory_xact_lock(bindparam("number")))


class TurnsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take(self, conversation: str) -> None:
        """SQLite has one writer at a time, so there the transaction itself is the turn."""
        if self._tx.is_postgresql:
            self._tx.do(_TAKE, number=lock_number(f"turn {conversation}"))

    def seen(self, key: str) -> KeptAnswer | None:
        found = TURNS.find(self._tx, key)
        return None if found is None else _answer(found)

    def remember(self, key: str, answer: KeptAnswer, now: datetime) -> None:
        kept = {
            "card": answer.card,
            "summary": answer.summary,
            "sentence": answer.sentence,
            "about": answer.about,
            "is_a_look": answer.is_a_look,
        }
        _REMEMBER.put(self._tx, TURNS.values(self._tx, _Turn(key, kept, answer.said, now)))

    def mark_said(self, keys: Collection[str]) -> None:
        if keys:
            self._tx.do(_SAID, keys=list(keys))


def lock_number(name: str) -> int:
    """A number for PostgreSQL's advisory locks, the same in every replica."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def _answer(kept: _Turn) -> KeptAnswer:
    answer = dict(kept.answer)
    if "content" in answer:
        # as it was kept before cards were text; gone a day after the update
        content = answer.pop("content")
        answer["card"] = None if content is None else json.dumps(content)
    return KeptAnswer(**answer, said=kept.said)  # type: ignore[arg-type]

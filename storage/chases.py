"""Chases in SQL: what will be said about discussions that have not started yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, text, update

from discussions.actions.promises import PromiseState
from discussions.chasing.chase import Chase
from discussions.ids import DiscussionId
from storage.rows import Rows, Transaction
from storage.tables import CHASE_IS_WAITING, chase

CHASES = Rows(chase, Chase)
_OF_DISCUSSION = CHASES.select.where(chase.c.discussion == bindparam("discussion")).order_by(chase.c.due_at, chase.c.id)
_DUE = (
    CHASES.select.where(text(CHASE_IS_WAITING), chase.c.due_at <= bindparam("now"))
    .order_by(chase.c.due_at, chase.c.id)
    .limit(bindparam("most"))
)
_SAVE = (
    update(chase).where(chase.c.id == bindparam("its_id")).values(state=bindparam("new_state"), said_at=bindparam("at"))
)
_VOID = (
    update(chase)
    .where(chase.c.discussion == bindparam("its_discussion"), text(CHASE_IS_WAITING))
    .values(state=PromiseState.VOID.value)
)


class ChasesInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, chases: Sequence[Chase]) -> None:
        CHASES.add(self._tx, chases)

    def of_discussion(self, id: DiscussionId) -> Sequence[Chase]:
        return CHASES.all(self._tx, _OF_DISCUSSION, discussion=id)

    def save(self, chase: Chase) -> None:
        """How it ended; its moment and its start never change."""
        self._tx.do(_SAVE, its_id=chase.id, new_state=chase.state.value, at=chase.said_at)

    def void(self, id: DiscussionId) -> None:
        self._tx.do(_VOID, its_discussion=id)

    def due(self, now: datetime, limit: int) -> Sequence[Chase]:
        return CHASES.all(self._tx, _DUE, now=now, most=limit)

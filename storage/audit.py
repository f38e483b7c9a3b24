"""What the auditor re-reads, in SQL: only what is alive or has just ended, and through indexes alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, literal_column, or_, select, text

from discussions.booking.discussion import DiscussionState
from discussions.ids import ActionId, ChaseId, DiscussionId, MessageId, PromiseId
from discussions.needs import Backlog, LookedAt
from discussions.post import DeliveryState
from storage.rows import Transaction
from storage.tables import (
    ACTION_IS_OPEN,
    ACTION_IS_UNHEARD,
    CHASE_IS_SAID,
    CHASE_IS_WAITING,
    PROMISE_IS_SAID,
    PROMISE_IS_WAITING,
    action,
    chase,
    delivery,
    discussion,
    message_about,
    outbox,
    promise,
)

_BEFORE = bindparam("before", type_=outbox.c.due_at.type)
_SINCE = bindparam("since", type_=outbox.c.due_at.type)
_MOST: Any = bindparam("most")
_IS_OPEN = outbox.c.ended_at.is_(None)
_ENDINGS = [state.value for state in DeliveryState if state not in (DeliveryState.QUEUED, DeliveryState.RETRYING)]


def _lines(*which: Any) -> Any:
    return exists(select(literal_column("1")).select_from(delivery).where(delivery.c.message == outbox.c.id, *which))


def _messages(*which: Any) -> Select[Any]:
    return select(outbox.c.id).where(*which).limit(_MOST)


_UNSAID = (
    select(promise.c.id)
    .where(text(PROMISE_IS_WAITING), promise.c.urgent.in_([True, False]), promise.c.due_at <= _BEFORE)
    .order_by(promise.c.due_at)
    .limit(_MOST)
)
_HAS_MESSAGE = exists(
    select(literal_column("1"))
    .select_from(message_about)
    .where(message_about.c.value == promise.c.id, message_about.c.name == "promise")
)
_UNWRITTEN = (
    select(promise.c.id)
    .where(text(PROMISE_IS_SAID), promise.c.said_at > _SINCE, promise.c.said_at <= _BEFORE, ~_HAS_MESSAGE)
    .order_by(promise.c.said_at)
    .limit(_MOST)
)
_CHASES_UNSAID = (
    select(chase.c.id).where(text(CHASE_IS_WAITING), chase.c.due_at <= _BEFORE).order_by(chase.c.due_at).limit(_MOST)
)
_HAS_CHASE_MESSAGE = exists(
    select(literal_column("1"))
    .select_from(message_about)
    .where(message_about.c.value == chase.c.id, message_about.c.name == "chase")
)
_CHASES_UNWRITTEN = (
    select(chase.c.id)
    .where(text(CHASE_IS_SAID), chase.c.said_at > _SINCE, chase.c.said_at <= _BEFORE, ~_HAS_CHASE_MESSAGE)
    .order_by(chase.c.said_at)
    .limit(_MOST)
)
_HAS_CHASE = exists(select(literal_column("1")).select_from(chase).where(chase.c.discussion == discussion.c.id))
_UNCHASED = (
    select(discussion.c.id)
    .where(
        discussion.c.state == DiscussionState.BOOKED.value,
        discussion.c.purged_at.is_(None),
        discussion.c.starts_at > _BEFORE,
        discussion.c.entered_at.is_(None),
        ~_HAS_CHASE,
    )
    .order_by(discussion.c.starts_at)
    .limit(_MOST)
)
_DUE = (_IS_OPEN, outbox.c.urgent.in_([True, False]), outbox.c.due_at <= _BEFORE)
_QUEUED = _messages(*_DUE, outbox.c.leased_until.is_(None), outbox.c.state == DeliveryState.QUEUED.value).order_by(
    outbox.c.due_at
)
_CLAIMED = _messages(*_DUE, outbox.c.leased_until <= _BEFORE).order_by(outbox.c.due_at)
_RETRIED = _messages(_IS_OPEN, outbox.c.state != DeliveryState.QUEUED.value, _lines(delivery.c.at <= _BEFORE)).order_by(
    outbox.c.due_at
)
_WITHOUT_LINE = _messages(
    outbox.c.ended_at.is_not(None),
    outbox.c.ended_at > _SINCE,
    or_(outbox.c.state.not_in(_ENDINGS), ~_lines(delivery.c.state == outbox.c.state)),
).order_by(outbox.c.ended_at)
_SENT_YET_OPEN = _messages(_IS_OPEN, _lines(delivery.c.state == DeliveryState.SENT.value)).order_by(outbox.c.due_at)
_IS_PROMISED = exists(
    select(literal_column("1"))
    .select_from(promise)
    .where(promise.c.action == action.c.id, text(f"promise.{PROMISE_IS_WAITING}"))
)
_OPEN_ACTIONS = (
    select(action.c.id, _IS_PROMISED)
    .where(text(f"action.{ACTION_IS_OPEN}"), action.c.id > bindparam("after"))
    .order_by(action.c.id)
    .limit(_MOST)
)
_UNHEARD = select(action.c.id).where(text(f"action.{ACTION_IS_UNHEARD}"), ~_IS_PROMISED).limit(_MOST)
_WAITING = select(func.count()).select_from(outbox).where(_IS_OPEN)
_DUE_SINCE = select(func.min(outbox.c.due_at)).where(*_DUE)


class AuditInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def unsaid(self, before: datetime, most: int) -> Sequence[PromiseId | ChaseId]:
        found = [*self._ids(_UNSAID, before=before, most=most), *self._ids(_CHASES_UNSAID, before=before, most=most)]
        return found[:most]

    def unwritten(self, since: datetime, before: datetime, most: int) -> Sequence[PromiseId | ChaseId]:
        between = {"since": since, "before": before}
        found = [*self._ids(_UNWRITTEN, **between, most=most), *self._ids(_CHASES_UNWRITTEN, **between, most=most)]
        return found[:most]

    def unchased(self, after: datetime, most: int) -> Sequence[DiscussionId]:
        return self._ids(_UNCHASED, before=after, most=most)

    def queued(self, before: datetime, most: int) -> Sequence[MessageId]:
        return self._ids(_QUEUED, before=before, most=most)

    def claimed(self, before: datetime, most: int) -> Sequence[MessageId]:
        return self._ids(_CLAIMED, before=before, most=most)

    def retried(self, before: datetime, most: int) -> Sequence[MessageId]:
        return self._ids(_RETRIED, before=before, most=most)

    def unaccounted(self, since: datetime, most: int) -> Sequence[MessageId]:
        found = [*self._ids(_WITHOUT_LINE, since=since, most=most), *self._ids(_SENT_YET_OPEN, most=most)]
        return found[:most]

    def open_actions(self, after: ActionId | None, most: int) -> LookedAt:
        rows = self._tx.do(_OPEN_ACTIONS, after=after or "", most=most).rows
        last = rows[-1][0] if len(rows) == most else None
        unpromised = [id for id, is_promised in rows if not is_promised]
        # what ended and is not heard is the work of a few days: looked through with the first page
        unheard = self._ids(_UNHEARD, most=most) if after is None else []
        return LookedAt([*unpromised, *unheard], last)

    def backlog(self, now: datetime) -> Backlog:
        waiting = self._tx.do(_WAITING).value()
        return Backlog(int(waiting), self._tx.do(_DUE_SINCE, before=now).value())

    def _ids(self, statement: Select[Any], **values: object) -> list[Any]:
        return self._tx.do(statement, **values).column()

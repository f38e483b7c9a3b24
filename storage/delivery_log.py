"""The outbox and its ledger in SQL, to be read by whoever is on duty: nothing here changes a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from discussions.delivery_lines import AGAIN, SENDING, STUCK_AFTER, Logged, Which
from discussions.ids import MessageId
from discussions.post import Message, MessageKind
from storage.rows import Rows, Transaction
from storage.tables import delivery, discussion, message_about, outbox

MESSAGES = Rows(outbox, Message)
_NOW = bindparam("now", type_=outbox.c.due_at.type)
_IS_OPEN = outbox.c.ended_at.is_(None)
_stands = case((_IS_OPEN & (outbox.c.leased_until > _NOW), SENDING), else_=outbox.c.state)
_line = delivery.alias("line")
_newest = select(func.max(_line.c.place)).where(_line.c.message == outbox.c.id).correlate(outbox).scalar_subquery()
_of = message_about.alias("of")
_again = message_about.alias("again")
_LINES = (
    select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.recipient,
        discussion.c.reference,
        _stands,
        outbox.c.due_at,
        delivery.c.at,
        case((_IS_OPEN, outbox.c.next_at)),
        outbox.c.attempts,
        delivery.c.code,
        outbox.c.by_mail,
        outbox.c.urgent,
        outbox.c.ended_at.is_not(None),
        _again.c.value,
    )
    .select_from(outbox)
    .outerjoin(delivery, delivery.c.place == _newest)
    .outerjoin(_of, (_of.c.message == outbox.c.id) & (_of.c.name == "discussion"))
    .outerjoin(discussion, discussion.c.id == _of.c.value)
    .outerjoin(_again, (_again.c.message == outbox.c.id) & (_again.c.name == AGAIN))
    .order_by(outbox.c.due_at.desc(), outbox.c.place.desc())
)
_IDS: Any = bindparam("ids", expanding=True)
_MEANT = _LINES.where(outbox.c.id.in_(_IDS))
_FOUND = MESSAGES.select.where(outbox.c.id.in_(_IDS))
_SAID_AGAIN = (
    select(message_about.c.value, outbox.c.id)
    .join(outbox, outbox.c.id == message_about.c.message)
    .where(message_about.c.name == AGAIN, message_about.c.value.in_(_IDS))
    .order_by(outbox.c.place)
)


class DeliveryLogInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def counts(self, which: Which, now: datetime) -> Mapping[str, int]:
        counted = _narrowed(select(_stands, func.count()), which).group_by(_stands)
        return {stands: int(count) for stands, count in self._tx.connection.execute(counted, {"now": now})}

    def lines(self, which: Which, now: datetime, most: int | None = None) -> Sequence[Logged]:
        return self._logged(_narrowed(_LINES, which).limit(most), now=now)

    def find(self, ids: Sequence[MessageId], now: datetime) -> Sequence[Logged]:
        return self._logged(_MEANT, now=now, ids=list(ids))

    def messages(self, ids: Sequence[MessageId]) -> Sequence[Message]:
        return MESSAGES.all(self._tx, _FOUND, ids=list(ids))

    def said_again(self, ids: Sequence[MessageId]) -> Mapping[MessageId, MessageId]:
        return {MessageId(old): MessageId(new) for old, new in self._tx.do(_SAID_AGAIN, ids=list(ids))}

    def _logged(self, statement: Select[Any], **values: object) -> Sequence[Logged]:
        rows = self._tx.connection.execute(statement, values)
        return [Logged(id, MessageKind(kind), *rest) for id, kind, *rest in rows]


def _narrowed(statement: Select[Any], which: Which) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if which.standing is not None:
        wanted.append(_stands == bindparam("standing", which.standing))
    if which.person is not None:
        wanted.append(outbox.c.recipient == which.person)
    if which.discussion is not None:
        its = message_about.alias("its")
        wanted.append(
            outbox.c.id.in_(select(its.c.message).where(its.c.value == which.discussion, its.c.name == "discussion"))
        )
    if which.since is not None:
        wanted.append(_IS_OPEN | (outbox.c.ended_at >= which.since))
    if which.stuck_at is not None:
        wanted.append(_IS_OPEN & (outbox.c.due_at <= which.stuck_at - STUCK_AFTER))
    return statement.where(*wanted)

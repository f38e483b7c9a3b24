"""What people were told about something, in SQL: each message with the newest line that the ledger has of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select

from discussions.post import DeliveryState, MessageKind, Told
from storage.rows import Transaction
from storage.tables import delivery, message_about, outbox

_line = delivery.alias("line")
_newest = select(func.max(_line.c.place)).where(_line.c.message == outbox.c.id).correlate(outbox).scalar_subquery()
_ABOUT = (
    select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.recipient,
        outbox.c.due_at,
        outbox.c.state,
        delivery.c.at,
        outbox.c.by_mail,
        delivery.c.code,
    )
    .join(message_about, message_about.c.message == outbox.c.id)
    .outerjoin(delivery, delivery.c.place == _newest)
    .where(
        message_about.c.value == bindparam("value"),
        message_about.c.name == bindparam("name"),
        outbox.c.recipient.is_not(None),
        outbox.c.replaces_card.is_(False),
    )
    .order_by(outbox.c.due_at, outbox.c.place)
)


class ToldInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def about(self, name: str, id: str) -> Sequence[Told]:
        rows = self._tx.do(_ABOUT, name=name, value=id)
        return [
            Told(message, MessageKind(kind), recipient, due_at, DeliveryState(state), at, by_mail, code)
            for message, kind, recipient, due_at, state, at, by_mail, code in rows
        ]

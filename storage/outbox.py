"""The outbox in SQL: messages wait here, are claimed under a lease, and leave a line in the ledger at every attempt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, exists, func, not_, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from discussions.ids import MessageId
from discussions.post import GATHERED, Claimed, Delivery, DeliveryState, Message, longest_wait
from storage.rows import Rows, Transaction, Upserts
from storage.tables import conversation, delivery, message_about, outbox

MESSAGES = Rows(outbox, Message)
DELIVERIES = Rows(delivery, Delivery, key="message")
_ADD = Upserts(outbox, by=["key"])
_ABOUT = message_about.insert().inline()
_IS_OPEN = outbox.c.ended_at.is_(None)
_QUEUED = DeliveryState.QUEUED.value

_now = bindparam("now", type_=outbox.c.due_at.type)
_earlier = outbox.alias("earlier")
# A lane is one recipient, or one meeting chat. Whoever waits for another try holds their lane: order is kept.
_lane_is_held = exists().where(
    _earlier.c.ended_at.is_(None),
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.place < outbox.c.place,
    or_(_earlier.c.due_at <= _now, _earlier.c.state != _QUEUED),
)


_IS_FREE: tuple[ColumnElement[bool], ...] = (
    outbox.c.ended_at.is_(None),
    outbox.c.due_at <= _now,
    or_(outbox.c.next_at.is_(None), outbox.c.next_at <= _now),
    or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= _now),
)


@lru_cache(maxsize=64)
def _claimable(urgent: bool, resting: tuple[str, ...] = ()) -> Any:
    where = [*_IS_FREE, outbox.c.urgent == urgent]
    if not urgent:
        where.append(not_(_lane_is_held))
    if resting:
        # whoever has waited long enough is taken all the same, to be reached in another way
        has_waited = outbox.c.due_at <= bindparam("patience_ended", type_=outbox.c.due_at.type)
        where.append(or_(outbox.c.by_mail, has_waited, outbox.c.lane.not_in(_lanes_on(resting))))
    return (
        select(outbox.c.id)
        .where(*where)
        .order_by(outbox.c.due_at, outbox.c.place)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
    )


def _lanes_on(hosts: tuple[str, ...]) -> Any:
    """Whom we reach through these hosts."""
    url = conversation.c.service_url + "/"
    is_on = or_(*(url.contains(f"//{host}/", autoescape=True) for host in hosts))
    return select(func.coalesce(conversation.c.person, conversation.c.conversation)).where(is_on)


_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(token=bindparam("its_token"), leased_until=bindparam("until"), attempts=outbox.c.attempts + 1)
    .returning(*MESSAGES.columns, outbox.c.attempts, outbox.c.maybe_sent, outbox.c.by_mail, outbox.c.state)
)
_HELD = (outbox.c.id == bindparam("its_id"), outbox.c.token == bindparam("its_token"), _IS_OPEN)
_SENDING = update(outbox).where(*_HELD, outbox.c.leased_until > _now).values(maybe_sent=True)
_MAILING = _SENDING.values(by_mail=True)
_ALL_HELD = (outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.token == bindparam("its_token"), _IS_OPEN)
_ALL_SENDING = (
    update(outbox).where(*_ALL_HELD, outbox.c.leased_until > _now).values(maybe_sent=True).returning(outbox.c.id)
)
_SETTLE = (
    update(outbox)
    .where(*_HELD)
    .values(state=bindparam("new_state"), ended_at=bindparam("at"), token=None, leased_until=None)
)
_SETTLE_ALL = (
    update(outbox)
    .where(*_ALL_HELD)
    .values(state=bindparam("new_state"), ended_at=bindparam("at"), token=None, leased_until=None)
    .returning(outbox.c.id)
)
_RETRY = (
    update(outbox)
    .where(*_HELD)
    .values(
        state=bindparam("new_state"),
        next_at=bindparam("at"),
        maybe_sent=bindparam("maybe"),
        by_mail=bindparam("mail"),
        attempts=bindparam("counted"),
        token=None,
        leased_until=None,
    )
)
_PUT_BACK = (
    update(outbox)
    .where(*_HELD)
    .values(
        next_at=bindparam("at"),
        maybe_sent=bindparam("maybe"),
        attempts=outbox.c.attempts - 1,
        token=None,
        leased_until=None,
    )
)
_POSTPONE = (
    update(outbox)
    .where(*_HELD)
    .values(
        due_at=bindparam("at"),
        state=_QUEUED,
        next_at=None,
        maybe_sent=bindparam("maybe"),
        attempts=outbox.c.attempts - 1,
        token=None,
        leased_until=None,
    )
)
_GATHER = (
    select(outbox.c.id, outbox.c.lane)
    .where(
        outbox.c.ended_at.is_(None),
        outbox.c.lane.in_(bindparam("lanes", expanding=True)),
        outbox.c.due_at <= _now,
        or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= _now),
        outbox.c.kind.in_(sorted(kind.value for kind in GATHERED)),
        outbox.c.urgent.is_(False),
        outbox.c.replaces_card.is_(False),
        outbox.c.by_mail.is_(False),
    )
    .order_by(outbox.c.place)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_MOST_GATHERED = 200
_DIGEST = "digest"
_BIND = Upserts(message_about, by=["message", "name"])
_BOUND = (
    MESSAGES.select.join(message_about, message_about.c.message == outbox.c.id)
    .where(message_about.c.value == bindparam("digest"), message_about.c.name == _DIGEST)
    .order_by(outbox.c.place)
)
_NEXT_AT = select(func.min(outbox.c.next_at)).where(_IS_OPEN, outbox.c.due_at <= _now, outbox.c.next_at > _now)
_DUE_NEXT = [
    select(outbox.c.due_at)
    .where(_IS_OPEN, outbox.c.urgent == urgent, outbox.c.due_at > _now)
    .order_by(outbox.c.due_at)
    .limit(1)
    for urgent in (True, False)
]
_STATE = select(outbox.c.state).where(outbox.c.id == bindparam("id"))
_TRIED_SINCE = select(func.min(delivery.c.at)).where(delivery.c.message == bindparam("message"))
_later = outbox.alias("later")
_IS_FOLLOWED = select(
    exists().where(
        outbox.c.id == bindparam("id"),
        _later.c.ended_at.is_(None),
        _later.c.lane == outbox.c.lane,
        _later.c.place > outbox.c.place,
        _later.c.kind == outbox.c.kind,
        _later.c.about == outbox.c.about,
        _later.c.replaces_card == outbox.c.replaces_card,
    )
)
_WAITING = select(func.count()).select_from(outbox).where(_IS_OPEN)


class OutboxInSql:
    """Time is the `now` handed in. A lease must be at least three times the time-out of a send, which also leaves room
    for replicas whose clocks differ by some seconds."""

    __slots__ = ("_tx", "has_new")

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.has_new = False

    def put(self, message: Message) -> None:
        row = MESSAGES.values(self._tx, message) | {
            "lane": message.recipient or message.conversation,
            "state": _QUEUED,
            "attempts": 0,
            "maybe_sent": False,
            "next_at": None,
            "by_mail": False,
        }
        if _ADD.add(self._tx, row):
            self.has_new = True
            about = [{"message": message.id, "name": name, "value": id} for name, id in message.about.items()]
            self._tx.do_for_each(_ABOUT, about)

    def claim(
        self, now: datetime, limit: int, lease: timedelta, token: str, resting: Collection[str] = ()
    ) -> Sequence[Claimed]:
        """Urgent ones first, then by their moment; of one recipient never two at a time unless the second is urgent.

        `attempts` counts this claim too. `maybe_sent` says that an earlier attempt may have gone out.
        """
        ids = self._claimable(True, now, limit, resting)
        if len(ids) < limit:
            ids += self._claimable(False, now, limit - len(ids), resting)
        if not ids:
            return []
        taken = self._tx.do(_TAKE, ids=ids, its_token=token, until=now + lease)
        return _in_order([self._claimed(row, token) for row in taken], ids)

    def gather(self, leaders: Sequence[Claimed], now: datetime, lease: timedelta) -> Sequence[Claimed]:
        tokens = {one.message.recipient: one.token for one in leaders if one.message.recipient is not None}
        if not tokens:
            return []
        found = self._tx.do(_GATHER, lanes=list(tokens), now=now, most=_MOST_GATHERED).rows
        gathered: list[Claimed] = []
        for lane in dict.fromkeys(lane for _, lane in found):
            ids, token = [id for id, its in found if its == lane], tokens[lane]
            taken = self._tx.do(_TAKE, ids=ids, its_token=token, until=now + lease)
            gathered += _in_order([self._claimed(row, token) for row in taken], ids)
        return gathered

    def postpone(self, claimed: Claimed, until: datetime) -> bool:
        return self._hold(_POSTPONE, claimed, at=until, maybe=claimed.maybe_sent)

    def bind(self, messages: Sequence[MessageId], digest: MessageId) -> None:
        _BIND.put_all(self._tx, [{"message": id, "name": _DIGEST, "value": digest} for id in messages])

    def bound(self, digest: MessageId) -> Sequence[Message]:
        return MESSAGES.all(self._tx, _BOUND, digest=digest) if digest.isprintable() else []

    def _claimable(self, urgent: bool, now: datetime, most: int, resting: Collection[str]) -> list[str]:
        more = {"patience_ended": now - longest_wait(urgent)} if resting else {}
        statement = _claimable(urgent, tuple(sorted(resting)))
        return self._tx.do(statement, now=now, most=most, **more).column()

    def _claimed(self, row: Sequence[Any], token: str) -> Claimed:
        attempts, maybe_sent, by_mail, state = row[-4:]
        was_tried = maybe_sent or state != _QUEUED
        return Claimed(MESSAGES.thing(self._tx, row), token, attempts, maybe_sent, by_mail, was_tried)

    def sending(self, claimed: Claimed, now: datetime, *, by_mail: bool = False) -> bool:
        return self._hold(_MAILING if by_mail else _SENDING, claimed, now=now)

    def sending_all(self, claimed: Sequence[Claimed], now: datetime) -> frozenset[MessageId]:
        return self._hold_all(_ALL_SENDING, claimed, now=now)

    def settle(self, claimed: Claimed, delivery: Delivery) -> bool:
        held = self._hold(_SETTLE, claimed, new_state=delivery.state.value, at=delivery.at)
        return held and self._note(delivery)

    def settle_all(self, ended: Sequence[tuple[Claimed, Delivery]]) -> frozenset[MessageId]:
        written: frozenset[MessageId] = frozenset()
        for state, at in dict.fromkeys((line.state, line.at) for _, line in ended):
            alike = [claimed for claimed, line in ended if (line.state, line.at) == (state, at)]
            written |= self._hold_all(_SETTLE_ALL, alike, new_state=state.value, at=at)
        DELIVERIES.add(self._tx, [line for claimed, line in ended if claimed.message.id in written])
        return written

    def retry(
        self,
        claimed: Claimed,
        delivery: Delivery,
        at: datetime,
        *,
        is_attempt: bool = True,
        by_mail: bool | None = None,
    ) -> bool:
        """A delivery that says RETRYING is known not to have gone out; one that says MAYBE_SENT is not."""
        maybe = claimed.maybe_sent or delivery.state is DeliveryState.MAYBE_SENT
        mail = claimed.by_mail if by_mail is None else by_mail
        # another way begins anew; the lease is ours, so the row counts as we do
        counted = 0 if mail is not claimed.by_mail else claimed.attempts - (not is_attempt)
        new = {"new_state": delivery.state.value, "at": at, "maybe": maybe, "mail": mail, "counted": counted}
        return self._hold(_RETRY, claimed, **new) and self._note(delivery)

    def put_back(self, claimed: Claimed, at: datetime) -> bool:
        return self._hold(_PUT_BACK, claimed, at=at, maybe=claimed.maybe_sent)

    def next_at(self, now: datetime) -> datetime | None:
        found = [self._tx.do(_NEXT_AT, now=now).value()]
        found += [self._tx.do(statement, now=now).value() for statement in _DUE_NEXT]
        return min((moment for moment in found if moment is not None), default=None)

    def tried_since(self, id: MessageId) -> datetime | None:
        found: datetime | None = self._tx.do(_TRIED_SINCE, message=id).value()
        return found

    def state(self, id: MessageId) -> DeliveryState | None:
        found = self._tx.do(_STATE, id=id).value()
        return None if found is None else DeliveryState(found)

    def ledger(self, about: Mapping[str, str]) -> Sequence[Delivery]:
        query = DELIVERIES.select.order_by(delivery.c.place)
        for name, id in about.items():
            its = select(message_about.c.message).where(message_about.c.value == id, message_about.c.name == name)
            query = query.where(delivery.c.message.in_(its))
        return [DELIVERIES.thing(self._tx, row) for row in self._tx.connection.execute(query)]

    def is_followed(self, message: Message) -> bool:
        return bool(self._tx.do(_IS_FOLLOWED, id=message.id).value())

    def waiting(self) -> int:
        return int(self._tx.do(_WAITING).value())

    def _hold(self, statement: Any, claimed: Claimed, **values: object) -> bool:
        held = self._tx.do(statement, its_id=claimed.message.id, its_token=claimed.token, **values)
        return held.changed == 1

    def _hold_all(self, statement: Any, claimed: Sequence[Claimed], **values: object) -> frozenset[MessageId]:
        """One statement a token, which is one look into the outbox."""
        held: set[MessageId] = set()
        for token in dict.fromkeys(one.token for one in claimed):
            ids = [one.message.id for one in claimed if one.token == token]
            held |= set(self._tx.do(statement, ids=ids, its_token=token, **values).column())
        return frozenset(held)

    def _note(self, delivery: Delivery) -> bool:
        DELIVERIES.add(self._tx, [delivery])
        return True


def _in_order(claimed: Iterable[Claimed], ids: Sequence[str]) -> Sequence[Claimed]:
    return sorted(claimed, key=lambda each: ids.index(each.message.id))

"""Slots in SQL: one place is one row with a number that is there once, so nothing is given twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select, update

from discussions.ids import DiscussionId, SlotId, TakingId
from discussions.people import DeskId
from discussions.slots.slot import Slot, Taking
from storage.rows import Rows, Transaction, Upserts
from storage.tables import desk, slot, taking

SLOTS = Rows(slot, Slot)
TAKINGS = Rows(taking, Taking)
_CHANGING = ("holder", "until", "discussion", "joined", "reason")
_DESKS = slot.c.desk.in_(bindparam("desks", expanding=True))
_WHEN = (slot.c.starts_at >= bindparam("since"), slot.c.starts_at <= bindparam("until"))
_BETWEEN = SLOTS.select.where(_DESKS, *_WHEN, slot.c.withdrawn.is_(False)).order_by(slot.c.starts_at, slot.c.id)
_OTHERS = (
    select(func.count())
    .where(
        taking.c.slot == slot.c.id,
        taking.c.joined.is_(False),
        or_(taking.c.until.is_(None), taking.c.until > bindparam("now")),
        or_(taking.c.holder.is_(None), taking.c.holder != bindparam("holder")),
    )
    .scalar_subquery()
)
_WITH_ROOM = _BETWEEN.where(slot.c.capacity > _OTHERS)
_FIRST = (
    # the first through the index, which ends the search; a minimum would read them all
    select(slot.c.starts_at)
    .where(slot.c.desk == desk.c.id, *_WHEN, slot.c.withdrawn.is_(False))
    .order_by(slot.c.starts_at)
    .limit(1)
    .scalar_subquery()
)
_FIRST_STARTS = select(desk.c.id, _FIRST).where(desk.c.id.in_(bindparam("desks", expanding=True)))
_OF_DESK = SLOTS.select.where(
    slot.c.desk == bindparam("desk"), slot.c.starts_at >= bindparam("since")
).order_by(slot.c.starts_at, slot.c.id)  # fmt: skip
_BY_SOURCE_KEYS = SLOTS.select.where(
    slot.c.desk == bindparam("desk"), slot.c.source_key.in_(bindparam("keys", expanding=True))
)
_KEEPING = select(desk.c.id).where(
    desk.c.id.in_(bindparam("desks", expanding=True)),
    exists().where(slot.c.desk == desk.c.id, slot.c.starts_at >= bindparam("since"), slot.c.withdrawn.is_(False)),
)
_LOCK = (
    SLOTS.select.where(slot.c.id.in_(bindparam("slots", expanding=True)))
    .order_by(slot.c.id)
    # a discussion or a taking may go on pointing to it meanwhile
    .with_for_update(key_share=True)
)
_TAKINGS = TAKINGS.select.where(taking.c.slot.in_(bindparam("slots", expanding=True))).order_by(
    taking.c.slot, taking.c.number
)
_TAKINGS_BETWEEN = (
    TAKINGS.select.join(slot, slot.c.id == taking.c.slot)
    .where(_DESKS, *_WHEN, slot.c.withdrawn.is_(False))
    .order_by(taking.c.slot, taking.c.number)
)
_ARE_KEPT = select(slot.c.id).where(slot.c.starts_at >= bindparam("since"), slot.c.withdrawn.is_(False)).limit(1)
_OF_HOLDER = TAKINGS.select.where(taking.c.holder == bindparam("holder")).order_by(taking.c.slot)
_OF_DISCUSSION = TAKINGS.select.where(taking.c.discussion == bindparam("discussion")).order_by(taking.c.slot)
_PUT = Upserts(taking, by=["slot", "number"])
_CHANGE = (
    update(taking)
    .where(taking.c.id == bindparam("its_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_FREE = taking.delete().where(taking.c.id.in_(bindparam("takings", expanding=True)))

# Looked at as it is written: a hold that is renewed meanwhile stays.
_FREE_OVER = taking.delete().where(
    taking.c.slot.in_(bindparam("slots", expanding=True)), taking.c.until <= bindparam("now")
)


class SlotsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, slots: Sequence[Slot]) -> None:
        SLOTS.add(self._tx, slots)

    def slot(self, id: SlotId) -> Slot | None:
        return SLOTS.find(self._tx, id)

    def save(self, slot: Slot) -> Slot:
        return SLOTS.save(self._tx, slot, slot.version, "this slot")

    def between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Slot]:
        return SLOTS.all(self._tx, _BETWEEN, desks=sorted(desks), since=since, until=until) if desks else ()

    def with_room(
        self, desks: Collection[DeskId], since: datetime, until: datetime, now: datetime, holder: str | None
    ) -> Sequence[Slot]:
        given = {"desks": sorted(desks), "since": since, "until": until, "now": now, "holder": holder or ""}
        return SLOTS.all(self._tx, _WITH_ROOM, **given) if desks else ()

    def first_starts(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Mapping[DeskId, datetime]:
        given = {"desks": sorted(desks), "since": since, "until": until}
        rows = self._tx.do(_FIRST_STARTS, **given) if desks else ()
        return {row[0]: row[1] for row in rows if row[1] is not None}

    def of_desk(self, desk: DeskId, since: datetime) -> Sequence[Slot]:
        return SLOTS.all(self._tx, _OF_DESK, desk=desk, since=since)

    def by_source_keys(self, desk: DeskId, keys: Collection[str]) -> Sequence[Slot]:
        found: list[Slot] = []
        wanted = sorted(set(keys))
        for start in range(0, len(wanted), _AT_ONCE):
            found += SLOTS.all(self._tx, _BY_SOURCE_KEYS, desk=desk, keys=wanted[start : start + _AT_ONCE])
        return found

    def keeping(self, desks: Collection[DeskId], since: datetime) -> frozenset[DeskId]:
        return frozenset(self._tx.do(_KEEPING, desks=sorted(desks), since=since).column() if desks else ())

    def are_kept(self, since: datetime) -> bool:
        return self._tx.do(_ARE_KEPT, since=since).first() is not None

    def lock(self, slots: Collection[SlotId]) -> Sequence[Slot]:
        return SLOTS.all(self._tx, _LOCK, slots=sorted(slots)) if slots else ()

    def takings(self, slots: Collection[SlotId]) -> Sequence[Taking]:
        found: list[Taking] = []
        wanted = sorted(slots)
        for start in range(0, len(wanted), _AT_ONCE):
            found += TAKINGS.all(self._tx, _TAKINGS, slots=wanted[start : start + _AT_ONCE])
        return found

    def takings_between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Taking]:
        given = {"desks": sorted(desks), "since": since, "until": until}
        return TAKINGS.all(self._tx, _TAKINGS_BETWEEN, **given) if desks else ()

    def of_holder(self, holder: str) -> Sequence[Taking]:
        return TAKINGS.all(self._tx, _OF_HOLDER, holder=holder)

    def of_discussion(self, id: DiscussionId) -> Sequence[Taking]:
        return TAKINGS.all(self._tx, _OF_DISCUSSION, discussion=id)

    def put(self, taking: Taking) -> bool:
        return _PUT.add(self._tx, TAKINGS.values(self._tx, taking))

    def change(self, taking: Taking) -> bool:
        row = TAKINGS.values(self._tx, taking)
        return self._tx.do(_CHANGE, its_id=taking.id, **{f"new_{name}": row[name] for name in _CHANGING}).changed == 1

    def free_over(self, slots: Collection[SlotId], now: datetime) -> None:
        if slots:
            self._tx.do(_FREE_OVER, slots=sorted(slots), now=now)

    def free(self, takings: Collection[TakingId]) -> None:
        if takings:
            self._tx.do(_FREE, takings=sorted(takings))


# SQLite takes some ten thousand values in one statement; this stays well below.
_AT_ONCE = 500

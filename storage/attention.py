"""When people may be disturbed, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, tuple_, union, update

from discussions.attention.kept import Absence, Rhythm, Snooze
from discussions.ids import ActionId
from discussions.people import PersonId
from storage.rows import Rows, Transaction, Upserts
from storage.tables import ACTION_IS_OPEN, absence, action, person, rhythm, snooze

ABSENCES = Rows(absence, Absence)
SNOOZES = Rows(snooze, Snooze)
RHYTHMS = Rows(rhythm, Rhythm, key="person")
_AMONG: Any = bindparam("people", expanding=True)
_ABSENCES = ABSENCES.select.where(absence.c.person.in_(_AMONG)).order_by(absence.c.place)
_END = update(absence).where(absence.c.id == bindparam("its_id")).values(ended_at=bindparam("at"))
_PUT_SNOOZE = Upserts(snooze, by=["action", "person"])
_SNOOZED = SNOOZES.select.where(tuple_(snooze.c.action, snooze.c.person).in_(bindparam("of", expanding=True)))
_SNOOZED_OF = SNOOZES.select.where(snooze.c.action.in_(bindparam("actions", expanding=True)))
_PUT_RHYTHM = Upserts(rhythm, by=["person"])
_RHYTHMS = RHYTHMS.select.where(rhythm.c.person.in_(_AMONG))
_DUE = (text(f"action.{ACTION_IS_OPEN}"), action.c.due_at < bindparam("due_before", type_=action.c.due_at.type))
_OWNERS = union(
    select(action.c.owner).where(*_DUE, action.c.owner > bindparam("after")),
    select(person.c.id)
    .join(action, action.c.desk == person.c.desk)
    .where(*_DUE, action.c.owner.is_(None), person.c.id > bindparam("after")),
).subquery()
_WITH_ACTIONS = select(_OWNERS.c.owner).order_by(_OWNERS.c.owner).limit(bindparam("most"))


class AttentionInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add_absence(self, absence: Absence) -> None:
        ABSENCES.add(self._tx, [absence])

    def save_absence(self, absence: Absence) -> None:
        self._tx.do(_END, its_id=absence.id, at=absence.ended_at)

    def absences(self, people: Collection[PersonId]) -> Sequence[Absence]:
        return ABSENCES.all(self._tx, _ABSENCES, people=list(people)) if people else ()

    def put_snooze(self, snooze: Snooze) -> None:
        _PUT_SNOOZE.put(self._tx, SNOOZES.values(self._tx, snooze))

    def snoozed(self, of: Collection[tuple[ActionId, PersonId]]) -> Sequence[Snooze]:
        return SNOOZES.all(self._tx, _SNOOZED, of=list(of)) if of else ()

    def snoozed_of_actions(self, actions: Collection[ActionId]) -> Sequence[Snooze]:
        return SNOOZES.all(self._tx, _SNOOZED_OF, actions=list(actions)) if actions else ()

    def put_rhythm(self, rhythm: Rhythm) -> None:
        _PUT_RHYTHM.put(self._tx, RHYTHMS.values(self._tx, rhythm))

    def rhythms(self, people: Collection[PersonId]) -> Mapping[PersonId, Rhythm]:
        found = RHYTHMS.all(self._tx, _RHYTHMS, people=list(people)) if people else []
        return {one.person: one for one in found}

    def with_actions(self, due_before: datetime, after: PersonId | None, most: int) -> Sequence[PersonId]:
        rows = self._tx.do(_WITH_ACTIONS, due_before=due_before, after=after or "", most=most)
        return [PersonId(id) for id in rows.column()]

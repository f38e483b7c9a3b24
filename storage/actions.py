"""Actions in SQL, and the promises to nudge about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, text, union_all, update

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise, PromiseState
from discussions.actions.receipts import Receipt
from discussions.ids import ActionId, DiscussionId
from discussions.people import DeskId, PersonId
from discussions.refusals import Stale
from storage.rows import Rows, Transaction, Upserts
from storage.tables import ACTION_IS_OPEN, ACTION_IS_UNHEARD, PROMISE_IS_WAITING, action, discussion, promise, receipt

ACTIONS = Rows(action, Action, are_known=True)
PROMISES = Rows(promise, Promise)
RECEIPTS = Rows(receipt, Receipt)
_ADD = Upserts(action, by=["discussion", "number"])
_RECEIVE = Upserts(receipt, by=["action", "of", "whom"])

_OF_DISCUSSION = ACTIONS.select.where(action.c.discussion == bindparam("discussion")).order_by(action.c.number)
_WAITING_ON = _OF_DISCUSSION.where(action.c.waits_for == bindparam("awaited"), text(ACTION_IS_OPEN))


def _open_where(column: ColumnElement[Any], whose: str) -> Select[Any]:
    return select(action.c.id).where(text(ACTION_IS_OPEN), column == bindparam(whose))


# One look into each partial index; an OR over the three would read all open actions.
_MINE = union_all(
    _open_where(action.c.owner, "person"), _open_where(action.c.desk, "desk"), _open_where(action.c.handed_to, "person")
)
_OF_PERSON = ACTIONS.select.where(action.c.id.in_(_MINE)).order_by(action.c.due_at, action.c.number)
_CHAIRED = select(discussion.c.id).where(discussion.c.chair == bindparam("person"))
_OF_CHAIR = ACTIONS.select.where(text(ACTION_IS_OPEN), action.c.discussion.in_(_CHAIRED)).order_by(
    action.c.due_at, action.c.id
)
_UNHEARD_OF_CHAIR = ACTIONS.select.where(text(ACTION_IS_UNHEARD), action.c.discussion.in_(_CHAIRED)).order_by(
    action.c.state_at, action.c.id
)
_KEPT = select(discussion.c.id).where(discussion.c.chair == bindparam("person"), discussion.c.purged_at.is_(None))
_TURNED_OF_CHAIR = ACTIONS.select.where(
    action.c.discussion.in_(_KEPT), action.c.state.in_([ActionState.CANNOT.value, ActionState.SUPERSEDED.value])
).order_by(action.c.state_at, action.c.id)
# All that is unheard anywhere is the work in hand of a few days, so looking through it is soon done.
_UNHEARD_BY = ACTIONS.select.where(
    text(ACTION_IS_UNHEARD),
    or_(
        action.c.feedback_to.like(bindparam("named")),
        action.c.feedback_desks.like(bindparam("desk")),
        action.c.discussion.in_(_CHAIRED),
    ),
).order_by(action.c.state_at, action.c.id)
_RECEIPTS = RECEIPTS.select.where(receipt.c.action == bindparam("action")).order_by(receipt.c.at, receipt.c.id)
_FORGET = receipt.delete().where(receipt.c.action == bindparam("its_action"))
_PROMISES = PROMISES.select.where(promise.c.action == bindparam("action")).order_by(
    promise.c.due_at, promise.c.step, promise.c.round
)
# One statement for each sort of urgency, so that the index gives the rows in their order and no others are read.
# Replicas that look at the same moment take different rows.
_DUE = (
    PROMISES.select.where(
        text(PROMISE_IS_WAITING), promise.c.urgent == bindparam("urgent"), promise.c.due_at <= bindparam("now")
    )
    .order_by(promise.c.due_at, promise.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_SAVE_PROMISE = (
    update(promise)
    .where(promise.c.id == bindparam("its_id"))
    .values({column.name: bindparam(column.name) for column in promise.c if not column.primary_key})
)
_VOID = (
    update(promise)
    .where(promise.c.action == bindparam("its_action"), text(PROMISE_IS_WAITING))
    .values(state=PromiseState.VOID.value)
)


class ActionsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, action: Action, promises: Sequence[Promise]) -> None:
        """Raises Stale when the discussion has an action of this number already."""
        if not _ADD.add(self._tx, ACTIONS.values(self._tx, action)):
            raise Stale("the actions of this discussion")
        self.add_promises(promises)

    def action(self, id: ActionId) -> Action | None:
        return ACTIONS.find(self._tx, id)

    def save(self, action: Action) -> Action:
        """An action that has ended takes its waiting promises with it, so that `due` need not look at actions.

        Those by which its end is told go on while somebody has not heard of it.
        """
        saved = ACTIONS.save(self._tx, action, action.version, "this action")
        if not action.state.is_open and not action.unheard:
            self.void_promises(action.id)
        return saved

    def of_discussion(self, id: DiscussionId) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _OF_DISCUSSION, discussion=id)

    def waiting_on(self, action: Action) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _WAITING_ON, discussion=action.discussion, awaited=action.id)

    def of_person(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _OF_PERSON, person=person, desk=desk)

    def of_chair(self, person: PersonId) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _OF_CHAIR, person=person)

    def unheard_of_chair(self, person: PersonId) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _UNHEARD_OF_CHAIR, person=person)

    def turned_of_chair(self, person: PersonId) -> Sequence[Action]:
        return ACTIONS.all(self._tx, _TURNED_OF_CHAIR, person=person)

    def unheard_by(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        named = {"named": f'%"{person}"%', "desk": f'%"{desk}"%'}
        return ACTIONS.all(self._tx, _UNHEARD_BY, person=person, **named)

    def receipts(self, id: ActionId) -> Sequence[Receipt]:
        return RECEIPTS.of(self._tx, _RECEIPTS, action=id)

    def add_receipt(self, receipt: Receipt) -> bool:
        return _RECEIVE.add(self._tx, RECEIPTS.values(self._tx, receipt))

    def forget_receipts(self, id: ActionId) -> None:
        self._tx.do(_FORGET, its_action=id)

    def promises(self, id: ActionId) -> Sequence[Promise]:
        return PROMISES.of(self._tx, _PROMISES, action=id)

    def add_promises(self, promises: Sequence[Promise]) -> None:
        PROMISES.add(self._tx, promises)

    def save_promise(self, promise: Promise) -> None:
        self._tx.do(_SAVE_PROMISE, its_id=promise.id, **PROMISES.values(self._tx, promise))

    def void_promises(self, id: ActionId) -> None:
        self._tx.do(_VOID, its_action=id)

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        found = PROMISES.all(self._tx, _DUE, urgent=True, now=now, most=limit)
        if len(found) < limit:
            found += PROMISES.all(self._tx, _DUE, urgent=False, now=now, most=limit - len(found))
        return found

"""What making many cards at once will ask for, fetched in a few statements: for reading, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam

from discussions.actions.promises import Promise
from discussions.attention.kept import Absence, Snooze
from discussions.booking.discussion import Child
from discussions.ids import ActionId, DiscussionId
from discussions.needs import Reference
from discussions.people import PersonId
from discussions.post import Message
from storage.actions import ACTIONS, PROMISES, ActionsInSql
from storage.attention import AttentionInSql
from storage.conversations import ConversationsInSql
from storage.discussions import CHILDREN, DISCUSSIONS, DiscussionsInSql
from storage.people import PeopleInSql
from storage.rows import Transaction
from storage.tables import action, child, discussion, promise

K = TypeVar("K", bound=str)
T = TypeVar("T")

_AMONG: Any = bindparam("ids", expanding=True)
_ACTIONS = ACTIONS.select.where(action.c.id.in_(_AMONG))
_PROMISES = PROMISES.select.where(promise.c.action.in_(_AMONG)).order_by(
    promise.c.due_at, promise.c.step, promise.c.round
)
_DISCUSSIONS = DISCUSSIONS.select.where(discussion.c.id.in_(_AMONG))
_CHILDREN = CHILDREN.select.where(child.c.discussion.in_(_AMONG)).order_by(child.c.letter)


class ActionsAhead(ActionsInSql):
    __slots__ = ("_promises",)

    def __init__(self, tx: Transaction, ids: Collection[ActionId]) -> None:
        super().__init__(tx)
        said = PROMISES.all(tx, _PROMISES, ids=list(ids)) if ids else []
        self._promises = _grouped(said, ids, lambda one: one.action)

    def promises(self, id: ActionId) -> Sequence[Promise]:
        return self._promises[id] if id in self._promises else super().promises(id)


class DiscussionsAhead(DiscussionsInSql):
    __slots__ = ("_children",)

    def __init__(self, tx: Transaction, ids: Collection[DiscussionId]) -> None:
        super().__init__(tx)
        children = CHILDREN.all(tx, _CHILDREN, ids=list(ids)) if ids else []
        self._children = _grouped(children, ids, lambda one: one.discussion)

    def children(self, id: DiscussionId) -> Sequence[Child]:
        return self._children[id] if id in self._children else super().children(id)


class ConversationsAhead(ConversationsInSql):
    __slots__ = ("_installed",)

    def __init__(self, tx: Transaction, people: Collection[PersonId]) -> None:
        super().__init__(tx)
        found = self.installed_for_all(people)
        self._installed: Mapping[PersonId, Reference | None] = {id: found.get(id) for id in people}

    def installed_for(self, person: PersonId) -> Reference | None:
        return self._installed[person] if person in self._installed else super().installed_for(person)

    def reachable(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        if not self._installed.keys() >= set(people):
            return super().reachable(people)
        return frozenset(id for id in people if self._installed[id] is not None)


class AttentionAhead(AttentionInSql):
    __slots__ = ("_absences", "_actions", "_snoozes")

    def __init__(self, tx: Transaction, actions: Collection[ActionId], people: Collection[PersonId]) -> None:
        super().__init__(tx)
        self._absences = _grouped(super().absences(people), people, lambda one: one.person)
        self._actions = frozenset(actions)
        found = self.snoozed_of_actions(actions)
        self._snoozes = {(one.action, one.person): one for one in found}

    def absences(self, people: Collection[PersonId]) -> Sequence[Absence]:
        if not self._absences.keys() >= set(people):
            return super().absences(people)
        return [one for id in dict.fromkeys(people) for one in self._absences[id]]

    def snoozed(self, of: Collection[tuple[ActionId, PersonId]]) -> Sequence[Snooze]:
        if not self._actions >= {action for action, _ in of}:
            return super().snoozed(of)
        return [self._snoozes[one] for one in of if one in self._snoozes]


class Ahead:
    """These actions, discussions and people, and everybody who is named on the actions' cards.

    Actions, discussions and people have only to be read once: the transaction knows them from then on.
    """

    def __init__(
        self,
        tx: Transaction,
        actions: Collection[ActionId],
        discussions: Collection[DiscussionId] = (),
        recipients: Collection[PersonId] = (),
    ) -> None:
        found = ACTIONS.all(tx, _ACTIONS, ids=list(actions)) if actions else []
        about = {*discussions, *(one.discussion for one in found)}
        chairs = {one.chair for one in DISCUSSIONS.all(tx, _DISCUSSIONS, ids=list(about))} if about else set()
        to_be_reached = {*recipients, *_known(id for one in found for id in (one.owner, one.handed_to))}
        named = (id for one in found for id in (*one.feedback_to, one.state_by))
        PeopleInSql(tx).people(to_be_reached | chairs | _known(named))
        self.actions = ActionsAhead(tx, set(actions))
        self.discussions = DiscussionsAhead(tx, about)
        self.conversations = ConversationsAhead(tx, to_be_reached)
        self.attention = AttentionAhead(tx, set(actions), to_be_reached | chairs)


def named_in(messages: Sequence[Message]) -> tuple[set[ActionId], set[DiscussionId], set[PersonId]]:
    actions = {ActionId(one.about["action"]) for one in messages if "action" in one.about}
    discussions = {DiscussionId(one.about["discussion"]) for one in messages if "discussion" in one.about}
    return actions, discussions, _known(one.recipient for one in messages)


def _known(people: Iterable[PersonId | None]) -> set[PersonId]:
    return {id for id in people if id is not None}


def _grouped(things: Iterable[T], keys: Iterable[K], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {one: [] for one in keys}
    for thing in things:
        groups[key(thing)].append(thing)
    return groups

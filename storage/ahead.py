"""What making many cards at once will ask for, fetched in a few statements: for reading, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam

from discussions.actions.action import Action
from discussions.actions.promises import Promise
from discussions.attention.kept import Absence, Snooze
from discussions.booking.discussion import Child, Discussion
from discussions.ids import ActionId, DiscussionId
from discussions.needs import Reference
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId
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
    __slots__ = ("_actions", "_promises")

    def __init__(self, tx: Transaction, ids: Collection[ActionId]) -> None:
        super().__init__(tx)
        found = {one.id: one for one in ACTIONS.all(tx, _ACTIONS, ids=list(ids))} if ids else {}
        self._actions = {id: found.get(id) for id in ids}
        said = PROMISES.all(tx, _PROMISES, ids=list(ids)) if ids else []
        self._promises = _grouped(said, ids, lambda one: one.action)

    @property
    def found(self) -> list[Action]:
        return [one for one in self._actions.values() if one is not None]

    def action(self, id: ActionId) -> Action | None:
        return self._actions[id] if id in self._actions else super().action(id)

    def promises(self, id: ActionId) -> Sequence[Promise]:
        return self._promises[id] if id in self._promises else super().promises(id)


class DiscussionsAhead(DiscussionsInSql):
    __slots__ = ("_children", "_discussions")

    def __init__(self, tx: Transaction, ids: Collection[DiscussionId]) -> None:
        super().__init__(tx)
        found = {one.id: one for one in DISCUSSIONS.all(tx, _DISCUSSIONS, ids=list(ids))} if ids else {}
        self._discussions = {id: found.get(id) for id in ids}
        children = CHILDREN.all(tx, _CHILDREN, ids=list(ids)) if ids else []
        self._children = _grouped(children, ids, lambda one: one.discussion)

    @property
    def found(self) -> list[Discussion]:
        return [one for one in self._discussions.values() if one is not None]

    def discussion(self, id: DiscussionId) -> Discussion | None:
        return self._discussions[id] if id in self._discussions else super().discussion(id)

    def children(self, id: DiscussionId) -> Sequence[Child]:
        return self._children[id] if id in self._children else super().children(id)


class PeopleAhead(PeopleInSql):
    """Agencies and desks are few: each is asked for once."""

    __slots__ = ("_agencies", "_desks", "_people")

    def __init__(self, tx: Transaction, ids: Collection[PersonId]) -> None:
        super().__init__(tx)
        found = super().people(ids)
        self._people = {id: found.get(id) for id in ids}
        self._agencies: dict[AgencyId, Agency] = {}
        self._desks: dict[DeskId, Desk] = {}

    def agency(self, id: AgencyId) -> Agency:
        return _once(self._agencies, id, super().agency)

    def desk(self, id: DeskId) -> Desk:
        return _once(self._desks, id, super().desk)

    def person(self, id: PersonId) -> Person | None:
        return self._people[id] if id in self._people else super().person(id)

    def people(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]:
        if not self._people.keys() >= set(ids):
            return super().people(ids)
        found = ((id, self._people[id]) for id in ids)
        return {id: them for id, them in found if them is not None}


class ConversationsAhead(ConversationsInSql):
    __slots__ = ("_installed",)

    def __init__(self, tx: Transaction, people: Collection[PersonId]) -> None:
        super().__init__(tx)
        found = self.installed_for_all(people)
        self._installed = {id: found.get(id) for id in people}

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
    """These actions, discussions and people, and everybody who is named on the actions' cards."""

    def __init__(
        self,
        tx: Transaction,
        actions: Collection[ActionId],
        discussions: Collection[DiscussionId] = (),
        recipients: Collection[PersonId] = (),
    ) -> None:
        self.actions = ActionsAhead(tx, set(actions))
        self.discussions = DiscussionsAhead(tx, {*discussions, *(one.discussion for one in self.actions.found)})
        owners = _known(id for one in self.actions.found for id in (one.owner, one.handed_to))
        to_be_reached = {*recipients, *owners}
        chairs = {one.chair for one in self.discussions.found}
        named = (id for one in self.actions.found for id in (*one.feedback_to, one.state_by))
        self.people = PeopleAhead(tx, to_be_reached | chairs | _known(named))
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


def _once(known: dict[K, T], key: K, find: Callable[[K], T]) -> T:
    if key not in known:
        known[key] = find(key)
    return known[key]

"""Hand-written doubles of everything kept: the Protocols of `needs`, held in plain dicts and lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise, PromiseState
from discussions.actions.receipts import Receipt
from discussions.agenda.facts import Fact
from discussions.ids import ActionId, DiscussionId, PromiseId
from discussions.needs import NewId
from discussions.people import DeskId, PersonId
from discussions.post import Message
from discussions.refusals import Stale
from tests.doubles_attention import AttentionInMemory
from tests.doubles_booking import ChasesInMemory, DiscussionsInMemory, MeetingsInMemory, ReportsInMemory
from tests.doubles_feeds import FeedsInMemory
from tests.doubles_people import CardsInMemory, ConversationsInMemory, PeopleInMemory
from tests.doubles_post import (
    BudgetsInMemory,
    DialogsInMemory,
    LinksInMemory,
    OutboxInMemory,
    PracticesInMemory,
    ToldInMemory,
    TrailInMemory,
    TurnsInMemory,
)
from tests.doubles_secure import SecureLinksInMemory
from tests.doubles_slots import SlotsInMemory


@dataclass(frozen=True, slots=True)
class CalendarOfDays:
    """Bank holidays as a set of days."""

    holidays: frozenset[date] = frozenset()

    def is_bank_holiday(self, day: date) -> bool:
        return day in self.holidays


def counted_ids(prefix: str = "id") -> NewId:
    """new_id for tests: id-1, id-2, …"""
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers):04}"


@dataclass(slots=True)
class FactsInMemory:
    facts: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        if any(_place(one) == _place(fact) and one.version == fact.version for one in self.facts):
            raise Stale("this answer")
        self.facts.append(fact)

    def current(self, discussion: DiscussionId) -> Sequence[Fact]:
        newest: dict[tuple[str, str, str, int], Fact] = {}
        for fact in self.history(discussion):
            if fact.version > newest.get(_place(fact), replace(fact, version=0)).version:
                newest[_place(fact)] = fact
        return [fact for fact in self.history(discussion) if newest[_place(fact)] == fact]

    def history(self, discussion: DiscussionId) -> Sequence[Fact]:
        return [fact for fact in self.facts if fact.discussion == discussion]


def _place(fact: Fact) -> tuple[str, str, str, int]:
    return fact.discussion, fact.field, fact.subject, fact.sequence


@dataclass(slots=True)
class ActionsInMemory:
    actions: dict[ActionId, Action] = field(default_factory=dict)
    all_promises: dict[PromiseId, Promise] = field(default_factory=dict)
    chair_of: Callable[[Action], PersonId | None] = field(default=lambda action: None)
    all_receipts: dict[tuple[ActionId, datetime, str], Receipt] = field(default_factory=dict)

    def add(self, action: Action, promises: Sequence[Promise]) -> None:
        if action.number in {one.number for one in self.of_discussion(action.discussion)}:
            raise Stale("the actions of this discussion")
        self.actions[action.id] = action
        self.add_promises(promises)

    def action(self, id: ActionId) -> Action | None:
        return self.actions.get(id)

    def save(self, action: Action) -> Action:
        if self.actions[action.id].version != action.version:
            raise Stale("this action")
        self.actions[action.id] = replace(action, version=action.version + 1)
        if not action.state.is_open and not action.unheard:
            self.void_promises(action.id)
        return self.actions[action.id]

    def of_discussion(self, id: DiscussionId) -> Sequence[Action]:
        return sorted((one for one in self.actions.values() if one.discussion == id), key=lambda one: one.number)

    def waiting_on(self, action: Action) -> Sequence[Action]:
        return [
            one for one in self.of_discussion(action.discussion) if one.waits_for == action.id and one.state.is_open
        ]

    def of_person(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        def is_theirs(one: Action) -> bool:
            return person in (one.owner, one.handed_to) or (desk is not None and one.desk == desk)

        found = (one for one in self.actions.values() if one.state.is_open and is_theirs(one))
        return sorted(found, key=lambda one: (one.due_at, one.number))

    def of_chair(self, person: PersonId) -> Sequence[Action]:
        found = (one for one in self.actions.values() if one.state.is_open and self.chair_of(one) == person)
        return sorted(found, key=lambda one: (one.due_at, one.id))

    def unheard_of_chair(self, person: PersonId) -> Sequence[Action]:
        found = [one for one in self.actions.values() if one.unheard and self.chair_of(one) == person]
        return sorted(found, key=lambda one: (one.state_at, one.id))

    def turned_of_chair(self, person: PersonId) -> Sequence[Action]:
        states = (ActionState.CANNOT, ActionState.SUPERSEDED)
        found = [one for one in self.actions.values() if one.state in states and self.chair_of(one) == person]
        return sorted(found, key=lambda one: (one.state_at, one.id))

    def unheard_by(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        chaired = {one.id for one in self.unheard_of_chair(person)}
        found = [
            one
            for one in self.actions.values()
            if one.unheard and (person in one.feedback_to or desk in one.feedback_desks or one.id in chaired)
        ]
        return sorted(found, key=lambda one: (one.state_at, one.id))

    def receipts(self, id: ActionId) -> Sequence[Receipt]:
        return [one for one in self.all_receipts.values() if one.action == id]

    def add_receipt(self, receipt: Receipt) -> bool:
        key = (receipt.action, receipt.of, receipt.whom)
        return self.all_receipts.setdefault(key, receipt) is receipt

    def forget_receipts(self, id: ActionId) -> None:
        self.all_receipts = {key: one for key, one in self.all_receipts.items() if one.action != id}

    def promises(self, id: ActionId) -> Sequence[Promise]:
        found = (one for one in self.all_promises.values() if one.action == id)
        return sorted(found, key=lambda one: (one.due_at, one.step, one.round))

    def add_promises(self, promises: Sequence[Promise]) -> None:
        for promise in promises:
            assert promise.id not in self.all_promises
            self.all_promises[promise.id] = promise

    def save_promise(self, promise: Promise) -> None:
        assert promise.id in self.all_promises
        self.all_promises[promise.id] = promise

    def void_promises(self, id: ActionId) -> None:
        for promise in self.promises(id):
            if promise.state is PromiseState.WAITING:
                self.all_promises[promise.id] = replace(promise, state=PromiseState.VOID)

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        found = (one for one in self.all_promises.values() if one.state is PromiseState.WAITING and one.due_at <= now)
        return sorted(found, key=lambda one: (not one.urgent, one.due_at, one.id))[:limit]


@dataclass(slots=True)
class MarksInMemory:
    kept: dict[str, datetime] = field(default_factory=dict)

    def find(self, name: str) -> datetime | None:
        return self.kept.get(name)

    def put(self, name: str, at: datetime) -> None:
        self.kept[name] = at


@dataclass(slots=True)
class StoreInMemory:
    """All that is kept; no transaction, so a use-case that raises may leave half of its changes."""

    people: PeopleInMemory = field(default_factory=PeopleInMemory)
    conversations: ConversationsInMemory = field(default_factory=ConversationsInMemory)
    cards: CardsInMemory = field(default_factory=CardsInMemory)
    discussions: DiscussionsInMemory = field(default_factory=DiscussionsInMemory)
    chases: ChasesInMemory = field(default_factory=ChasesInMemory)
    meetings: MeetingsInMemory = field(default_factory=MeetingsInMemory)
    facts: FactsInMemory = field(default_factory=FactsInMemory)
    reports: ReportsInMemory = field(default_factory=ReportsInMemory)
    actions: ActionsInMemory = field(default_factory=ActionsInMemory)
    outbox: OutboxInMemory = field(default_factory=OutboxInMemory)
    budgets: BudgetsInMemory = field(default_factory=BudgetsInMemory)
    dialogs: DialogsInMemory = field(default_factory=DialogsInMemory)
    turns: TurnsInMemory = field(default_factory=TurnsInMemory)
    trail: TrailInMemory = field(default_factory=TrailInMemory)
    links: LinksInMemory = field(default_factory=LinksInMemory)
    secure_links: SecureLinksInMemory = field(default_factory=SecureLinksInMemory)
    slots: SlotsInMemory = field(default_factory=SlotsInMemory)
    feeds: FeedsInMemory = field(default_factory=FeedsInMemory)
    practices: PracticesInMemory = field(default_factory=PracticesInMemory)
    marks: MarksInMemory = field(default_factory=MarksInMemory)
    attention: AttentionInMemory = field(default_factory=AttentionInMemory)

    @property
    def told(self) -> ToldInMemory:
        return ToldInMemory(self.outbox)

    def __post_init__(self) -> None:
        self.actions.chair_of = self._chair_of

    def ahead(self, messages: Sequence[Message]) -> StoreInMemory:
        return self

    def ahead_of(self, actions: Collection[ActionId]) -> StoreInMemory:
        return self

    def _chair_of(self, action: Action) -> PersonId | None:
        discussion = self.discussions.discussion(action.discussion)
        return discussion.chair if discussion else None

"""What the rules need from outside, as Protocols, a file a subject, and the bundle handed to a use-case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from discussions.clocks import Calendar
from discussions.ids import ActionId
from discussions.needs.actions import ActionStore, AuditStore, Backlog, LookedAt
from discussions.needs.attention import AttentionStore
from discussions.needs.chases import ChaseStore
from discussions.needs.discussions import DiscussionStore, FactStore, ReportStore
from discussions.needs.feeds import FeedStore
from discussions.needs.meetings import MeetingStore
from discussions.needs.people import CardStore, ConversationStore, LiveCard, PeopleStore, Reference
from discussions.needs.post import BudgetStore, DeliveryLogStore, MarkStore, OutboxStore, ToldStore
from discussions.needs.secure import SecureLinkStore
from discussions.needs.slots import SlotStore
from discussions.needs.turns import (
    DialogStore,
    KeptAnswer,
    KeptDialog,
    LinkStore,
    OneTimeLink,
    PracticeStore,
    TrailStore,
    TurnStore,
)
from discussions.post import Message
from discussions.practice.types import Practice

__all__ = [
    "ActionStore",
    "AttentionStore",
    "AuditStore",
    "Backlog",
    "BudgetStore",
    "CardStore",
    "ChaseStore",
    "ConversationStore",
    "DeliveryLogStore",
    "DialogStore",
    "DiscussionStore",
    "FactStore",
    "FeedStore",
    "KeptAnswer",
    "KeptDialog",
    "LinkStore",
    "LiveCard",
    "LookedAt",
    "MarkStore",
    "Means",
    "MeetingStore",
    "NewId",
    "OneTimeLink",
    "OutOfReach",
    "OutboxStore",
    "PeopleStore",
    "PracticeStore",
    "Reference",
    "ReportStore",
    "SecureLinkStore",
    "SlotStore",
    "Store",
    "ToldStore",
    "TrailStore",
    "Transactions",
    "TurnStore",
]


class Store(Protocol):
    """All that is kept, inside one transaction."""

    people: PeopleStore
    conversations: ConversationStore
    cards: CardStore
    discussions: DiscussionStore
    facts: FactStore
    reports: ReportStore
    actions: ActionStore
    chases: ChaseStore
    meetings: MeetingStore
    outbox: OutboxStore
    told: ToldStore
    delivery_log: DeliveryLogStore
    budgets: BudgetStore
    dialogs: DialogStore
    turns: TurnStore
    trail: TrailStore
    links: LinkStore
    secure_links: SecureLinkStore
    slots: SlotStore
    feeds: FeedStore
    practices: PracticeStore
    audit: AuditStore
    attention: AttentionStore
    marks: MarkStore

    def ahead(self, messages: Sequence[Message]) -> Store:
        """The same, for reading: what the cards of these messages ask for is there already, as it is kept now."""

    def ahead_of(self, actions: Collection[ActionId]) -> Store:
        """As `ahead`, for these actions and whoever is named on them. What is written goes on being written."""


NewId = Callable[[], str]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Means:
    """What a use-case has at hand for one transaction; nothing in it is reached for anywhere else."""

    store: Store
    practice: Practice
    calendar: Calendar
    now: datetime
    new_id: NewId
    makes_meetings: bool = False
    """Whether Teams meetings can be made for discussions."""


class OutOfReach(Exception):
    """What is kept cannot be reached just now. `is_in_doubt`: the change may have been kept all the same."""

    def __init__(self, is_in_doubt: bool) -> None:
        super().__init__("may have been kept" if is_in_doubt else "not kept")
        self.is_in_doubt = is_in_doubt


class Transactions(Protocol):
    """The roof's way to a use-case: one transaction, in one hop to a thread."""

    async def run(self, use_case: Callable[..., R], *arguments: object) -> R:
        """Calls `use_case(means, *arguments)`; commits when it returns, rolls back when it raises.

        Raises OutOfReach too."""

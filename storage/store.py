"""All that is kept, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy

from discussions.ids import ActionId
from discussions.needs import (
    ActionStore,
    AttentionStore,
    AuditStore,
    BudgetStore,
    CardStore,
    ChaseStore,
    ConversationStore,
    DeliveryLogStore,
    DialogStore,
    DiscussionStore,
    FactStore,
    FeedStore,
    LinkStore,
    MarkStore,
    MeetingStore,
    OutboxStore,
    PeopleStore,
    PracticeStore,
    ReportStore,
    SecureLinkStore,
    SlotStore,
    ToldStore,
    TrailStore,
    TurnStore,
)
from discussions.post import Message
from storage.actions import ActionsInSql
from storage.ahead import Ahead, named_in
from storage.attention import AttentionInSql
from storage.audit import AuditInSql
from storage.budgets import BudgetsInSql
from storage.chases import ChasesInSql
from storage.conversations import ConversationsInSql
from storage.delivery_log import DeliveryLogInSql
from storage.dialogs import DialogsInSql
from storage.discussions import DiscussionsInSql
from storage.facts import FactsInSql
from storage.feeds import FeedsInSql
from storage.links import LinksInSql
from storage.live_cards import CardsInSql
from storage.marks import MarksInSql
from storage.meetings import MeetingsInSql
from storage.outbox import OutboxInSql
from storage.people import PeopleInSql
from storage.practices import PracticesInSql
from storage.reports import ReportsInSql
from storage.rows import Transaction
from storage.secure_links import SecureLinksInSql
from storage.slots import SlotsInSql
from storage.told import ToldInSql
from storage.trail import TrailInSql
from storage.turns import TurnsInSql


class StoreInSql:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._trail = TrailInSql(tx)
        self.people: PeopleStore = PeopleInSql(tx)
        self.conversations: ConversationStore = ConversationsInSql(tx)
        self.cards: CardStore = CardsInSql(tx)
        self.discussions: DiscussionStore = DiscussionsInSql(tx)
        self.facts: FactStore = FactsInSql(tx)
        self.reports: ReportStore = ReportsInSql(tx)
        self.actions: ActionStore = ActionsInSql(tx)
        self.chases: ChaseStore = ChasesInSql(tx)
        self.meetings: MeetingStore = MeetingsInSql(tx)
        self.outbox: OutboxStore = OutboxInSql(tx)
        self.told: ToldStore = ToldInSql(tx)
        self.delivery_log: DeliveryLogStore = DeliveryLogInSql(tx)
        self.budgets: BudgetStore = BudgetsInSql(tx)
        self.dialogs: DialogStore = DialogsInSql(tx)
        self.turns: TurnStore = TurnsInSql(tx)
        self.trail: TrailStore = self._trail
        self.links: LinkStore = LinksInSql(tx)
        self.secure_links: SecureLinkStore = SecureLinksInSql(tx)
        self.slots: SlotStore = SlotsInSql(tx)
        self.feeds: FeedStore = FeedsInSql(tx)
        self.practices: PracticeStore = PracticesInSql(tx)
        self.audit: AuditStore = AuditInSql(tx)
        self.attention: AttentionStore = AttentionInSql(tx)
        self.marks: MarkStore = MarksInSql(tx)

    def ahead(self, messages: Sequence[Message]) -> StoreInSql:
        return self._reading(Ahead(self._tx, *named_in(messages)))

    def ahead_of(self, actions: Collection[ActionId]) -> StoreInSql:
        return self._reading(Ahead(self._tx, actions))

    def _reading(self, found: Ahead) -> StoreInSql:
        ahead = copy(self)
        ahead.actions, ahead.discussions = found.actions, found.discussions
        ahead.conversations, ahead.attention = found.conversations, found.attention
        return ahead

    def finish(self) -> None:
        """What waits for the end of the transaction; called before the commit."""
        self._trail.append_waiting()

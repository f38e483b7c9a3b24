"""What is kept of a life, page by page: everything as it stood before and after each thing that happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from discussions.actions.action import Action
from discussions.actions.promises import Promise
from discussions.actions.receipts import Receipt
from discussions.ids import DiscussionId
from discussions.needs import Store
from discussions.post import Delivery, Message
from discussions.trail import Entry
from storage.database import Database
from storage.outbox import DELIVERIES, MESSAGES
from storage.tables import delivery, outbox
from tests.scenarios.life.replicas import TwoReplicas
from tests.teams.people import Answer

DISCUSSION = DiscussionId("a-life")


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of the outbox as it stands."""

    message: Message
    state: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at one moment. `said` counts what stands in all chats so far."""

    actions: dict[str, Action]
    promises: dict[str, Promise]
    receipts: dict[str, list[Receipt]]
    outbox: dict[str, Kept]
    ledger: list[Delivery]
    trail: list[Entry]
    said: int


@dataclass(frozen=True, slots=True)
class Done:
    """A deed as it was done: what was pressed, with the version that its card showed, or what was typed."""

    who: str
    what: str
    action: str | None
    seen: int | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Page:
    """`ticked`: a tick came to its end; `delivered`: sending went on, ticks included. `troubles`: whatever broke within
    a replica meanwhile."""

    at: datetime
    what: str
    before: Standing
    after: Standing
    deeds: tuple[Done, ...] = ()
    ticked: bool = False
    began_to_tick: bool = False
    troubles: tuple[Any, ...] = ()


@dataclass(slots=True)
class Books:
    """All pages of one life, and what the world outside can witness of it: chats, faults, mails."""

    world: TwoReplicas
    has_mail: bool
    mails: list[str]
    pages: list[Page] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    """Whose chat was taken away at some time."""

    @property
    def end(self) -> Standing:
        return self.pages[-1].after


_ALL_MESSAGES = select(*MESSAGES.columns, outbox.c.state, outbox.c.ended_at).order_by(outbox.c.place)
_ALL_LINES = select(*DELIVERIES.columns).order_by(delivery.c.place)


def standing(world: TwoReplicas) -> Standing:
    said = len(world.record)
    actions, promises, receipts, trail = world.look(read_actions)
    messages, ledger = world.database.threads.submit(read_outbox, world.database).result()
    return Standing(actions, promises, receipts, messages, ledger, trail, said)


def read_actions(store: Store) -> Any:
    actions = {one.id: one for one in store.actions.of_discussion(DISCUSSION)}
    promises = {one.id: one for id in actions for one in store.actions.promises(id)}
    receipts = {id: list(store.actions.receipts(id)) for id in actions}
    return actions, promises, receipts, list(store.trail.entries())


def read_outbox(database: Database) -> tuple[dict[str, Kept], list[Delivery]]:
    with database.begin() as tx:
        messages = [Kept(MESSAGES.thing(tx, row), row[-2], row[-1]) for row in tx.do(_ALL_MESSAGES).rows]
        lines = DELIVERIES.all(tx, _ALL_LINES)
    return {one.message.id: one for one in messages}, list(lines)

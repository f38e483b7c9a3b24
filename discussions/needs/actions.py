"""What was agreed and is nudged, and what the auditor re-reads of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from discussions.actions.action import Action
from discussions.actions.promises import Promise
from discussions.actions.receipts import Receipt
from discussions.ids import ActionId, ChaseId, DiscussionId, MessageId, PromiseId
from discussions.people import DeskId, PersonId


class ActionStore(Protocol):
    def add(self, action: Action, promises: Sequence[Promise]) -> None: ...
    def action(self, id: ActionId) -> Action | None: ...
    def save(self, action: Action) -> Action:
        """As DiscussionStore.save."""

    def of_discussion(self, id: DiscussionId) -> Sequence[Action]: ...
    def waiting_on(self, action: Action) -> Sequence[Action]:
        """Open ones of the same discussion that wait for this one."""

    def of_person(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        """Open actions owned by the person, by their desk, or handed to them and not yet accepted."""

    def of_chair(self, person: PersonId) -> Sequence[Action]:
        """Open actions of all discussions that the person chairs, the first due first."""

    def unheard_of_chair(self, person: PersonId) -> Sequence[Action]:
        """Those of the person's discussions that have ended and that somebody has still to hear of, newest end last."""

    def turned_of_chair(self, person: PersonId) -> Sequence[Action]:
        """Those of the person's discussions that can't be done or were replaced, as long as their content is kept."""

    def unheard_by(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        """Unheard ones that name the person or desk among those who must hear, or whose chair the person is."""

    def receipts(self, id: ActionId) -> Sequence[Receipt]:
        """In the order in which they were given."""

    def add_receipt(self, receipt: Receipt) -> bool:
        """False when it was received for this person or desk already: the first one stands."""

    def forget_receipts(self, id: ActionId) -> None:
        """It is open again, so what comes of it must be heard anew; the trail keeps who had heard."""

    def promises(self, id: ActionId) -> Sequence[Promise]: ...
    def add_promises(self, promises: Sequence[Promise]) -> None: ...
    def save_promise(self, promise: Promise) -> None: ...
    def void_promises(self, id: ActionId) -> None:
        """Waiting promises of the action will not be kept any more."""

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        """Waiting promises whose moment has come, of actions still open; urgent first, then oldest first."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One page of open actions, in the order of their ids: `last` where to go on, None after the last page."""

    unpromised: Sequence[ActionId]
    last: ActionId | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the outbox, and since when the oldest of what is due has been due."""

    waiting: int
    due_since: datetime | None


class AuditStore(Protocol):
    """What the auditor re-reads, through indexes alone: an answer holds at most `most` ids, the oldest first."""

    def unsaid(self, before: datetime, most: int) -> Sequence[PromiseId | ChaseId]:
        """Waiting promises, and chases of discussions, that were due before this moment."""

    def unwritten(self, since: datetime, before: datetime, most: int) -> Sequence[PromiseId | ChaseId]:
        """Promises and chases said between these moments of which the outbox holds no message."""

    def unchased(self, after: datetime, most: int) -> Sequence[DiscussionId]:
        """Booked discussions that start after this moment and were never given a chase."""

    def queued(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages due before this moment that nobody has ever tried."""

    def claimed(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages whose lease ended before this moment, and nobody took them over."""

    def retried(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages still open though their first attempt was before this moment."""

    def unaccounted(self, since: datetime, most: int) -> Sequence[MessageId]:
        """Messages that ended since without the ledger's line for it, or are open though the ledger says sent."""

    def open_actions(self, after: ActionId | None, most: int) -> LookedAt:
        """A page of `most` open actions, and which of them have no promise waiting; with the first page also what has
        ended, is not heard by all, and has none.
        """

    def backlog(self, now: datetime) -> Backlog: ...

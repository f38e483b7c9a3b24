"""An action and its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import ActionId, ChildId, DiscussionId
from discussions.people import DeskId, PersonId


class ActionState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CANNOT = "cannot"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.DECLINED)

    @property
    def is_to_be_heard(self) -> bool:
        """What came of it goes to those who must hear, and each says that they have it."""
        return self in (ActionState.DONE, ActionState.CANNOT)


@dataclass(frozen=True, slots=True)
class Action:
    """All moments are UTC. `Overdue` is derived, never stored. The owner is one person, or one desk.

    `kind` is a kind of the practice file's nudge policy: immediate_safety, enquiry, other.
    `blocked` holds what is in the way, in the owner's words; the clock runs on all the same.
    `asked_until`/`asked_why` are an unanswered request for more time, `offered_until` what the chair proposes instead;
    `handed_to` an unanswered hand-over.
    `waits_for`: another action of the discussion must be done first. `replaces`: the one that this came in place of;
    `contingency_of`: the one that can't be done, so that this became needed.
    `unheard`: it has ended, and somebody who must hear what came of it has not said that they have it.
    `state_by` pressed or, when `on_behalf`, recorded what the owner said by telephone.
    """

    id: ActionId
    discussion: DiscussionId
    number: int
    kind: str
    wording: str
    owner: PersonId | None
    desk: DeskId | None
    due_at: datetime
    feedback_to: tuple[PersonId, ...]
    practice: str
    created_at: datetime
    created_by: PersonId
    child: ChildId | None = None
    measure: str | None = None
    feedback_how: str | None = None
    contingency: str | None = None
    state: ActionState = ActionState.PROPOSED
    state_at: datetime | None = None
    state_by: PersonId | None = None
    on_behalf: bool = False
    note: str | None = None
    blocked: str | None = None
    asked_until: datetime | None = None
    asked_why: str | None = None
    handed_to: PersonId | None = None
    version: int = 1
    feedback_desks: tuple[DeskId, ...] = ()
    offered_until: datetime | None = None
    waits_for: ActionId | None = None
    replaces: ActionId | None = None
    contingency_of: ActionId | None = None
    unheard: bool = False

    def is_overdue(self, now: datetime) -> bool:
        return self.state.is_open and self.due_at < now

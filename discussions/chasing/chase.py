"""A chase: one moment at which something will be said about a discussion that has not started yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.actions.promises import PromiseState
from discussions.ids import ChaseId, DiscussionId, InvitationId


@dataclass(frozen=True, slots=True)
class Chase:
    """Frozen when somebody is asked. `invitation`: None where it is about the whole discussion.

    `step` and `to` are the practice's words as they stood then. `starts_at` is the start that it was counted for: of
    another one it says nothing. `due_at` is UTC, hours kept.
    """

    id: ChaseId
    discussion: DiscussionId
    invitation: InvitationId | None
    step: str
    to: str
    starts_at: datetime
    due_at: datetime
    urgent: bool
    state: PromiseState = PromiseState.WAITING
    said_at: datetime | None = None

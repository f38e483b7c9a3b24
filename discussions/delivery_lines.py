"""The delivery ledger as it is read: what was to be said, to whom by id, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from discussions.ids import DiscussionId, MessageId
from discussions.people import PersonId
from discussions.post import DeliveryState, MessageKind

SENDING: Final = "sending"
"""Claimed under a lease right now: as a message stands, beside the states of the ledger."""
AGAIN: Final = "again"
"""The name in `about` under which a message that is said again names the one before."""
STUCK_AFTER: Final = timedelta(minutes=15)
"""As the auditor has it: due for so long and not ended."""
STANDINGS: Final = (SENDING, *(state.value for state in DeliveryState))


@dataclass(frozen=True, slots=True)
class Logged:
    """One message. `stands` is its state, or SENDING; `at` and `code` are of the ledger's newest line about it."""

    id: MessageId
    kind: MessageKind
    recipient: PersonId | None
    reference: str | None
    stands: str
    due_at: datetime
    at: datetime | None
    next_at: datetime | None
    attempts: int
    code: str | None
    by_mail: bool
    urgent: bool
    has_ended: bool
    again_of: MessageId | None


@dataclass(frozen=True, slots=True)
class Which:
    """Which messages are meant; None leaves that out. `since`: ended since then, or not ended yet."""

    standing: str | None = None
    person: PersonId | None = None
    discussion: DiscussionId | None = None
    since: datetime | None = None
    stuck_at: datetime | None = None
    """Due STUCK_AFTER before this moment, and not ended."""

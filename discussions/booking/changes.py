"""What was changed about a booking, as it is kept: moved, cancelled, handed over; with what was so before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.booking.discussion import Form
from discussions.ids import ChangeId, DiscussionId
from discussions.people import PersonId


class ChangeKind(StrEnum):
    MOVED = "moved"
    """Another time or form: everybody answers again."""
    DETAILS = "details"
    """Only how to join: whoever comes still comes."""
    CANCELLED = "cancelled"
    CHAIR_OFFERED = "chair offered"
    CHAIR_TAKEN = "chair taken"
    CHAIR_REFUSED = "chair refused"
    BOOKING_OFFERED = "booking offered"
    BOOKING_TAKEN = "booking taken"
    BOOKING_REFUSED = "booking refused"
    DUTY_TOLD = "duty desk told"
    DUTY_TAKEN = "duty desk has it"
    HELD_BY_PHONE = "held by phone"
    ADJOURNED = "adjourned"
    CHILD_ADDED = "child added"


MOVES = frozenset({ChangeKind.MOVED, ChangeKind.DETAILS, ChangeKind.ADJOURNED})


@dataclass(frozen=True, slots=True)
class Change:
    """`starts_at`, `form` and `join_details` are what was so before. `reason` is a code of the practice, `words` what
    was said with it. `person` is who was asked or had it before. `safety`: what keeps the children safe meanwhile.
    """

    id: ChangeId
    discussion: DiscussionId
    kind: ChangeKind
    at: datetime
    who: PersonId
    starts_at: datetime
    form: Form
    join_details: str | None = None
    reason: str | None = None
    words: str | None = None
    person: PersonId | None = None
    safety: str | None = None


def last_move(changes: Sequence[Change]) -> Change | None:
    moves = [one for one in changes if one.kind in MOVES]
    return moves[-1] if moves else None

"""Changing a booking as data: why it is moved or cancelled, and when one that did not begin is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """Why a discussion is moved or cancelled: counted by its code, read by its label."""

    code: str
    label: str
    source: str


USUAL_MOVES = (
    ChangeReason("not_free", "Somebody who must be there is not free", "UCP"),
    ChangeReason(OTHER, "Another reason", "UCP"),
)
USUAL_CANCELS = (
    ChangeReason("threshold_not_met", "Threshold not met", "UCP"),
    ChangeReason("superseded", "Superseded", "UCP"),
    ChangeReason("duplicate", "Booked twice", "UCP"),
    ChangeReason("error", "Booked in error", "UCP"),
    ChangeReason(OTHER, "Another reason", "UCP"),
)


@dataclass(frozen=True, slots=True)
class Changing:
    """The defaults hold for practices kept from before bookings could be changed.

    `urgent` are the urgencies of which a cancellation says what keeps the children safe. One that did not begin is
    asked about `asked_after_minutes` after its start; at `told_at` of that day, and `told_after_minutes` after the
    start at the soonest, the service manager is told. Of a full meeting that must follow a telephone discussion and is
    not booked, its people are reminded once this share of its time has passed.
    """

    move_reasons: tuple[ChangeReason, ...] = USUAL_MOVES
    cancel_reasons: tuple[ChangeReason, ...] = USUAL_CANCELS
    urgent: tuple[str, ...] = ("U0", "U1", "U2")
    asked_after_minutes: int = 15
    told_at: time = time(17)
    told_after_minutes: int = 60
    full_meeting_asked_at: float = 0.5
    source: str = "DESIGN, UCP"

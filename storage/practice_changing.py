"""The part of a practice file on changing a booking."""

from __future__ import annotations

from datetime import time

from pydantic import Field

from discussions.practice import changing as practice
from storage.practice_values import ATime, Count, Row


class ChangingRow(Row):
    """With the defaults of practices from before bookings could be changed."""

    move_reasons: tuple[practice.ChangeReason, ...] = Field(default=practice.USUAL_MOVES, min_length=1)
    cancel_reasons: tuple[practice.ChangeReason, ...] = Field(default=practice.USUAL_CANCELS, min_length=1)
    urgent: tuple[str, ...] = ("U0", "U1", "U2")
    asked_after_minutes: Count = 15
    told_at: ATime = time(17)
    told_after_minutes: Count = 60
    full_meeting_asked_at: float = Field(default=0.5, ge=0, le=1)
    source: str = "DESIGN, UCP"

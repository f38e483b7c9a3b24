"""The time limits of the practice: urgencies with their windows, the other clocks, and how working days are counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discussions.clocks import Clock


class IcpcAnchor(StrEnum):
    """Which discussion starts the ICPC clock; areas differ."""

    S47_START = "s47_start"
    LAST_DISCUSSION = "last_discussion"


@dataclass(frozen=True, slots=True)
class Urgency:
    """`window` runs from the decision to hold the discussion; `forms` are the ways it may be held, the advised
    one first. `full_meeting_within` is the meeting that must follow when it was first held by telephone.
    """

    code: str
    name: str
    meaning: str
    window: Clock
    forms: tuple[str, ...]
    source: str
    full_meeting_within: Clock | None = None
    uses_short_agenda: bool = False
    is_review: bool = False

    @property
    def phone_allowed(self) -> bool:
        return "phone" in self.forms


@dataclass(frozen=True, slots=True)
class PracticeClock:
    """A named time limit; `starts` says in words what sets it going."""

    code: str
    name: str
    clock: Clock
    starts: str
    source: str

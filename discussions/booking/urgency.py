"""How soon a discussion must start: the urgency asked for, raised by what is so, and the moment it comes to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from discussions.clocks import Calendar, Clock
from discussions.practice.clock_rules import Urgency
from discussions.practice.types import Condition, Practice

POLICE_PROTECTION = "police_protection"


@dataclass(frozen=True, slots=True)
class Pressing:
    """`because` are the reasons for which it is raised above what was asked. `ends` is the latest start, UTC: the end
    of the window, or the end of police protection where that comes first.
    """

    asked: Urgency
    urgency: Urgency
    because: tuple[str, ...]
    window: Clock
    window_ends: datetime
    protection_ends: datetime | None

    @property
    def is_raised(self) -> bool:
        return self.urgency.code != self.asked.code

    @property
    def ends(self) -> datetime:
        return min(self.window_ends, self.protection_ends or self.window_ends)

    @property
    def is_protection_first(self) -> bool:
        return self.ends < self.window_ends


@dataclass(frozen=True, slots=True)
class Asked:
    """What the booker said about time. `kept_lower` is a manager's reason to leave the urgency where it was asked.

    `follows_call_at`: when the telephone discussion was that this full meeting must follow.
    """

    urgency: str
    decided_at: datetime
    protection_since: datetime | None = None
    kept_lower: str | None = None
    follows_call_at: datetime | None = None


def pressing_for(practice: Practice, calendar: Calendar, asked: Asked, conditions: Collection[Condition]) -> Pressing:
    wanted = practice.urgency(asked.urgency)
    because = tuple(rule.because for rule in practice.urgency_raises if rule.when in conditions)
    risen = wanted if asked.kept_lower or not because else one_up(practice, wanted)
    window, since = risen.window, asked.decided_at
    if asked.follows_call_at is not None:
        window, since = full_meeting_clock(practice, risen), asked.follows_call_at
    ends = window.deadline(since, calendar, practice.counting)
    return Pressing(wanted, risen, because, window, ends, protection_end(practice, calendar, asked.protection_since))


def one_up(practice: Practice, urgency: Urgency) -> Urgency:
    """The next quicker one; the practice lists them from the quickest on. However much is so, it rises one level."""
    return practice.urgencies[max(practice.urgencies.index(urgency) - 1, 0)]


def is_lower(practice: Practice, urgency: str, than: str) -> bool:
    codes = [known.code for known in practice.urgencies]
    return codes.index(urgency) > codes.index(than)


def full_meeting_clock(practice: Practice, urgency: Urgency) -> Clock:
    """How soon a full meeting follows a telephone discussion; where this urgency does not say, the first that does."""
    following = (urgency.full_meeting_within, *(other.full_meeting_within for other in practice.urgencies))
    return next((clock for clock in following if clock is not None), urgency.window)


def protection_end(practice: Practice, calendar: Calendar, since: datetime | None) -> datetime | None:
    clocks = [known.clock for known in practice.clocks if known.code == POLICE_PROTECTION]
    return clocks[0].deadline(since, calendar, practice.counting) if since and clocks else None

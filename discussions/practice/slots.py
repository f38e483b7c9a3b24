"""What the practice says of agencies' slots: what is kept for urgent ones, holds, and the ways when none is free."""

from __future__ import annotations

from dataclasses import dataclass

from discussions.clocks import Clock, ClockHours

THREE_HOURS = ClockHours(3)


@dataclass(frozen=True, slots=True)
class Shortage:
    """An agency without a place in time. `code` is the reason under which the breach is counted. Who may decide to come
    all the same, and who manages it: a desk by its name, or whoever holds a role; None where nobody is known.
    """

    agency: str
    code: str
    label: str
    decides_desk: str | None = None
    decides_role: str | None = None
    manager_role: str | None = None


@dataclass(frozen=True, slots=True)
class SlotRules:
    """The defaults hold for practices kept from before there were slots."""

    urgent: tuple[str, ...] = ("U0", "U1")
    urgent_share: float = 0.25
    release_before: Clock = THREE_HOURS
    hold_minutes: int = 10
    times_offered: int = 3
    joins_at_most: int = 1
    other_code: str = "CAPACITY_OTHER"
    other_label: str = "Another agency has no place in time"
    shortages: tuple[Shortage, ...] = ()
    source: str = "UCP"

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """Every reason with its words."""
        return (*((one.code, one.label) for one in self.shortages), (self.other_code, self.other_label))

    def shortage_of(self, agency: str) -> Shortage:
        """For an agency that the practice does not name, the reason that stands for all others."""
        named = (one for one in self.shortages if one.agency == agency)
        return next(named, Shortage(agency, self.other_code, self.other_label))

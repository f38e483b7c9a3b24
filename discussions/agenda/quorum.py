"""Quorum by agency: who must be there, who is, and what that makes of the discussion. It warns, it never blocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from discussions.booking.discussion import Child
from discussions.practice.quorum import Condition
from discussions.practice.types import Practice


@dataclass(frozen=True, slots=True)
class QuorumLine:
    """One agency that must be there. `is_core` marks the minimum of the guidance; `because` says why it is asked."""

    code: str
    name: str
    is_here: bool
    is_core: bool
    because: str | None


@dataclass(frozen=True, slots=True)
class QuorumLight:
    lines: tuple[QuorumLine, ...]

    @property
    def is_quorate(self) -> bool:
        """The core agencies decide; conditional ones are shown and asked for, but do not make it inquorate."""
        return all(line.is_here for line in self.lines if line.is_core)

    @property
    def missing(self) -> tuple[QuorumLine, ...]:
        return tuple(line for line in self.lines if not line.is_here)

    @property
    def missing_core(self) -> tuple[QuorumLine, ...]:
        return tuple(line for line in self.missing if line.is_core)


def conditions_of(practice: Practice, children: Sequence[Child], today: date) -> frozenset[Condition]:
    """What the booking itself tells: unborn, newborn, near the due date. The rest is answered in the meeting."""
    quorum = practice.quorum
    found = set()
    for child in children:
        if child.born is None:
            found.add(Condition.UNBORN)
        elif today - child.born < timedelta(days=quorum.newborn_under_days):
            found.add(Condition.NEWBORN)
        if child.expected and child.expected - today <= timedelta(weeks=quorum.near_due_date_weeks):
            found.add(Condition.NEAR_DUE_DATE)
    return frozenset(found)


def light_for(practice: Practice, conditions: Collection[Condition], present: Collection[str]) -> QuorumLight:
    """`present` holds agency category codes, with the wholes that they are part of."""
    return QuorumLight(
        tuple(
            QuorumLine(
                code=code,
                name=practice.agency(code).name,
                is_here=code in present,
                is_core=code in practice.quorum.core,
                because=practice.quorum.because(code, conditions),
            )
            for code in practice.quorum.required(conditions)
        )
    )

"""Quorum by agency: who must be there, who is, and what that makes of the discussion. It warns, it never blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from discussions.booking.discussion import Child, Discussion
from discussions.practice.quorum import Condition
from discussions.practice.types import Practice
from discussions.practice.visits import age_on


class Aged(Protocol):
    """A child as far as conditions look at it: a birthday, or the day it is expected."""

    @property
    def born(self) -> date | None: ...
    @property
    def expected(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class QuorumLine:
    """One agency that must be there. `is_core` marks the minimum of the guidance; `because` says why it is asked.

    `said`: an agency that is not there has answered all the same, e.g. "holds no record".
    """

    code: str
    name: str
    is_here: bool
    is_core: bool
    because: str | None
    said: str | None = None


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


def conditions_for(
    practice: Practice, discussion: Discussion, children: Sequence[Child], day: date
) -> frozenset[Condition]:
    """What was told when it was booked. What comes up in the meeting is asked there."""
    return conditions_of(practice, children, day, discussion.context or (), discussion.schools or ())


def conditions_of(
    practice: Practice, children: Sequence[Aged], day: date, ticked: Collection[str] = (), schools: Collection[str] = ()
) -> frozenset[Condition]:
    """`ticked` are codes of booking facts; a school that is named means that a child, or a sibling, is on its roll."""
    told = set(practice.conditions_meant(ticked))
    if schools:
        told.add(Condition.ON_ROLL)
    for child in children:
        told |= set(conditions_of_child(practice, child, day, Condition.INJURY in told))
    return frozenset(told)


def conditions_of_child(practice: Practice, child: Aged, day: date, is_injury_told: bool) -> Iterator[Condition]:
    quorum = practice.quorum
    if child.born is None:
        yield Condition.UNBORN
    elif day - child.born < timedelta(days=quorum.newborn_under_days):
        yield Condition.NEWBORN
    if child.born and is_injury_told and age_on(child.born, day) < quorum.young_under_years:
        yield Condition.YOUNG_AND_INJURED
    if child.expected and child.expected - day <= timedelta(weeks=quorum.near_due_date_weeks):
        yield Condition.NEAR_DUE_DATE


def light_for(
    practice: Practice,
    conditions: Collection[Condition],
    present: Collection[str],
    said: Mapping[str, str] | None = None,
) -> QuorumLight:
    """`present` holds agency category codes, with the wholes that they are part of; `said` what others answered."""
    return QuorumLight(
        tuple(
            QuorumLine(
                code=code,
                name=practice.agency(code).name,
                is_here=code in present,
                is_core=code in practice.quorum.core,
                because=practice.quorum.because(code, conditions),
                said=None if code in present else (said or {}).get(code),
            )
            for code in practice.quorum.required(conditions)
        )
    )

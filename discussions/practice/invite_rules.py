"""Whom to ask to a discussion as data: what the booker is asked, and who is proposed because of the answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discussions.practice.quorum import Condition
from discussions.practice.visits import age_on


class Weight(StrEnum):
    """How strongly somebody is proposed. Core and expected are ticked, and leaving them out asks for a reason."""

    CORE = "core"
    EXPECTED = "expected"
    CONSIDER = "consider"

    @property
    def is_ticked(self) -> bool:
        return self is not Weight.CONSIDER


@dataclass(frozen=True, slots=True)
class BookingFact:
    """What the booker can say with one tick or one word. `means` is what follows from it for quorum and urgency."""

    code: str
    label: str
    source: str
    means: tuple[Condition, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """Why somebody who was proposed is not asked."""

    code: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class InviteWhen:
    """All that is given must hold; within a list, any of it. Ages are in whole years; an unborn child has none."""

    always: bool = False
    facts: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    unborn: bool = False
    from_age: int | None = None
    under_age: int | None = None

    @property
    def is_about_age(self) -> bool:
        return self.unborn or self.from_age is not None or self.under_age is not None

    @property
    def says_something(self) -> bool:
        return self.always or bool(self.facts or self.harms) or self.is_about_age

    def is_said(self, facts: Collection[str], harms: Collection[str]) -> bool:
        """What it asks of ticks and harms holds; ages are asked child by child."""
        is_ticked = not self.facts or any(code in facts for code in self.facts)
        return is_ticked and (not self.harms or any(code in harms for code in self.harms))

    def fits(self, born: date | None, day: date) -> bool:
        """Whether a child of this birthday is meant; None for the unborn."""
        if born is None:
            return self.unborn
        is_about_years = self.from_age is not None or self.under_age is not None
        years = age_on(born, day)
        is_inside = (self.from_age or 0) <= years and (self.under_age is None or years < self.under_age)
        return is_about_years and is_inside


@dataclass(frozen=True, slots=True)
class Propose:
    """Who: an agency category, and in it the holders of a role, or a desk by its name.

    With `or_desk` the agency's own desk is asked where the directory has nobody of that role.
    """

    agency: str
    role: str | None = None
    desk: str | None = None
    or_desk: bool = False


@dataclass(frozen=True, slots=True)
class InviteRule:
    """`because` is said to the booker and may hold {children}, the letters of those who are meant.

    With `each_school` it proposes every school and nursery that the booker names; where none is named though a child
    of the rule's ages is concerned, one line asks for it.
    """

    code: str
    propose: Propose
    when: InviteWhen
    because: str
    weight: Weight
    source: str
    each_school: bool = False

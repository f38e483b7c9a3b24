"""Quorum as data: the core agencies, and who else must be there when something is so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """What can be so about a discussion. Others work out which hold; the practice file says what follows."""

    UNBORN = "unborn"
    NEWBORN = "newborn"
    INJURY = "injury"
    POSSIBLE_MEDICAL = "possible_medical"
    IN_HOSPITAL = "in_hospital"
    FABRICATED_ILLNESS = "fabricated_illness"
    ON_ROLL = "on_roll"
    SIBLING_ON_ROLL = "sibling_on_roll"
    POSITION_OF_TRUST = "position_of_trust"
    LOOKED_AFTER = "looked_after"
    OUT_OF_AREA = "out_of_area"
    YOUNG_AND_INJURED = "young_and_injured"
    NON_MOBILE_AND_INJURED = "non_mobile_and_injured"
    NEAR_DUE_DATE = "near_due_date"
    POLICE_PROTECTION = "police_protection"
    SUSPECT_IN_CUSTODY = "suspect_in_custody"


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """`agency` must be there too when any of `when` holds; `because` is the reason said to the booker."""

    agency: str
    when: tuple[Condition, ...]
    because: str
    source: str

    def applies(self, conditions: Collection[Condition]) -> bool:
        return any(condition in self.when for condition in conditions)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Agencies are counted, not people. Quorum warns and asks for a reason; it never blocks."""

    core: tuple[str, ...]
    source: str
    rules: tuple[QuorumRule, ...] = ()
    newborn_under_days: int = 28
    young_under_years: int = 2
    near_due_date_weeks: int = 4

    def required(self, conditions: Collection[Condition]) -> tuple[str, ...]:
        """The agency codes that must be there: the core first, then what the conditions add, each once."""
        added = (rule.agency for rule in self.rules if rule.applies(conditions))
        return tuple(dict.fromkeys((*self.core, *added)))

    def because(self, agency: str, conditions: Collection[Condition]) -> str | None:
        """Why a conditional agency is asked; None for the core and for agencies no rule asks."""
        reasons = (rule.because for rule in self.rules if rule.agency == agency and rule.applies(conditions))
        return next(reasons, None)


@dataclass(frozen=True, slots=True)
class UrgencyRaise:
    """The urgency goes up one level when this holds."""

    when: Condition
    because: str
    source: str

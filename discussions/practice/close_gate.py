"""The close gate as data: what must be answered before the close, in which words its absence is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class GateCode(StrEnum):
    """The tests there can be. QUORUM looks at attendance first, ACTIONS_COMPLETE at the actions; the rest at facts."""

    QUORUM = "quorum"
    CHILD_COMPLETE = "child_complete"
    HARM = "harm"
    SIBLINGS = "siblings"
    SAFETY_PLAN = "safety_plan"
    SINGLE_AGENCY_REASON = "single_agency_reason"
    ACTIONS_COMPLETE = "actions_complete"
    PARENTS_INFORMED = "parents_informed"
    GENOGRAM = "genogram"
    TIMELINE = "timeline"
    DISSENT = "dissent"
    ICPC_DATE = "icpc_date"


@dataclass(frozen=True, slots=True)
class Match:
    """Holds when the field's value has one of these choice codes in it."""

    field: str
    any_of: tuple[str, ...]

    def holds(self, values: Mapping[str, str]) -> bool:
        """`values`: field code to value as written, for one subject; several codes have commas between them."""
        written = values.get(self.field, "")
        return any(code.strip() in self.any_of for code in written.split(","))


@dataclass(frozen=True, slots=True)
class GateNeed:
    """One of `any_of` (field codes) must be answered, with its reason where the choice needs one.

    `missing` says the gap in words; `reason_stem` begins the sentence the record will hold instead, where it differs
    from the test's.
    """

    any_of: tuple[str, ...]
    missing: str
    only_when: tuple[Match, ...] = ()
    reason_stem: str | None = None


@dataclass(frozen=True, slots=True)
class GateTest:
    """One test. `gap` and `reason_stem` may hold {child}, {agency}, {action} and {missing}.

    With `only_when` the test is asked only where all of it holds: for that child, or, when the test is not per child,
    for any child.
    """

    code: GateCode
    gap: str
    item: int
    per_child: bool
    reason_stem: str
    source: str
    needs: tuple[GateNeed, ...] = ()
    only_when: tuple[Match, ...] = ()
    is_safety: bool = False

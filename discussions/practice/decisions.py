"""The vocabulary of decisions: harms, context, outcomes per child, and the ladder of need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from discussions.practice.close_gate import Match


@dataclass(frozen=True, slots=True)
class Harm:
    """`code` is the census code of the category of abuse."""

    code: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class ContextFlag:
    """`advises_meeting` marks what should not be settled on the telephone alone."""

    code: str
    label: str
    source: str
    advises_meeting: bool = False


@dataclass(frozen=True, slots=True)
class ComplexityTrigger:
    """What makes a discussion complex: a meeting rather than the telephone, and a senior chair."""

    code: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a discussion came to for one child. The first outcome all of whose `when` holds is the child's."""

    code: str
    label: str
    when: tuple[Match, ...]
    source: str
    is_s47: bool = False

    def follows_from(self, values: Mapping[str, str]) -> bool:
        return all(match.holds(values) for match in self.when)


@dataclass(frozen=True, slots=True)
class EnquiryOutcome:
    """What the s47 enquiry came to, later."""

    code: str
    label: str
    source: str
    leads_to_icpc: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the local ladder of need."""

    code: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A legal test in everyday words, to show beside the question."""

    code: str
    label: str
    words: str
    source: str

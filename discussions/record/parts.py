"""The parts of a discussion's minutes, in words: what a document shows, with nothing left to look up or decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what was written under it. `late` marks what was entered afterwards or told by telephone."""

    label: str
    value: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """`quorum` says in a sentence whether the core agencies took part, with the reason where they did not."""

    reference: str
    kind: str
    held: str
    form: str
    urgency: str
    window: str
    harm: str
    chair: str
    minute_taker: str
    practice: str
    quorum: str
    children: tuple[Line, ...]
    marking: str
    status: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """`reason` is None where none was given."""

    decision: str
    choice: str
    reason: str | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class ChildDecisions:
    """`outcome` is what the decisions add up to for this child, None while they add up to nothing.

    `remarks` is what was said beside the decisions: the lead officer, reasons for several at once. `in_words` holds
    what was typed as it was spoken.
    """

    child: str
    outcome: str | None
    rows: tuple[DecisionRow, ...]
    in_words: tuple[Line, ...]
    dissent: Line | None
    remarks: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    child: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    number: int
    child: str | None
    wording: str
    measure: str | None
    contingency: str | None
    owner: str
    agency: str
    due: str
    feedback: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Attendee:
    agency: str
    who: str
    may_decide: bool
    came: str
    left: str | None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who was asked and did not come. `reason` holds their own words."""

    agency: str
    who: str
    answer: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one form captured about one subject. `title` is None where the item's own title says it all."""

    title: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """`elsewhere` says where the rest of this item stands in the record. Empty when nothing at all was captured."""

    number: int
    title: str
    passages: tuple[Passage, ...]
    notes: tuple[Line, ...]
    elsewhere: str | None

    @property
    def is_empty(self) -> bool:
        return not (self.passages or self.notes)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the close asked for and did not get, with the chair's reason."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class LateEntry:
    what: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """The record in the order in which it is read: decisions first.

    `decisions_in_words` are those that were typed for no child in particular, `dissent` is the whole table's answer.
    """

    heading: Heading
    decisions: tuple[ChildDecisions, ...]
    decisions_in_words: tuple[Line, ...]
    dissent: Line | None
    safety_plans: tuple[SafetyPlan, ...]
    immediate_actions: tuple[ActionRow, ...]
    enquiry_actions: tuple[ActionRow, ...]
    dates: tuple[Line, ...]
    attendees: tuple[Attendee, ...]
    absences: tuple[Absence, ...]
    items: tuple[ItemRecord, ...]
    gaps: tuple[Gap, ...]
    late: tuple[LateEntry, ...]
    held_back: tuple[str, ...]
    distribution: tuple[str, ...]
    made_at: datetime

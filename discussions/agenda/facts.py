"""Facts: everything an agenda item captures, one row a fact, kept when superseded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.ids import DiscussionId, FactId
from discussions.people import PersonId

# Typed capture lands in these fields; the practice file does not declare them, every practice has them.
NOTE = "note"
DECISION_IN_WORDS = "decision.in_words"
GAP_REASON = "gap"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was captured for one field of one item, about one subject.

    `subject` is a child's id, an agency's id, a close-gate test's code (for GAP_REASON), or "" for the discussion.
    `sequence` counts the entries of a repeating field (notes, agency entries) from 0; single fields have 0.
    `value` is text as the field's kind writes it: choice codes, ISO dates, words; None says "taken back" (undo).
    `version` counts the facts of one (field, subject, sequence) from 1; the highest is the current one.
    `late` is True when it was entered after the discussion had ended, or told by telephone.
    """

    id: FactId
    discussion: DiscussionId
    item: int
    field: str
    subject: str
    sequence: int
    value: str | None
    version: int
    practice: str
    who: PersonId
    at: datetime
    late: bool = False

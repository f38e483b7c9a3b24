"""The close gate in all its sizes, the record as draft and approved, and the one-time link: one fictitious story."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from cards.gate import gate_card
from cards.record import link_card, record_card
from cards.render import Card
from discussions.actions.action import Action
from discussions.agenda.captured import Captured
from discussions.agenda.close import GateView
from discussions.agenda.facts import GAP_REASON, Fact
from discussions.agenda.gate import Discussed, check_gate
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ActionId, ChildId, DiscussionId, FactId
from discussions.people import PersonId
from discussions.practice.types import GateCode
from discussions.record.draft import RecordView
from storage.practice_file import standard_practice
from tests.cards.gallery import example
from tests.doubles import CalendarOfDays

PRACTICE = standard_practice()
ID = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01")
STARTED = datetime(2026, 11, 17, 11, 5, tzinfo=UTC)
URL = "https://chairside.example.org/record/Zm9yIHRoZSBjaGFpciBhbG9uZSwgb25jZSwgMTAgbWlu"
HELD = Discussion(
    id=ID,
    reference="SD-26-0412",
    kind=DiscussionKind.INITIAL,
    urgency="U2",
    harms=("PHY",),
    decided_at=STARTED,
    window_ends=STARTED,
    starts_at=STARTED,
    form=Form.VIDEO,
    chair=PersonId("chair"),
    booker=PersonId("booker"),
    practice=PRACTICE.digest,
    minute_taker=PersonId("minutes"),
    state=DiscussionState.STARTED,
    started_at=STARTED,
    version=14,
)


def children(number: int) -> list[Child]:
    ids = (f"0196a0d2-7d13-7cc0-9f5f-{place:012}" for place in range(number))
    return [
        Child(ChildId(id), ID, chr(ord("A") + place), "J.S.", date(2019 + place % 6, 4, 3), None)
        for place, id in enumerate(ids)
    ]


def fact(item: int, field: str, value: str, subject: str = "") -> Fact:
    id = FactId(f"{field}-{subject}")
    return Fact(id, ID, item, field, subject, 0, value, 1, PRACTICE.digest, PersonId("chair"), STARTED)


def answers_for(child: Child) -> dict[str, str]:
    return {
        "family.name": "Jodie Sample",
        "family.location_now": "At school",
        "concern.harm_primary": "PHY",
        "voice.words": "“I like it when Nan comes.”",
        "analysis.threshold": "yes",
        "safety.status": "plan",
        "safety.kept_safe_by": "Her grandmother",
        "decision.s47": "yes",
        "decision.s47_reason": "What she said and the bruise",
        "decision.lead": "joint",
        "decision.medical": "yes",
        "decision.abe": "yes",
        "decision.parents": "yes",
    }


TABLE = {
    "others.answer": "none",
    "family.genogram": "used",
    "timeline.status": "done",
    "closing.dissent": "none",
    "closing.icpc_date_said": "yes",
}


VISIT = Action(
    id=ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02"),
    discussion=ID,
    number=1,
    kind="enquiry",
    wording="See the children at home",
    owner=PersonId("worker"),
    desk=None,
    due_at=STARTED,
    feedback_to=(PersonId("chair"),),
    practice=PRACTICE.digest,
    created_at=STARTED,
    created_by=PersonId("chair"),
)


def view(number: int, left_out: frozenset[str], reasons: dict[str, str] | None = None, chairs: bool = True) -> GateView:
    """A discussion of so many children in which `left_out` ("B voice.words", "genogram") was not answered."""
    kept = [
        fact(1, field, value, child.id)
        for child in children(number)
        for field, value in answers_for(child).items()
        if f"{child.letter} {field}" not in left_out
    ]
    kept += [fact(1, field, value) for field, value in TABLE.items() if field not in left_out]
    kept += [fact(1, GAP_REASON, words, key) for key, words in (reasons or {}).items()]
    came = frozenset({"CSC", "POLICE", "HEALTH"}) - left_out
    discussed = Discussed(HELD, children(number), Captured.of(kept), came, [VISIT])
    return GateView(HELD, check_gate(PRACTICE, CalendarOfDays(), discussed), chairs)


def everything() -> frozenset[str]:
    of_children = (f"{child.letter} {field}" for child in children(12) for field in answers_for(child))
    return frozenset({*of_children, *TABLE, "CSC", "POLICE", "HEALTH"})


FEW = frozenset({"C safety.status", "B voice.words", "family.genogram"})
NONE: frozenset[str] = frozenset()


@example(gate_card, "gate-few")
def some_gaps() -> Card:
    return gate_card(view(3, FEW))


@example(gate_card, "gate-one")
def one_gap_and_one_reason() -> Card:
    reasons = {"genogram": "the father of C is not known yet"}
    return gate_card(view(3, frozenset({"family.genogram", "C safety.status"}), reasons))


@example(gate_card, "gate-all-reasons")
def every_gap_has_a_reason() -> Card:
    return gate_card(view(1, frozenset({"family.genogram"}), {"genogram": "the father is not known yet"}))


@example(gate_card, "gate-many")
def nothing_answered_for_twelve_children() -> Card:
    return gate_card(view(12, everything()))


@example(gate_card, "gate-grouped")
def nothing_answered_for_three_children() -> Card:
    return gate_card(view(3, everything()))


@example(gate_card, "gate-none")
def nothing_is_missing() -> Card:
    return gate_card(view(3, NONE))


@example(gate_card, "gate-none-minutes")
def nothing_is_missing_says_the_minute_taker() -> Card:
    return gate_card(view(3, NONE, chairs=False))


@example(gate_card, "gate-minutes")
def gaps_as_the_minute_taker_sees_them() -> Card:
    return gate_card(view(3, FEW, chairs=False))


CLOSED = replace(HELD, state=DiscussionState.CLOSED, closed_at=datetime(2026, 11, 17, 12, 2, tzinfo=UTC))
RECORD = RecordView(
    discussion=CLOSED,
    chair="Helen Marsh",
    minute_taker="Tom Reed",
    seen=8_123_456,
    due_at=datetime(2026, 11, 18, 17, 0, tzinfo=UTC),
    children=3,
    actions=9,
    gate=view(3, NONE).gate,
    reasons=(GateCode.GENOGRAM, GateCode.CHILD_COMPLETE, GateCode.CHILD_COMPLETE),
    dissent=True,
    late=2,
    held_back=(
        "Item 4, Agency information round: 1 entry kept apart, because legal advice is privileged.",
    ),
    may_approve=True,
    may_fetch=True,
)  # fmt: skip


@example(record_card, "record-draft")
def draft_for_the_chair() -> Card:
    return record_card(RECORD)


@example(record_card, "record-draft-minutes")
def draft_for_the_minute_taker() -> Card:
    return record_card(replace(RECORD, may_approve=False, reasons=(), dissent=False, late=0, held_back=()))


@example(record_card, "record-bare")
def draft_of_almost_nothing() -> Card:
    gate = view(3, everything()).gate
    return record_card(replace(RECORD, gate=gate, actions=0, minute_taker=None, reasons=tuple(GateCode)))


@example(record_card, "record-approved")
def approved() -> Card:
    discussion = replace(CLOSED, state=DiscussionState.APPROVED, approved_at=datetime(2026, 11, 17, 15, 30, tzinfo=UTC))
    return record_card(replace(RECORD, discussion=discussion, may_approve=False))


@example(link_card, "record-link")
def a_link() -> Card:
    return link_card(CLOSED, URL, datetime(2026, 11, 17, 12, 40, tzinfo=UTC))

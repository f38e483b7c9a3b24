"""The close gate finds exactly what is missing, and says where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.action import ActionState
from discussions.agenda.close import discussed
from discussions.agenda.gate import check_gate
from discussions.clocks import Counting
from discussions.ids import ChildId
from discussions.practice.types import GateCode
from tests.discussions.agenda.settled import (
    ANSWERED_FOR_EACH,
    ANSWERED_ONCE,
    ATTENDANCE,
    CALENDAR,
    CSC,
    HEALTH,
    POLICE,
    PRACTICE,
    VISITS,
    A,
    B,
    C,
    Meeting,
    make_means,
    visit,
)
from tests.doubles import CalendarOfDays, StoreInMemory

# What falls away, and the one gap it leaves. Reasons belong to the choice they explain.
GAP_OF_EACH = {
    "family.name": "child_complete:{}:family.name",
    "family.location_now": "child_complete:{}:family.location_now",
    "concern.harm_primary": "harm:{}",
    "voice.words": "child_complete:{}:voice.words",
    "analysis.threshold": "child_complete:{}:analysis.threshold",
    "safety.status": "safety_plan:{}:safety.status",
    "safety.kept_safe_by": "safety_plan:{}:safety.risk",
    "decision.s47": "child_complete:{}:decision.s47",
    "decision.s47_reason": "child_complete:{}:decision.s47",
    "decision.lead": "child_complete:{}:decision.lead",
    "decision.medical": "child_complete:{}:decision.medical",
    "decision.medical_reason": "child_complete:{}:decision.medical",
    "decision.abe": "child_complete:{}:decision.abe",
    "decision.parents": "parents_informed:{}",
    "decision.parents_reason": "parents_informed:{}",
}
GAP_OF_TABLE = {
    "others.answer": "siblings",
    "family.genogram": "genogram",
    "timeline.status": "timeline",
    "closing.dissent": "dissent",
    "closing.icpc_date_said": "icpc_date",
}
SINGLE_REMOVALS = {
    **{(code, child): gap.format(child) for code, gap in GAP_OF_EACH.items() for child in (A, B, C)},
    **{(code, ""): gap for code, gap in GAP_OF_TABLE.items()},
    ("decision.lead_reason", B): f"single_agency_reason:{B}",
}


def test_a_settled_discussion_has_no_gaps() -> None:
    gate = Meeting().gate()

    assert gate.gaps == ()
    assert gate.met == tuple(test.code for test in PRACTICE.gate)
    assert gate.tests == 12


def test_every_answer_of_the_story_is_one_that_the_gate_looks_for() -> None:
    assert set(SINGLE_REMOVALS) == set(Meeting().answers)
    assert set(GAP_OF_EACH) == set(ANSWERED_FOR_EACH)
    assert set(GAP_OF_TABLE) == set(ANSWERED_ONCE)


@pytest.mark.parametrize(("taken", "gap"), SINGLE_REMOVALS.items(), ids=lambda one: "-".join(one) if one else "")
def test_each_answer_left_out_brings_exactly_its_own_gap(taken: tuple[str, str], gap: str) -> None:
    assert Meeting().without(taken).gaps() == [gap]


@settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(sorted(SINGLE_REMOVALS)), max_size=12))
def test_several_left_out_bring_no_gap_that_none_of_them_brings_alone(taken: set[tuple[str, str]]) -> None:
    gaps = Meeting().without(*taken).gaps()

    assert set(gaps) <= {SINGLE_REMOVALS[one] for one in taken}
    assert len(set(gaps)) == len(gaps)
    assert bool(gaps) == bool(taken)


@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(sorted(SINGLE_REMOVALS)), max_size=12))
def test_keys_on_forms_tell_gaps_apart_and_safety_stands_first(taken: set[tuple[str, str]]) -> None:
    gaps = Meeting().without(*taken).gate().gaps

    assert len({gap.short_key for gap in gaps}) == len(gaps)
    assert [gap.test.is_safety for gap in gaps] == sorted((gap.test.is_safety for gap in gaps), reverse=True)
    assert all(PRACTICE.item(gap.item) for gap in gaps)
    assert not any("{" in gap.words + gap.stem for gap in gaps)


@pytest.mark.parametrize(("agency", "code"), [(CSC, "CSC"), (POLICE, "POLICE"), (HEALTH, "HEALTH")])
def test_each_core_agency_that_was_not_there_is_a_gap_of_its_own(agency: object, code: str) -> None:
    meeting = Meeting().without_agency(agency)  # type: ignore[arg-type]

    assert meeting.gaps() == [f"quorum:{code}"]


def test_whoever_left_early_took_part_all_the_same() -> None:
    gone = [replace(one, left_at=one.came_at) for one in ATTENDANCE]

    assert replace(Meeting(), attendance=gone).gaps() == []


def test_going_on_without_an_agency_is_settled_at_the_table_with_a_reason() -> None:
    settled = {("opening.inquorate_choice", ""): "proceed", ("opening.inquorate_reason", ""): "Police join by phone"}
    chosen = {("opening.inquorate_choice", ""): "proceed"}

    assert Meeting().without_agency(POLICE).but(settled).gaps() == []
    assert Meeting().without_agency(POLICE).but(chosen).gaps() == ["quorum:POLICE"]


def test_an_action_without_owner_or_feedback_is_a_gap() -> None:
    orphan = visit(4, "Check records", None, owner=None)
    silent = visit(5, "Check records", None, feedback_to=())
    meeting = replace(Meeting(), actions=[*VISITS, orphan, silent])

    assert meeting.gaps() == ["actions_complete:act-4:owner", "actions_complete:act-5:feedback"]
    assert [gap.words for gap in meeting.gate().gaps] == [
        "Action 4: no owner",
        "Action 5: nobody who hears when it is done",
    ]


def test_an_action_that_was_cancelled_is_asked_nothing() -> None:
    cancelled = visit(4, "Check records", None, owner=None, feedback_to=(), state=ActionState.CANCELLED)

    assert replace(Meeting(), actions=[*VISITS, cancelled]).gaps() == []


@pytest.mark.parametrize(("place", "child"), [(0, A), (1, B), (2, C)])
def test_each_child_whose_enquiry_begins_needs_a_dated_visit(place: int, child: ChildId) -> None:
    left = [action for action in VISITS if action != VISITS[place]]

    assert replace(Meeting(), actions=left).gaps() == [f"actions_complete:{child}"]


def test_the_visit_that_is_missing_is_told_by_child() -> None:
    gaps = replace(Meeting(), actions=[VISITS[0]]).gate().gaps

    assert [gap.words for gap in gaps] == [
        "Seeing B, 4: no action with a date",
        "Visiting the mother of C, unborn: no action with a date",
    ]
    assert gaps[1].stem == "this is left open for visiting the mother of C, because"


@pytest.mark.parametrize(
    ("wording", "child", "is_seen"),
    [
        ("See A at school", None, True),
        ("Sees A and B at home", None, True),
        ("Joint visit with the DC: see A alone", None, True),
        ("Visit the children at home", None, True),
        ("See the child at school", A, True),
        ("See A at her mother's home", A, True),
        ("See A's mother at home", A, False),
        ("See the mother", A, False),
        ("See B at nursery", None, False),
        ("Check records before the visit to A", A, False),
        ("Visit the grandmother", None, False),
        ("Ring the school about A", A, False),
    ],
)
def test_only_an_action_that_sees_this_child_counts(wording: str, child: ChildId | None, is_seen: bool) -> None:
    gaps = replace(Meeting(), actions=[visit(1, wording, child), *VISITS[1:]]).gaps()

    assert (f"actions_complete:{A}" not in gaps) is is_seen


@pytest.mark.parametrize("state", [ActionState.DECLINED, ActionState.CANNOT, ActionState.SUPERSEDED])
def test_a_visit_that_nobody_will_make_does_not_count(state: ActionState) -> None:
    refused = replace(VISITS[0], state=state)

    assert f"actions_complete:{A}" in replace(Meeting(), actions=[refused, *VISITS[1:]]).gaps()


def test_the_mother_of_the_only_unborn_child_needs_no_letter() -> None:
    to_mother = visit(3, "Visit the mother at her sister's", None)

    assert replace(Meeting(), actions=[*VISITS[:2], to_mother]).gaps() == []


def test_without_an_enquiry_nothing_that_belongs_to_one_is_asked() -> None:
    no = {("decision.s47", child): "no" for child in (A, B, C)}
    meeting = replace(Meeting().but(no), actions=())
    taken = [("concern.harm_primary", child) for child in (A, B, C)]
    taken += [("decision.lead", child) for child in (A, B, C)]

    gate = meeting.without(*taken, ("closing.icpc_date_said", "")).gate()

    assert gate.gaps == ()
    assert gate.icpc_latest is None


def test_a_choice_that_needs_a_reason_counts_only_with_it() -> None:
    safe = {("safety.status", A): "no_risk"}
    because = safe | {("safety.no_risk_reason", A): "Stays with the grandmother"}

    assert Meeting().but(safe).gaps() == [f"safety_plan:{A}:safety.status"]
    assert Meeting().but(because).without(("safety.kept_safe_by", A)).gaps() == []


def test_blanks_and_what_was_taken_back_are_no_answer() -> None:
    assert Meeting().but({("family.genogram", ""): "   "}).gaps() == ["genogram"]


def test_the_latest_conference_date_is_fifteen_working_days_on() -> None:
    assert Meeting().gate().icpc_latest == date(2026, 12, 8)


def test_the_latest_conference_date_knows_holidays_and_how_days_are_counted() -> None:
    meeting, store = Meeting(), StoreInMemory()
    meeting.keep_in(store)  # type: ignore[arg-type]
    looked_at = discussed(make_means(store), meeting.discussion)  # type: ignore[arg-type]
    inclusive = replace(PRACTICE, counting=Counting(first_day=1))
    holiday = CalendarOfDays(frozenset({date(2026, 11, 30)}))

    assert check_gate(inclusive, CALENDAR, looked_at).icpc_latest == date(2026, 12, 7)
    assert check_gate(PRACTICE, holiday, looked_at).icpc_latest == date(2026, 12, 9)


def test_a_test_left_out_of_the_practice_file_is_not_asked() -> None:
    meeting, store = Meeting().without(("family.genogram", "")), StoreInMemory()
    meeting.keep_in(store)  # type: ignore[arg-type]
    fewer = replace(PRACTICE, gate=tuple(test for test in PRACTICE.gate if test.code is not GateCode.GENOGRAM))

    gate = check_gate(fewer, CALENDAR, discussed(make_means(store), meeting.discussion))  # type: ignore[arg-type]

    assert (gate.gaps, gate.tests) == ((), 11)


def test_a_gap_leads_to_the_item_that_asks_for_it() -> None:
    gaps = Meeting().without(("voice.words", B), ("safety.status", C), ("others.answer", "")).gate().gaps

    assert [(gap.words, gap.item, gap.subject) for gap in gaps] == [
        ("C, unborn: no interim safety plan", 9, C),
        ("B, 4: voice not recorded", 6, B),
        ("Other children: not answered", 7, ""),
    ]
    assert [gap.stem for gap in gaps] == [
        "C is at no immediate risk, because",
        "the voice of B could not be recorded, because",
        "other children were not talked about, because",
    ]

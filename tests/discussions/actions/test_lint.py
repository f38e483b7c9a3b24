"""The action linter: it blocks only what could not be kept, and points out the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.lint import NewAction, Remark, Setting, kind_for, lint
from discussions.people import DeskId, PersonId
from discussions.working_hours import ALWAYS_OPEN
from tests.discussions.actions.story import CALENDAR, DISCUSSION, LIGHTHOUSE, OWNER, PRACTICE, TEN, london, new_action

SETTING = Setting(PRACTICE, CALENDAR, TEN)
BLOCKING = {"no_wording", "no_owner", "no_due", "due_past"}
SATURDAY = london(date(2026, 11, 21), 12)


def codes(new: NewAction, kind: str = "enquiry", setting: Setting = SETTING) -> list[str]:
    return [remark.code for remark in lint(new, kind, setting)]


def test_a_good_action_gets_no_remark() -> None:
    assert codes(new_action()) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"wording": "  "}, "no_wording"),
        ({"owner": None}, "no_owner"),
        ({"due_at": None}, "no_due"),
        ({"due_at": TEN}, "due_past"),
        ({"wording": "Monitor A ASAP"}, "vague_word"),
        ({"feedback_to": ()}, "no_feedback"),
        ({"due_at": TEN + timedelta(hours=7), "due_has_time": False}, "no_time"),
        ({"due_at": SATURDAY}, "not_working_day"),
        ({"due_at": london(date(2026, 12, 25), 12)}, "not_working_day"),
        ({"measure": None}, "no_measure"),
    ],
)
def test_each_fault_is_told(fault: dict[str, object], code: str) -> None:
    assert set(codes(new_action(**fault))) == {code}


def test_both_vague_words_are_pointed_out_each_with_its_question() -> None:
    remarks = lint(new_action(wording="Monitor A ASAP"), "enquiry", SETTING)

    assert [remark.words for remark in remarks] == [
        "“monitor” can mean many things. Who looks at what, how often, and tells whom?",
        "“ASAP” can mean many things. By what day and time?",
    ]


def test_a_safety_action_needs_to_say_what_happens_if_not() -> None:
    assert codes(new_action(), "immediate_safety") == ["no_contingency"]
    assert codes(new_action(contingency="Police welfare check"), "immediate_safety") == []


def test_a_service_that_never_closes_may_be_due_on_a_saturday() -> None:
    assert codes(new_action(due_at=SATURDAY), setting=replace(SETTING, hours=ALWAYS_OPEN)) == []


def test_due_after_the_latest_date_of_the_conference_is_pointed_out() -> None:
    late = replace(SETTING, latest=date(2026, 11, 19))

    assert codes(new_action(), setting=late) == ["after_icpc"]
    assert codes(new_action(due_at=london(date(2026, 11, 19), 17)), setting=late) == []


def test_a_missing_moment_comes_with_the_usual_one() -> None:
    (remark,) = lint(new_action(wording="Send the report", due_at=None), "enquiry", SETTING)

    assert remark.mend == "By Wed 18 Nov, 17:00"


DUE = st.none() | st.datetimes(datetime(2026, 11, 1), datetime(2027, 2, 1)).map(
    lambda one: one.replace(tzinfo=TEN.tzinfo)
)


@settings(deadline=None)
@given(
    wording=st.text(max_size=200),
    owner=st.none() | st.just(OWNER.id),
    desk=st.none() | st.just(LIGHTHOUSE.id),
    due_at=DUE,
    has_time=st.booleans(),
    contingency=st.none() | st.text(max_size=20),
    kind=st.sampled_from([policy.kind for policy in PRACTICE.nudge_policies]),
)
def test_it_blocks_exactly_what_could_not_be_kept(
    wording: str,
    owner: PersonId | None,
    desk: DeskId | None,
    due_at: datetime | None,
    has_time: bool,
    contingency: str | None,
    kind: str,
) -> None:
    new = NewAction(DISCUSSION, wording, owner, desk, due_at, has_time, contingency=contingency)

    remarks = lint(new, kind, SETTING)

    blocked = {remark.code for remark in remarks if remark.blocks}
    could_not_be_kept = {
        "no_wording": not wording.strip(),
        "no_owner": owner is None and desk is None,
        "no_due": due_at is None,
        "due_past": due_at is not None and due_at <= TEN,
    }
    assert blocked == {code for code, holds in could_not_be_kept.items() if holds} <= BLOCKING
    assert [remark.blocks for remark in remarks] == sorted((remark.blocks for remark in remarks), reverse=True)
    assert all(isinstance(remark, Remark) and remark.words for remark in remarks)


@pytest.mark.parametrize(
    ("wording", "due_in", "says_safety", "kind"),
    [
        ("Sit with the family", timedelta(hours=2), False, "enquiry"),
        ("Sit with the family", timedelta(hours=2), True, "immediate_safety"),
        ("Sit with the family", timedelta(days=9), True, "immediate_safety"),
        ("Secure the phone", timedelta(hours=2), False, "immediate_safety"),
        ("Applies for an EPO", timedelta(hours=2), False, "immediate_safety"),
        ("Secure the phone", timedelta(days=2), False, "enquiry"),
        ("See A at school", timedelta(hours=2), False, "enquiry"),
        ("Assesses the family", timedelta(days=9), False, "other"),
    ],
)
def test_the_kind_that_nobody_chose(wording: str, due_in: timedelta, says_safety: bool, kind: str) -> None:
    assert kind_for(wording, TEN + due_in, says_safety, PRACTICE, TEN) == kind

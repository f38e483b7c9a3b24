"""What a form holds is judged by the rules of a typed line; only what could not be kept bars it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.lint import Code, Owner, World, kind_for
from discussions.actions.sentence import BARRING, Held, findings_of_held
from tests.discussions.actions.story import CALENDAR, PRACTICE, TEN, london

WORLD = World((), TEN, PRACTICE, CALENDAR)
OWNER = Owner("Jo Smith", "Police officer", "Police", hours="Mon-Fri 08:00-18:00", id="person:owner")
SATURDAY = london(date(2026, 11, 21), 12)
GOOD = Held("See A alone at school", OWNER, TEN + timedelta(days=3))


def codes(held: Held, world: World = WORLD) -> list[str]:
    return [finding.code.value for finding in findings_of_held(held, world)]


def test_nothing_is_pointed_out_in_a_good_action() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"wording": "  "}, "no_wording"),
        ({"owner": None}, "no_owner"),
        ({"due_at": None}, "no_due"),
        ({"due_at": TEN}, "due_past"),
        ({"wording": "Monitor A"}, "vague_word"),
        ({"wording": "School"}, "no_verb"),
        ({"wording": "A to be seen"}, "passive"),
        ({"wording": "Helen Marsh and Tom Reed to see A"}, "two_owners"),
        ({"is_told": False}, "no_feedback"),
        ({"due_at": TEN + timedelta(hours=7), "due_has_time": False}, "no_time"),
        ({"due_at": SATURDAY}, "not_working_day"),
        ({"due_at": london(date(2026, 12, 25), 12)}, "not_working_day"),
        ({"wording": "Assess the family"}, "no_measure"),
        ({"owner": replace(OWNER, is_here=False)}, "not_in_room"),
        ({"kind": "immediate_safety"}, "no_contingency"),
    ],
)
def test_each_fault_is_told(fault: dict[str, object], code: str) -> None:
    assert codes(replace(GOOD, **fault)) == [code]  # type: ignore[arg-type]


def test_an_open_ended_verb_is_content_with_what_done_looks_like() -> None:
    assert codes(replace(GOOD, wording="Assess the family", has_measure=True)) == []


def test_both_vague_words_are_pointed_out_each_with_its_question() -> None:
    findings = findings_of_held(replace(GOOD, wording="Monitor A ASAP"), WORLD)

    assert [finding.words for finding in findings] == [
        "“monitor” can mean many things. Who looks at what, how often, and tells whom?",
        "“ASAP” can mean many things. By what day and time?",
    ]


def test_a_press_puts_another_word_into_the_field() -> None:
    [finding] = findings_of_held(replace(GOOD, wording="Monitor A at home"), WORLD)

    assert [mend.value for mend in finding.mends] == ["see A at home", "weigh A at home", "ring A at home"]


def test_a_service_that_never_closes_may_be_due_on_a_saturday() -> None:
    assert codes(replace(GOOD, due_at=SATURDAY, owner=replace(OWNER, hours="24/7"))) == []


def test_due_after_the_latest_date_of_the_conference_is_pointed_out() -> None:
    late = replace(WORLD, latest=date(2026, 11, 19))

    [finding] = findings_of_held(GOOD, late)

    assert (finding.code, finding.mends[0].value) == (Code.AFTER_ICPC, "19/11/2026 17:00")
    assert codes(replace(GOOD, due_at=london(date(2026, 11, 19), 17)), late) == []


def test_a_missing_moment_comes_with_the_usual_one() -> None:
    [finding] = findings_of_held(replace(GOOD, wording="Send the report", due_at=None), WORLD)

    assert [(mend.label, mend.value) for mend in finding.mends] == [("By Wed 18 Nov, 17:00", "18/11/2026 17:00")]


DUE = st.none() | st.datetimes(datetime(2026, 11, 1), datetime(2027, 2, 1)).map(
    lambda one: one.replace(tzinfo=TEN.tzinfo)
)


@settings(deadline=None)
@given(
    wording=st.text(max_size=200),
    owner=st.none() | st.just(OWNER),
    due_at=DUE,
    has_time=st.booleans(),
    contingency=st.none() | st.text(max_size=20),
    kind=st.none() | st.sampled_from([policy.kind for policy in PRACTICE.nudge_policies]),
)
def test_what_could_not_be_kept_is_always_found(
    wording: str,
    owner: Owner | None,
    due_at: datetime | None,
    has_time: bool,
    contingency: str | None,
    kind: str | None,
) -> None:
    findings = findings_of_held(Held(wording, owner, due_at, has_time, kind, contingency=contingency), WORLD)

    could_not_be_kept = {
        Code.NO_OWNER: owner is None,
        Code.NO_DUE: due_at is None,
        Code.DUE_PAST: due_at is not None and due_at <= TEN,
    }
    barring = {finding.code for finding in findings} & BARRING - {Code.NO_WORDING}
    assert barring == {code for code, holds in could_not_be_kept.items() if holds}
    assert wording.strip() or Code.NO_WORDING in {finding.code for finding in findings}
    assert all(finding.words for finding in findings)


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

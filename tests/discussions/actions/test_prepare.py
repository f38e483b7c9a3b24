"""Before somebody sees or interviews a child they read the plan for that child; nobody else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.actions.answers import agree_time, done, need_more_time
from discussions.actions.child_named import child_named
from discussions.actions.prepare import PREPARE, needs_preparation, prepare
from discussions.actions.promises import PromiseState
from discussions.actions.refusals import NotTheTime
from discussions.agenda.facts import Fact
from discussions.ids import FactId
from discussions.london import to_london
from discussions.post import MessageKind
from discussions.practice.visits import age_on
from discussions.refusals import NotFound
from tests.discussions.actions.story import (
    CHAIR,
    CHILD_A,
    DISCUSSION,
    MANAGER,
    OTHER,
    OWNER,
    PRACTICE,
    STRANGER,
    TEN,
    Scene,
    london,
)

THURSDAY = date(2026, 11, 19)


def planned(scene: Scene, field: str, words: str, sequence: int = 0) -> None:
    id = FactId(f"{field}-{sequence}")
    scene.store.facts.add(
        Fact(id, DISCUSSION, 11, field, CHILD_A, sequence, words, 1, PRACTICE.digest, CHAIR.id, scene.at)
    )


def preparations(scene: Scene, until: datetime) -> list[tuple[str, str | None]]:
    return [
        (f"{to_london(at):%a %H:%M}", message.recipient)
        for at, message in scene.nudges_until(until)
        if message.kind is MessageKind.PREPARATION
    ]


@pytest.mark.parametrize(
    ("due", "comes"),
    [
        (london(THURSDAY, 14), "Thu 11:00"),
        (london(THURSDAY, 9), "Thu 08:00"),  # three hours before is night: when the day begins
        (london(THURSDAY, 8), "Wed 17:00"),  # too early for that: in the afternoon before
        (TEN + timedelta(hours=2), "Tue 10:15"),  # soon: a moment after the action itself
    ],
)
def test_the_card_comes_once_to_the_owner_in_time_and_in_the_day(due: datetime, comes: str) -> None:
    scene = Scene()
    scene.record(child=CHILD_A, due_at=due)

    assert preparations(scene, due) == [(comes, OWNER.id)]


def test_it_moves_with_the_due_moment_and_ends_with_the_action() -> None:
    scene = Scene()
    action = scene.record(child=CHILD_A, due_at=london(THURSDAY, 14))
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "court", london(date(2026, 11, 20), 14))
    agreed = scene.do(agree_time, CHAIR, action.id, asked.version)

    waiting = [one for one in scene.store.actions.promises(action.id) if one.step == PREPARE]
    assert [one.due_at for one in waiting if one.state is PromiseState.WAITING] == [london(date(2026, 11, 20), 11)]

    scene.do(done, OWNER, action.id, agreed.version, "seen")
    assert preparations(scene, london(date(2026, 11, 21), 10)) == []


def test_what_was_planned_for_this_child_is_quoted_and_police_matters_stay_with_police() -> None:
    scene = Scene()
    planned(scene, "enquiry.question", "What happened on Sunday?")
    planned(scene, "enquiry.question", "Is there a safe adult?", 1)
    planned(scene, "enquiry.wait", "The telephone has not been seized yet")
    action = scene.record(child=CHILD_A, owner=OTHER.id)

    shown = scene.do(prepare, OTHER, action.id)

    assert [(one.label, one.words) for one in shown.planned] == [
        ("What must be found out", ("What happened on Sunday?", "Is there a safe adult?"))
    ]
    assert shown.held_back
    assert (shown.child, shown.age, shown.approach.label) == ("A", 7, "5 to 10")
    assert (shown.ring, shown.ring_phone) == (CHAIR.name, CHAIR.phone)

    officers = scene.record(child=CHILD_A, wording="Visit A with the social worker")
    assert not scene.do(prepare, OWNER, officers.id).held_back


def test_only_those_who_go_or_lead_may_read_it() -> None:
    scene = Scene()
    action = scene.record(child=CHILD_A, feedback_to=(OTHER.id,))

    assert scene.do(prepare, CHAIR, action.id).child == "A"
    for who, refusal in ((OTHER, NotTheTime), (STRANGER, NotFound), (MANAGER, NotFound)):
        with pytest.raises(refusal):
            scene.do(prepare, who, action.id)


@pytest.mark.parametrize(
    ("wording", "is_prepared"),
    [("See A at school", True), ("visits A at home", True), ("Interview A", True), ("Send A's chronology", False)],
)
def test_actions_that_meet_the_child_are_prepared_for(wording: str, is_prepared: bool) -> None:
    scene = Scene()
    action = scene.record(child=CHILD_A, wording=wording)

    assert needs_preparation(PRACTICE, action) is is_prepared
    assert not needs_preparation(PRACTICE, replace(action, child=None))
    assert not needs_preparation(replace(PRACTICE, visits=None), action)


@given(st.dates(date(2004, 1, 1), date(2026, 11, 24)), st.dates(date(2026, 11, 24), date(2030, 1, 1)))
def test_at_every_age_there_is_one_way_to_talk(born: date, day: date) -> None:
    assert PRACTICE.visits is not None
    age = age_on(born, day)

    approach = PRACTICE.visits.approach_at(age)

    assert age >= 0
    assert approach.under is None or age < approach.under
    assert PRACTICE.visits.approach_at(None).label == "Not born yet"


@pytest.mark.parametrize(
    ("wording", "is_named"),
    [
        ("see A at school", True),
        ("see AB at school", True),
        ("see A's mother with B", True),
        ("a visit with the mother", False),
        ("A visit with the mother", False),
        ("ring the ABE team", False),
    ],
)
def test_a_typed_action_is_about_the_child_it_names(wording: str, is_named: bool) -> None:
    scene = Scene()

    assert (child_named(wording, scene.store.discussions.children(DISCUSSION)) == CHILD_A) is is_named

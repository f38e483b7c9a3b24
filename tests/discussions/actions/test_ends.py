"""What follows from an action: its contingency, another in its place, what waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import (
    Answer,
    agree_time,
    cannot,
    done,
    need_more_time,
    record_answer_for,
)
from discussions.actions.audiences import leads, on_duty
from discussions.actions.because import because
from discussions.actions.ends import bring_back, replace_action, start_contingency
from discussions.actions.promises import PromiseState
from discussions.actions.record import cancel_action
from discussions.actions.refusals import (
    ActionEnded,
    ActionMoved,
    NotTheTime,
    NotYourAction,
    NotYoursToDecide,
)
from discussions.actions.views import action_view
from discussions.actions.waiting import wait_for
from discussions.booking.discussion import DiscussionState
from discussions.post import MessageKind
from discussions.practice.follow_up import FollowUp
from discussions.refusals import Missing, NotFound, WrongAnswer
from tests.discussions.actions.story import (
    BOOKER,
    CHAIR,
    DISCUSSION,
    MANAGER,
    MINUTES,
    ON_DUTY,
    OTHER,
    OWNER,
    PRACTICE,
    STRANGER,
    TEN,
    Scene,
    london,
    new_action,
    the_discussion,
)

MONDAY, TUESDAY, FRIDAY = (london(date(2026, 11, day), 10) for day in (23, 24, 20))


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def action(scene: Scene) -> Action:
    made = scene.record(contingency="Police welfare check, Jo Baker rings 101", kind="immediate_safety")
    scene.said()
    return made


# It can't be done


def test_the_contingency_becomes_an_action_by_one_press_of_the_chair(scene: Scene, action: Action) -> None:
    ended = scene.do(cannot, OWNER, action.id, action.version, "Nobody lives there any more")
    scene.said()

    made = scene.do(start_contingency, CHAIR, action.id, ended.version)

    assert (made.wording, made.contingency_of) == ("Police welfare check, Jo Baker rings 101", action.id)
    assert (made.owner, made.state, made.kind) == (OTHER.id, ActionState.PROPOSED, "immediate_safety")
    assert made.due_at == TEN + timedelta(hours=2)
    assert (MessageKind.ACTION, OTHER.id) in scene.said()
    # who presses it has heard of it
    assert scene.do(action_view, CHAIR, action.id).outstanding == ("Jo Baker",)
    assert scene.do(action_view, CHAIR, action.id).linked.went_into.number == made.number  # type: ignore[union-attr]


def test_pressed_twice_it_is_one_action(scene: Scene, action: Action) -> None:
    ended = scene.do(cannot, OWNER, action.id, action.version, "Gone")

    assert scene.do(start_contingency, CHAIR, action.id, ended.version) == scene.do(
        start_contingency, CHAIR, action.id, ended.version
    )


def test_the_contingency_is_the_chairs_to_start_and_only_when_it_is_needed(scene: Scene, action: Action) -> None:
    with pytest.raises(NotTheTime):
        scene.do(start_contingency, CHAIR, action.id, action.version)
    ended = scene.do(cannot, OWNER, action.id, action.version, "Gone")
    with pytest.raises(NotYoursToDecide):
        scene.do(start_contingency, OWNER, action.id, ended.version)


def test_it_starts_after_the_record_is_approved_too(scene: Scene, action: Action) -> None:
    scene.store.discussions.kept[DISCUSSION] = the_discussion(state=DiscussionState.APPROVED)
    ended = scene.do(cannot, OWNER, action.id, action.version, "Gone")

    assert scene.do(start_contingency, CHAIR, action.id, ended.version).state is ActionState.PROPOSED


def test_without_words_for_that_case_the_chair_is_told_to_write_a_new_action(scene: Scene) -> None:
    action = scene.record()
    ended = scene.do(cannot, OWNER, action.id, action.version, "Gone")

    with pytest.raises(WrongAnswer, match="No contingency was agreed"):
        scene.do(start_contingency, CHAIR, action.id, ended.version)


def test_that_it_cannot_be_done_needs_a_reason_and_is_told_by_telephone_too(scene: Scene, action: Action) -> None:
    with pytest.raises(Missing):
        scene.do(cannot, OWNER, action.id, action.version, " ")

    after = scene.do(record_answer_for, BOOKER, action.id, action.version, Answer.CANNOT, "Told by phone")

    assert (after.state, after.on_behalf, after.note) == (ActionState.CANNOT, True, "Told by phone")


def test_the_owners_nudges_end_and_the_chair_is_asked_again_until_somebody_does_something(
    scene: Scene, action: Action
) -> None:
    scene.do(cannot, OWNER, action.id, action.version, "Gone")

    nudges = scene.nudges_until(TEN + timedelta(hours=3))

    told = {at: {message.recipient for one, message in nudges if one == at} for at, _ in nudges}
    everybody = {CHAIR.id, OTHER.id, ON_DUTY.id}
    assert told == {TEN + timedelta(hours=hours): everybody for hours in (1, 2, 3)}


def test_the_way_back_is_open_for_a_day_and_not_once_the_contingency_runs(scene: Scene, action: Action) -> None:
    ended = scene.do(cannot, OWNER, action.id, action.version, "Gone")
    again = scene.do(bring_back, CHAIR, action.id, ended.version, "Found")
    ended = scene.do(cannot, OWNER, action.id, again.version, "Gone")
    scene.do(start_contingency, CHAIR, action.id, ended.version)
    with pytest.raises(NotTheTime, match="contingency"):
        scene.do(bring_back, CHAIR, action.id, scene.action(action.id).version, "Found")

    other = scene.record()
    ended = scene.do(done, OWNER, other.id, other.version, None)
    scene.at += timedelta(hours=24, minutes=1)
    with pytest.raises(NotTheTime, match="too long ago"):
        scene.do(bring_back, OWNER, other.id, ended.version, "Not yet")


def test_only_its_owner_and_the_chair_open_it_again(scene: Scene, action: Action) -> None:
    ended = scene.do(done, OWNER, action.id, action.version, None)

    with pytest.raises(NotYourAction):
        scene.do(bring_back, OTHER, action.id, ended.version, "Not done")
    with pytest.raises(NotFound):
        scene.do(bring_back, STRANGER, action.id, ended.version, "Not done")
    with pytest.raises(Missing):
        scene.do(bring_back, OWNER, action.id, ended.version, " ")


# Another in its place


@pytest.mark.parametrize("who", [CHAIR, MINUTES])
def test_an_action_is_replaced_and_all_concerned_hear_of_it(scene: Scene, action: Action, who: object) -> None:
    made = scene.do(replace_action, who, action.id, action.version, new_action(wording="See A at home", owner=OTHER.id))

    old = scene.action(action.id)
    assert (old.state, made.replaces) == (ActionState.SUPERSEDED, old.id)
    said = set(scene.said())
    assert {(MessageKind.ACTION, OTHER.id), (MessageKind.ACTION_CHANGED, OWNER.id)} <= said
    assert scene.do(action_view, OWNER, old.id).linked.went_into.number == made.number  # type: ignore[union-attr]
    states = {one.state for one in scene.store.actions.promises(old.id)}
    assert states == {PromiseState.VOID}


def test_replacing_is_not_the_owners_and_not_of_what_has_ended(scene: Scene, action: Action) -> None:
    with pytest.raises(NotYoursToDecide):
        scene.do(replace_action, OWNER, action.id, action.version, new_action())
    ended = scene.do(done, OWNER, action.id, action.version, None)
    with pytest.raises(ActionEnded):
        scene.do(replace_action, CHAIR, action.id, ended.version, new_action())
    with pytest.raises(ActionMoved):
        scene.do(replace_action, CHAIR, action.id, action.version, new_action())
    assert len(scene.store.actions.of_discussion(DISCUSSION)) == 1


# Waiting for another


def test_whoever_waits_for_it_hears_that_it_is_done_cannot_be_done_is_cancelled_or_moved(scene: Scene) -> None:
    first, second = scene.record(owner=OTHER.id), scene.record()
    waiting = scene.do(wait_for, OWNER, second.id, second.version, first.number)
    assert waiting.waits_for == first.id
    scene.said()

    asked = scene.do(need_more_time, OTHER, first.id, first.version, "Shut", MONDAY)
    scene.said()
    moved = scene.do(agree_time, CHAIR, first.id, asked.version)
    assert (MessageKind.WAITED_FOR, OWNER.id) in scene.said()
    ended = scene.do(done, OTHER, first.id, moved.version, None)
    assert (MessageKind.WAITED_FOR, OWNER.id) in scene.said()
    scene.do(bring_back, CHAIR, first.id, ended.version, "Not yet")
    assert (MessageKind.WAITED_FOR, OWNER.id) in scene.said()
    scene.do(cancel_action, CHAIR, first.id, scene.action(first.id).version, "Not needed")
    assert (MessageKind.WAITED_FOR, OWNER.id) in scene.said()
    assert scene.do(action_view, OWNER, second.id).linked.waits_for.state_words == "Cancelled by the chair"  # type: ignore[union-attr]


def test_what_waited_for_a_replaced_action_waits_for_the_one_in_its_place(scene: Scene) -> None:
    first, second = scene.record(owner=OTHER.id), scene.record()
    scene.do(wait_for, OWNER, second.id, second.version, first.number)
    scene.said()

    made = scene.do(replace_action, CHAIR, first.id, first.version, new_action(owner=OTHER.id))

    assert scene.action(second.id).waits_for == made.id


def test_nothing_waits_for_itself_in_a_ring_for_what_has_ended_or_for_what_is_not_there(scene: Scene) -> None:
    first, second, third = scene.record(), scene.record(), scene.record()
    scene.do(wait_for, OWNER, second.id, second.version, first.number)
    scene.do(wait_for, OWNER, third.id, third.version, second.number)
    gone = scene.record()
    scene.do(done, OWNER, gone.id, gone.version, None)
    for number in (first.number, second.number, third.number, gone.number, 99):
        with pytest.raises(WrongAnswer):
            scene.do(wait_for, OWNER, first.id, first.version, number)
    with pytest.raises(NotYourAction):
        scene.do(wait_for, OTHER, first.id, first.version, None)


# Why it comes to somebody


def test_an_escalation_says_why_it_comes(scene: Scene) -> None:
    action = scene.record(kind="immediate_safety", contingency="Police")
    people = {"manager": MANAGER, "chair": CHAIR, "lead": CHAIR, "duty_desk": ON_DUTY, "owner": OWNER}
    said = {
        (one.audience, one.anchor): because(scene.means, people[one.audience], action, one)
        for one in scene.store.actions.promises(action.id)
        if one.audience in people
    }

    late = "You get this because it is late, and you"
    assert said["manager", "overdue"] == f"{late} are the manager of its owner, Jo Smith."
    assert said["chair", "overdue"] == f"{late} chair the discussion."
    assert said["lead", "overdue"] == f"{late} chair, and no lead above you is known."
    assert said["duty_desk", "overdue"] == "You get this because it is late, and you are on the duty desk."
    assert said["owner", "due"] is None


# What was promised stays promised


def test_a_changed_practice_rewrites_no_promise_and_the_next_end_follows_the_new_one(scene: Scene) -> None:
    action = scene.record(feedback_to=(OTHER.id,))
    before = scene.store.actions.promises(action.id)
    quiet = tuple(replace(one, steps=one.steps[:1]) for one in PRACTICE.nudge_policies)
    scene.practice = replace(PRACTICE, nudge_policies=quiet, digest="another")

    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", MONDAY)
    agreed = scene.do(agree_time, CHAIR, action.id, asked.version)
    kept = [one for one in scene.store.actions.promises(action.id) if one.anchor != "asked"]
    assert {(one.step, one.audience, one.after) for one in kept} == {(o.step, o.audience, o.after) for o in before}

    # a practice that says nothing of ends still leaves nobody unheard
    scene.do(done, OWNER, action.id, agreed.version, None)
    waiting = {one.step for one in scene.store.actions.promises(action.id) if one.state is PromiseState.WAITING}
    assert waiting == {"unheard", "unheard_chair"}


def test_a_practice_from_before_loads_and_finds_the_duty_desk_by_its_telephone_list(scene: Scene) -> None:
    scene.practice = replace(PRACTICE, follow_up=FollowUp())

    assert on_duty(scene.means) == (ON_DUTY.id,)
    assert leads(scene.means, scene.record()) == ()


def test_the_lead_is_a_person_a_desk_or_a_role_whichever_leads_to_somebody_first(scene: Scene) -> None:
    action = scene.record()
    for rules, found in (
        (FollowUp(lead_person="Ruth Cole", lead_desk="Lighthouse"), (MANAGER.id,)),
        (FollowUp(lead_person="Nobody Known", lead_desk="emergency duty team"), (ON_DUTY.id,)),
        (FollowUp(lead_role="HEALTH_VISITOR"), (OTHER.id,)),
        (FollowUp(lead_role=CHAIR.role), ()),
    ):
        scene.practice = replace(PRACTICE, follow_up=rules)
        assert leads(scene.means, action) == found

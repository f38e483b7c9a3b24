"""What is asked about an action and waits for an answer: another moment, another owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from discussions.actions.action import Action
from discussions.actions.answers import (
    accept_hand_over,
    agree_time,
    decline,
    hand_over,
    need_more_time,
    offer_time,
    refuse_time,
    take_offer,
)
from discussions.actions.promises import PromiseState
from discussions.actions.refusals import (
    NothingAsked,
    NotYoursToDecide,
)
from discussions.actions.views import action_view
from discussions.london import say_short
from discussions.post import MessageKind
from discussions.practice.follow_up import FollowUp
from discussions.refusals import Missing, WrongAnswer
from tests.discussions.actions.story import (
    CHAIR,
    MANAGER,
    OTHER,
    OWNER,
    PRACTICE,
    TEN,
    Scene,
    london,
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


# Another moment


def test_the_chair_proposes_another_moment_and_the_owner_takes_it(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TUESDAY)
    scene.said()
    offered = scene.do(offer_time, CHAIR, action.id, asked.version, MONDAY, "Before the conference, please")

    assert (offered.due_at, offered.offered_until) == (FRIDAY, MONDAY)
    assert scene.said() == [(MessageKind.ACTION_CHANGED, OWNER.id)]
    taken = scene.do(take_offer, OWNER, action.id, offered.version)

    assert (taken.due_at, taken.asked_until, taken.offered_until) == (MONDAY, None, None)
    assert (MessageKind.ACTION_CHANGED, CHAIR.id) in scene.said()


def test_the_owner_answers_a_proposal_by_asking_again(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TUESDAY)
    offered = scene.do(offer_time, CHAIR, action.id, asked.version, MONDAY)

    again = scene.do(need_more_time, OWNER, action.id, offered.version, "Shut on Monday too", TUESDAY)

    assert (again.asked_until, again.offered_until, again.due_at) == (TUESDAY, None, FRIDAY)


def test_a_proposal_must_be_another_later_moment_and_answers_a_request(scene: Scene, action: Action) -> None:
    with pytest.raises(NothingAsked):
        scene.do(offer_time, CHAIR, action.id, action.version, MONDAY)
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TUESDAY)
    for until in (TEN - timedelta(hours=1), FRIDAY, TUESDAY):
        with pytest.raises(WrongAnswer):
            scene.do(offer_time, CHAIR, action.id, asked.version, until)
    with pytest.raises(Missing):
        scene.do(offer_time, CHAIR, action.id, asked.version, None)
    with pytest.raises(NotYoursToDecide):
        scene.do(offer_time, OWNER, action.id, asked.version, MONDAY)


def test_a_request_without_an_answer_is_asked_again_then_goes_to_the_lead(scene: Scene) -> None:
    """Asked on Tuesday at ten: the chair on the same day, each working day, and after two days whoever is above."""
    lead = replace(PRACTICE, follow_up=FollowUp(lead_person="Ruth Cole"))
    scene.practice = lead
    action = scene.record(due_at=TEN + timedelta(days=9))
    scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TEN + timedelta(days=12))

    nudges = scene.nudges_until(london(date(2026, 11, 20), 7))

    about = [(say_short(at), message.recipient) for at, message in nudges if message.recipient != OWNER.id]
    assert about == [
        ("Tue 17 Nov, 14:00", CHAIR.id),
        ("Wed 18 Nov, 14:00", CHAIR.id),
        ("Thu 19 Nov, 10:00", MANAGER.id),
        ("Thu 19 Nov, 10:00", CHAIR.id),
        ("Thu 19 Nov, 14:00", CHAIR.id),
    ]


def test_once_it_is_answered_nobody_is_asked_any_more(scene: Scene) -> None:
    for answers in (agree_time, refuse_time):
        action = scene.record()
        asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TUESDAY)
        scene.do(answers, CHAIR, action.id, asked.version)

        asking = [one for one in scene.store.actions.promises(action.id) if one.anchor == "asked"]
        assert asking
        assert {one.state for one in asking} == {PromiseState.VOID}


def test_a_declined_action_without_an_owner_is_brought_to_the_chair_again(scene: Scene) -> None:
    action = scene.record(due_at=TEN + timedelta(days=9))
    scene.do(decline, OWNER, action.id, action.version, "On leave")
    scene.said()

    nudges = scene.nudges_until(TEN + timedelta(hours=5))

    assert [(say_short(at), message.recipient) for at, message in nudges] == [("Tue 17 Nov, 14:00", CHAIR.id)]


# Handing over


def test_handing_it_back_is_allowed_and_the_chair_hears_that_it_goes_round(scene: Scene, action: Action) -> None:
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)
    taken = scene.do(accept_hand_over, OTHER, action.id, offered.version)
    scene.said()

    back = scene.do(hand_over, OTHER, action.id, taken.version, OWNER.id)

    assert {(MessageKind.CHAIR_ASKED, CHAIR.id), (MessageKind.HAND_OVER, OWNER.id)} <= set(scene.said())
    assert scene.do(action_view, CHAIR, action.id).goes_round
    assert back.owner == OTHER.id


def test_an_unanswered_hand_over_is_asked_again_and_then_the_chair_hears(scene: Scene) -> None:
    action = scene.record(due_at=TEN + timedelta(days=9))
    scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)

    nudges = scene.nudges_until(london(date(2026, 11, 19), 11))

    asked = [(say_short(at), message.recipient) for at, message in nudges if message.recipient != OWNER.id]
    assert asked[:2] == [("Tue 17 Nov, 14:00", OTHER.id), ("Wed 18 Nov, 14:00", OTHER.id)]
    assert ("Thu 19 Nov, 10:00", CHAIR.id) in asked

"""What somebody may see of actions, and what their card offers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from discussions.actions.answers import accept, blocked, done, hand_over, need_more_time
from discussions.actions.views import MayPress, action_view, actions_of, my_actions
from discussions.people import Person
from discussions.refusals import NotFound
from discussions.trail import Deed
from tests.discussions.actions.story import (
    BOOKER,
    CHAIR,
    CHILD_A,
    DISCUSSION,
    LIGHTHOUSE,
    MANAGER,
    MINUTES,
    ON_DUTY,
    OTHER,
    OWNER,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    london,
)

OWNERS = {
    *(MayPress.DONE, MayPress.MORE_TIME, MayPress.BLOCKED, MayPress.CANNOT),
    *(MayPress.HAND_OVER, MayPress.ACCEPT, MayPress.DECLINE),
}


def test_the_owner_sees_all_that_the_card_needs() -> None:
    scene = Scene()
    action = scene.record(child=CHILD_A, contingency="Police welfare check", feedback_how="by telephone")

    view = scene.do(action_view, OWNER, action.id)

    assert view.action == action
    assert (view.reference, view.owner, view.owner_agency, view.child) == ("SD-26-0412", "Jo Smith", "Police", "A")
    assert (view.chair, view.chair_phone) == ("Helen Marsh", "0117 496 0100")
    assert view.told == ("Helen Marsh", "Jo Baker")
    assert (view.is_yours, view.is_overdue, view.state_words) == (True, False, "Not accepted yet")
    assert view.next_nudge_at == london(date(2026, 11, 19), 8)
    assert view.may == OWNERS


@pytest.mark.parametrize(("reader", "may"), [(MINUTES, {MayPress.REPLACE}), (OTHER, set())])
def test_those_who_only_read_it_cannot_answer_for_it(reader: Person, may: set[MayPress]) -> None:
    scene = Scene()

    assert scene.do(action_view, reader, scene.record().id).may == may


@pytest.mark.parametrize("nobody", [STRANGER, BOOKER, MANAGER, ON_DUTY, *ROTA])
def test_for_anybody_else_it_is_not_there(nobody: Person) -> None:
    scene = Scene()
    action = scene.record()

    with pytest.raises(NotFound):
        scene.do(action_view, nobody, action.id)


def test_the_manager_may_read_it_once_it_was_escalated() -> None:
    scene = Scene()
    action = scene.record()
    scene.nudges_until(london(date(2026, 11, 23), 11))

    view = scene.do(action_view, MANAGER, action.id)

    assert (view.is_overdue, view.may) == (True, frozenset())


def test_the_duty_desk_may_read_what_it_was_told_at_night_by_day_too() -> None:
    scene = Scene(at=london(date(2026, 11, 17), 22))
    action = scene.record(kind="immediate_safety", due_at=london(date(2026, 11, 18), 3), contingency="Police")
    scene.nudges_until(scene.at)
    scene.at = london(date(2026, 11, 18), 11)

    assert scene.do(action_view, ON_DUTY, action.id).may == frozenset()


def test_a_pending_question_gives_the_chair_its_buttons() -> None:
    scene = Scene()
    action = scene.record()
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", TEN + timedelta(days=9))
    scene.do(hand_over, OWNER, action.id, asked.version, OTHER.id)

    chairs = scene.do(action_view, CHAIR, action.id)

    decides = {MayPress.AGREE_TIME, MayPress.REFUSE_TIME, MayPress.OFFER_TIME}
    decides |= {MayPress.EDIT, MayPress.CANCEL, MayPress.REPLACE}
    assert chairs.may == OWNERS | decides | {MayPress.ACCEPT_HAND_OVER, MayPress.DECLINE_HAND_OVER}
    assert (chairs.handed_to, chairs.answered_by) == ("Jo Baker", "Jo Smith")
    takers = scene.do(action_view, OTHER, action.id)
    assert takers.may == {MayPress.ACCEPT_HAND_OVER, MayPress.DECLINE_HAND_OVER}


def test_what_has_ended_and_was_heard_offers_nothing_and_promises_nothing() -> None:
    scene = Scene()
    action = scene.record(feedback_to=())
    scene.do(done, OWNER, action.id, action.version, "Seen.")
    scene.at += timedelta(hours=24, minutes=1)

    view = scene.do(action_view, CHAIR, action.id)

    assert (view.may, view.next_nudge_at, view.state_words) == (frozenset(), None, "Done")
    assert (view.answered_by, view.action.note) == ("Jo Smith", "Seen.")


def test_my_actions_are_mine_and_those_offered_to_me_overdue_first() -> None:
    scene = Scene()
    later = scene.record(due_at=TEN + timedelta(days=6))
    sooner = scene.record(due_at=TEN + timedelta(hours=2))
    gone = scene.record()
    scene.record(owner=OTHER.id)
    scene.do(done, OWNER, gone.id, gone.version, None)
    offered = scene.record(owner=CHAIR.id)
    scene.do(hand_over, CHAIR, offered.id, offered.version, OWNER.id)
    scene.at = TEN + timedelta(hours=3)

    views = scene.do(my_actions, OWNER)

    assert [view.action.id for view in views] == [sooner.id, offered.id, later.id]
    assert [view.is_overdue for view in views] == [True, False, False]


def test_the_desks_actions_are_everybodys_at_the_desk() -> None:
    scene = Scene()
    action = scene.record(owner=None, desk=LIGHTHOUSE.id)

    views = scene.do(my_actions, ROTA[0])

    assert [(view.action.id, view.is_yours, view.owner) for view in views] == [(action.id, True, "Lighthouse")]
    assert scene.do(my_actions, STRANGER) == ()


def test_the_actions_of_a_discussion_are_for_those_who_may_see_its_content() -> None:
    scene = Scene()
    ended, late, early = scene.record(), scene.record(due_at=TEN + timedelta(days=6)), scene.record()
    scene.do(done, OWNER, ended.id, ended.version, None)

    assert [view.action.number for view in scene.do(actions_of, MINUTES, DISCUSSION)] == [
        early.number,
        late.number,
        ended.number,
    ]
    for nobody in (OWNER, BOOKER, STRANGER):
        with pytest.raises(NotFound):
            scene.do(actions_of, nobody, DISCUSSION)


def test_every_look_leaves_a_line_in_the_trail() -> None:
    scene = Scene()
    action = scene.record()
    scene.do(action_view, OWNER, action.id)
    scene.do(my_actions, OWNER)

    reads = [(line.who, line.what) for line in scene.store.trail.lines if line.deed is Deed.READ]
    assert reads == [(OWNER.id, f"action:{action.id}"), (OWNER.id, "my actions")]


def test_the_card_shows_what_was_reported_and_who_said_it() -> None:
    scene = Scene()
    action = scene.record()
    accepted = scene.do(accept, OWNER, action.id, action.version)
    scene.do(blocked, CHAIR, action.id, accepted.version, "No answer at the door")

    view = scene.do(action_view, OWNER, action.id)

    assert (view.action.blocked, view.answered_by, view.action.on_behalf) == (
        "No answer at the door",
        "Helen Marsh",
        True,
    )
    assert MayPress.ACCEPT not in view.may

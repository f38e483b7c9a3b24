"""Recording what was agreed, changing it while the record is a draft, and cancelling it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from discussions.actions.action import ActionState
from discussions.actions.answers import accept
from discussions.actions.promises import PromiseState
from discussions.actions.record import cancel_action, edit_action, findings_on, record_action
from discussions.actions.refusals import ActionEnded, ActionMoved, NotTheTime, NotYoursToDecide
from discussions.booking.discussion import DiscussionState
from discussions.ids import ChildId, DiscussionId
from discussions.people import PersonId
from discussions.post import MessageKind
from discussions.refusals import Missing, NotFound, TooLong, WrongAnswer
from discussions.trail import Deed
from tests.discussions.actions.story import (
    BOOKER,
    CHAIR,
    CHILD_A,
    DISCUSSION,
    MINUTES,
    OTHER,
    OWNER,
    STRANGER,
    TEN,
    Scene,
    new_action,
    the_discussion,
)


def test_the_owner_gets_the_card_at_once_and_the_nudges_are_promised() -> None:
    scene = Scene()

    action = scene.do(record_action, MINUTES, new_action(child=CHILD_A))

    assert scene.said() == [(MessageKind.ACTION, OWNER.id)]
    assert (action.number, action.state, action.version) == (1, ActionState.PROPOSED, 1)
    steps = {(one.step, one.audience) for one in scene.store.actions.promises(action.id)}
    assert {("half", "owner"), ("soon", "owner"), ("due", "owner"), ("late", "manager"), ("chair", "chair")} <= steps
    assert scene.store.trail.lines[-1].deed is Deed.ACTION_MADE


def test_numbers_count_within_the_discussion() -> None:
    scene = Scene()

    assert [scene.record().number for _ in range(3)] == [1, 2, 3]


def test_the_chair_and_the_social_worker_hear_of_it_unless_others_are_named() -> None:
    scene = Scene()

    assert scene.record(feedback_to=None).feedback_to == (CHAIR.id, BOOKER.id)
    assert scene.record(feedback_to=None, owner=BOOKER.id).feedback_to == (CHAIR.id,)
    assert scene.record(feedback_to=(OTHER.id, OTHER.id)).feedback_to == (OTHER.id,)


@pytest.mark.parametrize("nobody", [OWNER, OTHER, STRANGER, BOOKER])
def test_nobody_else_records(nobody: object) -> None:
    scene = Scene()

    with pytest.raises(NotFound):
        scene.do(record_action, nobody, new_action())
    assert scene.store.actions.actions == {}


@pytest.mark.parametrize(
    "fault",
    [
        {"wording": ""},
        {"wording": "x" * 5_000},
        {"owner": None},
        {"due_at": None},
        {"due_at": TEN - timedelta(minutes=1)},
        {"owner": PersonId("nobody")},
        {"feedback_to": (PersonId("nobody"),)},
        {"child": ChildId("a child of others")},
        {"kind": "no such kind"},
        {"owner": None, "desk": "no such desk"},
        {"contingency": "x" * 5_000},
    ],
)
def test_what_could_not_be_kept_leaves_nothing_half_done(fault: dict[str, object]) -> None:
    scene = Scene()

    with pytest.raises((WrongAnswer, TooLong, Missing)):
        scene.record(**fault)
    assert scene.store.actions.actions == {}
    assert scene.store.actions.all_promises == {}
    assert scene.said() == []


@pytest.mark.parametrize("state", [DiscussionState.BOOKED, DiscussionState.APPROVED, DiscussionState.CANCELLED])
def test_actions_are_agreed_neither_before_the_start_nor_after_the_approval(state: DiscussionState) -> None:
    scene = Scene()
    action = scene.record()
    scene.store.discussions.kept[DISCUSSION] = the_discussion(state=state)

    with pytest.raises(NotTheTime):
        scene.record()
    with pytest.raises(NotTheTime):
        scene.do(edit_action, CHAIR, action.id, action.version, new_action())


def test_an_unknown_discussion_is_not_found() -> None:
    with pytest.raises(NotFound):
        Scene().record(discussion=DiscussionId("nowhere"))


def test_remarks_are_told_while_typing_and_nothing_is_kept() -> None:
    scene = Scene()

    remarks = scene.do(findings_on, CHAIR, new_action(wording="Liaise", due_at=TEN + timedelta(days=40)))

    assert [remark.code for remark in remarks] == ["vague_word", "not_working_day", "after_icpc"]
    assert scene.store.actions.actions == {}


def test_a_new_due_moment_moves_the_promises() -> None:
    scene = Scene()
    action = scene.record()
    later = action.due_at + timedelta(days=3)

    scene.do(edit_action, MINUTES, action.id, action.version, new_action(due_at=later))

    waiting = [one for one in scene.store.actions.promises(action.id) if one.state is PromiseState.WAITING]
    assert [one.due_at for one in waiting if one.step == "due"] == [later]
    assert (MessageKind.ACTION_CHANGED, OWNER.id) in scene.said()


def test_a_new_kind_is_nudged_by_its_own_policy() -> None:
    scene = Scene()
    action = scene.record()

    scene.do(edit_action, CHAIR, action.id, action.version, new_action(kind="immediate_safety", contingency="Police"))

    waiting = [one for one in scene.store.actions.promises(action.id) if one.state is PromiseState.WAITING]
    assert all(one.urgent for one in waiting)
    assert {one.step for one in waiting} >= {"due", "late", "chair"}


def test_a_new_owner_is_asked_and_the_one_before_is_told() -> None:
    scene = Scene()
    action = scene.record()
    accepted = scene.do(accept, OWNER, action.id, action.version)
    scene.said()

    given = scene.do(edit_action, CHAIR, action.id, accepted.version, new_action(owner=OTHER.id))

    assert (given.owner, given.state) == (OTHER.id, ActionState.PROPOSED)
    assert scene.said()[:2] == [(MessageKind.ACTION, OTHER.id), (MessageKind.ACTION_CHANGED, OWNER.id)]


def test_the_wording_of_an_overdue_action_can_still_be_mended() -> None:
    scene = Scene()
    action = scene.record()
    scene.at = action.due_at + timedelta(hours=1)

    mended = scene.do(edit_action, CHAIR, action.id, action.version, new_action(wording="See A and B alone"))

    assert (mended.wording, mended.due_at) == ("See A and B alone", action.due_at)


def test_an_edit_that_changes_nothing_is_harmless() -> None:
    scene = Scene()
    action = scene.record()
    scene.said()

    assert scene.do(edit_action, CHAIR, action.id, action.version, new_action()) == action
    assert scene.said() == []


def test_an_edit_over_somebody_elses_is_refused() -> None:
    scene = Scene()
    action = scene.record()
    first = scene.do(edit_action, MINUTES, action.id, action.version, new_action(wording="See A and B"))

    with pytest.raises(ActionMoved, match="has been changed since"):
        scene.do(edit_action, CHAIR, action.id, action.version, new_action(wording="See B"))
    assert scene.action(action.id) == first


def test_the_owner_can_not_rewrite_what_was_agreed() -> None:
    scene = Scene()
    action = scene.record()

    with pytest.raises(NotYoursToDecide):
        scene.do(edit_action, OWNER, action.id, action.version, new_action(wording="Less"))


def test_the_chair_cancels_with_a_reason_and_the_owner_hears_it() -> None:
    scene = Scene()
    action = scene.record()
    scene.said()

    ended = scene.do(cancel_action, CHAIR, action.id, action.version, "A is with the grandmother")

    assert (ended.state, ended.note) == (ActionState.CANCELLED, "A is with the grandmother")
    assert scene.said() == [(MessageKind.ACTION_CHANGED, OWNER.id)]
    assert scene.nudges_until(TEN + timedelta(days=9)) == []
    with pytest.raises(ActionEnded):
        scene.do(accept, OWNER, action.id, ended.version)


def test_only_the_chair_cancels() -> None:
    scene = Scene()
    action = scene.record()

    for other in (OWNER, MINUTES):
        with pytest.raises(NotYoursToDecide):
            scene.do(cancel_action, other, action.id, action.version, "Why")
    assert scene.action(action.id) == replace(action)

"""Answering for an action: who may, what changes, who hears of it, and what a late press is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import (
    Answer,
    accept,
    accept_hand_over,
    agree_time,
    blocked,
    decline,
    decline_hand_over,
    done,
    hand_over,
    need_more_time,
    record_answer_for,
    refuse_time,
)
from discussions.actions.promises import PromiseState
from discussions.actions.refusals import ActionEnded, ActionMoved, NothingAsked, NotYourAction, NotYoursToDecide
from discussions.actions.views import action_view
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import Missing, NotFound, TooLong, WrongAnswer
from discussions.trail import Deed
from tests.discussions.actions.story import (
    BOOKER,
    CHAIR,
    DUTY,
    LIGHTHOUSE,
    MINUTES,
    ON_DUTY,
    OTHER,
    OWNER,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    the_discussion,
)

FRIDAY = TEN + timedelta(days=3)
MONDAY = TEN + timedelta(days=6)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def action(scene: Scene) -> Action:
    action = scene.record()
    scene.said()
    scene.gives_cards(action, OWNER, CHAIR)
    return action


def test_the_owner_accepts_and_every_card_that_is_out_shows_it(scene: Scene, action: Action) -> None:
    after = scene.do(accept, OWNER, action.id, action.version)

    assert (after.state, after.state_by, after.state_at) == (ActionState.ACCEPTED, OWNER.id, TEN)
    assert after.version == action.version + 1
    messages = scene.store.outbox.messages[-2:]
    assert {message.recipient for message in messages} == {OWNER.id, CHAIR.id}
    assert all(message.kind is MessageKind.ACTION_CHANGED and message.replaces_card for message in messages)


def test_a_decline_goes_back_to_the_chair_with_its_reason_and_stays_open(scene: Scene, action: Action) -> None:
    after = scene.do(decline, OWNER, action.id, action.version, "  I am on leave from tomorrow ")

    assert (after.state, after.note) == (ActionState.DECLINED, "I am on leave from tomorrow")
    assert after.state.is_open
    assert (MessageKind.CHAIR_ASKED, CHAIR.id) in scene.said()


def test_done_tells_all_who_must_hear_of_it_and_ends_the_nudges(scene: Scene, action: Action) -> None:
    after = scene.do(done, OWNER, action.id, action.version, "A seen alone, 13:35 to 14:05.")

    assert scene.said() == [
        (MessageKind.FEEDBACK, CHAIR.id),
        (MessageKind.FEEDBACK, OTHER.id),
        (MessageKind.ACTION_CHANGED, OWNER.id),
    ]
    assert after.note == "A seen alone, 13:35 to 14:05."
    of_its_life = [one for one in scene.store.actions.promises(action.id) if one.anchor != "done"]
    assert {promise.state for promise in of_its_life} == {PromiseState.VOID}


def test_done_pressed_twice_changes_nothing_and_says_nothing_more(scene: Scene, action: Action) -> None:
    first = scene.do(done, OWNER, action.id, action.version, "Seen.")
    scene.said()
    scene.at += timedelta(minutes=2)

    again = scene.do(done, OWNER, action.id, action.version, "Seen.")

    assert again == first
    assert scene.said() == []


def test_a_press_on_an_old_card_changes_nothing_and_says_who_was_first(scene: Scene, action: Action) -> None:
    scene.at = TEN + timedelta(minutes=2)
    first = scene.do(done, CHAIR, action.id, action.version, "Told by telephone.")
    scene.at = TEN + timedelta(minutes=9)

    with pytest.raises(ActionMoved) as refused:
        scene.do(done, OWNER, action.id, action.version, "Seen.")

    assert refused.value.sentence == "Already marked done by Helen Marsh at 10:02. Nothing was changed."
    assert refused.value.action == first == scene.action(action.id)


def test_a_late_press_days_after_names_the_day(scene: Scene, action: Action) -> None:
    scene.do(done, OWNER, action.id, action.version, None)
    scene.at = TEN + timedelta(days=2)

    with pytest.raises(ActionMoved, match=r"Already marked done by you on Tue 17 Nov, 10:00\."):
        scene.do(accept, OWNER, action.id, action.version)


def test_an_ended_action_takes_no_more_answers_even_from_a_current_card(scene: Scene, action: Action) -> None:
    ended = scene.do(done, OWNER, action.id, action.version, None)

    with pytest.raises(ActionEnded):
        scene.do(accept, OWNER, action.id, ended.version)
    assert scene.action(action.id) == ended


def test_somebody_who_may_only_read_it_is_refused_politely(scene: Scene, action: Action) -> None:
    for reader in (OTHER, MINUTES):
        with pytest.raises(NotYourAction, match="Only Jo Smith or the chair can answer"):
            scene.do(done, reader, action.id, action.version, None)
    assert scene.action(action.id) == action


def test_a_stranger_learns_not_even_that_it_is_there(scene: Scene, action: Action) -> None:
    with pytest.raises(NotFound) as there:
        scene.do(done, STRANGER, action.id, action.version, None)
    with pytest.raises(NotFound) as nowhere:
        scene.do(done, STRANGER, "no-such-action", 1, None)

    assert there.value.sentence == nowhere.value.sentence


def test_anybody_at_the_owning_desk_answers_for_it(scene: Scene) -> None:
    action = scene.record(owner=None, desk=LIGHTHOUSE.id)

    assert {to for _, to in scene.said()} == {one.id for one in ROTA}
    after = scene.do(accept, ROTA[1], action.id, action.version)
    assert (after.state, after.on_behalf) == (ActionState.ACCEPTED, False)


def test_the_chair_answering_for_the_owner_is_marked_so(scene: Scene, action: Action) -> None:
    assert scene.do(accept, CHAIR, action.id, action.version).on_behalf


def test_more_time_asks_the_chair_and_the_clock_does_not_stop(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", MONDAY)

    assert (asked.due_at, asked.asked_until, asked.asked_why) == (FRIDAY, MONDAY, "The school is closed")
    assert (MessageKind.CHAIR_ASKED, CHAIR.id) in scene.said()


def test_when_the_chair_agrees_the_due_moment_and_its_nudges_move(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", MONDAY)
    scene.said()

    after = scene.do(agree_time, CHAIR, action.id, asked.version)

    assert (after.due_at, after.asked_until) == (MONDAY, None)
    assert (MessageKind.ACTION_CHANGED, OWNER.id) in scene.said()
    at_due = [
        promise.due_at
        for promise in scene.store.actions.promises(action.id)
        if promise.step == "due" and promise.state is PromiseState.WAITING
    ]
    assert at_due == [MONDAY]


def test_when_the_chair_refuses_the_owner_hears_it_and_nothing_moves(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", MONDAY)
    scene.said()

    after = scene.do(refuse_time, CHAIR, action.id, asked.version)

    assert (after.due_at, after.asked_until) == (FRIDAY, None)
    assert (MessageKind.ACTION_CHANGED, OWNER.id) in scene.said()


def test_only_the_chair_decides_about_more_time(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", MONDAY)

    with pytest.raises(NotYoursToDecide):
        scene.do(agree_time, OWNER, action.id, asked.version)
    assert scene.action(action.id) == asked


def test_agreeing_to_what_nobody_asked_for_changes_nothing(scene: Scene, action: Action) -> None:
    with pytest.raises(NothingAsked):
        scene.do(agree_time, CHAIR, action.id, action.version)


def test_a_moment_that_passed_while_the_chair_waited_is_not_agreed(scene: Scene, action: Action) -> None:
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", MONDAY)
    scene.at = MONDAY + timedelta(minutes=1)

    with pytest.raises(WrongAnswer):
        scene.do(agree_time, CHAIR, action.id, asked.version)


@pytest.mark.parametrize("until", [TEN - timedelta(days=1), TEN + timedelta(days=1), FRIDAY])
def test_more_time_must_be_more(scene: Scene, action: Action, until: object) -> None:
    with pytest.raises(WrongAnswer):
        scene.do(need_more_time, OWNER, action.id, action.version, "The school is closed", until)
    assert scene.action(action.id) == action


def test_blocked_tells_the_chair_and_the_nudges_go_on(scene: Scene, action: Action) -> None:
    waiting = [promise.id for promise in scene.store.actions.promises(action.id)]

    after = scene.do(blocked, OWNER, action.id, action.version, "Nobody opens the door")

    assert (after.state, after.blocked) == (ActionState.PROPOSED, "Nobody opens the door")
    assert (MessageKind.CHAIR_ASKED, CHAIR.id) in scene.said()
    assert [
        promise.id for promise in scene.store.actions.promises(action.id) if promise.state is PromiseState.WAITING
    ] == waiting


def test_until_a_hand_over_is_accepted_the_first_owner_stays_responsible(scene: Scene, action: Action) -> None:
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)

    assert (offered.owner, offered.handed_to) == (OWNER.id, OTHER.id)
    assert (MessageKind.HAND_OVER, OTHER.id) in scene.said()

    taken = scene.do(accept_hand_over, OTHER, action.id, offered.version)

    assert (taken.owner, taken.handed_to, taken.state) == (OTHER.id, None, ActionState.ACCEPTED)
    said = scene.said()
    assert (MessageKind.ACTION_CHANGED, OWNER.id) in said
    assert (MessageKind.ACTION_CHANGED, CHAIR.id) in said


def test_who_handed_it_over_may_read_on_but_answers_no_more(scene: Scene, action: Action) -> None:
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)
    taken = scene.do(accept_hand_over, OTHER, action.id, offered.version)

    assert scene.do(action_view, OWNER, action.id).may == frozenset()
    with pytest.raises(NotYourAction, match="Only Jo Baker or the chair"):
        scene.do(done, OWNER, action.id, offered.version, "Seen.")
    assert scene.action(action.id) == taken


def test_a_declined_hand_over_leaves_it_where_it_was(scene: Scene, action: Action) -> None:
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)
    scene.said()

    kept = scene.do(decline_hand_over, OTHER, action.id, offered.version)

    assert (kept.owner, kept.handed_to) == (OWNER.id, None)
    assert (MessageKind.ACTION_CHANGED, OWNER.id) in scene.said()


def test_only_whom_it_is_handed_to_takes_it_over(scene: Scene, action: Action) -> None:
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)

    with pytest.raises(NotYourAction):
        scene.do(accept_hand_over, OWNER, action.id, offered.version)
    with pytest.raises(NotFound):
        scene.do(accept_hand_over, STRANGER, action.id, offered.version)
    assert scene.action(action.id) == offered


def test_a_hand_over_to_nobody_or_to_oneself_is_refused(scene: Scene, action: Action) -> None:
    for to in (None, "nobody-of-the-directory", OWNER.id):
        with pytest.raises((Missing, WrongAnswer)):
            scene.do(hand_over, OWNER, action.id, action.version, to)
    assert scene.action(action.id) == action


def test_an_action_of_a_restricted_discussion_stays_among_those_on_it(scene: Scene, action: Action) -> None:
    scene.store.discussions.kept[action.discussion] = the_discussion(restricted=True)

    with pytest.raises(WrongAnswer, match="restricted"):
        scene.do(hand_over, OWNER, action.id, action.version, STRANGER.id)
    assert scene.do(hand_over, OWNER, action.id, action.version, OTHER.id).handed_to == OTHER.id


@pytest.mark.parametrize("recorder", [CHAIR, MINUTES, BOOKER])
def test_an_answer_told_by_telephone_is_marked_so(scene: Scene, action: Action, recorder: Person) -> None:
    after = scene.do(record_answer_for, recorder, action.id, action.version, Answer.DONE, "Told by phone.")

    assert (after.state, after.state_by, after.on_behalf) == (ActionState.DONE, recorder.id, True)


def test_recording_an_answer_opens_nothing_to_the_booker(scene: Scene, action: Action) -> None:
    scene.do(record_answer_for, BOOKER, action.id, action.version, Answer.ACCEPT)

    with pytest.raises(NotFound):
        scene.do(action_view, BOOKER, action.id)


def test_each_answer_can_be_told_by_telephone(scene: Scene) -> None:
    kept = [
        scene.do(record_answer_for, BOOKER, action.id, action.version, answer, "In their words", MONDAY)
        for answer in Answer
        for action in [scene.record()]
    ]

    assert [one.on_behalf for one in kept] == [True] * 6
    assert [one.state.value for one in kept] == ["accepted", "declined", "done", "proposed", "proposed", "cannot"]
    assert [(one.asked_until, one.blocked) for one in kept[3:5]] == [(MONDAY, None), (None, "In their words")]


def test_who_may_not_record_answers_finds_nothing(scene: Scene, action: Action) -> None:
    for nobody in (OTHER, STRANGER, ON_DUTY):
        with pytest.raises(NotFound):
            scene.do(record_answer_for, nobody, action.id, action.version, Answer.DONE, None)


def test_words_that_are_needed_are_asked_for_and_long_ones_refused(scene: Scene, action: Action) -> None:
    with pytest.raises(Missing):
        scene.do(decline, OWNER, action.id, action.version, "   ")
    with pytest.raises(Missing):
        scene.do(blocked, OWNER, action.id, action.version, None)
    with pytest.raises(Missing):
        scene.do(need_more_time, OWNER, action.id, action.version, "Because", None)
    with pytest.raises(TooLong):
        scene.do(done, OWNER, action.id, action.version, "x" * 5_000)
    assert scene.action(action.id) == action


def test_every_change_leaves_a_line_in_the_trail_and_no_words(scene: Scene, action: Action) -> None:
    scene.do(decline, OWNER, action.id, action.version, "A secret reason")

    line = scene.store.trail.lines[-1]
    assert (line.deed, line.who, line.what, line.version) == (Deed.ACTION_CHANGED, OWNER.id, action.id, 2)
    assert "secret" not in repr(scene.store.trail.lines)
    assert "secret" not in repr(scene.store.outbox.messages)


def test_the_duty_desk_is_a_desk_like_any_other(scene: Scene) -> None:
    action = scene.record(owner=None, desk=DUTY.id)

    assert scene.do(accept, ON_DUTY, action.id, action.version).state is ActionState.ACCEPTED

"""Answering for an action in Teams: each press and its typed twin, what is refused, and what stays on the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answers import actions, menu
from bot.showing import show
from cards.buttons import (
    AcceptAction,
    AcceptHandOver,
    AgreeTime,
    Button,
    DeclineAction,
    DeclineHandOver,
    HandOver,
    MarkDone,
    NeedMoreTime,
    RecordAnswerFor,
    RefuseTime,
    ReportBlocked,
)
from cards.render import Summary
from discussions.actions.action import ActionState
from discussions.actions.refusals import NothingAsked
from discussions.booking.discussion import DiscussionState
from discussions.ids import DiscussionId
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import Missing, NotFound, Refusal, WrongAnswer
from tests.bot.office import UNTIL, Office, Type, asked_for_time, fresh, handed_over, refused, text_of, titles
from tests.cards.checks import check_card
from tests.discussions.actions.story import (
    CHAIR,
    DISCUSSION,
    LIGHTHOUSE,
    MINUTES,
    OTHER,
    OWNER,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    london,
    the_discussion,
)


@pytest.fixture
def office() -> Office:
    return fresh()


TWINS: list[tuple[Callable[..., Button], dict[str, str], Type, str]] = [
    (AcceptAction, {}, actions.accept_typed, "1"),
    (AcceptAction, {}, actions.accept_typed, "SD-26-0412/1"),
    (AcceptAction, {}, actions.accept_typed, ""),
    (DeclineAction, {"decline_reason": "not our service"}, actions.decline_typed, "1 not our service"),
    (DeclineAction, {"decline_reason": "not our service"}, actions.decline_typed, "not our service"),
    (MarkDone, {"note": "seen at school"}, actions.done_typed, "1 seen at school"),
    (MarkDone, {"note": "seen at school"}, actions.done_typed, "1: seen at school"),
    (MarkDone, {"note": "seen at school"}, actions.done_typed, "sd-26-0412/1 seen at school"),
    (MarkDone, {"note": "seen at school"}, actions.done_typed, "SD-26-0412 seen at school"),
    (NeedMoreTime, UNTIL, actions.more_time_typed, "1 until 23/11/2026 10am because the school is shut"),
    (NeedMoreTime, UNTIL, actions.more_time_typed, "1 23 November 10:00, because the school is shut"),
    (NeedMoreTime, {"until": "23 Nov 10am", "reason": "x"}, actions.more_time_typed, "until 23 Nov 10am because x"),
    (ReportBlocked, {"words": "no answer at the door"}, actions.blocked_typed, "1 no answer at the door"),
    (HandOver, {"to": "Owen Hale"}, actions.hand_over_typed, "1 to Owen Hale"),
    (HandOver, {"to": "baker"}, actions.hand_over_typed, "SD-26-0412/1 to Jo Baker"),
]


@pytest.mark.parametrize(("button", "typed", "word", "rest"), TWINS)
def test_a_press_and_its_typed_twin_come_to_the_same(
    button: Callable[..., Button], typed: dict[str, str], word: Type, rest: str
) -> None:
    pressed, written = fresh(), fresh()

    by_press = pressed.press(OWNER, pressed.on(button), typed)
    by_word = written.type(OWNER, word, rest)

    assert pressed.now() == written.now()
    assert pressed.now() != pressed.action
    assert by_press == by_word
    assert by_press.about == f"action:{pressed.action.id}"
    assert by_press.card is not None
    check_card(by_press.card)


ASKED: list[tuple[Callable[[Office], None], Person, Callable[..., Button], Type]] = [
    (asked_for_time, CHAIR, AgreeTime, actions.agree_typed),
    (asked_for_time, CHAIR, RefuseTime, actions.refuse_typed),
    (handed_over, OTHER, AcceptHandOver, actions.agree_typed),
    (handed_over, OTHER, DeclineHandOver, actions.refuse_typed),
]


@pytest.mark.parametrize("rest", ["1", "", "SD-26-0412/1"])
@pytest.mark.parametrize(("before", "who", "button", "word"), ASKED)
def test_agree_and_refuse_answer_whatever_waits_for_the_person(
    before: Callable[[Office], None], who: Person, button: Callable[..., Button], word: Type, rest: str
) -> None:
    pressed, written = fresh(), fresh()
    before(pressed)
    before(written)
    asked = pressed.now()

    pressed.press(who, pressed.on(button))
    written.type(who, word, rest)

    assert pressed.now() == written.now() != asked
    assert (pressed.now().asked_until, pressed.now().handed_to) == (None, None)


def test_the_chair_can_agree_to_a_hand_over_for_somebody_but_must_name_it(office: Office) -> None:
    handed_over(office)

    with pytest.raises(WrongAnswer, match="Please say which action you mean"):
        office.type(CHAIR, actions.agree_typed, "")
    office.type(CHAIR, actions.agree_typed, "1")

    assert (office.now().owner, office.now().on_behalf) == (OTHER.id, True)


def test_with_nothing_asked_there_is_nothing_to_agree_to(office: Office) -> None:
    with pytest.raises(NothingAsked):
        office.type(CHAIR, actions.agree_typed, "1")


def test_the_owner_reads_that_more_time_is_refused_and_why(office: Office) -> None:
    asked_for_time(office)

    said = text_of(office.type(CHAIR, actions.refuse_typed, "1 the visit can't wait"))

    assert "“More time is not agreed: the visit can't wait”" in said
    heard = text_of(actions.overview(office.turn(OWNER), office.action.id))
    assert "“More time is not agreed: the visit can't wait”" in heard


def test_done_leaves_a_way_back_to_the_owner_and_received_to_the_chair(office: Office) -> None:
    office.scene.store.discussions.kept[DISCUSSION] = the_discussion(state=DiscussionState.APPROVED)
    shown = office.press(OWNER, office.on(MarkDone), {"note": "A seen alone."})

    assert titles(shown) == ["Not done after all", "Open it again"]
    assert titles(actions.overview(office.turn(CHAIR), office.action.id)) == [
        *("Received", "They heard by telephone", "Save"),
        *("Not done after all", "Open it again"),
    ]
    assert "✓ Done at 10:00" in text_of(shown)
    assert "“A seen alone.”" in text_of(shown)
    assert "Helen Marsh and Jo Baker" in text_of(shown)


def test_every_button_on_a_card_is_taken_from_whoever_sees_it(office: Office) -> None:
    asked_for_time(office)
    for who in (OWNER, CHAIR, OTHER, MINUTES):
        shown = actions.overview(office.turn(who), office.action.id)
        assert shown.card is not None
        check_card(shown.card)
    assert {"Agree", "Refuse", "Change it", "Answer for them"} < set(
        titles(actions.overview(office.turn(CHAIR), office.action.id))
    )
    assert titles(actions.overview(office.turn(OTHER), office.action.id)) == []
    assert "Agree" not in titles(actions.overview(office.turn(MINUTES), office.action.id))


# Which action a typed line means


def test_of_several_actions_one_is_asked_for_by_number_and_due_alone(office: Office) -> None:
    office.scene.record(wording="Ring the school", due_at=london(date(2026, 11, 19), 15))

    with pytest.raises(WrongAnswer) as caught:
        office.type(OWNER, actions.done_typed, "seen at school")

    assert caught.value.sentence == (
        "Which one do you mean: SD-26-0412/2, due Thu 19 Nov, 15:00; SD-26-0412/1, due Fri 20 Nov, 10:00? "
        "Please type it like this: done SD-26-0412/2"
    )


def test_a_number_means_the_discussion_one_is_in_before_any_other(office: Office) -> None:
    other = replace(the_discussion(), id=DiscussionId("d-2"), reference="SD-26-0500")
    office.scene.store.discussions.add(other, [], [])
    elsewhere = office.scene.record(discussion=other.id)

    office.type(OWNER, actions.accept_typed, "1")

    assert office.now().state is ActionState.ACCEPTED
    assert office.scene.action(elsewhere.id).state is ActionState.PROPOSED


def test_outside_any_discussion_a_number_means_ones_own_if_only_one_has_it(office: Office) -> None:
    office.scene.store.discussions.set_current(OWNER.id, None)

    office.type(OWNER, actions.accept_typed, "1")

    assert office.now().state is ActionState.ACCEPTED


def test_what_a_desk_owns_is_answered_by_whoever_is_at_it() -> None:
    scene = Scene()
    office = Office(scene, scene.record(owner=None, desk=LIGHTHOUSE.id))

    office.type(ROTA[0], actions.done_typed, "seen")

    assert (office.now().state, office.now().state_by) == (ActionState.DONE, ROTA[0].id)


@pytest.mark.parametrize("rest", ["1", "1 until tomorrow 10am", "1 because of the school", "", "1 because"])
def test_more_time_needs_a_moment_and_a_reason(office: Office, rest: str) -> None:
    with pytest.raises(WrongAnswer, match="more time 3 until tomorrow 10am because"):
        office.type(OWNER, actions.more_time_typed, rest)
    assert office.now() == office.action


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        (actions.decline_typed, "1"),
        (actions.blocked_typed, "1"),
        (actions.hand_over_typed, "1 to"),
        (actions.hand_over_typed, "1"),
    ],
)
def test_words_that_are_needed_are_asked_for(office: Office, word: Type, rest: str) -> None:
    with pytest.raises(Refusal):
        office.type(OWNER, word, rest)
    assert office.now() == office.action


def test_cancelling_is_the_chairs_and_must_name_the_action(office: Office) -> None:
    with pytest.raises(WrongAnswer, match="cancel action SD-26-0412/3"):
        office.type(CHAIR, actions.cancel_typed, "no longer needed")
    with pytest.raises(Refusal, match="Only the chair can cancel an action"):
        office.type(OWNER, actions.cancel_typed, "1 no longer needed")
    with pytest.raises(Missing):
        office.type(CHAIR, actions.cancel_typed, "1")
    assert office.now() == office.action

    shown = office.type(CHAIR, actions.cancel_typed, "1 no longer needed")

    assert (office.now().state, office.now().note) == (ActionState.CANCELLED, "no longer needed")
    assert "Cancelled by the chair" in text_of(shown)


# Answers given by telephone


@pytest.mark.parametrize("who", [CHAIR, MINUTES])
@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"answer": "accept"}, ActionState.ACCEPTED),
        ({"answer": "done", "words": "Seen."}, ActionState.DONE),
        ({"answer": "decline", "words": "On leave."}, ActionState.DECLINED),
        ({"answer": "blocked", "words": "No answer."}, ActionState.PROPOSED),
        ({"answer": "more time", "words": "Shut.", "until": "23/11/2026 10:00"}, ActionState.PROPOSED),
    ],
)
def test_an_answer_by_telephone_is_recorded_and_marked(
    office: Office, who: Person, typed: dict[str, str], state: ActionState
) -> None:
    shown = office.press(who, RecordAnswerFor("action", office.action.id, office.action.version), typed)

    assert (office.now().state, office.now().state_by, office.now().on_behalf) == (state, who.id, True)
    assert shown.about == f"action:{office.action.id}"


@pytest.mark.parametrize(
    "typed", [{}, {"answer": "forged"}, {"answer": "more time", "words": "x"}, {"answer": "decline"}]
)
def test_an_answer_by_telephone_that_says_too_little_changes_nothing(office: Office, typed: dict[str, str]) -> None:
    button = RecordAnswerFor("action", office.action.id, office.action.version)

    _, again = refused(office, CHAIR, button, typed)

    assert again is not None
    assert office.now() == office.action


def test_the_owner_cannot_record_answers_for_themselves(office: Office) -> None:
    button = RecordAnswerFor("action", office.action.id, office.action.version)

    assert isinstance(refused(office, OWNER, button, {"answer": "done"})[0], NotFound)


# What is sent, and what is shown again


@pytest.mark.parametrize(
    ("who", "why", "summary"),
    [
        (OWNER, MessageKind.ACTION, Summary.ACTION),
        (OWNER, MessageKind.NUDGE, Summary.ACTION),
        (CHAIR, MessageKind.CHAIR_ASKED, Summary.ACTION),
        (OTHER, MessageKind.HAND_OVER, Summary.ACTION),
        (OTHER, MessageKind.FEEDBACK, Summary.ACTION_UPDATED),
        (OWNER, MessageKind.ACTION_CHANGED, Summary.ACTION_UPDATED),
    ],
)
def test_each_reason_has_its_neutral_summary(office: Office, who: Person, why: MessageKind, summary: Summary) -> None:
    handed_over(office)
    card = actions.card_for(office.turn(who), office.action.id, why)

    assert card.summary is summary
    check_card(card)


def test_a_card_is_not_made_for_who_may_no_longer_see_it(office: Office) -> None:
    with pytest.raises(NotFound):
        actions.card_for(office.turn(STRANGER), office.action.id, MessageKind.NUDGE)


def test_the_card_and_the_form_are_shown_again_by_what_they_are_about(office: Office) -> None:
    for shown in (
        actions.overview(office.turn(CHAIR), office.action.id),
        actions.form(office.turn(CHAIR), DISCUSSION, office.action.id),
        actions.form(office.turn(CHAIR), DISCUSSION, ""),
    ):
        assert shown.about is not None
        assert show(office.turn(CHAIR), shown.about) == shown.card


def test_my_actions_lists_them_by_how_near_they_are(office: Office) -> None:
    office.scene.record(wording="Ring the school", due_at=TEN + timedelta(hours=5))
    assert "By 15:00, Tue 17 Nov" in text_of(menu.my_actions(office.turn(OWNER)))

    office.scene.at = TEN + timedelta(days=2)
    shown = text_of(menu.my_actions(office.turn(OWNER)))

    assert "1 overdue, 1 later" in shown
    assert "Since Tue 17 Nov, 15:00" in shown
    assert "SD-26-0412/2" in shown

"""An action typed in one line: read as it was meant, or refused whole with what would help."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.capture import read_action, typed_action
from discussions.actions.lint import NewAction
from discussions.people import Person
from discussions.refusals import NotFound, Refusal, TooLong, WrongAnswer
from tests.discussions.actions.story import (
    BOOKER,
    CHAIR,
    LIGHTHOUSE,
    MINUTES,
    OTHER,
    OWNER,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    london,
)


def read(text: str, who: Person = CHAIR) -> NewAction:
    return Scene().do(read_action, who, text)


TOMORROW = london(date(2026, 11, 18), 13, 30)


@pytest.mark.parametrize(
    "text",
    [
        "action: Jo Smith see A alone at school by tomorrow 13:30",
        "action: jo smith see A alone at school by 18/11 1.30pm",
        "action Jo Smith: see A alone at school by tomorrow 13:30",
        "ACTION:  Smith  see A alone at school BY tomorrow 13:30.",
    ],
)
def test_owner_what_and_when_are_read(text: str) -> None:
    new = read(text)

    assert (new.owner, new.wording, new.due_at) == (OWNER.id, "see A alone at school", TOMORROW)


def test_who_hears_of_it_and_what_if_not_are_read() -> None:
    new = read(
        "action: safety Ana Lee keeps A on site by 14:45 tell the chair, Jo Baker and me if not ring First Response",
        MINUTES,
    )

    assert new.feedback_to == (CHAIR.id, OTHER.id, MINUTES.id)
    assert new.contingency == "ring First Response"
    assert (new.owner, new.kind) == (ROTA[0].id, "immediate_safety")


@pytest.mark.parametrize("text", ["safety: Jo Smith: see A", "Jo Smith: safety: see A", "safety Jo Smith see A"])
def test_safety_counts_before_and_behind_the_owner(text: str) -> None:
    new = read(f"action {text} at school by tomorrow 13:30")

    assert (new.owner, new.wording, new.kind) == (OWNER.id, "see A at school", "immediate_safety")


def test_the_first_by_with_a_moment_behind_it_counts() -> None:
    new = read("action: Ana Lee waits by the gate by 14:00 if not done, police check by 15:00")

    assert new.wording == "waits by the gate"
    assert new.due_at == london(date(2026, 11, 17), 14)
    assert new.contingency == "police check by 15:00"


def test_a_desk_can_own_it() -> None:
    new = read("action: Lighthouse secure the phone by tomorrow 12:00")

    assert (new.owner, new.desk, new.wording) == (None, LIGHTHOUSE.id, "secure the phone")


def test_a_role_at_the_table_is_enough() -> None:
    new = read("action: the social worker visit by tomorrow 12:00 tell HV")

    assert (new.owner, new.feedback_to) == (BOOKER.id, (OTHER.id,))


def test_somebody_of_the_directory_who_is_not_at_the_table_needs_the_full_name() -> None:
    assert read("action: Max Wood send the records by Friday").owner == STRANGER.id
    with pytest.raises(WrongAnswer):
        read("action: Wood send the records by Friday")


def test_a_day_without_a_time_ends_with_the_working_day() -> None:
    new = read("action: Max Wood send the records by Friday")

    assert (new.due_at, new.due_has_time) == (london(date(2026, 11, 20), 17), False)


def test_a_name_that_two_people_have_is_asked_with_both() -> None:
    with pytest.raises(WrongAnswer) as refused:
        read("action: Jo see A by tomorrow 13:30")

    assert "Jo Smith" in refused.value.sentence
    assert "Jo Baker" in refused.value.sentence
    assert refused.value.field == "owner"


def test_an_unknown_name_is_refused_with_at_most_five_of_the_table() -> None:
    with pytest.raises(WrongAnswer) as refused:
        read("action: Zebedee: see A by tomorrow 13:30")

    assert refused.value.sentence.count("(") <= 5
    assert "Zebedee" in refused.value.sentence


@pytest.mark.parametrize(
    "text", ["action: Jo Smith see A", "action: Jo Smith see A by 31/02 12:00", "action: Jo Smith see A by yesterday"]
)
def test_without_a_moment_it_is_not_saved(text: str) -> None:
    scene = Scene()

    with pytest.raises(WrongAnswer) as refused:
        scene.do(typed_action, CHAIR, text)

    assert refused.value.field == "due"
    assert scene.store.actions.actions == {}


def test_a_typed_action_is_recorded_in_the_current_discussion() -> None:
    scene = Scene()

    action = scene.do(typed_action, CHAIR, "action: Jo Smith see A alone by tomorrow 13:30 tell Jo Baker")

    assert scene.store.actions.actions[action.id] == action
    assert (action.number, action.due_at, action.feedback_to) == (1, TOMORROW, (OTHER.id,))


def test_without_a_current_discussion_it_is_not_saved() -> None:
    scene = Scene()
    scene.store.discussions.set_current(CHAIR.id, None)

    with pytest.raises(WrongAnswer, match="start or join"):
        scene.do(typed_action, CHAIR, "action: Jo Smith see A by tomorrow 13:30")


def test_only_chair_and_minute_taker_capture() -> None:
    for nobody in (OWNER, OTHER, STRANGER, BOOKER):
        with pytest.raises(NotFound):
            Scene().do(typed_action, nobody, "action: Jo Smith see A by tomorrow 13:30")


def test_five_thousand_characters_are_too_long() -> None:
    with pytest.raises(TooLong):
        read("action: Jo Smith " + "x" * 5_000 + " by tomorrow 13:30")


WORDS = st.sampled_from(
    ["action:", "Jo", "Smith", "by", "tell", "if not", "tomorrow 13:30", ":", "safety", "me", "{{x}}"]
)


@settings(deadline=None)
@given(st.lists(WORDS | st.text(max_size=8), max_size=12).map(" ".join))
def test_whatever_is_typed_is_kept_whole_or_refused_in_one_sentence(text: str) -> None:
    scene = Scene()
    refusal: Refusal | None = None
    try:
        scene.do(typed_action, CHAIR, text)
    except Refusal as refused:
        refusal = refused

    kept = list(scene.store.actions.actions.values())
    assert len(kept) == (refusal is None)
    # whoever writes down what they do themselves is sent nothing
    for_others = [action for action in kept if action.owner != CHAIR.id]
    assert [message.about["action"] for message in scene.store.outbox.messages] == [one.id for one in for_others]
    assert refusal is None or refusal.sentence
    assert all(action.wording and action.due_at > TEN - timedelta(minutes=1) for action in kept)


@pytest.mark.parametrize("told", ["Zoe Known", "the chair and Zoe Known", "nobody"])
def test_a_hearer_who_is_not_known_is_refused_by_name(told: str) -> None:
    with pytest.raises(WrongAnswer, match="I don't know who") as refused:
        read(f"action: Jo Smith see A alone by tomorrow 13:30 tell {told}")

    assert refused.value.field == "feedback_to"


def test_an_owner_who_is_almost_known_is_asked_about_first() -> None:
    with pytest.raises(WrongAnswer, match=r"I don't know who “Joe” is. Did you mean Jo Baker, .*; Jo Smith, "):
        read("action: Joe see A alone by tomorrow 13:30 tell the chair")


def test_words_behind_a_known_hearer_do_not_stand_in_the_way() -> None:
    assert read("action: Jo Smith see A alone by tomorrow 13:30 tell the chair at once").feedback_to == (CHAIR.id,)

"""Presses and words about an action that are refused: nothing changes, and what was typed is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.answers import actions
from bot.shown import Shown
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
    RefuseTime,
    ReportBlocked,
)
from discussions.actions.refusals import ActionMoved, NotYourAction
from discussions.refusals import NotFound
from tests.bot.office import UNTIL, Office, Type, asked_for_time, fresh, inputs, refused, text_of, titles
from tests.cards.checks import elements_of
from tests.discussions.actions.story import (
    CHAIR,
    OTHER,
    OWNER,
    STRANGER,
)


@pytest.fixture
def office() -> Office:
    return fresh()


@pytest.mark.parametrize(
    ("button", "typed", "sentence"),
    [
        (NeedMoreTime, {"reason": "the school is shut"}, "Please give the new day and time."),
        (NeedMoreTime, {"reason": "shut", "until": "31/02 10:00"}, "There is no day 31/02"),
        (NeedMoreTime, {"reason": "shut", "until": "today 11:00"}, "no later than it is due now"),
        (NeedMoreTime, {"until": "23/11/2026 10:00", "reason": "  "}, "Please give a reason"),
        (ReportBlocked, {"words": "x" * 1_001}, "Please keep what is in the way to 1,000 characters."),
        (MarkDone, {"note": "“*_[x](http://x.example)_*” {{ 7 }} 😀" * 60}, "to 1,000 characters"),
        (HandOver, {"to": "Jo"}, "could be Jo"),
        (HandOver, {"to": "Nobody Known"}, "I don't know who “Nobody Known” is"),
        (HandOver, {"to": "Jo Smith"}, "owns the action already"),
        (DeclineAction, {"decline_reason": " "}, "Please give a reason"),
    ],
)
def test_wrong_input_changes_nothing_and_all_that_was_typed_stands_in_the_open_form(
    office: Office, button: Callable[..., Button], typed: dict[str, str], sentence: str
) -> None:
    refusal, again = refused(office, OWNER, office.on(button), typed)

    assert sentence in refusal.sentence
    assert again is not None
    assert refusal.sentence in text_of(again)
    assert typed.items() <= inputs(again).items()
    assert again.card is not None
    hidden = [e["card"] for e in elements_of(again.card.content) if e["type"] == "Action.ShowCard"]
    assert not set(typed) & {e["id"] for e in elements_of(hidden) if "id" in e}
    assert office.now() == office.action


def test_a_late_press_sees_what_happened_above_the_card_as_it_now_stands(office: Office) -> None:
    old = office.on(MarkDone)
    office.scene.at += timedelta(minutes=2)
    office.press(CHAIR, old, {"note": "Told by telephone."})
    office.scene.at += timedelta(minutes=7)
    done = office.now()

    refusal, again = refused(office, OWNER, old, {"note": "Seen."})

    assert isinstance(refusal, ActionMoved)
    assert again is not None
    assert "▲ Already marked done by Helen Marsh at 10:02. Nothing was changed." in text_of(again)
    assert "✓ Done at 10:02" in text_of(again)
    assert "Seen." not in json.dumps(again.card.content if again.card else {})
    assert office.now() == done


def test_only_the_refusal_is_coloured_on_a_card_that_is_shown_again(office: Office) -> None:
    _, again = refused(office, OWNER, office.on(MarkDone), {"note": "x" * 1_001})

    assert again is not None
    assert again.card is not None
    body = again.card.content["body"]
    assert isinstance(body, list)
    bleeding = [e["style"] for e in elements_of(body) if e.get("bleed")]
    assert bleeding == ["attention"]


PRESSES: list[tuple[Callable[..., Button], dict[str, str]]] = [
    (AcceptAction, {}),
    (DeclineAction, {"decline_reason": "x"}),
    (MarkDone, {"note": "x"}),
    (NeedMoreTime, UNTIL),
    (ReportBlocked, {"words": "x"}),
    (HandOver, {"to": "Owen Hale"}),
    (AgreeTime, {}),
    (RefuseTime, {}),
    (AcceptHandOver, {}),
    (DeclineHandOver, {}),
]


@pytest.mark.parametrize(("button", "typed"), PRESSES)
def test_a_strangers_press_finds_nothing_and_changes_nothing(
    office: Office, button: Callable[..., Button], typed: dict[str, str]
) -> None:
    asked_for_time(office)
    before = office.now()

    refusal, again = refused(office, STRANGER, office.on(button), typed)

    assert isinstance(refusal, NotFound)
    assert again is None
    assert office.now() == before


@pytest.mark.parametrize("number", ["1", "9"])
def test_a_number_alone_names_only_what_is_open_and_ones_own(office: Office, number: str) -> None:
    with pytest.raises(NotFound, match=f"You have no open action {number}"):
        office.type(STRANGER, actions.done_typed, number)
    assert office.now() == office.action


def test_who_only_hears_of_it_is_told_whose_it_is_and_changes_nothing(office: Office) -> None:
    refusal, again = refused(office, OTHER, office.on(MarkDone), {"note": "x"})

    assert isinstance(refusal, NotYourAction)
    assert titles(again or Shown()) == []
    assert office.now() == office.action


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        (actions.done_typed, "SD-26-0412/1 seen"),
        (actions.done_typed, "SD-26-0412/9"),
        (actions.cancel_typed, "SD-99-9999/1 no reason"),
    ],
)
def test_what_is_not_there_and_what_is_not_theirs_are_told_alike(office: Office, word: Type, rest: str) -> None:
    with pytest.raises(NotFound, match="I can't find that action among those you are on"):
        office.type(STRANGER, word, rest)
    assert office.now() == office.action

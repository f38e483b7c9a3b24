"""One press, or its words, mends an action: the line that is not written down yet, what is written down, the form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import action_mending, actions
from bot.shown import Shown
from cards.buttons import MendAction, MendForm, MendLine, SaveLine
from discussions.actions.action import Action
from discussions.actions.refusals import ActionMoved
from discussions.booking.discussion import DiscussionState
from discussions.people import Person
from discussions.refusals import AlreadyMoved, Missing, NotFound, Refusal, TooLong, WrongAnswer
from tests.bot.office import Office, fresh, inputs, text_of, titles
from tests.discussions.actions.story import CHAIR, DISCUSSION, MINUTES, OTHER, OWNER, STRANGER, london, the_discussion


@pytest.fixture
def office() -> Office:
    return fresh()


def written(office: Office) -> list[Action]:
    return [one for one in office.scene.store.actions.of_discussion(DISCUSSION) if one.id != office.action.id]


def say(office: Office, line: str, who: Person = CHAIR) -> Shown:
    return office.type(who, actions.typed, line)


def mend(office: Office, words: str, who: Person = CHAIR) -> Shown:
    return office.type(who, actions.mend_typed, words)


def test_a_line_without_a_moment_stays_and_one_press_writes_it_down(office: Office) -> None:
    shown = say(office, "Jo Smith see A at home tell the chair")

    assert written(office) == []
    assert "please say by when" in text_of(shown)
    assert inputs(shown)["line"] == "Jo Smith see A at home tell the chair"
    assert titles(shown) == ["1. By Wed 18 Nov, 10:00", "Write it down", "Leave it"]

    office.press(CHAIR, MendLine(DISCUSSION, "no_due", 0), inputs(shown))

    [action] = written(office)
    assert (action.wording, action.due_at) == ("see A at home", london(office.scene.at.date().replace(day=18), 10))


def test_the_line_can_be_changed_in_its_field(office: Office) -> None:
    say(office, "Zebedee: see A at home by tomorrow 13:30")

    shown = office.press(CHAIR, SaveLine(DISCUSSION), {"line": "Jo Smith: see A at home by tomorrow 13:30 tell chair"})

    [action] = written(office)
    assert (action.owner, action.wording) == (OWNER.id, "see A at home")
    assert shown.about == f"action:{action.id}"


def test_what_is_still_missing_is_asked_for_again_and_nothing_typed_is_lost(office: Office) -> None:
    shown = say(office, "monitor A")

    again = office.press(CHAIR, MendLine(DISCUSSION, "vague_word", 0), inputs(shown))

    assert written(office) == []
    assert inputs(again)["line"] == "see A"


def test_two_owners_become_two_actions(office: Office) -> None:
    shown = say(office, "Jo Smith and Priya Nair visit A at home by tomorrow 13:30 tell the chair")
    assert written(office) == []
    assert "Every action has one owner" in text_of(shown)

    after = office.press(CHAIR, MendLine(DISCUSSION, "two_owners", 0), inputs(shown))

    first, second = written(office)
    assert [first.owner, second.owner] == [OWNER.id, "booker"]
    assert {first.wording, second.wording} == {"visits A at home"}
    assert f"Written down too: action {second.number}." in text_of(after)


def test_who_insists_keeps_two_owners_in_one_line(office: Office) -> None:
    line = {"line": "Jo Smith and Priya Nair visit A at home by tomorrow 13:30 tell the chair"}

    office.press(CHAIR, SaveLine(DISCUSSION), line)

    [action] = written(office)
    assert action.owner == OWNER.id


def test_a_free_sentence_is_written_down_as_it_is_meant(office: Office) -> None:
    say(office, "The health visitor, with Jo Smith, weighs A at home tomorrow 13:30; note to the chair same day.")

    [action] = written(office)
    assert (action.owner, action.feedback_to) == (OTHER.id, (CHAIR.id,))
    assert action.due_at == london(office.scene.at.date().replace(day=18), 13, 30)
    assert action.wording.startswith("weighs A at home")


def test_a_vague_word_is_mended_in_what_is_written_down(office: Office) -> None:
    shown = say(office, "Jo Smith: monitor A at home by tomorrow 13:30 tell the chair")
    assert titles(shown)[:3] == ["1. Say “see”", "2. Say “weigh”", "3. Say “ring”"]
    [before] = written(office)

    after = office.press(CHAIR, MendAction(before.id, before.version, "vague_word", 2))

    [action] = written(office)
    assert action.wording == "ring A at home"
    assert after.about == f"action:{action.id}"


def test_a_day_alone_is_given_its_time_by_words(office: Office) -> None:
    say(office, "Jo Smith: see A at home by today tell the chair")
    [before] = written(office)

    after = mend(office, "1")

    assert written(office) == [before]
    assert "By what time?" not in text_of(after)
    with pytest.raises(NotFound):
        mend(office, "1")


def test_what_only_people_can_say_is_asked_for_in_a_short_field(office: Office) -> None:
    shown = say(office, "safety Jo Smith assess the flat by today 14:00 tell the chair")
    assert "1. Say what if not" in titles(shown)
    assert "2. Say what done is" in titles(shown)

    mend(office, "1 Ana Lee goes there with a constable")
    mend(office, "1 every room was looked at")

    [action] = written(office)
    assert (action.contingency, action.measure) == ("Ana Lee goes there with a constable", "every room was looked at")


def test_a_short_field_that_is_left_empty_changes_nothing(office: Office) -> None:
    say(office, "Jo Smith assesses the flat by tomorrow 14:00 tell the chair")
    [before] = written(office)

    with pytest.raises(Missing):
        office.press(CHAIR, MendAction(before.id, before.version, "no_measure"), {"measure": "  "})
    assert written(office) == [before]


def test_what_is_open_already_is_opened_by_the_press(office: Office) -> None:
    shown = say(office, "Jo Smith: see A alone at school by tomorrow 13:30 tell the chair")

    assert titles(shown)[0] == "1. Open action 1"
    assert mend(office, "1").about == f"action:{office.action.id}"


def test_an_owner_who_is_not_here_must_accept_and_it_is_said(office: Office) -> None:
    shown = say(office, "Max Wood: send the records by tomorrow 13:30 tell the chair")

    assert "Max Wood is not in the discussion. They get a card and must accept" in text_of(shown)


def test_mend_by_words_finds_the_line_first_and_then_what_was_written_down(office: Office) -> None:
    say(office, "Jo Smith see A at home")

    mend(office, "1")
    assert len(written(office)) == 1
    say(office, "Jo Smith: explore A's day by tomorrow 13:30 tell the chair")
    mend(office, "2")

    assert [one.wording for one in written(office)] == ["see A at home", "find out A's day"]


@pytest.mark.parametrize("words", ["", "the first", "0", "9"])
def test_a_number_that_is_not_offered_is_refused(office: Office, words: str) -> None:
    say(office, "Jo Smith: monitor A at home by tomorrow 13:30 tell the chair")
    before = written(office)

    with pytest.raises((WrongAnswer, NotFound)):
        mend(office, words)
    assert written(office) == before


def test_a_press_on_an_old_card_changes_nothing(office: Office) -> None:
    say(office, "Jo Smith: monitor A at home by tomorrow 13:30 tell the chair")
    [before] = written(office)
    office.press(CHAIR, MendAction(before.id, before.version, "vague_word", 0))
    after = written(office)

    with pytest.raises(ActionMoved):
        office.press(MINUTES, MendAction(before.id, before.version, "vague_word", 1))
    with pytest.raises(AlreadyMoved):
        office.press(CHAIR, MendAction(before.id, after[0].version, "vague_word", 0))
    assert written(office) == after


@pytest.mark.parametrize("who", [OWNER, OTHER, STRANGER])
def test_only_those_who_capture_can_mend(office: Office, who: Person) -> None:
    say(office, "Jo Smith: monitor A at home by tomorrow 13:30 tell the chair")
    [before] = written(office)
    line = {"line": "Jo Smith see A"}

    for button in (
        MendAction(before.id, before.version, "vague_word", 0),
        MendLine(DISCUSSION, "no_due", 0),
        SaveLine(DISCUSSION),
        MendForm(DISCUSSION, "", 0, "no_due", 0),
    ):
        with pytest.raises(Refusal):
            office.press(who, button, line)
    assert written(office) == [before]


@pytest.mark.parametrize(
    ("button", "line", "refusal"),
    [
        (SaveLine(DISCUSSION), "", Missing),
        (SaveLine(DISCUSSION), "x" * 2_001, TooLong),
        (MendLine(DISCUSSION, "forged", 0), "Jo Smith see A", AlreadyMoved),
        (MendLine(DISCUSSION, "no_due", 7), "Jo Smith see A", AlreadyMoved),
        (MendLine(DISCUSSION, "no_due", -1), "Jo Smith see A", AlreadyMoved),
    ],
)
def test_a_forged_press_on_a_line_is_refused(
    office: Office, button: SaveLine | MendLine, line: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        office.press(CHAIR, button, {"line": line})
    assert written(office) == []


FORM = {"wording": "Monitor A at home", "owner": f"person:{OWNER.id}", "day": "2026-11-18", "time": "13:30"}


def test_a_press_mends_a_field_of_the_form_and_saves_nothing(office: Office) -> None:
    shown = office.press(CHAIR, MendForm(DISCUSSION, "", 0, "vague_word", 0), FORM)

    assert inputs(shown)["wording"] == "see A at home"
    assert written(office) == []


def test_a_press_mends_the_day_of_the_form(office: Office) -> None:
    saturday = FORM | {"wording": "See A at home", "day": "2026-11-21"}

    shown = office.press(CHAIR, MendForm(DISCUSSION, "", 0, "not_working_day", 0), saturday)

    assert inputs(shown)["due"] == "23/11/2026 13:30"


def test_without_a_draft_nothing_is_offered(office: Office) -> None:
    say(office, "Jo Smith: monitor A at home by tomorrow 13:30 tell the chair")
    [before] = written(office)
    office.scene.store.discussions.save(the_discussion(state=DiscussionState.APPROVED))

    assert action_mending.worth_a_look(office.turn(CHAIR), before.id).about == f"action:{before.id}"


PIECES = st.sampled_from(
    [
        "Jo Smith",
        "and",
        "Priya Nair",
        "see A",
        "monitor A",
        "by",
        "tomorrow 13:30",
        "today",
        "tell",
        "the chair",
        "if not",
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(PIECES, min_size=1, max_size=9).map(" ".join), st.integers(1, 4))
def test_whatever_is_typed_and_pressed_is_written_down_or_still_in_the_field(line: str, number: int) -> None:
    office = fresh()

    shown = say(office, line)
    kept = len(written(office))
    assert kept == 1 or inputs(shown)["line"] == line
    try:
        mend(office, str(number))
    except Refusal:
        assert len(written(office)) == kept

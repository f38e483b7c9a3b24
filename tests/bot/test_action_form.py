"""Writing an action down, in one line or on the form, and changing it: what is pointed out, refused, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import presses
from bot.answers import actions
from bot.shown import Shown
from cards.buttons import (
    AcceptAction,
    OpenActionForm,
    Pressed,
    SaveAction,
)
from discussions.actions.action import Action
from discussions.actions.refusals import ActionMoved
from discussions.ids import DiscussionId
from discussions.people import Person
from discussions.refusals import NotFound, Refusal
from tests.bot.office import Office, fresh, inputs, text_of, titles
from tests.discussions.actions.story import (
    CHAIR,
    CHILD_A,
    DISCUSSION,
    MANAGER,
    MINUTES,
    OTHER,
    OWNER,
    STRANGER,
    the_discussion,
)


@pytest.fixture
def office() -> Office:
    return fresh()


LINE = "Jo Smith: see A alone at school by tomorrow 13:30 tell the chair"


def test_a_typed_action_is_written_down_and_says_what_is_worth_a_look(office: Office) -> None:
    shown = office.type(CHAIR, actions.typed, LINE.replace("see A", "monitor A"))

    written = office.scene.store.actions.of_discussion(DISCUSSION)[-1]
    assert (written.owner, written.wording, written.number) == (OWNER.id, "monitor A alone at school", 2)
    assert "Type undo to take it back." in text_of(shown)
    assert "“monitor” can mean many things." in text_of(shown)
    assert shown.about == f"written:0:{written.id}"


FORM = {
    "wording": "Meet A alone at school",
    "owner": f"person:{OWNER.id}",
    "day": "2026-11-18",
    "time": "13:30",
    "feedback_to": f"{CHAIR.id},{OTHER.id}",
    "measure": "A was seen and heard alone",
    "child": CHILD_A,
    "kind": "enquiry",
}
NEW = SaveAction(DISCUSSION, "", 0)


def written_down(office: Office) -> list[Action]:
    return [one for one in office.scene.store.actions.of_discussion(DISCUSSION) if one.id != office.action.id]


def test_a_form_without_anything_to_point_out_is_saved_at_once(office: Office) -> None:
    shown = office.press(MINUTES, NEW, FORM)

    [action] = written_down(office)
    assert (action.owner, action.due_at, action.child) == (
        OWNER.id,
        datetime(2026, 11, 18, 13, 30, tzinfo=UTC),
        CHILD_A,
    )
    assert (action.feedback_to, action.kind) == ((CHAIR.id, OTHER.id), "enquiry")
    assert shown.about == f"action:{action.id}"
    assert {"Change it", "Add another", "Agenda"} <= set(titles(shown))


def test_what_is_worth_a_look_is_shown_first_and_one_more_press_saves_it(office: Office) -> None:
    vague = FORM | {"wording": "Monitor A as appropriate", "measure": ""}

    warned = office.press(CHAIR, NEW, vague)

    assert written_down(office) == []
    assert "Not saved yet: worth a look" in text_of(warned)
    assert "“monitor”" in text_of(warned).casefold()
    assert "Save anyway" in titles(warned)
    assert {id: value for id, value in vague.items() if value}.items() <= inputs(warned).items()
    # shown in nobody's place: a later refresh of the message must not empty the fields
    assert warned.about is None

    office.press(CHAIR, NEW, inputs(warned))

    assert [one.wording for one in written_down(office)] == ["Monitor A as appropriate"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"wording": "  "}, "Please say what will be done."),
        ({"owner": ""}, "Please choose who does it"),
        ({"owner": "person:forged"}, "no longer in the directory"),
        ({"owner": "desk:forged"}, "no longer in the directory"),
        ({"owner_name": "Nobody Known"}, "I don't know who “Nobody Known” is"),
        ({"day": "", "time": ""}, "Please say by when."),
        ({"due": "31/02 10:00"}, "There is no day 31/02"),
        ({"due": "{{ 7 * 7 }}"}, "I did not understand"),
        ({"child": "forged"}, "please choose a child of this discussion"),
        ({"kind": "forged"}, "please choose one of the kinds"),
        ({"tell": "Nobody Known"}, "I don't know who “Nobody Known” is"),
        ({"wording": "x" * 1_001}, "to 1,000 characters"),
    ],
)
def test_a_form_that_cannot_be_kept_is_refused_whole_and_keeps_what_was_typed(
    office: Office, wrong: dict[str, str], sentence: str
) -> None:
    typed = FORM | wrong | {"as_is": "true"}

    with pytest.raises(Refusal) as caught:
        office.press(CHAIR, NEW, typed)
    again = presses.show_again(office.turn(CHAIR), Pressed(NEW, typed, "nonce"), caught.value)

    assert sentence in caught.value.sentence
    assert again is not None
    shown = inputs(Shown(again))
    assert {
        id: value for id, value in typed.items() if id != "as_is" and "forged" not in value
    }.items() <= shown.items()
    assert written_down(office) == []


def test_an_action_is_changed_on_a_form_that_holds_what_was_agreed(office: Office) -> None:
    form = office.press(CHAIR, OpenActionForm(DISCUSSION, office.action.id))
    assert form.about == f"action form:{DISCUSSION}:{office.action.id}"
    typed = inputs(form) | {"wording": "See A alone at home"}

    office.press(MINUTES, SaveAction(DISCUSSION, office.action.id, office.action.version), typed)

    assert office.now() == replace(office.action, wording="See A alone at home", version=office.action.version + 1)


def test_an_overdue_action_keeps_its_due_moment_when_only_its_words_are_changed(office: Office) -> None:
    office.scene.at = office.action.due_at + timedelta(hours=5)
    typed = inputs(office.press(CHAIR, OpenActionForm(DISCUSSION, office.action.id))) | {"measure": "A was heard"}

    office.press(CHAIR, SaveAction(DISCUSSION, office.action.id, office.action.version), typed)

    assert (office.now().due_at, office.now().measure) == (office.action.due_at, "A was heard")


def test_a_form_that_somebody_else_was_faster_on_is_not_saved(office: Office) -> None:
    button = SaveAction(DISCUSSION, office.action.id, office.action.version)
    typed = inputs(office.press(CHAIR, OpenActionForm(DISCUSSION, office.action.id)))
    office.press(OWNER, office.on(AcceptAction))
    accepted = office.now()

    with pytest.raises(ActionMoved):
        office.press(CHAIR, button, typed | {"wording": "See A at home"})
    assert office.now() == accepted


@pytest.mark.parametrize("who", [OWNER, OTHER, STRANGER, MANAGER])
def test_only_those_who_capture_see_the_form_or_save_it(office: Office, who: Person) -> None:
    for button in (OpenActionForm(DISCUSSION), OpenActionForm(DISCUSSION, office.action.id), NEW):
        with pytest.raises(NotFound):
            office.press(who, button, FORM)
    assert written_down(office) == []


def test_an_action_of_another_discussion_cannot_be_changed_through_this_one(office: Office) -> None:
    other = replace(the_discussion(), id=DiscussionId("d-2"), reference="SD-26-0500")
    office.scene.store.discussions.add(other, [], [])

    with pytest.raises(NotFound):
        office.press(CHAIR, OpenActionForm(other.id, office.action.id))


def test_the_form_offers_the_other_open_actions_to_wait_for(office: Office) -> None:
    first = office.action
    office.press(MINUTES, NEW, FORM | {"waits_for": str(first.number)})
    [made] = written_down(office)
    assert made.waits_for == first.id

    form = office.press(CHAIR, OpenActionForm(DISCUSSION, made.id))
    assert inputs(form)["waits_for"] == str(first.number)
    # an older card does not ask, and changes nothing of it
    office.press(CHAIR, SaveAction(DISCUSSION, made.id, made.version), FORM)
    assert office.scene.action(made.id).waits_for == first.id

    seen = office.scene.action(made.id).version
    office.press(CHAIR, SaveAction(DISCUSSION, made.id, seen), FORM | {"waits_for": "none"})
    assert office.scene.action(made.id).waits_for is None


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("2", "neither could ever begin"), ("1", "wait for itself"), ("99", "There is no action 99"),
     ("forged", "choose an action of this discussion")],
)  # fmt: skip
def test_the_form_refuses_a_ring_and_what_is_not_there(office: Office, number: str, sentence: str) -> None:
    first = office.action
    office.press(MINUTES, NEW, FORM | {"waits_for": str(first.number)})

    with pytest.raises(Refusal, match=sentence):
        office.press(
            CHAIR, SaveAction(DISCUSSION, first.id, first.version), FORM | {"waits_for": number, "as_is": "true"}
        )

    assert office.scene.action(first.id) == first

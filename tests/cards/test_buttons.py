"""What comes back from a pressed card is believed only as far as it is exactly what a card could have sent."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.buttons import Button, MarkDone, NotAButton, Pressed, SaveItem, ShowMyActions, pack, unpack
from discussions.ids import ActionId, DiscussionId
from discussions.refusals import Refusal

SAVE = SaveItem(DiscussionId("d1"), item=6, subject="a", form=0, then="next", seen=4)

WIRE_FORMAT = {
    "action.accept": ["action", "seen"],
    "action.blocked": ["action", "seen"],
    "action.decline": ["action", "seen"],
    "action.done": ["action", "seen"],
    "action.again": ["action", "seen"],
    "action.contingency": ["action", "seen"],
    "action.form": ["discussion", "action", "replaces"],
    "action.form.mend": ["discussion", "action", "seen", "code", "choice", "replaces"],
    "action.line.mend": ["discussion", "code", "choice"],
    "action.line.save": ["discussion"],
    "action.mend": ["action", "seen", "code", "choice", "day_only"],
    "action.hand_over": ["action", "seen"],
    "action.more_time": ["action", "seen"],
    "action.open": ["action"],
    "action.received": ["action"],
    "action.received_for": ["action", "seen"],
    "action.save": ["discussion", "action", "seen", "replaces"],
    "time.offer": ["action", "seen"],
    "time.take": ["action", "seen"],
    "actions.mine": ["page"],
    "actions.chaired": ["page", "standing", "agency", "child"],
    "actions.chaired.fetch": [],
    "action.history": ["action"],
    "action.nudge": ["action"],
    "action.prepare": ["action"],
    "action.withdraw_links": ["action"],
    "answer_for.record": ["kind", "subject", "seen"],
    "attendance.open": ["discussion"],
    "attendance.save": ["discussion", "seen"],
    "booking.start": [],
    "capacity.fetch": ["first", "last"],
    "capacity.show": ["first", "last"],
    "close.confirm": ["discussion", "seen"],
    "close.keep": ["discussion"],
    "close.open": ["discussion"],
    "console.open": ["discussion"],
    "dialog.answer": ["dialog", "step", "seen"],
    "dialog.back": ["dialog", "step", "seen"],
    "dialog.cancel": ["dialog", "seen"],
    "dialog.choose": ["dialog", "step", "choice", "seen"],
    "dialog.go_to": ["dialog", "step", "seen"],
    "dialog.resume": ["dialog", "seen"],
    "dialog.save": ["dialog", "seen"],
    "booking.follow": ["discussion"],
    "diary.show": ["days", "agency", "page"],
    "booking.changes": ["discussion"],
    "booking.move": ["discussion"],
    "booking.cancel": ["discussion", "seen"],
    "booking.offer": ["discussion"],
    "booking.add_child": ["discussion"],
    "booking.adjourn": ["discussion"],
    "booking.take_over": ["discussion", "part"],
    "booking.refuse_take_over": ["discussion", "part"],
    "booking.tell_duty": ["discussion"],
    "booking.take_duty": ["discussion"],
    "booking.held_by_phone": ["discussion", "seen"],
    "discussion.join": ["discussion"],
    "discussion.open": ["discussion"],
    "discussion.start": ["discussion", "seen"],
    "discussion.start_early": ["discussion"],
    "discussions.mine": ["page"],
    "action.snooze": ["action"],
    "away.back": [],
    "rhythm.set": [],
    "digest.open": ["kind", "id"],
    "digest.show": ["digest", "page"],
    "hand_over.accept": ["action", "seen"],
    "hand_over.decline": ["action", "seen"],
    "help.show": [],
    "invitation.answer": ["invitation", "answer", "seen"],
    "item.open": ["discussion", "item", "subject"],
    "item.save": ["discussion", "item", "subject", "form", "then", "seen"],
    "minutes.fetch": ["discussion"],
    "report.read": ["discussion", "place"],
    "record.approve": ["discussion", "seen"],
    "slots.add": ["desk"],
    "slots.open": ["slot"],
    "slots.places": ["slot", "seen"],
    "slots.remove": ["slot", "seen", "sure"],
    "slots.show": ["desk", "page"],
    "link.give": ["discussion", "seen"],
    "ring.open": ["discussion"],
    "ring.record": ["discussion"],
    "time.agree": ["action", "seen"],
    "time.refuse": ["action", "seen"],
}
"""Cards that are in chats today: a line is added for a new button, a name at the end of a line for a new field."""


def sent(**changes: object) -> dict[str, Any]:
    _, data = pack(SAVE, "nonce-1")
    return {**data, **changes}


def with_field(name: str, value: object) -> dict[str, Any]:
    return sent(b={**sent()["b"], name: value})


def test_verbs_and_fields_of_cards_already_sent_are_still_understood() -> None:
    today = {kind.verb: [field.name for field in fields(kind)] for kind in get_args(Button)}

    assert today == WIRE_FORMAT


def test_no_two_buttons_share_a_verb() -> None:
    verbs = [kind.verb for kind in get_args(Button)]

    assert len(set(verbs)) == len(verbs)


def test_a_press_comes_back_as_the_button_the_inputs_and_the_nonce() -> None:
    assert unpack("item.save", sent(why="a line", told="chair,ds")) == Pressed(
        SAVE, {"why": "a line", "told": "chair,ds"}, "nonce-1"
    )


def test_an_input_named_like_a_field_of_the_button_changes_nothing_of_the_button() -> None:
    pressed = unpack("item.save", sent(discussion="another", seen="99"))

    assert pressed.button == SAVE
    assert pressed.inputs == {"discussion": "another", "seen": "99"}


def test_the_verb_of_the_fallback_is_no_input() -> None:
    assert unpack("item.save", sent(verb="item.save")).inputs == {}


def test_a_field_added_since_the_card_was_sent_gets_its_default() -> None:
    assert unpack("actions.mine", {"b": {}, "n": "n"}).button == ShowMyActions(page=0)


@pytest.mark.parametrize("verb", [None, 7, [], {}, "", "no.such", "item.save "])
def test_an_unknown_verb_is_refused(verb: object) -> None:
    with pytest.raises(NotAButton):
        unpack(verb, sent())


@pytest.mark.parametrize("data", [None, 7, "text", [], {}, {"b": {}}, {"n": "n"}, {"b": None, "n": "n"}])
def test_data_without_a_button_is_refused(data: object) -> None:
    with pytest.raises(NotAButton):
        unpack("item.save", data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seen", "4"),
        ("seen", True),
        ("seen", 4.0),
        ("seen", -1),
        ("seen", 2**31),
        ("seen", None),
        ("discussion", 7),
        ("discussion", None),
        ("discussion", ["d1"]),
        ("discussion", "x" * 65),
        ("discussion", "\0"),
        ("subject", "\ud800"),
        ("then", "elsewhere"),
        ("then", ["next"]),
        ("extra", "field"),
    ],
)
def test_a_field_of_another_kind_is_refused(field: str, value: object) -> None:
    with pytest.raises(NotAButton):
        unpack("item.save", with_field(field, value))


@pytest.mark.parametrize("field", [field.name for field in fields(SaveItem)])
def test_a_missing_field_is_refused(field: str) -> None:
    rest = {name: value for name, value in sent()["b"].items() if name != field}

    with pytest.raises(NotAButton):
        unpack("item.save", sent(b=rest))


@pytest.mark.parametrize("nonce", [None, 7, "", "n" * 65])
def test_a_press_without_the_nonce_of_its_card_is_refused(nonce: object) -> None:
    with pytest.raises(NotAButton):
        unpack("item.save", sent(n=nonce))


@pytest.mark.parametrize("value", [None, 7, True, ["a"], {"a": 1}])
def test_an_input_that_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(NotAButton):
        unpack("item.save", sent(why=value))


def test_five_thousand_characters_are_taken_and_one_more_is_refused_in_a_clear_sentence() -> None:
    assert len(unpack("item.save", sent(why="x" * 5_000)).inputs["why"]) == 5_000

    with pytest.raises(NotAButton, match=r"longer than 5,000 characters\. Nothing was changed\. Please shorten it"):
        unpack("item.save", sent(why="x" * 5_001))


def test_sixty_inputs_are_taken_and_one_more_is_refused() -> None:
    sixty = {f"i{n}": "x" for n in range(60)}
    assert len(unpack("item.save", sent(**sixty)).inputs) == 60

    with pytest.raises(NotAButton):
        unpack("item.save", sent(**sixty, one_more="x"))


@pytest.mark.parametrize("text", ["", "😀👩‍👧", "**bold** [x](y)", '"}]} {{ 7*7 }} {% raw %}', "línea\nsegunda\tlínea"])
def test_what_people_type_comes_through_as_typed(text: str) -> None:
    assert unpack("item.save", sent(why=text)).inputs["why"] == text


@pytest.mark.parametrize("text", ["half \ud83d a smile", "nul\0l"])
def test_text_that_could_not_be_kept_is_refused(text: str) -> None:
    with pytest.raises(NotAButton):
        unpack("item.save", sent(why=text))


def test_not_a_button_is_a_refusal_that_says_nothing_was_changed() -> None:
    assert issubclass(NotAButton, Refusal)
    assert "Nothing was changed" in str(NotAButton())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None)
@given(verb=json_values | st.sampled_from(sorted(WIRE_FORMAT)), data=json_values, button=json_values)
def test_whatever_is_sent_is_a_press_or_a_refusal(verb: object, data: object, button: object) -> None:
    for body in (data, {"b": button, "n": "n"}):
        try:
            pressed = unpack(verb, body)
        except NotAButton:
            continue
        assert isinstance(pressed.button, get_args(Button))


@settings(deadline=None)
@given(action=st.text(max_size=64), seen=st.integers(0, 2**31 - 1), nonce=st.text(min_size=1, max_size=64))
def test_what_is_packed_is_unpacked(action: str, seen: int, nonce: str) -> None:
    button = MarkDone(ActionId(action.replace("\0", "")), seen)
    verb, data = pack(button, nonce.replace("\0", "-"))

    assert unpack(verb, data) == Pressed(button, {}, nonce.replace("\0", "-"))

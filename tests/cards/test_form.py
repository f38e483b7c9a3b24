"""A form that is refused says so on top and keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest

from cards.buttons import DialogAnswer, DialogCancel
from cards.form import form_card
from cards.parts import (
    AnyButton,
    Band,
    Choice,
    ChoiceInput,
    Hidden,
    LabelledButton,
    Pair,
    Part,
    TextInput,
    Tone,
    rows_that_fit,
)
from cards.render import CARD_LIMIT_BYTES, Card, size_in_bytes
from tests.cards.checks import Element, check_card, elements_of

NEXT = LabelledButton("Next", DialogAnswer("book", "when", 1), primary=True)
CANCEL = LabelledButton("Cancel", DialogCancel("book", 1), way_out=True)


def form(*parts: Part, error: str | None = None, band: Band | None = None) -> Card:
    return form_card("Step 2 of 7", "When", None, parts, [[NEXT, CANCEL]], error=error, band=band)


def body(card: Card) -> list[Any]:
    return card.content["body"]  # type: ignore[return-value]


def fields_by_id(card: Card) -> dict[str, Element]:
    return {e["id"]: e for e in elements_of(card.content) if e["type"].startswith("Input.")}


def test_a_refusal_is_the_first_thing_on_the_card() -> None:
    band = body(form(TextInput("day", "Day", "31/02"), error="February has no 31st."))[0]

    assert band["style"] == "attention"
    assert [run["text"] for text in band["items"] for run in text["inlines"]] == [
        "▲ Not saved: February has no 31st.",
        "What you typed is still here.",
    ]


def test_a_refused_form_holds_what_was_typed_and_chosen_and_the_example_below() -> None:
    fields = (
        TextInput("day", "Day", "31/02", hint="Such as: 3 March, or 03/03/2027"),
        ChoiceInput("time", "Time", (Choice("09:00", "9"), Choice("10:00", "10")), "10"),
    )
    card = form(*fields, error="February has no 31st.")

    assert {name: field["value"] for name, field in fields_by_id(card).items()} == {"day": "31/02", "time": "10"}
    texts = [e["text"] for e in elements_of(card.content) if e["type"] == "TextBlock"]
    assert "Such as: 3 March, or 03/03/2027" in texts


def test_only_the_refusal_is_coloured_while_there_is_one() -> None:
    ask = Band(Tone.EMPHASIS, None, ("Ask: What do you decide?",))

    calm = [e["style"] for e in elements_of(form(band=ask).content) if e["type"] == "Container" and "style" in e]
    refused = [
        e["style"]
        for e in elements_of(form(band=ask, error="No.").content)
        if e["type"] == "Container" and "style" in e
    ]

    assert calm == ["emphasis"]
    assert refused == ["attention"]


def test_an_empty_field_has_no_value_at_all() -> None:
    assert "value" not in fields_by_id(form(TextInput("day", "Day")))["day"]


@pytest.mark.parametrize("letter", ["x", "é", "😀", '"', "\\"])
def test_texts_too_long_for_a_card_are_shown_in_part_and_the_card_says_so(letter: str) -> None:
    typed = letter * 5_000
    parts: tuple[Part, ...] = (
        *(TextInput(f"t{n}", "Text", typed, multiline=True, max_length=5_000) for n in range(6)),
        Pair(TextInput("left", "Text", typed), TextInput("right", "Text", typed)),
        Hidden("more", (TextInput("inner", "Text", typed),)),
    )
    card = form(*parts, error="That is too long.")

    assert size_in_bytes(card) <= CARD_LIMIT_BYTES
    for field in fields_by_id(card).values():
        assert typed.startswith(field["value"])
        assert len(field["value"]) >= 200
    texts = [e["text"] for e in elements_of(card.content) if e["type"] == "TextBlock"]
    assert sum(text.startswith("Only the first") for text in texts) == 9


def test_texts_that_fit_are_shown_whole() -> None:
    card = form(*(TextInput(f"t{n}", "Text", "x" * 5_000, multiline=True) for n in range(4)))

    assert {field["value"] for field in fields_by_id(card).values()} == {"x" * 5_000}
    check_card(form(TextInput("t", "Text", "x" * 5_000)))


def test_a_way_out_sends_no_inputs_so_that_required_fields_do_not_bar_it() -> None:
    presses = {e["title"]: e for e in elements_of(form().content) if e["type"] == "Action.Execute"}

    assert presses["Cancel"]["associatedInputs"] == "none"
    assert presses["Cancel"]["fallback"]["associatedInputs"] == "none"
    assert "associatedInputs" not in presses["Next"]


def test_buttons_stand_in_rows_that_a_phone_can_hold() -> None:
    def titled(title: str) -> AnyButton:
        return LabelledButton(title, DialogCancel("book", 1))

    rows = rows_that_fit([[titled("Next"), titled("Back"), titled("Save")], [titled("A" * 14), titled("B" * 13)]])

    assert [[button.title for button in row] for row in rows] == [
        ["Next", "Back"],
        ["Save"],
        ["A" * 14],
        ["B" * 13],
    ]


def test_a_list_has_another_key_as_soon_as_it_offers_or_holds_something_else() -> None:
    def key(*titles: str, value: str | None = None) -> str:
        who = ChoiceInput("who", "Who", tuple(Choice(title, title) for title in titles), value)
        return str(fields_by_id(form(who))["who"]["key"])

    assert key("Ann", "Bo") == key("Ann", "Bo")
    assert len({key("Ann", "Bo"), key("Bo", "Ann"), key("Ann"), key("Ann", "Bo", value="Ann")}) == 4

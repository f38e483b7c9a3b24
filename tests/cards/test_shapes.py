"""Shapes: whatever the words are, the card is the one that its template would have drawn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.buttons import MarkDone, OpenAction
from cards.parts import (
    Band,
    Bullet,
    Buttons,
    Choice,
    ChoiceInput,
    FormButton,
    Hidden,
    LabelledButton,
    LinkButton,
    Row,
    Text,
    TextInput,
    Tone,
    Words,
)
from cards.render import draw
from cards.shapes import MOST_KEPT, Shapes
from discussions.ids import ActionId

HOSTILE = ['He said "no" \\ and left', "[click](https://evil.example)", "\ue0000\ue001", "", "{{ 7 * 7 }}", "é\u2028‏"]
words = st.sampled_from(HOSTILE) | st.text(max_size=20)
maybe = st.none() | words
yes_no = st.booleans()
opens = st.builds(OpenAction, st.builds(ActionId, words))
presses = opens | st.builds(MarkDone, st.builds(ActionId, words), st.integers(0, 3))
labelled = st.builds(LabelledButton, st.sampled_from(["Done", "Accept"]), presses, yes_no, yes_no)
inputs = st.builds(TextInput, st.just("note"), st.just("Why?"), maybe, yes_no) | st.just(
    ChoiceInput("day", "Day", (Choice("Today", "1"), Choice("\ue0000\ue001", "2")))
)
forms = st.builds(FormButton, st.just("Done"), st.tuples(inputs), labelled, yes_no)
buttons = labelled | forms | st.builds(LinkButton, st.just("Open"), words, yes_no)
plain = (
    st.builds(Words, words, maybe, yes_no)
    | st.builds(Text, words, yes_no, yes_no, yes_no)
    | st.builds(Bullet, words, st.just("•"), maybe)
    | st.builds(Row, words, opens, st.just("○"), maybe, maybe, maybe, yes_no)
    | st.builds(Buttons, st.tuples(labelled))
    | inputs
)
parts = st.lists(plain | st.builds(Hidden, st.just("more"), st.tuples(plain)), max_size=4)
bands = st.none() | st.builds(Band, st.sampled_from(Tone), maybe, st.tuples(words) | st.just(()), yes_no)
values = st.fixed_dictionaries(
    {
        "band": bands,
        "origin": maybe,
        "heading": maybe,
        "parts": parts,
        "rows": st.lists(st.tuples(buttons), max_size=2),
        "foot": maybe,
    }
)
SHAPES = Shapes(draw)


@given(values)
def test_a_card_by_its_shape_is_the_card_as_drawn(given_values: dict[str, Any]) -> None:
    by_shape = [SHAPES.render("notice.json.j2", given_values) for _ in range(2)]

    assert by_shape == [draw("notice.json.j2", given_values)] * 2


def with_words(text: str, seen: int = 1) -> dict[str, Any]:
    done = LabelledButton("Done", MarkDone(ActionId(text), seen))
    said = (Words(text, lead=text), Text(text), Row(text, OpenAction(ActionId(text)), small=text, right=text))
    band = Band(Tone.GOOD, text, (text, text), large=True)
    return {"band": band, "origin": None, "heading": None, "parts": said, "rows": ((done,),), "foot": text}


def test_only_the_first_of_a_kind_is_drawn() -> None:
    drawn: list[str] = []

    def counted(template: str, given_values: Any) -> str:
        drawn.append(draw(template, given_values))
        return drawn[-1]

    shapes = Shapes(counted)
    cards = [shapes.render("notice.json.j2", with_words(text)) for text in ("one", "two", 'th"ree')]

    assert cards == [draw("notice.json.j2", with_words(text)) for text in ("one", "two", 'th"ree')]
    assert len(drawn) == 2  # the card, and the same with holes for its words


@pytest.mark.parametrize("hostile", HOSTILE)
def test_words_never_change_what_is_made_of_other_words(hostile: str) -> None:
    shapes = Shapes(draw)
    for text in ("first", hostile, "last", hostile):
        assert shapes.render("notice.json.j2", with_words(text)) == draw("notice.json.j2", with_words(text))


def test_numbers_are_no_words() -> None:
    shapes = Shapes(draw)

    cards = [shapes.render("notice.json.j2", with_words("x", seen)) for seen in (2, 3, 2)]

    assert cards == [draw("notice.json.j2", with_words("x", seen)) for seen in (2, 3, 2)]


def test_no_more_is_kept_than_there_is_room_for_and_no_words_at_all() -> None:
    shapes = Shapes(draw)
    for seen in range(MOST_KEPT + 2):
        shapes.render("notice.json.j2", with_words("Kirsty and her mother", seen))

    assert len(shapes._kept) == 2
    assert "Kirsty" not in repr(shapes._kept)

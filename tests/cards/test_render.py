"""No value leaves its place in a card, whatever is written in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

import cards
from cards.buttons import DialogCancel, DialogChoose, NotAButton, OpenAction, StartBooking, unpack
from cards.form import form_card
from cards.notice import notice_card
from cards.parts import (
    Band,
    Bullet,
    Buttons,
    Choice,
    ChoiceInput,
    Figure,
    Figures,
    FormButton,
    Hidden,
    LabelledButton,
    Pair,
    Row,
    Text,
    TextInput,
    ToggleButton,
    ToggleInput,
    Tone,
    Words,
)
from cards.render import Card, Summary, environment, plain, presses_in, read_without_nulls, render, stamp
from discussions.ids import ActionId
from tests.cards.checks import check_schema

TEMPLATES = sorted((Path(cards.__file__).parent / "templates").glob("*.j2"))
PLACE = "TEXT-GOES-HERE"
HARMFUL = [
    '"}]}, {"type": "Action.OpenUrl", "url": "http://x.example"}, {"a": "',
    "{{ 7 * 7 }}{% raw %}{# #}",
    "[click](http://x.example)",
    "<b>&amp;</b> </script>",
    "\\ \\n \\u0022 \\",
    "null",
    "😀 \u202e \u2028 \x7f",
]


def card_full_of(text: str) -> Card:
    """Every part there is, with the same text in each of its places."""
    field = TextInput("t1", text, text, multiline=True, required=True, error=text, hint=text)
    choice = ChoiceInput("c1", text, (Choice(text, text),), text, expanded=True, error=text, hint=text)
    press = LabelledButton(text, DialogChoose(text, text, text, 1), primary=True)
    return form_card(
        text,
        text,
        text,
        [
            field,
            choice,
            Pair(TextInput("t2", text, text), ChoiceInput("c2", text, (Choice(text, text),), text)),
            ToggleInput("g1", text, True, text),
            Words(text, lead=text),
            Text(text, bold=True),
            Bullet(text, lead=text),
            Row(text, OpenAction(ActionId(text)), lead=text, small=text, right=text),
            Figures((Figure(text, text),)),
            Buttons((ToggleButton(text, "h1"),)),
            Hidden("h1", (Words(text),)),
        ],
        [
            [press],
            [FormButton(text, (TextInput("t3", text, text),), press)],
            [LabelledButton(text, DialogCancel(text, 1), way_out=True)],
        ],
        error=text,
        band=Band(Tone.EMPHASIS, text, (text,)),
        foot=text,
    )


def each_string(part: object, change: Callable[[str], str]) -> object:
    """Without the keys of lists, which are reckoned from the text and hold none of it."""
    if isinstance(part, str):
        return change(part)
    if isinstance(part, list):
        return [each_string(item, change) for item in part]
    if isinstance(part, dict):
        return {name: each_string(value, change) for name, value in part.items() if name != "key"}
    return part


def unjoined(text: str) -> str:
    return text.replace("]\u2060(", "](")


@settings(deadline=None)
@given(text=st.text(min_size=1, max_size=40))
def test_text_stays_text_in_every_place_of_a_card(text: str) -> None:
    check_that_text_stays(text)


@pytest.mark.parametrize("text", HARMFUL)
def test_harmful_text_stays_text_in_every_place_of_a_card(text: str) -> None:
    check_that_text_stays(text)
    check_schema(card_full_of(text))


def check_that_text_stays(text: str) -> None:
    as_drawn = each_string(card_full_of(text).content, unjoined)
    as_meant = each_string(card_full_of(PLACE).content, lambda place: unjoined(place.replace(PLACE, text)))

    assert as_drawn == as_meant


@settings(deadline=None)
@given(text=st.text(alphabet="[]()!x http://", max_size=30))
def test_no_markdown_link_is_left_in_what_clients_read_as_markdown(text: str) -> None:
    assert "](" not in plain(text)


def test_words_of_people_are_never_in_a_block_that_reads_markdown() -> None:
    card = notice_card("Noted", [Words("[A](http://x.example)", lead="[B](http://x.example)"), Bullet("[C](x)", "•")])

    blocks = [part for part in card.content["body"] if part["type"] == "TextBlock"]  # type: ignore[attr-defined]
    assert [block["text"] for block in blocks] == ["Noted"]


def test_a_value_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("notice.json.j2", Summary.ANSWER, heading="half a card")


def test_a_value_that_is_no_json_is_an_error() -> None:
    with pytest.raises(TypeError):
        environment().from_string("{{ value }}").render(value=object())


def test_nulls_are_dropped_from_lists_and_keys_without_a_value_are_left_out() -> None:
    assert read_without_nulls('{"a": [1, null, {"b": null, "c": 0}, null], "d": "", "e": false, "f": null}') == {
        "a": [1, {"c": 0}],
        "d": "",
        "e": False,
    }


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_neither_quotes_a_value_nor_calls_it_safe(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert [line for line in source.splitlines() if is_value_in_quotes(line)] == []
    assert not re.search(r"\|\s*(safe|tojson)|autoescape|Markup", source)


def is_value_in_quotes(line: str) -> bool:
    """Whether a `{{` stands after an odd number of quotes."""
    before = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "VALUE", line).split("VALUE")[:-1]
    return any("".join(before[:n]).count('"') % 2 for n in range(1, len(before) + 1))


def test_a_value_in_quotes_is_found() -> None:
    assert is_value_in_quotes('{"text": "Due {{ when }}"}')
    assert not is_value_in_quotes('{"text": {{ "a" ~ when }}, "wrap": {{ wrap }}}')


def test_every_press_of_a_stamped_card_carries_its_nonce_and_the_card_itself_is_untouched() -> None:
    card = card_full_of("x")
    before = json.dumps(card.content)

    stamped = stamp(card, "nonce-7")

    presses: list[dict[str, Any]] = presses_in(stamped.content)
    assert len(presses) == 8  # two buttons, a form's own, a row; each with its fallback
    assert {press["n"] for press in presses} == {"nonce-7"}
    assert json.dumps(card.content) == before


def test_a_press_of_a_card_that_was_never_stamped_is_refused() -> None:
    card = notice_card("Book", (), [[LabelledButton("Book", StartBooking())]])
    data = presses_in(card.content)[0]

    with pytest.raises(NotAButton, match="I do not know this button"):
        unpack("booking.start", data)
    assert unpack("booking.start", presses_in(stamp(card, "n").content)[0]).button == StartBooking()

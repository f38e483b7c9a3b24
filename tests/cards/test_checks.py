"""The rules that every card is held against do find what they are for."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from cards.render import Card
from tests.cards.checks import as_plain_1_5, check_card
from tests.cards.examples_foundation import a_form_refused

Content = dict[str, Any]


def find(content: Content, kind: str) -> Content:
    return next(part for part in content["body"] if part["type"] == kind)


def broken(how: Callable[[Content], object]) -> Card:
    good = a_form_refused()
    content = good.content
    how(content)
    return good.holding(content)


def button(title: str) -> Content:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": []}


def add(content: Content, *parts: Content) -> None:
    content["body"].extend(parts)


BREAKS: dict[str, Callable[[Content], object]] = {
    "no version": lambda c: c.pop("version"),
    "an unknown element": lambda c: add(c, {"type": "Sparkles"}),
    "an unknown property": lambda c: c.update(sparkle=True),
    "a null left": lambda c: find(c, "TextBlock").update(size=None),
    "too large": lambda c: add(c, {"type": "TextBlock", "text": "x" * 25_000, "wrap": True}),
    "text that does not wrap": lambda c: find(c, "TextBlock").pop("wrap"),
    "an input without a label": lambda c: find(c, "Input.ChoiceSet").pop("label"),
    "an input without an error text": lambda c: find(c, "Input.ChoiceSet").pop("errorMessage"),
    "an id used twice": lambda c: add(c, deepcopy(find(c, "Input.ChoiceSet"))),
    "an id of the card's own": lambda c: find(c, "Input.ChoiceSet").update(id="b"),
    "a value that is not offered": lambda c: find(c, "Input.ChoiceSet").update(value="p9"),
    "61 choices": lambda c: find(c, "Input.ChoiceSet").update(
        choices=[{"title": "x", "value": f"p{n}"} for n in range(61)]
    ),
    "three buttons in a row": lambda c: find(c, "ActionSet")["actions"].append(button("More")),
    "a pair too long for a phone": lambda c: find(c, "ActionSet")["actions"][0].update(title="x" * 30),
    "seven buttons": lambda c: add(c, *({"type": "ActionSet", "actions": [button("More")]} for _ in range(5))),
    "buttons outside the body": lambda c: c.update(actions=[button("More")]),
    "two primary buttons": lambda c: find(c, "ActionSet")["actions"][1].update(style="positive"),
    "a press without a fallback": lambda c: find(c, "ActionSet")["actions"][0].pop("fallback"),
    "a fallback that says something else": lambda c: find(c, "ActionSet")["actions"][0]["fallback"].update(title="No"),
    "a verb nobody knows": lambda c: find(c, "ActionSet")["actions"][0].update(verb="no.such"),
    "a toggle that shows nothing": lambda c: add(
        c, {"type": "ActionSet", "actions": [{**button("More"), "targetElements": ["gone"]}]}
    ),
    "two coloured bands": lambda c: add(c, deepcopy(find(c, "Container"))),
    "an empty line": lambda c: find(c, "Container")["items"][0].update(inlines=[{"type": "TextRun", "text": " "}]),
}


def test_the_card_is_good_before_it_is_broken() -> None:
    check_card(a_form_refused())


@pytest.mark.parametrize("how", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_card_is_found(how: Callable[[Content], object]) -> None:
    with pytest.raises((AssertionError, KeyError)):
        check_card(broken(how))


def test_a_summary_in_free_words_is_found() -> None:
    card = replace(a_form_refused(), summary="A, 7, was hurt")  # type: ignore[arg-type]

    with pytest.raises(AssertionError):
        check_card(card)


def test_a_newer_element_is_judged_by_its_fallback() -> None:
    bar = {"type": "ProgressBar", "value": 34, "max": 60, "fallback": "drop"}
    badge = {"type": "Badge", "text": "New", "fallback": {"type": "TextBlock", "text": "New", "wrap": True}}

    assert as_plain_1_5({"body": [bar, badge], "msteams": {}}) == {"body": [badge["fallback"]]}

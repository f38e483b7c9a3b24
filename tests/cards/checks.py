"""What must be true of every card the product can show."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

from cards.buttons import unpack
from cards.parts import ROW_LETTERS
from cards.render import CARD_LIMIT_BYTES, Card, Summary, size_in_bytes, stamp
from cards.wire import ID_LIMIT_CHARACTERS, INPUTS_LIMIT, OWN_KEYS

SCHEMA = Path(__file__).parents[1] / "data" / "adaptive-card-1.5.json"
TEAMS_PROPERTIES = frozenset({"msteams", "key"})
NEWER_ELEMENTS = frozenset({"Badge", "ProgressBar", "Icon", "Chart.Gauge", "Chart.HorizontalBar"})
MOST_ACTIONS = 6
MOST_CHOICES = 60

Element = dict[str, Any]


def check_card(card: Card) -> None:
    """Raises AssertionError with what is wrong and where."""
    assert type(card.summary) is Summary, "a summary is one of the neutral sentences"
    assert size_in_bytes(card) <= CARD_LIMIT_BYTES, f"{size_in_bytes(card)} bytes"
    check_schema(card)
    elements = list(elements_of(card.content))
    check_inputs(elements)
    check_texts(elements)
    check_buttons(card, elements)
    check_bands(elements)


def check_schema(card: Card) -> None:
    assert card.content["version"] == "1.5"
    assert card.content["fallbackText"], "older clients show nothing"
    problem = best_match(validator().iter_errors(as_plain_1_5(card.content)))
    assert problem is None, f"{list(problem.absolute_path)}: {problem.message[:300]}"


def check_inputs(elements: list[Element]) -> None:
    inputs = [e for e in elements if e["type"].startswith("Input.")]
    assert len(inputs) <= INPUTS_LIMIT
    for field in inputs:
        said = field["title"] if field["type"] == "Input.Toggle" else field["label"]
        assert said.strip(), f"{field['id']} has no label"
        assert field["errorMessage"].strip(), f"{field['id']} has no error text"
        assert field["id"] not in OWN_KEYS, f"{field['id']} is a key of the card's own"
        assert 0 < len(field["id"]) <= ID_LIMIT_CHARACTERS
        if field["type"] == "Input.Text":
            assert field["maxLength"] > 0
    for field in (f for f in inputs if f["type"] == "Input.ChoiceSet"):
        check_choices(field)
    ids = Counter(e["id"] for e in elements if "id" in e)
    assert not [i for i, count in ids.items() if count > 1], f"ids used twice: {ids}"
    targets = {t for e in elements for t in e.get("targetElements", ())}
    assert targets <= set(ids), f"a toggle shows nothing: {targets - set(ids)}"


def check_choices(field: Element) -> None:
    values = [choice["value"] for choice in field["choices"]]
    assert 0 < len(values) <= MOST_CHOICES, f"{field['id']} has {len(values)} choices"
    assert len(set(values)) == len(values), f"{field['id']} offers a value twice"
    chosen = field["value"].split(",") if field.get("value") else []
    assert set(chosen) <= set(values), f"{field['id']} has a value that it does not offer"


def check_texts(elements: list[Element]) -> None:
    for block in (e for e in elements if e["type"] == "TextBlock"):
        is_symbol = len(block["text"]) == 1 or block["text"].endswith("›")
        assert block.get("wrap") is True or is_symbol, f"does not wrap: {block['text']}"
    for rich in (e for e in elements if e["type"] == "RichTextBlock"):
        assert any(run["text"].strip() for run in rich["inlines"]), "an empty line of text"


def check_buttons(card: Card, elements: list[Element]) -> None:
    visible = list(visible_actions(card.content["body"]))
    assert "actions" not in card.content, "buttons stand in ActionSets in the body"
    assert len(visible) <= MOST_ACTIONS, f"{len(visible)} buttons"
    assert sum(b.get("style") == "positive" for b in visible) <= 1, "one primary button a card"
    for actions in (e["actions"] for e in elements if e["type"] == "ActionSet"):
        assert 1 <= len(actions) <= 2, "one or two buttons a row"
        letters = sum(len(a["title"]) for a in actions)
        assert len(actions) == 1 or letters <= ROW_LETTERS, f"cut off on a phone: {[a['title'] for a in actions]}"
    for shown in (e["card"] for e in elements if e["type"] == "Action.ShowCard"):
        assert not any(e["type"] == "Action.ShowCard" for e in elements_of(shown)), "a form inside a form"
    for execute in (e for e in elements_of(stamp(card, "nonce").content) if e["type"] == "Action.Execute"):
        check_press(execute)


def check_press(execute: Element) -> None:
    fallback = execute["fallback"]
    assert execute["title"].strip()
    assert fallback["type"] == "Action.Submit"
    assert fallback["title"] == execute["title"]
    assert fallback["data"] == {**execute["data"], "verb": execute["verb"]}
    pressed = unpack(execute["verb"], execute["data"])
    assert pressed == unpack(fallback["data"]["verb"], fallback["data"])
    assert pressed.nonce == "nonce"


def check_bands(elements: list[Element]) -> None:
    styles = [e["style"] for e in elements if e["type"] == "Container" and "style" in e]
    assert len([s for s in styles if s != "emphasis"]) <= 1, f"one coloured band a card, not {styles}"


def elements_of(part: object) -> Iterator[Element]:
    """Everything with a type, the outermost first; not the fallbacks, nor what buttons carry."""
    if isinstance(part, list):
        for item in part:
            yield from elements_of(item)
    elif isinstance(part, dict):
        if "type" in part:
            yield part
        for key, value in part.items():
            if key not in ("fallback", "data"):
                yield from elements_of(value)


def visible_actions(part: object) -> Iterator[Element]:
    """The buttons one sees before pressing anything."""
    if isinstance(part, list):
        for item in part:
            yield from visible_actions(item)
    elif isinstance(part, dict) and part.get("isVisible", True):
        yield from part.get("actions", ())
        for key in ("items", "columns"):
            yield from visible_actions(part.get(key, []))


def as_plain_1_5(part: object) -> object:
    """The card as a client of version 1.5 takes it: newer elements by their fallback, Teams' own properties dropped."""
    if isinstance(part, list):
        return [as_plain_1_5(replaced(item)) for item in part if replaced(item) != "drop"]
    if isinstance(part, dict):
        return {key: as_plain_1_5(value) for key, value in part.items() if key not in TEAMS_PROPERTIES}
    assert part is not None, "a null is left in the card"
    return part


def replaced(item: object) -> object:
    if not isinstance(item, dict) or item.get("type") not in NEWER_ELEMENTS:
        return item
    return item["fallback"]


@cache
def validator() -> Draft6Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    schema["$id"] = schema.pop("id")
    return Draft6Validator(schema)

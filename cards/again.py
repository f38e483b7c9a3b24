"""Shows a card again after a refusal: the sentence on top, and everything that was typed back in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from cards.refusal import refusal_card
from cards.render import Card

TYPED_KEPT = "What you typed is still here."

Element = dict[str, Any]


def again(card: Card, sentence: str, typed: Mapping[str, str] | None = None) -> Card:
    """The same card with a refusal's band above it. `typed` holds input ids and what stood in them.

    A band that was there loses its colour, so that one thing asks to be seen; a form that was filled in stands open.
    """
    content = card.content
    body = cast("list[Element]", content.get("body", []))
    put_back(body, typed or {})
    uncolour(body)
    said = f"{sentence} {TYPED_KEPT}" if typed else sentence
    band = cast("list[Element]", refusal_card(said).content["body"])[0]
    content["body"] = [band, *opened(body, typed or {})]
    return card.holding(content)


def put_back(part: object, typed: Mapping[str, str]) -> None:
    if isinstance(part, list):
        for item in part:
            put_back(item, typed)
    elif isinstance(part, dict):
        if str(part.get("type", "")).startswith("Input.") and part.get("id") in typed:
            part["value"] = as_offered(part, typed[part["id"]])
        for value in part.values():
            put_back(value, typed)


def as_offered(field: Element, typed: str) -> str:
    """Of a list only what it offers: anything else was forged, or has gone since."""
    if field["type"] != "Input.ChoiceSet":
        return typed
    values = {choice["value"] for choice in field["choices"]}
    return ",".join(value for value in typed.split(",") if value in values)


def uncolour(body: list[Element]) -> None:
    for part in body:
        if part.get("type") == "Container":
            part.pop("style", None)
            part.pop("bleed", None)


def opened(body: list[Element], typed: Mapping[str, str]) -> list[Element]:
    """The body with the form that was filled in laid open: a card can't open one of its own accord."""
    for place, part in enumerate(body):
        for button in part.get("actions", ()) if part.get("type") == "ActionSet" else ():
            if button["type"] == "Action.ShowCard" and inputs_in(button["card"]) & set(typed):
                plain = [without_primary(other) for other in body]
                return [*plain[:place], *laid_open(button, plain[place]), *plain[place + 1 :]]
    return body


def without_primary(part: Element) -> Element:
    """The open form's own button is the one primary."""
    if part.get("type") != "ActionSet":
        return part
    return {**part, "actions": [{k: v for k, v in one.items() if k != "style"} for one in part["actions"]]}


def laid_open(button: Element, row: Element) -> list[Element]:
    """The form in a box of its own, then what is left of its row. Its empty fields bar no other press."""
    title = {"type": "TextBlock", "text": button["title"], "wrap": True, "weight": "Bolder"}
    fields = button["card"]["body"]
    for field in all_in(fields):
        field.pop("isRequired", None)
    left = [other for other in row["actions"] if other["title"] != button["title"]]
    box = {"type": "Container", "style": "emphasis", "spacing": "Medium", "items": [title, *fields]}
    return [box, *([{**row, "actions": left}] if left else [])]


def inputs_in(part: object) -> set[str]:
    return {str(found["id"]) for found in all_in(part) if str(found["type"]).startswith("Input.")}


def all_in(part: object) -> list[Element]:
    """Every element of a card's part, itself included."""
    if isinstance(part, list):
        return [found for item in part for found in all_in(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if "type" in part else []
    return own + [found for key, value in part.items() if key != "data" for found in all_in(value)]

"""Shows a card again after a refusal: the sentence on top, and everything that was typed back in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import cast

from cards.refusal import refusal_card
from cards.render import Card

TYPED_KEPT = "What you typed is still here."


def again(card: Card, sentence: str, typed: Mapping[str, str] | None = None) -> Card:
    """The same card with a refusal's band above it. `typed` holds input ids and what stood in them."""
    content = deepcopy(card.content)
    put_back(content, typed or {})
    said = f"{sentence} {TYPED_KEPT}" if typed else sentence
    band = cast("list[object]", refusal_card(said).content["body"])[0]
    content["body"] = [band, *cast("list[object]", content.get("body", []))]
    return replace(card, content=content)


def put_back(part: object, typed: Mapping[str, str]) -> None:
    if isinstance(part, list):
        for item in part:
            put_back(item, typed)
    elif isinstance(part, dict):
        if str(part.get("type", "")).startswith("Input.") and part.get("id") in typed:
            part["value"] = typed[part["id"]]
        for value in part.values():
            put_back(value, typed)

"""Reads what a pressed card sends back. Nothing in it is trusted, not even to be of the right type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeGuard, TypeVar, get_args, get_origin, get_type_hints

from discussions.refusals import Refusal
from discussions.seen_text import seen_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ID_LIMIT_CHARACTERS = 64
INPUT_LIMIT_CHARACTERS = 5_000
INPUTS_LIMIT = 60
LARGEST_NUMBER = 2**31 - 1
"""Versions are kept in 32-bit columns."""

OWN_KEYS = frozenset({"b", "n", "verb"})
"""What a card puts beside its inputs: the button's fields, the card's nonce, the verb of a Submit fallback."""

UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
"""A null character and half a character: no keyboard types them, PostgreSQL and UTF-8 refuse them."""

B = TypeVar("B", bound="DataclassInstance")


class NotAButton(Refusal):
    """What came back is no press of a card of ours, or holds more than a card lets one type."""

    def __init__(self, why: str = "I do not know this button", mend: str = "To see what I can do, type help") -> None:
        super().__init__(f"{why}. Nothing was changed. {mend}.")


def read_button(kind: type[B], sent: object) -> B:
    """The button from its fields, each present (or with a default), known, and of its declared type."""
    known = fields_of(kind)
    if not isinstance(sent, Mapping) or not set(sent) <= set(known):
        raise NotAButton
    missing = {name for name, (field, _) in known.items() if name not in sent and field.default is MISSING}
    if missing or not all(fits(value, known[name][1]) for name, value in sent.items()):
        raise NotAButton
    return kind(**sent)


def read_inputs(data: Mapping[object, object]) -> dict[str, str]:
    """What was typed and chosen: clients merge it in beside the card's own keys."""
    inputs: dict[str, str] = {}
    for key, value in data.items():
        if key in OWN_KEYS:
            continue
        if not is_short_text(key) or not isinstance(value, str):
            raise NotAButton
        if len(value) > INPUT_LIMIT_CHARACTERS:
            raise NotAButton("One of the texts is longer than 5,000 characters", "Please shorten it and press again")
        if UNSTORABLE.search(value):
            raise NotAButton("One of the texts holds a character I can't keep", "Please type it again")
        inputs[key] = seen_text(value)
    if len(inputs) > INPUTS_LIMIT:
        raise NotAButton("That is more fields than one card holds")
    return inputs


def fits(value: object, wanted: object) -> bool:
    if get_origin(wanted) is Literal:
        return isinstance(value, str) and value in get_args(wanted)
    if wanted is int:
        return type(value) is int and 0 <= value <= LARGEST_NUMBER
    if wanted is bool:
        return type(value) is bool
    return is_short_text(value)


def is_short_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= ID_LIMIT_CHARACTERS and not UNSTORABLE.search(value)


@cache
def fields_of(kind: type[DataclassInstance]) -> Mapping[str, tuple[Field[object], object]]:
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}

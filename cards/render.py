"""Turns a JSON template and typed values into a card: the only way a card is made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Self

from jinja2 import Environment, PackageLoader, StrictUndefined, Undefined
from markupsafe import Markup

CARD_LIMIT_BYTES = 25_000
"""Teams refuses messages of about 28 KB; the envelope around the card needs the rest."""

PRESSES = ("Action.Execute", "Action.Submit")
NO_NONCE_YET = '"n":""'
"""As buttons are packed. No text can hold it: inside a JSON string its quotes would be escaped."""

write_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once, since `json.dumps` would make an encoder for every value."""


class Summary(StrEnum):
    """What a toast or a lock screen may show. A closed list, so that no free text ever gets there."""

    WELCOME = "Welcome to Chairside"
    ANSWER = "Chairside has an answer for you"
    FORM = "Your form is ready"
    MEETING_REQUEST = "You are asked to a meeting"
    MEETING_ANSWER = "An answer to a meeting has come in"
    MEETING_CHANGED = "A meeting was changed"
    MEETING_CANCELLED = "A meeting was cancelled"
    MEETING_NOT_BEGUN = "A meeting has not begun"
    MEETING_TO_BOOK = "A meeting is still to be booked"
    MEETING_LINK = "How to join a meeting"
    MEETING_RING = "Please ring about a meeting"
    MEETING_SOON = "A meeting starts soon"
    MEETING_PROGRESS = "Meeting progress"
    ACTION = "An action needs your update"
    ACTION_UPDATED = "An action was updated"
    DOCUMENT = "A document is ready for you"
    UPKEEP = "Chairside itself needs a look"
    UNREACHED = "Somebody could not be reached"
    PLACE_ASKED = "Your agency is asked for a place"
    CHANGE = "Please open a change and reply"
    SLOTS = "A desk's slots need a look"


@dataclass(frozen=True, slots=True)
class Card:
    """`text` is a complete Adaptive Card 1.5 as compact JSON; `summary` the only words of it that leave the chat.

    Text and no tree, since nearly every card is only passed on: sealed, stamped, sent.
    """

    text: str
    summary: Summary

    @classmethod
    def of(cls, content: Mapping[str, object], summary: Summary) -> Self:
        return cls(write_compact(content), summary)

    @property
    def content(self) -> dict[str, Any]:
        """Read anew each time, so that whoever changes it changes no card."""
        content: dict[str, Any] = json.loads(self.text)
        return content

    def holding(self, content: Mapping[str, object]) -> Self:
        return replace(self, text=write_compact(content))


def render(template: str, summary: Summary, **values: object) -> Card:
    """`template` is a file name in cards/templates. A value the template names and nobody gave is an error."""
    return Card(draw(template, values), summary)


def draw(template: str, values: Mapping[str, object]) -> str:
    text = environment().get_template(template).render(values)
    return write_compact(read_without_nulls(text))


def stamp(card: Card, nonce: str) -> Card:
    """The card as it is sent: every press carries this card's nonce, so that the same press again is known."""
    return replace(card, text=card.text.replace(NO_NONCE_YET, f'"n":{write_compact(nonce)}'))


def size_in_bytes(card: Card) -> int:
    return len(card.text.encode("utf-8", "replace"))


def presses_in(part: object) -> list[dict[str, object]]:
    """The data of every button anywhere in this part of a card."""
    if isinstance(part, list):
        return [found for item in part for found in presses_in(item)]
    if not isinstance(part, dict):
        return []
    own = [part["data"]] if part.get("type") in PRESSES and "data" in part else []
    return own + [found for key, value in part.items() if key != "data" for found in presses_in(value)]


@cache
def environment() -> Environment:
    # autoescape makes macros hand back Markup, which is how finalize tells finished JSON from a value
    made = Environment(
        loader=PackageLoader("cards"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=json_literal,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    return made


def plain(text: str) -> str:
    """For text that clients read as Markdown: no part of it can become a link, so no name can lead elsewhere."""
    # a word joiner is neither seen nor read aloud
    return text.replace("](", "]\u2060(")


def json_literal(value: object) -> Markup:
    """Every `{{ … }}` ends here: templates never put quotes round a value, so no text can leave its place."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        str(value)  # StrictUndefined says which name is missing
    return Markup(write_compact(value))


def read_without_nulls(text: str) -> object:
    """Lists in templates end in null, and a key without a value is left out: no comma logic in templates.

    A list of a card is always some key's value, so looking at each object's values finds them all.
    """
    return json.loads(text, object_pairs_hook=_without_nulls)


def _without_nulls(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        key: [item for item in value if item is not None] if type(value) is list else value
        for key, value in pairs
        if value is not None
    }

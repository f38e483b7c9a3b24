"""Cards that differ in their words alone are rendered once: what has holes for the words is kept, and filled in.

What is kept holds no word that anybody wrote. A card is told from another by everything but its words: kinds and order
of its parts, what is there and what is not, titles, choices, numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, get_args

from cards.buttons import Button
from cards.parts import Band, Bullet, Buttons, FormButton, Hidden, LabelledButton, LinkButton, Row, TextInput, Words
from cards.parts import Text as OurWords

MOST_KEPT = 256
_HOLE = re.compile("\ue000([0-9]+)\ue001")
_READ_AS_MARKDOWN = "]("

WORDED: Mapping[type, tuple[str, ...]] = {
    Words: ("text", "lead"),
    OurWords: ("text",),
    Band: ("heading", "lines"),
    Bullet: ("text", "lead"),
    Row: ("text", "button", "lead", "small", "right"),
    Hidden: ("parts",),
    Buttons: ("buttons",),
    LabelledButton: ("button",),
    LinkButton: ("url",),
    FormButton: ("parts", "button"),
    TextInput: ("value",),
    **{kind: tuple(field.name for field in fields(kind)) for kind in get_args(Button)},
}
"""Where words are to be found. Everything else of these, and every other kind whole, belongs to the shape."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one kind is taken apart: all its fields at once, and the places and names of those with words in them."""

    take: Callable[[Any], tuple[Any, ...]]
    worded: tuple[int, ...]
    names: tuple[str, ...]


def _reading(kind: type, worded: tuple[str, ...]) -> _Reading:
    names = tuple(field.name for field in fields(kind))
    with_words = {place: name for place, name in enumerate(names) if name in worded}
    return _Reading(_taking(names), tuple(with_words), tuple(with_words.values()))


def _taking(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """A getter of several names gives a tuple, one of a single name does not."""
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)


_READINGS = {kind: _reading(kind, worded) for kind, worded in WORDED.items()}


@dataclass(frozen=True, slots=True)
class _Shape:
    """The card's JSON in pieces; between two of them stands the text of that number."""

    pieces: tuple[str, ...]
    holes: tuple[int, ...]

    def filled(self, texts: list[str]) -> str:
        written = [encode_basestring(text)[1:-1] for text in texts]
        out = [self.pieces[0]]
        for hole, piece in zip(self.holes, self.pieces[1:], strict=True):
            out.append(written[hole])
            out.append(piece)
        return "".join(out)


Values = Mapping[str, Any]


class Shapes:
    """`draw` renders a template's values, the slow way."""

    def __init__(self, draw: Callable[[str, Values], str]) -> None:
        self._draw = draw
        self._kept: dict[tuple[Any, ...], _Shape] = {}

    def render(self, template: str, values: Values) -> str:
        texts: list[str] = []
        key = (template, *values, *[taken_apart(value, texts) for value in values.values()])
        if any(_READ_AS_MARKDOWN in text for text in texts):
            # the one thing by which a text changes what is made of it
            return self._draw(template, values)
        shape = self._kept.get(key)
        return self._drawn(template, values, key, texts) if shape is None else shape.filled(texts)

    def _drawn(self, template: str, values: Values, key: tuple[Any, ...], texts: list[str]) -> str:
        """A shape is kept only if it gives the very same card, and if nobody wrote what looks like a hole."""
        drawn = self._draw(template, values)
        if _HOLE.search(drawn):
            return drawn
        holes = _Holes()
        parts = _HOLE.split(self._draw(template, {name: holes.dug(value) for name, value in values.items()}))
        shape = _Shape(tuple(parts[::2]), tuple(int(number) for number in parts[1::2]))
        if shape.filled(texts) == drawn:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = shape
        return drawn


def taken_apart(value: Any, texts: list[str]) -> Any:
    """The value without its words, which are added to `texts`. Whether a word is empty belongs to the shape."""
    kind = type(value)
    if kind is str:
        texts.append(value)
        return bool(value)
    if kind is tuple or kind is list:
        return tuple(taken_apart(one, texts) for one in value)
    reading = _READINGS.get(kind)
    if reading is None:
        return value
    found = [*reading.take(value), kind]
    for place in reading.worded:
        found[place] = taken_apart(found[place], texts)
    return tuple(found)


class _Holes:
    """Digs a hole for each word, in the order in which `taken_apart` finds them."""

    def __init__(self) -> None:
        self._number = 0

    def dug(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            hole = f"\ue000{self._number}\ue001" if value else value
            self._number += 1
            return hole
        if kind is tuple or kind is list:
            return tuple(self.dug(one) for one in value)
        reading = _READINGS.get(kind)
        if reading is None:
            return value
        return replace(value, **{name: self.dug(getattr(value, name)) for name in reading.names})

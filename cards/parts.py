"""What cards are laid out from: texts, rows and bands. Each is drawn by the macro named by its `kind`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from zlib import crc32

from cards.buttons import Button, pack

ROW_LETTERS = 26
"""What two buttons side by side can hold at 320 px; a longer pair is cut off without warning."""


class Tone(StrEnum):
    """What a band means: done, due or look again, act now or not saved, what to ask or know."""

    GOOD = "good"
    WARNING = "warning"
    ATTENTION = "attention"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Band:
    """The one coloured band of a card. `heading` starts with its symbol, since colour alone says nothing.

    `large` where the band is the card's heading, as on a nudge.
    """

    kind: ClassVar[str] = "band"
    tone: Tone
    heading: str | None
    lines: tuple[str, ...] = ()
    large: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Anything people wrote, and names: shown as it is, never read as Markdown. `lead` is bold and stands before it."""

    kind: ClassVar[str] = "words"
    text: str
    lead: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Our own words. `close` keeps it to the line above."""

    kind: ClassVar[str] = "text"
    text: str
    bold: bool = False
    small: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line behind a symbol: • ✓ ● ○ ▲, always with words that say the same."""

    kind: ClassVar[str] = "bullet"
    text: str
    symbol: str = "•"
    lead: str | None = None
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line to press, ending in ›. `right` stands before the ›, `small` below in small type."""

    kind: ClassVar[str] = "row"
    text: str
    button: Button
    symbol: str = "○"
    lead: str | None = None
    small: str | None = None
    right: str | None = None
    bold: bool = False

    @property
    def verb(self) -> str:
        return self.button.verb

    @property
    def data(self) -> dict[str, object]:
        return pack(self.button)[1]

    @property
    def said(self) -> str:
        """What a screen reader says in place of the row's own texts, in their order."""
        return " ".join(part for part in (self.lead, self.text, self.small, self.right) if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to see at a glance, and what it counts."""

    number: str
    counts: str


@dataclass(frozen=True, slots=True)
class Figures:
    """At most three side by side."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Parts that a ToggleButton naming `id` shows and hides."""

    kind: ClassVar[str] = "hidden"
    id: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LabelledButton:
    """`title` is a verb first, 1-3 words, said from the presser's side. One `primary` a card.

    A way out sends no inputs, so that an empty required field does not bar it.
    """

    kind: ClassVar[str] = "press"
    title: str
    button: Button
    primary: bool = False
    way_out: bool = False

    @property
    def verb(self) -> str:
        return self.button.verb

    @property
    def data(self) -> dict[str, object]:
        return pack(self.button)[1]


@dataclass(frozen=True, slots=True)
class FormButton:
    """Opens a short form in place, below its own row; the form ends with one button. One level, never nested."""

    kind: ClassVar[str] = "show_form"
    title: str
    parts: tuple[Part, ...]
    button: LabelledButton
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ToggleButton:
    """Shows and hides. It can't change its own title, so the title names both ways."""

    kind: ClassVar[str] = "toggle"
    title: str
    target: str


@dataclass(frozen=True, slots=True)
class LinkButton:
    """Opens an address in the browser. Nothing is pressed by it: Chairside does not learn of it."""

    kind: ClassVar[str] = "link"
    title: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons among other parts, such as a ToggleButton in the middle of a form."""

    kind: ClassVar[str] = "buttons"
    buttons: tuple[AnyButton, ...]

    @property
    def rows(self) -> tuple[tuple[AnyButton, ...], ...]:
        return rows_that_fit([self.buttons])


AnyButton = LabelledButton | FormButton | ToggleButton | LinkButton


@dataclass(frozen=True, slots=True)
class Choice:
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class TextInput:
    """`hint` stands below the field in small type: an example of a good answer, mostly."""

    kind: ClassVar[str] = "text_input"
    id: str
    label: str
    value: str | None = None
    multiline: bool = False
    max_length: int = 300
    required: bool = False
    error: str | None = None
    hint: str | None = None

    @property
    def error_message(self) -> str:
        if self.error:
            return self.error
        return "Please write a line here." if self.required else f"Please keep this to {self.max_length:,} characters."


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """`value` is the value chosen already; for `many` several, joined by commas as clients send them.

    `expanded` shows all choices as radio buttons or ticks: for the few and the important.
    """

    kind: ClassVar[str] = "choice_input"
    id: str
    label: str
    choices: tuple[Choice, ...]
    value: str | None = None
    expanded: bool = False
    many: bool = False
    required: bool = False
    error: str | None = None
    hint: str | None = None

    @property
    def error_message(self) -> str:
        return self.error or "Please choose from the list."

    @property
    def key(self) -> str:
        """Changes with what is offered and chosen. Clients keep what a list shows under its key, else under its place:
        then the card that takes this one's place would go on showing this one's choices."""
        offered = "\n".join((self.value or "", *(f"{choice.value} {choice.title}" for choice in self.choices)))
        return f"{self.id}-{crc32(offered.encode()):08x}"


@dataclass(frozen=True, slots=True)
class ToggleInput:
    """A tick. Its `label` stands beside it; `hint` below, indented to the label: why it is proposed, for instance."""

    kind: ClassVar[str] = "toggle_input"
    id: str
    label: str
    value: bool = False
    hint: str | None = None

    @property
    def error_message(self) -> str:
        return "Please tick this or leave it."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two short inputs side by side; `narrow` keeps the second to the width of a time."""

    kind: ClassVar[str] = "pair"
    left: Field
    right: Field
    narrow: bool = False


Field = TextInput | ChoiceInput
Input = Field | ToggleInput | Pair
Part = Input | Band | Words | Text | Bullet | Row | Figures | Hidden | Buttons


def rows_that_fit(rows: Sequence[Sequence[AnyButton]]) -> tuple[tuple[AnyButton, ...], ...]:
    """The same buttons in the same order, in rows of at most two that are not cut off on a phone."""
    fitting: list[tuple[AnyButton, ...]] = []
    for row in rows:
        for start in range(0, len(row), 2):
            pair = tuple(row[start : start + 2])
            fits = sum(len(button.title) for button in pair) <= ROW_LETTERS
            fitting.extend([pair] if fits else [(button,) for button in pair])
    return tuple(fitting)


def beginning(text: str, characters: int) -> str:
    """The text on one line, cut with … where it is longer than a row can show."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"

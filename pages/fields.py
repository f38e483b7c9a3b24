"""What people fill in on a page: each with its label, what they had typed, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

TICKED = "yes"


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under a heading; without a label there is none."""

    choices: tuple[Choice, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """Words, or with `groups` a list to choose from. `id` is the name under which it comes back."""

    id: str
    label: str
    value: str = ""
    hint: str | None = None
    is_long: bool = False
    longest: int = 1000
    groups: tuple[Group, ...] = ()
    is_tick: bool = False
    """A box to tick, whose value is then TICKED."""
    is_file: bool = False
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers; the chosen one opens its own questions."""

    value: str
    label: str
    says: str
    fields: tuple[Field, ...] = ()

    @property
    def id(self) -> str:
        return f"answer-{self.value}"


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in the summary on top. `at` is the id of the field at fault, which says it too."""

    heading: str
    says: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    lead: str
    words: str

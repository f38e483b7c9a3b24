"""The inputs of a form, generated from the fields that the practice file declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cards.parts import (
    Band,
    Buttons,
    Choice,
    ChoiceInput,
    Hidden,
    Pair,
    Part,
    Text,
    TextInput,
    ToggleButton,
    Tone,
)
from discussions.agenda.values import Names, choices_of, longest, show_value
from discussions.practice.types import Field, FieldKind, Form

FEW_CHOICES = 4
MANY_TICKS = 8
PAIRED_LETTERS = 16
DAY_HINT = "For example 25/11/2026, tomorrow, Friday"
MOMENT_HINT = "For example today 14:30, or 25/11/2026 09:00"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the fields: the kept values, or what somebody typed (`mine`), which wins.

    `may_colour` is False where the card has its coloured band already.
    """

    values: Mapping[str, str]
    mine: Mapping[str, str]
    names: Names
    may_colour: bool = True

    def typed(self, field: Field) -> str | None:
        if field.code in self.mine:
            return self.mine[field.code]
        return show_value(field, self.values.get(field.code)) or None


def field_parts(form: Form, shown: Shown) -> list[Part]:
    """In the order of the practice file; a challenged choice is followed by its question."""
    first_choice = next((field.code for field in form.fields if field.required_before_close), None)
    parts: list[Part] = []
    challenges = 0
    for field in form.fields:
        parts += input_parts(field, shown, is_first=field.code == first_choice)
        if question := challenge_to(field, shown):
            parts.append(challenge(question, coloured=shown.may_colour and not challenges))
            challenges += 1
    return pair_up(parts)


def challenge_to(field: Field, shown: Shown) -> str | None:
    """Asked until its reason is written down, where there is a field for one."""
    question = field.challenge_to(shown.values.get(field.code, ""))
    is_answered = field.reason_field is not None and bool(shown.values.get(field.reason_field, "").strip())
    return None if is_answered else question


def challenge(question: str, coloured: bool) -> Part:
    return Band(Tone.WARNING, f"▲ {question}") if coloured else Text(f"▲ {question}", bold=True)


def input_parts(field: Field, shown: Shown, is_first: bool) -> list[Part]:
    made = make_input(field, shown, is_first)
    if isinstance(made, ChoiceInput) and made.many and len(made.choices) > MANY_TICKS:
        id = f"hide.{field.code}"
        return [Buttons((ToggleButton(f"Show or hide: {field.label}"[:30], id),)), Hidden(id, (made,))]
    return [made]


def make_input(field: Field, shown: Shown, is_first: bool) -> TextInput | ChoiceInput:
    value = shown.typed(field)
    match field.kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return text_input(field, value, multiline=field.kind is FieldKind.LONG_TEXT, hint=field.help)
        case FieldKind.DATE:
            return text_input(field, value, hint=field.help or DAY_HINT)
        case FieldKind.MOMENT:
            return text_input(field, value, hint=field.help or MOMENT_HINT)
        case FieldKind.NUMBER:
            return text_input(field, value, hint=field.help)
        case FieldKind.PERSON:
            return listed_input(field, value, shown.names.people)
        case FieldKind.AGENCY:
            return listed_input(field, value, shown.names.agencies)
    choices = tuple(Choice(choice.label, choice.code) for choice in choices_of(field))
    return ChoiceInput(
        field.code,
        field.label,
        choices,
        value=offered(value, choices),
        expanded=is_first and len(choices) <= FEW_CHOICES,
        many=field.kind is FieldKind.CHOICES,
        hint=field.help,
    )


def text_input(field: Field, value: str | None, multiline: bool = False, hint: str | None = None) -> TextInput:
    return TextInput(field.code, field.label, value, multiline=multiline, max_length=longest(field), hint=hint)


def listed_input(field: Field, value: str | None, names: Mapping[str, str]) -> TextInput | ChoiceInput:
    """A value that is no longer on the list stays on offer, so that saving again changes nothing."""
    known = dict(names)
    if value is not None:
        known.setdefault(value, value)
    if not known:
        return text_input(field, value, hint=field.help)
    choices = tuple(Choice(name, id) for id, name in known.items())
    return ChoiceInput(field.code, field.label, choices, value=value, hint=field.help)


def offered(value: str | None, choices: tuple[Choice, ...]) -> str | None:
    """The chosen codes that the list still has."""
    known = {choice.value for choice in choices}
    return ",".join(code for code in (value or "").split(",") if code in known) or None


def pair_up(parts: list[Part]) -> list[Part]:
    """Two short lists in a row share a line."""
    paired: list[Part] = []
    for part in parts:
        before = paired[-1] if paired else None
        if isinstance(before, ChoiceInput) and isinstance(part, ChoiceInput) and is_short(before) and is_short(part):
            paired[-1] = Pair(before, part)
        else:
            paired.append(part)
    return paired


def is_short(part: ChoiceInput) -> bool:
    if part.expanded or part.many or part.hint:
        return False
    longest_choice = max((len(choice.title) for choice in part.choices), default=0)
    return len(part.label) <= PAIRED_LETTERS and longest_choice <= PAIRED_LETTERS

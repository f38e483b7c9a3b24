"""Puts back into a form what somebody had typed, so that a refusal never costs a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards.parts import ChoiceInput, Field, Hidden, Pair, Part, TextInput, ToggleInput


def with_typed(
    parts: Sequence[Part], typed: Mapping[str, str], at_fault: str | None = None, example: str | None = None
) -> tuple[Part, ...]:
    """The same parts with the typed values in their fields, and an example below the field at fault."""
    return tuple(filled(part, typed, at_fault, example) for part in parts)


def filled(part: Part, typed: Mapping[str, str], at_fault: str | None, example: str | None) -> Part:
    match part:
        case TextInput() | ChoiceInput():
            return filled_field(part, typed, at_fault, example)
        case ToggleInput() if part.id in typed:
            return replace(part, value=typed[part.id] == "true")
        case Pair(left, right):
            return replace(
                part,
                left=filled_field(left, typed, at_fault, example),
                right=filled_field(right, typed, at_fault, example),
            )
        case Hidden(_, inner):
            return replace(part, parts=with_typed(inner, typed, at_fault, example))
        case _:
            return part


def takes_words(parts: Sequence[Part], id: str) -> bool:
    """Whether typed words can stand in this field; a list can't hold them."""
    fields = [field for part in parts for field in ((part.left, part.right) if isinstance(part, Pair) else (part,))]
    return not any(isinstance(field, ChoiceInput) and field.id == id for field in fields)


def standing_in(parts: Sequence[Part]) -> dict[str, str]:
    """What a press would send with nothing changed."""
    fields: dict[str, str] = {}
    for part in parts:
        match part:
            case TextInput() | ChoiceInput():
                fields[part.id] = part.value or ""
            case ToggleInput():
                fields[part.id] = "true" if part.value else "false"
            case Pair(left, right):
                fields |= standing_in((left, right))
            case Hidden(_, inner):
                fields |= standing_in(inner)
            case _:
                continue
    return fields


def filled_field(field: Field, typed: Mapping[str, str], at_fault: str | None, example: str | None) -> Field:
    hint = f"For example: {example}" if field.id == at_fault and example else field.hint
    if field.id not in typed:
        return replace(field, hint=hint)
    return replace(field, value=typed[field.id], hint=hint)

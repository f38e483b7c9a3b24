"""Turns what the validator says about a practice file's shape into findings a person can act on."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storage.practice_findings import Finding, say_choices
from storage.practice_rows import PracticeRow
from storage.toml_lines import KeyPath

_WRITE: Final = {
    "string_type": ("a text", 'Write it in quotes, as "text".'),
    "int_type": ("a whole number", "Write a number without quotes, as 5."),
    "int_from_float": ("a whole number", "Write it without a decimal point, as 5."),
    "float_type": ("a number", "Write a number without quotes, as 0.5."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "tuple_type": ("a list", "Write it in square brackets, also when there is only one."),
    "frozen_set_type": ("a list", "Write it in square brackets, also when there is only one."),
    "dict_type": ("a table", 'Write it as { key = "text" }.'),
    "model_type": ("a table", "Write it as { key = value } or under a header of its own."),
    "dataclass_type": ("a table", "Write it as { key = value } or under a header of its own."),
    "model_attributes_type": ("a table", "Write it as { key = value } or under a header of its own."),
}
_UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")
_CHOSEN: Final = ("enum", "literal_error")
_LIMITS: Final = ("gt", "ge", "lt", "le")
_SAID: Final = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}


def findings_of(refusal: ValidationError, data: Any) -> Iterator[Finding]:
    """`data` is the parsed file: an error inside a list of choices is told once, at the place that exists."""
    for error in refusal.errors(include_url=False, include_input=False):
        path = _place_in(data, error["loc"])
        what, mend = _say(error, path)
        yield Finding(path, what, mend)


def _place_in(data: Any, location: tuple[int | str, ...]) -> KeyPath:
    """The validator adds words of its own to a place (such as which branch it tried); the file does not have them."""
    path: list[int | str] = []
    for at, part in enumerate(location):
        path.append(part)
        is_table = isinstance(data, dict) and part in data
        if not is_table and not (isinstance(data, list) and isinstance(part, int)):
            return tuple(path) if at == len(location) - 1 else tuple(path[:-1])
        data = data[part]
    return tuple(path)


def _say(error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("missing", "missing_argument"):
        return f'"{path[-1]}" is missing.', f"Add {path[-1]} = … here."
    if kind in _UNKNOWN:
        accepted = accepted_keys(path[:-1])
        mend = f"Take it out, or use one of: {say_choices(accepted, str(path[-1]))}."
        return f'"{path[-1]}" is not known here.', mend
    if kind in _CHOSEN:
        return "This is not one of the accepted values.", f"Use {context['expected'].replace(chr(39), chr(34))}."
    if kind == "value_error":
        return "This can't be read.", str(context["error"])
    if kind in _WRITE:
        wanted, mend = _WRITE[kind]
        return f"This must be {wanted}.", mend
    return _say_limit(kind, context) or ("This can't be used here.", f"{error['msg']}.")


def _say_limit(kind: str, context: dict[str, Any]) -> tuple[str, str] | None:
    if kind == "too_short":
        return "There are too few.", f"Give at least {context['min_length']}."
    if kind == "too_long":
        return (
            f"There are {context['actual_length']}.",
            f"Give at most {context['max_length']}, and split off the rest.",
        )
    for limit in _LIMITS:
        if limit in context:
            return "This number is out of range.", f"Write a number of {_SAID[limit]} {context[limit]}."
    return None


def accepted_keys(path: KeyPath) -> tuple[str, ...]:
    """What may stand in the table at this path, by the types of the file's shape."""
    at: Any = PracticeRow
    for part in path:
        at = _inside(at, part)
    return tuple(_keys_of(at))


def _keys_of(shape: Any) -> dict[str, Any]:
    """Keys of a table and the types behind them."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return {name: field.annotation for name, field in shape.model_fields.items()}
    if isinstance(shape, type) and is_dataclass(shape):
        hints = get_type_hints(shape)
        return {field.name: hints[field.name] for field in dataclass_fields(shape)}
    return {}


def _inside(shape: Any, part: str | int) -> Any:
    shape = _bare(shape)
    if isinstance(part, str) and get_origin(shape) is not dict:
        return _bare(_keys_of(shape).get(part))
    arguments = get_args(shape)
    return _bare(arguments[-1 if get_origin(shape) is dict else 0]) if arguments else None


def _bare(shape: Any) -> Any:
    """Without Annotated and without `or None`."""
    if get_origin(shape) is Annotated:
        return _bare(get_args(shape)[0])
    if get_origin(shape) is types.UnionType:
        return _bare(next(part for part in get_args(shape) if part is not type(None)))
    return shape

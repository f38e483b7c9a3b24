"""What a client does when a button is pressed: finds it, gathers the inputs, checks what is required."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]


class NotSubmitted(AssertionError):
    """The client would not have sent it: there is no such button, or a required input is empty."""


def find_action(card: Json, title_or_verb: str) -> Json:
    """The Execute or Submit action with that title or verb."""
    actions = [element for element in _elements(card) if element.get("type") in ("Action.Execute", "Action.Submit")]
    for action in actions:
        if title_or_verb in (action.get("title"), verb_of(action)):
            return action
    shown = ", ".join(f"{action.get('title')} ({verb_of(action)})" for action in actions) or "no buttons"
    raise NotSubmitted(f"no button {title_or_verb!r}; the card has {shown}")


def verb_of(action: Json) -> str | None:
    data = action.get("data")
    verb: str | None = action.get("verb") or (data.get("verb") if isinstance(data, dict) else None)
    return verb


def titles_of(card: Json) -> list[str]:
    """The titles of all buttons, in order."""
    return [str(element.get("title")) for element in _elements(card) if str(element.get("type")).startswith("Action.")]


def gather_inputs(card: Json, action: Json, typed: Mapping[str, str], *, is_checked: bool) -> dict[str, str]:
    """As Teams' clients send them: strings, prefilled ones too; an optional input left empty is not there at all.

    A press gathers its own card and those around it, never a form that opens below another button.
    """
    if action.get("associatedInputs", "auto") == "none":
        return dict(typed)
    gathered: dict[str, str] = {}
    for element in _gathered_with(card, action):
        if not str(element.get("type")).startswith("Input."):
            continue
        value = typed.get(element["id"], _prefilled(element))
        if value:
            gathered[element["id"]] = value
        elif element.get("isRequired") and is_checked:
            raise NotSubmitted(f"{element['id']}: {element.get('errorMessage')}")
    unknown = set(typed) - {element.get("id") for element in _elements(card)}
    if unknown and is_checked:
        raise NotSubmitted(f"the card has no inputs {sorted(unknown)}")
    return {**gathered, **{name: typed[name] for name in unknown}}


def _prefilled(element: Json) -> str:
    if element["type"] == "Input.Toggle":
        return str(element.get("value", element.get("valueOff", "false")))
    return str(element.get("value", ""))


def _gathered_with(value: object, action: Json) -> Iterator[Json]:
    """Every element, but for the forms behind buttons that do not hold the action."""
    if isinstance(value, list):
        for inner in value:
            yield from _gathered_with(inner, action)
    elif isinstance(value, dict):
        if value.get("type") == "Action.ShowCard" and not any(inner is action for inner in _elements(value)):
            return
        if isinstance(value.get("type"), str):
            yield value
        for name, inner in value.items():
            if name not in ("fallback", "data"):
                yield from _gathered_with(inner, action)


def _elements(value: object) -> Iterator[Json]:
    """Every object of a card that has a type, fallbacks left aside: the client shows either the one or the other."""
    if isinstance(value, list):
        for inner in value:
            yield from _elements(inner)
    elif isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for name, inner in value.items():
            if name not in ("fallback", "data"):
                yield from _elements(inner)

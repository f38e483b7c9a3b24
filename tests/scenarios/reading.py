"""Reads a card as a person does: its lines in order, its fields, its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def lines(card: Json) -> list[str]:
    """Every visible text of the card, top to bottom; what is behind a button is left out."""
    return [line for line in (" ".join(text.split()) for text in texts(card.get("body", []))) if line]


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from texts(item)
        return
    if not isinstance(part, dict) or part.get("isVisible") is False:
        return
    match part.get("type"):
        case "TextBlock":
            yield str(part.get("text", ""))
        case "RichTextBlock":
            yield "".join(str(run.get("text", "") if isinstance(run, dict) else run) for run in part["inlines"])
        case "ColumnSet":
            yield " ".join(" ".join(texts(column.get("items", []))) for column in part["columns"])
        case kind if str(kind).startswith("Input."):
            yield field(part)
        case "ActionSet":
            return
        case _:
            yield from texts(part.get("items", part.get("body", [])))


def field(part: Json) -> str:
    shown = part.get("label") or part.get("title") or ""
    value = part.get("value")
    chosen = [c["title"] for c in part.get("choices", []) if c["value"] in str(value or "").split(",")]
    return f"[{shown}: {', '.join(chosen) or value or ''}]"


def buttons(part: Any) -> list[str]:
    """Titles of everything that can be pressed, rows included, in order."""
    if isinstance(part, list):
        return [title for item in part for title in buttons(item)]
    if not isinstance(part, dict):
        return []
    own = [str(part["title"])] if str(part.get("type", "")).startswith("Action.") and "title" in part else []
    inner = [title for key, value in part.items() if key not in ("data", "fallback") for title in buttons(value)]
    return own + inner


def text(card: Json) -> str:
    return "\n".join(lines(card))

"""An action typed in one line: action: <owner> <what> by <when> tell <who> if not <what then>."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from discussions.refusals import Refusal, WrongAnswer

EXAMPLE = "action: Helen Marsh sees A alone at school by tomorrow 13:30 tell the chair"

_COMMAND = re.compile(r"\s*action\b\s*:?\s*", re.IGNORECASE)
_SAFETY = re.compile(r"(?:immediate\s+)?safety\b\s*:?\s*", re.IGNORECASE)
_SAFETY_WITHIN = re.compile(r"(?:immediate\s+)?safety\s*:\s*", re.IGNORECASE)
_OWNER_BEFORE_COLON = re.compile(r"([^:\d]{1,80}):\s+(.+)", re.DOTALL)
_BY = re.compile(r"\s+by\s+", re.IGNORECASE)
_IF_NOT = re.compile(r"[\s,;]+if not(?: done)?[,:]?\s+", re.IGNORECASE)
_TELL = re.compile(r"[\s,;]+(?:and\s+|then\s+)?tell\s+", re.IGNORECASE)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedAction:
    """What was typed, taken apart. Without a colon after the owner, `owner` is None and `what` begins with them."""

    owner: str | None
    what: str
    due_at: datetime
    due_has_time: bool
    tell: tuple[str, ...]
    contingency: str | None
    says_safety: bool


def take_apart(text: str, read_due: Callable[[str], tuple[datetime, bool]]) -> TypedAction:
    """`read_due` reads a typed moment and says whether a time was given; it raises a Refusal for anything else.

    Of several "by", the first with a moment behind it counts: "stands by the gate by 14:00" is read as it is meant.
    """
    rest = _COMMAND.sub("", text.strip(), count=1) if _COMMAND.match(text) else text.strip()
    safety = _SAFETY.match(rest)
    rest = rest[safety.end() :] if safety else rest
    refusal: Refusal | None = None
    for by in _BY.finditer(rest):
        ending, contingency = _split(_IF_NOT, rest[by.end() :])
        when, tell = _split(_TELL, ending)
        try:
            due_at, has_time = read_due(when.strip(" .,;"))
        except Refusal as refused:
            refusal = refused
            continue
        owner, said = _owner_and_what(rest[: by.start()])
        within = _SAFETY_WITHIN.match(said) if owner else None
        what = said[within.end() :] if within else said
        return TypedAction(owner, what, due_at, has_time, _names(tell), contingency, bool(safety or within))
    raise _no_moment(refusal)


def _owner_and_what(text: str) -> tuple[str | None, str]:
    match = _OWNER_BEFORE_COLON.fullmatch(text.strip())
    return (match[1].strip(), match[2].strip()) if match else (None, text.strip())


def _split(at: re.Pattern[str], text: str) -> tuple[str, str | None]:
    before, *after = at.split(text, maxsplit=1)
    return before, (after[0].strip(" .") or None) if after else None


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip(" .") for name in _AND.split(text) if name.strip(" .")) if text else ()


def _no_moment(refusal: Refusal | None) -> WrongAnswer:
    if refusal is not None:
        return WrongAnswer(f"Not saved. {refusal.sentence}", "due", EXAMPLE)
    return WrongAnswer('Not saved: please say by when, after the word "by".', "due", EXAMPLE)

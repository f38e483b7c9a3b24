"""Somebody at the table who is called like somebody of the family: a word to the chair alone, never a block."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from discussions.agenda.captured import Captured
from discussions.agenda.table import table_of
from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.practice.types import as_spoken

NAMES_OF_FAMILY = ("family.name", "family.known_as", "family.adult_name")
NO_NAMES = frozenset(["unborn", "baby", "mr", "mrs", "ms", "miss", "dr", "ds", "dc", "di", "and", "or"])
PARTS_NAMES = re.compile(r"[,;/()\n]|\bknown as\b|\baka\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`whole`: the same name and surname; else the surname alone."""

    name: str
    whole: bool


def likenesses(means: Means, discussion: Discussion, captured: Captured) -> tuple[Likeness, ...]:
    """The family's names are those captured in the meeting, so nothing is found before somebody writes them down."""
    family = family_names(captured)
    if not family:
        return ()
    seats = (seat for agency in table_of(means, discussion) for seat in agency.seats)
    found = {seat.name: likeness_to(seat.name, family) for seat in seats}
    return tuple(one for one in found.values() if one is not None)


def family_names(captured: Captured) -> tuple[tuple[str, ...], ...]:
    """Each name as its words; "Lee Webb, known as Smith" is two names."""
    written = [fact.value or "" for fact in captured.standing() if fact.field in NAMES_OF_FAMILY]
    parts = (part for value in written for part in PARTS_NAMES.split(value))
    names = (words_of(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))


def words_of(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", as_spoken(name))
    return tuple(word for word in words if word not in NO_NAMES and len(word) > 1)


def likeness_to(name: str, family: Collection[tuple[str, ...]]) -> Likeness | None:
    name = PARTS_NAMES.split(name)[0].strip()  # the role follows behind a comma
    words = words_of(name)
    if not words:
        return None
    if any(len(words) > 1 and {words[0], words[-1]} <= set(one) for one in family):
        return Likeness(name, whole=True)
    return Likeness(name, whole=False) if any(words[-1] == one[-1] for one in family) else None

"""Whether an open action says the same already: the same owner, the same words but for small ones."""

from __future__ import annotations

import re
from typing import Final

from discussions.actions.findings import OpenAction, Owner, World
from discussions.actions.linter.reading import Sentence
from discussions.actions.linter.told import without_telling
from discussions.actions.linter.who import Finder
from discussions.practice.types import as_spoken

ALIKE: Final = 0.6
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "for",
        "on",
        "in",
        "at",
        "with",
        "and",
        "his",
        "her",
        "their",
        "its",
        "by",
        "is",
        "are",
        "will",
        "shall",
        "must",
        "should",
        "be",
        "this",
        "that",
        "then",
        "also",
        "please",
        "child",
        "so",
        "it",
        "as",
        "from",
        "into",
        "about",
    ]
)
_WORD: Final = re.compile(r"[\w'’-]+")


def same_as(sentence: Sentence, world: World, owner: Owner | None, finder: Finder) -> OpenAction | None:
    """Without an owner nothing is the same."""
    if owner is None or not sentence.what:
        return None
    meant = telling_words(without_telling(sentence.what, finder), finder)
    mine = (owner.id or owner.name, owner.name)
    for action in world.open_actions:
        if action.owner in mine and _are_alike(meant, telling_words(action.wording, finder)):
            return action
    return None


def telling_words(wording: str, finder: Finder) -> frozenset[str]:
    """Verbs in their plain form, "child A" as A; capital letters alone are children and always count."""
    found: set[str] = set()
    for match in _WORD.finditer(wording):
        spoken = as_spoken(match[0])
        if len(match[0]) == 1 and match[0].isupper() and match.start():
            found.add(match[0])
        elif spoken not in _SMALL:
            found.add(finder.lexicon.verbs.get(spoken, spoken).removesuffix("'s"))
    return frozenset(found)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """One says all that the other does, and not much more."""
    both = one & other
    return len(both) >= 2 and (both in (one, other)) and len(both) / len(one | other) >= ALIKE

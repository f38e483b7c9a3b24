"""English verbs as people bend them: see, sees, seeing, seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

VERBS_KEPT_BENT: Final = 4_096
_IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "be": ("is", "being"),
    "have": ("has", "having"),
    "do": ("does", "doing"),
    "go": ("goes", "going"),
}
_PARTICIPLES: Final[Mapping[str, str]] = {
    "be": "been",
    "catch": "caught",
    "do": "done",
    "feed": "fed",
    "find": "found",
    "give": "given",
    "keep": "kept",
    "let": "let",
    "make": "made",
    "put": "put",
    "read": "read",
    "ring": "rung",
    "see": "seen",
    "send": "sent",
    "show": "shown",
    "speak": "spoken",
    "take": "taken",
    "tell": "told",
    "think": "thought",
    "write": "written",
}
_DOUBLES: Final = re.compile("[^aeiou]*[aeiou][bdgklmnprt]|.*(?:fer|mit|mand|gin|get|cur)")
_BEFORE_A_VERB: Final = (
    *("to", "will", "shall", "should", "must", "can", "could", "may", "would", "and", "or", "then", "also", "please"),
    *(
        "not",
        "be",
        "is",
        "are",
        "continue",
        "continues",
        "keep",
        "keeps",
        "start",
        "starts",
        "carry on",
        "of",
        "by",
        "jointly",
    ),
)
VERB_MAY_FOLLOW: Final = r"(?:^\W*|[,;:.–—]\s*|-\s+|(?<!\w)(?:" + "|".join(_BEFORE_A_VERB) + r")\s+(?:[a-z]+ly\s+)?)"
"""A pattern, for the front of an expression: the words behind which a verb can stand."""

NO_VERB_BEHIND: Final = "".join(
    rf"(?<!\b{word}\s)" for word in ("the", "a", "an", "of", "her", "his", "their", "any", "all", "no", "other", "with")
)
"""A pattern: not behind these, where a noun stands."""
NO_VERB_BEFORE: Final = r"(?!\s+(?:is|are|was|were|has|have|in|on|must|should|will)\b)"
"""A pattern: not before these, where a noun stood."""

PARTICIPLE: Final = (
    r"(?:[a-z-]{2,}ed|seen|told|done|made|sent|held|kept|taken|given|found|met|put|set|brought|heard|left|rung|written"
    r"|sought|drawn|read|built|begun|undertaken|known|spoken|shown|got|bought|caught|taught|paid|said|run|chosen|driven"
    r"|fed|led|let|lent|lost|overseen|shut|split|spent|understood|withdrawn|withheld|worn|re-?sent|re-?done|re-?read)"
)
"""A pattern for what stands behind "to be": seen, told, referred."""


@lru_cache(maxsize=VERBS_KEPT_BENT)
def forms_of(verb: str) -> tuple[str, str, str]:
    """The plain form, the one of he, she and it, and the one with -ing. Of more than one word the first is bent."""
    first, space, rest = verb.partition(" ")
    third, going = _IRREGULAR.get(first) or (_third(first), _going(first))
    return verb, third + space + rest, going + space + rest


@lru_cache(maxsize=VERBS_KEPT_BENT)
def participle_of(verb: str) -> str:
    """ "shared", "sent", "looked into"."""
    first, space, rest = verb.partition(" ")
    stem = _going(first).removesuffix("ing").removesuffix("y").removesuffix("e")
    return (_PARTICIPLES.get(first) or f"{stem}{_ed(first)}") + space + rest


def _ed(verb: str) -> str:
    if verb.endswith("y"):
        return "ied" if re.search("[^aeiou]y$", verb) else "yed"
    return "ed"


def _third(verb: str) -> str:
    if re.search("(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search("[^aeiou]y$", verb) else f"{verb}s"


def _going(verb: str) -> str:
    if re.search("[^eoy]e$", verb):
        return f"{verb[:-1]}ing"
    last = verb[-1:] if _DOUBLES.fullmatch(verb) and verb[-1:] not in "wxy" else ""
    return f"{verb}{last}ing"


def bent_like(verb: str, model: str, said: str) -> str:
    """`verb` in the form in which `said` is a form of `model`: ("ring", "liaise", "liaises") is "rings"."""
    words = said.casefold().split()
    for at, form in enumerate(forms_of(model)):
        if words == form.split():
            return forms_of(verb)[at]
    return verb

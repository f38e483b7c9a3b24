"""People's own words in an answer: trimmed, not empty where they are needed, and not too long."""

from __future__ import annotations

from discussions.refusals import Missing, TooLong

LONGEST = 1_000


def required(words: str | None, what: str, field: str) -> str:
    given = optional(words, what, field)
    if given is None:
        raise Missing(what, field)
    return given


def optional(words: str | None, what: str, field: str) -> str | None:
    given = (words or "").strip()
    if len(given) > LONGEST:
        raise TooLong(what, LONGEST, field)
    return given or None

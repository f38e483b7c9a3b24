"""The practice's words, made ready for looking up; made once for each practice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from discussions.practice.follow_up import ActionWords
from discussions.practice.types import Practice, as_spoken
from discussions.practice.verbs import forms_of, participle_of

PRACTICES_KEPT_READY: Final = 8
_NEVER: Final = "(?!)"
_AROUND_EVENT: Final = r"(?:the|a|an|his|her|their|next|following|this|that|first|coming|child|\w+'s|[A-Z])"
NO_VERBS: Final = frozenset(
    {"the", "a", "an", "his", "her", "their", "school", "court", "hospital", "home", "work", "gp", "police", "nursery"}
    | {"both", "all", "and", "or", "with", "for", "from", "on", "in", "at", "of", "mother", "father", "parents"}
)
TAKES_NOUNS: Final = frozenset({"check", "checks", "search", "searches", "request", "requests"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`verbs` leads from every form to the plain one; roles and agencies from what people call them to their codes."""

    verbs: Mapping[str, str]
    no_verbs: frozenset[str]
    vague_verbs: Mapping[str, str]
    open_ended: frozenset[str]
    nobody: frozenset[str]
    family: frozenset[str]
    roles: Mapping[str, str]
    agencies: frozenset[str]
    measure: re.Pattern[str]
    telling: re.Pattern[str]
    reporting: re.Pattern[str]
    vague_moment: re.Pattern[str]
    before_event: re.Pattern[str]


def lexicon_of(practice: Practice) -> Lexicon:
    return _made(
        practice.action_words,
        practice.action_verbs,
        tuple(word.word for word in practice.vague_words if word.is_verb),
        tuple((name, role.code) for role in practice.roles for name in (role.name, role.code, *role.aliases)),
        tuple(name for agency in practice.agencies for name in (agency.name, agency.code, *agency.aliases)),
    )


@lru_cache(maxsize=PRACTICES_KEPT_READY)
def _made(
    words: ActionWords,
    verbs: tuple[str, ...],
    vague_verbs: tuple[str, ...],
    roles: tuple[tuple[str, str], ...],
    agencies: tuple[str, ...],
) -> Lexicon:
    events = f"(?:by|before|until|till|at|after|following|prior to|ahead of|in time for) (?:{_AROUND_EVENT} )*"
    return Lexicon(
        verbs=_forms((*words.open_ended, *words.telling, *words.verbs, *verbs)),
        no_verbs=frozenset(words.no_verbs),
        vague_verbs=_forms(vague_verbs),
        open_ended=frozenset(words.open_ended),
        nobody=frozenset(words.nobody),
        family=frozenset(words.family),
        roles={as_spoken(name): code for name, code in roles},
        agencies=frozenset(map(as_spoken, agencies)),
        measure=_any_of(words.measures),
        telling=_any_of(form for verb in words.telling for form in (*forms_of(verb), participle_of(verb))),
        reporting=_any_of(form for word in words.reporting for form in (*forms_of(word), participle_of(word))),
        vague_moment=_any_of(words.vague_moments),
        before_event=_any_of(
            words.events, before=events, after=r"(?: (?:of|with|on|about|from)\b(?:(?! (?:and |then )?tell\b)[^,;.])*)?"
        ),
    )


def _forms(verbs: Iterable[str]) -> dict[str, str]:
    """The plain form wins where a form belongs to two verbs."""
    every = list(dict.fromkeys(verbs))
    bent = {form: verb for verb in every for form in forms_of(verb)}
    return bent | {verb: verb for verb in every}


def _any_of(words: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One expression for all of them, the longest first; what is found begins and ends where a word does."""
    longest_first = sorted(dict.fromkeys(words), key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first) or _NEVER
    return re.compile(rf"(?<![\w-]){before}(?:{either}){after}(?![\w-])", re.IGNORECASE)

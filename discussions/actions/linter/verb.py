"""The verb of a sentence in its plain form, and what says that something is done without saying who does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from discussions.actions.linter.lexicon import NO_VERBS, TAKES_NOUNS
from discussions.actions.linter.who import Finder
from discussions.practice.types import as_spoken
from discussions.practice.verbs import PARTICIPLE

_ADVERB: Final = (
    r"(?:(?!(?:reply|apply|supply|rely|comply|family)\b)[a-z]+ly|also|then|now|please|kindly|first|both|together|today"
    r"|asap|still|not|next|always)"
)
_MODAL: Final = (
    r"(?:(?:is|are|has|have|agreed|asked|needs?|ought|going|due)\s+to|will|shall|must|should|can|could|would|may|might"
    r"|has agreed to|is asked to|to)"
)
BEFORE_VERB: Final = re.compile(
    rf"[\s,–—-]*(?:{_ADVERB}\s+)*(?P<modal>{_MODAL}\s+)?(?:{_ADVERB}\s+)*(?:be\s+(?=[a-z]+ing\b))?", re.IGNORECASE
)
_BE: Final = r"(?:(?:is|are|needs?|has|have|ought)\s+)?(?:(?:to|will|shall|must|should|can|could|may)\s+)"
PASSIVE: Final = re.compile(
    rf"[\s,]*(?:{_BE}(?:{_ADVERB}\s+)*(?:be|get|have been)\s+(?:{_ADVERB}\s+)*{PARTICIPLE}"
    rf"|(?:is|are)\s+(?:being\s+)?(?:{_ADVERB}\s+)*{PARTICIPLE}"
    rf"|(?:is |are )?(?:urgently\s+)?(?:needed|required|requested|recommended|outstanding)"
    rf"|needs?\s+(?:{_ADVERB}\s+)*[a-z]+ing)\b(?!\s+to\s+(?:do|act)\b)",
    re.IGNORECASE,
)
SURELY_PASSIVE: Final = re.compile(
    rf"\b(?:(?:is|are|needs?|has|have)\s+to|to|will|must|should|shall)\s+(?:{_ADVERB}\s+)*be\s+(?:{_ADVERB}\s+)*{PARTICIPLE}\b"
    rf"|\b(?:needed|required)\b",
    re.IGNORECASE,
)
_IS_TO_BE: Final = re.compile(
    rf"\s+(?:{_BE}(?:{_ADVERB}\s+)*(?:be|get|have been)|(?:is|are)(?:\s+being)?)\s+(?:{_ADVERB}\s+)*{PARTICIPLE}\b",
    re.IGNORECASE,
)
_TAKES_TO_BE: Final = frozenset(
    {"agree", "arrange", "ask", "continue", "decide", "need", "offer", "refuse", "require", "wait"}
)
WORD: Final = re.compile(r"[A-Za-z][\w'’-]*")


def verb_at(core: str, place: int, finder: Finder) -> tuple[str, tuple[int, int]] | None:
    """The verb from here, behind words like "to", "will also"; behind those an unknown word is taken for one."""
    before = BEFORE_VERB.match(core, place)
    assert before is not None
    at = before.end()
    lexicon = finder.lexicon
    words = list(words_from(core, at, 3))
    for count in range(len(words), 0, -1):
        spoken = as_spoken(core[at : words[count - 1].end()])
        if spoken in lexicon.no_verbs:
            return None
        plain = lexicon.vague_verbs.get(spoken) or lexicon.verbs.get(spoken)
        if plain is not None and not _is_noun(
            core, spoken, plain, words[count - 1].end(), is_led=bool(before["modal"])
        ):
            return plain, (at, words[count - 1].end())
    if before["modal"] and words and words[0][0].islower() and as_spoken(words[0][0]) not in NO_VERBS:
        return as_spoken(words[0][0]), words[0].span()
    return None


def _is_noun(core: str, spoken: str, plain: str, end: int, *, is_led: bool) -> bool:
    """ "records check" is no verb, nor is the first word of "records should be obtained"."""
    if not is_led and spoken != plain and plain not in _TAKES_TO_BE and _IS_TO_BE.match(core, end):
        return True
    following = WORD.match(core, end + 1)
    return not is_led and spoken != plain and following is not None and as_spoken(following[0]) in TAKES_NOUNS


def is_going(core: str, verb: tuple[str, tuple[int, int]]) -> bool:
    """ "monitoring" names a thing; "ring" does not."""
    return core[slice(*verb[1])].endswith("ing") and as_spoken(core[slice(*verb[1])]) != verb[0]


def words_from(core: str, at: int, most: int) -> Iterator[re.Match[str]]:
    for _ in range(most):
        match = WORD.match(core, at)
        if match is None:
            return
        yield match
        at = match.end() + 1
        if core[match.end() : at] != " ":
            return

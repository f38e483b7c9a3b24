"""Who hears of it when it is done, as a sentence says it: somebody at work on this child, not the family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from discussions.actions.findings import Owner
from discussions.actions.linter.who import Finder, Reference
from discussions.practice.types import as_spoken

_AND: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|\band\b|&|\+|/)\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s+(?:back\s+)?(?:(?:to|with|in|both)\s+)?", re.IGNORECASE)
_TO: Final = re.compile(r"\b(?:to|with)\s+", re.IGNORECASE)
_LET_KNOW: Final = re.compile(r"\b(?:let|keep|keeps|lets|keeping|letting|cc|until|once|feedback to)\s+", re.IGNORECASE)
_KNOWS: Final = re.compile(
    r"\s+(?:know|knows|(?:is|are|be|been|to be|fully|kept)\s+)*"
    r"(?:know|informed|updated|told|notified|aware|posted|in the loop|phones?|rings?|calls?)\b",
    re.IGNORECASE,
)
IS_TOLD: Final = re.compile(
    r"\s+(?:(?:to be|is|are|be)\s+)?(?:informed|updated|told|notified)"
    r"(?=\s*(?:$|[,;.)]|(?:of|about|by|when|once|before|after|same|straight|too|today|on|at)\b))",
    re.IGNORECASE,
)
""" "and Ruth told": she hears of it; "and Ruth updated the record" is something else that is done."""
_GETS: Final = re.compile(r"\bget(?:s|ting)?\s+", re.IGNORECASE)
_MEANT_FOR: Final = re.compile(
    r"\b(?:notes?|messages?|voicemails?|cop(?:y|ies)|emails?|letters?|summar(?:y|ies)|reports?)\s+for\s+", re.IGNORECASE
)
_TELL_LAST: Final = re.compile(r"(?:^|[\s,;.])(?:and |then )*tell\s+(?P<who>[^.;]+)", re.IGNORECASE)
_THING: Final = re.compile(
    r"\s+(?:an?|the|his|her|their|its|our|my|this|that|all|any|each|every|both|what|which|whether|copies|details|[A-Z]['’]s)\b"
)
_NO_ONE: Final = frozenset({"nobody", "no one", "tbc", "tba", "to be confirmed", "they", "you"})
_JOINT: Final = re.compile(r"\s*[,;&+]\s*(?:(?:and|then)\s+)*|\s+(?:(?:and|then)\s+)+", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.;](?=\s|$)")


def is_told(text: str, finder: Finder, owners: tuple[Owner, ...]) -> bool:
    """`text` is all but what happens if it is not done; the owners hear of it anyway and do not count."""
    return any(
        one.is_at_work and as_spoken(one.said) not in _NO_ONE and not (one.owners and set(one.owners) <= set(owners))
        for one in _hearers(text, finder)
    ) or _tells_a_stranger(text, finder)


def hearers_in(text: str, finder: Finder, owners: tuple[Owner, ...]) -> tuple[Owner, ...]:
    """Those of the world who are clearly meant."""
    clear = (one.owners[0] for one in _hearers(text, finder) if len(one.owners) == 1)
    return tuple(dict.fromkeys(owner for owner in clear if owner not in owners))


def without_telling(what: str, finder: Finder) -> str:
    """What is done alone, without "and let Ruth know" behind it."""
    for joint in _JOINT.finditer(what):
        behind = what[joint.end() :]
        says = (finder.lexicon.telling.match(behind), finder.lexicon.reporting.match(behind), _LET_KNOW.match(behind))
        if any(says) and any(one.is_at_work for one in _hearers(behind, finder)):
            return what[: joint.start()]
    return what


def _hearers(text: str, finder: Finder) -> Iterator[Reference]:
    for match in finder.lexicon.telling.finditer(text):
        between = _BETWEEN.match(text, match.end())
        yield from references_from(text, between.end() if between else match.end(), finder)
    for match in finder.lexicon.reporting.finditer(text):
        yield from _handed_to(text, match.end(), finder)
        yield from _behind_to(text, match.end(), finder)
    for match in _GETS.finditer(text):
        if not _is_of_the_family(finder.at(text, match.end())):
            yield from _behind_to(text, match.end(), finder)
    for match in _MEANT_FOR.finditer(text):
        yield from references_from(text, match.end(), finder)
    yield from _known_to(text, finder)


def _behind_to(text: str, place: int, finder: Finder) -> Iterator[Reference]:
    ends = _CLAUSE.search(text, place)
    for to in _TO.finditer(text, place, ends.start() if ends else len(text)):
        yield from references_from(text, to.end(), finder)


def _is_of_the_family(found: Reference | None) -> bool:
    """ "gets A to Dr Reid" brings a child, and no word of it."""
    return found is not None and not found.is_at_work


def _handed_to(text: str, place: int, finder: Finder) -> Iterator[Reference]:
    """ "send Ruth a copy": a person by name, or a role where it is plain that the thing follows."""
    if text[place : place + 1] != " ":
        return
    found = finder.at(text, place + 1)
    if found is None or not found.owners or finder.is_possessive(text, found):
        return
    if finder.is_by_name(found) or _THING.match(text, found.end):
        yield found


def _known_to(text: str, finder: Finder) -> Iterator[Reference]:
    """ "let the DC know", "keeps the chair informed", "chair informed by 15:00"."""
    for match in _LET_KNOW.finditer(text):
        found = finder.at(text, match.end())
        if found is not None and _KNOWS.match(text, found.end):
            yield found
    for match in re.finditer(r"^|[,;.]\s+(?:and\s+)?", text):
        found = finder.at(text, match.end())
        if found is not None and re.match(
            r"\s+(?:to be |is |are )?(?:informed|updated|told|notified)\b", text[found.end :]
        ):
            yield found
    for match in re.finditer(r"\band\s+", text, re.IGNORECASE):
        found = finder.at(text, match.end())
        if found is not None and IS_TOLD.match(text, found.end):
            yield found


def references_from(text: str, place: int, finder: Finder) -> Iterator[Reference]:
    """Those of a list: "the mother, the social worker and Jo"."""
    while found := finder.at(text, place):
        yield found
        if not (joined := _AND.match(text, found.end)):
            return
        place = joined.end()


def _tells_a_stranger(text: str, finder: Finder) -> bool:
    """ "tell Bob" says that somebody hears of it, whoever Bob is."""
    return any(
        match["who"][:1].isupper() and finder.at(text, match.start("who")) is None
        for match in _TELL_LAST.finditer(text)
    )

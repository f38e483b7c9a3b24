"""Those who stand in the owner's place: one or several, whoever goes along, and what is wrong with them."""

from __future__ import annotations

import re
from typing import Final

from discussions.actions.findings import Code
from discussions.actions.linter.who import Finder, Kind, Reference

JOINED: Final = re.compile(
    r"\s*(?:\([^)]{0,40}\))?\s*(?:,\s*(?:and|or)\b|,|&|/|\+|\band/or\b|\band\b|\bor\b|\bplus\b|\bas well as\b"
    r"|\btogether with both\b|\bwith both\b)\s*(?:with both\s+)?",
    re.IGNORECASE,
)
_PARENTHESIS: Final = re.compile(r"\s*\([^)]{0,60}\)")
COMPANION: Final = re.compile(
    r"\s*,?\s*(?:jointly |together |along )?(?:with|alongside|supported by|accompanied by)\s+", re.I
)
_BELONGS: Final = re.compile(
    r"\s+(?:from|of|at|in|on|who|as)\s+[^,;.]{1,50}?(?=\s+(?:to|will|shall|must|should)\s)", re.I
)


def joined(core: str, first: Reference, finder: Finder) -> tuple[Reference, ...]:
    """All who are joined by and, &, a comma, / or "with both"; somebody named twice counts once."""
    found = [_in_parenthesis(core, first, finder)]
    first = found[0]
    while joint := JOINED.match(core, found[-1].end):
        following = finder.at(core, joint.end()) or _stranger(core, joint.end())
        if following is None:
            break
        found.append(following)
    if len(found) > 1 and "with" not in core[first.end : found[1].start] and _is_list_only(core, found, finder):
        return tuple(found)
    if len(found) > 1 and "both" in core[first.end : found[1].start]:
        return tuple(found)
    return (first,)


def _in_parenthesis(core: str, first: Reference, finder: Finder) -> Reference:
    """ "School (Jo Smith)" is Jo Smith."""
    match = _PARENTHESIS.match(core, first.end)
    if match is None or (first.kind is Kind.KNOWN and len(first.owners) == 1):
        return first
    inside = finder.at(core, core.index("(", first.end) + 1)
    if inside is None or len(inside.owners) != 1:
        return first
    return Reference(Kind.KNOWN, first.start, match.end(), core[first.start : match.end()], inside.owners)


def _is_list_only(core: str, found: list[Reference], finder: Finder) -> bool:
    """Not where the comma begins something else: "Helen Marsh, DS, sees A" names one person."""
    ids = {one.owners for one in found if one.owners}
    return not (len(ids) == 1 and all(one.owners for one in found))


def _stranger(core: str, place: int) -> Reference | None:
    match = re.compile(r"(?:[A-Z][\w'’-]+)(?:\s[A-Z][\w'’-]+)?(?=\s|$)").match(core, place)
    return Reference(Kind.ROLE, place, match.end(), match[0]) if match else None


def fault_of(owners: tuple[Reference, ...]) -> Code | None:
    if len(owners) > 1:
        return Code.TWO_OWNERS
    only = owners[0]
    match only.kind:
        case Kind.KNOWN:
            return Code.UNCLEAR_OWNER if len(only.owners) > 1 else Code.NO_OWNER if only.is_me else None
        case Kind.ROLE | Kind.FAMILY:
            return Code.UNKNOWN_OWNER
        case _:
            return Code.NO_OWNER


def past_companions(core: str, at: int, finder: Finder) -> int:
    """Behind "(lead), with the DC," and "from Lighthouse": whoever goes along is no second owner."""
    for _ in range(3):
        if match := _PARENTHESIS.match(core, at):
            at = match.end()
        elif (match := COMPANION.match(core, at)) and (found := finder.at(core, match.end())):
            at = found.end
        elif match := _BELONGS.match(core, at):
            at = match.end()
        elif (match := re.compile(r"\s+(?:from|of|at)\s+").match(core, at)) and (found := finder.at(core, match.end())):
            at = found.end
        elif (match := re.compile(r"\s*,\s*").match(core, at)) and (found := finder.at(core, match.end())):
            at = found.end if core[found.end : found.end + 1] == "," else at
            break
        else:
            break
    return at

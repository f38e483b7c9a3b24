"""Whom words mean: somebody of the world, a role that nobody here has, a whole agency, nobody at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from discussions.actions.findings import Owner, World
from discussions.actions.linter.lexicon import Lexicon, lexicon_of
from discussions.practice.types import Practice, as_spoken

LONGEST_NAME_WORDS: Final = 6
MOST_QUALIFIERS: Final = 3
WORLDS_KEPT_READY: Final = 32
CHAIR: Final = frozenset({"chair", "chairperson", "chairman", "chairwoman"})
ME: Final = frozenset({"me", "i", "myself"})
_WORD: Final = re.compile(r"[\w'’-]+(?:\.[\w'’-]+)*", re.UNICODE)
_ARTICLES: Final = frozenset({"the", "our", "their", "his", "her", "its", "my", "this", "that"})
_ARTICLE: Final = re.compile("^(?:the|our) ")
_INDEFINITE: Final = frozenset({"a", "an", "any", "some", "another", "one"})
_QUALIFIERS: Final = frozenset(
    {
        "allocated",
        "assigned",
        "attending",
        "children's",
        "community",
        "consultant",
        "current",
        "deputy",
        "duty",
        "family",
    }
    | {"health", "hospital", "lead", "link", "local", "mash", "named", "new", "nursery", "on-call", "police", "primary"}
    | {"responsible", "safeguarding", "school", "secondary", "senior", "specialist", "ward", "oncall", "covering"}
)
_TITLES: Final = frozenset(
    {"doctor", "professor", "officer", "sergeant", "constable", "detective"}
    | {
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "prof",
        "sgt",
        "pc",
        "dc",
        "ds",
        "di",
        "dci",
        "sister",
        "nurse",
        "sw",
        "hv",
    }
)
_TEAM: Final = re.compile(r"\s+(?:team|teams|service|services|staff|department|colleagues|hub|unit)\b", re.IGNORECASE)
_DESK: Final = re.compile(r"\s+(?:desk|team|office|rota)\b", re.IGNORECASE)
_CONTRACTED: Final = re.compile("'(?:ll|m|ve|d|re)$")
_POSSESSIVE: Final = re.compile(r"['’]s$")


class Kind(Enum):
    KNOWN = auto()
    ROLE = auto()
    AGENCY = auto()
    NOBODY = auto()
    FAMILY = auto()


_PERSONS: Final = (Kind.KNOWN, Kind.ROLE)
_CHILD: Final = re.compile("[A-HJ-Z]")


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a text that stand for somebody. `owners`: those of the world who may be meant, two or more if unclear.

    Nobody is among them where "the chair" or "me" is meant and the world does not say who that is.
    """

    kind: Kind
    start: int
    end: int
    said: str
    owners: tuple[Owner, ...] = ()

    @property
    def is_me(self) -> bool:
        """ "I" of somebody whom the world does not know."""
        return not self.owners and as_spoken(self.said).partition("'")[0] in ME

    @property
    def is_at_work(self) -> bool:
        return self.kind is not Kind.FAMILY


@dataclass(frozen=True, slots=True)
class Names:
    """What the owners of a world are called: the surest way of calling somebody first."""

    ranks: tuple[Mapping[str, tuple[Owner, ...]], ...]
    longest: int

    def called(self, spoken: str) -> tuple[Owner, ...]:
        return next((rank[spoken] for rank in self.ranks if spoken in rank), ())


def names_of(world: World) -> Names:
    roles = tuple((role.name, *role.aliases) for role in world.practice.roles)
    return _named(world.owners, roles)


@lru_cache(maxsize=WORLDS_KEPT_READY)
def _named(owners: tuple[Owner, ...], roles: tuple[tuple[str, ...], ...]) -> Names:
    ranks: tuple[dict[str, list[Owner]], ...] = tuple(defaultdict(list) for _ in range(4))
    for owner in owners:
        for rank, names in enumerate(_names(owner, roles)):
            for name in dict.fromkeys(filter(None, map(as_spoken, names))):
                ranks[rank][name].append(owner)
    longest = max((len(name.split()) for rank in ranks for name in rank), default=1)
    return Names(tuple({name: tuple(who) for name, who in rank.items()} for rank in ranks), longest)


def _names(owner: Owner, roles: tuple[tuple[str, ...], ...]) -> tuple[Iterable[str], ...]:
    """By rank: full name; role, and title with name; other names of the role; first name or surname alone."""
    role = as_spoken(owner.role)
    others = next((names for names in roles if role and role in map(as_spoken, names)), ())
    short = _initials(owner.role)
    words = owner.name.split()
    if owner.is_desk:
        return (owner.name, *owner.also), (owner.role, short, _initials(owner.name)), others, ()
    titles = {*_TITLES, role, as_spoken(short), *map(as_spoken, others)} - {""}
    own = [word for word in words if as_spoken(word.strip(".")) not in titles]
    plain, last = " ".join(own), own[-1:] or words[-1:]
    titled = [f"{title} {name}" for title in titles for name in (owner.name, plain, *own[:1], *last)]
    short_name = [f"{own[0]} {own[-1][0]}"] if len(own) > 1 else []
    # a title that is another's role is no name for this one: only with the surname behind it
    return (owner.name, plain, *owner.also), (owner.role, short, *titled), (*others, *short_name), (*own[:1], *last)


def _initials(words: str) -> str:
    first = [word[0] for word in re.findall(r"[A-Za-z]+", words) if word.casefold() not in ("of", "the", "and", "for")]
    return "".join(first) if len(first) > 1 else ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds references at a place of a text."""

    names: Names
    lexicon: Lexicon

    def at(self, text: str, place: int) -> Reference | None:
        """Whom the words from here stand for. Articles and "the allocated" may stand before them, an agency too."""
        words = self._words_from(text, place)
        found: list[Reference] = []
        for skipped in range(min(MOST_QUALIFIERS, len(words)) + 1):
            if skipped and not self._is_before_a_name(words[skipped - 1], first=skipped == 1):
                break
            if reference := self._named_at(text, words[skipped:], place):
                found.append(self._unless_any(reference, words[0][0], is_skipped=skipped > 0))
        best = max(found, key=lambda one: (one.kind in _PERSONS, one.end), default=None)
        if best is not None and best.kind is Kind.AGENCY and text[best.end : best.end + 1] == " ":
            inside = self.at(text, best.end + 1)
            if inside is not None and inside.kind in _PERSONS and inside.said[:1] not in "AIai":
                return Reference(inside.kind, place, inside.end, text[place : inside.end], inside.owners)
        return best

    def _unless_any(self, found: Reference, first: str, *, is_skipped: bool) -> Reference:
        """ "a social worker" names nobody."""
        if is_skipped and as_spoken(first) in _INDEFINITE and found.kind in _PERSONS:
            return Reference(Kind.NOBODY, found.start, found.end, found.said)
        return found

    def is_full_name(self, reference: Reference) -> bool:
        return bool(reference.owners) and _ARTICLE.sub("", as_spoken(reference.said)) in self.names.ranks[0]

    def is_by_name(self, reference: Reference) -> bool:
        """Called by a name of their own and not only by what they are."""
        return bool(set(as_spoken(reference.said).split()) & _name_words(reference))

    def is_possessive(self, text: str, reference: Reference) -> bool:
        """ "Helen" of "Helen Marsh's call"."""
        behind = _WORD.match(text, reference.end + 1)
        if behind is None or not _POSSESSIVE.search(behind[0]):
            return False
        return as_spoken(_POSSESSIVE.sub("", behind[0])) in _name_words(reference)

    def _words_from(self, text: str, place: int) -> list[re.Match[str]]:
        """Words that only spaces part."""
        found: list[re.Match[str]] = []
        at = place
        while len(found) < LONGEST_NAME_WORDS + MOST_QUALIFIERS:
            match = _WORD.match(text, at)
            if match is None:
                break
            found.append(match)
            at = match.end()
            if text[at : at + 1] == "." and as_spoken(match[0]) in _TITLES:
                at += 1
            if text[at : at + 1] != " ":
                break
            at += 1
        return found

    def _is_before_a_name(self, word: re.Match[str], *, first: bool) -> bool:
        spoken = as_spoken(word[0])
        if first and (spoken in _ARTICLES or spoken in _INDEFINITE or spoken == "child"):
            return True
        return spoken in _QUALIFIERS or bool(_POSSESSIVE.search(spoken))

    def _named_at(self, text: str, words: list[re.Match[str]], place: int) -> Reference | None:
        for count in range(min(len(words), max(LONGEST_NAME_WORDS, self.names.longest)), 0, -1):
            end = words[count - 1].end()
            spoken = " ".join(as_spoken(word[0]) for word in words[:count])
            found = self._meaning(spoken, text, end)
            if found is not None:
                kind, owners, end = found
                return Reference(kind, place, end, text[place:end], owners)
        return None

    def _meaning(self, spoken: str, text: str, end: int) -> tuple[Kind, tuple[Owner, ...], int] | None:
        lexicon = self.lexicon
        if owners := self.names.called(spoken):
            desk = _DESK.match(text, end) if owners[0].is_desk else None
            return Kind.KNOWN, owners, desk.end() if desk else end
        if (short := _CONTRACTED.sub("", spoken)) in ME or short in ("we", "they"):
            return (Kind.KNOWN, self.names.called("me"), end) if short in ME else (Kind.NOBODY, (), end)
        if spoken in CHAIR:
            return Kind.KNOWN, (), end
        if spoken in lexicon.nobody:
            return Kind.NOBODY, (), end
        if spoken in lexicon.family or _CHILD.fullmatch(text[end - len(spoken) : end]):
            return Kind.FAMILY, (), end
        if spoken in lexicon.roles:
            return Kind.ROLE, (), end
        if spoken in lexicon.agencies or spoken.removesuffix("s") in lexicon.agencies:
            team = _TEAM.match(text, end)
            return Kind.AGENCY, (), team.end() if team else end
        return None


def _name_words(reference: Reference) -> set[str]:
    return {word for one in reference.owners for name in (one.name, *one.also) for word in as_spoken(name).split()}


def finder_for(world: World) -> Finder:
    return Finder(names_of(world), lexicon_of(world.practice))


def role_names(practice: Practice, role: str) -> tuple[str, ...]:
    return next(((one.name, *one.aliases) for one in practice.roles if one.code == role), ())

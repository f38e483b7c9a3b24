"""Who does what, as a sentence says it: the owner in front, the verb behind, or nobody and a passive."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from discussions.actions.findings import Code, Owner
from discussions.actions.linter.owners import COMPANION, JOINED, fault_of, joined, past_companions
from discussions.actions.linter.told import IS_TOLD
from discussions.actions.linter.verb import BEFORE_VERB, PASSIVE, SURELY_PASSIVE, WORD, is_going, verb_at, words_from
from discussions.actions.linter.who import Finder, Kind, Reference
from discussions.practice.types import as_spoken

LONGEST_SUBJECT: Final = 80
_COLON: Final = re.compile(r"(?P<who>[^:;\d]{1,80}?)(?::\s+|\s+[–—-]\s+)(?=\S)")
_SAFETY: Final = re.compile(r"(?:immediate\s+)?safety\s*:\s*", re.IGNORECASE)
_SUBJECT: Final = re.compile(
    r"(?P<who>[^,;.:]{1,60}?)\s+(?=(?:(?:has|is|are|needs?|have)\s+to|to|will|shall|must|should)\s+[a-z])",
    re.IGNORECASE,
)
_NEED: Final = re.compile(r"(?:needs?|have|has|got|want|wants)\s+to\s|(?:to|must|should|shall|will)\s", re.IGNORECASE)
_BY_WHOM: Final = re.compile(r"\bby\s+", re.IGNORECASE)
_SECOND_CLAUSE: Final = re.compile(r"(?:\s+and|[,;]|[,;]\s+and|\s+while|\s+whilst)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Deed:
    """`owners` stand for whoever does it, `owner_fault` says what is wrong with them. `verb` is the plain form.

    The owner ends at `owner_end`, what is done begins at `begins`; `verb_at` are the places of the verb.
    """

    owners: tuple[Reference, ...]
    owner_fault: Code | None
    owner_start: int
    owner_end: int
    begins: int
    verb: str | None = None
    verb_at: tuple[int, int] | None = None
    is_passive: bool = False
    says_safety: bool = False

    @property
    def known_owners(self) -> tuple[Owner, ...]:
        return tuple(owner for one in self.owners for owner in one.owners)


def read_deed(core: str, start: int, finder: Finder) -> Deed:
    """`core` is the sentence with spaces where its moment and what happens if not stood."""
    begins = _skipped(core, start)
    if named := _before_colon(core, begins, finder):
        return named
    first = finder.at(core, begins)
    if first is None or _goes_on(core, first, finder):
        return _without_reference(core, begins, finder)
    return _behind_owner(core, joined(core, first, finder), finder)


def of_owner(deed: Deed, owner: Owner | None) -> Deed:
    """The deed of an owner who was chosen, whatever the words begin with; only two in the words are still two."""
    if owner is None:
        return replace(deed, owners=(), owner_fault=Code.NO_OWNER)
    if deed.owner_fault is Code.TWO_OWNERS:
        return deed
    reference = Reference(Kind.KNOWN, deed.owner_start, deed.owner_end, owner.name, (owner,))
    return replace(deed, owners=(reference,), owner_fault=None)


def _skipped(core: str, at: int) -> int:
    while at < len(core) and not core[at].isalnum():
        at += 1
    small = re.compile(r"(?:(?:both|please|can|could|would|agreed(?: that)?[:,]?)\s+)+(?=\S)", re.I).match(core, at)
    return small.end() if small else at


def _before_colon(core: str, begins: int, finder: Finder) -> Deed | None:
    match = _COLON.match(core, begins)
    if match is None or len(match["who"].split()) > 6:
        return None
    first = finder.at(core, begins)
    refs = joined(core, first, finder) if first else ()
    if refs and core[past_companions(core, refs[-1].end, finder) : match.end("who")].strip(" ,.)") == "":
        deed = _behind_owner(core, refs, finder, end=match.end())
    elif ":" not in core[match.start() : match.end()] or verb_at(core, begins, finder):
        return None
    else:
        deed = _predicate(core, match.end(), finder, _owned_by_words(core, begins, match.end("who"), finder))
    safety = _SAFETY.match(core, match.end())
    return _again(core, deed, safety.end(), finder) if safety else deed


def _again(core: str, deed: Deed, begins: int, finder: Finder) -> Deed:
    return replace(_predicate(core, begins, finder, deed), says_safety=True)


def _goes_on(core: str, first: Reference, finder: Finder) -> bool:
    """Whether more words belong to it, as in "nursery manager": then it stands for something else."""
    if first.kind in (Kind.KNOWN, Kind.ROLE):
        return _is_somebody_else(core, first, finder)
    behind = core[first.end : first.end + 60]
    word = WORD.match(behind, 1) if behind[:1] == " " else None
    if word is None or PASSIVE.match(behind) or JOINED.match(behind) or COMPANION.match(behind):
        return False
    before = BEFORE_VERB.match(behind)
    if before is not None and before["modal"]:
        return False
    verb = verb_at(core, first.end, finder)
    return verb is None or is_going(core, verb)


def _is_somebody_else(core: str, first: Reference, finder: Finder) -> bool:
    """A first name or title that is known, with a surname that is not."""
    surname = re.compile(r" ([A-Z][a-z'’-]+\w*)").match(core, first.end)
    if surname is None or finder.is_full_name(first):
        return False
    spoken = as_spoken(surname[1])
    return spoken not in finder.lexicon.verbs and finder.at(core, first.end + 1) is None


def _behind_owner(core: str, owners: tuple[Reference, ...], finder: Finder, end: int | None = None) -> Deed:
    last = owners[-1].end
    fault = fault_of(owners)
    deed = Deed(owners, fault, owners[0].start, last, last)
    read = _predicate(core, past_companions(core, last, finder) if end is None else end, finder, deed)
    if fault in (None, Code.UNCLEAR_OWNER) and _second_owner(core, read, finder):
        return replace(read, owner_fault=Code.TWO_OWNERS)
    is_patient = read.is_passive and end is None
    return _passive(core, read, finder) if is_patient else read


def _predicate(core: str, begins: int, finder: Finder, deed: Deed) -> Deed:
    place = begins
    if match := PASSIVE.match(core, begins):
        return replace(deed, begins=_skipped(core, place), is_passive=True, verb_at=(match.start(), match.end()))
    if (passive := SURELY_PASSIVE.search(core, begins)) and not verb_at(core, begins, finder):
        return replace(deed, begins=_skipped(core, place), is_passive=True, verb_at=passive.span())
    found = verb_at(core, begins, finder)
    begins = _skipped(core, begins)
    if found is None:
        return replace(deed, begins=begins)
    verb, at = found
    return replace(deed, begins=at[0] if at else begins, verb=verb, verb_at=at)


def _second_owner(core: str, deed: Deed, finder: Finder) -> bool:
    """ "Helen Marsh sees A and the social worker rings the mother"."""
    for joint in _SECOND_CLAUSE.finditer(core, deed.verb_at[1] if deed.verb_at else deed.begins):
        found = finder.at(core, joint.end())
        if found is None or found.kind is not Kind.KNOWN or (found.said.islower() and found.said in ("i", "me")):
            continue
        if found.owners and set(found.owners) & set(deed.known_owners):
            continue
        behind = WORD.match(core, found.end + 1)
        verb = finder.lexicon.verbs.get(as_spoken(behind[0])) if behind else None
        if behind and verb and verb not in ("hear", "receive") and as_spoken(behind[0]) != verb:
            return True
    return False


def _passive(core: str, deed: Deed, finder: Finder) -> Deed:
    """Nobody does it, but for whoever stands behind "by"; in "by the DC and Ruth told" Ruth only hears of it."""
    for by in _BY_WHOM.finditer(core, deed.verb_at[1] if deed.verb_at else deed.begins):
        agent = finder.at(core, by.end())
        if agent is not None and agent.kind is not Kind.FAMILY:
            agents = tuple(one for one in joined(core, agent, finder) if not IS_TOLD.match(core, one.end)) or (agent,)
            return replace(deed, owners=agents, owner_fault=fault_of(agents))
    return replace(deed, owners=(), owner_fault=Code.NO_OWNER, begins=deed.owner_start, owner_end=deed.owner_start)


def _without_reference(core: str, begins: int, finder: Finder) -> Deed:
    """A verb in front, a stranger, a thing that something is to be done with; or no sentence at all."""
    nobody = Deed((), Code.NO_OWNER, begins, begins, begins)
    if _NEED.match(core, begins):
        return _predicate(core, begins, finder, nobody)
    verb = verb_at(core, begins, finder)
    if verb is not None and is_going(core, verb):
        verb = None
    subject = _SUBJECT.match(core, begins, min(len(core), begins + LONGEST_SUBJECT))
    passive = _passive_of_a_thing(core, begins, has_verb=verb is not None)
    if passive is not None:
        return _passive(core, replace(nobody, is_passive=True, verb_at=passive.span()), finder)
    if verb is not None and not (subject and _is_a_name(core, subject, finder)):
        return replace(nobody, verb=verb[0], verb_at=verb[1])
    if subject is not None and len(subject["who"].split()) <= 6:
        deed = _owned_by_words(core, begins, subject.end("who"), finder)
        return _predicate(core, subject.end("who"), finder, deed)
    return _before_bent_verb(core, nobody, finder)


def _is_a_name(core: str, subject: re.Match[str], finder: Finder) -> bool:
    """ "Mark to see A": a word in capitals before "to" and a verb is somebody's name, though "mark" is a verb too."""
    who = subject["who"]
    return (
        who[:1].isupper()
        and " " not in who
        and core[subject.end() :].startswith("to ")
        and (next((word[0] for word in words_from(core, subject.end() + 3, 1)), "") in finder.lexicon.verbs)
    )


def _passive_of_a_thing(core: str, begins: int, *, has_verb: bool) -> re.Match[str] | None:
    """ "Referral to be made": behind a verb it counts only where it stands close, as in "Visit to be arranged"."""
    ends = _clause_end(core, begins)
    match = SURELY_PASSIVE.search(core, begins, ends)
    if match is None:
        match = None if has_verb else PASSIVE.search(core, begins + 1, ends)
    if match is None:
        return None
    between = core[begins : match.start()].split()
    return match if not has_verb or (len(between) <= 3 and "that" not in between) else None


def _clause_end(core: str, begins: int) -> int:
    match = re.compile(r"[;.](?:\s|$)").search(core, begins)
    return match.start() if match else len(core)


def _before_bent_verb(core: str, nobody: Deed, finder: Finder) -> Deed:
    """ "Zebedee sees A": what stands before the first verb that is bent like that."""
    for number, word in enumerate(words_from(core, nobody.begins, 6)):
        spoken = as_spoken(word[0])
        plain = finder.lexicon.verbs.get(spoken) or finder.lexicon.vague_verbs.get(spoken)
        if number and plain is not None and spoken != plain and not spoken.endswith("ing"):
            deed = _owned_by_words(core, nobody.begins, word.start() - 1, finder)
            return _predicate(core, word.start() - 1, finder, deed)
    return _done_by(core, nobody, finder)


def _done_by(core: str, nobody: Deed, finder: Finder) -> Deed:
    """ "Weighing at clinic by HV": nothing but a thing, and who does it."""
    for by in _BY_WHOM.finditer(core, nobody.begins):
        agent = finder.at(core, by.end())
        if agent is not None and agent.kind is Kind.KNOWN:
            return replace(nobody, owners=(agent,), owner_fault=fault_of((agent,)))
    return nobody


def _owned_by_words(core: str, begins: int, end: int, finder: Finder) -> Deed:
    """Words in the owner's place that mean nobody of the world."""
    said = core[begins:end]
    first = finder.at(core, begins)
    if JOINED.search(said) and all(part.strip() for part in JOINED.split(said)):
        parts = tuple(
            Reference(Kind.ROLE, begins + match.start(), begins + match.end(), match[0])
            for match in re.finditer(r"(?:(?!\s+(?:and|or)\b)[^,&/+])+", said)
        )
        return Deed(parts, Code.TWO_OWNERS, begins, end, end)
    if first is not None and first.kind is Kind.NOBODY:
        return Deed((first,), Code.NO_OWNER, begins, end, end)
    return Deed((Reference(Kind.ROLE, begins, end, said),), Code.UNKNOWN_OWNER, begins, end, end)

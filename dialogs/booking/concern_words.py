"""Reads a concern as it is typed: harms, what else is so, and the urgency, with or without commas, in any order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from discussions.practice.decisions import Harm
from discussions.practice.types import Practice, as_spoken
from discussions.refusals import Refusal, WrongAnswer

BETWEEN = re.compile(r"[,;/\n]|\s(?:and|&|\+)\s")
DENIALS = frozenset({"no", "not", "without", "never"})
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood, and the refusal of the rest, if there is any."""

    harms: Sequence[str] = ()
    facts: Sequence[str] = ()
    urgency: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    field: str
    code: str


def read_concern(practice: Practice, words: str) -> Said:
    known = meanings(practice)
    meant: list[Meaning] = []
    unknown: list[str] = []
    for part in BETWEEN.split(words.casefold()):
        for one in understood_of(part.split(), known):
            if isinstance(one, Meaning):
                meant.append(one)
            else:
                unknown.append(one)
    urgencies = codes(meant, "urgency")
    return Said(
        codes(meant, "harms"),
        codes(meant, "facts"),
        urgencies[0] if len(urgencies) == 1 else "",
        refusal_of(unknown, urgencies, known),
    )


def codes(meant: Sequence[Meaning], field: str) -> list[str]:
    return list(dict.fromkeys(one.code for one in meant if one.field == field))


def meanings(practice: Practice) -> Mapping[str, Meaning]:
    """A word that two harms share, like abuse, means neither; a harm goes before an urgency, that before a fact."""
    shared = Counter(word for harm in practice.harms for word in words_for(harm))
    facts = {
        as_spoken(word): Meaning("facts", fact.code)
        for fact in reversed(practice.booking_facts)
        for word in (fact.code, fact.label, *fact.aliases)
    }
    urgencies = {
        as_spoken(word): Meaning("urgency", urgency.code)
        for urgency in practice.urgencies
        for word in (urgency.code, urgency.name)
    }
    harms = {
        as_spoken(word): Meaning("harms", harm.code)
        for harm in practice.harms
        for word in words_for(harm)
        if shared[word] == 1
    }
    return {**facts, **urgencies, **harms}


def words_for(harm: Harm) -> set[str]:
    label = harm.label.casefold()
    return {harm.code.casefold(), label, *label.split()}


def understood_of(words: Sequence[str], known: Mapping[str, Meaning]) -> Sequence[Meaning | str]:
    """A part that says no is not understood at all: what it denies must not be ticked."""
    return [" ".join(words)] if DENIALS.intersection(words) else list(understood(words, known))


def understood(words: Sequence[str], known: Mapping[str, Meaning]) -> Iterator[Meaning | str]:
    """The longest phrase that means something, again and again; what means nothing comes as it was typed."""
    start, unknown = 0, list[str]()
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if as_spoken(" ".join(words[start:end])) in known), None)
        if end is None:
            unknown.append(words[start])
            start += 1
            continue
        if unknown:
            yield " ".join(unknown)
            unknown = []
        yield known[as_spoken(" ".join(words[start:end]))]
        start = end
    if unknown:
        yield " ".join(unknown)


def refusal_of(unknown: Sequence[str], urgencies: Sequence[str], known: Mapping[str, Meaning]) -> Refusal | None:
    if len(urgencies) > 1:
        return WrongAnswer(f"Please give one urgency: {urgencies[0]} or {urgencies[1]}.", "urgency", "U2")
    if not unknown:
        return None
    named = ", ".join(f"“{one[:40]}”" for one in unknown[:MOST_NAMED])
    near = get_close_matches(as_spoken(unknown[0]), known, n=1, cutoff=0.75) if len(unknown) == 1 else []
    meant = f" Did you mean {near[0]}?" if near else ""
    return WrongAnswer(f"I don't know {named} here.{meant}", "harms", "physical, neglect, U2")

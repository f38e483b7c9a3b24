"""The vague words of a sentence, each once, the longer one where two overlap."""

from __future__ import annotations

from dataclasses import dataclass

from discussions.actions.findings import World
from discussions.actions.linter.reading import Sentence
from discussions.actions.linter.who import Kind
from discussions.practice.follow_up import VagueWord


@dataclass(frozen=True, slots=True)
class Vague:
    word: VagueWord
    start: int
    end: int
    said: str


def vague_words_in(sentence: Sentence, world: World) -> tuple[Vague, ...]:
    """Not what stands for the moment, which is asked for by itself, and not what belongs to an owner's name."""
    begins = _begins(sentence)
    text = sentence.text[begins:]
    found = [
        Vague(word, begins + start, begins + end, text[start:end])
        for word in world.practice.vague_words
        for start, end in word.found_in(text)
    ]
    taken = _moment_of(sentence)
    chosen: dict[str, Vague] = {}
    for vague in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if vague.word.word not in chosen and not any(start < vague.end and vague.start < end for start, end in taken):
            chosen[vague.word.word] = vague
            taken.append((vague.start, vague.end))
    return tuple(sorted(chosen.values(), key=lambda one: one.start))


def _begins(sentence: Sentence) -> int:
    owners = sentence.deed.owners
    if (
        owners
        and all(one.kind in (Kind.KNOWN, Kind.ROLE, Kind.FAMILY) for one in owners)
        and not sentence.deed.is_passive
    ):
        return sentence.deed.owner_end
    return sentence.start


def _moment_of(sentence: Sentence) -> list[tuple[int, int]]:
    if sentence.due is not None:
        return [(sentence.due.start, sentence.due.end)]
    return [sentence.vague_due.span()] if sentence.vague_due is not None else []

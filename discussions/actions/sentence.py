"""A typed action as a sentence: all that is worth pointing out in it."""

from __future__ import annotations

from collections.abc import Sequence

from discussions.actions.findings import Code, Finding, World


def findings_of(typed: str, world: World) -> Sequence[Finding]:
    """Never raises, whatever is typed; in the order in which the sentence is read."""
    vague = world.practice.vague_words_in(typed)
    return tuple(
        Finding(Code.VAGUE_WORD, f"“{word.word}” can mean many things. {word.ask}", "wording", said=word.word)
        for word in vague
    )

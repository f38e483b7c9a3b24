"""A typed action as a sentence: all that is worth pointing out in it."""

from __future__ import annotations

from collections.abc import Sequence

from discussions.actions.findings import Finding, World
from discussions.actions.linter.reading import read_sentence
from discussions.actions.linter.rules import findings_in
from discussions.actions.linter.who import finder_for


def findings_of(typed: str, world: World) -> Sequence[Finding]:
    """Never raises, whatever is typed; in the order in which the sentence is read."""
    finder = finder_for(world)
    return tuple(findings_in(read_sentence(typed, world, finder), world, finder))

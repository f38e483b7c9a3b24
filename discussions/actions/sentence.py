"""All that is worth pointing out in an action: in a typed line, or in what a form holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.actions.findings import ASKING, Code, Finding, Owner, World
from discussions.actions.linter.reading import LONGEST_READ, Sentence, read_sentence
from discussions.actions.linter.rules import findings_in
from discussions.actions.linter.what import of_owner, read_deed
from discussions.actions.linter.when import Moment
from discussions.actions.linter.who import Finder, finder_for

BARRING = frozenset({Code.NO_WORDING, Code.NO_OWNER, Code.NO_DUE, Code.DUE_PAST})
"""An action without these could not be kept: nobody could do it, or nobody could be reminded of it."""

WEIGHT: tuple[Code, ...] = (
    *(Code.NO_WORDING, Code.NO_OWNER, Code.TWO_OWNERS, Code.UNKNOWN_OWNER, Code.UNCLEAR_OWNER),
    *(Code.NO_DUE, Code.VAGUE_DUE, Code.IMPOSSIBLE_DUE, Code.DUE_PAST, Code.UNCLEAR_DUE, Code.NO_TIME),
    *(Code.NO_CONTINGENCY, Code.DUPLICATE, Code.AFTER_ICPC, Code.NOT_WORKING_DAY, Code.PASSIVE, Code.NO_VERB),
    *(Code.VAGUE_WORD, Code.NO_FEEDBACK, Code.NO_MEASURE, Code.NOT_IN_ROOM),
)
"""What matters most first."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a form holds, or what was agreed already. `is_told`: somebody hears of it when it is done."""

    wording: str
    owner: Owner | None
    due_at: datetime | None
    due_has_time: bool = True
    kind: str | None = None
    is_told: bool = True
    has_measure: bool = False
    contingency: str | None = None


def findings_of(typed: str, world: World) -> Sequence[Finding]:
    """Never raises, whatever is typed; in the order in which the sentence is read."""
    finder = finder_for(world)
    return tuple(findings_in(read_sentence(typed, world, finder), world, finder))


def findings_of_held(held: Held, world: World) -> Sequence[Finding]:
    """By the same rules as a typed line; the mends are values for the form's fields."""
    finder = finder_for(world)
    return tuple(findings_in(_sentence_of(held, finder), world, finder))


def by_weight(findings: Sequence[Finding]) -> Sequence[Finding]:
    return sorted(findings, key=lambda finding: (finding.code not in ASKING, WEIGHT.index(finding.code)))


def _sentence_of(held: Held, finder: Finder) -> Sentence:
    text = " ".join(held.wording[:LONGEST_READ].split())
    deed = of_owner(read_deed(text, 0, finder), held.owner)
    due = Moment(0, 0, "", at=held.due_at, has_time=held.due_has_time) if held.due_at else None
    return Sentence(
        text, 0, text, False, deed, due, None, held.is_told, (), text, len(text), held.contingency,
        kind=held.kind, has_measure=held.has_measure, is_form=True,
    )  # fmt: skip

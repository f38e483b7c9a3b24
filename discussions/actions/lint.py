"""The action linter: what a good action has, and what is pointed out or asked. It never blocks.

A sentence as people type it, against a small world:

    from discussions.actions.lint import findings_of, Owner, World

    world = World(
        owners=(Owner("Helen Marsh", role="Detective sergeant", agency="Police", hours="Mon-Fri 08:00-16:00"),
                Owner("Lighthouse", agency="Police", is_desk=True, hours="24/7")),
        now=<aware datetime>, practice=standard_practice(), calendar=<Calendar>, latest=<date of the ICPC or None>)
    codes = [finding.code for finding in findings_of("action: Helen Marsh sees A by Fri 14:00 tell chair", world)]

The sentence may begin with "action:" or "action: safety:", and has the order <owner> <what> by <when> tell <who> if not
<what then>; free sentences are judged alike. A code is a `str`; all of them, with what each means, are in
`discussions.actions.findings.Code`. Each code comes once a sentence, but vague_word once a word.
Roles and their abbreviations (HV, DSL) are the practice's; "the chair" and "me" may always hear of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.actions.findings import Code, Finding, Mend, OpenAction, Owner, Severity, World
from discussions.actions.kinds import begins, kind_for
from discussions.actions.sentence import findings_of
from discussions.ids import ActionId, ChildId, DiscussionId
from discussions.people import DeskId, PersonId

__all__ = [
    "Code",
    "Finding",
    "Mend",
    "NewAction",
    "OpenAction",
    "Owner",
    "Severity",
    "World",
    "begins",
    "findings_of",
    "kind_for",
]


@dataclass(frozen=True, slots=True)
class NewAction:
    """What the chair or minute-taker gives. `kind` is of the nudge policy; None lets the words and the time decide.

    The owner is one person or one desk. `due_has_time` is False where only a day was given and its end assumed.
    `feedback_to` None means: the usual ones (the chair, and the social worker where known).
    """

    discussion: DiscussionId
    wording: str
    owner: PersonId | None = None
    desk: DeskId | None = None
    due_at: datetime | None = None
    due_has_time: bool = True
    kind: str | None = None
    child: ChildId | None = None
    measure: str | None = None
    feedback_to: tuple[PersonId, ...] | None = None
    feedback_how: str | None = None
    contingency: str | None = None
    feedback_desks: tuple[DeskId, ...] = ()
    waits_for: ActionId | None = None

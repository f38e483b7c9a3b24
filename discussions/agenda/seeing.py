"""Whether an action is a dated visit to one child: the promise that a child is seen is never implied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discussions.actions.action import Action, ActionState
from discussions.actions.lint import begins
from discussions.booking.discussion import Child
from discussions.practice.types import Practice

NOT_PROMISED = (ActionState.DECLINED, ActionState.CANNOT, ActionState.SUPERSEDED, ActionState.CANCELLED)
CHILDREN = re.compile(r"\b(?:children|each child|every child|all of them)\b", re.IGNORECASE)
CHILD = re.compile(r"\b(?:child|baby)\b", re.IGNORECASE)
MOTHER = re.compile(r"\b(?:mother|mum)\b", re.IGNORECASE)
GROWN_UP = re.compile(r"\b(?:mother|mum|father|dad|parents?|carers?|grand\w+|partner)\b", re.IGNORECASE)


def is_seen(practice: Practice, child: Child, children: Sequence[Child], actions: Sequence[Action]) -> bool:
    """Whether any action sees this child; for an unborn child, visits the mother."""
    return any(sees(practice, action, child, children) for action in actions)


def sees(practice: Practice, action: Action, child: Child, children: Sequence[Child]) -> bool:
    if action.state in NOT_PROMISED or not begins_with_seeing(practice, action.wording):
        return False
    return is_visit_to_mother(action, child, children) if child.is_unborn else is_about(action, child, children)


def begins_with_seeing(practice: Practice, wording: str) -> bool:
    """ "See A at school", and also "Joint visit with the DC: see A alone"."""
    clauses = [clause.strip() for clause in re.split(r"[:;,.]", wording)]
    plain = [re.sub(r"^(?:jointly|joint|unannounced)\s+", "", clause, flags=re.IGNORECASE) for clause in clauses]
    return any(begins(clause, verb) for clause in plain if clause for verb in practice.seeing_verbs)


def is_about(action: Action, child: Child, children: Sequence[Child]) -> bool:
    """By the child it was recorded for, or by the letter; "see A's mother" is a visit to somebody else."""
    if is_named(action.wording, child):
        return True
    if action.child is not None:
        return action.child == child.id and not GROWN_UP.search(action.wording)
    if any(is_named(action.wording, other) for other in children):
        return False
    return bool(CHILDREN.search(action.wording)) or (len(children) == 1 and bool(CHILD.search(action.wording)))


def is_visit_to_mother(action: Action, child: Child, children: Sequence[Child]) -> bool:
    """Recorded for the unborn child, or naming its mother where no other is unborn."""
    if action.child == child.id or re.search(rf"\b{child.letter}\b", action.wording):
        return True
    is_only_one = sum(other.is_unborn for other in children) == 1
    return is_only_one and bool(MOTHER.search(action.wording))


def is_named(wording: str, child: Child) -> bool:
    """The letter as a word of its own; not "A's", which speaks of somebody else."""
    return bool(re.search(rf"\b{child.letter}\b(?!['’]s)", wording))

"""Promises: the nudge policy's steps as they were expanded and frozen when the action was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import ActionId, PromiseId


class PromiseState(StrEnum):
    WAITING = "waiting"
    SAID = "said"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Promise:
    """One nudge that was promised. `step` is its code in the policy, `round` counts a step's repeats from 0.

    `audience` is the policy's word: owner, deputy, manager, chair, lead, … `due_at` is UTC, quiet hours kept.
    `anchor`, `after` and `repeat_every` are the step's own words as they stood then ("before_due", "2 clock hours" or
    "50%", "1 working day"): they place the promise again when the due moment moves, whatever the policy says by now.
    """

    id: PromiseId
    action: ActionId
    step: str
    round: int
    audience: str
    due_at: datetime
    urgent: bool
    state: PromiseState = PromiseState.WAITING
    said_at: datetime | None = None
    anchor: str = "created"
    after: str | None = None
    repeat_every: str | None = None

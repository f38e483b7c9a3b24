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
    """One nudge that was promised. `step` is its code in the policy, `round` counts the repeats of a repeating step from 0.

    `audience` is the policy's word: owner, deputy, manager, chair, duty_desk. `due_at` is UTC, quiet hours already kept.
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

"""What happens after the close: kinds of action, nudges, quiet hours, changes of a safety plan, record targets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from discussions.clocks import Clock


class Anchor(StrEnum):
    """From where a nudge is counted: on making the action, before its due moment, at it, or after it."""

    CREATED = "created"
    BEFORE_DUE = "before_due"
    DUE = "due"
    OVERDUE = "overdue"


class Audience(StrEnum):
    OWNER = "owner"
    DEPUTY = "deputy"
    MANAGER = "manager"
    CHAIR = "chair"
    DESK = "desk"
    DUTY_DESK = "duty_desk"


@dataclass(frozen=True, slots=True)
class NudgeStep:
    """One nudge. `after` is the distance from the anchor (none: at the anchor itself); `fraction`, only with CREATED,
    is a share of the time from making to due. `repeat_every` goes on until the owner answers.
    """

    code: str
    anchor: Anchor
    to: tuple[Audience, ...]
    after: Clock | None = None
    fraction: float | None = None
    repeat_every: Clock | None = None


@dataclass(frozen=True, slots=True)
class NudgePolicy:
    kind: str
    label: str
    overrides_quiet_hours: bool
    needs_contingency: bool
    needs_time: bool
    steps: tuple[NudgeStep, ...]
    source: str

    def step(self, code: str) -> NudgeStep:
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class ActionKind:
    """A kind of action: the verbs that begin it, how it is nudged, and how long it has if nobody says otherwise."""

    code: str
    label: str
    verbs: tuple[str, ...]
    nudges: str
    window: Clock
    source: str
    sees_child: bool = False


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A word to point out in an action, never to block, with the question that mends it."""

    word: str
    ask: str
    source: str

    def is_in(self, text: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(self.word)}(?!\w)", text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times between which people may be nudged, on working days unless `on_every_day`."""

    opens: time
    closes: time
    source: str
    on_every_day: bool = False


@dataclass(frozen=True, slots=True)
class SafetyChange:
    """How bad a change of a safety plan is, and how soon it must be said and acknowledged."""

    severity: str
    label: str
    said_within: Clock
    answered_within: Clock | None
    by_phone_first: bool
    source: str


@dataclass(frozen=True, slots=True)
class SafetyPlanRules:
    """The fields of the interim safety plan are those of `forms`; `tell` lists who may need to hear of a change."""

    forms: tuple[str, ...]
    review_within: Clock
    tell: tuple[str, ...]
    changes: tuple[SafetyChange, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MinutesTargets:
    decisions_and_actions: Clock
    full_record: Clock
    amber_after: Clock
    red_after: Clock
    chair_may_also_minute: bool
    source: str

"""What happens after the close: kinds of action, nudges, quiet hours, changes of a safety plan, record targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import cache
from typing import Final

from discussions.clocks import CalendarDays, Clock, ClockHours, WorkingDays
from discussions.practice.verbs import NO_VERB_BEFORE, NO_VERB_BEHIND, VERB_MAY_FOLLOW, forms_of, participle_of

A_DAY = ClockHours(24)
TWO_HOURS = ClockHours(2)
BEFORE_ICPC = (WorkingDays(3), WorkingDays(1))


class Anchor(StrEnum):
    """From where a nudge is counted: on making the action, before its due moment, at it, or after it; from a question
    that waits for an answer; from the action's end, done or not to be done.
    """

    CREATED = "created"
    BEFORE_DUE = "before_due"
    DUE = "due"
    OVERDUE = "overdue"
    ASKED = "asked"
    DONE = "done"
    CANNOT = "cannot"


class Audience(StrEnum):
    OWNER = "owner"
    DEPUTY = "deputy"
    MANAGER = "manager"
    CHAIR = "chair"
    DESK = "desk"
    DUTY_DESK = "duty_desk"
    LEAD = "lead"
    """Whom the practice names above the chair."""
    ASKED = "asked"
    """Whoever must answer what is asked: the chair, the owner, or whom it is to be handed over to."""
    FEEDBACK = "feedback"
    """Those who must hear what came of it and have not said that they have."""
    STAND_IN = "stand_in"
    """Deputies of those; desk colleagues of whoever has no deputy."""


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
class FollowUp:
    """Who is above the chair, and how long what has ended can be opened again. The lead's ways are tried in turn.

    `duty_desk` is the desk that is told out of hours; `lead_person` a mail address or name; `lead_role` a role's code.
    `open_before_icpc`: how long before the latest date of the conference its chair is told what is still open.
    `contingency_within`: how long a contingency has when it becomes an action.
    """

    duty_desk: str | None = None
    lead_person: str | None = None
    lead_desk: str | None = None
    lead_role: str | None = None
    bring_back_within: Clock = A_DAY
    contingency_within: Clock = TWO_HOURS
    open_before_icpc: tuple[Clock, ...] = BEFORE_ICPC


UNSAID = FollowUp()
"""What holds in a practice from before it said so."""


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
    needs_contingency: bool = True
    """Where its nudges are those of safety. What is only evidence leaves no child unsafe when it is not done."""


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A word to point out in an action, never to block, with the question that mends it.

    `is_verb`: found in all its forms, where a verb can stand. `instead`: what a press puts in its place; where it
    `may_go`, a press takes it out.
    """

    word: str
    ask: str
    source: str
    is_verb: bool = False
    instead: tuple[str, ...] = ()
    may_go: bool = False

    def is_in(self, text: str) -> bool:
        return next(self.found_in(text), None) is not None

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands, from and to."""
        for match in _pattern_of(self.word, self.is_verb).finditer(text):
            yield match.span(match.lastindex or 0)


@cache
def _pattern_of(word: str, is_verb: bool) -> re.Pattern[str]:
    """The word in one of its groups. Verbs stand behind certain words, anywhere like "monitors", or behind "be"."""
    if not is_verb:
        return re.compile(rf"(?<![\w-])({_spaced(word)})(?![\w-])", re.IGNORECASE)
    forms = [_spaced(form) for form in forms_of(word)]
    anywhere = "" if forms[1].endswith("ss") else rf"|(?<=\w\s){NO_VERB_BEHIND}({forms[1]})(?![\w-]){NO_VERB_BEFORE}"
    done = rf"|(?<!\w)(?:be|been|being|is|are)\s+(?:[a-z]+ly\s+)?({_spaced(participle_of(word))})(?![\w-])"
    return re.compile(rf"{VERB_MAY_FOLLOW}({'|'.join(forms)})(?![\w-]){anywhere}{done}", re.IGNORECASE)


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


@dataclass(frozen=True, slots=True)
class ActionWords:
    """What the linter of actions knows of English. All in small letters, verbs in their plain form.

    `verbs` may begin an action besides those of the kinds; `no_verbs` only look as if they began with one; `open_ended`
    ones need a word on what done looks like, as `measures` are. `nobody` names no owner; `family` are neither owners
    nor feedback; `telling` and `reporting` words come before whoever hears of it; `vague_moments` stand where a day and
    time should, and so do `events` behind words like by, before and until.
    """

    verbs: tuple[str, ...] = ()
    no_verbs: tuple[str, ...] = ()
    open_ended: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    vague_moments: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    source: str = ""


NO_ACTION_WORDS: Final = ActionWords()
"""Of practices kept from before the linter knew any."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times between which people may be nudged, on working days unless `on_every_day`."""

    opens: time
    closes: time
    source: str
    on_every_day: bool = False


FIVE_WORKING_DAYS, FOUR_HOURS, SIXTY_DAYS = WorkingDays(5), ClockHours(4), CalendarDays(60)


@dataclass(frozen=True, slots=True)
class Reminders:
    """What people may set for themselves. `rhythms` are how often the list of the morning may come (daily, weekly,
    overdue); none: there is no such list. Reminders of what is overdue can be put off a little, or not at all (None).
    """

    rhythms: tuple[str, ...] = ("daily", "weekly", "overdue")
    snooze_at_most: Clock = FIVE_WORKING_DAYS
    snooze_overdue_at_most: Clock | None = FOUR_HOURS
    away_at_most: Clock = SIXTY_DAYS
    source: str = "DESIGN"


STANDARD_REMINDERS = Reminders()


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

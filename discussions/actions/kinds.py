"""What kind of action it is, by its verb and its moment; with which nudges, and how long such actions usually take."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from discussions.clocks import Calendar
from discussions.practice.follow_up import NudgePolicy
from discussions.practice.types import Practice, as_spoken
from discussions.practice.verbs import forms_of

NEEDS_A_TIME_WITHIN: Final = timedelta(hours=24)


def policy_of(kind: str, practice: Practice) -> NudgePolicy | None:
    return next((policy for policy in practice.nudge_policies if policy.kind == kind), None)


def kind_for(wording: str, due: datetime | None, says_safety: bool, practice: Practice, now: datetime) -> str:
    """The kind of an action whose kind nobody chose.

    Immediate safety wakes people at night, so it is taken only when said, or when the verb can mean nothing else and
    it is due within 24 clock hours. Otherwise the verb's kind where all its meanings agree, else the ordinary one.
    """
    urgent = next((policy.kind for policy in practice.nudge_policies if policy.overrides_quiet_hours), None)
    if says_safety and urgent is not None:
        return urgent
    meant = {kind.nudges for kind in practice.action_kinds for verb in kind.verbs if begins(wording, verb)}
    is_soon = due is not None and due - now <= NEEDS_A_TIME_WITHIN
    if len(meant) == 1 and (is_soon or urgent not in meant):
        return meant.pop()
    return usual_kind(practice)


def usual_kind(practice: Practice) -> str:
    kinds = [policy.kind for policy in practice.nudge_policies if not policy.overrides_quiet_hours]
    return next((kind for kind in kinds if kind == "enquiry"), (kinds or [practice.nudge_policies[0].kind])[0])


def window_of(wording: str, practice: Practice, calendar: Calendar, now: datetime) -> datetime | None:
    """The shortest time that actions beginning with this verb usually have."""
    windows = [kind.window for kind in practice.action_kinds if any(begins(wording, verb) for verb in kind.verbs)]
    return min((window.deadline(now, calendar, practice.counting) for window in windows), default=None)


def begins(wording: str, verb: str) -> bool:
    """Verbs are compared as people bend them: "sees A" begins with "see", "applies for" with "apply"."""
    words = [word.rstrip(",.:;") for word in as_spoken(wording).split()[:4]]
    return any(words[: len(form.split())] == form.split() for form in forms_of(verb)[:2])

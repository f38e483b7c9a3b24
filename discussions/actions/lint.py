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

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from discussions.actions.findings import Code, Finding, Mend, OpenAction, Owner, Severity, World
from discussions.actions.sentence import findings_of
from discussions.clocks import Calendar, is_working_day
from discussions.ids import ChildId, DiscussionId
from discussions.london import say_date, say_moment, say_short, to_london
from discussions.people import DeskId, PersonId
from discussions.practice.follow_up import NudgePolicy
from discussions.practice.types import Practice
from discussions.working_hours import OpeningHours

__all__ = [
    "Code",
    "Finding",
    "Mend",
    "NewAction",
    "OpenAction",
    "Owner",
    "Remark",
    "Setting",
    "Severity",
    "World",
    "begins",
    "findings_of",
    "kind_for",
    "lint",
]

NEEDS_A_TIME_WITHIN = timedelta(hours=24)


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


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about an action. `blocks` only where it could not be kept at all; `mend` is a press that would help.

    `field` is the input it is about.
    """

    code: str
    words: str
    mend: str | None
    blocks: bool
    field: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the linter needs to know besides the action. `latest` is the ICPC's latest date, `hours` are the owner's."""

    practice: Practice
    calendar: Calendar
    now: datetime
    hours: OpeningHours | None = None
    latest: date | None = None


def lint(new: NewAction, kind: str, setting: Setting) -> tuple[Remark, ...]:
    """Blocking remarks first."""
    remarks = (*missing(new, setting), *about_words(new, setting.practice), *about_due(new, kind, setting))
    rest = about_loop(new, policy_of(kind, setting.practice))
    return tuple(sorted((*remarks, *rest), key=lambda remark: not remark.blocks))


def missing(new: NewAction, setting: Setting) -> Iterator[Remark]:
    """What blocks: an action nobody could do, or nobody could be reminded of."""
    if not new.wording.strip():
        yield Remark("no_wording", "Please say what will be done.", None, True, "wording")
    if new.owner is None and new.desk is None:
        yield Remark("no_owner", "Please choose who does it: one person, or one desk.", None, True, "owner")
    if new.due_at is None:
        window = window_of(new.wording, setting)
        mend = None if window is None else f"By {say_short(window)}"
        yield Remark("no_due", "Please say by when.", mend, True, "due")
    elif new.due_at <= setting.now:
        words = f"{say_moment(new.due_at)} has passed. Please give a moment that is still to come."
        yield Remark("due_past", words, None, True, "due")


def about_words(new: NewAction, practice: Practice) -> Iterator[Remark]:
    for vague in practice.vague_words_in(new.wording):
        yield Remark("vague_word", f"“{vague.word}” can mean many things. {vague.ask}", None, False, "wording")
    if new.measure is None:
        yield Remark("no_measure", "How will one see that it is done?", None, False, "measure")


def about_due(new: NewAction, kind: str, setting: Setting) -> Iterator[Remark]:
    if new.due_at is None:
        return
    day = to_london(new.due_at).date()
    if not new.due_has_time and new.due_at - setting.now <= NEEDS_A_TIME_WITHIN:
        yield Remark(
            "no_time", "This is due within 24 hours. By what time?", f"By {say_short(new.due_at)}", False, "due"
        )
    if not is_working_day(day, setting.calendar) and not works_then(new.due_at, setting):
        yield Remark("not_working_day", f"{say_moment(new.due_at)} is not a working day.", None, False, "due")
    if setting.latest is not None and day > setting.latest:
        words = f"This is due after {say_date(setting.latest)}, the latest date for an ICPC."
        yield Remark("after_icpc", words, f"By {say_date(setting.latest)}", False, "due")


def about_loop(new: NewAction, policy: NudgePolicy | None) -> Iterator[Remark]:
    if new.feedback_to == ():
        yield Remark("no_feedback", "Who hears of it when it is done?", "Tell the chair", False, "feedback_to")
    if policy is not None and policy.needs_contingency and not (new.contingency or "").strip():
        words = "This is about immediate safety. What happens if it is not done, and who does it?"
        yield Remark("no_contingency", words, None, False, "contingency")


def works_then(due: datetime, setting: Setting) -> bool:
    """24/7 services, and rotas that work on that weekend or holiday."""
    return setting.hours is not None and setting.hours.is_open(due, setting.calendar)


def policy_of(kind: str, practice: Practice) -> NudgePolicy | None:
    return next((policy for policy in practice.nudge_policies if policy.kind == kind), None)


def window_of(wording: str, setting: Setting) -> datetime | None:
    """The shortest time that actions beginning with this verb usually have."""
    practice = setting.practice
    windows = [kind.window for kind in practice.action_kinds if any(begins(wording, verb) for verb in kind.verbs)]
    ends = (window.deadline(setting.now, setting.calendar, practice.counting) for window in windows)
    return min(ends, default=None)


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


def begins(wording: str, verb: str) -> bool:
    """Verbs are compared as people bend them: "sees A" begins with "see", "applies for" with "apply"."""
    first, *_ = [*wording.casefold().split(), ""]
    words = wording.casefold().split()
    if " " in verb:
        return words[: len(verb.split())] == verb.split()
    return first.rstrip(",.:;") in (verb, f"{verb}s", f"{verb}es", f"{verb[:-1]}ies")

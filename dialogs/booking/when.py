"""The step that sets day, time and form, inside the window if it can be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from cards.parts import Band, Choice, ChoiceInput, Pair, Part, TextInput, Tone
from dialogs.booking.draft import STARTS_NOW, Draft, within
from dialogs.booking.places import told
from dialogs.booking.pressing import pressing_now, say_pressing, take_said, take_typed
from dialogs.booking.times import (
    best_times,
    breach_field,
    counted_short,
    read_breach,
    read_offered,
    short_band,
    with_places,
    without_band,
)
from dialogs.booking.ways import FOOT, take_way, ways_on
from dialogs.engine import CHOICE, Answers, Given, Scene, Step, StepForm
from discussions.booking.discussion import Form
from discussions.booking.urgency import Pressing
from discussions.clocks import is_working_day, say_rule
from discussions.london import say_moment, say_short_day, to_london
from discussions.moments import read_moment
from discussions.practice.clock_rules import Urgency
from discussions.recent import read_recent_moment
from discussions.refusals import Refusal, WrongAnswer

DAYS_OFFERED = 12
BY_PHONE = re.compile(
    r"(?:by\s+|on\s+the\s+)?(?:tele)?phone\b[\s,:]*(?:held\s+)?(?:at\s+)?(.+)", re.IGNORECASE | re.DOTALL
)
BECAUSE = re.compile(r"because\b[\s:,]*(.+)", re.IGNORECASE | re.DOTALL)
QUARTERS = tuple(f"{hour:02}:{minute:02}" for hour in range(7, 21) for minute in (0, 15, 30, 45))


def show_when(scene: Scene) -> StepForm:
    draft = Draft(scene.answers)
    now = pressing_now(scene)
    urgency, ends = now.urgency, now.ends
    starts_at = draft.moment("starts_at")
    said = draft.text("form")
    forms = dict.fromkeys((*urgency.forms, *([said] if said else [])))
    band = short_band(scene, ends) or late_band(draft, ends) or without_band(scene)
    return StepForm(
        heading=f"Start by {say_moment(ends)}",
        ask=say_window_rule(scene, now),
        inputs=(
            *say_pressing(scene, now),
            *best_times(scene),
            *ways_on(scene),
            Pair(
                ChoiceInput("day", "Day", days_offered(scene, ends), value=chosen_day(scene, starts_at)),
                ChoiceInput("time", "Time", tuple(Choice(q, q) for q in QUARTERS), value=chosen_time(starts_at)),
                narrow=True,
            ),
            TextInput("when", "Or type day and time", max_length=80, hint="For example: tomorrow 2pm"),
            ChoiceInput("form", "How", form_choices(forms), value=said or urgency.forms[0], required=True),
            TextInput("join_details", "Join link or telephone details, if you have them",
                      value=draft.text("join_details"), max_length=500),
            *late_fields(scene, ends),
        ),
        band=band,
        next_title="Next: chair",
        foot="You can also type the day and time; phone today 09:15 writes down a telephone discussion that was held."
        + (" Or the reason: because …" if late_band(draft, ends) else "")
        + (f" {FOOT}" if told(scene.answers).short else ""),
    )  # fmt: skip


def form_choices(forms: Iterable[str]) -> tuple[Choice, ...]:
    """Those the practice advises; and the one that was typed, so that a list never lacks what is chosen."""
    return tuple(Choice(form.capitalize(), form) for form in forms)


def say_window_rule(scene: Scene, now: Pressing) -> str:
    rule = say_rule(now.window, scene.means.practice.counting)
    source = f"Rule from: {scene.means.practice.say_source(now.urgency.source)}."
    if Draft(scene.answers).text("follows"):
        return f"The full meeting after the telephone discussion: {rule}. {source}"
    return f"{now.urgency.name}: {rule}. {source}"


def late_band(draft: Draft, ends: datetime) -> Band | None:
    starts_at = draft.moment("starts_at")
    if starts_at is None or starts_at <= ends:
        return None
    lines = (f"{say_moment(starts_at)} is after {say_moment(ends)}.",)
    return Band(Tone.WARNING, "▲ This is outside the window", lines)


def late_fields(scene: Scene, ends: datetime) -> tuple[Part, ...]:
    draft = Draft(scene.answers)
    if late_band(draft, ends) is None:
        return ()
    label = "Why it can't start inside the window"
    words = TextInput("late_reason", label, value=draft.text("late_reason"), multiline=True, max_length=1000)
    return (*breach_field(scene), words)


def days_offered(scene: Scene, ends: datetime) -> tuple[Choice, ...]:
    """Days from today on: those inside the window first of all, then working days, so that none is a dead end."""
    today = to_london(scene.means.now).date()
    last = to_london(ends).date()
    days = [today + timedelta(days=ahead) for ahead in range(60)]
    wanted = [day for day in days if day <= last or is_working_day(day, scene.means.calendar)]
    return tuple(Choice(name_day(day, today), day.isoformat()) for day in wanted[:DAYS_OFFERED])


def name_day(day: date, today: date) -> str:
    return f"Today, {say_short_day(day)}" if day == today else say_short_day(day)


def chosen_day(scene: Scene, starts_at: datetime | None) -> str | None:
    return to_london(starts_at).date().isoformat() if starts_at else None


def chosen_time(starts_at: datetime | None) -> str | None:
    return f"{to_london(starts_at):%H:%M}" if starts_at else None


def take_when(scene: Scene, given: Given) -> Answers:
    words, choice = (given.words or "").strip(), given.fields.get(CHOICE)
    if (way := take_way(scene, choice, given, words)) is not None:
        return {**said_beside(scene, given), **way, **counted_short(scene, way)} if "starts_at" in way else way
    if typed := take_typed(scene, words):
        return {**typed, "late_told": False}
    return take_start(scene, given, read_offered(scene, choice, words))


def said_beside(scene: Scene, given: Given) -> Answers:
    """What stands in the form beside a way on that was pressed."""
    form, _ = read_form(scene, Given(given.fields), pressing_now(scene).urgency)
    details = within(500, "the join details", given.fields.get("join_details"), "join_details")
    return {"form": form, "join_details": details or Draft(scene.answers).text("join_details")}


def take_start(scene: Scene, given: Given, offered: datetime | None) -> Answers:
    words = (given.words or "").strip()
    said = take_said(scene, given)
    now = pressing_now(replace(scene, answers={**scene.answers, **said}))
    draft = Draft(scene.answers)
    form, words = read_form(scene, given, now.urgency)
    late_words = BECAUSE.fullmatch(words) if draft.moment("starts_at") else None
    said_before = draft.moment("starts_at") if late_words else None
    starts_at = offered or said_before or read_start(scene, given, words, form)
    typed_reason = late_words[1] if late_words else given.fields.get("late_reason")
    details = within(500, "the join details", given.fields.get("join_details"), "join_details")
    was_told = draft.moment("starts_at") == starts_at
    answers: Answers = {
        **said,
        "starts_at": starts_at.isoformat(),
        "form": form,
        "join_details": details or draft.text("join_details"),
        "late_reason": within(1_000, "the reason", typed_reason, "late_reason"),
        "late_told": starts_at <= now.ends or was_told,
        "breach": read_breach(scene, given, typed_reason),
        "joins": {},
        STARTS_NOW: False,
    }
    return {**answers, **with_places(scene, answers, is_told=was_told or offered is not None)}


def read_form(scene: Scene, given: Given, urgency: Urgency) -> tuple[str, str]:
    """The form, and the words that are left: "phone today 09:15" says both."""
    words = (given.words or "").strip()
    if by := BY_PHONE.fullmatch(words):
        return Form.PHONE, by[1].strip()
    form = given.fields.get("form") or Draft(scene.answers).text("form") or urgency.forms[0]
    if form not in set(Form):
        raise WrongAnswer("Please choose how it is held.", "form")
    return form, words


def read_start(scene: Scene, given: Given, words: str, form: str) -> datetime:
    typed = words if given.words is not None else given.fields.get("when", "")
    if not typed.strip():
        day, at = given.fields.get("day", ""), given.fields.get("time", "")
        if not day or not at:
            raise WrongAnswer("Please choose a day and a time, or type them.", "when", "tomorrow 2pm")
        typed = f"{day}T{at}"
    try:
        return read_moment(typed, scene.means.now, calendar=scene.means.calendar)
    except Refusal as refusal:
        if form == Form.PHONE and (held := read_held(scene, typed)):
            return held
        raise WrongAnswer(refusal.sentence, "when", "tomorrow 2pm") from refusal


def read_held(scene: Scene, typed: str) -> datetime | None:
    """A telephone discussion may be written down afterwards: then its time lies behind."""
    try:
        return read_recent_moment(typed, scene.means.now, scene.means.calendar)
    except Refusal:
        return None


def window_was_told(answers: Answers) -> bool:
    """A start outside the window is shown once, with a field for the reason; then it goes on, reason or not."""
    return bool(answers.get("late_told"))


WHEN = Step("when", show_when, take_when, choice_answers=True, is_done=window_was_told)

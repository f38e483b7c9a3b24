"""The buttons of an action's card, and the short forms that open below them: only presses that would be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import (
    AcceptAction,
    AcceptHandOver,
    AgreeTime,
    DeclineAction,
    DeclineHandOver,
    HandOver,
    MarkDone,
    NeedMoreTime,
    OpenActionForm,
    OpenConsole,
    RecordAnswerFor,
    RefuseTime,
    ReportBlocked,
)
from cards.days import TIMES
from cards.parts import AnyButton, Choice, ChoiceInput, FormButton, LabelledButton, Pair, Part, Text, TextInput
from discussions.actions.action import Action, ActionState
from discussions.actions.answers import Answer
from discussions.actions.views import ActionView, MayPress
from discussions.actions.words import LONGEST
from discussions.london import say_short

MOST_BUTTONS = 6
Rows = list[list[AnyButton]]

TOLD_BY_TELEPHONE = {
    Answer.DONE: "It is done",
    Answer.ACCEPT: "They accept it",
    Answer.MORE_TIME: "They need more time",
    Answer.BLOCKED: "They are blocked",
    Answer.DECLINE: "They decline it",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the discussion stands. `captures`: the viewer is its chair or minute-taker; they can change what was agreed
    while the record `is_draft`, and go back to the agenda while it `is_running`.
    """

    captures: bool = False
    is_draft: bool = False
    is_running: bool = False


def button_rows(view: ActionView, *, is_asked: bool, days: Sequence[Choice], standing: Standing) -> Rows:
    """At most six: what waits for the viewer first, then the owner's answers or the chair's, last the way out.

    All of the owner's forms stand on every card of an open action, so that a refused press finds its own form again.
    """
    rows: Rows = []
    if is_asked:
        rows.append(asked_row(view))
    if MayPress.AGREE_TIME in view.may:
        rows.append(time_row(view, primary=not is_asked))
    is_answered = not rows
    answers = view.is_yours and MayPress.DONE in view.may
    if answers and view.action.state is ActionState.DECLINED:
        rows.append([take_after_all(view.action, primary=is_answered)])
    elif answers:
        rows += owner_rows(view, days, primary=is_answered)
    if standing.captures and view.action.state.is_open and not view.is_yours:
        rows.append(chair_row(view, days, primary=is_answered, is_draft=standing.is_draft))
    if standing.captures and standing.is_running:
        rows.append(meeting_row(view.action))
    return up_to(MOST_BUTTONS, rows)


def up_to(most: int, rows: Rows) -> Rows:
    kept: Rows = []
    for row in rows:
        kept.append(row[: most - sum(map(len, kept))])
    return [row for row in kept if row]


def take_after_all(action: Action, *, primary: bool) -> LabelledButton:
    return LabelledButton("Take it after all", AcceptAction(action.id, action.version), primary=primary, way_out=True)


def asked_row(view: ActionView) -> list[AnyButton]:
    action, seen = view.action.id, view.action.version
    return [
        LabelledButton("I'll take it", AcceptHandOver(action, seen), primary=True, way_out=True),
        LabelledButton("No, I can't", DeclineHandOver(action, seen), way_out=True),
    ]


def time_row(view: ActionView, *, primary: bool) -> list[AnyButton]:
    action, seen = view.action.id, view.action.version
    return [
        LabelledButton("Agree", AgreeTime(action, seen), primary=primary, way_out=True),
        LabelledButton("Refuse", RefuseTime(action, seen), way_out=True),
    ]


def owner_rows(view: ActionView, days: Sequence[Choice], *, primary: bool) -> Rows:
    is_new = MayPress.ACCEPT in view.may
    answers: Rows = [
        [done_form(view.action, primary=primary and not is_new), more_time_form(view.action, days)],
        [blocked_form(view.action), hand_over_form(view.action)],
    ]
    if not is_new:
        return answers
    accept = LabelledButton("Accept", AcceptAction(view.action.id, view.action.version), primary=primary, way_out=True)
    return [[accept, decline_form(view.action)], *answers]


def chair_row(view: ActionView, days: Sequence[Choice], *, primary: bool, is_draft: bool) -> list[AnyButton]:
    """Once the record is approved, what was agreed stands: then another owner can only be asked to take it over."""
    action = view.action
    answer_for = answer_for_form(action, days)
    if not is_draft:
        return [*([hand_over_form(action)] if MayPress.HAND_OVER in view.may else []), answer_for]
    is_ownerless = action.state is ActionState.DECLINED
    title = "Choose an owner" if is_ownerless else "Change it"
    change = LabelledButton(
        title, OpenActionForm(action.discussion, action.id), primary=primary and is_ownerless, way_out=True
    )
    return [change, answer_for]


def meeting_row(action: Action) -> list[AnyButton]:
    return [
        LabelledButton("Add another", OpenActionForm(action.discussion), way_out=True),
        LabelledButton("Agenda", OpenConsole(action.discussion), way_out=True),
    ]


def done_form(action: Action, *, primary: bool) -> FormButton:
    note = TextInput(
        "note",
        "What was done and learnt?",
        multiline=True,
        max_length=LONGEST,
        required=True,
        error="Please write a line, so that the others know the result.",
    )
    told: tuple[Part, ...] = (Text("Those who must hear of it are told at once.", small=True),)
    save = LabelledButton("Save as done", MarkDone(action.id, action.version), primary=True)
    return FormButton("Done", (note, *(told if action.feedback_to else ())), save, primary=primary)


def more_time_form(action: Action, days: Sequence[Choice]) -> FormButton:
    reason = TextInput(
        "reason", "Why?", multiline=True, max_length=LONGEST, required=True, error="Please say why in a line."
    )
    stays = Text(f"Until the chair agrees, it stays due {say_short(action.due_at)}.", small=True)
    ask = LabelledButton("Ask the chair", NeedMoreTime(action.id, action.version), primary=True)
    return FormButton("Need more time", (*new_moment(days), reason, stays), ask)


def new_moment(days: Sequence[Choice]) -> tuple[Part, ...]:
    return (
        Pair(ChoiceInput("day", "New day", tuple(days)), ChoiceInput("time", "Time", TIMES), narrow=True),
        TextInput("until", "Or type day and time", max_length=80, hint="For example: tomorrow 10am"),
    )


def blocked_form(action: Action) -> FormButton:
    words = TextInput(
        "words",
        "What is in the way?",
        multiline=True,
        max_length=LONGEST,
        required=True,
        error="Please write what is in the way.",
    )
    runs_on = Text("The chair is told at once. It stays due when it is.", small=True)
    tell = LabelledButton("Tell the chair", ReportBlocked(action.id, action.version), primary=True)
    return FormButton("Blocked", (words, runs_on), tell)


def hand_over_form(action: Action) -> FormButton:
    to = TextInput(
        "to", "To whom? First and last name", max_length=100, required=True, error="Please write one person's name."
    )
    stays = Text("It stays with its owner until they accept.", small=True)
    offer = LabelledButton("Ask them", HandOver(action.id, action.version), primary=True)
    return FormButton("Hand over", (to, stays), offer)


def decline_form(action: Action) -> FormButton:
    reason = TextInput(
        "decline_reason",
        "Why can't you take it?",
        multiline=True,
        max_length=LONGEST,
        required=True,
        error="Please say why, so that the chair can find another way.",
    )
    told = Text("The chair is told at once and finds another owner.", small=True)
    tell = LabelledButton("Tell the chair", DeclineAction(action.id, action.version), primary=True)
    return FormButton("Decline", (reason, told), tell)


def answer_for_form(action: Action, days: Sequence[Choice]) -> FormButton:
    """What the owner said by telephone. Its fields are those of the owner's own forms, which are not on this card."""
    said = ChoiceInput(
        "answer",
        "What did the owner tell you?",
        tuple(Choice(title, answer.value) for answer, title in TOLD_BY_TELEPHONE.items()),
        expanded=True,
        required=True,
        error="Please choose what they told you.",
    )
    words = TextInput("words", "In their words: what was done, why, or what is in the way", multiline=True,
                      max_length=LONGEST)  # fmt: skip
    only = Text("Day and time only if they need more time. It is marked as recorded by you.", small=True)
    save = LabelledButton("Save", RecordAnswerFor("action", action.id, action.version), primary=True)
    return FormButton("Answer for them", (said, words, *new_moment(days), only), save)

"""The buttons of an action's card, and the short forms that open below them: only presses that would be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import (
    AcceptAction,
    AcceptHandOver,
    AgreeTime,
    BringBack,
    DeclineAction,
    DeclineHandOver,
    HandOver,
    MarkDone,
    NeedMoreTime,
    OfferTime,
    OpenAction,
    OpenActionForm,
    OpenConsole,
    Received,
    RecordAnswerFor,
    RecordReceived,
    RefuseTime,
    ReportBlocked,
    SnoozeAction,
    StartContingency,
    TakeOffer,
)
from cards.days import TIMES
from cards.parts import AnyButton, Choice, ChoiceInput, FormButton, LabelledButton, Pair, Part, Text, TextInput
from discussions.actions.action import Action, ActionState
from discussions.actions.answers import Answer
from discussions.actions.views import ActionView, MayPress
from discussions.actions.words import LONGEST
from discussions.london import say_short

MOST_BUTTONS = 6
MOST_NAMES = 60
FOR_NOW, NOT_AT_ALL = "for_now", "cannot"
Rows = list[list[AnyButton]]

TOLD_BY_TELEPHONE = {
    Answer.DONE: "It is done",
    Answer.ACCEPT: "They accept it",
    Answer.MORE_TIME: "They need more time",
    Answer.BLOCKED: "They are blocked",
    Answer.DECLINE: "They decline it",
    Answer.CANNOT: "It can't be done at all",
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
    if not view.action.state.is_open:
        return up_to(MOST_BUTTONS, rows_after_end(view, standing))
    rows: Rows = []
    if is_asked:
        rows.append(asked_row(view))
    if MayPress.AGREE_TIME in view.may:
        rows += time_rows(view, days, primary=not is_asked)
    if view.is_yours and MayPress.TAKE_OFFER in view.may:
        rows.append([take_offer(view.action, primary=not rows)])
    is_answered = not rows
    answers = view.is_yours and MayPress.DONE in view.may
    if answers and view.action.state is ActionState.DECLINED:
        rows.append([take_after_all(view.action, primary=is_answered)])
    elif answers:
        rows += owner_rows(view, days, primary=is_answered)
    if standing.captures and view.action.state.is_open and not view.is_yours:
        rows += chair_rows(view, days, primary=is_answered, is_draft=standing.is_draft)
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


def time_rows(view: ActionView, days: Sequence[Choice], *, primary: bool) -> Rows:
    agree = LabelledButton("Agree", AgreeTime(view.action.id, view.action.version), primary=primary, way_out=True)
    return [[agree, refuse_form(view.action)], [offer_form(view.action, days)]]


def refuse_form(action: Action) -> FormButton:
    why = TextInput("refused_words", "Why not?", multiline=True, max_length=LONGEST)
    stays = Text(f"The owner reads this. It stays due {say_short(action.due_at)}.", small=True)
    return FormButton(
        "Refuse", (why, stays), LabelledButton("Refuse", RefuseTime(action.id, action.version), primary=True)
    )


def offer_form(action: Action, days: Sequence[Choice]) -> FormButton:
    """Its fields have names of their own: the chair's other form on this card asks for a moment too."""
    moment = Pair(ChoiceInput("offer_day", "Day", tuple(days)), ChoiceInput("offer_time", "Time", TIMES), narrow=True)
    typed = TextInput("offer_until", "Or type day and time", max_length=80, hint="For example: tomorrow 10am")
    words = TextInput("offer_words", "A word to the owner", multiline=True, max_length=LONGEST)
    stays = Text(f"They take it or ask again. Until then it stays due {say_short(action.due_at)}.", small=True)
    ask = LabelledButton("Propose it", OfferTime(action.id, action.version), primary=True)
    return FormButton("Another moment", (moment, typed, words, stays), ask)


def take_offer(action: Action, *, primary: bool) -> LabelledButton:
    until = say_short(action.offered_until) if action.offered_until else "it"
    return LabelledButton(f"Take {until}", TakeOffer(action.id, action.version), primary=primary, way_out=True)


def rows_after_end(view: ActionView, standing: Standing) -> Rows:
    """What came of it is received, the chair does what was agreed for this case, for a while there is a way back."""
    action = view.action
    rows: Rows = []
    has_followed = view.linked.went_into is not None
    if MayPress.CONTINGENCY in view.may and not has_followed:
        start = StartContingency(action.id, action.version)
        rows.append([LabelledButton("Make “if not done” an action", start, primary=True, way_out=True)])
    if MayPress.RECEIVE in view.may:
        rows.append([LabelledButton("Received", Received(action.id), primary=not rows, way_out=True)])
    if view.linked.went_into is not None:
        rows.append([LabelledButton(f"Open {view.linked.went_into.number}", OpenAction(view.linked.went_into.id))])
    if standing.captures and view.outstanding:
        rows.append([received_by_telephone(view)])
    if MayPress.BRING_BACK in view.may and not has_followed:
        rows.append([back_form(action)])
    return rows


def received_by_telephone(view: ActionView) -> FormButton:
    whom = ChoiceInput(
        "whom",
        "Who has heard of it?",
        tuple(Choice(one.name, one.whom) for one in view.heard if one.at is None)[:MOST_NAMES],
        required=True,
        error="Please choose who has heard of it.",
    )
    told = Text("It is marked as written down by you.", small=True)
    save = LabelledButton("Save", RecordReceived(view.action.id, view.action.version), primary=True)
    return FormButton("They heard by telephone", (whom, told), save)


def back_form(action: Action) -> FormButton:
    is_done = action.state is ActionState.DONE
    why = TextInput(
        "again_reason",
        "What is still to be done?" if is_done else "What has changed?",
        multiline=True,
        max_length=LONGEST,
        required=True,
        error="Please write a line, so that those who were told understand.",
    )
    told = Text("It is open again, due when it was. All who were told hear of it.", small=True)
    save = LabelledButton("Open it again", BringBack(action.id, action.version), primary=True)
    return FormButton("Not done after all" if is_done else "It can be done after all", (why, told), save)


def owner_rows(view: ActionView, days: Sequence[Choice], *, primary: bool) -> Rows:
    is_new = MayPress.ACCEPT in view.may
    answers: Rows = [
        [done_form(view.action, primary=primary and not is_new), more_time_form(view.action, days)],
        [blocked_form(view.action), hand_over_form(view.action)],
    ]
    if not is_new:
        reminders: Rows = [] if view.is_urgent else [[remind_form(view.action, days)]]
        return [*answers, *reminders]
    accept = LabelledButton("Accept", AcceptAction(view.action.id, view.action.version), primary=primary, way_out=True)
    return [[accept, decline_form(view.action)], *answers]


def remind_form(action: Action, days: Sequence[Choice]) -> FormButton:
    on = ChoiceInput("remind_day", "Remind me on", tuple(days))
    fields: tuple[Part, ...] = (
        Pair(on, ChoiceInput("remind_time", "At", TIMES), narrow=True),
        TextInput("remind_until", "Or type when to remind you", max_length=80, hint="For example: tomorrow 9am"),
        Text(f"It stays due {say_short(action.due_at)}. Others are told as before.", small=True),
    )
    return FormButton("Remind me later", fields, LabelledButton("Put it off", SnoozeAction(action.id), primary=True))


def chair_rows(view: ActionView, days: Sequence[Choice], *, primary: bool, is_draft: bool) -> Rows:
    """Once the record is approved, what was agreed stands: then another owner can only be asked to take it over."""
    action = view.action
    answer_for = answer_for_form(action, days)
    instead = LabelledButton("Replace it", OpenActionForm(action.discussion, action.id, replaces=True), way_out=True)
    if not is_draft:
        hand = [hand_over_form(action)] if MayPress.HAND_OVER in view.may else []
        return [[*hand, answer_for], [instead]]
    is_ownerless = action.state is ActionState.DECLINED
    title = "Choose an owner" if is_ownerless else "Change it"
    change = LabelledButton(
        title, OpenActionForm(action.discussion, action.id), primary=primary and is_ownerless, way_out=True
    )
    return [[change, answer_for], [instead]]


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
    return FormButton(
        "Done", (note, *(told if action.feedback_to or action.feedback_desks else ())), save, primary=primary
    )


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
    how = ChoiceInput(
        "how",
        "How does it stand?",
        (Choice("It is in the way for now", FOR_NOW), Choice("It can't be done at all", NOT_AT_ALL)),
        value=FOR_NOW,
        expanded=True,
    )
    runs_on = Text(
        "The chair is told at once. For now: it stays due when it is. Not at all: it ends, and what was agreed for "
        "that case is needed.",
        small=True,
    )
    tell = LabelledButton("Tell the chair", ReportBlocked(action.id, action.version), primary=True)
    return FormButton("Blocked", (words, how, runs_on), tell)


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

"""Runs a guided dialog: shows a step, takes its answer from the form or typed words, goes on, back, or puts aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from cards.buttons import DialogAnswer, DialogBack, DialogCancel, DialogResume, DialogSave
from cards.form import form_card
from cards.notice import notice_card
from cards.parts import AnyButton, Band, LabelledButton, Part, Tone
from cards.render import Card, Summary
from dialogs.typed import standing_in, takes_words, with_typed
from discussions.needs import KeptDialog, Means
from discussions.people import Person
from discussions.refusals import Refusal, WrongAnswer

Answers = Mapping[str, object]
CHOICE = "choice"
GOES_ON = ("next", "ok", "go on")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to a step: the form's fields by input id, or typed words. One of them is there."""

    fields: Mapping[str, str]
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step can look at: the means of this transaction, who answers, and what was answered so far."""

    means: Means
    who: Person
    answers: Answers
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class StepForm:
    """What a step shows between the engine's own frame: origin above, Back, Save for later and Cancel below."""

    heading: str
    ask: str | None
    inputs: Sequence[Part]
    next_title: str = "Next"
    band: Band | None = None
    foot: str | None = None
    more_buttons: Sequence[Sequence[AnyButton]] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """`take` gives the answers to add; it raises Refusal. `is_done` False keeps the dialog on this step to ask on.

    `choose` picks one thing and stays on the step. Where `choice_answers`, a choice is an answer instead: `take` gets
    it as the field CHOICE among the form's own.
    """

    name: str
    show: Callable[[Scene], StepForm]
    take: Callable[[Scene, Given], Answers]
    choose: Callable[[Scene, str], Answers] | None = None
    choice_answers: bool = False
    is_done: Callable[[Answers], bool] = lambda _: True


class GoBack(Refusal):
    """An earlier answer does not hold any more: the dialog goes back to it, and then here again."""

    def __init__(self, step: str, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.step = step
        self.field = field


def nothing_to_add(scene: Scene, step: str) -> Answers:
    return {}


def nothing_to_end(means: Means, dialog: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Dialog:
    """`finish` hands the complete request to one use-case and gives the `about` of the card to show in its place.

    `version` goes up when older answers no longer fit; then the dialog starts again at its first step, answers kept.
    `on_turn` looks at the world each time the dialog moves, and gives answers to add before the step is shown; it and
    `finish` may raise GoBack. `on_cancel` gives back what the dialog had outside of itself.
    """

    name: str
    title: str
    version: int
    steps: tuple[Step, ...]
    finish: Callable[[Scene], str]
    again: str
    on_turn: Callable[[Scene, str], Answers] = nothing_to_add
    on_cancel: Callable[[Means, str], None] = nothing_to_end

    def place(self, step: str) -> int:
        return next((place for place, known in enumerate(self.steps) if known.name == step), 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the dialog stands now: the card to show, what it is about, and whether anything is still asked."""

    card: Card | None
    about: str
    is_over: bool = False


class NotAllUnderstood(WrongAnswer):
    """Of typed words, what was understood is kept, so that only the rest has to be typed again."""

    def __init__(self, refusal: Refusal, understood: Answers) -> None:
        field = getattr(refusal, "field", None)
        super().__init__(refusal.sentence, field, getattr(refusal, "example", None))
        self.understood = understood


class DialogGone(Refusal):
    def __init__(self) -> None:
        super().__init__("This form is no longer open, so nothing was changed. Type book to start again.")


class DialogMovedOn(Refusal):
    def __init__(self) -> None:
        super().__init__("This form has moved on since you opened it here. Please use the newest one.")


def begin(
    means: Means, who: Person, conversation: str, dialog: Dialog, answers: Answers | None = None, at: str | None = None
) -> Moved:
    """Starts a dialog in the place of an open one, which is put aside with all its answers. `at`: the first step that
    is still to be asked, where not all are.
    """
    open_one = means.store.dialogs.open(conversation, who.id)
    if open_one is not None:
        means.store.dialogs.keep(replace(open_one, open=False, updated_at=means.now))
    state = {"step": at or dialog.steps[0].name, "answers": dict(answers or {})}
    kept = KeptDialog(
        means.new_id(), dialog.name, dialog.version, conversation, who.id, state, 1, open=True, updated_at=means.now
    )
    means.store.dialogs.keep(kept)
    return show(means, who, dialog, kept)


def find(means: Means, who: Person, dialog: Dialog, id: str, seen: int | None = None) -> KeptDialog:
    """Raises DialogGone or DialogMovedOn; somebody else's dialog is not found."""
    kept = means.store.dialogs.dialog(id)
    if kept is None or kept.person != who.id or kept.name != dialog.name:
        raise DialogGone
    if seen is not None and kept.seen != seen:
        raise DialogMovedOn
    return upgraded(dialog, kept)


def upgraded(dialog: Dialog, kept: KeptDialog) -> KeptDialog:
    if kept.dialog_version == dialog.version:
        return kept
    state = {"step": dialog.steps[0].name, "answers": answers_of(kept)}
    return replace(kept, dialog_version=dialog.version, state=state)


def answer(means: Means, who: Person, dialog: Dialog, kept: KeptDialog, given: Given) -> Moved:
    """Takes an answer to the step the dialog is on. A refused answer shows the same form with what was typed."""
    step = step_of(dialog, kept)
    try:
        taken = take(scene_of(means, who, kept), dialog, step, given)
    except Refusal as refusal:
        return ask_again(means, who, dialog, kept, given, refusal)
    answers = {**answers_of(kept), **taken}
    if not step.is_done(answers):
        return go(means, who, dialog, kept, step.name, answers)
    following = cast(str | None, kept.state.get("then")) or next_step(dialog, step.name)
    if following is None:
        return finish(means, who, dialog, replace(kept, state={"step": step.name, "answers": answers}), given)
    return go(means, who, dialog, kept, following, answers)


def take(scene: Scene, dialog: Dialog, step: Step, given: Given) -> Answers:
    """ "next" goes on with what stands in the form, as its button does. The last step has a word of its own."""
    try:
        return step.take(scene, given)
    except Refusal:
        if not says_next(given) or next_step(dialog, step.name) is None:
            raise
    return step.take(scene, Given(standing_in(step.show(scene).inputs)))


def says_next(given: Given) -> bool:
    return given.words is not None and given.words.strip(" .!").casefold() in GOES_ON


def finish(means: Means, who: Person, dialog: Dialog, kept: KeptDialog, given: Given) -> Moved:
    try:
        about = dialog.finish(scene_of(means, who, kept))
    except GoBack as back:
        return keep_and_show(means, who, dialog, gone_back(dialog, kept, back))
    except Refusal as refusal:
        return ask_again(means, who, dialog, kept, given, refusal)
    means.store.dialogs.drop(kept.id)
    return Moved(None, about, is_over=True)


def choose(
    means: Means,
    who: Person,
    dialog: Dialog,
    kept: KeptDialog,
    step: str,
    choice: str,
    fields: Mapping[str, str] | None = None,
) -> Moved:
    """Picks or removes one thing inside the step, and stays on it; or answers it, with the form's other `fields`."""
    current = step_of(dialog, kept)
    if current.name == step and current.choice_answers:
        return answer(means, who, dialog, kept, Given({**(fields or {}), CHOICE: choice}))
    if current.name != step or current.choose is None:
        raise DialogMovedOn
    answers = {**answers_of(kept), **current.choose(scene_of(means, who, kept), choice)}
    return go(means, who, dialog, kept, current.name, answers)


def go_back(means: Means, who: Person, dialog: Dialog, kept: KeptDialog) -> Moved:
    place = dialog.place(step_of(dialog, kept).name)
    return go(means, who, dialog, kept, dialog.steps[max(place - 1, 0)].name, answers_of(kept))


def go_to(means: Means, who: Person, dialog: Dialog, kept: KeptDialog, step: str) -> Moved:
    """Change one thing, then here again."""
    if step not in {known.name for known in dialog.steps}:
        raise DialogMovedOn
    return go(means, who, dialog, kept, step, answers_of(kept), then=step_of(dialog, kept).name)


def put_aside(means: Means, who: Person, dialog: Dialog, kept: KeptDialog) -> Moved:
    means.store.dialogs.keep(replace(kept, open=False, seen=kept.seen + 1, updated_at=means.now))
    carry_on = LabelledButton("Carry on", DialogResume(kept.id, kept.seen + 1), primary=True)
    line = "Press Carry on, or type carry on, when you are ready."
    card = notice_card("✓ Saved for later", buttons=((carry_on,),), tone=Tone.GOOD, lines=(line,))
    return Moved(card, f"dialog:{kept.id}")


def resume(means: Means, who: Person, dialog: Dialog, kept: KeptDialog, conversation: str) -> Moved:
    carried_on = replace(kept, open=True, conversation=conversation)
    return go(means, who, dialog, carried_on, step_of(dialog, kept).name, answers_of(kept))


def cancel(means: Means, dialog: Dialog, kept: KeptDialog) -> Moved:
    dialog.on_cancel(means, kept.id)
    means.store.dialogs.drop(kept.id)
    line = f"Nothing was kept. Type {dialog.again} to start again."
    return Moved(notice_card("○ Cancelled", tone=Tone.EMPHASIS, lines=(line,)), f"dialog:{kept.id}", is_over=True)


def show(means: Means, who: Person, dialog: Dialog, kept: KeptDialog) -> Moved:
    """The dialog's card as it stands, with what was typed and refused, if anything was."""
    kept = upgraded(dialog, kept)
    step = step_of(dialog, kept)
    form = step.show(scene_of(means, who, kept))
    error = cast(str | None, kept.state.get("error"))
    at_fault = cast(str | None, kept.state.get("field"))
    example = cast(str | None, kept.state.get("example"))
    typed = dict(cast(Mapping[str, str], kept.state.get("typed") or {}))
    words = cast(str | None, kept.state.get("words"))
    if at_fault and words and takes_words(form.inputs, at_fault):
        typed[at_fault] = words
    card = form_card(
        origin=f"{dialog.title} · step {dialog.place(step.name) + 1} of {len(dialog.steps)}",
        heading=form.heading,
        ask=form.ask,
        inputs=with_typed(form.inputs, typed, at_fault, example),
        buttons=frame(dialog, kept, step, form),
        error=error,
        band=form.band,
        foot=form.foot,
        summary=Summary.FORM,
    )
    return Moved(card, f"dialog:{kept.id}")


def frame(dialog: Dialog, kept: KeptDialog, step: Step, form: StepForm) -> list[Sequence[AnyButton]]:
    """The likely thing first, the ways out last: the same four on every step."""
    forward = LabelledButton(form.next_title, DialogAnswer(kept.id, step.name, kept.seen), primary=True)
    back = LabelledButton("Back", DialogBack(kept.id, step.name, kept.seen), way_out=True)
    save = LabelledButton("Save for later", DialogSave(kept.id, kept.seen), way_out=True)
    stop = LabelledButton("Cancel", DialogCancel(kept.id, kept.seen), way_out=True)
    return [(forward, back), *form.more_buttons, (save, stop)]


def go(
    means: Means, who: Person, dialog: Dialog, kept: KeptDialog, step: str, answers: Answers, then: str | None = None
) -> Moved:
    state: dict[str, object] = {"step": step, "answers": dict(answers)}
    stays = step == step_of(dialog, kept).name
    if then or (stays and kept.state.get("then")):
        state["then"] = then or kept.state["then"]
    return keep_and_show(means, who, dialog, replace(kept, state=state))


def ask_again(means: Means, who: Person, dialog: Dialog, kept: KeptDialog, given: Given, refusal: Refusal) -> Moved:
    example = refusal.example if isinstance(refusal, WrongAnswer) else None
    understood = refusal.understood if isinstance(refusal, NotAllUnderstood) else {}
    state = {
        **kept.state,
        "answers": {**answers_of(kept), **understood},
        "typed": dict(given.fields),
        "words": None if says_next(given) else given.words,
        "error": refusal.sentence,
        "field": getattr(refusal, "field", None),
        "example": example,
    }
    return keep_and_show(means, who, dialog, replace(kept, state=state))


def keep_and_show(means: Means, who: Person, dialog: Dialog, kept: KeptDialog) -> Moved:
    moved_on = replace(up_to_date(means, who, dialog, kept), seen=kept.seen + 1, updated_at=means.now)
    means.store.dialogs.keep(moved_on)
    return show(means, who, dialog, moved_on)


def up_to_date(means: Means, who: Person, dialog: Dialog, kept: KeptDialog) -> KeptDialog:
    step = step_of(dialog, kept).name
    try:
        more = dialog.on_turn(scene_of(means, who, kept), step)
    except GoBack as back:
        return up_to_date(means, who, dialog, gone_back(dialog, kept, back))
    return replace(kept, state={**kept.state, "answers": {**answers_of(kept), **more}}) if more else kept


def gone_back(dialog: Dialog, kept: KeptDialog, back: GoBack) -> KeptDialog:
    state = {
        "step": back.step,
        "answers": answers_of(kept),
        "then": step_of(dialog, kept).name,
        "error": back.sentence,
        "field": back.field,
    }
    return replace(kept, state=state)


def next_step(dialog: Dialog, step: str) -> str | None:
    place = dialog.place(step) + 1
    return dialog.steps[place].name if place < len(dialog.steps) else None


def step_of(dialog: Dialog, kept: KeptDialog) -> Step:
    return dialog.steps[dialog.place(cast(str, kept.state.get("step")))]


def answers_of(kept: KeptDialog) -> Answers:
    return cast(Answers, kept.state.get("answers") or {})


def scene_of(means: Means, who: Person, kept: KeptDialog) -> Scene:
    return Scene(means, who, answers_of(kept), kept.id, kept.seen)

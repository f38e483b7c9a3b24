"""Chairing: the console, the items, who is here; and what is typed while people talk."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.agenda_typed import decision_typed, here_typed, left_typed, note_typed, undo_typed
from bot.shown import Shown, Turn
from cards.attendance import CAME, GUESTS, LEFT, MAY_DECIDE, MAY_NOT_DECIDE, TIME, attendance_card
from cards.buttons import SaveItem
from cards.console import console_card
from cards.early import early_card
from cards.form import SHOWN_CHARACTERS
from cards.item import BY_PHONE, TALKED_THROUGH, Theirs, item_card
from cards.progress import progress_card
from cards.render import Card
from discussions.access import Can, discussion_called, discussion_for
from discussions.agenda import attend, moving
from discussions.agenda.attend import Marks
from discussions.agenda.facts import Fact
from discussions.agenda.item_view import item_view
from discussions.agenda.opening import open_after, read_item
from discussions.agenda.opening import open_item as open_item_of
from discussions.agenda.save import Clash, Saved, Saving, save_form
from discussions.agenda.session import current_discussion
from discussions.agenda.start import TooEarly, join_discussion, start_discussion
from discussions.agenda.steps import Step
from discussions.agenda.values import Names, say_value
from discussions.agenda.views import attendance_view, console_view, progress_view
from discussions.booking.discussion import DiscussionState
from discussions.ids import DiscussionId
from discussions.london import say_time
from discussions.needs import Means
from discussions.refusals import Missing

__all__ = [
    "attendance", "console", "console_typed", "decision_typed", "early_shown", "hand_console", "here_typed",
    "item_form", "item_typed", "join", "join_typed", "left_typed", "note_typed", "open_item", "progress",
    "progress_card_of", "save_attendance", "save_item", "start", "start_typed", "undo_typed",
]  # fmt: skip


def start(turn: Turn, id: DiscussionId, *, though_early: bool = False) -> Shown:
    """Started already, it only opens the console. On a day before its own it is asked about."""
    try:
        return console(turn, start_discussion(turn.means, turn.who, id, though_early=though_early).id)
    except TooEarly as early:
        return Shown(early_card(early.discussion), f"start:{id}")


def start_typed(turn: Turn, rest: str) -> Shown:
    """ "start SD-26-0412"; with "now" behind it also on a day before its own."""
    words = rest.split()
    is_meant = len(words) > 1 and words[-1].casefold() == "now"
    reference = reference_in(" ".join(words[:-1]) if is_meant else rest, "start")
    discussion = discussion_called(turn.means, turn.who, reference, Can.START)
    return start(turn, discussion.id, though_early=is_meant)


def early_shown(turn: Turn, id: DiscussionId) -> Shown:
    discussion = discussion_for(turn.means, turn.who, id, Can.START)
    if discussion.state is not DiscussionState.BOOKED:
        return console(turn, id)
    return Shown(early_card(discussion), f"start:{id}")


def join(turn: Turn, id: DiscussionId) -> Shown:
    return console(turn, join_discussion(turn.means, turn.who, id).id)


def join_typed(turn: Turn, rest: str) -> Shown:
    discussion = discussion_called(turn.means, turn.who, reference_in(rest, "join"), Can.CAPTURE)
    return join(turn, discussion.id)


def reference_in(rest: str, word: str) -> str:
    if not rest.strip():
        raise Missing(f"the reference, for example: {word} SD-26-0412")
    return rest


def console(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(console_card(console_view(turn.means, turn.who, id)), f"console:{id}")


def console_typed(turn: Turn, rest: str) -> Shown:
    """Of the discussion one works in, or of the one named."""
    if rest.strip():
        return console(turn, discussion_called(turn.means, turn.who, rest, Can.SEE_CONTENT).id)
    return console(turn, current_discussion(turn.means, turn.who, Can.SEE_CONTENT).id)


def open_item(turn: Turn, id: DiscussionId, item: int, subject: str) -> Shown:
    return step_shown(turn, id, open_item_of(turn.means, turn.who, id, item, subject))


def item_typed(turn: Turn, rest: str) -> Shown:
    """ "9", "10 B", "4 police"."""
    discussion = current_discussion(turn.means, turn.who, Can.SEE_CONTENT)
    number, subject = read_item(turn.means, discussion, rest)
    return open_item(turn, discussion.id, number, subject)


def item_form(turn: Turn, discussion: DiscussionId, item: int, subject: str, form_index: int) -> Shown:
    """Shows the card again and moves nothing."""
    return step_shown(turn, discussion, Step(item, form_index, subject))


def step_shown(turn: Turn, id: DiscussionId, step: Step, notice: str | None = None) -> Shown:
    view = item_view(turn.means, turn.who, id, step.item, step.subject, step.form)
    return Shown(item_card(view, notice=notice), f"item:{id}:{step.item}:{step.subject}:{step.form}")


def save_item(turn: Turn, button: SaveItem, typed: Mapping[str, str]) -> Shown:
    """Goes where the button says, unless there is something to look at first: another's text, or a challenge."""
    saved = save_form(turn.means, turn.who, saving_of(button, typed))
    step = Step(button.item, button.form, button.subject)
    if saved.clashes:
        return clashes_shown(turn, button, saved)
    notice = f"✓ Saved {say_time(turn.means.now)}" if saved.facts else None
    if button.then == "stay" or is_challenged(turn.means, saved):
        return step_shown(turn, button.discussion, step, notice)
    following = open_after(turn.means, turn.who, button.discussion, step) if button.then == "next" else None
    if following is None:
        return console(turn, button.discussion)
    return step_shown(turn, button.discussion, following, notice)


def saving_of(button: SaveItem, typed: Mapping[str, str]) -> Saving:
    return Saving(
        discussion=button.discussion,
        item=button.item,
        form=button.form,
        subject=button.subject,
        typed=typed,
        seen=button.seen,
        by_phone=typed.get(BY_PHONE) == "true",
        talked_through=typed.get(TALKED_THROUGH) == "true",
        cut_to=SHOWN_CHARACTERS,
    )


def is_challenged(means: Means, saved: Saved) -> bool:
    """Whether a choice saved just now makes the chair ask something, and its reason is not given yet."""
    reasons = {fact.field for fact in saved.facts if fact.value}
    return any(is_open_challenge(means, fact, reasons) for fact in saved.facts)


def is_open_challenge(means: Means, fact: Fact, reasons: set[str]) -> bool:
    field = next((field for field in means.practice.fields if field.code == fact.field), None)
    if field is None or fact.value is None or field.challenge_to(fact.value) is None:
        return False
    return field.reason_field is None or field.reason_field not in reasons


def clashes_shown(turn: Turn, button: SaveItem, saved: Saved) -> Shown:
    """No `about`: the stored message must not be put over a card that holds what is not saved yet."""
    view = item_view(turn.means, turn.who, button.discussion, button.item, button.subject, button.form)
    theirs = [their_text(turn.means, clash, view.names) for clash in saved.clashes]
    return Shown(item_card(view, theirs, f"✓ The rest is saved, {say_time(turn.means.now)}" if saved.facts else None))


def their_text(means: Means, clash: Clash, names: Names) -> Theirs:
    person = means.store.people.person(clash.who)
    return Theirs(
        field=clash.field.code,
        label=clash.field.label,
        words=say_value(clash.field, clash.theirs, names),
        mine=clash.mine,
        who=person.name if person else "Somebody",
        at=say_time(clash.at),
    )


def attendance(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(attendance_card(attendance_view(turn.means, turn.who, id)), f"attendance:{id}")


def save_attendance(turn: Turn, id: DiscussionId, typed: Mapping[str, str]) -> Shown:
    came = [key for name, ticked in typed.items() if name.startswith(CAME) for key in keys_in(ticked)]
    marks = Marks(
        came=came,
        left=keys_in(typed.get(LEFT, "")),
        may_decide=keys_in(typed.get(MAY_DECIDE, "")),
        may_not_decide=keys_in(typed.get(MAY_NOT_DECIDE, "")),
        time=typed.get(TIME),
        guests=typed.get(GUESTS),
    )
    attend.save_attendance(turn.means, turn.who, id, marks)
    return attendance(turn, id)


def keys_in(ticked: str) -> list[str]:
    return [key.strip() for key in ticked.split(",") if key.strip()]


def progress(turn: Turn, rest: str) -> Shown:
    """Ties the chat it is typed in to the discussion. Without a reference: the one that the chat is tied to."""
    if rest.strip():
        id = moving.tie_chat(turn.means, turn.who, rest, turn.conversation).id
    else:
        id = moving.chat_progress(turn.means, turn.who, turn.conversation).id
    return Shown(progress_card_of(turn.means, id), f"progress:{id}")


def progress_card_of(means: Means, id: DiscussionId) -> Card:
    return progress_card(progress_view(means, id))


def hand_console(means: Means, conversation: str) -> DiscussionId | None:
    return moving.hand_console(means, conversation)

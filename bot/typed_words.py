"""A typed line, the room it goes to: a command, or else an answer to the open form."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import (
    action_ends,
    action_overview,
    actions,
    agenda,
    attention,
    booking,
    capacity,
    changing,
    chasing,
    closing,
    desk_slots,
    diary,
    handing,
    invitations,
    menu,
)
from bot.answers.action_which import find, none_unnamed, read_named
from bot.arrivals import Kind, PlaceKind
from bot.commands import Typed, Word, read_command, wins_over_form
from bot.shown import Shown, Turn
from discussions.attention.absence import absence_of
from discussions.booking.invitations import InvitationAnswer
from discussions.needs import Means


def answer(turn: Turn, text: str) -> Shown:
    typed = read_command(text)
    if typed is None or not wins_over_form(typed):
        kept = booking.open_dialog(turn)
        if kept is not None:
            return booking.typed(turn, kept, text)
    if typed is None:
        return menu.not_understood(turn, text, PlaceKind.PERSONAL)
    return WORDS[typed.word](turn, typed.rest)


def answer_in_group(turn: Turn, text: str) -> Shown:
    typed = read_command(text) or Typed(Word.HELP, "")
    if typed.word is Word.PROGRESS:
        return agenda.progress(turn, typed.rest)
    if typed.word is Word.MY_ACTIONS:
        return menu.my_actions_in_group(turn)
    return menu.help_in_group(turn, is_refused=typed.word is not Word.HELP)


def opened(turn: Turn, rest: str) -> Shown:
    """ "open SD-26-0412", or an action of it: "open SD-26-0412/3"."""
    if "/" not in rest:
        return booking.overview_of(turn, agenda.reference_in(rest, "open"))
    return actions.overview(turn, find(turn, read_named(rest), "open", none_unnamed).id)


def meeting_changed(means: Means, conversation: str, kind: Kind) -> Shown:
    """A meeting began: its chair is handed the console in their own chat. Nothing is said into the meeting itself."""
    if kind is Kind.MEETING_STARTED:
        agenda.hand_console(means, conversation)
    return Shown()


def hand_over(turn: Turn, rest: str) -> Shown:
    """ "hand over SD-26-0412 to …" is the chair or the booking, "hand over 3 to …" an action."""
    if handing.is_of_a_discussion(rest):
        return handing.hand_over_typed(turn, rest)
    return actions.hand_over_typed(turn, rest)


def back(turn: Turn, _: str) -> Shown:
    """One step back in a form; where none is open, back at work."""
    is_filling_in = booking.open_dialog(turn) is not None or absence_of(turn.means, turn.who.id) is None
    return booking.back(turn) if is_filling_in else attention.back_typed(turn, "")


def join_or_link(turn: Turn, rest: str) -> Shown:
    """ "join SD-26-0412" is for whoever takes minutes; with a link behind it, it says how to join."""
    return chasing.link_typed(turn, rest) if "://" in rest else agenda.join_typed(turn, rest)


WORDS: dict[Word, Callable[[Turn, str], Shown]] = {
    Word.HELP: lambda turn, _: menu.help(turn),
    Word.BOOK: lambda turn, _: booking.start(turn),
    Word.CARRY_ON: lambda turn, _: booking.carry_on(turn),
    Word.MY_DISCUSSIONS: lambda turn, _: menu.my_discussions(turn),
    Word.MY_ACTIONS: lambda turn, _: menu.my_actions(turn),
    Word.DIARY: diary.typed,
    Word.OPEN: opened,
    Word.FULL_MEETING: booking.full_meeting_typed,
    Word.URGENCY: booking.urgency_typed,
    Word.CHANGE: changing.changes_typed,
    Word.MOVE: changing.move_typed,
    Word.CANCEL_DISCUSSION: changing.cancel_typed,
    Word.ADD_CHILD: changing.add_child_typed,
    Word.TAKE_OVER: handing.take_over_typed,
    Word.NOT_TAKING_OVER: handing.not_taking_typed,
    Word.COMING: lambda turn, rest: invitations.answer_typed(turn, InvitationAnswer.COMING, rest),
    Word.NOT_COMING: lambda turn, rest: invitations.answer_typed(turn, InvitationAnswer.NOT_COMING, rest),
    Word.DEPUTY: lambda turn, rest: invitations.answer_typed(turn, InvitationAnswer.DEPUTY, rest),
    Word.INFORMATION: lambda turn, rest: invitations.answer_typed(turn, InvitationAnswer.INFORMATION, rest),
    Word.NO_RECORD: lambda turn, rest: invitations.answer_typed(turn, InvitationAnswer.NO_RECORD, rest),
    Word.ANSWER_FOR: invitations.answer_for_typed,
    Word.REPORTS: invitations.reports_typed,
    Word.LINK: chasing.link_typed,
    Word.RING: chasing.to_ring_typed,
    Word.MISSING: chasing.core_missing_typed,
    Word.BRING: chasing.to_bring_typed,
    Word.START: agenda.start_typed,
    Word.JOIN: join_or_link,
    Word.AGENDA: agenda.console_typed,
    Word.ITEM: agenda.item_typed,
    Word.HERE: agenda.here_typed,
    Word.LEFT: agenda.left_typed,
    Word.NOTE: agenda.note_typed,
    Word.DECISION: agenda.decision_typed,
    Word.ACTION: actions.typed,
    Word.MEND: actions.mend_typed,
    Word.ADJOURN: changing.adjourn_typed,
    Word.UNDO: agenda.undo_typed,
    Word.CHECK: closing.check_typed,
    Word.CLOSE: closing.close_typed,
    Word.APPROVE: closing.approve_typed,
    Word.MINUTES: closing.minutes_typed,
    Word.ACCEPT: actions.accept_typed,
    Word.DECLINE: actions.decline_typed,
    Word.DONE: actions.done_typed,
    Word.MORE_TIME: actions.more_time_typed,
    Word.BLOCKED: actions.blocked_typed,
    Word.HAND_OVER: hand_over,
    Word.AGREE: actions.agree_typed,
    Word.REFUSE: actions.refuse_typed,
    Word.CANCEL_ACTION: actions.cancel_typed,
    Word.CANNOT: actions.cannot_typed,
    Word.PROPOSE: actions.propose_typed,
    Word.RECEIVED: action_ends.received_typed,
    Word.NOT_DONE: action_ends.again_typed,
    Word.CONTINGENCY: action_ends.contingency_typed,
    Word.REPLACE: action_ends.replace_typed,
    Word.AFTER: action_ends.after_typed,
    Word.CHAIRED_ACTIONS: action_overview.chaired_typed,
    Word.NUDGE: action_overview.nudge_typed,
    Word.WITHDRAW_LINKS: action_overview.withdraw_typed,
    Word.HISTORY: action_overview.history_typed,
    Word.PREPARE: action_overview.preparation_typed,
    Word.SNOOZE: attention.snooze_typed,
    Word.DIGEST: attention.rhythm_typed,
    Word.AWAY: attention.away_typed,
    Word.BACK_AT_WORK: attention.back_typed,
    Word.SLOTS: desk_slots.typed_slots,
    Word.ADD_SLOT: desk_slots.typed_add,
    Word.REMOVE_SLOT: desk_slots.typed_remove,
    Word.RESERVE_SLOT: desk_slots.typed_reserve,
    Word.CAPACITY: capacity.typed,
    Word.PROGRESS: agenda.progress,
    Word.BACK: back,
    Word.SAVE: lambda turn, _: booking.save(turn),
    Word.CANCEL: lambda turn, _: booking.cancel(turn),
}

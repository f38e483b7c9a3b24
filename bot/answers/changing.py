"""Changing a booking: the card that offers it, moving it, cancelling it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from bot.answers import booking, handing
from bot.answers.agenda import reference_in
from bot.shown import Shown, Turn
from cards.buttons import (
    AddChild,
    CancelDiscussion,
    ChangeButton,
    HeldByPhone,
    OfferPart,
    OpenChanges,
    RefuseTakeOver,
    StartAdjourning,
    StartMove,
    TakeDuty,
    TakeOver,
    TellDutyDesk,
)
from cards.changing import changes_card
from cards.full_meeting import full_meeting_card
from cards.not_begun import not_begun_card, not_held_card
from dialogs import adding, engine
from dialogs.adding import ADDING
from dialogs.moving import CHECK, MOVING, answers_for, answers_to_adjourn, read_typed
from discussions.access import Can, discussion_called, discussion_for
from discussions.agenda.session import current_discussion
from discussions.booking.cancel import Cancellation, cancel_discussion
from discussions.booking.discussion import DiscussionState
from discussions.booking.full_meeting import full_meeting_due
from discussions.booking.move import CAN_NOT_ANY_MORE, move_discussion
from discussions.booking.not_held import held_by_phone, not_begun
from discussions.booking.views import booking_view
from discussions.booking.why import Why
from discussions.ids import DiscussionId
from discussions.recent import read_recent_moment
from discussions.refusals import AlreadyMoved, WrongAnswer

MOVE_EXAMPLE = "move SD-26-0412 to tomorrow 10am because the police can't come"
CANCEL_EXAMPLE = "cancel discussion SD-26-0412 threshold not met; safe: they are with their grandmother"
SAFE = re.compile(
    r"(?P<why>.*?)(?:[;,.]?\s*\bsafe(?:ty)?\s*(?:because\b|:)\s*(?P<safe>.+))?", re.IGNORECASE | re.DOTALL
)


def pressed(turn: Turn, button: ChangeButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case OpenChanges(id):
            return changes(turn, id)
        case StartMove(id):
            return start_move(turn, id)
        case AddChild(id):
            return add_child(turn, id)
        case StartAdjourning(id):
            return start_adjourning(turn, id)
        case CancelDiscussion(id, seen):
            why = Why(typed.get("change_reason") or None, typed.get("change_words"))
            cancel_discussion(turn.means, turn.who, id, Cancellation(why, typed.get("safety")), seen)
            return booking.overview(turn, id)
        case OfferPart(id):
            return handing.offer_pressed(turn, id, typed)
        case TakeOver(id, part):
            return handing.taken(turn, id, part)
        case RefuseTakeOver(id, part):
            return handing.refused(turn, id, part, typed.get("hand_words"))
        case TellDutyDesk(id):
            return handing.to_duty(turn, id, typed.get("duty_reason"), typed.get("duty_plan"))
        case TakeDuty(id):
            return handing.duty_taken(turn, id)
        case HeldByPhone(id, seen):
            held_at = typed.get("held_at", "").strip()
            at = read_recent_moment(held_at, turn.means.now, turn.means.calendar) if held_at else None
            held_by_phone(turn.means, turn.who, id, at, seen)
            return booking.overview(turn, id)
        case _:
            assert_never(button)


def changes(turn: Turn, id: DiscussionId) -> Shown:
    discussion = discussion_for(turn.means, turn.who, id, Can.CHANGE_BOOKING)
    if discussion.state is not DiscussionState.BOOKED:
        raise AlreadyMoved(f"{discussion.reference} {CAN_NOT_ANY_MORE[discussion.state]}")
    view = booking_view(turn.means, turn.who, id)
    return Shown(changes_card(view, turn.means.practice.changing.cancel_reasons), f"changes:{id}")


def not_begun_shown(turn: Turn, id: DiscussionId) -> Shown:
    seen = not_begun(turn.means, turn.who, id)
    view = booking_view(turn.means, turn.who, id) if Can.SEE_BOOKING in seen.may else None
    card = not_begun_card(seen, view, turn.means.practice.changing.cancel_reasons)
    return Shown(card, f"not begun:{id}")


def not_held_shown(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(not_held_card(not_begun(turn.means, turn.who, id)), f"not held:{id}")


def full_meeting_shown(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(full_meeting_card(full_meeting_due(turn.means, turn.who, id)), f"full meeting:{id}")


def changes_typed(turn: Turn, rest: str) -> Shown:
    reference = reference_in(rest, "change")
    return changes(turn, discussion_called(turn.means, turn.who, reference, Can.CHANGE_BOOKING).id)


def start_move(turn: Turn, id: DiscussionId, known: Mapping[str, object] | None = None, at: str | None = None) -> Shown:
    answers = {**answers_for(turn.means, turn.who, id), **(known or {})}
    return booking.moved(turn, engine.begin(turn.means, turn.who, turn.conversation, MOVING, answers, at))


def add_child(turn: Turn, id: DiscussionId) -> Shown:
    answers = adding.answers_for(turn.means, turn.who, id)
    return booking.moved(turn, engine.begin(turn.means, turn.who, turn.conversation, ADDING, answers))


def add_child_typed(turn: Turn, rest: str) -> Shown:
    """ "add child SD-26-0412", or with the child behind: then whom to ask comes next."""
    reference, _, words = reference_in(rest, "add child").partition(" ")
    shown = add_child(turn, discussion_called(turn.means, turn.who, reference, Can.CHANGE_BOOKING).id)
    kept = booking.open_dialog(turn)
    return booking.typed(turn, kept, words) if words.strip() and kept is not None else shown


def start_adjourning(turn: Turn, id: DiscussionId, known: Mapping[str, object] | None = None) -> Shown:
    answers = {**answers_to_adjourn(turn.means, turn.who, id), **(known or {})}
    at = CHECK if known and "starts_at" in known else None
    return booking.moved(turn, engine.begin(turn.means, turn.who, turn.conversation, MOVING, answers, at))


def adjourn_typed(turn: Turn, rest: str) -> Shown:
    """ "adjourn", "adjourn to tomorrow 10am because …": the discussion one works in; checked before it is done."""
    named = re.match(r"\s*([A-Za-z]{2,4}-\d{2}-\d{3,6})\b\s*", rest)
    words = rest[named.end() :] if named else rest
    discussion = (
        discussion_called(turn.means, turn.who, named[1], Can.CLOSE)
        if named
        else current_discussion(turn.means, turn.who, Can.CLOSE)
    )
    to = re.sub(r"^to\s+", "", words.strip(), flags=re.IGNORECASE)
    known = read_typed(turn.means, discussion, to)[0] if to else None
    return start_adjourning(turn, discussion.id, known)


def move_typed(turn: Turn, rest: str) -> Shown:
    """With a time inside the window and a reason it is done at once; else the form asks for what is missing."""
    reference, _, words = reference_in(rest, "move").partition(" ")
    discussion = discussion_called(turn.means, turn.who, reference, Can.CHANGE_BOOKING)
    if not words.strip():
        return start_move(turn, discussion.id)
    known, move = read_typed(turn.means, discussion, re.sub(r"^to\s+", "", words.strip(), flags=re.IGNORECASE))
    if move is None:
        return start_move(turn, discussion.id, known)
    if move.starts_at > discussion.window_ends:
        return start_move(turn, discussion.id, known, CHECK)
    move_discussion(turn.means, turn.who, discussion.id, move, discussion.moved)
    return booking.overview(turn, discussion.id)


def cancel_typed(turn: Turn, rest: str) -> Shown:
    """ "cancel discussion SD-26-0412 threshold not met; safe: …"."""
    reference, _, words = reference_in(rest, "cancel discussion").partition(" ")
    discussion = discussion_called(turn.means, turn.who, reference, Can.CANCEL)
    said = SAFE.fullmatch(re.sub(r"^because\b[\s:,]*", "", words.strip(), flags=re.IGNORECASE))
    why = Why(None, (said["why"] if said else words).strip() or None)
    if why.words is None:
        raise WrongAnswer(f"Please say why, like this: {CANCEL_EXAMPLE}", "change_words", CANCEL_EXAMPLE)
    cancel_discussion(
        turn.means, turn.who, discussion.id, Cancellation(why, said["safe"] if said else None), discussion.moved
    )
    return booking.overview(turn, discussion.id)

"""Booking: the guided dialog, and the overview of a booking."""

from __future__ import annotations

import re

from bot.answers.agenda import reference_in
from bot.shown import Shown, Turn
from cards.booking import booking_card
from dialogs import engine
from dialogs.booking import BOOKING
from dialogs.booking.follow import answers_after_call
from dialogs.engine import Given, Moved
from dialogs.forms import FORMS, form_of
from discussions.access import Can, discussion_called
from discussions.booking.book import require_booker
from discussions.booking.change_urgency import change_urgency
from discussions.booking.views import booking_view
from discussions.ids import DiscussionId
from discussions.london import to_london
from discussions.needs import KeptDialog
from discussions.refusals import Refusal, WrongAnswer

URGENCY_EXAMPLE = "urgency SD-26-0412 U1"


class NoForm(Refusal):
    def __init__(self) -> None:
        super().__init__("There is no open form here. Type help to see what you can do.")


def start(turn: Turn) -> Shown:
    """An open booking is gone on with: nobody loses half a form by typing book twice."""
    require_booker(turn.who)
    kept = open_dialog(turn)
    if kept is not None and kept.name == BOOKING.name:
        return moved(turn, engine.show(turn.means, turn.who, BOOKING, kept))
    # proposed once and kept, so that the reference taken is the one that was shown
    proposed = turn.means.store.discussions.next_reference(to_london(turn.means.now).year)
    return moved(turn, engine.begin(turn.means, turn.who, turn.conversation, BOOKING, {"reference": proposed}))


def full_meeting(turn: Turn, id: DiscussionId) -> Shown:
    """The booking of the meeting that must follow a telephone discussion, filled with what is known of that."""
    known = answers_after_call(turn.means, turn.who, id)
    proposed = turn.means.store.discussions.next_reference(to_london(turn.means.now).year)
    answers = {"reference": proposed, **known}
    return moved(turn, engine.begin(turn.means, turn.who, turn.conversation, BOOKING, answers))


def full_meeting_typed(turn: Turn, rest: str) -> Shown:
    reference = reference_in(rest, "full meeting")
    return full_meeting(turn, discussion_called(turn.means, turn.who, reference, Can.CHANGE_BOOKING).id)


def urgency_typed(turn: Turn, rest: str) -> Shown:
    """ "urgency SD-26-0412 U1", "urgency SD-26-0412 U3 because the child is with grandparents"."""
    match = re.fullmatch(r"(\S+)\s+(\w+)(?:[\s,:]+(?:because\b[\s:,]*)?(.+))?", rest.strip(), re.IGNORECASE | re.DOTALL)
    if match is None:
        raise WrongAnswer(f"Please type it like this: {URGENCY_EXAMPLE}", example=URGENCY_EXAMPLE)
    discussion = discussion_called(turn.means, turn.who, match[1], Can.CHANGE_BOOKING)
    changed = change_urgency(turn.means, turn.who, discussion.id, match[2].upper(), match[3])
    return overview(turn, changed.id)


def carry_on(turn: Turn) -> Shown:
    kept = open_dialog(turn)
    if kept is not None:
        return moved(turn, engine.show(turn.means, turn.who, form_of(kept), kept))
    saved = [one for one in turn.means.store.dialogs.saved(turn.who.id) if one.name in FORMS]
    if not saved:
        raise NoForm
    return moved(turn, engine.resume(turn.means, turn.who, form_of(saved[0]), saved[0], turn.conversation))


def open_dialog(turn: Turn) -> KeptDialog | None:
    return turn.means.store.dialogs.open(turn.conversation, turn.who.id)


def typed(turn: Turn, kept: KeptDialog, words: str) -> Shown:
    return moved(turn, engine.answer(turn.means, turn.who, form_of(kept), kept, Given({}, words)))


def back(turn: Turn) -> Shown:
    kept = require_open(turn)
    return moved(turn, engine.go_back(turn.means, turn.who, form_of(kept), kept))


def save(turn: Turn) -> Shown:
    kept = require_open(turn)
    return moved(turn, engine.put_aside(turn.means, turn.who, form_of(kept), kept))


def cancel(turn: Turn) -> Shown:
    kept = require_open(turn)
    return moved(turn, engine.cancel(turn.means, form_of(kept), kept))


def require_open(turn: Turn) -> KeptDialog:
    kept = open_dialog(turn)
    if kept is None:
        raise NoForm
    return kept


def moved(turn: Turn, now: Moved) -> Shown:
    """A finished dialog gives way to the card of what it made."""
    if now.card is None:
        kind, _, id = now.about.partition(":")
        assert kind == "discussion"
        return overview(turn, DiscussionId(id))
    return Shown(now.card, now.about)


def overview(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(booking_card(booking_view(turn.means, turn.who, id)), f"discussion:{id}")


def overview_of(turn: Turn, reference: str) -> Shown:
    return overview(turn, discussion_called(turn.means, turn.who, reference, Can.SEE_BOOKING).id)

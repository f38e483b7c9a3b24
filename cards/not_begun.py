"""A discussion has not begun: what its people can do now, and what the service manager is told in the evening."""

from __future__ import annotations

from collections.abc import Sequence

from cards.booking import with_phone
from cards.buttons import HeldByPhone, OpenDiscussion, StartDiscussion, StartMove
from cards.changing import cancel_form
from cards.notice import notice_card
from cards.parts import AnyButton, FormButton, LabelledButton, Part, Text, TextInput, Tone, Words
from cards.render import Card, Summary
from discussions.access import Can
from discussions.booking.not_held import NotBegun
from discussions.booking.views import BookingView
from discussions.london import say_moment, say_time
from discussions.practice.changing import ChangeReason


def not_begun_card(told: NotBegun, view: BookingView | None, cancel_reasons: Sequence[ChangeReason]) -> Card:
    """For chair, booker and minute-taker: each is offered what they may do. `view` is None for whoever sees no more."""
    one = told.discussion
    return notice_card(
        f"▲ {one.reference} has not begun",
        [
            Words(say_moment(one.starts_at), lead="It was to begin:"),
            Words(say_moment(one.window_ends), lead="Latest start:"),
            *whom_to_ring(told),
            Text("If nothing is said today, the service manager is told."),
        ],
        buttons(told, view, cancel_reasons),
        tone=Tone.WARNING,
        lines=("What became of it?",),
        foot=f"You can also type: start {one.reference}, or move {one.reference} to …",
        summary=Summary.MEETING_NOT_BEGUN,
    )


def not_held_card(told: NotBegun) -> Card:
    """For whoever is above the chair, or on duty: no child, no concern, and whom to ring."""
    one = told.discussion
    look: list[list[AnyButton]] = [[LabelledButton("Open it", OpenDiscussion(one.id), primary=True)]]
    return notice_card(
        f"▲ {one.reference} was not held",
        [
            Words(say_moment(one.starts_at), lead="It was to begin:"),
            Words(say_moment(one.window_ends), lead="Latest start:"),
            Text("It was not started, moved, cancelled or written down as held by telephone."),
            *whom_to_ring(told),
        ],
        look if Can.SEE_BOOKING in told.may else [],
        tone=Tone.ATTENTION,
        lines=("Nobody has said what happens now.",),
        foot="Please see that each child is safe tonight, and that a new time is set.",
        summary=Summary.MEETING_NOT_BEGUN,
    )


def whom_to_ring(told: NotBegun) -> list[Part]:
    chair = Words(with_phone(told.chair, told.chair_phone), lead="Chair:")
    if told.discussion.chair == told.discussion.booker:
        return [chair]
    return [chair, Words(with_phone(told.booker, told.booker_phone), lead="Booked by:")]


def buttons(told: NotBegun, view: BookingView | None, reasons: Sequence[ChangeReason]) -> list[list[AnyButton]]:
    one = told.discussion
    rows: list[list[AnyButton]] = []
    if Can.START in told.may:
        rows.append([LabelledButton("Start it now", StartDiscussion(one.id, one.version), primary=True, way_out=True)])
    if Can.CHANGE_BOOKING in told.may:
        rows.append([LabelledButton("Move it", StartMove(one.id), way_out=True), held_form(told)])
    if Can.CANCEL in told.may and view is not None:
        rows.append([cancel_form(view, reasons)])
    return [*rows, [LabelledButton("Open it", OpenDiscussion(one.id), way_out=True)]]


def held_form(told: NotBegun) -> FormButton:
    one = told.discussion
    at = TextInput("held_at", "When was it held?", max_length=80, hint=f"For example: today {say_time(one.starts_at)}")
    follows = Text("Empty means at its time. The full meeting that must follow is counted from it.", small=True)
    save = LabelledButton("Write it down", HeldByPhone(one.id, one.moved), primary=True)
    return FormButton("Held by phone", (at, follows), save)

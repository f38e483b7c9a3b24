"""The card for changing a booking: move it, cancel it, hand it over."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import AddChild, CancelDiscussion, OpenDiscussion, StartMove
from cards.handing import duty_form, hand_over_form
from cards.notice import notice_card
from cards.parts import AnyButton, Choice, ChoiceInput, FormButton, LabelledButton, Part, Text, TextInput, Words
from cards.render import Card
from discussions.access import Can
from discussions.booking.views import BookingView
from discussions.booking.why import MOST_WORDS
from discussions.london import say_moment, say_short
from discussions.practice.changing import ChangeReason


def changes_card(view: BookingView, cancel_reasons: Sequence[ChangeReason]) -> Card:
    """Only what this person may do; what follows from each is said before it is done."""
    one = view.discussion
    move = LabelledButton("Move it", StartMove(one.id), primary=True, way_out=True)
    rows: list[list[AnyButton]] = [[] if one.entered_at else [move]]
    if view.access.can(Can.CANCEL):
        rows[0].append(cancel_form(view, cancel_reasons))
    rows.append([hand_over_form(view), duty_form(view)])
    return notice_card(
        f"Change {one.reference}",
        [
            Words(f"{say_moment(one.starts_at)}, {one.form}", lead="Now:"),
            Words(f"{say_moment(one.window_ends)}. No change moves it.", lead="Latest start:"),
            Words(view.chair, lead="Chair:"),
            Words(view.booker, lead="Booked by:"),
        ],
        [
            *rows,
            [
                LabelledButton("Add a child", AddChild(one.id), way_out=True),
                LabelledButton("Back", OpenDiscussion(one.id), way_out=True),
            ],
        ],
        foot=f"You can also type: move {one.reference} to tomorrow 10am because …",
    )


def cancel_form(view: BookingView, reasons: Sequence[ChangeReason]) -> FormButton:
    one = view.discussion
    choices = tuple(Choice(reason.label, reason.code) for reason in reasons)
    parts: list[Part] = [
        ChoiceInput("change_reason", "Why?", choices, required=True),
        TextInput("change_words", "In a few words, if it helps", multiline=True, max_length=MOST_WORDS),
    ]
    if view.asks_for_safety:
        label = "What keeps each child safe without it?"
        parts.append(TextInput("safety", label, multiline=True, max_length=MOST_WORDS, required=True))
    parts += [Text(line, small=True) for line in what_follows(view)]
    return FormButton("Cancel it", tuple(parts), LabelledButton("Cancel it now", CancelDiscussion(one.id, one.moved)))


def what_follows(view: BookingView) -> list[str]:
    """Before it is done: who is told, and which duty stays."""
    one, count = view.discussion, len(view.invitations)
    lines = [f"All {count} who are asked are told." if count > 1 else "Everybody who is asked is told."]
    if one.follows:
        lines.append(f"The full meeting must still be held, by {say_short(one.window_ends)}.")
    elif one.kind == "review":
        lines.append(f"The review must still be held, by {say_short(one.window_ends)}.")
    return [*lines, "The booking is kept for the figures. Nothing of it can be opened again."]

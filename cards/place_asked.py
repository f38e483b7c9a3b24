"""Asks whoever decides for an agency, or manages it: a discussion needs it, and no place of it is free in time."""

from __future__ import annotations

from cards.notice import notice_card
from cards.parts import Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.london import say_moment
from discussions.slots.ways import NeedView


def place_asked_card(view: NeedView) -> Card:
    """Nothing about a child, and no reference: who asks tells that by telephone."""
    ring = f"{view.booker}, {view.phone}" if view.phone else view.booker
    return notice_card(
        f"▲ {view.agency}: no place for a discussion",
        [
            Words(f"{view.urgency}: it must start by {say_moment(view.until)}.", lead="How soon:"),
            Words(f"{ring}.", lead="Please ring"),
            what_is_wanted(view),
        ],
        tone=Tone.WARNING,
        lines=("A strategy discussion needs you, and in its time no place is free.",),
        foot="Said once for each booking. Who keeps your desk's slots can open a place: type slots.",
        summary=Summary.PLACE_ASKED,
    )


def what_is_wanted(view: NeedView) -> Part:
    if view.is_escalated:
        return Text("You are told as a manager: please see that somebody can decide for your agency in time.")
    return Text("You decide for your agency: can somebody come all the same, or speak by telephone?")

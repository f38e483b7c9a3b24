"""Asked before a discussion is started on a day before its own."""

from __future__ import annotations

from cards.buttons import OpenDiscussion, StartEarly
from cards.notice import notice_card
from cards.parts import LabelledButton, Tone, Words
from cards.render import Card
from discussions.booking.discussion import Discussion
from discussions.london import say_moment


def early_card(one: Discussion) -> Card:
    """A slip could not be taken back."""
    start = LabelledButton("Start it now", StartEarly(one.id), primary=True)
    return notice_card(
        f"{one.reference} begins on another day",
        [Words(say_moment(one.starts_at), lead="It is to begin:")],
        [[start, LabelledButton("Open it", OpenDiscussion(one.id), way_out=True)]],
        tone=Tone.WARNING,
        lines=("Once started, it can't be moved or cancelled.",),
        foot=f"You can also type: start {one.reference} now",
    )

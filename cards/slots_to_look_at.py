"""What those who keep a desk's slots have to look at: its calendar can't be read, or a taken slot is gone from it."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import ShowSlots
from cards.notice import notice_card
from cards.parts import Bullet, LabelledButton, Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.london import say_short
from discussions.slots.feed import SAYS
from discussions.slots.feeding import ToLookAt

MOST_LINES = 12


def slots_to_look_at_card(seen: ToLookAt, references: Sequence[Sequence[str]]) -> Card:
    """`references`: of the discussions that have a place of each slot that is gone, as far as the reader may see."""
    heading = "▲ A desk's calendar can't be read" if seen.problem else "▲ Taken slots are gone"
    return notice_card(
        heading,
        [Words(seen.desk_name, lead="Desk:"), *about_feed(seen), *about_gone(seen, references)],
        [[LabelledButton("Show the slots", ShowSlots(seen.desk), primary=True)]],
        tone=Tone.WARNING,
        summary=Summary.SLOTS,
    )


def about_feed(seen: ToLookAt) -> list[Part]:
    if seen.problem is None:
        return []
    since = f"It was last read on {say_short(seen.since)}." if seen.since else "It was never read."
    return [
        Text(f"The calendar that this desk's slots follow can't be used: {SAYS[seen.problem]}."),
        Text(f"{since} Its slots stay as they were, and it is tried again."),
        Text("Please ask whoever looks after the calendar or Chairside to see to it.", small=True),
    ]


def about_gone(seen: ToLookAt, references: Sequence[Sequence[str]]) -> list[Part]:
    if not seen.gone:
        return []
    lines = [
        Bullet(f"{', '.join(named) or 'a discussion'}", "●", lead=f"{say_short(one.slot.starts_at)}:")
        for one, named in zip(seen.gone, references, strict=True)
    ]
    left = [Text(f"… and {len(lines) - MOST_LINES} more.", small=True)] if len(lines) > MOST_LINES else []
    ask = "These are taken, but no longer in the calendar or file, or have fewer places there. Can the desk still come?"
    return [Text(ask), *lines[:MOST_LINES], *left, Text("If not, open the slot and take it back.", small=True)]

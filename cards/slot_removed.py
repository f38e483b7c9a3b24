"""Tells the booker and the chair that a desk took back a slot of which their discussion had a place."""

from __future__ import annotations

from cards.buttons import OpenDiscussion
from cards.notice import notice_card
from cards.parts import LabelledButton, Text, Tone, Words
from cards.render import Card, Summary
from discussions.ids import DiscussionId


def slot_removed_card(reference: str, discussion: DiscussionId, desk: str, agency: str, starts: str) -> Card:
    """`starts` is ready to read."""
    return notice_card(
        "▲ A desk can't come after all",
        [
            Words(f"{desk}, {agency}", lead="Desk:"),
            Text(f"It has taken back its slot of {starts}."),
            Text("The discussion stays as it is booked. Please ring the desk, or book it for another time."),
        ],
        [[LabelledButton("Open the discussion", OpenDiscussion(discussion), primary=True)]],
        tone=Tone.WARNING,
        lines=(reference,),
        summary=Summary.SLOTS,
    )

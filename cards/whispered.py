"""What is answered in a chat of several to somebody who asks for their own actions."""

from __future__ import annotations

from collections.abc import Sequence

from cards.lists import LINES_A_PAGE, SYMBOLS, ActionLine, Standing, counted
from cards.notice import notice_card
from cards.parts import Bullet, Part, Text, Tone
from cards.render import Card, Summary


def whispered_card(lines: Sequence[ActionLine]) -> Card:
    """Seen by one person, yet perhaps on a screen that others look at: so references and moments, no words."""
    ordered = sorted(lines, key=lambda line: list(Standing).index(line.standing))
    parts: list[Part] = [
        Bullet(line.reference, symbol=SYMBOLS[line.standing], lead=line.due) for line in ordered[:LINES_A_PAGE]
    ]
    left_out = len(ordered) - LINES_A_PAGE
    if left_out > 0:
        parts.append(Text(f"And {left_out} more.", small=True))
    return notice_card(
        counted(lines) or "You have no open actions",
        parts,
        origin="My actions",
        foot="Only you see this. To read and answer them, type my actions in our own chat.",
        summary=Summary.ANSWER,
    )


def own_chat_card() -> Card:
    return notice_card(
        "○ Only in our own chat",
        [Text("Everyone here would see your actions. Please type my actions in our own chat.")],
        tone=Tone.EMPHASIS,
    )

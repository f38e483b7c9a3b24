"""Before the conference: what is still open of one discussion, each a line to press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cards.buttons import ShowChairedActions
from cards.lists import LINES_A_PAGE, ActionLine, action_row
from cards.notice import notice_card
from cards.parts import LabelledButton, Part, Text, Tone
from cards.render import Card, Summary
from discussions.london import say_day


def still_open_card(reference: str, latest: date, lines: Sequence[ActionLine]) -> Card:
    """`lines` in the order given, the most pressing first."""
    count = len(lines)
    shown = lines[:LINES_A_PAGE]
    more = count - len(shown)
    parts: list[Part] = [Text("Press a line to open it.", small=True), *map(action_row, shown)]
    parts += [Text(f"And {more} more, in the list of all actions you chair.", small=True)] if more else []
    return notice_card(
        f"▲ {count} {'action is' if count == 1 else 'actions are'} still open",
        parts,
        [[LabelledButton("Actions I chair", ShowChairedActions(), way_out=True)]],
        tone=Tone.WARNING,
        lines=(f"The latest date for the conference (ICPC) is {say_day(latest)}.",),
        origin=reference,
        foot="You chaired the discussion that decided on the enquiry. I tell you while there is still time.",
        summary=Summary.ACTION,
    )

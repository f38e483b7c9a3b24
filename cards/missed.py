"""What somebody missed while Chairside was not in their chat, on one card: each a line that opens its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards.buttons import OpenBelow, ShowMyActions, ShowMyDiscussions
from cards.lists import LINES_A_PAGE, ActionLine, action_row
from cards.notice import notice_card
from cards.parts import LabelledButton, Part, Row, Text
from cards.render import Card, Summary
from discussions.ids import InvitationId

INVITATIONS_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """`when` is ready to read."""

    invitation: InvitationId
    when: str
    reference: str


def missed_card(invitations: Sequence[InvitationLine], actions: Sequence[ActionLine]) -> Card:
    """In the order given, actions first; what does not fit is counted, and found behind the buttons."""
    shown = actions[: LINES_A_PAGE - min(len(invitations), INVITATIONS_AT_LEAST)]
    asked = invitations[: LINES_A_PAGE - len(shown)]
    left = len(invitations) + len(actions) - len(asked) - len(shown)
    parts: list[Part] = [Text("It still waits for your answer. Press a line to open it.", small=True)]
    if shown:
        parts += [Text("Actions", bold=True), *map(row_below, shown)]
    if asked:
        parts += [Text("You are asked to", bold=True), *map(invitation_row, asked)]
    if left:
        parts.append(Text(f"And {left} more: they are in your lists.", small=True))
    actions_list = LabelledButton("My actions", ShowMyActions(), way_out=True)
    discussions_list = LabelledButton("My discussions", ShowMyDiscussions(), way_out=True)
    return notice_card(
        "While Chairside was not in this chat",
        parts,
        [[actions_list, discussions_list]],
        foot="Said once. From now on reminders come here again.",
        summary=Summary.ACTION if actions else Summary.MEETING_REQUEST,
    )


def invitation_row(line: InvitationLine) -> Row:
    return Row(
        line.reference, OpenBelow("invitation", line.invitation), symbol="●", lead=line.when, small="Not answered yet"
    )


def row_below(line: ActionLine) -> Row:
    """This card is said once, so what it opens does not take its place."""
    return replace(action_row(line), button=OpenBelow("action", line.action))

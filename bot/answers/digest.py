"""What went to somebody on one card: each thing a line that opens its own card, under their access at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from bot.shown import Shown, Turn
from cards.action import heading_of, is_asked_to_take_over
from cards.digest import DigestLine, digest_card
from cards.render import Card
from discussions.access import Can, discussion_for, note_read
from discussions.actions.parties import action_for
from discussions.actions.views import ActionView, MayPress, changed_last, view
from discussions.booking.discussion import Discussion
from discussions.fallback import ASKING, is_past
from discussions.ids import ActionId, DiscussionId, MessageId
from discussions.london import say_short
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound, Refusal

SAID = {
    MessageKind.BOOKED: "● Booked",
    MessageKind.CANCELLED: "▲ Cancelled",
    MessageKind.BOOKING_CHANGED: "▲ Changed",
    MessageKind.INVITATION_ANSWERED: "○ An answer has come in",
    MessageKind.RECORD_READY: "● The record is ready",
    MessageKind.TO_RING: "▲ Not answered: please ring",
}
OPENS: dict[MessageKind, Literal["record", "ring"]] = {
    MessageKind.RECORD_READY: "record",
    MessageKind.TO_RING: "ring",
}
LISTS = frozenset({MessageKind.MORNING, MessageKind.RETURNED})
"""They are made anew each time, and are no line on another."""


def about(digest: MessageId) -> str:
    return f"digest:{digest}"


def card_of(turn: Turn, digest: MessageId, messages: Sequence[Message], page: int = 0) -> Card:
    return digest_card(in_order(lines_of(turn, messages)), digest, page)


def show(turn: Turn, digest: MessageId, page: int = 0) -> Shown:
    """Once more, as it stands now. Of somebody else's there is nothing to be found."""
    messages = [one for one in turn.means.store.outbox.bound(digest) if one.recipient == turn.who.id]
    lines = lines_of(turn, messages)
    if not lines:
        raise NotFound("list")
    for id in dict.fromkeys(line.discussion for line in lines):
        discussion = turn.means.store.discussions.discussion(id)
        if discussion is not None:
            note_read(turn.means, turn.who, discussion, "digest")
    return Shown(digest_card(in_order(lines), digest, page), about(digest), is_a_look=True)


def lines_of(turn: Turn, messages: Iterable[Message]) -> list[DigestLine]:
    """One for each thing, as the newest message about it has it; nothing of what they may no longer see."""
    lines: dict[tuple[str, str], DigestLine] = {}
    for message in messages:
        if message.kind in LISTS:
            continue
        try:
            line = line_of(turn, message)
        except Refusal:
            continue
        lines[line.kind, line.id] = line
    return list(lines.values())


def in_order(lines: Sequence[DigestLine]) -> list[DigestLine]:
    """Safety first, then what asks for an answer, the most pressing first."""
    return sorted(lines, key=lambda line: (not line.is_safety, not line.asks, line.due_at))


def line_of(turn: Turn, message: Message) -> DigestLine:
    """Raises Refusal where they may not see it any more."""
    asks = message.kind in (*ASKING, MessageKind.TO_RING) and not is_past(turn.means, message)
    if "action" in message.about:
        return action_line(turn, message, asks=asks)
    discussion = discussion_for(turn.means, turn.who, DiscussionId(message.about["discussion"]), Can.SEE_BOOKING)
    return discussion_line(message, discussion, asks=asks)


def action_line(turn: Turn, message: Message, *, asks: bool) -> DigestLine:
    action, discussion, held = action_for(turn.means, turn.who, ActionId(message.about["action"]))
    seen = view(turn.means, turn.who, action, discussion, held)
    is_preparation = message.kind is MessageKind.PREPARATION
    heading = "● Read before you go" if is_preparation else heading_for(turn, seen, message.kind)
    symbol, _, words = heading.partition(" ")
    return DigestLine(
        kind="preparation" if is_preparation else "action",
        id=action.id,
        discussion=discussion.id,
        symbol=symbol,
        lead=words,
        text=action.wording,
        reference=f"{discussion.reference}/{action.number}",
        due_at=action.due_at,
        asks=asks or MayPress.RECEIVE in seen.may,
        is_safety=seen.is_urgent,
    )


def heading_for(turn: Turn, seen: ActionView, kind: MessageKind) -> str:
    """As the card's own heading has it."""
    id, viewer = seen.action.id, turn.who.id
    is_own = kind is MessageKind.ACTION_CHANGED and changed_last(turn.means, id) == viewer
    is_asked = is_asked_to_take_over(seen, viewer)
    return heading_of(seen, None if is_own else kind, turn.means.now, is_asked=is_asked)[1]


def discussion_line(message: Message, discussion: Discussion, *, asks: bool) -> DigestLine:
    symbol, _, words = SAID[message.kind].partition(" ")
    return DigestLine(
        kind=OPENS.get(message.kind, "discussion"),
        id=discussion.id,
        discussion=discussion.id,
        symbol=symbol,
        lead=words,
        text=f"{discussion.reference}, {say_short(discussion.starts_at)}",
        reference=None,
        due_at=discussion.starts_at,
        asks=asks,
    )

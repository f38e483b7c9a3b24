"""Says what was changed about a booking: from what to what, by whom, why; and the card that gives way."""

from __future__ import annotations

from collections.abc import Sequence

from cards.notice import notice_card
from cards.parts import Part, Tone, Words
from cards.render import Card, Summary
from discussions.booking.changes import MOVES, Change, ChangeKind
from discussions.booking.changes_seen import ChangeLine
from discussions.booking.discussion import Discussion
from discussions.london import say_short
from discussions.practice.types import as_spoken

LINES_SHOWN = 3
LEADS = {
    ChangeKind.MOVED: "Moved:",
    ChangeKind.DETAILS: "Changed:",
    ChangeKind.ADJOURNED: "Adjourned:",
    ChangeKind.CANCELLED: "Cancelled:",
    ChangeKind.CHAIR_TAKEN: "Chair handed over:",
    ChangeKind.BOOKING_TAKEN: "Booking handed over:",
    ChangeKind.CHAIR_REFUSED: "Chair not taken over:",
    ChangeKind.BOOKING_REFUSED: "Booking not taken over:",
    ChangeKind.DUTY_TOLD: "Handed to the duty desk:",
    ChangeKind.DUTY_TAKEN: "The duty desk has it:",
    ChangeKind.CHILD_ADDED: "A child was added:",
    ChangeKind.HELD_BY_PHONE: "Written down as held by phone:",
}
TAKEN = (ChangeKind.CHAIR_TAKEN, ChangeKind.BOOKING_TAKEN)


def former_card() -> Card:
    """In the place of what is no longer so, whatever it was."""
    line = "Please read my newer message about it."
    return notice_card("○ This meeting has changed", tone=Tone.EMPHASIS, lines=(line,), summary=Summary.MEETING_CHANGED)


def difference(change: Change, now: Discussion) -> list[Part]:
    """For those who are asked: what is other than it was. No reason: it may say something of the family."""
    parts: list[Part] = []
    if change.starts_at != now.starts_at:
        parts.append(Words(f"{say_short(change.starts_at)} → {say_short(now.starts_at)}", lead="New time:"))
    if change.form != now.form:
        parts.append(Words(f"{change.form} → {now.form}", lead="New form:"))
    if change.join_details != now.join_details:
        parts.append(Words("see Join below" if now.join_details else "still to come", lead="New way to join:"))
    return parts


def change_lines(changes: Sequence[ChangeLine], now: Discussion) -> list[Part]:
    """The newest ones, the newest first, each with what was so after it."""
    lines: list[Part] = []
    told = [place for place in reversed(range(len(changes))) if changes[place].change.kind in LEADS]
    for place in told[:LINES_SHOWN]:
        one = changes[place]
        after = after_it(changes, place, now)
        lines.append(Words(f"{what_of(one, after)}{why_of(one)}", lead=LEADS[one.change.kind]))
        if one.change.safety:
            is_plan = one.change.kind is ChangeKind.DUTY_TOLD
            lines.append(Words(one.change.safety, lead="Plan:" if is_plan else "What keeps the children safe:"))
    return lines


def after_it(changes: Sequence[ChangeLine], place: int, now: Discussion) -> Change | Discussion:
    """What was so after a change is what was so before the next one."""
    later = [one.change for one in changes[place + 1 :]]
    return later[0] if later else now


def what_of(one: ChangeLine, after: Change | Discussion) -> str:
    before = one.change
    by = f"by {one.by}, {say_short(before.at)}"
    if before.kind in TAKEN:
        return f"{one.person} → {one.by}, {say_short(before.at)}"
    if before.kind not in MOVES:
        return by
    told = []
    if before.starts_at != after.starts_at:
        told.append(f"{say_short(before.starts_at)} → {say_short(after.starts_at)}")
    if before.form != after.form:
        told.append(f"{before.form} → {after.form}")
    if before.join_details != after.join_details:
        told.append("how to join")
    return "; ".join([*told, by])


def why_of(one: ChangeLine) -> str:
    said = [part for part in (one.reason, one.change.words) if part]
    if one.reason and one.change.words and as_spoken(one.reason) == as_spoken(one.change.words):
        said = [one.reason]
    return f". {': '.join(said)}" if said else ""

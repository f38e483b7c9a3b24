"""The card in the meeting's own chat, which everybody there reads: numbers only, updated in place."""

from __future__ import annotations

from cards.notice import notice_card
from cards.parts import Figure, Figures, Text
from cards.render import Card, Summary
from discussions.agenda.views import ProgressView
from discussions.booking.discussion import DiscussionState
from discussions.london import say_time

HEADINGS = {
    DiscussionState.BOOKED: "Not started yet",
    DiscussionState.CLOSED: "The meeting is closed",
    DiscussionState.APPROVED: "The meeting is closed",
    DiscussionState.CANCELLED: "The meeting was cancelled",
}
KEEP_OUT = "Please keep case details out of this chat."


def progress_card(view: ProgressView) -> Card:
    """No titles, no agencies, no names."""
    timing = view.timing
    heading = HEADINGS.get(DiscussionState(view.state)) or f"Item {view.item} of {view.items}"
    is_running = view.state == DiscussionState.STARTED
    following = f"Next: item {view.next_item}. " if is_running and view.next_item is not None else ""
    figures = Figures(
        (
            Figure(f"{timing.used_minutes} of {timing.allotted_minutes}", "minutes used"),
            Figure(say_time(timing.likely_end), "likely end"),
            Figure(f"{view.items_left} of {view.items}", "items left"),
        )
    )
    return notice_card(
        heading,
        [*([figures] if is_running else []), Text(f"{following}{KEEP_OUT}")],
        origin=f"Multi-agency meeting {view.reference}",
        summary=Summary.MEETING_PROGRESS,
    )

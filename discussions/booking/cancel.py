"""Cancelling a discussion: its chair alone, with a reason that is counted; everybody who was asked is told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from discussions.access import Can
from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.booking.move import discussion_to_change, note
from discussions.booking.telling import tell_cancelled, tell_the_table
from discussions.booking.why import Why, keep_change, read_why, within
from discussions.ids import DiscussionId
from discussions.meetings.wanting import follow_meeting
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import Practice
from discussions.refusals import Missing
from discussions.secure.links import end_invitation_links
from discussions.slots.taking import release_slots
from discussions.trail import Deed


@dataclass(frozen=True, slots=True)
class Cancellation:
    """`safety`: what keeps the children safe until then, asked for where it is urgent."""

    why: Why
    safety: str | None = None


def cancel_discussion(means: Means, who: Person, id: DiscussionId, said: Cancellation, seen: int) -> Discussion:
    """Never forbidden; of an urgent one it is said what keeps the children safe. It stays, for what is counted."""
    before = discussion_to_change(means, who, id, Can.CANCEL, seen)
    why = read_why(said.why, means.practice.changing.cancel_reasons, "it is cancelled")
    safety = within((said.safety or "").strip() or None, "safety")
    if asks_for_safety(means.practice, before) and safety is None:
        raise Missing("what keeps each child safe without it: it is urgent", "safety")
    after = means.store.discussions.save(replace(before, state=DiscussionState.CANCELLED, moved=before.moved + 1))
    also = (before.chair_asked, before.booker_asked)
    change = keep_change(means, who, before, ChangeKind.CANCELLED, why, safety=safety)
    note(means, who, Deed.CANCELLED, after, why.code)
    release_slots(means, after.id)
    end_invitation_links(means, after.id)
    follow_meeting(means, after)
    tell_cancelled(means, who, after)
    tell_the_table(means, who, after, change, also)
    return after


def asks_for_safety(practice: Practice, discussion: Discussion) -> bool:
    return discussion.urgency in practice.changing.urgent

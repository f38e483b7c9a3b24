"""What somebody reads of a booking's changes: who changed what, why, and what must still be held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.actions.history import ARRIVED
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState
from discussions.booking.invitations import Invitation
from discussions.london import say_short
from discussions.needs import Means
from discussions.post import DeliveryState, MessageKind
from discussions.practice.types import Practice

ON_ITS_WAY = frozenset({DeliveryState.QUEUED, DeliveryState.RETRYING})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`by` and `person` are names, `reason` the practice's label for its code."""

    change: Change
    by: str
    person: str | None
    reason: str | None


def changes_seen(means: Means, discussion: Discussion) -> tuple[ChangeLine, ...]:
    changes = means.store.discussions.changes(discussion.id)
    people = means.store.people.people({id for one in changes for id in (one.who, one.person) if id is not None})
    names = {id: person.name for id, person in people.items()}
    return tuple(
        ChangeLine(
            one,
            names.get(one.who, "somebody who has left"),
            names.get(one.person, "somebody who has left") if one.person else None,
            label_of(means.practice, one),
        )
        for one in changes
    )


def label_of(practice: Practice, change: Change) -> str | None:
    """In the practice of today; a code that it has dropped says nothing."""
    is_end = change.kind is ChangeKind.CANCELLED
    known = practice.changing.cancel_reasons if is_end else practice.changing.move_reasons
    return next((one.label for one in known if one.code == change.reason), None)


def still_due(means: Means, discussion: Discussion) -> datetime | None:
    """By when the full meeting after a telephone discussion, or the review, must be held though this was cancelled."""
    if discussion.state is not DiscussionState.CANCELLED:
        return None
    if discussion.follows is not None:
        another = means.store.discussions.following(discussion.follows)
        return discussion.window_ends if another is None else None
    return discussion.window_ends if discussion.kind is DiscussionKind.REVIEW else None


def told_of_cancelling(means: Means, invitation: Invitation) -> str | None:
    """How those who were asked by this invitation heard that it is cancelled; None where it is not."""
    told = [one for one in means.store.told.about("invitation", invitation.id) if one.kind is MessageKind.CANCELLED]
    if not told:
        return None
    arrived = [one for one in told if one.state in ARRIVED and one.at is not None]
    if not arrived:
        return "not told yet" if any(one.state in ON_ITS_WAY for one in told) else "not reached, please ring"
    first = min(arrived, key=lambda one: one.at or one.since)
    way = "by mail" if first.by_mail or first.state is DeliveryState.FALLBACK_USED else "in Teams"
    return f"told {way}, {say_short(first.at or first.since)}"

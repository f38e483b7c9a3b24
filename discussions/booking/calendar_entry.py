"""The entry of a meeting in one invitee's calendar: when, how to join, where to answer. Nothing of whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.agenda.timing import is_short
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.joining import Joining, read_joining, say_phones
from discussions.needs import Means

UID_SPACE = "chairside"
"""Ends every UID. No host's name: that may change, and then no calendar would find the entry again."""
ON_THE_PAGE = "How to join: see the secure page"
IN_TEAMS = "How to join: see the invitation in Teams"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """`uid` stays the same for an invitation whatever changes, `sequence` only grows. `link`: the meeting's own.

    `says` is the description. Moments are UTC.
    """

    uid: str
    sequence: int
    is_cancelled: bool
    is_accepted: bool
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    link: str | None
    says: str


def neutral_title(discussion: Discussion) -> str:
    return f"Multi-agency meeting {discussion.reference}"


def planned_minutes(means: Means, discussion: Discussion) -> int:
    short = is_short(means.practice, discussion)
    return means.practice.urgent_minutes if short else means.practice.standard_minutes


def is_cancelled_for(discussion: Discussion, invitation: Invitation) -> bool:
    return discussion.state is DiscussionState.CANCELLED or invitation.withdrawn_at is not None


def sequence_of(discussion: Discussion, invitation: Invitation) -> int:
    """Taking one invitation back is one more change of its entry; that all are cancelled, `moved` has counted."""
    return discussion.moved + (1 if invitation.withdrawn_at is not None else 0)


def joining_of(means: Means, discussion: Discussion) -> Joining:
    return read_joining(discussion.join_details, means.practice.invitations.meeting_hosts)


def entry_for(
    means: Means, discussion: Discussion, invitation: Invitation, *, says: str, is_in_teams: bool
) -> CalendarEntry:
    """`is_in_teams`: they have the invitation there."""
    return entry_with(
        means,
        discussion,
        uid=f"{invitation.id}@{UID_SPACE}",
        sequence=sequence_of(discussion, invitation),
        is_cancelled=is_cancelled_for(discussion, invitation),
        is_accepted=invitation.answer is InvitationAnswer.COMING,
        is_in_teams=is_in_teams,
        says=says,
    )


def entry_with(
    means: Means,
    discussion: Discussion,
    *,
    uid: str,
    sequence: int,
    is_cancelled: bool,
    is_accepted: bool,
    is_in_teams: bool,
    says: str,
) -> CalendarEntry:
    joining = joining_of(means, discussion)
    phones = say_phones(joining)
    by_phone = f"Telephone: {phones}" if phones else None
    return CalendarEntry(
        uid=uid,
        sequence=sequence,
        is_cancelled=is_cancelled,
        is_accepted=is_accepted,
        stamped_at=means.now,
        starts_at=discussion.starts_at,
        ends_at=discussion.starts_at + timedelta(minutes=planned_minutes(means, discussion)),
        summary=f"Cancelled: {neutral_title(discussion)}" if is_cancelled else neutral_title(discussion),
        location=joining.link or by_phone or (IN_TEAMS if is_in_teams else ON_THE_PAGE),
        link=joining.link,
        says=says,
    )

"""A telephone discussion without its full meeting: its people are reminded, then whoever is above the chair is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.access import Can, access_to
from discussions.attention.hours import usual_hours
from discussions.booking.discussion import Discussion
from discussions.booking.due import ABOVE, Due, tell_due
from discussions.booking.not_held import who_must_know
from discussions.booking.telling import table_of
from discussions.booking.urgency import full_meeting_clock
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import NotFound
from discussions.trail import Deed

LOOKS_BACK = timedelta(days=14)
"""Longer than any clock of a full meeting runs, over Christmas too."""
LOCK = "full meetings"


@dataclass(frozen=True, slots=True)
class FullMeetingDue:
    """What its card holds: nothing about a child. `by` is the latest start of the full meeting."""

    discussion: Discussion
    by: datetime
    is_missed: bool
    chair: str
    chair_phone: str | None
    may: frozenset[Can]


def tell_full_meetings(means: Means) -> int:
    """How many people were told, by any replica; each once, and whoever is above the chair once more."""
    return tell_due(means, LOCK, to_say, Deed.FULL_MEETING_TOLD)


def to_say(means: Means) -> Iterator[Due]:
    for one in means.store.discussions.telephoned(means.now - LOOKS_BACK, means.now):
        by = latest_start(means, one)
        if by <= means.now:
            if not is_said(means, one, MessageKind.FULL_MEETING_MISSED):
                yield Due(one, MessageKind.FULL_MEETING_MISSED, (*who_must_know(means, one), *table_of(one)), ABOVE)
        elif asked_at(means, one, by) <= means.now and not is_said(means, one, MessageKind.FULL_MEETING_DUE):
            yield Due(one, MessageKind.FULL_MEETING_DUE, table_of(one))


def latest_start(means: Means, one: Discussion) -> datetime:
    """Counted from the call, whenever it was written down."""
    clock = full_meeting_clock(means.practice, means.practice.urgency(one.urgency))
    return clock.deadline(one.starts_at, means.calendar, means.practice.counting)


def asked_at(means: Means, one: Discussion, by: datetime) -> datetime:
    """When the practice's share of the time is over, in the hours of an office, where there are some before the end."""
    share = one.starts_at + (by - one.starts_at) * means.practice.changing.full_meeting_asked_at
    in_hours = usual_hours(means.practice.quiet_hours).next_open(share, means.calendar)
    return in_hours if in_hours < by else share


def is_said(means: Means, one: Discussion, kind: MessageKind) -> bool:
    return any(told.kind is kind for told in means.store.told.about("discussion", one.id))


def untold_of_full_meetings(means: Means, patience: timedelta) -> list[DiscussionId]:
    """For the auditor: its time is over, none is booked, and nobody above was told though it was time."""
    held = means.store.discussions.telephoned(means.now - LOOKS_BACK, means.now)
    late = (one for one in held if latest_start(means, one) + patience <= means.now)
    return [one.id for one in late if not is_said(means, one, MessageKind.FULL_MEETING_MISSED)]


def full_meeting_due(means: Means, who: Person, id: DiscussionId) -> FullMeetingDue:
    """NotFound for whoever was not to be told."""
    one = means.store.discussions.discussion(id)
    if one is None:
        raise NotFound
    access = access_to(who, one, means.store.discussions.invitations(id))
    if not access.can(Can.SEE_BOOKING) and who.id not in who_must_know(means, one):
        raise NotFound
    by = latest_start(means, one)
    chair = means.store.people.person(one.chair)
    return FullMeetingDue(
        discussion=one,
        by=by,
        is_missed=by <= means.now,
        chair=chair.name if chair else "the chair",
        chair_phone=chair.phone if chair else None,
        may=frozenset(can for can in Can if access.can(can)),
    )

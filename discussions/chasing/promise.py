"""Promises what will be said while answers are missing, when somebody is asked; counted for one start alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from discussions.attention.hours import hours_for, read_hours
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.chasing.chase import Chase
from discussions.chasing.moments import Hours, chase_moment
from discussions.ids import ChaseId, DiscussionId, InvitationId
from discussions.needs import Means
from discussions.practice.chasing import ChaseStep, ChaseTo

OF_INVITATION = (ChaseTo.INVITEE, ChaseTo.BOOKER)


def promise_chases(means: Means, discussion: Discussion, invitations: Sequence[Invitation]) -> None:
    """All that is said before this start. What was promised for another one is said no more, so that a discussion that
    moves promises anew; the time left is counted from now, when everybody is asked (again).
    """
    means.store.chases.void(discussion.id)
    found = [*whole(means, discussion), *(one for asked in invitations for one in of_one(means, discussion, asked))]
    means.store.chases.add(sorted(found, key=lambda chase: chase.due_at))


def promise_for_those_without(means: Means, limit: int) -> None:
    """For discussions that were booked before there was chasing: as if everybody had been asked just now."""
    means.store.turns.take("chases")
    for id in unchased_discussions(means, limit):
        discussion = means.store.discussions.discussion(id)
        if discussion is not None:
            invitations = means.store.discussions.invitations(id)
            promise_chases(means, discussion, [one for one in invitations if one.answer is InvitationAnswer.ASKED])


def unchased_discussions(means: Means, most: int) -> Sequence[DiscussionId]:
    """Those so far ahead that at least one step had its moment when they were booked, and yet nothing was promised."""
    chasing = means.practice.chasing
    if not chasing.steps:
        return ()
    return means.store.audit.unchased(means.now + timedelta(minutes=chasing.least_minutes), most)


def chase_one_more(means: Means, discussion: Discussion, invitation: Invitation) -> None:
    """Somebody who is asked later than the others has a time of their own."""
    means.store.chases.add(list(of_one(means, discussion, invitation)))


def whole(means: Means, discussion: Discussion) -> Iterator[Chase]:
    for step in means.practice.chasing.steps:
        if step.to not in OF_INVITATION:
            yield from placed(means, discussion, step, None, None)


def of_one(means: Means, discussion: Discussion, invitation: Invitation) -> Iterator[Chase]:
    for step in means.practice.chasing.steps:
        if step.to in OF_INVITATION:
            yield from placed(means, discussion, step, invitation.id, hours_of(means, discussion, step, invitation))


def placed(
    means: Means, discussion: Discussion, step: ChaseStep, invitation: InvitationId | None, hours: Hours | None
) -> Iterator[Chase]:
    least = timedelta(minutes=means.practice.chasing.least_minutes)
    at = chase_moment(step, means.now, discussion.starts_at, least, hours, means.calendar)
    if at is not None:
        yield Chase(
            id=ChaseId(means.new_id()),
            discussion=discussion.id,
            invitation=invitation,
            step=step.code,
            to=step.to.value,
            starts_at=discussion.starts_at,
            due_at=at,
            urgent=step.to is ChaseTo.CHAIR or overrides_hours(means, discussion),
        )


def overrides_hours(means: Means, discussion: Discussion) -> bool:
    return discussion.urgency in means.practice.chasing.overrides_hours


def hours_of(means: Means, discussion: Discussion, step: ChaseStep, invitation: Invitation) -> Hours | None:
    """Those of the desk that is asked, where the directory has them; of a person, and of the booker, their own."""
    if overrides_hours(means, discussion):
        return None
    if step.to is ChaseTo.INVITEE and invitation.desk is not None:
        written = read_hours(means.store.people.desk(invitation.desk).hours)
        return written or hours_for(means, None)
    person = discussion.booker if step.to is ChaseTo.BOOKER else invitation.person
    return hours_for(means, means.store.people.person(person) if person else None)

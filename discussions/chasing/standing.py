"""How a discussion stands before it starts: who has not answered, who comes, which core agencies nobody comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discussions.agenda.quorum import QuorumLine, conditions_for, light_for
from discussions.booking.book import Invitee, categories_of
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.booking.expected import is_expected
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.london import to_london
from discussions.needs import Means

ATTENDS = frozenset({InvitationAnswer.COMING, InvitationAnswer.DEPUTY})


def is_ahead(discussion: Discussion, now: datetime) -> bool:
    """Still to come: nobody is chased once it has begun, is over or is cancelled."""
    return discussion.state is DiscussionState.BOOKED and now < discussion.starts_at


def unanswered(means: Means, discussion: Discussion) -> list[Invitation]:
    asked = means.store.discussions.invitations(discussion.id)
    return [one for one in asked if one.answer is InvitationAnswer.ASKED and one.withdrawn_at is None]


def coming(means: Means, discussion: Discussion) -> list[Invitation]:
    """Whoever sends somebody comes as long as that person has not said no."""
    asked = means.store.discussions.invitations(discussion.id)
    return [one for one in asked if one.answer in ATTENDS and is_expected(one, asked) and one.withdrawn_at is None]


def missing_core(means: Means, discussion: Discussion) -> Sequence[QuorumLine]:
    """Of these agencies nobody has said that they come, and neither chair nor minute-taker is of them."""
    table = means.store.people.people({id for id in (discussion.chair, discussion.minute_taker) if id is not None})
    invitees = [Invitee(one.desk, one.person) for one in coming(means, discussion)]
    present = categories_of(means, table.values(), invitees)
    children = means.store.discussions.children(discussion.id)
    conditions = conditions_for(means.practice, discussion, children, to_london(discussion.starts_at).date())
    return light_for(means.practice, conditions, present).missing_core

"""Whom the answers make us expect: the light while people are asked, and what absent agencies have said instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from discussions.agenda.quorum import QuorumLight, conditions_for, light_for
from discussions.booking.book import Invitee, categories_of
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import InvitationId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person, PersonId

SENT, PROMISED, NO_RECORD, NOT_COMING = "has sent information", "sends information", "holds no record", "is not coming"


def expected_quorum(
    means: Means, discussion: Discussion, invitations: Sequence[Invitation], people: Mapping[PersonId, Person]
) -> QuorumLight:
    """The light as the answers stand: an agency counts while somebody of it has not said that nobody will be there."""
    coming = [one for one in invitations if is_expected(one, invitations)]
    table = [people[id] for id in (discussion.chair, discussion.minute_taker) if id is not None and id in people]
    present = categories_of(means, table, [Invitee(line.desk, line.person) for line in coming])
    children = means.store.discussions.children(discussion.id)
    conditions = conditions_for(means.practice, discussion, children, to_london(discussion.starts_at).date())
    return light_for(means.practice, conditions, present, said_by_absent(means, discussion, invitations))


def is_expected(one: Invitation, invitations: Sequence[Invitation]) -> bool:
    """Whoever sends somebody is expected as long as that person is."""
    deputies = [other for other in invitations if other.stands_for == one.id]
    if one.answer is InvitationAnswer.DEPUTY and deputies:
        return any(not deputy.answer.is_absent for deputy in deputies)
    return not one.answer.is_absent


def said_by_absent(means: Means, discussion: Discussion, invitations: Sequence[Invitation]) -> Mapping[str, str]:
    """Per agency category what was said instead of coming. It has answered, and is not in the room."""
    absent = [one for one in invitations if one.answer.is_absent]
    if not absent:
        return {}
    reported = {one.invitation for one in means.store.reports.of(discussion.id)}
    said: dict[str, list[str]] = {}
    for one in absent:
        category = means.store.people.agency(one.agency).category
        for code in means.practice.counts_for(category):
            said.setdefault(code, []).extend(words_for(one, reported))
    return {code: " and ".join(dict.fromkeys(words)) for code, words in said.items()}


def answered_by_absent(means: Means, discussion: Discussion) -> Mapping[str, str]:
    """As `said_by_absent`, for the light at the table."""
    return said_by_absent(means, discussion, means.store.discussions.invitations(discussion.id))


def words_for(one: Invitation, reported: set[InvitationId]) -> Iterator[str]:
    match one.answer:
        case InvitationAnswer.INFORMATION:
            yield SENT if one.id in reported else PROMISED
        case InvitationAnswer.NO_RECORD:
            yield NO_RECORD
        case _:
            yield NOT_COMING

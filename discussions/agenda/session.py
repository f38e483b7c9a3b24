"""The discussion somebody works in: found for capture, for typed words, and whether it takes anything now."""

from __future__ import annotations

from collections.abc import Mapping

from discussions.access import Can, discussion_for
from discussions.actions.action import ActionState
from discussions.agenda.captured import Captured
from discussions.agenda.quorum import QuorumLight, conditions_for, light_for
from discussions.agenda.refusals import NoCurrentDiscussion, NotTheMoment
from discussions.agenda.standing import Situation, Standing, standing_of
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import AgendaItem, Practice
from discussions.refusals import NotFound

COUNTS_NOT = (ActionState.CANCELLED, ActionState.SUPERSEDED)


def discussion_to_capture(means: Means, who: Person, id: DiscussionId) -> Discussion:
    discussion = discussion_for(means, who, id, Can.CAPTURE)
    require_capturable(discussion)
    return discussion


def current_discussion(means: Means, who: Person, can: Can = Can.CAPTURE) -> Discussion:
    """The one that the person's typed words go to. Raises NoCurrentDiscussion."""
    id = means.store.discussions.current(who.id)
    if id is None:
        raise NoCurrentDiscussion
    try:
        return discussion_for(means, who, id, can)
    except NotFound:
        raise NoCurrentDiscussion from None


def require_capturable(discussion: Discussion) -> None:
    match discussion.state:
        case DiscussionState.BOOKED:
            raise NotTheMoment(f"Not saved: {discussion.reference} has not started yet. The chair starts it.")
        case DiscussionState.APPROVED:
            raise NotTheMoment(f"Not saved: the record of {discussion.reference} is approved and does not change.")
        case DiscussionState.CANCELLED:
            raise NotTheMoment(f"Not saved: {discussion.reference} was cancelled.")
        case DiscussionState.STARTED | DiscussionState.CLOSED:
            return


def is_entered_late(discussion: Discussion) -> bool:
    return discussion.state is DiscussionState.CLOSED


def agenda_item(practice: Practice, number: int) -> AgendaItem:
    try:
        return practice.item(number)
    except KeyError:
        raise NotFound("agenda item") from None


def quorum_now(means: Means, discussion: Discussion, said: Mapping[str, str] | None = None) -> QuorumLight:
    """By those who are here at this moment; `said` is what agencies that are not have answered."""
    agencies = {agency.id: agency for agency in means.store.people.agencies()}
    here = [one for one in means.store.discussions.attendance(discussion.id) if one.is_here]
    present = {
        code
        for one in here
        if one.agency in agencies
        for code in means.practice.counts_for(agencies[one.agency].category)
    }
    children = means.store.discussions.children(discussion.id)
    today = to_london(discussion.started_at or discussion.starts_at).date()
    return light_for(means.practice, conditions_for(means.practice, discussion, children, today), present, said)


def situation_of(means: Means, discussion: Discussion) -> Situation:
    """What standings are worked out from."""
    actions = means.store.actions.of_discussion(discussion.id)
    return Situation(
        children=tuple(child.id for child in means.store.discussions.children(discussion.id)),
        captured=Captured.of(means.store.facts.current(discussion.id)),
        is_quorate=quorum_now(means, discussion).is_quorate,
        has_actions=any(action.state not in COUNTS_NOT for action in actions),
    )


def items_left(practice: Practice, situation: Situation) -> tuple[AgendaItem, ...]:
    return tuple(item for item in practice.items if standing_of(practice, item, situation) is Standing.LEFT)


def safety_item(practice: Practice) -> AgendaItem | None:
    """The item that holds the interim safety plan: always one press away, and first when risk is immediate."""
    for item in practice.items:
        if any(form.code in practice.safety_plan.forms for form in item.forms):
            return item
    return None

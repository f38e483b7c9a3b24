"""What is there for somebody, in sections: their own, what they must hear of, their desk's, those they chair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.access import note_read
from discussions.actions.action import Action
from discussions.actions.hearing import is_late_to_hear, to_receive
from discussions.booking.discussion import Discussion
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person


class Section(StrEnum):
    """The value is its heading."""

    OWN = "Yours"
    TO_RECEIVE = "To be received by you"
    """What has ended, and they have not said that they have heard."""
    DESK = "Your desk's"
    CHAIRED = "You chair"


@dataclass(frozen=True, slots=True)
class Mine:
    """`is_late`: overdue; or, of what has ended, asked again already."""

    section: Section
    action: Action
    reference: str
    is_late: bool


def sections_of(means: Means, who: Person) -> tuple[Mine, ...]:
    """Each action once, in the first section that it belongs to; within one what is late first, then the first due.
    What somebody is asked to take over is among their own.
    """
    own = means.store.actions.of_person(who.id, who.desk)
    known = {action.id for action in own}
    placed = [(section_of(who, action), action) for action in own]
    placed += [(Section.TO_RECEIVE, one) for one in to_receive(means, who)]
    placed += [(Section.CHAIRED, one) for one in means.store.actions.of_chair(who.id) if one.id not in known]
    discussions = read(means, who, (action for _, action in placed))
    order = list(Section)
    found = [
        Mine(section, action, discussions[action.discussion].reference, is_late(means, action))
        for section, action in placed
        if action.discussion in discussions
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.section), not one.is_late, *moment_of(one.action))))


def is_late(means: Means, action: Action) -> bool:
    return action.is_overdue(means.now) if action.state.is_open else is_late_to_hear(means, action)


def moment_of(action: Action) -> tuple[datetime, int]:
    """What has ended stands in the order of its ends."""
    ended = None if action.state.is_open else action.state_at
    return ended or action.due_at, action.number


def section_of(who: Person, action: Action) -> Section:
    return Section.OWN if who.id in (action.owner, action.handed_to) else Section.DESK


def read(means: Means, who: Person, actions: Iterable[Action]) -> dict[DiscussionId, Discussion]:
    found: dict[DiscussionId, Discussion] = {}
    for id in dict.fromkeys(action.discussion for action in actions):
        discussion = means.store.discussions.discussion(id)
        if discussion is not None:
            found[id] = discussion
            note_read(means, who, discussion, "my actions")
    return found

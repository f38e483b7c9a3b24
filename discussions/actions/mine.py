"""What is open for somebody, in sections: their own, their desk's, those of the discussions they chair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from discussions.access import note_read
from discussions.actions.action import Action
from discussions.booking.discussion import Discussion
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person


class Section(StrEnum):
    """The value is its heading."""

    OWN = "Yours"
    DESK = "Your desk's"
    CHAIRED = "You chair"


@dataclass(frozen=True, slots=True)
class Mine:
    section: Section
    action: Action
    reference: str


def sections_of(means: Means, who: Person) -> tuple[Mine, ...]:
    """Each action once, in the first section that it belongs to; within one the first due first. What somebody is asked
    to take over is among their own.
    """
    own = means.store.actions.of_person(who.id, who.desk)
    known = {action.id for action in own}
    placed = [(section_of(who, action), action) for action in own]
    placed += [(Section.CHAIRED, one) for one in means.store.actions.of_chair(who.id) if one.id not in known]
    discussions = read(means, who, (action for _, action in placed))
    order = list(Section)
    found = [
        Mine(section, action, discussions[action.discussion].reference)
        for section, action in placed
        if action.discussion in discussions
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.section), one.action.due_at, one.action.number)))


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

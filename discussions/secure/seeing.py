"""What the secure page shows: its matter as it stands, under the visitor's access now, and whom to hand it over to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from discussions.access import Part, access_to, note_read
from discussions.actions.parties import action_for
from discussions.actions.prepare import Preparation, prepare
from discussions.actions.refusals import NotTheTime
from discussions.actions.views import ActionView, view
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Agency, Desk, DeskId, Person
from discussions.secure.answering import OFFERED_WHERE, OWNERS, PageAnswer, require_visitor

MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """`said` is who they have said they are, if they had to and did. `to_read`: before the child is seen."""

    view: ActionView
    offered: tuple[PageAnswer, ...]
    reader: Person
    is_shared: bool
    said: Person | None
    ends_at: datetime
    to_read: Preparation | None = None


@dataclass(frozen=True, slots=True)
class Takers:
    """To whom it can be handed over. First an agency, then, where it is large, a desk, then a person of it: `people`
    with the name of their desk. What is chosen already is in `agency` and `desk`.
    """

    agencies: tuple[Agency, ...]
    agency: Agency | None
    desks: tuple[Desk, ...]
    desk: Desk | None
    people: tuple[tuple[str, Person], ...]


def look(means: Means, secret: str, token: str) -> Seen:
    """Raises PageClosed, NotFound."""
    visitor = require_visitor(means, secret, token)
    action, discussion, held = action_for(means, visitor.who, ActionId(visitor.link.subject))
    note_read(means, visitor.who, discussion, f"action:{action.id}")
    shown = view(means, visitor.who, action, discussion, held)
    to_read = preparation_of(means, visitor.who, action.id) if action.state.is_open else None
    return Seen(shown, offered(shown), visitor.who, visitor.is_shared, visitor.said, visitor.visit.ends_at, to_read)


def preparation_of(means: Means, who: Person, id: ActionId) -> Preparation | None:
    """None for those whom it is not for, and where there is nothing to prepare."""
    try:
        return prepare(means, who, id)
    except NotTheTime:
        return None


def offered(shown: ActionView) -> tuple[PageAnswer, ...]:
    """An owner's answers to the owner alone: the chair answers for others in Teams, where it is marked."""
    may = [answer for answer, press in OFFERED_WHERE.items() if press in shown.may]
    return tuple(answer for answer in may if shown.is_yours or answer not in OWNERS)


def find_takers(means: Means, secret: str, token: str, agency: str | None, desk: str | None) -> Takers:
    """For the owner alone. What is not known is as if it had not been chosen. Raises PageClosed, NotFound."""
    visitor = require_visitor(means, secret, token)
    action, discussion, _ = action_for(means, visitor.who, ActionId(visitor.link.subject))
    may_take = who_may(means, discussion)
    agencies = means.store.people.agencies()
    chosen = next((one for one in agencies if one.id == agency), None)
    if chosen is None:
        return Takers(tuple(agencies), None, (), None, ())
    desks = {one.id: one for one in means.store.people.desks(chosen.id)}
    people = [one for one in means.store.people.of_agency(chosen.id) if one.id != action.owner and may_take(one)]
    is_large, at = len(people) > MOST_LISTED, desks.get(DeskId(desk or ""))
    if is_large:
        people = [one for one in people if at is not None and one.desk == at.id]
    named = [(desks[one.desk].name if one.desk in desks else "", one) for one in people]
    named.sort(key=lambda pair: (pair[0] == "", pair[0], pair[1].name))
    return Takers(tuple(agencies), chosen, tuple(desks.values()) if is_large else (), at, tuple(named[:MOST_LISTED]))


def who_may(means: Means, discussion: Discussion) -> Callable[[Person], bool]:
    """A restricted discussion stays among those who are on it."""
    invitations = means.store.discussions.invitations(discussion.id)

    def may(person: Person) -> bool:
        parts = access_to(person, discussion, invitations).parts if discussion.restricted else frozenset({Part.INVITED})
        return bool(parts - {Part.OVERSEER})

    return may

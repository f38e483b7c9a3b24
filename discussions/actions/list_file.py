"""All open actions of those somebody chairs as a table to be kept as a file, and the one-time link that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.actions.chaired import chaired_actions
from discussions.actions.hearing import Heard
from discussions.actions.history import told_words
from discussions.actions.views import ActionView, Sibling
from discussions.london import say_date, say_time, to_london
from discussions.needs import Means, OneTimeLink
from discussions.people import Person, Right
from discussions.record.links import LIFETIME, LinkGone, digest_of
from discussions.refusals import NotAllowed
from discussions.trail import Deed, Entry

OPEN_ACTIONS = "open actions"
COLUMNS = (
    "Reference", "Number", "Action", "Child", "Owner", "Agency", "State", "Due", "Hours overdue", "Blocked by",
    "More time asked until", "Handed over to", "Then tell", "If not done", "Agreed", "Last answered",
    "Other moment proposed", "Waits for", "In place of", "Went into", "Received by", "Feedback outstanding", "Told",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListFile:
    """`name` says nothing about anybody. A row has a value for each of COLUMNS; moments are local, dd/mm/yyyy HH:MM."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def give_list_link(means: Means, who: Person, secret: str) -> OneTimeLink:
    """As for a record: the digest is kept, never the secret; ten minutes, one use."""
    if not who.may(Right.CHAIR):
        raise NotAllowed("fetch the actions of discussions they chair", "chairs")
    link = OneTimeLink(digest_of(secret), None, who.id, means.now + LIFETIME)
    means.store.links.add(link)
    means.store.trail.write(Entry(Deed.LINK_GIVEN, means.now, who.id, what=OPEN_ACTIONS))
    return link


def use_list_link(means: Means, link: OneTimeLink) -> ListFile:
    """What the person it was given to chairs at this moment. Raises LinkGone."""
    person = means.store.people.person(link.person)
    if person is None or not person.may(Right.CHAIR) or not means.store.links.use(link.digest, means.now):
        raise LinkGone
    means.store.trail.write(Entry(Deed.FETCHED, means.now, person.id, what=OPEN_ACTIONS))
    found = chaired_actions(means, person)
    views = (*found.all, *found.ended)
    name = f"open-actions-{to_london(means.now):%Y-%m-%d}.csv"
    return ListFile(name, tuple(row(view, means.now, told_words(means, view.action)) for view in views))


def row(view: ActionView, now: datetime, told: str) -> tuple[str, ...]:
    action, linked = view.action, view.linked
    late = str(int((now - action.due_at).total_seconds() // 3600)) if view.is_overdue else ""
    return (
        view.reference,
        str(action.number),
        action.wording,
        view.child or "",
        view.owner,
        view.owner_agency,
        view.state_words,
        moment(action.due_at),
        late,
        action.blocked or "",
        moment(action.asked_until),
        view.handed_to or "",
        "; ".join(view.told),
        action.contingency or "",
        moment(action.created_at),
        moment(action.state_at),
        moment(action.offered_until),
        number(linked.waits_for),
        number(linked.came_of),
        number(linked.went_into),
        "; ".join(received(one) for one in view.heard if one.at is not None),
        "; ".join(view.outstanding),
        told,
    )


def number(sibling: Sibling | None) -> str:
    return str(sibling.number) if sibling else ""


def received(one: Heard) -> str:
    """ "Jo Baker 17/11/2026 10:05", with whoever took it in their place."""
    by = f" ({'written down by' if one.on_behalf else 'by'} {one.by})" if one.by else ""
    return f"{one.name} {moment(one.at)}{by}"


def moment(at: datetime | None) -> str:
    return f"{say_date(to_london(at).date())} {say_time(at)}" if at else ""

"""The small world in which an action is judged: who can own it, what is open already, the conference's latest date."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from discussions.actions.findings import OpenAction, Owner, World
from discussions.actions.linter.who import finder_for
from discussions.actions.named import desks_asked, parts_at_the_table, people_at_the_table
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Desk, DeskId, Person, PersonId

ICPC = "icpc"
PERSON, DESK = "person", "desk"
_PREFIX = re.compile(r"(?:/?action\b\s*:?\s*)?(?:(?:immediate\s+)?safety\b\s*:?\s*)?", re.IGNORECASE)
_FULL_NAME = re.compile(r"(?:the\s+)?([A-Za-z][\w'’-]*)\s+([A-Za-z][\w'’-]*)")


def world_of(
    means: Means,
    who: Person,
    discussion: Discussion,
    besides: ActionId | None = None,
) -> World:
    """`besides` is an action that is being changed: it does not repeat itself."""
    owners = owners_at_the_table(means, who, discussion)
    siblings = means.store.actions.of_discussion(discussion.id)
    is_open = [one for one in siblings if one.state.is_open and one.id != besides]
    actions = tuple(OpenAction(one.id, owner_id(one.owner, one.desk), one.wording) for one in is_open)
    latest = latest_icpc(means, discussion)
    return World(
        owners, means.now, means.practice, means.calendar, latest, actions, frozenset(one.number for one in siblings)
    )


def world_of_line(
    means: Means, who: Person, discussion: Discussion, line: str, besides: ActionId | None = None
) -> World:
    """With those of the directory whose full name begins the line, if nobody at the table is meant; never guessed."""
    world = world_of(means, who, discussion, besides)
    begins = _PREFIX.sub("", line.strip())
    match = _FULL_NAME.match(begins)
    here = finder_for(world).at(begins, 0)
    if match is None or (here is not None and here.end >= match.end(2) and here.owners):
        return world
    people = means.store.people.named(f"{match[1]} {match[2]}")
    known = {owner.id for owner in world.owners}
    added = (owner_of_person(means, one, is_here=False) for one in people)
    return replace(world, owners=(*world.owners, *(one for one in added if one.id not in known)))


def owners_at_the_table(means: Means, who: Person, discussion: Discussion) -> tuple[Owner, ...]:
    """Those who were asked and did not come are not here; who left early was."""
    came = {one.person for one in means.store.discussions.attendance(discussion.id)}
    came |= {discussion.chair, discussion.minute_taker, who.id}
    parts = parts_at_the_table(discussion, who)
    people = people_at_the_table(means, who, discussion)
    persons = (
        owner_of_person(means, one, is_here=one.id in came, also=parts.get(one.id, ())) for one in people.values()
    )
    return (*persons, *(owner_of_desk(means, desk) for desk in desks_asked(means, discussion)))


def owner_of_person(means: Means, person: Person, *, is_here: bool, also: Collection[str] = ()) -> Owner:
    desk = means.store.people.desk(person.desk) if person.desk else None
    role = next((one for one in means.practice.roles if one.code == person.role), None)
    called = (role.name, *role.aliases) if role else ()
    return Owner(
        person.name,
        person.role_name,
        means.store.people.agency(person.agency).name,
        is_here=is_here,
        hours=person.hours or (desk.hours if desk else None),
        also=(*sorted(also), *(() if person.role_name in called else called)),
        id=owner_id(person.id, None),
    )


def owner_of_desk(means: Means, desk: Desk) -> Owner:
    agency = means.store.people.agency(desk.agency).name
    return Owner(desk.name, agency=agency, is_desk=True, hours=desk.hours, id=owner_id(None, desk.id))


def owner_id(person: PersonId | None, desk: DeskId | None) -> str:
    """As the form names who is chosen; empty for nobody."""
    return f"{PERSON}:{person}" if person else f"{DESK}:{desk}" if desk else ""


def ids_of(owner: Owner) -> tuple[PersonId | None, DeskId | None]:
    return ids_of_value(owner.id)


def ids_of_value(value: str) -> tuple[PersonId | None, DeskId | None]:
    kind, _, id = value.partition(":")
    return (PersonId(id), None) if kind == PERSON else (None, DeskId(id))


def owner_meant(means: Means, person: PersonId | None, desk: DeskId | None, world: World) -> Owner | None:
    """The owner that ids stand for, at the table or of the directory; None for nobody, and for ids of nobody."""
    wanted = owner_id(person, desk)
    here = next((owner for owner in world.owners if owner.id == wanted), None)
    if here is not None or not wanted:
        return here
    if person is not None:
        found = means.store.people.person(person)
        return owner_of_person(means, found, is_here=False) if found else None
    desks = (one for agency in means.store.people.agencies() for one in means.store.people.desks(agency.id))
    return next((owner_of_desk(means, one) for one in desks if one.id == desk), None)


def latest_icpc(means: Means, discussion: Discussion) -> date | None:
    """Counted from this discussion, as if it were the one that decides on the enquiry."""
    clock = next((one.clock for one in means.practice.clocks if one.code == ICPC), None)
    if clock is None:
        return None
    start = discussion.started_at or discussion.starts_at
    return to_london(clock.deadline(start, means.calendar, means.practice.counting)).date()

"""Who keeps the slots of a desk: those who lead it, and administrators for every desk."""

from __future__ import annotations

from collections.abc import Sequence

from discussions.needs import Means
from discussions.people import Agency, Desk, DeskId, Person, Right
from discussions.refusals import NotAllowed

WHO_MAY = "the lead of a desk, or an administrator,"


def keeps(who: Person, desk: DeskId) -> bool:
    return who.may(Right.ADMINISTER) or (who.may(Right.LEAD) and who.desk == desk)


def require_keeper(who: Person, desk: DeskId) -> None:
    if not keeps(who, desk):
        raise NotAllowed("change its slots", WHO_MAY)


def leads_of(means: Means, desk: DeskId) -> Sequence[Person]:
    return [person for person in means.store.people.at_desk(desk) if person.may(Right.LEAD)]


def keepers_of(means: Means, desk: DeskId) -> Sequence[Person]:
    """Whom to tell what has to be looked at: the leads, or administrators for a desk that nobody leads."""
    return leads_of(means, desk) or means.store.people.holding(Right.ADMINISTER)


def take_turn(means: Means, desk: DeskId) -> None:
    """Whoever adds to a desk's slots waits until nobody else does: two could both find a moment free."""
    means.store.turns.take(f"slots of {desk}")


def is_desk_known(means: Means, desk: DeskId) -> bool:
    """Whether the directory has it now."""
    return any(known.id == desk for _, known in all_desks(means))


def all_desks(means: Means) -> Sequence[tuple[Agency, Desk]]:
    """By agency, then by name."""
    people = means.store.people
    return [(agency, desk) for agency in people.agencies() for desk in people.desks(agency.id)]

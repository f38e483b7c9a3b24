"""Whom the person and agency fields of a form can name: those at the table first."""

from __future__ import annotations

from discussions.agenda.table import Seat, table_of
from discussions.agenda.values import Names
from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.people import Person

MOST_CHOICES = 59
"""A list on a card holds 60, and one of them may be a value that stands already."""


def names_for(means: Means, who: Person, discussion: Discussion) -> Names:
    """Ids and what is shown for them, in the order in which they are offered."""
    table = table_of(means, discussion)
    seats = [seat for agency in table for seat in agency.seats]
    people = {kept_as(seat): seat.name for seat in sorted(seats, key=lambda seat: seat.newest is None)}
    people.setdefault(who.id, f"{who.name}, {who.role_name}")
    agencies = {agency.agency.id: agency.agency.name for agency in table}
    for agency in means.store.people.agencies():
        agencies.setdefault(agency.id, agency.name)
    return Names(dict(list(people.items())[:MOST_CHOICES]), dict(list(agencies.items())[:MOST_CHOICES]))


def kept_as(seat: Seat) -> str:
    """A record names people by their id; whoever is not in the directory, by name."""
    return seat.name if seat.is_guest else seat.key

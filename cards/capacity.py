"""What was needed of agencies and what they had, as those who oversee see it: numbers, and a file with the hours."""

from __future__ import annotations

from datetime import date, datetime

from cards.buttons import FetchCapacity, ShowCapacity
from cards.notice import notice_card
from cards.parts import Bullet, LabelledButton, LinkButton, Part, Text, Words
from cards.render import Card, Summary
from discussions.london import say_time
from discussions.slots.capacity import Breach, Capacity, say_period

MOST_AGENCIES = 12
MOST_REASONS = 12


def capacity_card(found: Capacity) -> Card:
    fetch = FetchCapacity(found.first.isoformat(), found.last.isoformat())
    return notice_card(
        "Places needed and places there",
        [*agency_parts(found), *breach_parts(found)],
        [[LabelledButton("Fetch as a file", fetch, primary=True)]],
        origin=say_period(found.first, found.last),
        foot="By hour of the day in the file. Another time? Type capacity 01/11/2026 to 30/11/2026",
    )


def agency_parts(found: Capacity) -> list[Part]:
    if not found.agencies:
        return [Text("No agency had slots then.")]
    lines: list[Part] = [part for agency in found.agencies[:MOST_AGENCIES] for part in one_agency(found, agency)]
    more = len(found.agencies) - MOST_AGENCIES
    return [*lines, *([Text(f"… and {more} more in the file.", small=True)] if more > 0 else [])]


def one_agency(found: Capacity, agency: str) -> list[Part]:
    decided = sum(one.decided for one in found.demand if one.agency == agency)
    starting = sum(one.starting for one in found.demand if one.agency == agency)
    supply = [one for one in found.supply if one.agency == agency]
    offered, taken = sum(one.offered for one in supply), sum(one.taken for one in supply)
    joined, kept = sum(one.joined for one in supply), sum(one.kept for one in supply)
    return [
        Words(agency, bold=True),
        Bullet(f"by {decided} decided on, by {starting} starting", lead="Needed:"),
        Bullet(f"{offered} offered, {kept} of them kept for urgent ones", lead="Places:"),
        Bullet(f"{taken}, {joined} of them joined when it was full", lead="Taken:"),
    ]


def breach_parts(found: Capacity) -> list[Part]:
    if not found.breaches:
        return [Text("No window was missed.", bold=True)]
    lines: list[Part] = [Bullet(say_breach(one), "▲", lead=f"{one.urgency}:") for one in found.breaches[:MOST_REASONS]]
    more = len(found.breaches) - MOST_REASONS
    rest: list[Part] = [Text(f"… and {more} more in the file.", small=True)] if more > 0 else []
    return [Text("Windows missed", bold=True), *lines, *rest]


def say_breach(one: Breach) -> str:
    return f"{one.label}: {one.booked_late} as booked, {one.began_late} as begun"


def capacity_link_card(url: str, ends_at: datetime, first: date, last: date) -> Card:
    """The link stands behind a button: nobody copies it by accident, and a preview can't fetch it."""
    back = ShowCapacity(first.isoformat(), last.isoformat())
    return notice_card(
        "Your link to the file",
        [
            Words(f"It works once, until {say_time(ends_at)}, and it is meant for you alone."),
            Text("The file holds numbers alone. Small numbers can still tell something: mind whom you give it to."),
        ],
        [[LinkButton("Open the page", url, primary=True)], [LabelledButton("Back", back, way_out=True)]],
        origin=say_period(first, last),
        summary=Summary.DOCUMENT,
    )

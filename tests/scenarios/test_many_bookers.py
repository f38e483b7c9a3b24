"""Two hundred bookers at once on four replicas: every place is booked once, and everybody else is told."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import pytest

from bot.bank_holidays import EnglandBankHolidays
from bot.identifiers import ids_from
from discussions.booking.book import BookingRequest, Invitee, NewChild, book
from discussions.booking.discussion import Discussion, DiscussionKind, Form
from discussions.ids import SlotId
from discussions.needs import Means
from discussions.people import DeskId, Person, TenantId
from discussions.slots.slot import Slot, Taking
from discussions.slots.taking import PlacesGone, Wanted, hold
from storage.database import Database, TransactionsInSql, open_database
from storage.keyring import Keyring
from storage.practice_file import standard_practice
from tests.conftest import MakeUrl
from tests.scenarios.people import DIRECTORY, person_id
from tests.scenarios.world import TUESDAY

BOOKERS, REPLICAS = 200, 4
TOMORROW = TUESDAY + timedelta(days=1)
POLICE, NURSES = DeskId("lighthouse"), DeskId("nurses")
STARTS = tuple(TOMORROW + timedelta(hours=hour) for hour in range(5))


@pytest.fixture
def replicas(make_url: MakeUrl, keyring: Keyring) -> Iterator[list[TransactionsInSql]]:
    """Each with connections of its own."""
    url = make_url()
    with ExitStack() as stack:
        databases = [open_database(url, keyring) for _ in range(REPLICAS)]
        for database in databases:
            stack.callback(database.close)
        fill(databases[0])
        yield [
            TransactionsInSql(each, standard_practice(), EnglandBankHolidays(), lambda: TUESDAY, new_id())
            for each in databases
        ]


def new_id():  # type: ignore[no-untyped-def]
    return ids_from(lambda: TUESDAY, os.urandom)


def fill(database: Database) -> None:
    """Of each start the police have three places, one of them reserved, and the nurses two."""
    with database.transaction() as store:
        store.people.replace_all(*DIRECTORY(TenantId("tenant")))
        for at in STARTS:
            store.slots.add([Slot(SlotId(f"police {at:%H}"), POLICE, at, 60, capacity=3, reserved=1)])
            store.slots.add([Slot(SlotId(f"nurses {at:%H}"), NURSES, at, 60, capacity=2)])


def booker(means: Means) -> Person:
    found = means.store.people.person(person_id("Priya Nair"))
    assert found is not None
    return found


def hold_one(means: Means, number: int) -> bool:
    """As the form does it: what is free is held, before anything is promised."""
    wanted = Wanted((POLICE, NURSES), STARTS[number % len(STARTS)], urgency_of(number))
    return hold(means, booker(means), f"dialog {number}", wanted).held == (POLICE, NURSES)


def urgency_of(number: int) -> str:
    return "U1" if number % 3 == 0 else "U3"


def book_one(means: Means, number: int, promised: tuple[DeskId, ...]) -> Discussion:
    request = BookingRequest(
        reference=f"SD-26-{number:04}",
        kind=DiscussionKind.INITIAL,
        restricted=False,
        children=(NewChild("AB", date(2019, 5, 14), None),),
        harms=("physical",),
        urgency=urgency_of(number),
        decided_at=TUESDAY,
        starts_at=STARTS[number % len(STARTS)],
        form=Form.VIDEO,
        chair=person_id("Priya Nair"),
        minute_taker=None,
        invitees=(Invitee(POLICE, None), Invitee(NURSES, None)),
        holder=f"dialog {number}",
        promised=promised,
    )
    return book(means, booker(means), request)


async def book_on(replica: TransactionsInSql, number: int, *, holds: bool) -> str:
    if holds and not await replica.run(hold_one, number):
        return "without"
    try:
        await replica.run(book_one, number, (POLICE, NURSES))
    except PlacesGone:
        return "gone"
    return "booked"


@pytest.mark.parametrize("holds", [True, False], ids=["held first", "booked at once"])
async def test_two_hundred_bookers_on_four_replicas_never_get_more_than_there_is(
    replicas: list[TransactionsInSql], holds: bool
) -> None:
    told = await asyncio.gather(
        *(book_on(replicas[number % REPLICAS], number, holds=holds) for number in range(BOOKERS))
    )

    kept = replicas[0].run_now(look)
    for slot, takings in kept.items():
        numbers = [one.number for one in takings]
        assert len(set(numbers)) == len(numbers) <= (3 if slot.startswith("police") else 2)
    discussions = Counter(one.discussion for takings in kept.values() for one in takings if one.discussion)
    assert set(discussions.values()) <= {2}, "a booking has both places or none"
    assert Counter(told)["booked"] == len(discussions)
    assert 0 < len(discussions) <= 2 * len(STARTS)
    if not holds:
        # whoever is refused holds nothing, so the scarcer ones are all taken
        assert len(discussions) == 2 * len(STARTS)


def look(means: Means) -> dict[str, list[Taking]]:
    found: dict[str, list[Taking]] = {}
    for slot in means.store.slots.between([POLICE, NURSES], TUESDAY, STARTS[-1]):
        found[slot.id] = list(means.store.slots.takings([slot.id]))
    return found

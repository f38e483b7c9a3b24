"""What was needed and what was there, counted by hour and agency, and windows missed by reason: numbers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation
from discussions.directory_ids import agency_id, desk_id
from discussions.ids import DiscussionId, InvitationId, TakingId
from discussions.refusals import NotAllowed
from discussions.slots.capacity import (
    NO_CODE,
    BadPeriod,
    Breach,
    Capacity,
    Demand,
    Supply,
    capacity_file,
    see_capacity,
)
from discussions.slots.follow import follow
from discussions.slots.rows import SlotRow
from discussions.slots.slot import SlotSource, Taking
from storage.database import Database
from tests.discussions.slots.rota import HEALTH, IDS, NOW, POLICE, fill, means_with, somebody

FIRST, LAST = date(2026, 11, 27), date(2026, 12, 3)
SCHOOL = desk_id("Education", "Ashgrove Primary School")
TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture
def rota(database: Database) -> Database:
    with database.transaction() as store:
        fill(store)
        rows = [SlotRow(POLICE.id, TEN + timedelta(hours=hour), 60, 3, 1) for hour in (0, 2, 24, 24 * 7)]
        follow(means_with(store), None, POLICE.id, rows, SlotSource.FILE)
    return database


def book(database: Database, starts_at: datetime, takes: int = 0, joins: bool = False, **changes: object) -> Discussion:
    """Asks the police desk and a school; `takes` the place of the police slot at its start with this number."""
    with database.transaction() as store:
        priya = somebody(store, "Priya Nair").id
        id = DiscussionId(IDS())
        discussion = Discussion(
            id, f"SD-26-{id[-4:]}", DiscussionKind.INITIAL, "U2", ("PHYSICAL",), NOW + timedelta(days=1),
            TEN + timedelta(days=1), starts_at, Form.VIDEO, priya, priya, "practice",
        )  # fmt: skip
        discussion = replace(discussion, **changes)  # type: ignore[arg-type]
        asked = [
            Invitation(InvitationId(IDS()), id, agency, desk, None)
            for agency, desk in ((agency_id("Police"), POLICE.id), (agency_id("Education"), SCHOOL))
        ]
        store.discussions.add(discussion, [], asked)
        if takes:
            [slot] = store.slots.between([POLICE.id], starts_at, starts_at)
            store.slots.put(Taking(TakingId(IDS()), slot.id, takes, priya, NOW, discussion=id, joined=joins))
    return discussion


def seen(database: Database, who: str | None = None, first: date = FIRST, last: date = LAST) -> Capacity:
    with database.transaction() as store:
        return see_capacity(means_with(store), somebody(store, who) if who else None, first, last)


def test_places_and_discussions_are_counted_by_agency_and_hour_of_the_day(rota: Database) -> None:
    book(rota, TEN, takes=1)
    book(rota, TEN, takes=4, joins=True, urgency="U1")
    book(rota, TEN + timedelta(hours=24), takes=1)
    book(rota, TEN + timedelta(days=30))

    found = seen(rota)

    assert found.supply == (Supply("Police", 10, 6, 3, 1, 2), Supply("Police", 12, 3, 0, 0, 1))
    assert found.demand == (
        Demand("Police", 9, "U1", 1, 0),
        Demand("Police", 9, "U2", 3, 0),
        Demand("Police", 10, "U1", 0, 1),
        Demand("Police", 10, "U2", 0, 2),
    )
    assert found.agencies == ("Police",)


def test_both_days_are_whole_days_in_london_and_hours_are_londons(rota: Database) -> None:
    summer = datetime(2027, 6, 1, 22, 30, tzinfo=UTC)
    with rota.transaction() as store:
        rows = [SlotRow(HEALTH.id, summer, 15), SlotRow(HEALTH.id, summer + timedelta(minutes=30), 15)]
        follow(means_with(store), None, HEALTH.id, rows, SlotSource.FILE)

    assert [one.hour for one in seen(rota, first=date(2027, 6, 1), last=date(2027, 6, 1)).supply] == [23]
    assert [one.hour for one in seen(rota, first=date(2027, 6, 2), last=date(2027, 6, 2)).supply] == [0]


def test_windows_missed_are_counted_by_their_reason_as_booked_and_as_begun(rota: Database) -> None:
    late = TEN + timedelta(days=2)
    book(rota, late, breach="CAPACITY_POLICE", late_reason="No sergeant was there for Jane")
    book(rota, late, urgency="U1")
    book(rota, TEN, started_at=late)
    book(rota, TEN, started_at=TEN)

    found = seen(rota)

    label = "Late, and not counted as an agency without a place"
    assert found.breaches == (
        Breach("CAPACITY_POLICE", "The police have no place in time", "U2", 1, 0),
        Breach(NO_CODE, label, "U1", 1, 0),
        Breach(NO_CODE, label, "U2", 0, 1),
    )
    assert "Jane" not in str(capacity_file(found))


def test_cancelled_and_restricted_ones_are_not_counted_as_needed_or_late(rota: Database) -> None:
    late = TEN + timedelta(days=2)
    book(rota, late, state=DiscussionState.CANCELLED)
    book(rota, late, restricted=True)
    book(rota, TEN, takes=1, restricted=True)

    found = seen(rota)

    assert (found.demand, found.breaches) == ((), ())
    assert [one.taken for one in found.supply] == [1, 0]


def test_the_file_holds_numbers_and_names_of_agencies_and_nothing_else(rota: Database) -> None:
    booked = book(rota, TEN + timedelta(days=2), breach="CAPACITY_POLICE")

    file = capacity_file(seen(rota))

    assert file.name == "capacity-2026-11-27-to-2026-12-03.csv"
    assert file.rows == (
        ("Needed", "Police", "09:00", "U2", "", "1", "0", "", "", "", "", "", ""),
        ("Needed", "Police", "10:00", "U2", "", "0", "1", "", "", "", "", "", ""),
        ("Places", "Police", "10:00", "", "", "", "", "6", "0", "0", "2", "", ""),
        ("Places", "Police", "12:00", "", "", "", "", "3", "0", "0", "1", "", ""),
        ("Window missed", "", "", "U2", "The police have no place in time", "", "", "", "", "", "", "1", "0"),
    )
    assert not any(word in str(file) for word in (booked.reference, booked.id, "Priya", "Ashgrove"))


def test_who_oversees_or_administers_sees_it_and_nobody_else(rota: Database) -> None:
    for who in ("Margaret Lyle", "Noor Haddad"):
        assert seen(rota, who).agencies == ("Police",)
    for who in ("Priya Nair", "Ian Calder", "Helen Marsh"):
        with pytest.raises(NotAllowed):
            seen(rota, who)


@pytest.mark.parametrize(("first", "last"), [(LAST, FIRST), (date(2026, 1, 1), date(2027, 12, 31))])
def test_a_period_that_cannot_be_is_refused(rota: Database, first: date, last: date) -> None:
    with pytest.raises(BadPeriod):
        seen(rota, None, first, last)

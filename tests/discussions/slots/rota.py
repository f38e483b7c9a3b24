"""A police desk with its slots, its lead and an administrator, for tests: on whichever store they run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.demonstration import fictitious_directory
from discussions.booking.discussion import Discussion, DiscussionKind, Form
from discussions.directory import import_directory
from discussions.directory_ids import agency_id, desk_id
from discussions.ids import DiscussionId, TakingId
from discussions.needs import Means, NewId, Store
from discussions.people import Desk, Person
from discussions.slots.rows import SlotRow
from discussions.slots.slot import Slot, Taking
from storage.directory_file import parse_directory
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, counted_ids

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
POLICE = Desk(
    desk_id("Police", "Child abuse investigation"), agency_id("Police"), "Child abuse investigation", None, None, None
)
HEALTH = Desk(desk_id("Health", "Safeguarding nurses"), agency_id("Health"), "Safeguarding nurses", None, None, None)
IDS = counted_ids()


def means_with(store: Store, now: datetime = NOW, new_id: NewId = IDS) -> Means:
    return Means(store, standard_practice(), CalendarOfDays(), now, new_id)


def fill(store: Store) -> None:
    import_directory(means_with(store), parse_directory(fictitious_directory()))


def somebody(store: Store, name: str) -> Person:
    [person] = store.people.named(name)
    return person


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In December, when London is on UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def row(starts_at: datetime, minutes: int = 60, capacity: int = 1, reserved: int | None = 0) -> SlotRow:
    return SlotRow(POLICE.id, starts_at, minutes, capacity, reserved)


def take(
    store: Store, slot: Slot, number: int = 1, booker: str = "Priya Nair", chair: str = "Margaret Lyle"
) -> Discussion:
    """A discussion that has a place of it."""
    who, its_chair = somebody(store, booker).id, somebody(store, chair).id
    id = DiscussionId(IDS())
    discussion = Discussion(
        id, f"SD-26-{id[-4:]}", DiscussionKind.INITIAL, "U2", ("PHYSICAL",), NOW, NOW + timedelta(days=20),
        slot.starts_at, Form.VIDEO, its_chair, who, "practice",
    )  # fmt: skip
    store.discussions.add(discussion, [], [])
    taking = Taking(TakingId(IDS()), slot.id, number, who, NOW, discussion=id)
    assert store.slots.put(taking)
    return discussion


def slot_at(store: Store, starts_at: datetime) -> Slot:
    [found] = [slot for slot in store.slots.of_desk(POLICE.id, starts_at) if slot.starts_at == starts_at]
    return found

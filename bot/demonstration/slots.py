"""What the fictitious police and health desks can do in the coming days: so that times are offered in local mode."""

from __future__ import annotations

from datetime import date, time, timedelta

from discussions.clocks import next_working_day
from discussions.ids import SlotId
from discussions.london import nearest_from_london, to_london
from discussions.needs import Means
from discussions.people import DeskId
from discussions.practice.types import as_spoken
from discussions.slots.reserve import with_reserved
from discussions.slots.slot import Slot

WORKING_DAYS = 10
TIMES = {
    "Child abuse investigation": (time(9), time(10), time(11), time(14), time(15), time(16)),
    "Safeguarding nurses": (time(10), time(11, 30), time(14), time(15)),
}
MINUTES = 60


def keep_fictitious_slots(means: Means) -> int:
    """Adds them where no desk has a slot to come; how many."""
    if means.store.slots.are_kept(means.now):
        return 0
    today = to_london(means.now).date()
    days = [next_working_day(today - timedelta(days=1), n, means.calendar) for n in range(1, WORKING_DAYS + 1)]
    slots = [slot for desk, name in desks_called(means) for day in days for slot in slots_of(means, desk, name, day)]
    to_come = [slot for slot in slots if slot.starts_at > means.now]
    means.store.slots.add(with_reserved(to_come, means.practice.slots.urgent_share))
    return len(to_come)


def desks_called(means: Means) -> list[tuple[DeskId, str]]:
    people, names = means.store.people, {as_spoken(name): name for name in TIMES}
    desks = [desk for agency in people.agencies() for desk in people.desks(agency.id)]
    return [(desk.id, names[as_spoken(desk.name)]) for desk in desks if as_spoken(desk.name) in names]


def slots_of(means: Means, desk: DeskId, name: str, day: date) -> list[Slot]:
    starts = [nearest_from_london(day, at) for at in TIMES[name]]
    return [Slot(SlotId(means.new_id()), desk, start, MINUTES) for start in starts]

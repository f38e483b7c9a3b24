"""Local mode shows times to choose from, on the working days to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.demonstration import fictitious_directory
from bot.demonstration.slots import keep_fictitious_slots
from discussions.directory import import_directory
from discussions.london import to_london
from discussions.needs import Means
from storage.directory_file import parse_directory
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids

FRIDAY_NOON = datetime(2026, 12, 18, 12, tzinfo=UTC)
CHRISTMAS = CalendarOfDays(frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def test_police_and_nurses_have_slots_on_ten_working_days_from_now_on() -> None:
    means = Means(StoreInMemory(), standard_practice(), CHRISTMAS, FRIDAY_NOON, counted_ids())
    import_directory(means, parse_directory(fictitious_directory()))

    assert keep_fictitious_slots(means) == 9 * 10 + 5
    assert keep_fictitious_slots(means) == 0, "a start after that changes nothing"

    slots = list(means.store.slots.kept.values())  # type: ignore[attr-defined]
    days = {to_london(slot.starts_at).date() for slot in slots}
    assert (len(days), min(days), max(days)) == (10, date(2026, 12, 18), date(2027, 1, 4))
    assert not days & CHRISTMAS.holidays
    assert {day.weekday() for day in days} <= set(range(5))
    assert all(slot.starts_at > FRIDAY_NOON for slot in slots)
    assert 0.25 <= sum(slot.reserved for slot in slots) / len(slots) < 0.4
    assert (
        keep_fictitious_slots(Means(means.store, means.practice, CHRISTMAS, FRIDAY_NOON + timedelta(1), means.new_id))
        == 0
    )

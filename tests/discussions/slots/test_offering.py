"""What is offered lies inside the window, has a free place, keeps what is reserved, and is best for the scarcest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discussions.needs import Means
from discussions.slots.offering import Offer, Party, best_times, openings, without_place
from discussions.slots.slot import Slot, Taking
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids
from tests.storage.samples import BOOKED, HOUR, NOW

PRACTICE = standard_practice()
HOLIDAYS = CalendarOfDays(frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)}))
POLICE = Party("Police", "POLICE", frozenset({"unit", "control room"}))
HEALTH = Party("Health", "HEALTH", frozenset({"nurses"}))
SCHOOL = Party("Hillview", "EDUCATION", frozenset({"office"}))
PARTIES = (POLICE, HEALTH, SCHOOL)
DESKS = ("unit", "control room", "nurses")
# The days before both clock changes, Easter, Christmas, and an ordinary Friday.
BEGINNINGS = tuple(
    datetime(2026, month, day, 7, tzinfo=UTC) for month, day in ((3, 27), (10, 23), (4, 1), (12, 23), (11, 27))
)
URGENCIES = tuple(urgency.code for urgency in PRACTICE.urgencies)


@st.composite
def towns(draw: st.DrawFn) -> tuple[Means, str, datetime]:
    """Slots of three desks with some of their places gone, an urgency, and when its window ends."""
    now = draw(st.sampled_from(BEGINNINGS)) + timedelta(minutes=draw(st.integers(0, 600)))
    store = StoreInMemory()
    for number in range(draw(st.integers(0, 14))):
        starts_at = now + timedelta(minutes=15 * draw(st.integers(-8, 4 * 24 * 5)))
        capacity = draw(st.integers(1, 3))
        reserved = draw(st.integers(0, capacity))
        withdrawn = draw(st.sampled_from([False, False, False, True]))
        desk = draw(st.sampled_from(DESKS))
        store.slots.add([Slot(f"s{number}", desk, starts_at, 30, capacity, reserved, withdrawn=withdrawn)])
        for place in draw(st.sets(st.integers(1, capacity))):
            until = draw(st.sampled_from([None, now - HOUR, now + HOUR]))
            holder = draw(st.sampled_from([None, "own", "another"])) if until else None
            store.slots.put(Taking(f"t{number}-{place}", f"s{number}", place, "jane", now, holder, until))
    urgency = draw(st.sampled_from(URGENCIES))
    ends = PRACTICE.urgency(urgency).window.deadline(now, HOLIDAYS, PRACTICE.counting)
    return Means(store, PRACTICE, HOLIDAYS, now, counted_ids()), urgency, ends


def has_place(means: Means, party: Party, starts_at: datetime, urgency: str) -> bool:
    """Counted anew, place by place."""
    return any(
        not means.store.slots.takings([slot.id]) or is_free(means, slot, number, urgency)
        for slot in means.store.slots.between(party.desks, starts_at, starts_at)
        for number in range(1, slot.capacity + 1)
        if not is_reserved(means, slot, number, urgency)
    )


def is_reserved(means: Means, slot: Slot, number: int, urgency: str) -> bool:
    is_soon = slot.starts_at - means.now <= 3 * HOUR
    return number > slot.capacity - slot.reserved and urgency not in ("U0", "U1") and not is_soon


def is_free(means: Means, slot: Slot, number: int, urgency: str) -> bool:
    return not any(
        one.number == number and one.holder != "own" and (one.until is None or one.until > means.now)
        for one in means.store.slots.takings([slot.id])
    )


@given(towns())
def test_what_is_offered_is_inside_the_window_and_free_and_not_reserved(town: tuple[Means, str, datetime]) -> None:
    means, urgency, ends = town

    found = openings(means, PARTIES, urgency, ends, holder="own")

    assert len(found.offers) <= 3
    for offer in found.offers:
        assert means.now <= offer.starts_at <= ends
        can = [party for party in (POLICE, HEALTH) if has_place(means, party, offer.starts_at, urgency)]
        assert can
        keeping = [party for party in (POLICE, HEALTH) if means.store.slots.keeping(party.desks, means.now)]
        assert list(offer.can) == can
        assert {party.name for party in offer.without} == {one.name for one in keeping if one not in can}
        assert set(without_place(means, PARTIES, urgency, offer.starts_at, "own")) == set(offer.without)


@given(towns())
def test_who_is_short_of_places_has_none_in_the_window_and_keeps_slots_here(
    town: tuple[Means, str, datetime],
) -> None:
    means, urgency, ends = town
    starts = {slot.starts_at for slot in means.store.slots.between(DESKS, means.now, ends)}

    short = openings(means, PARTIES, urgency, ends, holder="own").short

    for party in (POLICE, HEALTH):
        keeps = bool(means.store.slots.keeping(party.desks, means.now))
        free = any(has_place(means, party, start, urgency) for start in starts)
        assert (party in short) == (keeps and not free)
    assert SCHOOL not in short


STARTS = st.integers(0, 20).map(lambda hours: NOW + hours * HOUR)


@given(st.fixed_dictionaries({party: st.sets(STARTS, min_size=1) for party in PARTIES}), st.integers(1, 5))
def test_the_scarcest_comes_first_and_then_the_soonest(free: dict[Party, set[datetime]], most: int) -> None:
    offers = best_times(free, most)

    together = sorted(set.intersection(*free.values()))
    assert [offer.starts_at for offer in offers][: len(together)] == together[:most]
    scarcest = min(free, key=lambda party: len(free[party]))
    assert scarcest not in offers[0].without
    assert [scarcest in offer.without for offer in offers] == sorted(scarcest in offer.without for offer in offers)


def test_a_time_for_all_goes_before_a_sooner_one_for_some() -> None:
    free = {POLICE: {NOW + 3 * HOUR}, HEALTH: {NOW, NOW + HOUR, NOW + 3 * HOUR, NOW + 4 * HOUR}}

    assert best_times(free, 3) == (
        Offer(NOW + 3 * HOUR, (POLICE, HEALTH)),
        Offer(NOW, (HEALTH,), (POLICE,)),
        Offer(NOW + HOUR, (HEALTH,), (POLICE,)),
    )


def test_full_slots_in_the_window_can_be_joined_where_nothing_else_is_free() -> None:
    store = StoreInMemory()
    full = Slot("full", "unit", NOW + HOUR, 60)
    store.slots.add([full, Slot("after", "unit", NOW + 30 * HOUR, 60), Slot("nurses", "nurses", NOW + HOUR, 60)])
    store.slots.put(Taking("t1", "full", 1, "jane", NOW, discussion=BOOKED.id))
    means = Means(store, PRACTICE, CalendarOfDays(), NOW, counted_ids())

    found = openings(means, PARTIES, "U2", NOW + 24 * HOUR)

    assert (found.short, found.joinable) == ((POLICE,), (full,))
    assert found.offers == (Offer(NOW + HOUR, (HEALTH,), (POLICE,)),)


def test_nobody_who_keeps_no_slots_makes_any_noise() -> None:
    means = Means(StoreInMemory(), PRACTICE, CalendarOfDays(), NOW, counted_ids())

    found = openings(means, PARTIES, "U2", NOW + 24 * HOUR)

    assert (found.offers, found.short, found.joinable) == ((), (), ())

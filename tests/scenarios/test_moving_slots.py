"""A moved booking and the places of desks that keep slots: taken at the new time, given back at the old one."""

from __future__ import annotations

from datetime import timedelta

from tests.scenarios.reading import text
from tests.scenarios.test_moving import one, types
from tests.scenarios.test_slots import HOUR, WEDNESDAY, booked, comes_to_the_time, keep_slots, places
from tests.scenarios.world import World


async def begins(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY + HOUR, WEDNESDAY + 3 * HOUR)
    keep_slots(world, "nurses", WEDNESDAY + HOUR)
    await world.install("Priya Nair", "Helen Marsh")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(world, "Priya Nair", "1", "chair me", "next", "book it")
    assert booked(world, "SD-26-0412")


async def test_places_follow_the_move_and_the_old_ones_are_free_at_once(world: World) -> None:
    await begins(world)
    priya = world.chat("Priya Nair")
    form = await priya.say("move SD-26-0412")
    assert "[The best times: ]" in text(form.card)
    check = await priya.press(form.card, "Next: check", offered="2026-11-25T12:00", change_reason="chair_not_free")
    assert "Wed 25 Nov, 10:00 → Wed 25 Nov, 12:00" in text(check.card)
    assert "No place then: Sirona Health. They are asked all the same." in text(check.card)
    await priya.press(check.card, "Move it")

    moved = one(world)
    assert moved.starts_at == WEDNESDAY + 3 * HOUR
    assert [taken.discussion for taken in places(world, "lighthouse 25 12:00")] == [moved.id]
    assert places(world, "lighthouse 25 10:00") == []
    assert places(world, "nurses 25 10:00") == []


async def test_a_cancelled_booking_gives_its_places_back(world: World) -> None:
    await begins(world)
    assert places(world, "lighthouse 25 10:00")

    await types(world, "Priya Nair", "cancel discussion SD-26-0412 booked twice")

    assert places(world, "lighthouse 25 10:00") == []
    assert places(world, "nurses 25 10:00") == []


async def test_what_it_is_counted_as_goes_with_the_lateness(world: World) -> None:
    await begins(world)
    priya = world.chat("Priya Nair")
    late = await priya.say("move SD-26-0412 to 30/11/2026 10am because the police have nobody")
    await priya.press(late.card, "Move it", late_reason="no police before Monday", breach="CAPACITY_POLICE")
    assert (one(world).breach, one(world).late_reason) == ("CAPACITY_POLICE", "no police before Monday")

    world.clock.pass_by(minutes=5)
    await types(world, "Priya Nair", "move SD-26-0412 to Thursday 10am because they can come after all")
    assert (one(world).breach, one(world).late_reason) == (None, None)
    assert one(world).window_ends - one(world).starts_at > timedelta(0)

"""After a telephone discussion: its people are reminded of the full meeting, and those above hear if there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discussions.booking.full_meeting import untold_of_full_meetings
from discussions.needs import Means
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import Since, newest, types
from tests.scenarios.world import World

BY_PHONE = (
    "book",
    "SD-26-0412",
    "AB 14/05/2019",
    "physical, U0",
    "phone today 08:30",
    "chair Priya Nair",
    "Helen Marsh, Tom Bexley",
    "next",
    "book it",
)
DUE = ("A meeting is still to be booked", "▲ SD-26-0412 needs its full meeting")
MISSED = ("A meeting is still to be booked", "▲ SD-26-0412: its full meeting was not held")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def comes_to(world: World, moment: datetime) -> None:
    world.clock.move_to(moment)
    await world.service.ticks.tick()


def told(since: Since) -> list[tuple[str, tuple[str, str]]]:
    return sorted((who, (toast, first)) for who, _, toast, first in since.said() if "still to be booked" in toast)


async def written_down(world: World) -> Since:
    """By Sam on Tuesday morning: the full meeting is to start by Wednesday, 17:00."""
    await world.install("Joan Priest", "Priya Nair", "Sam Okoro")
    await types(world, "Sam Okoro", *BY_PHONE)
    return Since(world)


def unfollowed(means: Means) -> list[str]:
    return list(untold_of_full_meetings(means, timedelta(0)))


async def test_its_people_are_reminded_at_half_the_time_in_office_hours_and_the_manager_is_told_at_its_end(
    world: World,
) -> None:
    since = await written_down(world)

    await comes_to(world, at(25, 7, 59))
    assert told(since) == []
    await comes_to(world, at(25, 8, 0))
    await comes_to(world, at(25, 8, 5))
    assert told(since) == [("Priya Nair", DUE), ("Sam Okoro", DUE)]
    assert "To start by: Wednesday 25 November 2026, 17:00" in newest(world, "Sam Okoro")
    await comes_to(world, at(25, 16, 59))
    assert told(since) == []
    assert await world.run(unfollowed) == []

    await comes_to(world, at(25, 17, 0))
    await comes_to(world, at(26, 9, 0))

    assert told(since) == [("Joan Priest", MISSED), ("Priya Nair", MISSED), ("Sam Okoro", MISSED)]
    joan = world.heard("Joan Priest")[-1].card
    assert "AB" not in text(joan)
    assert buttons(joan) == ["Open it"]
    assert await world.run(unfollowed) == []


async def test_once_it_is_booked_nobody_is_reminded_and_if_that_is_cancelled_they_are(world: World) -> None:
    since = await written_down(world)
    sam = world.chat("Sam Okoro")
    opened = await types(world, "Sam Okoro", "full meeting SD-26-0412")
    assert "It is the full meeting after the telephone discussion SD-26-0412." in opened
    await types(
        world, "Sam Okoro", "SD-26-0413", "AB 14/05/2019", "physical, U0", "tomorrow 10am",
        "chair Priya Nair", "Helen Marsh, Tom Bexley", "next",
    )  # fmt: skip
    booked = await sam.say("book it")
    assert "SD-26-0413" in text(booked.card)
    since.said()

    await comes_to(world, at(25, 8, 30))
    assert told(since) == []
    assert await world.run(lambda means: [one.reference for one in held(means)]) == []


def held(means: Means) -> list[object]:
    return list(means.store.discussions.telephoned(means.now - timedelta(days=2), means.now))

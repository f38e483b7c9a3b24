"""Starting on a day before its own is asked about first: it could not be taken back."""

from __future__ import annotations

from discussions.booking.discussion import DiscussionState
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import BOOKING, one, types
from tests.scenarios.world import World

ANOTHER_DAY = tuple(line.replace("today 4pm", "tomorrow 8:30am") for line in BOOKING)


async def test_a_slip_a_day_early_starts_nothing_and_a_second_press_does(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    await types(world, "Sam Okoro", *ANOTHER_DAY)
    priya = world.chat("Priya Nair")
    booking = await priya.say("open SD-26-0412")

    asked = await priya.press(booking.card, "Start it")

    assert "SD-26-0412 begins on another day" in text(asked.card)
    assert "It is to begin: Wednesday 25 November 2026, 08:30" in text(asked.card)
    assert buttons(asked.card) == ["Start it now", "Open it"]
    assert one(world).state is DiscussionState.BOOKED
    console = await priya.press(asked.card, "Start it now")
    assert "13 of 13 items left" in text(console.card)
    assert one(world).state is DiscussionState.STARTED


async def test_typed_it_needs_now_behind_it_and_on_its_day_nothing_more(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    await types(world, "Sam Okoro", *ANOTHER_DAY)

    assert "You can also type: start SD-26-0412 now" in await types(world, "Priya Nair", "start SD-26-0412")
    assert one(world).state is DiscussionState.BOOKED
    await types(world, "Priya Nair", "Start SD-26-0412 now")
    assert one(world).state is DiscussionState.STARTED

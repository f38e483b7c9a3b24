"""Who oversees sees what was needed and what was there, and fetches it with its hours: once, and only they."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import aiohttp
import pytest

from tests.conftest import MakeUrl
from tests.scenarios.reading import text
from tests.scenarios.test_slots import keep_slots
from tests.scenarios.world import World

OVERSEER, CHAIR = "Joan Priest", "Priya Nair"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """Tuesday 24 November, nine o'clock; the police desk has a slot today at two."""
    async with World(make_url()) as world:
        await world.install(OVERSEER, CHAIR)
        at: datetime = world.clock.now().replace(hour=14, minute=0, second=0, microsecond=0)
        keep_slots(world, "lighthouse", at, at + timedelta(days=60), capacity=2)
        for words in (
            *("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 2pm", "chair me"),
            *("Helen Marsh, Tom Bexley", "next", "book it"),
        ):
            await world.chat(CHAIR).say(words)
        await world.settle()
        yield world


async def test_the_card_counts_and_the_file_has_the_hours_once(world: World) -> None:
    shown = await world.chat(OVERSEER).say("capacity")
    link = await world.chat(OVERSEER).press(shown.card, "Fetch as a file")
    url = str(link.card).split("/record/")[1].split("'")[0]

    async with aiohttp.ClientSession() as session:
        looked = await session.get(f"{world.web_base}/record/{url}")
        fetched = await session.post(f"{world.web_base}/record/{url}")
        again = await session.post(f"{world.web_base}/record/{url}")
        content = (await fetched.read()).decode("utf-8-sig")

    assert text(shown.card).splitlines()[:6] == [
        "28/10/2026 to 24/11/2026",
        "Places needed and places there",
        "Avon and Somerset Police",
        "• Needed: by 1 decided on, by 1 starting",
        "• Places: 2 offered, 0 of them kept for urgent ones",
        "• Taken: 1, 0 of them joined when it was full",
    ]
    assert (looked.status, fetched.status, again.status) == (200, 200, 410)
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="capacity-2026-10-28-to-2026-11-24.csv"'
    rows = list(csv.reader(io.StringIO(content)))
    assert [row[:3] for row in rows[1:]] == [
        ["Needed", "Avon and Somerset Police", "09:00"],
        ["Needed", "Avon and Somerset Police", "14:00"],
        ["Places", "Avon and Somerset Police", "14:00"],
    ]
    assert "0412" not in content


async def test_another_period_and_back_from_the_link(world: World) -> None:
    shown = await world.chat(OVERSEER).say("capacity 01/01/2027 to 31/01/2027")
    link = await world.chat(OVERSEER).press(shown.card, "Fetch as a file")
    back = await world.chat(OVERSEER).press(link.card, "Back")

    assert "01/01/2027 to 31/01/2027" in text(back.card)
    assert "Places: 2 offered" in text(back.card)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("capacity last month", "Please give the first and the last day, like this: capacity 01/11/2026 to 30/11/2026"),
        ("capacity 30/11/2026 to 01/11/2026", "Please give a first day, then a last"),
        ("capacity 31/02/2027 to 01/03/2027", "There is no day 31/02/2027"),
    ],
)
async def test_a_period_that_cannot_be_is_answered_with_the_way_on(world: World, words: str, said: str) -> None:
    assert said in text((await world.chat(OVERSEER).say(words)).card)


async def test_who_does_not_oversee_is_refused_typed_and_pressed(world: World) -> None:
    shown = (await world.chat(OVERSEER).say("capacity")).card

    refused = await world.chat(CHAIR).say("capacity")
    forged = await world.chat(CHAIR).press(shown, "Fetch as a file")

    assert "Only those who oversee, or an administrator, can see" in text(refused.card)
    assert "Only those who oversee" in str(forged.body)
    assert "capacity" not in text((await world.chat(CHAIR).say("help")).card)

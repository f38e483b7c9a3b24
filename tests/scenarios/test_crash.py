"""Replicas that are killed while nudges go out and people press: none lost, none doubled unsaid, nothing done twice.

`make test` does it with two hundred nudges; `make crash` with two thousand, on two and four replicas and on SQLite.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.sending.outbox import AT_ONCE
from discussions.actions.action import ActionState
from discussions.post import DeliveryState
from discussions.trail import Deed
from tests.conftest import MakeUrl
from tests.scenarios.crowd import Crowd, chair_id, gather_crowd, reference, what_is_said
from tests.scenarios.reading import text
from tests.scenarios.replicas import Replica, ReplicatedWorld
from tests.scenarios.world import TUESDAY

Work = tuple[int, int]
"""How many messages are sent or updated before the next death of one replica: from, to."""


async def kill_until(world: ReplicatedWorld, victim: Replica, done: asyncio.Event, work: Work) -> None:
    """Each life is over after some work, by whichever replica: on a slow machine too something is done in it."""
    while not done.is_set():
        await until_said(world, len(world.channel.rooms.record) + world.random.randint(*work), done)
        # at any moment, not always when something has just been said
        await asyncio.sleep(world.random.uniform(0, 0.05))
        await world.kill(victim)


async def until_said(world: ReplicatedWorld, count: int, done: asyncio.Event) -> None:
    while True:
        if len(world.channel.rooms.record) >= count or done.is_set():
            return
        await asyncio.sleep(0.005)


async def live_through(world: ReplicatedWorld, crowd: Crowd, pressing: list[int], work: Work) -> None:
    all_is_done = asyncio.Event()
    killing = [asyncio.create_task(kill_until(world, one, all_is_done, work)) for one in world.replicas]
    await asyncio.gather(crowd.press(pressing), crowd.book())
    all_is_done.set()
    await asyncio.gather(*killing)
    await crowd.until_all_is_said()


def check_nudges(world: ReplicatedWorld, crowd: Crowd) -> int:
    """Gives how many came twice."""
    said = [crowd.said(number) for number in range(len(crowd.rooms))]
    assert all(said), "somebody heard nothing"
    repeats = [marks[1:] for marks in said]
    assert all(all(marks) for marks in repeats), "somebody heard it twice and was not told so"
    # one that went out and was answered before that was noted has nothing to ask any more
    assert set(crowd.states()) <= {DeliveryState.SENT, DeliveryState.WITHDRAWN}
    assert set(crowd.sendings().values()) == {1}
    doubled = sum(map(len, repeats))
    assert doubled <= world.kills * AT_ONCE
    return doubled


def check_presses(crowd: Crowd) -> None:
    """Of two presses at once one was taken, both answers say so, and so does the stored card."""
    changed = Counter(entry.what for entry in crowd.deeds(Deed.ACTION_CHANGED))
    for number, action in enumerate(crowd.actions()):
        pressed = number in crowd.answers
        assert (action.version - 1, changed[action.id]) == (pressed, pressed), action.id
        if not pressed:
            continue
        for answer in crowd.answers[number]:
            assert answer.status == 200
            assert answer.body["statusCode"] == 200
        is_done = action.state is ActionState.DONE
        shows = [what_is_said(answer) for answer in crowd.answers[number]]
        assert ["Done at" in each or "marked done" in each for each in shows] == [is_done, is_done], shows


def check_bookings(crowd: Crowd) -> None:
    assert [f"{reference(place)} · initial · booked" in text(one.card) for place, one in enumerate(crowd.booked)] == [
        True
    ] * len(crowd.chairs)
    assert Counter(entry.who for entry in crowd.deeds(Deed.BOOKED)) == {
        chair_id(place): 1 for place in range(len(crowd.chairs))
    }


async def check_all(world: ReplicatedWorld, nudges: int, work: Work) -> str:
    """One owner in four presses. Gives what there is to report."""
    crowd = gather_crowd(world, nudges)
    await live_through(world, crowd, list(range(0, nudges, 4)), work)
    doubled = check_nudges(world, crowd)
    check_presses(crowd)
    check_bookings(crowd)
    assert world.look(lambda store: store.trail.is_unbroken())
    limits = world.channel.limits
    return (
        f"{len(world.replicas)} replicas, {nudges} nudges in {world.clock.now() - TUESDAY}: {world.kills} kills, "
        f"{world.channel.cut_off} requests cut off, {doubled} nudges said twice and marked, "
        f"{limits.exceeded if limits else 0} sends over a limit"
    )


@pytest.mark.timeout(300)
async def test_killed_at_random_they_lose_nothing_and_do_nothing_twice(make_url: MakeUrl, engine: str) -> None:
    replicas, nudges = (1, 40) if engine == "sqlite" else (2, 200)
    async with ReplicatedWorld(make_url(), replicas, seed=412, lease=timedelta(seconds=3), a_second=50) as world:
        await check_all(world, nudges, (10, 60))
        assert world.kills


@pytest.mark.crash
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("engine", "replicas"), [("postgresql", 2), ("postgresql", 4), ("sqlite", 1)], indirect=["engine"]
)
async def test_the_same_with_two_thousand_nudges(make_url: MakeUrl, replicas: int) -> None:
    lease = timedelta(seconds=10)
    async with ReplicatedWorld(make_url(), replicas, seed=2000, lease=lease, a_second=25, limits=True) as world:
        print(await check_all(world, 2_000, (40, 200)))
        assert world.kills > 10

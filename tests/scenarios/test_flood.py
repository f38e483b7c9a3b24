"""Two thousand nudges at once, through everything Teams may answer: all delivered or truthfully accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from bot.sending.budgets import Budgets
from bot.sending.outbox import AT_ONCE
from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.scenarios.flood import Flood, flood
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.faults import Fault, writes_blocked

NUDGES = 2_000
EACH = 6
REPEAT = "This may be a repeat"
BLOCKED, NOT_INSTALLED = DeliveryState.BLOCKED, DeliveryState.NOT_INSTALLED
MAYBE, GAVE_UP, SENT = DeliveryState.MAYBE_SENT, DeliveryState.GAVE_UP, DeliveryState.SENT


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the channel answers to one nudge, attempt by attempt, and what the ledger must then say of it."""

    answers: Sequence[Fault]
    ends: DeliveryState
    lines: Sequence[str | None]
    """The service's code of each line."""
    said: int = 1
    """How often it stands in the chat; all but the first are marked as possible repeats."""


def refused(status: int, code: str) -> Fault:
    return Fault(status=status, code=code)


UNSURE = Fault(resets=True)
TROUBLES = (
    Trouble([Fault(429, retry_after="2")], SENT, ["429", None]),
    Trouble([Fault(429)], SENT, ["429", None]),
    Trouble([Fault(429), Fault(429, retry_after="0.5"), Fault(429)], SENT, ["429", "429", "429", None]),
    Trouble([refused(412, "PreconditionFailed")], SENT, ["PreconditionFailed", None]),
    Trouble([Fault(503)], SENT, ["503", None]),
    Trouble([Fault(502)], SENT, ["502", None]),
    Trouble([Fault(504)], SENT, ["504", None]),
    Trouble([Fault(500)], SENT, ["500", None]),
    Trouble([Fault(502), Fault(429), Fault(429)], SENT, ["502", "429", "429", None]),
    Trouble([Fault(502), Fault(504)], MAYBE, ["502", "504"], said=0),
    Trouble([UNSURE], SENT, ["ServerDisconnectedError", None], said=2),
    Trouble([UNSURE, UNSURE], MAYBE, ["ServerDisconnectedError"] * 2, said=2),
    Trouble([Fault(delay_seconds=0.4)], SENT, [None]),
    Trouble([Fault(401)], SENT, [None]),
    Trouble([refused(403, "ConversationBlockedByUser")], BLOCKED, ["ConversationBlockedByUser"], said=0),
    Trouble([writes_blocked()], BLOCKED, ["MessageWritesBlocked"], said=0),
    Trouble([refused(403, "BotNotInConversationRoster")], NOT_INSTALLED, ["BotNotInConversationRoster"], said=0),
    Trouble([refused(403, "BotDisabledByAdmin")], NOT_INSTALLED, ["BotDisabledByAdmin"], said=0),
    Trouble([refused(403, "InvalidBotApiHost")], GAVE_UP, ["InvalidBotApiHost"], said=0),
    Trouble([refused(403, "NotEnoughPermissions")], GAVE_UP, ["NotEnoughPermissions"], said=0),
    Trouble([refused(404, "ConversationNotFound")], NOT_INSTALLED, ["ConversationNotFound"], said=0),
    Trouble([refused(413, "MessageSizeTooBig")], GAVE_UP, ["MessageSizeTooBig"], said=0),
)


def in_trouble(flooded: Flood) -> dict[int, Trouble]:
    """Spread over all of them, so that every kind meets every other."""
    step = NUDGES // (EACH * len(TROUBLES))
    return {place * step: trouble for place, trouble in enumerate(TROUBLES * EACH)}


@pytest.mark.timeout(600)
async def test_all_are_delivered_or_truthfully_accounted_for(make_url: MakeUrl) -> None:
    async with World(make_url(), budgets=Budgets(), limits=True) as world:
        await world.install("Priya Nair")
        flooded = flood(world, NUDGES)
        troubles = in_trouble(flooded)
        for number, trouble in troubles.items():
            world.channel.faults.add(*(replace(one, conversation=flooded.rooms[number].id) for one in trouble.answers))

        await flooded.pass_by()

        assert world.channel.faults.is_empty
        assert world.channel.limits is not None
        assert world.channel.limits.exceeded == 0
        ledger = flooded.ledger()
        for number, state in enumerate(flooded.states()):
            trouble = troubles.get(number, Trouble((), SENT, [None]))
            lines = ledger[f"nudge-{number}"]
            assert state is trouble.ends is lines[-1].state, trouble
            assert [line.code for line in lines] == list(trouble.lines), trouble
            check_chat(flooded, number, trouble)
        check_chair(world, troubles)


def check_chat(flooded: Flood, number: int, trouble: Trouble) -> None:
    said = flooded.said_to(flooded.rooms[number])
    assert [event.kind for event in said] == ["sent"] * trouble.said, trouble
    marked = [REPEAT in text(event.activity["attachments"][0]["content"]) for event in said]
    was_unsure = MAYBE in (line.state for line in flooded.ledger_of(number))
    first = was_unsure and not any(fault.resets for fault in trouble.answers)
    assert marked == [place > 0 or first for place in range(trouble.said)], trouble


def check_chair(world: World, troubles: dict[int, Trouble]) -> None:
    """Of each who was not reached, or perhaps not, the chair hears by name, once."""
    told = [text(message.card) for message in world.heard("Priya Nair")[1:]]
    expected = {f"Who: Person {number}," for number, trouble in troubles.items() if trouble.ends is not SENT}
    assert len(told) == len(expected)
    assert {line for card in told for line in expected if line in card} == expected


async def test_a_burst_is_spread_and_what_is_urgent_goes_first(make_url: MakeUrl) -> None:
    urgent = frozenset({57, 58, 59})
    async with World(make_url(), budgets=Budgets(10), limits=True) as world:
        flooded = flood(world, 60, urgent)
        reached: list[int] = []
        for _ in range(6):
            await world.settle()
            reached.append(len(world.channel.rooms.record))
            world.clock.pass_by(seconds=1)

        first = {event.conversation for event in world.channel.rooms.record[:10]}
        assert reached == [10, 20, 30, 40, 50, 60]
        assert {flooded.rooms[number].id for number in urgent} <= first


async def test_what_one_answer_asks_for_holds_for_everything_that_goes_there(make_url: MakeUrl) -> None:
    async with World(make_url()) as world:
        flooded = flood(world, 40)
        world.channel.faults.add(Fault(429, retry_after="30"))

        await world.settle()
        at_once = len(world.channel.rooms.record)
        await world.settle()
        world.clock.pass_by(seconds=29)
        await world.settle()
        assert len(world.channel.rooms.record) == at_once < AT_ONCE
        await world.stop_service()
        await world.start_service()
        await world.settle()
        assert len(world.channel.rooms.record) == at_once

        world.clock.pass_by(seconds=1)
        await world.settle()

        assert flooded.states() == [SENT] * 40

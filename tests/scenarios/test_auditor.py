"""The auditor in the running service: silent while all goes well, red and heard by administrators when it does not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from sqlalchemy import text

from bot.sending.outbox import claim
from discussions.actions.audit import Defect, note_tick
from discussions.people import Account, AgencyId, ObjectId, Person, PersonId, Right, TenantId
from tests.conftest import MakeUrl
from tests.scenarios.people import DIRECTORY
from tests.scenarios.reading import lines
from tests.scenarios.story import play
from tests.scenarios.test_access import booked
from tests.scenarios.test_metrics import ask, read
from tests.scenarios.world import World
from tests.teams.rooms import Message

ADMINISTRATOR = "Ola Berg"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """On both engines."""
    async with World(make_url()) as world:
        yield world


async def readiness(world: World) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as client, client.get(f"{world.web_base}/readyz") as answer:
        return answer.status, await answer.json()


async def appoint_administrator(world: World) -> None:
    account = Account(TenantId(world.channel.tenant), ObjectId(world.chat(ADMINISTRATOR).person.object_id or ""))
    rights = frozenset({Right.ADMINISTER})
    boss = Person(
        PersonId("ola"), AgencyId("csc"), None, ADMINISTRATOR, "SYSTEM_ADMINISTRATOR", "IT", rights, account=account
    )
    agencies, desks, people = DIRECTORY(world.channel.tenant)
    world.look(lambda store: store.people.replace_all(agencies, desks, [*people, boss]))
    await world.install(ADMINISTRATOR)


def damage(world: World, statement: str) -> None:
    def do() -> None:
        with world.database.engine.begin() as connection:
            connection.execute(text(statement))

    world.database.threads.submit(do).result()


def audits(world: World) -> list[Message]:
    return [one for one in world.heard(ADMINISTRATOR) if one.summary == "Chairside itself needs a look"]


async def test_a_story_in_which_all_goes_well_gives_the_auditor_nothing_to_find(world: World) -> None:
    found: list[object] = []

    async def look() -> None:
        found.extend(await world.service.auditor.look())

    await play(world, lambda _: None, look)

    assert found == []
    assert await readiness(world) == (200, {"database": "ok", "ticks": "ok", "audit": "ok"})


async def test_stopped_ticks_are_red_and_told_although_nothing_ticks(world: World) -> None:
    await appoint_administrator(world)
    await world.tick()
    world.clock.pass_by(minutes=6)

    await world.service.auditor.look()
    await world.settle()

    assert await readiness(world) == (503, {"database": "ok", "ticks": "ok", "audit": {"ticks_stopped": 1}})
    [told] = audits(world)
    assert "● The clock's ticks have stopped. No nudge is said." in lines(told.card)

    await world.tick()
    await world.service.auditor.look()
    assert (await readiness(world))[0] == 200


async def test_a_lost_nudge_is_told_with_counts_and_ids_and_no_word_of_the_case(world: World) -> None:
    await booked(world, restricted=False)
    await appoint_administrator(world)
    await world.tick()
    damage(world, "DELETE FROM promise WHERE state = 'waiting'")

    for minutes in (1, 30, 31):
        world.clock.pass_by(minutes=minutes)
        await world.service.ticks.tick()
        await world.service.auditor.look()
        await world.settle()

    assert await readiness(world) == (503, {"database": "ok", "ticks": "ok", "audit": {"unpromised": 1}})
    action = world.look(lambda store: store.audit.open_actions(None, 10)).unpromised[0]
    first, again = audits(world)
    assert again.text == first.text
    assert "Open actions have no nudge to come." in first.text
    assert action in first.text
    assert not [word for word in ("SD-26-0412", "see A", "Helen", "AB") if word in json.dumps(first.activity)]


async def test_who_is_no_administrator_any_more_hears_nothing(world: World) -> None:
    await appoint_administrator(world)
    world.clock.pass_by(minutes=6)
    await world.service.auditor.look()
    world.look(lambda store: store.people.replace_all(*DIRECTORY(world.channel.tenant)))

    await world.settle()

    assert audits(world) == []


async def test_a_nudge_that_was_said_but_never_written_and_one_that_is_stuck_are_told_apart(world: World) -> None:
    await booked(world, restricted=False)
    await appoint_administrator(world)
    world.clock.pass_by(hours=6)
    damage(world, "DELETE FROM message_about WHERE name = 'promise'")
    await world.tick(minutes=1)
    damage(world, "DELETE FROM message_about WHERE name = 'promise'")
    damage(world, "UPDATE outbox SET ended_at = NULL, state = 'queued', leased_until = NULL WHERE kind = 'nudge'")
    world.clock.pass_by(minutes=15)

    found = {finding.defect.value for finding in await world.service.auditor.look()}

    assert found == {"ticks_stopped", "unwritten", "queued", "unaccounted"}


async def let_nothing_be_swept(world: World) -> None:
    """Ticks come through, and do nothing: the due moment of the action and more goes by."""
    world.clock.pass_by(hours=6)
    await world.run(note_tick)


async def let_nothing_be_sent(world: World) -> None:
    await world.chat("Priya Nair").say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    world.clock.pass_by(minutes=16)
    await world.run(note_tick)


async def die_with_claims(world: World) -> None:
    await world.chat("Priya Nair").say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    await world.run(claim, "of somebody who is gone", 10, None)
    world.clock.pass_by(minutes=7)
    await world.run(note_tick)


async def try_for_ever(world: World) -> None:
    world.clock.pass_by(minutes=46)
    await world.run(note_tick)
    damage(world, "UPDATE outbox SET ended_at = NULL, state = 'retrying' WHERE kind = 'action'")


async def say_into_the_void(world: World) -> None:
    await world.tick(hours=6)
    damage(world, "DELETE FROM message_about WHERE name = 'promise'")


async def forget_the_ledger(world: World) -> None:
    damage(world, "UPDATE outbox SET state = 'gave up' WHERE kind = 'action'")


async def forget_that_it_was_sent(world: World) -> None:
    damage(world, "UPDATE outbox SET ended_at = NULL WHERE kind = 'action'")


async def promise_nothing(world: World) -> None:
    damage(world, "DELETE FROM promise WHERE state = 'waiting'")


async def chase_nobody(world: World) -> None:
    damage(world, "UPDATE discussion SET state = 'booked', starts_at = '2027-01-04 10:00:00.000000'")
    damage(world, "DELETE FROM chase")


async def stop_ticking(world: World) -> None:
    world.clock.pass_by(minutes=6)


DEFECTS = {
    "due, and nothing said": (let_nothing_be_swept, Defect.UNSAID),
    "said, and no row": (say_into_the_void, Defect.UNWRITTEN),
    "a row that nobody tries": (let_nothing_be_sent, Defect.QUEUED),
    "a row whose sender is gone": (die_with_claims, Defect.CLAIMED),
    "a row that is tried for ever": (try_for_ever, Defect.RETRIED),
    "ended otherwise than the ledger says": (forget_the_ledger, Defect.UNACCOUNTED),
    "sent, and not ended": (forget_that_it_was_sent, Defect.UNACCOUNTED),
    "open, and no nudge to come": (promise_nothing, Defect.UNPROMISED),
    "booked, and nobody to be chased": (chase_nobody, Defect.UNCHASED),
    "no ticks": (stop_ticking, Defect.TICKS_STOPPED),
}


@pytest.mark.parametrize("what", DEFECTS)
async def test_each_defect_is_red_counted_and_told_to_administrators(world: World, what: str) -> None:
    do, defect = DEFECTS[what]
    await booked(world, restricted=False)
    await appoint_administrator(world)
    await world.tick(minutes=1)
    assert (await readiness(world))[0] == 200

    await do(world)
    await world.service.auditor.look()
    numbers = read((await ask(world))[1])
    status, said = await readiness(world)
    await world.settle()

    assert status == 503
    found = said["audit"]
    assert isinstance(found, dict)
    assert found[defect.value] == numbers[f"chairside_audit_findings {defect.value}"] >= 1
    assert len(audits(world)) == 1

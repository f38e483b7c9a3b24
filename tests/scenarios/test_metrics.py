"""Metrics over HTTP: what happened in a story is counted, no label says who or what, and only this machine may ask."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from discussions.needs import Store
from discussions.post import Delivery
from tests.scenarios.story import play
from tests.scenarios.test_main_job import SECRETS
from tests.scenarios.world import World


async def ask(world: World, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client:
        async with client.get(f"{world.web_base}/metrics", headers=headers) as answer:
            return answer.status, await answer.text()


def all_lines(store: Store) -> Sequence[Delivery]:
    """The whole ledger: what was said about nothing in particular is said about everything."""
    return store.outbox.ledger({})


def read(text: str) -> dict[str, float]:
    """Each number by its name and label."""
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


async def test_what_happens_in_a_story_is_counted(world: World) -> None:
    await play(world, lambda _: None)
    await world.chat("Priya Nair").say("start SD-99-9999")
    await world.service.auditor.look()

    status, text = await ask(world)

    numbers = read(text)
    assert status == 200
    assert numbers["chairside_presses_total action.accept"] == 1
    assert numbers["chairside_refusals_total NotFound"] == 1
    assert numbers["chairside_faults_total"] == 0
    sent = world.look(lambda store: [line for line in all_lines(store) if line.state == "sent"])
    assert numbers["chairside_deliveries_total sent"] == len(sent) > 10
    assert numbers["chairside_outbox_depth"] == 0
    assert numbers["chairside_outbox_age_seconds"] == 0
    assert numbers["chairside_audit_findings unsaid"] == 0
    taken = sum(value for name, value in numbers.items() if name.startswith("chairside_turns_total"))
    assert taken == numbers["chairside_turn_seconds_count"] == numbers["chairside_turn_lock_wait_seconds_count"]
    assert numbers["chairside_turn_seconds_sum"] > numbers["chairside_turn_lock_wait_seconds_sum"] >= 0
    assert not [secret for secret in SECRETS if len(secret) > 2 and secret.casefold() in text.casefold()]


async def test_what_waits_and_for_how_long_and_what_the_auditor_found_is_shown(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    for words in ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 2pm", "chair Priya Nair", "next"):
        await world.chat("Sam Okoro").say(words)
    await world.chat("Sam Okoro").say("book it")
    world.clock.pass_by(minutes=16)
    await world.service.auditor.look()

    numbers = read((await ask(world))[1])

    assert numbers["chairside_outbox_depth"] >= 1
    assert numbers["chairside_outbox_age_seconds"] == 16 * 60
    assert numbers["chairside_audit_findings queued"] == numbers["chairside_outbox_depth"]


async def test_a_verb_that_is_none_of_ours_is_no_label(world: World) -> None:
    await world.install("Priya Nair")
    action = {"type": "Action.Execute", "verb": "Mia was hurt", "data": {}}
    await world.chat("Priya Nair").send({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}})

    _, text = await ask(world)

    assert read(text)["chairside_presses_total unknown"] == 1
    assert "Mia" not in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_whoever_asks_through_a_proxy_is_refused(world: World, header: str) -> None:
    assert (await ask(world, **{header: "203.0.113.7"}))[0] == 403


def test_the_library_is_not_loaded_before_somebody_asks() -> None:
    loaded = "import sys, bot.app; sys.exit('prometheus_client' in sys.modules)"

    assert subprocess.run([sys.executable, "-W", "ignore", "-c", loaded]).returncode == 0

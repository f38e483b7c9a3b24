"""Somebody on duty looks what became of the messages and says again what did not arrive, while the service runs."""

from __future__ import annotations

import asyncio
import csv
import json
import os
from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner, Result

from bot.command_line.cli import chairside
from bot.world import World as Machine
from discussions.ids import MessageId
from discussions.post import DeliveryState
from discussions.trail import Deed
from tests.conftest import MakeUrl
from tests.scenarios.people import DIRECTORY, person_id
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.faults import Fault

BOOKING = (
    *("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me, minutes Ruth Adeyemi"),
    *("Helen Marsh, Tom Bexley", "next", "book it"),
)


class Duty:
    """The command line beside a service that runs: SD-26-0412 is booked, and Helen's invitation was refused."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def say(self, *words: str, answer: str | None = None) -> Result:
        address = self.world.database_url.replace("@/", "@localhost/")
        environment = {**self.world.environment(), "CHAIRSIDE_DATABASE_URL": address}
        machine = Machine(environment, self.world.clock.now, os.urandom)
        return await asyncio.to_thread(CliRunner().invoke, chairside, words, input=answer, obj=machine)

    async def messages(self, *words: str) -> list[dict[str, str]]:
        said = await self.say("outbox", "show", "--json", *words)
        assert said.exit_code == 0, said.output
        found: list[dict[str, str]] = json.loads(said.stdout)["messages"]
        return found

    async def the_refused_one(self) -> str:
        [refused] = await self.messages("--state", "gave_up")
        return refused["id"]


@pytest.fixture
async def duty(make_url: MakeUrl) -> AsyncIterator[Duty]:
    async with World(make_url()) as world:
        await world.install("Priya Nair", "Helen Marsh", "Tom Bexley")
        await world.settle()
        for words in BOOKING[:-1]:
            await world.chat("Priya Nair").say(words)
        helen = world.chat("Helen Marsh").room.id
        world.channel.faults.add(Fault(400, "BadSyntax", method="POST", conversation=helen))
        await world.chat("Priya Nair").say(BOOKING[-1])
        await world.settle()
        yield Duty(world)


async def test_the_ledger_is_a_table_of_ids_states_and_london_times_with_counts_on_top(duty: Duty) -> None:
    said = await duty.say("outbox", "show")

    assert (said.exit_code, said.stderr) == (0, "")
    counts, _, headings, *rows = said.stdout.splitlines()
    assert counts.startswith(f"{len(rows)} messages: ")
    assert "1 gave up" in counts
    assert headings.split() == ["MESSAGE", "KIND", "RECIPIENT", "STATE", "DUE", "NEWEST", "TRIES", "CODE"]
    [refused] = [row for row in rows if "gave up" in row]
    parts = [part for part in refused.split("  ") if part]
    assert [part.strip() for part in parts[1:]] == [
        *("invitation", person_id("Helen Marsh"), "gave up", "24/11 09:00", "24/11 09:00", "1", "BadSyntax"),
    ]
    assert not [name for name in ("Helen", "Marsh", "Tom", "AB", "physical") if name in said.stdout]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["--state", "gave_up"], {"invitation"}),
        (["--state", "gave up", "--discussion", "SD-26-0412"], {"invitation"}),
        (["--state", "gave-up", "--since", "25/11/2026"], set()),
        (["--state", "gave-up", "--since", "24/11/2026"], {"invitation"}),
        (["--person", person_id("Helen Marsh"), "--state", "sending"], set()),
        (["--stuck"], set()),
    ],
    ids=" ".join,
)
async def test_the_ledger_is_narrowed(duty: Duty, words: list[str], kinds: set[str]) -> None:
    assert {one["kind"] for one in await duty.messages(*words)} == kinds


async def test_what_is_due_for_a_quarter_of_an_hour_and_has_not_ended_is_stuck(duty: Duty) -> None:
    await duty.say("outbox", "resend", await duty.the_refused_one(), "--yes")
    assert await duty.messages("--stuck") == []

    duty.world.clock.pass_by(minutes=15)

    [stuck] = await duty.messages("--stuck")
    assert (stuck["kind"], stuck["stands"], stuck["has_ended"]) == ("invitation", "queued", False)


async def test_programs_read_the_same_as_comma_separated_values_in_utc(duty: Duty) -> None:
    said = await duty.say("outbox", "show", "--csv", "--state", "gave_up")

    [row] = csv.DictReader(said.stdout.splitlines())
    assert row["reference"] == "SD-26-0412"
    assert row["due_at"] == "2026-11-24T09:00:00+00:00"
    assert row["code"] == "BadSyntax"


async def test_the_table_says_what_it_leaves_out(duty: Duty) -> None:
    said = await duty.say("outbox", "show", "--most", "1")

    assert "older ones are not shown: --most " in said.stdout


async def test_a_message_said_again_is_a_new_one_and_the_old_one_stays_as_it_is(duty: Duty) -> None:
    old = await duty.the_refused_one()
    assert not [message for message in duty.world.heard("Helen Marsh")[1:] if "You are asked" in text(message.card)]

    said = await duty.say("outbox", "resend", old, "--yes")
    await duty.world.tick(seconds=15)

    assert (said.exit_code, said.stderr) == (0, "")
    first, last = said.stdout.splitlines()
    new = first.removeprefix(f"{old} is said again as ")
    assert last == "Said again: 1. Refused: 0. They go out within 15 seconds, if the service runs."
    assert "You are asked" in text(duty.world.heard("Helen Marsh")[-1].card)
    assert duty.world.look(lambda store: store.outbox.state(MessageId(old))) is DeliveryState.GAVE_UP
    assert duty.world.look(lambda store: store.outbox.state(MessageId(new))) is DeliveryState.SENT
    [linked] = [one for one in await duty.messages("--discussion", "SD-26-0412") if one["id"] == new]
    assert linked["again_of"] == old
    [deed] = [one for one in duty.world.look(lambda store: store.trail.entries()) if one.deed is Deed.SAID_AGAIN]
    assert (deed.who, deed.what, deed.why) == (None, new, old)


async def test_all_that_gave_up_since_a_day_are_said_again_after_a_word_of_confirmation(duty: Duty) -> None:
    which = ("outbox", "resend", "--state", "gave_up", "--since", "24/11/2026")

    declined = await duty.say(*which, answer="n\n")
    agreed = await duty.say(*which, answer="y\n")

    assert declined.exit_code == 1
    assert "Say 1 message again, where that is not refused? [y/N]: n" in declined.output
    assert agreed.exit_code == 0
    assert "Said again: 1. Refused: 0." in agreed.output


async def test_what_was_sent_is_not_said_again_unless_one_insists(duty: Duty) -> None:
    toms = await duty.messages("--person", person_id("Tom Bexley"), "--state", "sent")
    id = next(one["id"] for one in toms if one["kind"] == "invitation")

    refused = await duty.say("outbox", "resend", id, "--yes")
    insisted = await duty.say("outbox", "resend", id, "--yes", "--even-if-sent")

    assert refused.exit_code == 1
    assert refused.stdout == f"{id} is not said again: it ended as sent\nSaid again: 0. Refused: 1.\n"
    assert insisted.exit_code == 0


async def test_the_same_is_not_said_again_twice(duty: Duty) -> None:
    old = await duty.the_refused_one()
    first = await duty.say("outbox", "resend", old, "--yes")
    new = first.stdout.splitlines()[0].rpartition(" ")[2]

    at_once = await duty.say("outbox", "resend", old, "--yes")
    itself = await duty.say("outbox", "resend", new, "--yes", "--even-if-sent")
    await duty.world.tick(seconds=15)
    later = await duty.say("outbox", "resend", old, "--yes")

    assert f"it is being said again already, as {new}" in at_once.stdout
    assert "it is still being tried (queued)" in itself.stdout
    assert f"it was said again already, as {new}, which ended as sent" in later.stdout
    assert [one.exit_code for one in (at_once, itself, later)] == [1, 1, 1]


async def test_an_unknown_message_person_or_discussion_is_told_and_nothing_done(duty: Duty) -> None:
    old = await duty.the_refused_one()
    before = len(await duty.messages())

    message = await duty.say("outbox", "resend", old, "none-such", "--yes")
    person = await duty.say("outbox", "show", "--person", "nobody")
    discussion = await duty.say("outbox", "show", "--discussion", "SD-26-9999")
    state = await duty.say("outbox", "show", "--state", "lost")

    assert [one.exit_code for one in (message, person, discussion, state)] == [2, 2, 2, 2]
    assert message.stderr == "There is no message none-such. Nothing was changed.\n"
    assert person.stderr == "There is nobody with the id nobody. Nothing was changed.\n"
    assert discussion.stderr == "There is no discussion SD-26-9999. Nothing was changed.\n"
    assert "There is no state 'lost'. There are: sending, queued, sent," in state.stderr
    assert len(await duty.messages()) == before


@pytest.mark.parametrize("words", [[], ["an-id", "--state", "gave_up"], ["--since", "24/11/2026"]], ids=str)
async def test_what_to_say_again_is_named_by_ids_or_by_state(duty: Duty, words: list[str]) -> None:
    said = await duty.say("outbox", "resend", "--yes", *words)

    assert said.exit_code == 2
    assert said.stderr == "Name the messages by their ids, or say which with --state, but not both.\n"


async def test_whoever_has_left_the_directory_gets_nothing_by_its_being_said_again(duty: Duty) -> None:
    old = await duty.the_refused_one()
    agencies, desks, people = DIRECTORY(duty.world.channel.tenant)
    heard = len(duty.world.heard("Helen Marsh"))
    stayed = [person for person in people if person.name != "Helen Marsh"]
    with duty.world.database.transaction() as store:
        store.people.replace_all(agencies, desks, stayed)

    await duty.say("outbox", "resend", old, "--yes")
    await duty.world.tick(seconds=15)

    [new] = [one for one in await duty.messages() if one["again_of"] == old]
    assert new["stands"] == "not installed"
    assert len(duty.world.heard("Helen Marsh")) == heard

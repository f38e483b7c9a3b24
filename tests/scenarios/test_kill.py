"""Kill -9 between any two steps, and inside them: it goes on where it was, and nothing is lost or doubled unsaid."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sending.outbox import AT_ONCE, LEASE
from bot.welcoming import SAID_LATER_AFTER
from cards.repeat import MAY_BE_A_REPEAT
from discussions.trail import Deed
from tests.conftest import MakeUrl
from tests.scenarios.killing import EverySendingCutOff, EveryTurnCutOff, KilledWorld
from tests.scenarios.reading import buttons, lines, text
from tests.scenarios.story import GRACE, HELEN, PRIYA, RUTH, play
from tests.scenarios.world import World
from tests.teams.rooms import Message

A_WHOLE_STORY = pytest.mark.timeout(300)
CONTINUED = "Continued below"
BOOKING = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me, minutes Ruth Adeyemi")


@dataclass(frozen=True, slots=True)
class Shown:
    """One card as somebody saw it. `kind` is sent or updated."""

    kind: str
    summary: str
    lines: tuple[str, ...]
    buttons: tuple[str, ...]

    @property
    def is_marked(self) -> bool:
        return MAY_BE_A_REPEAT in self.lines

    @property
    def unmarked(self) -> Shown:
        return replace(self, lines=tuple(line for line in self.lines if line != MAY_BE_A_REPEAT))


Seen = dict[str, list[Shown]]


def all_seen(world: World) -> Seen:
    """What each person saw, in the order they saw it."""
    seen: Seen = {}
    for event in world.channel.rooms.record:
        card = event.activity["attachments"][0]["content"]
        shown = Shown(event.kind, event.activity["summary"], tuple(lines(card)), tuple(buttons(card)))
        seen.setdefault(world.whose(event.conversation), []).append(shown)
    return seen


@pytest.fixture(scope="module")
def undisturbed(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What everybody sees when nothing is killed."""
    file = tmp_path_factory.mktemp("undisturbed") / "story.db"
    shutil.copyfile(migrated_file, file)

    async def tell() -> Seen:
        async with KilledWorld(f"sqlite:///{file}", file.parent) as world:
            await play(world, lambda _: None)
            return all_seen(world)

    return asyncio.run(tell())


def differences(seen: Seen, wanted: Seen) -> list[str]:
    """Line by line, as diff shows them."""
    names = sorted({*seen, *wanted})
    was, is_now = ([f"{name}: {shown}" for name in names for shown in each.get(name, [])] for each in (wanted, seen))
    return list(unified_diff(was, is_now, "undisturbed", "killed", n=0, lineterm=""))


def assert_nothing_is_left(world: World) -> None:
    assert world.look(lambda store: store.outbox.waiting()) == 0
    assert world.look(lambda store: store.trail.is_unbroken())


@A_WHOLE_STORY
async def test_killed_between_any_two_steps_it_goes_on_where_it_was(
    make_url: MakeUrl, tmp_path: Path, undisturbed: Seen
) -> None:
    async with KilledWorld(make_url(), tmp_path) as world:
        await play(world, lambda _: None, world.kill_and_start)

        assert differences(all_seen(world), undisturbed) == []
        assert world.kills >= 50
        assert_nothing_is_left(world)


@A_WHOLE_STORY
async def test_killed_in_every_turn_before_its_answer_everybody_sees_the_same(
    make_url: MakeUrl, tmp_path: Path, undisturbed: Seen
) -> None:
    async with EveryTurnCutOff(make_url(), tmp_path) as world:
        await play(world, lambda _: None)

        assert differences(all_seen(world), undisturbed) == []
        assert world.kills >= 50
        assert_nothing_is_left(world)


@A_WHOLE_STORY
async def test_killed_in_every_sending_before_its_record_each_message_is_said_twice_and_says_so(
    make_url: MakeUrl, tmp_path: Path, undisturbed: Seen
) -> None:
    async with EverySendingCutOff(make_url(), tmp_path) as world:
        await play(world, lambda _: None)

        seen = all_seen(world)
        repeats = {name: repeats_in(shown) for name, shown in seen.items()}
        once = {name: without(repeats[name], shown) for name, shown in seen.items()}
        assert differences(once, undisturbed) == []
        assert sum(map(len, repeats.values())) == world.kills >= 30
        assert_nothing_is_left(world)


def repeats_in(seen: Sequence[Shown]) -> list[int]:
    """Where the same card comes again at once: a new message says that it is one, an update need not."""
    return [
        place
        for place, (first, second) in enumerate(pairwise(seen), start=1)
        if second.unmarked == first and second.is_marked == (second.kind == "sent")
    ]


def without(places: Sequence[int], seen: Sequence[Shown]) -> list[Shown]:
    return [shown for place, shown in enumerate(seen) if place not in places]


@pytest.fixture
async def world(make_url: MakeUrl, tmp_path: Path) -> AsyncIterator[KilledWorld]:
    async with KilledWorld(make_url(), tmp_path) as world:
        yield world


async def say_all(world: World, name: str, *words: str) -> None:
    for each in words:
        await world.chat(name).say(each)


async def book(world: KilledWorld, *asked: str) -> None:
    """By Priya, who chairs; Helen is asked."""
    await world.install(PRIYA, HELEN)
    await say_all(world, PRIYA, *BOOKING, ", ".join((HELEN, "Tom Bexley", *asked)), "next", "book it")


async def owe_an_action(world: KilledWorld) -> None:
    """Helen's, due tomorrow at noon; its card has been said, and nothing waits."""
    await book(world)
    await say_all(world, PRIYA, "start SD-26-0412", "action Helen Marsh: visit B by tomorrow 12:00 tell Priya Nair")
    await world.tick(minutes=2)
    assert_nothing_is_left(world)


def said_to(world: World, name: str, before: int = 0) -> list[Message]:
    return world.heard(name)[before:]


def is_marked(message: Message) -> bool:
    return MAY_BE_A_REPEAT in lines(message.card)


async def test_a_half_filled_dialog_goes_on_at_the_same_step(world: KilledWorld) -> None:
    await world.install(PRIYA)
    await say_all(world, PRIYA, *BOOKING[:3])
    shown = await world.chat(PRIYA).say("physical, U3")

    await world.kill_and_start()
    by_press = await world.chat(PRIYA).press(shown.card, "Next: chair", day="2026-11-24", time="14:00")
    await world.kill_and_start()
    by_words = await world.chat(PRIYA).say("chair me")

    assert ["step 5 of 7" in text(by_press.card), "step 6 of 7" in text(by_words.card)] == [True, True]
    assert "[Chair: Priya Nair, Team manager]" in text(by_press.card)


async def test_a_message_killed_before_its_answer_is_done_once_and_answered_when_it_comes_again(
    world: KilledWorld,
) -> None:
    await world.install(PRIYA)
    priya = world.chat(PRIYA)
    await say_all(world, PRIYA, *BOOKING, "Helen Marsh, Tom Bexley", "next")
    heard = len(priya.messages)

    await world.dies_at("after take_turn 1", lambda: priya.say("book it"))
    again = await priya.resend()

    assert "SD-26-0412 · initial · booked" in text(again.card)
    assert len(said_to(world, PRIYA, heard)) == 1
    assert deeds(world).count(Deed.BOOKED) == 1


async def test_a_message_killed_before_its_commit_never_was_and_is_done_when_it_comes_again(
    world: KilledWorld,
) -> None:
    await world.install(PRIYA)
    priya = world.chat(PRIYA)
    await say_all(world, PRIYA, *BOOKING, "Helen Marsh, Tom Bexley", "next")

    await world.dies_at("in take_turn 1", lambda: priya.say("book it"))
    before = deeds(world).count(Deed.BOOKED)
    again = await priya.resend()

    assert "SD-26-0412 · initial · booked" in text(again.card)
    assert (before, deeds(world).count(Deed.BOOKED)) == (0, 1)


@pytest.mark.parametrize("moment", ["after take_turn 1", "in take_turn 1"])
async def test_a_press_killed_before_its_answer_is_done_once_when_it_is_pressed_again(
    world: KilledWorld, moment: str
) -> None:
    await book(world)
    await world.settle()
    helen, asked = world.chat(HELEN), world.heard(HELEN)[-1]

    await world.dies_at(moment, lambda: helen.press(asked, "I'm coming"))
    again = await helen.resend(with_new_id=True)
    once_more = await helen.resend(with_new_id=True)
    await world.settle()

    assert "You are coming" in text(again.card)
    assert again.card == once_more.card
    assert deeds(world).count(Deed.ANSWERED) == 1


async def test_an_answer_that_arrived_is_said_again_only_if_teams_asks_again(world: KilledWorld) -> None:
    await world.install(PRIYA)
    priya = world.chat(PRIYA)
    heard = len(priya.messages)

    first = await priya.say("book")
    await world.kill_and_start()
    await world.tick(minutes=5)
    assert said_to(world, PRIYA, heard) == list(first.said)

    second = await priya.resend()
    third = await priya.resend()

    assert [CONTINUED in text(one.card) for one in said_to(world, PRIYA, heard)] == [True, False]
    assert (len(second.said), third.said) == (1, ())


async def test_an_answer_killed_before_it_was_noted_is_said_twice_at_most(world: KilledWorld) -> None:
    await world.install(PRIYA)
    priya = world.chat(PRIYA)
    heard = len(priya.messages)

    await world.dies_at("before note_said 1", lambda: priya.say("book"))
    await world.tick(minutes=5)
    assert len(said_to(world, PRIYA, heard)) == 1
    await priya.resend()
    await priya.resend()

    assert len(said_to(world, PRIYA, heard)) == 2
    assert "step 2 of 7" in text((await priya.say("SD-26-0412")).card)


WELCOMES = {"after take_turn 1": [True], "before note_said 1": [False, True], "after note_said 1": [False]}


@pytest.mark.parametrize("moment", WELCOMES)
async def test_a_welcome_that_was_killed_is_said_later_though_teams_tells_no_more(
    world: KilledWorld, moment: str
) -> None:
    await world.dies_at(moment, world.chat(PRIYA).install)
    await world.tick(seconds=SAID_LATER_AFTER.total_seconds())
    await world.tick(minutes=5)

    assert [is_marked(one) for one in world.heard(PRIYA)] == WELCOMES[moment]
    assert "Book a discussion" in buttons(world.heard(PRIYA)[-1].card)


async def test_a_group_is_welcomed_later_too(world: KilledWorld) -> None:
    room = world.channel.view(world.channel.group("strategy", world.chat(PRIYA).person), world.chat(PRIYA).person)

    await world.dies_at("after take_turn 1", room.install)
    await room.install()
    await world.tick(seconds=SAID_LATER_AFTER.total_seconds())

    assert [is_marked(one) for one in room.messages] == [True]


# What Helen is shown of one nudge, by the moment of the kill: a list of whether each says that it may be a repeat.
SENDINGS = {
    "in sweep 1": [False],
    "after sweep 1": [False],
    "in claim 1": [False],
    "after claim 1": [False],
    "in compose 1": [False],
    "after compose 1": [True],
    "before note_all 1": [False, True],
    "in note_all 1": [False, True],
    "after note_all 1": [False],
}


@pytest.mark.parametrize("moment", SENDINGS)
async def test_a_nudge_is_said_twice_at_most_and_then_says_so(world: KilledWorld, moment: str) -> None:
    await owe_an_action(world)
    heard = len(world.heard(HELEN))
    world.clock.pass_by(days=1, hours=2)

    await world.dies_at(moment, world.tick)
    await world.tick(seconds=LEASE.total_seconds() - 1)
    await world.tick(seconds=1)
    await world.tick()

    nudges = said_to(world, HELEN, heard)
    assert [is_marked(one) for one in nudges] == SENDINGS[moment]
    assert len({text(one.card).replace(MAY_BE_A_REPEAT, "").strip() for one in nudges}) == 1
    assert_nothing_is_left(world)


async def test_either_card_of_a_nudge_that_was_said_twice_can_be_answered_once(world: KilledWorld) -> None:
    await owe_an_action(world)
    world.clock.pass_by(days=1, hours=2)
    await world.dies_at("before note_all 1", world.tick)
    await world.tick(seconds=LEASE.total_seconds())
    first, second = world.heard(HELEN)[-2:]

    done = await world.chat(HELEN).press(first, "Save as done", note="Seen")
    too_late = await world.chat(HELEN).press(second, "Save as done", note="Seen")

    assert "Done at" in text(done.card)
    assert "Done at" in text(too_late.card)
    assert deeds(world).count(Deed.ACTION_CHANGED) == 1


async def test_several_cut_off_at_once_are_each_said_twice_at_most(world: KilledWorld) -> None:
    await world.install(RUTH, GRACE)
    asked = (HELEN, RUTH, GRACE)
    await book(world, "School office")
    heard = {name: len(world.heard(name)) for name in asked}

    world.at_once = AT_ONCE

    await world.dies_at("before note_all 1", world.settle)
    await world.tick(seconds=LEASE.total_seconds())

    said = [[is_marked(one) for one in said_to(world, name, heard[name])] for name in asked]
    assert all(each in ([False], [True], [False, True]) for each in said)
    assert [False, True] in said


async def test_a_message_is_said_in_the_end_however_often_its_sender_is_killed(world: KilledWorld) -> None:
    await owe_an_action(world)
    heard = len(world.heard(HELEN))
    world.clock.pass_by(days=1, hours=2)
    for moment in ("after claim 1", "in compose 1", "after claim 1", "after compose 1"):
        await world.dies_at(moment, world.tick)
        world.clock.pass_by(seconds=LEASE.total_seconds())

    await world.tick()

    assert [is_marked(one) for one in said_to(world, HELEN, heard)] == [True]
    assert_nothing_is_left(world)


def deeds(world: World) -> list[Deed]:
    return [entry.deed for entry in world.look(lambda store: store.trail.entries())]

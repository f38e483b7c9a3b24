"""A discussion that does not begin: who is asked, who is told the same day, and when nobody is."""

from __future__ import annotations

from asyncio import gather
from datetime import UTC, datetime, timedelta

from discussions.actions.audit import Defect, Finding, audit
from discussions.booking.discussion import Form
from discussions.booking.not_held import tell_not_held, untold
from discussions.needs import Means
from discussions.post import MessageKind
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import BOOKING, Since, booked, newest, one, types
from tests.scenarios.world import World

NOT_BEGUN = ("A meeting has not begun", "▲ SD-26-0412 has not begun")
NOT_HELD = ("A meeting has not begun", "▲ SD-26-0412 was not held")
TODAY_AT_TWO = tuple(line.replace("today 4pm", "today 2pm") for line in BOOKING)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def comes_to(world: World, moment: datetime) -> None:
    world.clock.move_to(moment)
    await world.service.ticks.tick()


def told(since: Since) -> list[tuple[str, tuple[str, str]]]:
    return sorted((who, (toast, first)) for who, _, toast, first in since.said() if "begun" in toast)


async def test_chair_and_booker_are_asked_and_in_the_evening_the_service_manager_is_told_once(world: World) -> None:
    await world.install("Joan Priest", "Omar Haddad")
    await booked(world, *TODAY_AT_TWO)
    since = Since(world)

    await comes_to(world, at(14, 14))
    assert told(since) == []
    await comes_to(world, at(14, 15))
    asked = [(name, NOT_BEGUN) for name in ("Priya Nair", "Ruth Adeyemi", "Sam Okoro")]
    assert told(since) == asked
    await comes_to(world, at(16, 59))
    assert told(since) == []
    await comes_to(world, at(17, 0))
    await comes_to(world, at(17, 5))
    assert told(since) == [("Joan Priest", NOT_HELD)]
    joan = newest(world, "Joan Priest")
    assert "Chair: Priya Nair, 0117 496 0101" in joan
    assert "AB" not in joan
    await comes_to(world, at(9, 0, day=25))
    assert told(since) == []
    assert await world.run(unheld) == []


def unheld(means: Means) -> list[str]:
    return list(untold(means, timedelta(0)))


async def test_what_has_begun_was_moved_cancelled_or_written_down_is_not_asked_about(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    since = Since(world)
    await types(world, "Sam Okoro", "move SD-26-0412 to today 3pm because of traffic")
    since.said()

    await comes_to(world, at(14, 20))
    assert told(since) == []
    await comes_to(world, at(15, 15))
    assert [who for who, _ in told(since)] == ["Priya Nair", "Ruth Adeyemi", "Sam Okoro"]
    await types(world, "Priya Nair", "start SD-26-0412")
    await comes_to(world, at(17, 30))
    assert told(since) == []


async def test_a_move_to_another_hour_is_asked_about_anew(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    await comes_to(world, at(14, 30))
    priya = world.chat("Priya Nair")
    assert buttons(priya.view(priya.last))[:3] == ["Start it now", "Move it", "Held by phone"]
    since = Since(world)
    await types(world, "Priya Nair", "move SD-26-0412 to today 4pm because of traffic")
    since.said()

    await comes_to(world, at(16, 15))
    assert [who for who, _ in told(since)] == ["Priya Nair", "Ruth Adeyemi", "Sam Okoro"]
    await comes_to(world, at(17, 0))
    assert told(since) == [("Joan Priest", NOT_HELD)]


async def test_it_was_held_by_telephone_after_all(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    await comes_to(world, at(14, 30))
    sam = world.chat("Sam Okoro")
    assert "Cancel it" not in buttons(sam.view(sam.last))
    late = await sam.press(sam.last, "Write it down", held_at="tomorrow 3pm")
    assert "not still to come" in text(late.card)
    shown = await sam.press(sam.last, "Write it down", held_at="today 14:10")
    await world.settle()

    held = one(world)
    assert (held.form, held.starts_at, held.entered_at) == (Form.PHONE, at(14, 10), at(14, 30))
    assert "must follow by" in text(shown.card)
    assert "was held by telephone already" in await types(
        world, "Sam Okoro", "move SD-26-0412 to tomorrow 9am because late"
    )
    assert "Move it" not in buttons((await sam.say("change SD-26-0412")).card)
    since = Since(world)
    await comes_to(world, at(18, 0))
    assert told(since) == []
    assert "SD-26-0412" in await types(world, "Priya Nair", "start SD-26-0412")


async def test_late_in_the_evening_the_duty_desk_is_told_too(world: World) -> None:
    await world.install("Joan Priest", "Omar Haddad")
    await booked(world, *(line.replace("today 4pm", "today 8pm") for line in BOOKING))
    since = Since(world)

    await comes_to(world, at(20, 15))
    assert len(told(since)) == 3
    await comes_to(world, at(20, 59))
    assert told(since) == []
    await comes_to(world, at(21, 0))
    assert told(since) == [("Joan Priest", NOT_HELD), ("Omar Haddad", NOT_HELD)]
    assert "Open it" not in buttons(world.chat("Omar Haddad").view(world.chat("Omar Haddad").last))


async def test_of_a_restricted_one_nobody_else_learns(world: World) -> None:
    await world.install("Joan Priest", "Omar Haddad")
    await booked(world, *(line.replace("SD-26-0412", "restricted SD-26-0412") for line in TODAY_AT_TWO))
    since = Since(world)

    await comes_to(world, at(14, 15))
    since.said()
    await comes_to(world, at(17, 0))
    assert told(since) == [(name, NOT_HELD) for name in ("Priya Nair", "Ruth Adeyemi", "Sam Okoro")]


async def test_after_a_long_stop_it_is_said_when_the_clock_looks_again(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    since = Since(world)

    await comes_to(world, at(8, 0, day=25))

    assert [who for who, _ in told(since)] == ["Joan Priest", "Priya Nair", "Ruth Adeyemi", "Sam Okoro"]
    id = one(world).id
    kinds = world.look(lambda store: [line.kind for line in store.told.about("discussion", id)])
    assert kinds.count(MessageKind.NOT_HELD) == 1


async def test_two_replicas_that_look_at_once_say_it_once(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    world.clock.move_to(at(17, 0))

    said = await gather(*(world.run(tell_not_held) for _ in range(4)))

    assert sorted(said) == [0, 0, 0, 4]
    since = Since(world)
    await world.settle()
    assert len(told(since)) == 4


async def test_the_auditor_finds_what_nobody_above_was_told_of(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world, *TODAY_AT_TWO)
    id = one(world).id
    awake_since = world.clock.now()
    world.clock.move_to(at(17, 14))
    late = timedelta(days=1)
    assert Defect.UNHELD not in [found.defect for found in await world.run(audit, awake_since, late)]

    world.clock.move_to(at(17, 15))
    assert Finding(Defect.UNHELD, 1, (id,)) in await world.run(audit, awake_since, late)

    await world.service.ticks.tick()
    assert Defect.UNHELD not in [found.defect for found in await world.run(audit, awake_since, late)]

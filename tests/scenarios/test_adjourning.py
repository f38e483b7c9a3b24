"""A discussion that can't go on is adjourned: safety first, a new time, everybody asked again, and nothing lost."""

from __future__ import annotations

from datetime import timedelta

from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import InvitationAnswer
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import Since, booked, invitations, newest, one, types
from tests.scenarios.world import World

PLAN = {
    "safety.status": "plan",
    "safety.risk": "Unexplained bruise",
    "safety.kept_safe_by": "The grandmother, seen and willing",
    "safety.sleeps": "At the grandmother's",
    "safety.contact": "None with the adult alleged",
}


async def save(world: World, name: str, opened: str, **values: str) -> None:
    chat = world.chat(name)
    shown = await chat.say(opened)
    await chat.press(shown.card, "item.save", values)
    await world.settle()


async def begun(world: World) -> None:
    await booked(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    world.clock.move_to(one(world).starts_at)
    await types(world, "Priya Nair", "start SD-26-0412", "here Helen Marsh")


async def test_safety_comes_first_then_a_new_time_and_everybody_is_asked_again(world: World) -> None:
    await begun(world)
    window = one(world).window_ends
    refused = await types(world, "Priya Nair", "adjourn to tomorrow 8:30am because health is not here")
    assert "First save an interim safety plan for A (item 9); then it can be adjourned." in refused
    await save(world, "Priya Nair", "item 9 A", **PLAN)
    since = Since(world)

    shown = await types(world, "Priya Nair", "adjourn to tomorrow 8:30am because health is not here")
    assert "step 2 of 2" in shown
    await types(world, "Priya Nair", "adjourn it")

    adjourned = one(world)
    assert (adjourned.state, adjourned.moved, adjourned.window_ends) == (DiscussionState.BOOKED, 1, window)
    assert adjourned.started_at is None
    assert {asked.answer for asked in invitations(world)} == {InvitationAnswer.ASKED}
    asked = [(who, first) for who, how, _, first in since.said() if how == "sent" and "asked again" in first]
    assert sorted(asked) == [
        (name, "● You are asked again: Wednesday 25 November 2026, 08:30") for name in ("Helen Marsh", "Tom Bexley")
    ]
    assert "Adjourned: Tue 24 Nov, 16:00 → Wed 25 Nov, 08:30" in newest(world, "Sam Okoro")
    there = world.look(lambda store: store.discussions.attendance(adjourned.id))
    assert all(person.left_at is not None for person in there)


async def test_begun_again_it_goes_on_with_what_was_captured(world: World) -> None:
    await begun(world)
    await save(world, "Priya Nair", "item 9 A", **PLAN)
    await types(world, "Priya Nair", "adjourn to tomorrow 8:30am because health is not here", "adjourn it")
    assert "has not started yet" in await types(world, "Priya Nair", "note heard at school")
    world.clock.move_to(one(world).starts_at)

    shown = await types(world, "Priya Nair", "start SD-26-0412")

    assert "The grandmother, seen and willing" in str((await world.chat("Priya Nair").say("item 9 A")).card)
    assert "Set a new time" not in buttons(world.chat("Priya Nair").view(world.chat("Priya Nair").last))
    assert "children's social care" not in shown.split("Not quorate")[-1].split("not here")[0]
    again = one(world)
    rows = world.look(lambda store: store.discussions.attendance(again.id))
    assert [row.is_here for row in rows if row.person == again.chair] == [False, True]


async def test_the_choice_in_the_agenda_leads_there(world: World) -> None:
    await begun(world)
    await save(world, "Priya Nair", "item 9 A", **PLAN)
    chat = world.chat("Priya Nair")
    assert "Set a new time" not in buttons((await chat.say("agenda")).card)
    await save(
        world,
        "Priya Nair",
        "item 1",
        **{"opening.inquorate_choice": "adjourn", "opening.inquorate_reason": "No health"},
    )

    console = await chat.say("agenda")
    assert "Set a new time" in buttons(console.card)
    form = await chat.press(console.card, "Set a new time")
    assert "Adjourn SD-26-0412" in text(form.card)
    refused = await chat.press(form.card, "Next: check", change_reason="inquorate")
    assert "new time that is still to come" in text(refused.card)
    check = await chat.press(refused.card, "Next: check", when="tomorrow 8:30am")
    await chat.press(check.card, "Adjourn it")
    assert one(world).state is DiscussionState.BOOKED


async def test_who_does_not_chair_it_does_not_adjourn_it(world: World) -> None:
    await begun(world)
    world.clock.pass_by(minutes=5)

    assert "Only the chair can close SD-26-0412." in await types(world, "Ruth Adeyemi", "adjourn SD-26-0412")
    assert "can't find" in await types(world, "Helen Marsh", "adjourn SD-26-0999")
    assert one(world).starts_at + timedelta(minutes=5) == world.clock.now()

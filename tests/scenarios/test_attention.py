"""Who is disturbed when: leave, shifts, reminders put off, the list of the morning, nights that stay quiet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cards.action import OUT_OF_HOURS
from discussions.actions.nudging import sweep
from discussions.needs import Means
from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.scenarios.people import person_id
from tests.scenarios.reading import text
from tests.scenarios.test_digest import CHECKS, SEES, agreed, begun, since
from tests.scenarios.world import World

CHAIR, OWNER, OTHER = "Priya Nair", "Helen Marsh", "Kit Rowe"
LATER = "action Helen Marsh: send the custody log by 30/11/2026 12:00 tell chair"
AT_ONCE = "action safety: Helen Marsh: secure the phone by tomorrow 12:00 tell chair"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """Tuesday 24 November, nine o'clock."""
    async with World(make_url()) as world:
        await begun(world)
        yield world


async def moved_to(world: World, *, day: int, hour: int, minute: int = 0) -> None:
    """Time passes by the quarter of an hour, as ticks would see it."""
    until = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    while world.clock.now() < until:
        left = (until - world.clock.now()).total_seconds()
        await world.tick(seconds=min(left, 900))


def has_hours(name: str, hours: str) -> object:
    def change(means: Means) -> None:
        people = means.store.people
        agencies = list(people.agencies())
        desks = [desk for agency in agencies for desk in people.desks(agency.id)]
        everybody = [one for agency in agencies for one in people.of_agency(agency.id)]
        people.replace_all(
            agencies, desks, [replace(one, hours=hours) if one.name == name else one for one in everybody]
        )

    return change


async def test_who_is_away_is_not_reminded_and_whoever_stands_in_is(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    said = text((await world.chat(OWNER).say("away until 27/11/2026")).card)
    assert "Away until the end of Friday 27 November 2026" in said
    assert "Your reminders go to Kit Rowe." in said
    own, others = len(world.heard(OWNER)), len(world.heard(OTHER))

    await moved_to(world, day=25, hour=15)

    assert since(world, OWNER, own) == []
    assert "see A at school" in since(world, OTHER, others)[0]
    chairs = text((await world.chat(CHAIR).say("open SD-26-0412/1")).card)
    assert "The owner is away until the end of Friday 27 November 2026. Whoever stands in is reminded." in chairs


async def test_somebody_who_is_back_gets_one_card_with_what_is_open(world: World) -> None:
    await agreed(world, LATER, SEES)
    await world.settle()
    await world.chat(OWNER).say("away until 27/11/2026")
    before = len(world.heard(OWNER))

    await moved_to(world, day=30, hour=8, minute=1)

    [card] = since(world, OWNER, before)
    assert "Welcome back: 1 overdue, 1 due today" in card


async def test_back_earlier_is_shown_at_once_and_not_said_again(world: World) -> None:
    await agreed(world, LATER)
    await world.settle()
    await world.chat(OWNER).say("away until 27/11/2026")

    shown = text((await world.chat(OWNER).say("back")).card)
    assert "Welcome back: 1 later" in shown
    before = len(world.heard(OWNER))
    await moved_to(world, day=30, hour=8, minute=1)

    assert not [card for card in since(world, OWNER, before) if "Welcome back" in card]
    assert "You are not noted as away" in text((await world.chat(OWNER).say("back at work")).card)


async def test_only_oneself_or_whoever_leads_can_say_so(world: World) -> None:
    refused = text((await world.chat(OTHER).say("away Priya Nair until 27/11/2026")).card)
    assert "Only Priya Nair or whoever leads their desk" in refused

    noted = text((await world.chat(OWNER).say("away Kit Rowe until 27/11/2026")).card)
    assert "Kit Rowe is away." in noted
    assert "Kit Rowe is back" in text((await world.chat(OWNER).say("back at work Kit Rowe")).card)


@pytest.mark.parametrize(
    "words", ["away until 23/11/2026", "away until 24/11/2027", "away", "away Nobody until Friday"]
)
async def test_leave_that_cannot_be_is_refused_and_changes_nothing(world: World, words: str) -> None:
    await world.chat(OWNER).say(words)

    assert world.look(lambda store: store.attention.absences([person_id(OWNER)])) == []


async def test_what_is_urgent_reaches_who_is_away_and_whoever_stands_in(world: World) -> None:
    await world.install("Omar Haddad")
    await world.chat(OWNER).say("away until 27/11/2026")
    await agreed(world, AT_ONCE)
    own, others = len(world.heard(OWNER)), len(world.heard(OTHER))

    await moved_to(world, day=25, hour=12, minute=30)

    assert any("secure the phone" in card for card in since(world, OWNER, own))
    assert any("secure the phone" in card for card in since(world, OTHER, others))
    assert any("secure the phone" in text(message.card) for message in world.heard("Omar Haddad"))


async def test_what_is_urgent_comes_at_night_and_says_why(world: World) -> None:
    await agreed(world, AT_ONCE)
    await world.settle()
    before = len(world.heard(OWNER))

    await moved_to(world, day=24, hour=23)

    [card] = since(world, OWNER, before)
    assert OUT_OF_HOURS in card


async def test_a_reminder_that_could_not_be_sent_in_time_waits_for_the_morning(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    await moved_to(world, day=25, hour=14, minute=50)
    world.clock.pass_by(minutes=10)
    await world.run(sweep_only)
    world.clock.pass_by(hours=5)
    before = len(world.heard(OWNER))

    await world.settle()
    assert since(world, OWNER, before) == []

    await moved_to(world, day=26, hour=8)
    assert len(since(world, OWNER, before)) == 1


def sweep_only(means: Means) -> None:
    sweep(means, 100)


async def test_a_reminder_put_off_comes_when_it_was_asked_for(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    said = text((await world.chat(OWNER).say("snooze 1 until tomorrow 13:30")).card)
    assert "I remind you Wednesday 25 November 2026, 13:30." in said
    assert "Next reminder Wed 25 Nov, 13:30." in said
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=13)
    assert [card for card in since(world, OWNER, before) if "see A at school" in card and "Due" in card] == []

    await moved_to(world, day=25, hour=13, minute=45)
    assert "Due today by 15:00" in since(world, OWNER, before)[-1]


async def test_a_reminder_put_off_twice_comes_once(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    await world.chat(OWNER).say("snooze 1 until tomorrow 12:00")
    await world.chat(OWNER).say("snooze 1 until tomorrow 13:30")
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=12, minute=45)
    assert [card for card in since(world, OWNER, before) if "Due" in card] == []


async def test_the_card_has_a_button_for_it_and_keeps_what_was_typed(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    card = world.heard(OWNER)[-1]

    refused = await world.chat(OWNER).press(card, "Put it off", remind_until="27/11/2026 10:00")
    assert "It is due Wed 25 Nov, 15:00" in text(refused.card)

    put_off = await world.chat(OWNER).press(card, "Put it off", remind_until="tomorrow 13:30")
    assert "I remind you Wednesday 25 November 2026, 13:30." in text(put_off.card)


async def test_what_is_urgent_or_somebody_elses_cannot_be_put_off(world: World) -> None:
    await agreed(world, SEES, AT_ONCE)

    assert "can't be put off" in text((await world.chat(OWNER).say("snooze 2 until tomorrow 11am")).card)
    assert "Only" in text((await world.chat(CHAIR).say("snooze SD-26-0412/1 until tomorrow 11am")).card)
    assert world.look(lambda store: store.outbox.ledger({"snooze": ""})) == []


async def test_the_morning_brings_one_list_in_place_of_the_reminders(world: World) -> None:
    await agreed(world, SEES, CHECKS, LATER)
    await world.settle()
    for number in (1, 2, 3):
        await world.chat(OWNER).say(f"accept {number}")
    await moved_to(world, day=24, hour=18)
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=8, minute=15)

    [card] = since(world, OWNER, before)
    assert "Your actions · Wednesday 25 November" in card
    assert "1 due today, 1 later this week" in card
    assert "custody" not in card


async def test_who_has_one_thing_open_gets_its_own_card(world: World) -> None:
    await agreed(world, SEES)
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    await moved_to(world, day=24, hour=18)
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=8, minute=15)

    [card] = since(world, OWNER, before)
    assert "Due today by 15:00" in card


async def test_nothing_due_this_week_is_no_list(world: World) -> None:
    await agreed(world, LATER)
    await world.settle()
    before = len(world.heard(OWNER))

    await moved_to(world, day=26, hour=8, minute=15)

    assert since(world, OWNER, before) == []


async def test_the_list_comes_when_their_own_day_begins_and_how_often_they_want(world: World) -> None:
    await world.run(has_hours(OWNER, "Mon-Fri 10:00-18:00"))
    await agreed(world, SEES, CHECKS)
    await world.settle()
    for number in (1, 2):
        await world.chat(OWNER).say(f"accept {number}")
    await moved_to(world, day=24, hour=18)
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=9, minute=45)
    assert since(world, OWNER, before) == []
    await moved_to(world, day=25, hour=10)
    assert len(since(world, OWNER, before)) == 1

    assert "Once a week, as your working day begins." in text((await world.chat(OWNER).say("digest weekly")).card)
    assert "Once a week, at 10:30." in text((await world.chat(OWNER).say("digest at 10:30")).card)
    assert "Your list can come in these ways" in text((await world.chat(OWNER).say("digest never")).card)


async def test_whoever_chose_a_list_of_what_is_overdue_gets_it_on_such_days_alone(world: World) -> None:
    await agreed(world, SEES, CHECKS)
    await world.settle()
    for number in (1, 2):
        await world.chat(OWNER).say(f"accept {number}")
    await world.chat(OWNER).say("digest overdue")
    await moved_to(world, day=25, hour=8, minute=15)
    assert not [card for card in since(world, OWNER, 0) if "Your actions ·" in card]

    await moved_to(world, day=26, hour=8, minute=15)

    assert [card for card in since(world, OWNER, 0) if "Your actions · Thursday" in card]


async def test_how_often_can_be_pressed_on_the_list(world: World) -> None:
    await agreed(world, SEES, CHECKS)
    await world.settle()
    await moved_to(world, day=25, hour=8, minute=15)
    card = next(message for message in world.heard(OWNER) if "Your actions ·" in text(message.card))

    answer = await world.chat(OWNER).press(card, "Save", often="weekly", list_at="9:30")

    assert "Once a week, at 09:30." in text(answer.card)


async def test_each_reminder_on_the_list_has_its_own_line_in_the_ledger(world: World) -> None:
    await agreed(world, SEES, CHECKS)
    await world.settle()
    await moved_to(world, day=25, hour=8, minute=15)
    card = next(message for message in world.heard(OWNER) if "Your actions ·" in text(message.card))

    lines = world.look(lambda store: store.outbox.ledger({"person": person_id(OWNER)}))

    assert [(line.state, line.activity) for line in lines][-1] == (DeliveryState.SENT, card.id)


async def test_a_reminder_that_waits_for_ones_shift_waits_for_ones_return_where_somebody_stands_in(
    world: World,
) -> None:
    await world.run(has_hours(OWNER, "Mon-Fri 13:00-18:00"))
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 11:00 tell chair")
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    await moved_to(world, day=25, hour=11, minute=15)
    await world.chat(OWNER).say("away until 25/11/2026")
    before = len(world.heard(OWNER))

    await moved_to(world, day=25, hour=18)
    assert since(world, OWNER, before) == []

    await moved_to(world, day=26, hour=13)
    [card] = since(world, OWNER, before)
    assert "Welcome back: 1 overdue" in card


async def test_the_one_thing_of_the_morning_and_other_news_are_two_cards(world: World) -> None:
    await agreed(world, SEES, "action Kit Rowe: check records by 27/11/2026 12:00 tell Helen Marsh")
    await world.settle()
    await world.chat(OWNER).say("accept 1")
    await moved_to(world, day=25, hour=7, minute=45)
    before = len(world.heard(OWNER))
    world.clock.pass_by(minutes=15)
    await world.chat(OTHER).say("done 2 nothing found")

    await world.service.ticks.tick()

    cards = since(world, OWNER, before)
    assert len(cards) == 2
    assert [card for card in cards if "Due today by 15:00" in card]
    assert [card for card in cards if "Done at" in card]

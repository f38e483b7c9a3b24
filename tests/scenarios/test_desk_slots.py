"""A desk's lead keeps its slots in Teams: sees them, adds, reserves, removes; who has a place is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from discussions.ids import SlotId
from discussions.needs import Means
from discussions.people import DeskId, Person, Right
from discussions.slots.feed import FeedProblem
from discussions.slots.feeding import claim_feed, note_failure, note_unchanged
from discussions.slots.slot import Slot, SlotSource
from discussions.trail import Deed
from tests.conftest import MakeUrl
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World

LEAD, LOWER, BOOKER, CHAIR, ADMINISTRATOR = "Helen Marsh", "Kit Rowe", "Sam Okoro", "Priya Nair", "Ruth Adeyemi"
MORE = {LEAD: Right.LEAD, ADMINISTRATOR: Right.ADMINISTER}
THURSDAY = datetime(2026, 11, 26, 14, tzinfo=UTC)


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """Tuesday 24 November, nine o'clock; Helen Marsh leads the safeguarding unit's desk."""
    async with World(make_url()) as world:
        await world.run(give_rights)
        await world.install(LEAD, LOWER, BOOKER, CHAIR, ADMINISTRATOR)
        yield world


def give_rights(means: Means) -> None:
    people = means.store.people
    agencies = list(people.agencies())
    desks = [desk for agency in agencies for desk in people.desks(agency.id)]
    everybody = [with_right(one) for agency in agencies for one in people.of_agency(agency.id)]
    people.replace_all(agencies, desks, everybody)


def with_right(one: Person) -> Person:
    return replace(one, rights=one.rights | {MORE[one.name]}) if one.name in MORE else one


async def typed(world: World, who: str, words: str) -> str:
    return text((await world.chat(who).say(words)).card)


async def booked_at(world: World, when: str, reference: str = "SD-26-0412") -> None:
    """Sam books, Priya chairs; the police desk and the nurses are asked."""
    for words in (
        *("book", reference, "AB 14/05/2019", "physical, U3", when, "chair Priya Nair"),
        *(f"{LEAD}, Tom Bexley", "next", "book it"),
    ):
        await world.chat(BOOKER).say(words)
    await world.settle()


def slots(world: World) -> list[Slot]:
    found: list[Slot] = world.look(lambda store: list(store.slots.of_desk(DeskId("lighthouse"), world.clock.now())))
    return found


async def test_a_lead_adds_slots_and_sees_them_with_their_places(world: World) -> None:
    added = await typed(world, LEAD, "slots add thu 14:00 60 min x2")
    await typed(world, LEAD, "slots add Fri 10:00 30 min")
    shown = await typed(world, LEAD, "slots")

    assert "✓ Added: Thu 26 Nov, 14:00, 60 minutes, 2 places, 1 of them for urgent ones." in added
    assert shown.splitlines() == [
        "The next two weeks",
        "Slots of Safeguarding unit",
        "Places: 3 free, 0 taken. 2 kept for urgent discussions.",
        "Press a line to open it.",
        "Thu 26 Nov",
        "○ 14:00 to 15:00 2 free, 1 for urgent ›",
        "Fri 27 Nov",
        "○ 10:00 to 10:30 1 free, 1 for urgent ›",
        "You can also type: slots add Thu 14:00 60 min x2",
    ]


async def test_the_same_by_the_form_with_places_kept_for_urgent_ones_as_chosen(world: World) -> None:
    shown = await world.chat(LEAD).say("slots")

    shown = await world.chat(LEAD).press(
        shown.card, "Add it", slot_when="26/11 14:00", slot_minutes="30", slot_capacity="3", slot_reserved="2"
    )
    opened = await world.chat(LEAD).press(shown.card, "14:00 to 14:30 3 free, 2 for urgent")
    saved = await world.chat(LEAD).press(opened.card, "Save", slot_capacity="4", slot_reserved="0")
    back = await world.chat(LEAD).press(saved.card, "Back")

    assert "✓ Saved." in text(saved.card)
    assert "14:00 to 14:30 4 free" in text(back.card)
    assert [(one.minutes, one.capacity, one.reserved, one.source) for one in slots(world)] == [
        (30, 4, 0, SlotSource.HAND)
    ]


async def test_what_cannot_be_is_refused_and_what_was_typed_stands_in_the_form(world: World) -> None:
    shown = await world.chat(LEAD).say("slots")

    refused = await world.chat(LEAD).press(
        shown.card, "Add it", slot_when="yesterday 14:00", slot_minutes="90", slot_capacity="1", slot_reserved=""
    )

    assert "has already passed" in text(refused.card)
    assert "yesterday 14:00" in str(refused.card)
    assert slots(world) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("slots add", "Please say when, like this: slots add Thu 14:00 60 min x2"),
        ("slots add Thu 60 min", "There is no time yet for Thursday 26 November 2026"),
        ("slots add Thu 14:00 3 min", "A slot lasts 5 to 480 minutes."),
        ("slots add Thu 14:00 60 min x0", "A slot has 1 to 50 places."),
        ("slots add 26/11/2028 14:00 60 min", "more than two years ahead"),
        ("slots add Tue 08:00", "Please type the date"),
        ("slots remove Thu 14:00", "The desk has no slot on Thu 26 Nov, 14:00. Nothing was changed."),
        ("slots remove", "Please say when, like this: slots remove Thu 14:00"),
        ("slots reserve Thu 14:00", "Please say when and how many, like this: slots reserve Thu 14:00 1"),
        ("slots reserve Thu 14:00 1", "The desk has no slot on"),
        ("slots nowhere", "Only the lead of a desk, or an administrator, can change its slots."),
    ],
)
async def test_a_typed_line_that_cannot_be_is_answered_with_the_way_on(world: World, words: str, said: str) -> None:
    assert said in await typed(world, LEAD, words)
    assert slots(world) == []


async def test_two_slots_of_a_desk_never_overlap(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min")

    assert "The desk has a slot then already: Thu 26 Nov, 14:00 to 15:00." in await typed(
        world, LEAD, "slots add thu 13:30 45 min"
    )
    assert "✓ Added" in await typed(world, LEAD, "slots add thu 13:30 30 min")


async def test_who_is_no_lead_is_refused_politely_and_learns_nothing(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min")
    shown = (await world.chat(LEAD).say("slots")).card

    for who in (LOWER, BOOKER):
        for words in ("slots", "slots Safeguarding unit", "slots add thu 16:00", "slots remove thu 14:00"):
            answer = await typed(world, who, words)
            assert "Only the lead of a desk, or an administrator, can change its slots. Nothing was changed." in answer
    forged = await world.chat(LOWER).press(shown, "14:00 to 15:00 1 free, 1 for urgent")

    assert "I can't find that slot" in str(forged.body)
    assert len(slots(world)) == 1
    assert "slots add" not in await typed(world, LOWER, "help")
    assert "slots add" in await typed(world, LEAD, "help")


async def test_an_administrator_keeps_the_slots_of_every_desk(world: World) -> None:
    which = await world.chat(ADMINISTRATOR).say("slots")
    asked = await typed(world, ADMINISTRATOR, "slots add thu 14:00 60 min")
    added = await typed(world, ADMINISTRATOR, "slots add thu 14:00 60 min for Safeguarding unit")
    shown = await typed(world, ADMINISTRATOR, "slots Avon and Somerset Police, Safeguarding unit")

    assert "Slots of which desk?" in text(which.card)
    assert "Please say for which desk" in asked
    assert "✓ Added: Thu 26 Nov, 14:00" in added
    assert "14:00 to 15:00 1 free" in shown


async def test_a_free_slot_is_removed_at_once(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min")

    assert "✓ Removed: Thu 26 Nov, 14:00." in await typed(world, LEAD, "slots remove thu 14:00")
    assert "There are none." in await typed(world, LEAD, "slots")


async def test_a_taken_slot_is_removed_only_after_asking_and_booker_and_chair_are_told(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min x2")
    await typed(world, LEAD, "slots reserve thu 14:00 0")
    await booked_at(world, "Thu 14:00")
    assert "1 free, 1 taken" in await typed(world, LEAD, "slots")
    before = {name: len(world.heard(name)) for name in (BOOKER, CHAIR, LEAD)}

    asked = await world.chat(LEAD).say("slots remove thu 14:00")
    assert "▲ 1 discussion has a place of it" in text(asked.card)
    assert "SD-26-0412" in text(asked.card)
    assert not slots(world)[0].withdrawn
    removed = await world.chat(LEAD).press(asked.card, "Take it back")
    await world.settle()

    assert "✓ Removed: Thu 26 Nov, 14:00. Whoever booked and chairs it is told." in text(removed.card)
    assert slots(world)[0].withdrawn
    for name in (BOOKER, CHAIR):
        [told] = world.heard(name)[before[name] :]
        assert told.summary == "A desk's slots need a look"
        assert text(told.card).splitlines()[:3] == [
            "▲ A desk can't come after all",
            "SD-26-0412",
            "Desk: Safeguarding unit, Avon and Somerset Police",
        ]
        assert "Open the discussion" in buttons(told.card)
    assert len(world.heard(LEAD)) == before[LEAD] + 1
    deeds = world.look(
        lambda store: [(one.who, one.why) for one in store.trail.entries() if one.deed is Deed.SLOT_CHANGED]
    )
    assert deeds == [(person_id(LEAD), why) for why in ("added", "places set", "removed")]


async def test_keeping_it_changes_nothing(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min x2")
    await typed(world, LEAD, "slots reserve thu 14:00 0")
    await booked_at(world, "Thu 14:00")

    asked = await world.chat(LEAD).say("slots remove thu 14:00")
    kept = await world.chat(LEAD).press(asked.card, "Keep it")

    assert "Thursday 26 November 2026, 14:00 to 15:00" in text(kept.card)
    assert not slots(world)[0].withdrawn


async def test_fewer_places_than_are_taken_are_refused(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min x3")
    await typed(world, LEAD, "slots reserve thu 14:00 0")
    for number in (1, 2):
        await booked_at(world, "Thu 14:00", f"SD-26-041{number}")
    shown = await world.chat(LEAD).say("slots")
    opened = await world.chat(LEAD).press(shown.card, "14:00 to 15:00 1 free, 2 taken")

    refused = await world.chat(LEAD).press(opened.card, "Save", slot_capacity="1", slot_reserved="0")

    assert "2 discussions have a place of this slot. Please leave at least 2." in text(refused.card)
    assert slots(world)[0].capacity == 3


async def test_a_stale_press_changes_nothing_and_says_so(world: World) -> None:
    await typed(world, LEAD, "slots add thu 14:00 60 min x3")
    shown = await world.chat(LEAD).say("slots")
    opened = await world.chat(LEAD).press(shown.card, "14:00 to 15:00 3 free, 1 for urgent")
    await typed(world, ADMINISTRATOR, "slots reserve thu 14:00 2 for Safeguarding unit")

    stale = await world.chat(LEAD).press(opened.card, "Save", slot_capacity="1", slot_reserved="0")
    gone = await world.chat(LEAD).press(opened.card, "Remove it")

    assert "Somebody has changed this slot meanwhile. Nothing was changed." in text(stale.card)
    assert "Nothing was changed." in text(gone.card)
    assert [(one.capacity, one.reserved, one.withdrawn) for one in slots(world)] == [(3, 2, False)]


async def test_a_slot_of_a_file_or_calendar_stays_as_it_was_changed_by_hand(world: World) -> None:
    slot = Slot(
        SlotId("s1"), DeskId("lighthouse"), THURSDAY, 60, source=SlotSource.FEED, source_key="feed 2026-11-26T14:00Z"
    )
    world.look(lambda store: store.slots.add([slot]))
    shown = await world.chat(LEAD).say("slots")

    opened = await world.chat(LEAD).press(shown.card, "14:00 to 15:00 1 free")
    await world.chat(LEAD).press(opened.card, "Remove it")

    assert "What you change here stays so" in text(opened.card)
    [kept] = slots(world)
    assert (kept.withdrawn, kept.source, kept.source_key) == (True, SlotSource.HAND, slot.source_key)


def fails(means: Means) -> None:
    """The calendar of the police desk could not be read once more."""
    feed = claim_feed(means, DeskId("lighthouse"), "digest")
    assert feed is not None
    note_failure(means, feed, FeedProblem.WRONG_TYPE)


async def test_a_calendar_that_breaks_is_told_to_lead_and_administrator_and_shows_until_it_is_well(
    world: World,
) -> None:
    before = {name: len(world.heard(name)) for name in (LEAD, ADMINISTRATOR, LOWER)}
    for _ in range(3):
        await world.run(fails)
        await world.tick(hours=1)
    await world.settle()

    for name in (LEAD, ADMINISTRATOR):
        [told] = world.heard(name)[before[name] :]
        assert told.summary == "A desk's slots need a look"
        assert "a web page comes instead of a calendar" in text(told.card)
        shown = await world.chat(name).press(told, "Show the slots")
        assert "▲ The desk's calendar can't be read at present" in text(shown.card)
    assert len(world.heard(LOWER)) == before[LOWER]


async def test_a_calendar_that_is_well_again_before_it_is_told_is_not_told(world: World) -> None:
    before = len(world.heard(LEAD))
    for _ in range(3):
        await world.run(fails)
        world.clock.pass_by(hours=1)
    await world.run(lambda means: note_unchanged(means, claim_feed(means, DeskId("lighthouse"), "digest")))
    await world.settle()

    assert len(world.heard(LEAD)) == before

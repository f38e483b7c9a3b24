"""The chair or the booking is handed over, and the duty desk takes over out of hours."""

from __future__ import annotations

from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import Since, booked, newest, one, types
from tests.scenarios.world import World

ASKED = "● Will you take the chair of SD-26-0412?"


def sent(since: Since) -> list[tuple[str, str]]:
    return sorted((who, first) for who, how, _, first in since.said() if how == "sent" and "answer" not in _)


async def test_the_chair_is_handed_over_once_the_other_accepts(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    since = Since(world)

    shown = await types(world, "Priya Nair", "hand over SD-26-0412 to Joan Priest: I am in court")
    assert "Asked to take the chair: Joan Priest, who has not accepted yet" in shown
    assert one(world).chair == person_id("Priya Nair")
    assert sent(since) == [("Joan Priest", ASKED)]
    asked = newest(world, "Joan Priest")
    assert "“I am in court”" in asked
    assert "AB" not in asked

    joan = world.chat("Joan Priest")
    shown = await joan.press(joan.last, "I'll take it")
    await world.settle()

    assert (one(world).chair, one(world).chair_asked) == (person_id("Joan Priest"), None)
    assert "Children:" in text(shown.card), "who chairs sees the children"
    assert sent(since) == [
        ("Priya Nair", "✓ Joan Priest has taken over the chair"),
        ("Ruth Adeyemi", "SD-26-0412 · initial · booked"),
        ("Sam Okoro", "SD-26-0412 · initial · booked"),
    ]
    assert "Chair: Joan Priest" in newest(world, "Helen Marsh")
    assert "can't find" in await types(world, "Priya Nair", "start SD-26-0412")
    assert "has it already" in await types(world, "Joan Priest", "hand over SD-26-0412 to Joan Priest")


async def test_whoever_says_no_leaves_it_where_it_was(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world)
    await types(world, "Priya Nair", "hand over chair of SD-26-0412 to Joan Priest")
    since = Since(world)

    shown = await types(world, "Joan Priest", "not taking over SD-26-0412 I am on leave")

    assert "You are not asked any more." in shown
    assert one(world).chair_asked is None
    own = ("Joan Priest", "○ The chair of SD-26-0412")
    assert sent(since) == [own, ("Priya Nair", "▲ Joan Priest does not take over the chair")]
    assert "“I am on leave”" in newest(world, "Priya Nair")
    assert "Nothing of SD-26-0412 is handed to you" in await types(world, "Joan Priest", "take over SD-26-0412")


async def test_only_the_chair_hands_the_chair_over_and_only_to_who_may_chair(world: World) -> None:
    await booked(world)

    refused = await types(world, "Sam Okoro", "hand over chair of SD-26-0412 to Joan Priest")
    assert "Only the chair can hand over the chair of SD-26-0412." in refused
    refused = await types(world, "Priya Nair", "hand over SD-26-0412 to Helen Marsh")
    assert "somebody whose role may chair" in refused
    assert "can change the booking of" in await types(world, "Helen Marsh", "hand over SD-26-0412 to Sam Okoro")
    assert one(world).chair_asked is None


async def test_who_was_asked_before_somebody_else_is_not_asked_any_more(world: World) -> None:
    await world.install("Joan Priest")
    await booked(world)
    await types(world, "Sam Okoro", "hand over SD-26-0412 to Priya Nair")
    priya = world.chat("Priya Nair")
    offered = priya.last
    await types(world, "Sam Okoro", "hand over SD-26-0412 to Joan Priest")

    late = await priya.press(offered, "I'll take it")

    assert "You are not asked to take over the booking of SD-26-0412 any more." in text(late.card)
    assert one(world).booker == person_id("Sam Okoro")
    await types(world, "Joan Priest", "take over SD-26-0412")
    assert one(world).booker == person_id("Joan Priest")


async def test_the_booking_is_handed_over_from_its_card(world: World) -> None:
    await booked(world)
    sam = world.chat("Sam Okoro")
    card = await sam.say("change SD-26-0412")
    refused = await sam.press(card.card, "Ask them", part="booking", to="Nobody Known")
    assert one(world).booker_asked is None
    assert "Nobody Known" in str(refused.card)
    await sam.press(card.card, "Ask them", part="booking", to="Priya Nair", hand_words="my leave begins")
    assert one(world).booker_asked == person_id("Priya Nair")


async def test_the_duty_desk_gets_why_the_plan_and_whom_to_ring_and_says_that_it_has_it(world: World) -> None:
    await world.install("Omar Haddad")
    await booked(world)
    assert "can't find" in await types(world, "Omar Haddad", "open SD-26-0412")
    assert "what is planned" in await types(world, "Priya Nair", "hand over SD-26-0412 to EDT: no police until ten")
    since = Since(world)

    line = "hand over SD-26-0412 to EDT: no police until ten; plan: ring the ward at eight"
    await types(world, "Priya Nair", line)

    assert sent(since) == [("Omar Haddad", "● SD-26-0412 is handed to you")]
    card = newest(world, "Omar Haddad")
    assert "Why: no police until ten" in card
    assert "Plan: ring the ward at eight" in card
    assert "Priya Nair, Team manager: 0117 496 0101" in card
    assert "Emergency services: 999" in card
    omar = world.chat("Omar Haddad")
    await omar.press(omar.last, "We have it")
    await world.settle()
    assert [who for who, _ in sent(since)] == ["Priya Nair", "Ruth Adeyemi", "Sam Okoro"]
    assert "The duty desk has it: by Omar Haddad" in newest(world, "Priya Nair")
    assert "We have it" not in buttons((await omar.say("take over SD-26-0412")).card)
    assert "SD-26-0412" in await types(world, "Omar Haddad", "diary")

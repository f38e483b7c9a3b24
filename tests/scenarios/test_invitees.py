"""The right people: proposed from what the booker says, taken or left out with a reason, and kept."""

from __future__ import annotations

from typing import Any

from bot.demonstration import fictitious_directory
from bot.settings import DEMONSTRATION_TENANT
from discussions.booking.kept_proposals import KeptProposal, Outcome
from discussions.directory import import_directory
from storage.directory_file import parse_directory
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.people import Answer, Chat

MOST_PRESSES = 12


async def in_the_demonstration(world: World) -> Chat:
    rows = parse_directory(fictitious_directory().replace(DEMONSTRATION_TENANT, world.channel.tenant))
    await world.run(import_directory, rows)
    await world.install("Priya Nair")
    return world.chat("Priya Nair")


class Presses:
    """Counts what a thumb does: each button, and each choice or tick beside it. Typing into a field is no press."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.count = 0

    async def press(self, card: Any, title: str, *, chosen: dict[str, str] | None = None, **typed: str) -> Answer:
        self.count += 1 + sum(len(value.split(",")) for value in (chosen or {}).values())
        return await self.chat.press(card, title, {**typed, **(chosen or {})})


async def typed(chat: Chat, *lines: str) -> str:
    for line in lines:
        shown = await chat.say(line)
    return text(shown.card)


def kept(world: World, reference: str) -> dict[str, KeptProposal]:
    """By the name under which they were proposed."""
    booked = world.look(lambda store: store.discussions.by_reference(reference))
    return {str(one.name): one for one in world.look(lambda store: store.discussions.proposals(booked.id))}


async def test_two_children_a_siblings_school_and_domestic_abuse_take_few_presses(world: World) -> None:
    thumb = Presses(await in_the_demonstration(world))
    shown = await thumb.chat.say("book")

    shown = await thumb.press(shown.card, "Next: children")
    shown = await thumb.press(
        shown.card, "Next: concern", children="AB 14/05/2019\nCD 02/09/2024", schools="Ashgrove Primary, Hillview"
    )
    concern = {"harms": "PHY", "facts": "domestic_abuse", "urgency": "U2"}
    shown = await thumb.press(shown.card, "Next: day and time", chosen=concern)
    shown = await thumb.press(shown.card, "Next: chair", when="today 4pm")
    shown = await thumb.press(shown.card, "Next: who is asked")
    assert "Health: Safeguarding nurses" in text(shown.card)
    assert "because every strategy discussion needs health; a child is under 5 (B); " in text(shown.card)
    assert "Education: Hillview Secondary School" in text(shown.card)
    assert "because domestic abuse was ticked" in text(shown.card)
    shown = await thumb.press(shown.card, "Next")
    booked = await thumb.press(shown.card, "Book it")

    assert "booked" in text(booked.card)
    assert thumb.count <= MOST_PRESSES
    outcomes = {name: one.outcome for name, one in kept(world, "SD-26-0001").items()}
    assert outcomes == {
        "Children's social care: Assessment team": Outcome.MET,
        "Police: Child abuse investigation": Outcome.TAKEN,
        "Health: Safeguarding nurses": Outcome.TAKEN,
        "Education: Ashgrove Primary School": Outcome.TAKEN,
        "Education: Hillview Secondary School": Outcome.TAKEN,
        "Domestic abuse service: IDVA team": Outcome.TAKEN,
    }
    for asked in ("Police, Child abuse investigation", "Education, Hillview Secondary School", "IDVA team"):
        assert asked in text(booked.card)


async def test_whoever_is_left_out_is_asked_about_once_and_kept_with_the_reason(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "AB 14/05/2019; schools: Ashgrove Primary", "physical, domestic abuse, U2")
    await typed(chat, *start, "today 4pm")
    shown = await chat.say("chair me")
    idva = next(field for field in fields(shown.card) if "idva" in field)

    asked = await chat.press(shown.card, "Next", {idva: "false"})
    assert "Why without Domestic abuse service: IDVA team" in text(asked.card)
    why = {idva.replace("ask.", "why."): "not_safe_yet", idva.replace("ask.", "words."): "mother has not disclosed"}
    checked = await chat.press(asked.card, "Next", why)
    assert "Domestic abuse service: IDVA team: mother has not disclosed" in text(checked.card)
    await chat.press(checked.card, "Book it")

    idva_kept = kept(world, "SD-26-0412")["Domestic abuse service: IDVA team"]
    assert (idva_kept.outcome, idva_kept.reason) == (Outcome.DECLINED, "not_safe_yet")
    assert (idva_kept.words, idva_kept.invitation) == ("mother has not disclosed", None)


def fields(card: Any) -> list[str]:
    if isinstance(card, list):
        return [id for inner in card for id in fields(inner)]
    if not isinstance(card, dict):
        return []
    own = [str(card["id"])] if card.get("type") == "Input.Toggle" else []
    return own + [id for name, inner in card.items() if name != "fallback" for id in fields(inner)]


async def test_who_gives_no_reason_is_asked_once_and_then_goes_on(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "AB 14/05/2019; schools: Ashgrove Primary", "physical, domestic abuse, U2")
    await typed(chat, *start, "today 4pm", "chair me", "without IDVA")

    assert "Please say why, or press Next again without." in await typed(chat, "next")
    assert "IDVA team, no reason given" in await typed(chat, "next")
    await typed(chat, "book it")

    idva = kept(world, "SD-26-0412")["Domestic abuse service: IDVA team"]
    assert (idva.outcome, idva.reason, idva.words) == (Outcome.DECLINED, None, None)


async def test_everything_can_be_typed(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "AB 14/05/2019; schools: Ashgrove Primary", "physical, domestic abuse, landlord, U2")
    await typed(chat, *start, "today 4pm", "chair me")

    assert "Why without" in await typed(chat, "without IDVA: mother has not disclosed")
    assert "[Housing: Monica Dale, Housing officer: true]" in await typed(chat, "with housing")
    assert "Police: DS Helen Marsh, Detective sergeant" in await typed(chat, "Helen Marsh")
    assert "I can't tell who “the queen” is" in await typed(chat, "without the queen")
    assert "step 7 of 7" in await typed(chat, "next")
    assert "booked" in await typed(chat, "book it")

    outcomes = {name: one.outcome for name, one in kept(world, "SD-26-0412").items()}
    assert outcomes["Domestic abuse service: IDVA team"] is Outcome.DECLINED
    assert outcomes["Housing: Monica Dale, Housing officer"] is Outcome.TAKEN
    assert outcomes["Police: Child abuse investigation"] is Outcome.MET


async def test_a_school_that_the_directory_lacks_is_rung(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "AB 14/05/2019; schools: Fairfield High", "physical, U2", "today 4pm", "chair me")

    assert "Not in the directory: please ring them" in await typed(chat, *start)
    assert "Not in the directory, so ring: Fairfield High." in await typed(chat, "next")
    assert "Not in the directory, please ring: Fairfield High" in await typed(chat, "book it")


async def test_a_child_of_school_age_without_a_school_is_asked_about_and_never_blocks(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 4pm", "chair me", "next")

    assert "No school or nursery is named, though a child is of school age (A)." in await typed(chat, *start)
    assert "booked" in await typed(chat, "book it")


async def test_a_restricted_discussion_says_how_many_would_know_of_it_through_desks(world: World) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "restricted SD-26-0412", "AB 14/05/2019", "physical, U2", "today 4pm")

    asked = await typed(chat, *start, "chair me")
    assert "It is restricted, and 6 people on the desks that are asked will know of it." in asked
    await typed(chat, "Helen Marsh, Tom Bexley", "without safeguarding nurses: the named doctor comes")
    assert "will know of it" not in await typed(chat, "next")


async def test_a_tick_that_the_card_never_offered_is_refused(world: World) -> None:
    chat = await in_the_demonstration(world)
    await typed(chat, "book", "SD-26-0412")
    shown = await chat.say("AB 14/05/2019")

    refused = await chat.press(shown.card, "Next: day and time", {"harms": "PHY", "facts": "x", "urgency": "U2"})

    assert "Not saved: Please tick what else is so from the list." in text(refused.card)


async def test_whom_the_facts_add_to_the_quorum_is_shown_while_booking_on_the_booking_and_at_the_start(
    world: World,
) -> None:
    chat = await in_the_demonstration(world)
    start = ("book", "SD-26-0412", "unborn 20/03/2027", "physical, medical, U2", "today 4pm")

    assert "Also needed, and asked: Midwifery, Paediatrics" in await typed(chat, *start, "chair me")
    left_out = await typed(chat, "without paediatrician: it is only talked about")
    assert "All core agencies are asked; not asked yet" in left_out
    assert "Paediatrics, because there is an injury, a possible medical" in left_out
    assert "Not asked: Paediatrics, because there is an injury" in await typed(chat, "next")
    booked = await typed(chat, "book it")
    assert "Midwifery: expected, needed because a baby is expected or newly born" in booked
    assert "Paediatrics: nobody expected, needed because there is an injury" in booked

    started = await typed(chat, "start SD-26-0412")
    assert "Midwifery" in started
    assert "Paediatrics" in started

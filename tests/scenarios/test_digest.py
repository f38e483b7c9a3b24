"""Several things for one person at once come on one card; each stays a message of its own and is accounted for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.answers.digest import about
from bot.front_door import OPENED_BELOW
from bot.sending.budgets import Budgets
from bot.sending.letters import compose
from bot.sending.outbox import LEASE, claim
from bot.showing import show
from bot.shown import Turn
from cards.repeat import MAY_BE_A_REPEAT
from discussions.ids import MessageId
from discussions.needs import Means, Store
from discussions.people import Person
from discussions.post import IN_DIGEST, Delivery, DeliveryState
from discussions.refusals import NotFound
from tests.conftest import MakeUrl
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World
from tests.teams.faults import Fault

CHAIR, OWNER, OTHER = "Priya Nair", "Helen Marsh", "Kit Rowe"
SEES = "action Helen Marsh: see A at school by tomorrow 15:00 tell chair"
SENDS = "action Helen Marsh: send the custody log by tomorrow 12:00 tell chair"
CHECKS = "action Helen Marsh: check records by 27/11/2026 10:00 tell chair"
AT_ONCE = "action safety: Helen Marsh: secure the phone by today 12:00 tell chair"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url()) as world:
        await begun(world)
        yield world


async def begun(world: World) -> None:
    """A discussion has started, and nothing waits to be said."""
    await world.install(CHAIR, OWNER, OTHER)
    for words in (
        *("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 2pm", "chair me"),
        *(f"{OWNER}, Tom Bexley", "next", "book it", "start SD-26-0412"),
    ):
        await world.chat(CHAIR).say(words)
    await world.settle()


async def agreed(world: World, *actions: str) -> None:
    for action in actions:
        await world.chat(CHAIR).say(action)


def since(world: World, name: str, before: int) -> list[str]:
    return [text(message.card) for message in world.heard(name)[before:]]


async def test_three_actions_agreed_at_once_come_on_one_card(world: World) -> None:
    before = len(world.heard(OWNER))
    await agreed(world, SEES, SENDS, CHECKS)

    await world.settle()

    [card] = since(world, OWNER, before)
    assert "3 to answer" in card
    assert card.index("send the custody log") < card.index("see A at school") < card.index("check records")
    assert "SD-26-0412/1" in card


async def test_each_of_them_has_a_line_of_its_own_in_the_ledger_naming_the_one_card(world: World) -> None:
    await agreed(world, SEES, SENDS, CHECKS)
    await world.settle()

    lines = told_of_actions(world)

    assert [(line.state, line.code) for line in lines] == [(DeliveryState.SENT, IN_DIGEST)] * 3
    assert {line.activity for line in lines} == {world.heard(OWNER)[-1].id}


async def test_a_line_pressed_opens_its_card_below_and_the_list_stays(world: World) -> None:
    await agreed(world, SEES, SENDS)
    await world.settle()
    digest = world.heard(OWNER)[-1]

    answer = await world.chat(OWNER).press(digest, row_of(digest.card, "see A at school"))

    assert answer.sentence == OPENED_BELOW
    below = world.heard(OWNER)[-1]
    assert "Can you take this on?" in text(below.card)
    assert "2 to answer" in text(digest.card)
    done = await world.chat(OWNER).press(below, "Save as done", note="seen")
    assert "Done at" in text(done.card)


async def test_one_thing_to_answer_comes_with_its_buttons_and_the_news_beside_it(world: World) -> None:
    await agreed(world, "action Kit Rowe: check records by tomorrow 12:00 tell Helen Marsh")
    await world.settle()
    await agreed(world, SEES)
    await world.chat(OTHER).say("done 1 nothing found")
    before = len(world.heard(OWNER))

    await world.settle()

    asked, known = world.heard(OWNER)[before:]
    assert "Accept" in buttons(asked.card)
    assert "Done at" in text(known.card)


async def test_what_came_of_actions_is_among_what_asks_for_an_answer_until_it_is_received(world: World) -> None:
    await agreed(world, SEES, SENDS)
    await world.settle()
    before = len(world.heard(CHAIR))
    for number in (1, 2):
        await world.chat(OWNER).say(f"done {number} it is in the file")

    await world.settle()

    [digest] = world.heard(CHAIR)[before:]
    assert "2 to answer" in text(digest.card)
    assert "For you to know" not in text(digest.card)
    id = digest_of(world, CHAIR)
    await world.chat(CHAIR).say("received 1")
    assert "1 to answer, 1 to know" in text(shown(world, person(world, CHAIR), id))


async def test_what_is_urgent_comes_by_itself_and_first(world: World) -> None:
    before = len(world.heard(OWNER))
    await agreed(world, SEES, SENDS, AT_ONCE)

    await world.settle()

    urgent, digest = since(world, OWNER, before)
    assert "secure the phone" in urgent
    assert "2 to answer" in digest
    assert "secure the phone" not in digest


async def test_nobody_is_asked_to_answer_what_has_ended_meanwhile(world: World) -> None:
    before = len(world.heard(OWNER))
    await agreed(world, SEES, SENDS, CHECKS)
    await world.chat(CHAIR).say("cancel action 2 not needed")

    await world.settle()

    card = since(world, OWNER, before)[0]
    assert "2 to answer, 1 to know" in card
    assert "Cancelled by the chair send the custody log" in " ".join(card.split())


async def test_a_card_that_may_have_arrived_comes_once_more_and_says_so(world: World) -> None:
    await agreed(world, SEES, SENDS)
    before = len(world.heard(OWNER))
    world.channel.faults.add(Fault(502, conversation=world.chat(OWNER).room.id))

    await world.settle()
    await world.tick(minutes=1)

    [again] = since(world, OWNER, before)
    assert MAY_BE_A_REPEAT in again
    assert "2 to answer" in again
    states = [line.state for line in told_of_actions(world)]
    assert states == [DeliveryState.MAYBE_SENT] * 2 + [DeliveryState.SENT] * 2


async def test_a_sender_that_dies_between_sending_and_noting_leaves_at_most_a_marked_repeat(world: World) -> None:
    await agreed(world, SEES, SENDS)
    before = len(world.heard(OWNER))

    def dies(means: Means) -> None:
        found = claim(means, "dead", 32, None)
        compose(means, found.claimed, "")

    await world.run(dies)
    await world.tick(seconds=LEASE.total_seconds() + 1)

    [again] = since(world, OWNER, before)
    assert MAY_BE_A_REPEAT in again
    assert "2 to answer" in again


async def test_whoever_has_blocked_chairside_is_told_of_to_the_chair_for_each_message(world: World) -> None:
    await agreed(world, SEES, SENDS)
    world.chat(OWNER).block()
    before = len(world.heard(CHAIR))

    await world.settle()

    told = [card for card in since(world, CHAIR, before) if "Not reached" in card]
    assert len(told) == 2
    assert [line.state for line in told_of_actions(world)] == [DeliveryState.BLOCKED] * 2


async def test_what_comes_within_the_minute_waits_for_its_end_and_comes_together(make_url: MakeUrl) -> None:
    async with World(make_url(), budgets=Budgets()) as world:
        await begun(world)
        world.clock.pass_by(minutes=5)
        before = len(world.heard(OWNER))
        for action in (SEES, SENDS, CHECKS):
            await agreed(world, action)
            await world.settle()
            world.clock.pass_by(seconds=10)

        assert len(since(world, OWNER, before)) == 1
        await agreed(world, AT_ONCE)
        await world.settle()
        assert "secure the phone" in since(world, OWNER, before)[-1]

        await world.tick(seconds=31)

        [_, _, digest] = since(world, OWNER, before)
        assert "2 to answer" in digest


async def test_the_list_can_be_shown_again_but_never_somebody_elses(world: World) -> None:
    await agreed(world, SEES, SENDS)
    await world.settle()
    said = [line.message for line in told_of_actions(world)]
    id = next(one for one in said if world.look(lambda store, id=one: store.outbox.bound(id)))
    own, others = (person(world, name) for name in (OWNER, OTHER))

    assert "2 to answer" in text(shown(world, own, id))
    with pytest.raises(NotFound):
        shown(world, others, id)


def person(world: World, name: str) -> Person:
    found: Person = world.look(lambda store: store.people.person(person_id(name)))
    return found


def shown(world: World, who: Person, id: MessageId) -> dict[str, Any]:
    def look(means: Means) -> dict[str, Any]:
        card = show(Turn(means, who, "chat"), about(id))
        return card.content

    found: dict[str, Any] = world.service.transactions.run_now(look)
    return found


def digest_of(world: World, name: str) -> MessageId:
    """Any message of the two on the card that said what came of the actions."""

    def find(store: Store) -> list[MessageId]:
        actions = [one.id for one in store.actions.unheard_of_chair(person_id(name))]
        said = [told for id in actions for told in store.told.about("action", id)]
        told = [one.message for one in said if one.recipient == person_id(name)]
        return [id for id in told if len(store.outbox.bound(id)) == 2]

    return MessageId(world.look(find)[0])


def told_of_actions(world: World) -> list[Delivery]:
    """What the ledger has of the owner's own action cards."""

    def lines(store: Store) -> list[Delivery]:
        whom = person_id(OWNER)
        actions = [one.id for one in store.actions.of_person(whom, None)]
        own = {told.message for id in actions for told in store.told.about("action", id) if told.recipient == whom}
        return [line for id in actions for line in store.outbox.ledger({"action": id}) if line.message in own]

    found: list[Delivery] = world.look(lines)
    return sorted(found, key=lambda line: line.at)


def row_of(card: dict[str, Any], words: str) -> str:
    return next(title for title in buttons(card) if words in title)

"""A message that cannot be made: it is tried again for a while, ends, and holds up nobody for good."""

from __future__ import annotations

from bot.sending.accounting import GIVES_UP_AFTER_ATTEMPTS, LONGEST_PAUSE
from bot.sending.budgets import Budgets
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.post import DeliveryState, Message, MessageKind
from tests.conftest import MakeUrl
from tests.scenarios.flood import flood
from tests.scenarios.people import person_id
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.faults import Fault

UNHEARD_OF = MessageId("unheard-of")
BOOKING = (
    *("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me, minutes Ruth Adeyemi"),
    *("Helen Marsh, Tom Bexley", "next", "book it"),
)


def leave_what_nobody_can_show(means: Means) -> None:
    """As an older or newer version of the service might."""
    chat = means.store.conversations.installed_for(person_id("Helen Marsh"))
    assert chat is not None
    about = {"card": "unheard of:1", "activity": "1"}
    kind, helen, where = MessageKind.REFRESH, person_id("Helen Marsh"), chat.conversation
    message = Message(UNHEARD_OF, kind, about, helen, where, "a key", means.now, replaces_card=True)
    means.store.outbox.put(message)


async def test_a_message_that_cannot_be_made_ends_and_holds_up_nobody_for_good(world: World) -> None:
    await world.install("Priya Nair", "Helen Marsh", "Tom Bexley")
    await world.run(leave_what_nobody_can_show)
    for words in BOOKING:
        await world.chat("Priya Nair").say(words)

    await world.settle()
    assert "You are asked" in text(world.heard("Tom Bexley")[-1].card)

    for _ in range(GIVES_UP_AFTER_ATTEMPTS):
        await world.tick(seconds=LONGEST_PAUSE.total_seconds())
    assert "You are asked" in text(world.heard("Helen Marsh")[-1].card)
    assert world.look(lambda store: store.outbox.state(UNHEARD_OF)) is DeliveryState.GAVE_UP


async def test_what_is_tried_again_does_not_wait_for_the_minute_in_which_news_is_gathered(make_url: MakeUrl) -> None:
    async with World(make_url(), budgets=Budgets()) as world:
        flooded = flood(world, 1)
        world.channel.faults.add(Fault(429, retry_after="2"), Fault(503))

        await world.settle()
        await world.tick(seconds=2)
        await world.tick(seconds=3)

        assert [line.code for line in flooded.ledger_of(0)] == ["429", "503", None]

"""A crowd with work to do while things break: each owner has one action, a nudge that is due, and presses its card.

Every owner who presses is in two minds: the card's Accept and its Done are pressed at the same moment, so that of the
two one wins, and the other is told who was first. Chairs book a discussion each, by a chain of typed words in which
every word needs the one before it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId, DiscussionId, MessageId, PromiseId
from discussions.needs import Reference, Store
from discussions.people import Account, ObjectId, Person, PersonId, TenantId
from discussions.post import Delivery, DeliveryState, Message
from discussions.trail import Deed, Entry
from tests.scenarios import flood
from tests.scenarios.people import DIRECTORY
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.people import Answer, Chat
from tests.teams.rooms import Room

CHAIRS = 4
REPEAT = "This may be a repeat"
WAITS_FOR_SECONDS = 600
BOOKING = ("AB 14/05/2019", "physical, U2", "today 2pm", "chair me", "Helen Marsh", "next", "book it")


@dataclass(slots=True)
class Crowd:
    """`rooms` holds each owner's chat in the order of the actions, `chairs` those of the chairs.

    Whoever is told that it was not saved does as they are told. `told` has each such sentence.
    """

    world: World
    rooms: list[Room]
    chairs: list[Room]
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    booked: list[Answer] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def chat(self, room: Room) -> Chat:
        return self.world.channel.view(room, self.world.channel.people[room.members[0]])

    async def press(self, numbers: Iterable[int]) -> None:
        """These owners, each as soon as they have their nudge."""
        await asyncio.gather(*(self._press(number) for number in numbers))

    async def _press(self, number: int) -> None:
        room = self.rooms[number]
        chats = self.chat(room), self.chat(room)
        await chats[0].wait_for(lambda _: True, WAITS_FOR_SECONDS)
        first = room.messages[0]
        accepting = partial(chats[0].press, first, "Accept")
        doing = partial(chats[1].press, first, "Save as done", note="Seen at home")
        self.answers[number] = list(await asyncio.gather(self._until_it_holds(accepting), self._until_it_holds(doing)))

    async def book(self) -> None:
        self.booked = list(await asyncio.gather(*(self._book(place) for place in range(len(self.chairs)))))

    async def _book(self, place: int) -> Answer:
        chat = self.chat(self.chairs[place])
        for words in ("book", reference(place), *BOOKING):
            answer = await self._until_it_holds(partial(chat.say, words))
            if "can't say whether" in what_is_said(answer):
                answer = await self._until_it_holds(chat.resend)
        return answer

    async def _until_it_holds(self, do: Callable[[], Awaitable[Answer]]) -> Answer:
        for _ in range(WAITS_FOR_SECONDS):
            answer = await do()
            assert answer.status == 200
            if "in a minute" not in what_is_said(answer):
                return answer
            self.told.append(what_is_said(answer))
            if "can't say whether" in self.told[-1] and "press" not in self.told[-1]:
                return answer
            await asyncio.sleep(0.2)
        raise AssertionError("it is never saved")

    async def until_all_is_said(self) -> None:
        for _ in range(WAITS_FOR_SECONDS * 10):
            if not self.world.look(lambda store: store.outbox.waiting()):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("something waits for ever")

    # What there is to see afterwards.

    def said(self, number: int) -> list[bool]:
        """Of each message to this owner, whether it says that it may be a repeat."""
        return [REPEAT in text(shown(message.activity)) for message in self.rooms[number].messages]

    def states(self) -> list[DeliveryState | None]:
        ids = [MessageId(f"nudge-{number}") for number in range(len(self.rooms))]
        states: list[DeliveryState | None] = self.world.look(lambda store: [store.outbox.state(id) for id in ids])
        return states

    def actions(self) -> list[Action]:
        ids = [ActionId(f"a{number}") for number in range(len(self.rooms))]
        actions: list[Action] = self.world.look(lambda store: [store.actions.action(id) for id in ids])
        return actions

    def deeds(self, deed: Deed) -> list[Entry]:
        entries: Sequence[Entry] = self.world.look(lambda store: store.trail.entries())
        return [entry for entry in entries if entry.deed is deed]

    def sendings(self) -> Counter[str]:
        """Of each message how many lines of the ledger say that it was sent."""
        lines: Sequence[Delivery] = self.world.look(lambda store: store.outbox.ledger({}))
        return Counter(line.message for line in lines if line.state is DeliveryState.SENT)


def what_is_said(answer: Answer) -> str:
    return answer.sentence or text(answer.card)


def shown(activity: dict[str, object]) -> dict[str, object]:
    card: dict[str, object] = activity["attachments"][0]["content"]  # type: ignore[index]
    return card


def gather_crowd(world: World, count: int) -> Crowd:
    rooms = [flood.add_room(world, number) for number in range(count)]
    chairs = [add_chair(world, place) for place in range(CHAIRS)]
    world.look(lambda store: fill(store, world, rooms, chairs))
    return Crowd(world, rooms, chairs)


def add_chair(world: World, place: int) -> Room:
    person = world.channel.person(f"Chair {place}", object_id=chair_object(place))
    room = world.channel.personal_chat(person).room
    room.has_bot = True
    return room


def fill(store: Store, world: World, rooms: list[Room], chairs: list[Room]) -> None:
    now = world.clock.now()
    agencies, desks, people = DIRECTORY(world.channel.tenant)
    boss = next(person for person in people if person.name == "Priya Nair")
    flood.fill_people(
        store, world, agencies, desks, [*people, *(chair(world, boss, n) for n in range(len(chairs)))], len(rooms)
    )
    for place, room in enumerate(chairs):
        store.conversations.see(reach(world, room), chair_id(place), "personal", now)
        store.discussions.add(discussion(world, place), (), ())
    for number, room in enumerate(rooms):
        store.conversations.see(reach(world, room), flood.owner(number), "personal", now)
        store.actions.add(action(world, number), [next_nudge(world, number)])
        store.outbox.put(nudge(world, number))


def reach(world: World, room: Room) -> Reference:
    return Reference(room.id, world.channel.service_url, TenantId(room.tenant), room.members[0])


def chair(world: World, like: Person, place: int) -> Person:
    account = Account(TenantId(world.channel.tenant), ObjectId(chair_object(place)))
    mail = f"chair{place}@crowd.example"
    return replace(like, id=chair_id(place), name=f"Chair {place}", mail=mail, account=account, manager=None)


def chair_id(place: int) -> PersonId:
    return PersonId(f"chair-{place}")


def chair_object(place: int) -> str:
    return f"00000000-0000-4000-9100-{place:012}"


def reference(place: int) -> str:
    return f"SD-26-{5000 + place}"


def discussion(world: World, place: int) -> Discussion:
    whose = chair_id(place)
    plain = flood.discussion(world)
    return replace(
        plain, id=DiscussionId(f"crowd-{place}"), reference=f"SD-26-{4000 + place}", chair=whose, booker=whose
    )


def action(world: World, number: int) -> Action:
    whose = number % CHAIRS
    plain = flood.action(world, number)
    return replace(
        plain,
        discussion=DiscussionId(f"crowd-{whose}"),
        feedback_to=(chair_id(whose),),
        created_by=chair_id(whose),
        state=ActionState.PROPOSED,
    )


def next_nudge(world: World, number: int) -> Promise:
    """The one after; without any the auditor would say so."""
    id, due = PromiseId(f"next-{number}"), world.clock.now() + timedelta(hours=4)
    return Promise(id, ActionId(f"a{number}"), "overdue", 0, "owner", due, urgent=False)


def nudge(world: World, number: int) -> Message:
    about = {"action": f"a{number}", "discussion": f"crowd-{number % CHAIRS}"}
    return replace(flood.nudge(world, number, urgent=False), about=about)

"""Two thousand people with an action each, and a nudge due for every one of them: put straight into the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from discussions.actions.action import Action, ActionState
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ActionId, DiscussionId, MessageId
from discussions.needs import Reference, Store
from discussions.people import Account, Agency, Desk, ObjectId, Person, PersonId, TenantId
from discussions.post import Delivery, DeliveryState, Message, MessageKind
from storage.practice_file import standard_practice
from tests.scenarios.people import DIRECTORY, person_id
from tests.scenarios.world import World
from tests.teams.rooms import Event, Room

DISCUSSION = DiscussionId("d-flood")
CHAIR = person_id("Priya Nair")


@dataclass(frozen=True, slots=True)
class Flood:
    """`rooms` is the chat of each person, in the order of the nudges."""

    world: World
    rooms: list[Room]

    def ids(self) -> list[MessageId]:
        return [MessageId(f"nudge-{number}") for number in range(len(self.rooms))]

    async def pass_by(self, seconds: float = 1.0, *, at_most: int = 2_000) -> None:
        """Until nothing waits any more. The clock is moved as little as a real one would."""
        for _ in range(at_most):
            await self.world.settle()
            if not self.world.look(lambda store: store.outbox.waiting()):
                return
            self.world.clock.pass_by(seconds=seconds)
        raise AssertionError("something waits for ever")

    def states(self) -> list[DeliveryState | None]:
        ids = self.ids()
        states: list[DeliveryState | None] = self.world.look(lambda store: [store.outbox.state(id) for id in ids])
        return states

    def ledger(self) -> dict[str, list[Delivery]]:
        """The lines of each nudge, oldest first."""
        lines: list[Delivery] = self.world.look(lambda store: store.outbox.ledger({"discussion": DISCUSSION}))
        kept: dict[str, list[Delivery]] = {id: [] for id in self.ids()}
        for line in lines:
            kept.setdefault(line.message, []).append(line)
        return kept

    def ledger_of(self, number: int) -> list[Delivery]:
        about = {"action": f"a{number}"}
        lines: list[Delivery] = self.world.look(lambda store: store.outbox.ledger(about))
        return [line for line in lines if line.message == f"nudge-{number}"]

    def said_to(self, room: Room) -> list[Event]:
        return [event for event in self.world.channel.rooms.record if event.conversation == room.id]


def flood(world: World, count: int, urgent: frozenset[int] = frozenset()) -> Flood:
    rooms = [add_room(world, number) for number in range(count)]
    world.database.threads.submit(fill, world, rooms, urgent).result()
    return Flood(world, rooms)


def add_room(world: World, number: int) -> Room:
    person = world.channel.person(f"Person {number}", object_id=object_id(number))
    room = world.channel.personal_chat(person).room
    room.has_bot = True
    return room


def object_id(number: int) -> str:
    return f"00000000-0000-4000-9000-{number:012}"


def fill(world: World, rooms: list[Room], urgent: frozenset[int]) -> None:
    now = world.clock.now()
    agencies, desks, people = DIRECTORY(world.channel.tenant)
    with world.database.transaction() as store:
        fill_people(store, world, agencies, desks, people, len(rooms))
        store.discussions.add(discussion(world), (), ())
        for number, room in enumerate(rooms):
            reference = Reference(room.id, world.channel.service_url, TenantId(room.tenant), room.members[0])
            store.conversations.see(reference, owner(number), "personal", now)
            store.actions.add(action(world, number), ())
            store.outbox.put(nudge(world, number, urgent=number in urgent))


def fill_people(
    store: Store, world: World, agencies: list[Agency], desks: list[Desk], people: list[Person], count: int
) -> None:
    plain = next(person for person in people if person.name == "Kit Rowe")
    tenant = TenantId(world.channel.tenant)
    many = [
        replace(
            plain,
            id=owner(number),
            name=f"Person {number}",
            mail=f"person{number}@flood.example",
            account=Account(tenant, ObjectId(object_id(number))),
            manager=None,
        )
        for number in range(count)
    ]
    store.people.replace_all(agencies, desks, [*people, *many])


def owner(number: int) -> PersonId:
    return PersonId(f"person-{number}")


def discussion(world: World) -> Discussion:
    now = world.clock.now()
    return Discussion(
        id=DISCUSSION,
        reference="SD-26-0412",
        kind=DiscussionKind.INITIAL,
        urgency="U2",
        harms=("PHY",),
        decided_at=now,
        window_ends=now,
        starts_at=now,
        form=Form.VIDEO,
        chair=CHAIR,
        booker=CHAIR,
        practice=standard_practice().digest,
        state=DiscussionState.CLOSED,
    )


def action(world: World, number: int) -> Action:
    now = world.clock.now()
    return Action(
        id=ActionId(f"a{number}"),
        discussion=DISCUSSION,
        number=number + 1,
        kind="enquiry",
        wording="See the child at home",
        owner=owner(number),
        desk=None,
        due_at=now + timedelta(hours=6),
        feedback_to=(CHAIR,),
        practice="digest",
        created_at=now - timedelta(days=1),
        created_by=CHAIR,
        state=ActionState.ACCEPTED,
    )


def nudge(world: World, number: int, *, urgent: bool) -> Message:
    about = {"action": f"a{number}", "discussion": DISCUSSION}
    key = f"promise:{number}:{owner(number)}"
    id = MessageId(f"nudge-{number}")
    return Message(id, MessageKind.NUDGE, about, owner(number), None, key, world.clock.now(), urgent=urgent)

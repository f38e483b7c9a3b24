"""Whether what stands in the chats, in the ledger and in the outbox is one and the same, and came when it might."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from cards.repeat import MAY_BE_A_REPEAT
from discussions.post import Delivery, DeliveryState, Message, MessageKind
from tests.scenarios.life.books import Books, Page, Standing
from tests.scenarios.life.rules import is_over
from tests.scenarios.people import PEOPLE, person_id
from tests.scenarios.reading import lines
from tests.scenarios.year.reckoning import is_open_then
from tests.teams.rooms import Event

SENT, MAYBE = DeliveryState.SENT, DeliveryState.MAYBE_SENT
MARKED_ANYWAY = frozenset({MessageKind.WELCOME})


@dataclass(slots=True)
class Chats:
    """The books, looked at from the chats. `by_activity` are the messages that the ledger says came as that one."""

    books: Books
    ledger: dict[str, list[Delivery]] = field(default_factory=lambda: defaultdict(list))
    by_activity: dict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    in_a_turn: set[str] = field(default_factory=set)
    anchors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        end = self.books.end
        for line in end.ledger:
            self.ledger[line.message].append(line)
            if line.state is SENT and line.activity:
                self.by_activity[line.activity].append(end.outbox[line.message].message)
        self.anchors = {id: one.anchor for id, one in end.promises.items()}
        for page in self.books.pages:
            for deed in page.deeds:
                self.in_a_turn |= {one.id for one in deed.answer.said} if deed.answer else set()

    @property
    def events(self) -> list[tuple[Event, datetime, Page]]:
        record, starts = self.books.world.record, [page.before.said for page in self.books.pages]
        return [
            (event, at, self.books.pages[bisect_right(starts, place) - 1])
            for place, (event, at) in enumerate(zip(record, record.at, strict=True))
        ]

    def room_of(self, message: Message) -> str | None:
        if message.conversation:
            return message.conversation
        names = [name for name in PEOPLE if person_id(name) == message.recipient]
        return self.books.world.chat(names[0]).room.id if names else None

    def is_over(self, message: Message, then: Standing) -> bool:
        """What it asks for."""
        action = then.actions.get(message.about.get("action", ""))
        return action is not None and is_over(action, self.anchors.get(message.about.get("promise", ""), "due"))


def wrong_in_chats(books: Books) -> Iterator[str]:
    chats = Chats(books)
    for event, at, page in chats.events:
        if event.kind == "sent":
            yield from (f"{at:%a %d/%m %H:%M} {page.what}: {one}" for one in wrong_with(chats, event, at, page))
    yield from lines_without_a_card(chats)
    yield from out_of_order(chats)


def wrong_with(chats: Chats, event: Event, at: datetime, page: Page) -> Iterator[str]:
    messages = chats.by_activity.get(event.message, [])
    known = any if messages else all
    if messages:
        yield from wrongly_marked(chats, event, messages, page)
    elif event.message in chats.in_a_turn:
        return
    else:
        messages = nobody_knew_of(chats, event, page)
        if not messages:
            yield f"{event.message} stands in a chat, and nobody can say why"
    if messages and known(m.kind is MessageKind.NUDGE and chats.is_over(m, page.before) for m in messages):
        yield f"{event.message} asks for what was over already"
    own = [m for m in messages if is_of_its_own_accord(m)]
    if own and len(own) == len(messages) and not any(m.urgent for m in own) and not is_open_then(at):
        yield f"{event.message} came when nobody may be disturbed"


def is_of_its_own_accord(message: Message) -> bool:
    """Said by the clock: a reminder that the chair sends by hand follows from a deed, and comes at once."""
    is_reminder = message.kind is MessageKind.NUDGE and bool({"promise", "snooze"} & set(message.about))
    return is_reminder or message.kind is MessageKind.MORNING


def wrongly_marked(chats: Chats, event: Event, messages: list[Message], page: Page) -> Iterator[str]:
    """It says that it may be a repeat exactly if of one that it says nobody could know what became of it before."""
    is_marked = MAY_BE_A_REPEAT in lines(event.activity["attachments"][0]["content"])
    was_unsure = any(was_unsure_before(chats, one, page) for one in messages)
    was_certain = not any(may_have_been_cut_off(chats, one, page) for one in messages)
    if is_marked and not was_unsure and was_certain and not any(m.kind in MARKED_ANYWAY for m in messages):
        yield f"{event.message} says that it may be a repeat, and cannot be one"
    if was_unsure and not is_marked and not any(m.replaces_card for m in messages):
        yield f"{event.message} may be a repeat and does not say so"


def was_unsure_before(chats: Chats, message: Message, page: Page) -> bool:
    """After an attempt of which the ledger says that nobody knows what became of it."""
    return any(line.message == message.id and line.state is MAYBE for line in page.before.ledger)


def may_have_been_cut_off(chats: Chats, message: Message, page: Page) -> bool:
    return any(
        one.troubles and message.id in one.after.outbox and one.after.outbox[message.id].ended_at is None
        for one in chats.books.pages[: chats.books.pages.index(page) + 1]
    ) or any(line.state is MAYBE for line in chats.ledger[message.id])


def nobody_knew_of(chats: Chats, event: Event, page: Page) -> list[Message]:
    """The messages that this may have been although no ledger says so: its outcome was unknown, and it was said again
    with a mark, or ended as unknown, or had nothing to ask any more."""
    return [
        one.message
        for one in page.after.outbox.values()
        if chats.room_of(one.message) == event.conversation
        and not has_ended_before(page, one.message)
        and was_in_doubt(chats, one.message, page)
        and is_followed_truthfully(chats, one.message)
    ]


def has_ended_before(page: Page, message: Message) -> bool:
    before = page.before.outbox.get(message.id)
    return before is not None and before.ended_at is not None


def was_in_doubt(chats: Chats, message: Message, page: Page) -> bool:
    new = page.after.ledger[len(page.before.ledger) :]
    return any(line.message == message.id and line.state is MAYBE for line in new) or bool(page.troubles)


def is_followed_truthfully(chats: Chats, message: Message) -> bool:
    said = [line for line in chats.ledger[message.id] if line.state is SENT and line.activity]
    if not said or message.replaces_card:
        return True
    found = [event for event, _, _ in chats.events if event.message == said[0].activity and event.kind == "sent"]
    return all(MAY_BE_A_REPEAT in lines(event.activity["attachments"][0]["content"]) for event in found)


def lines_without_a_card(chats: Chats) -> Iterator[str]:
    """Whatever the ledger calls sent stands in that very chat, since that very moment, and is called so once."""
    came: dict[tuple[str, str], set[datetime]] = defaultdict(set)
    for event, at, _ in chats.events:
        came[event.conversation, event.message].add(at)
    sent = Counter(line.message for line in chats.books.end.ledger if line.state is SENT)
    yield from (f"{id} was noted as sent {times} times" for id, times in sent.items() if times > 1)
    for line in chats.books.end.ledger:
        message = chats.books.end.outbox[line.message].message
        if line.state is SENT and line.at not in came[chats.room_of(message) or "", line.activity or ""]:
            yield f"{message.kind} was noted as sent at {line.at}, and did not come then"


def out_of_order(chats: Chats) -> Iterator[str]:
    """Of one action each person hears first what was said first. What is urgent may pass what had to be tried again."""
    places = {event.message: place for place, (event, _, _) in enumerate(chats.events) if event.kind == "sent"}
    came: dict[Any, list[tuple[datetime, int, Message]]] = defaultdict(list)
    for line in chats.books.end.ledger:
        message = chats.books.end.outbox[line.message].message
        is_nudge = message.kind is MessageKind.NUDGE and "promise" in message.about
        if is_nudge and line.state is SENT and line.activity in places:
            said_at = chats.books.end.promises[message.about["promise"]].said_at  # type: ignore[index]
            assert said_at is not None
            came[message.recipient, message.about["action"]].append((said_at, places[line.activity], message))
    for said in came.values():
        in_order = sorted(said, key=lambda one: one[:2])
        for (first_at, first, earlier), (then_at, then, later) in pairwise(in_order):
            was_tried_again = earlier.urgent and later.urgent and has_had_trouble(chats, earlier)
            if first_at < then_at and first > then and not was_tried_again:
                yield f"{later.id} came before {earlier.id} to {later.recipient}"


def has_had_trouble(chats: Chats, message: Message) -> bool:
    return len(chats.ledger[message.id]) > 1 or any(page.troubles for page in chats.books.pages)

"""After the year: every promise is held against what was kept of it, by rules of its own and not the product's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import select

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise, PromiseState
from discussions.post import DeliveryState, Message, MessageKind
from discussions.trail import Deed
from storage.actions import ACTIONS, PROMISES
from storage.database import Database
from storage.outbox import MESSAGES
from storage.tables import action, delivery, outbox, promise, trail

LONDON = ZoneInfo("Europe/London")
HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=(2026, 2027, 2028))
OPENS, CLOSES = time(8), time(18)
REACHED = (DeliveryState.SENT.value, DeliveryState.FALLBACK_USED.value)
PROMPTLY = timedelta(minutes=10)
"""The clock of the year ticks no less often."""
EXTRAS = ("desk", "deputy", "stand_in")
"""Whom nobody stands in for where the owner has none."""

AFTER_THE_END = ("done", "cannot")
ANSWERS = ("time agreed", "time refused", "taken over", "not taken over", "accepted", "edited", "other time agreed")


@dataclass(slots=True)
class Books:
    """All that was kept of the year."""

    actions: dict[str, Action]
    promises: dict[str, list[Promise]]
    messages: list[tuple[Message, str, datetime | None]]
    sent_at: dict[str, datetime]
    changes: dict[str, list[tuple[datetime, str]]]
    by_promise: dict[str, list[tuple[Message, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for message, state, _ in self.messages:
            if "promise" in message.about:
                self.by_promise[message.about["promise"]].append((message, state))

    def ended_at(self, id: str) -> datetime | None:
        one = self.actions[id]
        return None if one.state.is_open else one.state_at

    def heard_at(self, id: str) -> datetime | None:
        """When the last of those who must hear of its end said so; when it ended, where nobody must."""
        if self.actions[id].unheard:
            return None
        return max((at for at, why in self.changes[id] if why == "received"), default=self.ended_at(id))

    def was_moved(self, id: str) -> bool:
        """The due moment or the owner changed on the way: then what was promised relative to it is promised anew."""
        return any(why in ("time agreed", "edited", "taken over", "declined") for _, why in self.changes[id])


def open_books(database: Database) -> Books:
    with database.begin() as tx:
        actions = {one.id: one for one in ACTIONS.all(tx, select(*ACTIONS.columns).select_from(action))}
        promises: dict[str, list[Promise]] = defaultdict(list)
        for one in PROMISES.all(tx, select(*PROMISES.columns).select_from(promise)):
            promises[one.action].append(one)
        rows = tx.do(select(*MESSAGES.columns, outbox.c.state, outbox.c.ended_at).select_from(outbox)).rows
        messages = [(MESSAGES.thing(tx, row), row[-2], row[-1]) for row in rows]
        sent = tx.do(select(delivery.c.message, delivery.c.at).where(delivery.c.state.in_(REACHED))).rows
        lines = tx.do(
            select(trail.c.what, trail.c.at, trail.c.why).where(trail.c.deed == Deed.ACTION_CHANGED.value)
        ).rows
    changes: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for what, at, why in lines:
        changes[what].append((at, why))
    return Books(actions, promises, messages, dict(tuple(line) for line in sent), changes)


def is_open_then(moment: datetime) -> bool:
    local = moment.astimezone(LONDON)
    return local.weekday() < 5 and local.date() not in HOLIDAYS and OPENS <= local.time() < CLOSES


def next_open(moment: datetime) -> datetime:
    """The next moment at which people may be disturbed."""
    if is_open_then(moment):
        return moment
    local = moment.astimezone(LONDON)
    day: date = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while day.weekday() >= 5 or day in HOLIDAYS:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON).astimezone(moment.tzinfo)


def broken_promises(books: Books) -> Iterator[str]:
    """Said, and then written, sent and ended; or void for a reason that can be seen."""
    for id, promises in books.promises.items():
        for one in promises:
            match one.state:
                case PromiseState.WAITING:
                    yield f"{one.id} still waits"
                case PromiseState.SAID:
                    yield from badly_said(books, one)
                case PromiseState.VOID if not is_explained(books, id, one):
                    yield f"{one.id} ({one.step}, round {one.round}) is void for no reason that can be seen"


def badly_said(books: Books, one: Promise) -> Iterator[str]:
    assert one.said_at is not None, "what is said has its moment"
    if not timedelta(0) <= one.said_at - one.due_at <= PROMPTLY:
        yield f"{one.id} was said {one.said_at - one.due_at} after its moment"
    said = books.by_promise[one.id]
    if not said:
        yield f"{one.id} is said, and there is no message"
    for message, state in said:
        if state not in (*REACHED, DeliveryState.WITHDRAWN.value):
            yield f"{message.id} ended as {state}"
    over = books.heard_at(one.action) if one.anchor in AFTER_THE_END else books.ended_at(one.action)
    if over is not None and one.said_at > over:
        yield f"{one.id} ({one.step}) was said after it was over"


def is_explained(books: Books, id: str, one: Promise) -> bool:
    over = books.heard_at(id) if one.anchor in AFTER_THE_END else books.ended_at(id)
    if over is not None and over <= one.due_at + PROMPTLY:
        return True
    answers = [at for at, why in books.changes[id] if why in ANSWERS]
    if one.anchor == "asked" and any(at <= one.due_at + PROMPTLY for at in answers):
        return True
    # whoever has just heard of this action, in the same moment, does not hear it twice
    heard = any(
        other.state is PromiseState.SAID and other.said_at is not None and other.said_at >= one.due_at
        and other.said_at - one.due_at <= PROMPTLY
        for other in books.promises[id]
    )  # fmt: skip
    return heard or books.was_moved(id) or one.audience in EXTRAS


def disturbances(books: Books) -> Iterator[str]:
    """What is not urgent and was said by the clock, at night, on a weekend or on a bank holiday."""
    for message, _, _ in books.messages:
        at = books.sent_at.get(message.id)
        if message.kind is MessageKind.NUDGE and not message.urgent and at is not None and not is_open_then(at):
            yield f"{message.id} went out at {at.astimezone(LONDON):%a %d/%m %H:%M}"


def owners_not_told_when_due(books: Books) -> Iterator[str]:
    """An enquiry that was open when it fell due, and had never been moved: its owner heard of it at that moment."""
    for id, one in books.actions.items():
        due = next_open(one.due_at)
        ended = books.ended_at(id)
        if one.kind != "enquiry" or books.was_moved(id) or (ended is not None and ended <= due) or one.desk:
            continue
        heard = [
            message
            for promise in books.promises[id]
            if promise.said_at is not None and due <= promise.said_at <= due + PROMPTLY
            for message, _ in books.by_promise[promise.id]
        ]
        if not any(message.recipient == one.owner for message in heard):
            yield f"{id}, due {one.due_at.astimezone(LONDON):%a %d/%m %H:%M}"


def chairs_not_told_when_late(books: Books, chairs: dict[str, str]) -> Iterator[str]:
    """Whatever was open a fortnight after it fell due: its chair has heard of it."""
    for id, one in books.actions.items():
        ended = books.ended_at(id)
        if books.was_moved(id) or (ended is not None and ended < one.due_at + timedelta(days=14)):
            continue
        told = {message.recipient for p in books.promises[id] for message, _ in books.by_promise[p.id]}
        if chairs[one.discussion] not in told:
            yield id


def not_accounted_for(books: Books) -> Iterator[str]:
    """Messages without an end, and feedback that never went."""
    for message, state, ended in books.messages:
        if ended is None:
            yield f"{message.id} ({message.kind}) never ended: {state}"
    told = {(m.about["action"], m.recipient) for m, _, _ in books.messages if m.kind is MessageKind.FEEDBACK}
    for id, one in books.actions.items():
        if one.unheard:
            yield f"{id}: not everybody has said that they have heard"
        if one.state is ActionState.DONE:
            yield from (f"{id}: {who} never heard of it" for who in one.feedback_to if (id, who) not in told
                        and who != one.state_by)  # fmt: skip


def versions_without_trail(books: Books) -> Iterator[str]:
    for id, one in books.actions.items():
        if one.version - 1 != len(books.changes[id]):
            yield f"{id} is at version {one.version} with {len(books.changes[id])} changes in the trail"


def how_it_went(books: Books) -> Counter[str]:
    return Counter(f"{message.kind.value}: {state}" for message, state, _ in books.messages)


def everything_wrong(books: Books, chairs: dict[str, str]) -> dict[str, Sequence[str]]:
    looks: dict[str, Iterator[Any]] = {
        "broken promises": broken_promises(books),
        "disturbances": disturbances(books),
        "owners not told when due": owners_not_told_when_due(books),
        "chairs not told when late": chairs_not_told_when_late(books, chairs),
        "not accounted for": not_accounted_for(books),
        "versions without trail": versions_without_trail(books),
    }
    wrong = {name: list(found) for name, found in looks.items()}
    return {name: found for name, found in wrong.items() if found}

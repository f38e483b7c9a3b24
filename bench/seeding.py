"""Databases to measure on: fictitious people, discussions and actions, written in bulk."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.people import Somebody
from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise, PromiseState
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import ActionId, ChildId, DiscussionId, InvitationId, MessageId, PromiseId
from discussions.needs import Reference
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, ObjectId, Person, PersonId, Right, TenantId
from discussions.post import Message, MessageKind
from storage.actions import ACTIONS, PROMISES
from storage.database import Database, open_database
from storage.discussions import CHILDREN, DISCUSSIONS, INVITATIONS, child_fingerprint
from storage.live_cards import CardsInSql
from storage.practice_file import standard_practice
from storage.rows import Transaction
from storage.schema import migrate
from storage.tables import promise as promise_table
from tests.scenarios.world import KEYS
from tests.teams.channel import TENANT

AT_A_TIME = 5_000
ACTIONS_A_DISCUSSION = 5
EACH_URGENT = 10
CARE, POLICE = AgencyId("care"), AgencyId("police")
HUB = DeskId("hub")
CHAIR = Somebody(99_999)


@dataclass(frozen=True, slots=True)
class Size:
    """`open_actions` come first and belong to the people in turn; the `ended_actions` behind them are the past."""

    people: int
    open_actions: int
    ended_actions: int = 0


def make_database(file: Path, size: Size, service_url: str) -> str:
    """The address of a new, filled database."""
    url = f"sqlite:///{file}"
    migrate(url)
    database = open_database(url, KEYS)
    try:
        fill_directory(database, size.people, service_url)
        fill_actions(database, size)
    finally:
        database.close()
    return url


def add_nudges(url: str, count: int) -> None:
    """One due nudge for each of `count` people, about an action of their own."""
    database = open_database(url, KEYS)
    now = datetime.now(UTC)
    try:
        with database.transaction() as store:
            for number in range(count):
                about = {"action": action_id(number), "discussion": discussion_id(number // ACTIONS_A_DISCUSSION)}
                who = PersonId(Somebody(number).id)
                id = f"nudge-{number}"
                store.outbox.put(Message(MessageId(id), MessageKind.NUDGE, about, who, None, id, now))
    finally:
        database.close()


def make_due(url: str, count: int, after: int = 0) -> None:
    """The promises of so many actions are due now: each tenth for immediate safety, every other one repeated."""
    database = open_database(url, KEYS)
    at = datetime.now(UTC) - timedelta(minutes=1)
    try:
        with database.begin() as tx:
            for number in range(after, after + count):
                its = promise_table.c.id == f"promise-{action_id(number)}"
                is_urgent, repeats = number % EACH_URGENT == 0, "1 working day" if number % 2 else None
                tx.do(promise_table.update().where(its).values(due_at=at, urgent=is_urgent, repeat_every=repeats))
    finally:
        database.close()


def fill_directory(database: Database, count: int, service_url: str) -> None:
    agencies = [Agency(CARE, "Children's social care", "CSC"), Agency(POLICE, "Avon and Somerset Police", "POLICE")]
    desks = [Desk(HUB, CARE, "Assessment team", None, None, "24/7")]
    everybody = [Somebody(number) for number in range(count)] + [CHAIR]
    with database.transaction() as store:
        store.people.replace_all(agencies, desks, [person(one) for one in everybody])
        now = datetime.now(UTC)
        for one in everybody:
            at = Reference(one.conversation, service_url, TenantId(TENANT), one.address)
            store.conversations.install(at, PersonId(one.id), "personal", now)


def person(one: Somebody) -> Person:
    return Person(
        id=PersonId(one.id),
        agency=CARE,
        desk=HUB,
        name=f"Person Number {one.number}",
        role="manager",
        role_name="Team manager",
        rights=frozenset({Right.BOOK, Right.CHAIR}),
        mail=f"person.{one.number}@council.example",
        phone="0117 496 0100",
        account=Account(TenantId(TENANT), ObjectId(one.object_id)),
    )


def action_id(number: int) -> ActionId:
    return ActionId(f"action-{number:08}")


def discussion_id(number: int) -> DiscussionId:
    return DiscussionId(f"discussion-{number:08}")


def fill_actions(database: Database, size: Size) -> None:
    numbers = range(size.open_actions + size.ended_actions)
    now = datetime.now(UTC)
    practice = standard_practice().digest
    for part in batches(numbers, AT_A_TIME):
        is_open = [number < size.open_actions for number in part]
        actions = [
            action(number, size.people, now, practice, alive) for number, alive in zip(part, is_open, strict=True)
        ]
        discussions = sorted({number // ACTIONS_A_DISCUSSION for number in part})
        with database.begin() as tx:
            write_discussions(tx, discussions, now, practice, size)
            ACTIONS.add(tx, actions)
            PROMISES.add(tx, [promise(one, now) for one in actions])
            PROMISES.add(tx, [next_promise(one, now) for one in actions if one.state.is_open])
            write_cards(tx, part[: sum(is_open)], size.people, now)


def write_discussions(tx: Transaction, numbers: Sequence[int], now: datetime, practice: str, size: Size) -> None:
    made = [discussion(number, now, practice, size) for number in numbers]
    DISCUSSIONS.add(tx, made)
    CHILDREN.add(tx, [child(one.id) for one in made], lambda its: {"fingerprint": child_fingerprint(tx, its)})
    INVITATIONS.add(tx, [invitation(one.id) for one in made])


def write_cards(tx: Transaction, numbers: Sequence[int], people: int, now: datetime) -> None:
    cards = CardsInSql(tx)
    for number in numbers:
        owner, id = Somebody(number % people), action_id(number)
        cards.remember(owner.conversation, f"action:{id}", f"card-of-{id}", now)


def discussion(number: int, now: datetime, practice: str, size: Size) -> Discussion:
    is_open = number * ACTIONS_A_DISCUSSION < size.open_actions
    started = now - (timedelta(hours=2) if is_open else timedelta(days=30 + number % 1500))
    return Discussion(
        id=discussion_id(number),
        reference=f"SD-{number:08}",
        kind=DiscussionKind.INITIAL,
        urgency="urgent",
        harms=("physical", "neglect"),
        decided_at=started,
        window_ends=started + timedelta(days=1),
        starts_at=started,
        form=Form.VIDEO,
        chair=PersonId(CHAIR.id),
        booker=PersonId(CHAIR.id),
        practice=practice,
        state=DiscussionState.STARTED if is_open else DiscussionState.APPROVED,
        started_at=started,
    )


def child(of: DiscussionId) -> Child:
    return Child(ChildId(f"child-{of}"), of, "A", "A.B.", date(2019, 5, 14), None)


def invitation(to: DiscussionId) -> Invitation:
    return Invitation(InvitationId(f"invitation-{to}"), to, CARE, HUB, None, InvitationAnswer.COMING)


def action(number: int, people: int, now: datetime, practice: str, is_open: bool) -> Action:
    due = now + timedelta(days=1) if is_open else now - timedelta(days=20)
    held = discussion_id(number // ACTIONS_A_DISCUSSION)
    return Action(
        id=action_id(number),
        discussion=held,
        number=number % ACTIONS_A_DISCUSSION + 1,
        kind="enquiry",
        wording="See the child alone at school and write down what is said",
        owner=PersonId(Somebody(number % people).id),
        desk=None,
        due_at=due,
        feedback_to=(PersonId(CHAIR.id),),
        practice=practice,
        created_at=now - timedelta(hours=2),
        created_by=PersonId(CHAIR.id),
        child=ChildId(f"child-{held}"),
        measure="Seen alone",
        state=ActionState.ACCEPTED if is_open else ActionState.DONE,
    )


def promise(of: Action, now: datetime) -> Promise:
    waits = of.state.is_open
    return Promise(
        id=PromiseId(f"promise-{of.id}"),
        action=of.id,
        step="before due",
        round=0,
        audience="owner",
        due_at=now + timedelta(hours=20) if waits else now - timedelta(days=21),
        urgent=False,
        state=PromiseState.WAITING if waits else PromiseState.VOID,
        anchor="before_due",
        after="2 clock hours",
    )


def next_promise(of: Action, now: datetime) -> Promise:
    """Without one the auditor would say that nobody is going to be reminded."""
    return replace(
        promise(of, now),
        id=PromiseId(f"next-promise-{of.id}"),
        step="overdue",
        due_at=of.due_at + timedelta(days=2),
        anchor="overdue",
    )


def batches(numbers: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    waiting = iter(numbers)
    while part := tuple(itertools.islice(waiting, size)):
        yield part

"""A year in minutes: the clock jumps from one moment at which something happens or is due to the next."""

from __future__ import annotations

import heapq
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from discussions.actions.audit import Finding
from discussions.actions.lint import NewAction
from discussions.actions.promises import PromiseState
from discussions.actions.record import record_action
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ActionId, DiscussionId
from discussions.needs import Means
from discussions.people import DeskId, Person
from storage.tables import outbox, promise
from tests.scenarios.world import World
from tests.scenarios.year.bystanders import Cast, try_deed, try_to_receive, who_must_hear
from tests.scenarios.year.plans import Held, Plan
from tests.scenarios.year.town import Town, settle_in

LOOKS_EVERY = timedelta(days=1)
STAYS_OPEN = timedelta(days=2)
"""So long the record of a discussion is a draft, in which the chair can change what was agreed."""

HEARS_AFTER = (timedelta(hours=1), timedelta(hours=30), timedelta(days=8))

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)

_NEXT_PROMISE = select(func.min(promise.c.due_at)).where(promise.c.state == PromiseState.WAITING.value)
_NEXT_TRY = select(func.min(func.coalesce(outbox.c.next_at, outbox.c.due_at))).where(outbox.c.ended_at.is_(None))
_MESSAGES = select(func.count()).select_from(outbox)


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a stretch of the year cost: seconds of this process's CPU, with the channel's share in it."""

    messages: int
    cpu_seconds: float
    rss_mb: float

    @property
    def ms_a_message(self) -> float:
        return self.cpu_seconds * 1000 / max(self.messages, 1)


@dataclass(slots=True)
class Year:
    """`grain`: how often the clock ticks. `happened` counts deeds and refusals; `found` is all the auditor said."""

    world: World
    town: Town
    grain: timedelta = timedelta(minutes=1)
    events: list[tuple[datetime, int, Callable[[], Any]]] = field(default_factory=list)
    serial: Any = field(default_factory=itertools.count)
    happened: Counter[str] = field(default_factory=Counter)
    found: list[Finding] = field(default_factory=list)
    quarters: list[Quarter] = field(default_factory=list)

    def expect(self, at: datetime, what: Callable[[], Any]) -> None:
        heapq.heappush(self.events, (at, next(self.serial), what))

    async def live(self, held: Iterable[Held]) -> None:
        """Until the year is over and nothing is open or waits any more."""
        self.world.database.threads.submit(settle_in, self.world, self.town, self.world.clock.now()).result()
        for one in held:
            self.expect(one.at, lambda one=one: self.hold(one))
        start = self.world.clock.now()
        for quarter in range(1, 5):
            await self.measured(start + timedelta(days=91 * quarter))
        await self.until(None)

    async def measured(self, end: datetime) -> None:
        messages, cpu = self.count_messages(), time.process_time()
        await self.until(end)
        self.quarters.append(Quarter(self.count_messages() - messages, time.process_time() - cpu, rss_mb()))

    async def until(self, end: datetime | None) -> None:
        next_look = self.world.clock.now() + LOOKS_EVERY
        while True:
            upcoming = self.next_moment()
            if upcoming is None or (end is not None and upcoming > end):
                return
            if next_look < upcoming:
                self.world.clock.move_to(max(next_look, self.world.clock.now()))
                await self.look()
                next_look += LOOKS_EVERY
                continue
            self.world.clock.move_to(max(self.tick_after(upcoming), self.world.clock.now()))
            while self.events and self.events[0][0] <= self.world.clock.now():
                heapq.heappop(self.events)[2]()
            await self.world.tick()

    def tick_after(self, moment: datetime) -> datetime:
        return moment + (EPOCH - moment) % self.grain

    async def look(self) -> None:
        """As the auditor does every minute; and the channel forgets what it was told, so that memory stays flat."""
        await self.world.service.ticks.tick()
        self.found += await self.world.service.auditor.look()
        self.world.channel.rooms.record.clear()
        self.world.channel.connector.requests.clear()
        for message in itertools.chain.from_iterable(room.messages for room in self.world.channel.rooms.all()):
            message.activity = {}
            message.earlier.clear()

    def next_moment(self) -> datetime | None:
        moments = [self.events[0][0]] if self.events else []
        with self.world.database.engine.connect() as connection:
            moments += [connection.execute(query).scalar_one() for query in (_NEXT_PROMISE, _NEXT_TRY)]
        return min((moment for moment in moments if moment is not None), default=None)

    def count_messages(self) -> int:
        with self.world.database.engine.connect() as connection:
            return int(connection.execute(_MESSAGES).scalar_one())

    def do(self, use_case: Callable[..., Any], *arguments: object) -> Any:
        return self.world.service.transactions.run_now(use_case, *arguments)

    def hold(self, held: Held) -> None:
        chair = self.chair(held)
        discussion = self.do(begin, held, chair)
        for plan in held.actions:
            id = self.do(agree, discussion, chair, self.owner(plan), plan)
            cast = Cast(self.town, plan, id, chair)
            for deed in plan.deeds:
                self.expect(deed.at, lambda cast=cast, what=deed.what: self.try_out(cast, what))
        self.expect(held.at + STAYS_OPEN, lambda: self.do(approve, discussion))

    def owner(self, plan: Plan) -> Person | None:
        return None if plan.at_desk else self.town.owners[plan.owner % len(self.town.owners)]

    def chairs_of(self, held: Iterable[Held]) -> dict[str, str]:
        """Whom to tell, by the id of a discussion."""
        return {id_of(one): self.chair(one).id for one in held}

    def chair(self, held: Held) -> Person:
        return self.town.chairs[held.chair % len(self.town.chairs)]

    def try_out(self, cast: Cast, what: str) -> None:
        taken = self.do(try_deed, cast, what)
        self.happened[what if taken else f"{what}: refused"] += 1
        if taken and what == "done":
            self.expect_receipts(cast)

    def expect_receipts(self, cast: Cast) -> None:
        """Some say at once that they have heard, some when they are asked again, some for a week not at all."""
        for number, person in enumerate(self.do(who_must_hear, cast.id)):
            waits = HEARS_AFTER[(cast.plan.owner + number) % len(HEARS_AFTER)]
            self.expect(self.world.clock.now() + waits, lambda cast=cast, person=person: self.hear(cast, person))

    def hear(self, cast: Cast, person: Person) -> None:
        self.happened["received" if self.do(try_to_receive, cast.id, person) else "received: refused"] += 1


def id_of(held: Held) -> DiscussionId:
    return DiscussionId(f"discussion-{held.number:05}")


def begin(means: Means, held: Held, chair: Person) -> DiscussionId:
    id = id_of(held)
    means.store.discussions.add(
        Discussion(
            id=id,
            reference=f"SD-27-{held.number:04}",
            kind=DiscussionKind.INITIAL,
            urgency=means.practice.urgencies[0].code,
            harms=("PHY",),
            decided_at=means.now - timedelta(hours=2),
            window_ends=means.now + timedelta(hours=2),
            starts_at=means.now,
            form=Form.VIDEO,
            chair=chair.id,
            booker=chair.id,
            practice=means.practice.digest,
            state=DiscussionState.STARTED,
            started_at=means.now,
        ),
        (),
        (),
    )
    return id


def agree(means: Means, discussion: DiscussionId, chair: Person, owner: Person | None, plan: Plan) -> ActionId:
    new = NewAction(
        discussion=discussion,
        wording="See the child alone at school and write down what is said",
        owner=owner.id if owner else None,
        desk=None if owner else DeskId("lighthouse"),
        due_at=plan.due_at,
        kind=plan.kind,
        measure="Seen alone",
        contingency="the police make a welfare check",
    )
    return record_action(means, chair, new).id


def approve(means: Means, id: DiscussionId) -> None:
    discussion = means.store.discussions.discussion(id)
    assert discussion is not None
    means.store.discussions.save(replace(discussion, state=DiscussionState.APPROVED, approved_at=means.now))


def rss_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))

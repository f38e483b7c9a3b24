"""Lives a life over HTTP: each step is done as its people would do it, and written into the books."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation
from discussions.ids import InvitationId
from discussions.london import to_london
from discussions.needs import Reference, Store
from discussions.people import AgencyId, DeskId, TenantId
from storage.practice_file import standard_practice
from storage.tables import outbox, promise
from tests.scenarios.life.books import DISCUSSION, Books, Done, Page, standing
from tests.scenarios.life.replicas import TwoReplicas
from tests.scenarios.life.steps import (
    CAST,
    CHAIR,
    DESK,
    MINUTES,
    OUTSIDER,
    OWNER,
    AtOnce,
    Deed,
    Does,
    GoesWrong,
    InTrouble,
    Leaves,
    Passes,
    Plan,
    Press,
    Restarts,
    Step,
    Ticks,
    WhileTicking,
)
from tests.scenarios.people import person_id
from tests.teams.people import Answer
from tests.teams.pressing import NotSubmitted, verb_of
from tests.teams.rooms import Json, Message

REFERENCE = "SD-26-0412"
CLOCKS_GO_BACK = date(2026, 10, 25)
PRESSED = ("action.", "time.", "hand_over.", "answer_for.")
NAMES = ("Kit Rowe", "Helen Marsh", "Tom Bexley", "Priya Nair")
TOLD = ("done", "accept", "cannot", "more time")
MOST_LOOKS = 14
WHAT_IS_AGREED = {"safety": "see A at school", "enquiry": "see A at school", "other": "book the next discussion"}

_NEXT_PROMISE = select(func.min(promise.c.due_at)).where(promise.c.state == "waiting")
_TRY_AT = func.coalesce(outbox.c.next_at, outbox.c.due_at)
_NEXT_TRY = select(func.min(func.coalesce(outbox.c.leased_until, _TRY_AT))).where(outbox.c.ended_at.is_(None))
_WAITING = select(func.count()).select_from(outbox).where(or_(outbox.c.ended_at.is_(None)))


@dataclass(slots=True)
class Living:
    world: TwoReplicas
    plan: Plan
    books: Books
    left_out: int = field(default=0)
    """Steps that nobody could have done: no such card, or the client would not have sent it."""

    async def live(self) -> Books:
        await self.begin()
        for step in self.plan.steps:
            await self.take(step)
        await self.until_all_is_said()
        return self.books

    async def begin(self) -> None:
        self.world.look(lambda store: settle_in(store, self.world))
        self.world.chat(OUTSIDER).room.has_bot = True
        due = to_london(self.world.clock.now() + timedelta(hours=self.plan.hours))
        if due.date() == CLOCKS_GO_BACK:
            # there are two o'clocks of some hours, and Chairside asks which
            due = due.replace(hour=12)
        words = f"{DESK if self.plan.at_desk else OWNER}: {WHAT_IS_AGREED[self.plan.kind]} by {due:%d/%m/%Y %H:%M}"
        if self.plan.kind == "safety":
            words = f"safety: {words}"
        told = "tell Priya Nair" + (", Emergency Duty Team" if self.plan.desk_hears else "")
        for line in (f"start {REFERENCE}", f"action {words} {told} if not the police make a welfare check"):
            await self.written(CHAIR, line, self.world.chat(CHAIR).say(line))
        assert self.books.end.actions, "nothing was agreed"

    async def take(self, step: Step) -> None:
        match step:
            case Does(deed, replica):
                await self.done(str(step), [(deed, replica)])
            case AtOnce(first, second):
                await self.done(str(step), [(first, 0), (second or first, 1)])
            case WhileTicking(deed, replica):
                await self.done(str(step), [(deed, replica)], ticking=(1 - replica,))
            case Ticks(replicas):
                await self.done("ticks", [], ticking=replicas)
            case Passes(minutes, looks):
                await self.pass_by(timedelta(minutes=minutes), looks)
            case GoesWrong(faults, whose):
                where = self.world.chat(whose).room.id if whose else None
                self.world.faults.add(*(replace(one, conversation=where) for one in faults))
            case InTrouble(replica, moment):
                self.world.replicas[replica].trouble.planned = moment
            case Restarts(replica):
                await self.world.restart(replica)
            case Leaves(who):
                await self.leave_or_return(who)

    async def leave_or_return(self, who: str) -> None:
        chat = self.world.chat(who)
        self.books.gone.add(who)
        await self.written(who, "leaves or returns", chat.remove() if chat.room.has_bot else chat.install())

    async def pass_by(self, span: timedelta, looks: bool) -> None:
        until = self.world.clock.now() + span
        for look in range(MOST_LOOKS if looks else 0):
            upcoming = self.next_moment((_NEXT_PROMISE, _NEXT_TRY))
            if upcoming is None or upcoming >= until:
                break
            self.world.clock.move_to(max(upcoming, self.world.clock.now() + timedelta(seconds=1)))
            await self.done("a look", [], ticking=((0,), (1,), (0, 1))[look % 3])
        self.world.clock.move_to(max(until, self.world.clock.now()))
        await self.done("time has passed", [], ticking=(0,))

    def next_moment(self, queries: Sequence[Any]) -> datetime | None:
        with self.world.database.engine.connect() as connection:
            moments = [connection.execute(query).scalar_one() for query in queries]
        return min((moment for moment in moments if moment is not None), default=None)

    async def until_all_is_said(self) -> None:
        """Nothing goes wrong any more; what waits for an hour, a lease or another try gets there."""
        self.world.faults.clear()
        for one in self.world.replicas:
            one.trouble.planned = None
        for look in range(300):
            upcoming = self.next_moment((_NEXT_TRY,))
            if upcoming is None:
                return
            # a host that asked for rest is left alone, whatever is due there
            self.world.clock.move_to(max(upcoming, self.world.clock.now() + timedelta(seconds=look and 5)))
            before = standing(self.world)
            await self.world.deliver_on(look % 2)
            self.write("the rest is said", before)
        raise AssertionError("something waits for ever")

    async def done(self, what: str, deeds: Sequence[tuple[Deed, int]], ticking: Sequence[int] = ()) -> None:
        """All of it at the same moment, then whatever it left to be sent goes from one of the replicas."""
        before = standing(self.world)
        doings = [self.world.through(replica, self.do(deed)) for deed, replica in deeds]
        ticks = [asyncio.ensure_future(self.world.tick_on(replica)) for replica in ticking]
        found = await asyncio.gather(*doings)
        ticked = any([await one for one in ticks])
        troubles = await self.after_troubles()
        made = tuple(one for one in found if one is not None)
        self.left_out += len(found) - len(made)
        self.write(what, before, made, ticked, bool(ticks), troubles)
        if deeds:
            await self.send_what_is_due()

    async def send_what_is_due(self) -> None:
        """As a turn wakes the outbox of its replica."""
        before = standing(self.world)
        with suppress(asyncio.CancelledError, Exception):
            await asyncio.ensure_future(self.world.deliver_on(len(self.books.pages) % 2))
        self.write("sending", before, troubles=await self.after_troubles())

    async def written(self, who: str, what: str, doing: Awaitable[Answer]) -> None:
        before = standing(self.world)
        answer = await self.world.through(0, doing)
        self.write(what, before, (Done(who, what, None, None, answer),), troubles=await self.after_troubles())
        await self.send_what_is_due()

    async def after_troubles(self) -> tuple[Any, ...]:
        await self.world.bury_the_dead()
        books = (self.world.fell, *(one.trouble.met for one in self.world.replicas))
        met = tuple(moment for one in books for moment in one)
        for one in books:
            one.clear()
        return met

    def write(
        self,
        what: str,
        before: Any,
        deeds: tuple[Done, ...] = (),
        ticked: bool = False,
        began: bool = False,
        troubles: tuple[Any, ...] = (),
    ) -> None:
        at, after = self.world.clock.now(), standing(self.world)
        self.books.pages.append(Page(at, what, before, after, deeds, ticked, began, troubles))

    async def do(self, deed: Deed) -> Done | None:
        if not isinstance(deed, Press):
            return Done(deed.who, deed.words, None, None, await self.world.chat(deed.who).say(deed.words))
        found = self.find(deed)
        if found is None:
            return None
        message, card, button = found
        fields = self.filled_in(card, deed.variant)
        own = message if deed.held in (None, deed.who) else None
        with suppress(NotSubmitted):
            answer = await self.world.chat(deed.who).press(card, verb_of(button) or "", fields, message=own)
            its = button["data"]["b"]
            return Done(
                deed.who, verb_of(button) or "", its.get("action") or its.get("subject"), its.get("seen"), answer
            )
        return None

    def find(self, press: Press) -> tuple[Message, Json, Json] | None:
        """A card that somebody has, as they have it or once had it, and a button on it."""
        chat = self.world.chat(press.held or press.who)
        cards = [(one, card) for one in reversed(chat.messages) for card in versions(one, chat.view(one))]
        pressable = [(one, card, buttons) for one, card in cards if (buttons := list(buttons_of(card)))]
        if not pressable:
            return None
        message, card, buttons = pressable[press.card % len(pressable)]
        return message, card, buttons[press.button % len(buttons)]

    def filled_in(self, card: Json, variant: int) -> dict[str, str]:
        until = to_london(self.world.clock.now() + timedelta(hours=(7, 31, 100, 400)[variant]))
        moment, words = f"{until:%d/%m/%Y %H:%M}", ("a line", "another line")[variant % 2]
        typed = {
            **dict.fromkeys(("note", "reason", "decline_reason", "words", "refused_words", "offer_words"), words),
            **dict.fromkeys(("until", "offer_until", "remind_until"), moment),
            "again_reason": words,
            "to": NAMES[variant],
            "how": ("for_now", "cannot")[variant % 2],
            "answer": TOLD[variant],
        }
        fields = {field["id"]: field for field in fields_of(card)}
        whom = [choice["value"] for choice in fields.get("whom", {}).get("choices", ())]
        given = {name: value for name, value in typed.items() if name in fields}
        return given | ({"whom": whom[variant % len(whom)]} if whom else {})


def versions(message: Message, view: Json) -> Iterator[Json]:
    """As it is seen now, and as a client that was away still shows it."""
    yield view
    for activity in reversed(message.earlier):
        yield activity["attachments"][0]["content"]


def elements_of(part: Any) -> Iterator[Json]:
    if isinstance(part, list):
        for inner in part:
            yield from elements_of(inner)
    elif isinstance(part, dict):
        if isinstance(part.get("type"), str):
            yield part
        for name, inner in part.items():
            if name not in ("fallback", "data"):
                yield from elements_of(inner)


def buttons_of(card: Json) -> Iterator[Json]:
    for one in elements_of(card):
        if one["type"] == "Action.Execute" and (verb_of(one) or "").startswith(PRESSED):
            yield one


def fields_of(card: Json) -> Iterator[Json]:
    return (one for one in elements_of(card) if one["type"].startswith("Input."))


def settle_in(store: Store, world: TwoReplicas) -> None:
    """Everybody has the app; there is a discussion to start."""
    now = world.clock.now()
    for name in CAST:
        room = world.chat(name).room
        room.has_bot = True
        at = Reference(room.id, world.channel.service_url, TenantId(room.tenant), room.members[0])
        store.conversations.install(at, person_id(name), "personal", now)
    asked = [
        Invitation(InvitationId(f"asked-{desk}"), DISCUSSION, AgencyId(agency), DeskId(desk), None)
        for agency, desk in (("police", "lighthouse"), ("csc", "edt"))
    ]
    store.discussions.add(discussion(now), (), asked)


def discussion(now: datetime) -> Discussion:
    return Discussion(
        id=DISCUSSION,
        reference=REFERENCE,
        kind=DiscussionKind.INITIAL,
        urgency="U2",
        harms=("PHY",),
        decided_at=now,
        window_ends=now + timedelta(hours=4),
        starts_at=now,
        form=Form.VIDEO,
        chair=person_id(CHAIR),
        booker=person_id(CHAIR),
        minute_taker=person_id(MINUTES),
        practice=standard_practice().digest,
        state=DiscussionState.BOOKED,
    )

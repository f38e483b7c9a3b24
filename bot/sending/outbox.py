"""Delivers what was written to the outbox: claims what may go now, makes it, sends it, has it written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from yarl import URL

from bot.graph.outcome import GraphKind, MeetingService
from bot.metrics import Counts
from bot.patience import run_patiently
from bot.sending.arranging import NO_SERVICE, Arranged, compose_order
from bot.sending.budgets import Budgets
from bot.sending.endings import Ending, Faulty, HeldBack, Mailed, One, Resting, Said, Together, Unsaid, apart, note_all
from bot.sending.fallback import compose_mail
from bot.sending.letter import NO_INSTALLATION, Letter, NotNow, NotSent
from bot.sending.letters import compose
from bot.sending.mail import MailPost
from bot.sending.post import Outcome, OutcomeKind, Post
from bot.sending.post import Reference as Address
from discussions.fallback import BY_MAIL_ALONE
from discussions.needs import Means, NewId, OutOfReach, Transactions
from discussions.post import WITHIN, Claimed, Delivery, DeliveryState, MessageKind, is_gathered

LEASE = timedelta(seconds=60)
"""At least three times what one send may take."""
AT_ONCE = 64
NOTED_WITHIN_SECONDS = 0.05
"""What a kill between an answer of Teams and the ledger can leave unknown."""
LOOKS_UNTIL_IT_IS_SLOW = 5
"""Each as long as that; from then on others go past it."""
SECRET_BYTES = 32
DIES_OF_IT_AFTER_ATTEMPTS = 12
WAITS_FOR_THE_DATABASE_SECONDS = 30.0
"""Within the lease. What Teams has taken already would otherwise be said again."""

R = TypeVar("R")
Made = tuple[list[tuple[Claimed, Letter]], list[Ending]]
"""The letters that can be sent, and what became of the others."""

log = logging.getLogger("chairside.outbox")


@dataclass(frozen=True, slots=True)
class Round:
    """What one look into the outbox found. `again_at`: when more may go, though nobody will say so."""

    claimed: tuple[Claimed, ...] = ()
    resting: Mapping[str, datetime] = field(default_factory=dict)
    again_at: datetime | None = None


class Outbox:
    """One sender; several may run on one database, since a message is claimed under a lease by one of them.

    Without `budgets` as much is sent as goes: for time moved by hand, in which no budget would ever fill up again.
    """

    def __init__(
        self,
        transactions: Transactions,
        post: Callable[[], Post],
        now: Callable[[], datetime],
        new_id: NewId,
        url: str,
        chance: Callable[[int], bytes],
        budgets: Budgets | None = None,
        mail: MailPost | None = None,
        counts: Counts | None = None,
        meetings: Callable[[], MeetingService | None] = lambda: None,
    ) -> None:
        self._meetings = meetings
        self._counts = counts or Counts()
        self._transactions = transactions
        self._post = post
        self._now = now
        self._new_id = new_id
        self._public_url = url
        self._chance = chance
        self._budgets = budgets
        self._mail = mail
        self._wanted = asyncio.Event()
        self._passing = asyncio.Lock()
        self._is_running = False
        self._resting: dict[str, datetime] = {}

    def wake(self) -> None:
        self._wanted.set()

    async def run(self) -> None:
        """Sends whatever is due each time it is woken or a wait is over; never ends by itself."""
        self._is_running = True
        again_at: datetime | None = None
        while True:
            await self._wait(again_at)
            try:
                _, again_at = await self._deliver_all()
            except Exception:
                again_at = None
                log.exception("delivering failed; the next tick tries again")

    async def _wait(self, until: datetime | None) -> None:
        seconds = None if until is None else max((until - self._now()).total_seconds(), 0)
        try:
            await asyncio.wait_for(self._wanted.wait(), seconds)
        except TimeoutError:
            return
        self._wanted.clear()

    async def deliver_due(self) -> int:
        """Everything that may go now; how many were handled. While `run` sees to it this only wakes it: what budgets
        spread over minutes must not hold up a tick."""
        if self._is_running:
            self.wake()
            return 0
        handled, _ = await self._deliver_all()
        return handled

    async def _deliver_all(self) -> tuple[int, datetime | None]:
        """Until nothing more may go; and when to look again."""
        handled = 0
        under_way: set[asyncio.Task[Ending]] = set()
        async with self._passing:
            try:
                while True:
                    found = await self._look(AT_ONCE - len(under_way))
                    handled += len(found.claimed)
                    under_way |= await self._begin(found.claimed)
                    if not under_way:
                        return handled, found.again_at
                    under_way = await self._note_those_that_end(under_way)
            except asyncio.CancelledError:
                for task in under_way:
                    task.cancel()
                raise
            finally:
                ended = await asyncio.gather(*under_way, return_exceptions=True)
                await self._note_all([one for one in ended if not isinstance(one, BaseException)])

    async def _look(self, most: int) -> Round:
        if most <= 0:
            return Round()
        found = await self._transactions.run(claim, self._new_id(), most, self._budgets)
        self._resting |= found.resting
        return found

    async def _begin(self, claimed: Sequence[Claimed]) -> set[asyncio.Task[Ending]]:
        # so many senders have died of it that the next one would too
        deadly = [one for one in claimed if one.attempts > DIES_OF_IT_AFTER_ATTEMPTS]
        mails = [one for one in claimed if self._goes_by_mail(one) and one not in deadly]
        orders = [one for one in claimed if one.message.kind is MessageKind.MEETING and one not in deadly]
        apart = (*deadly, *mails, *orders)
        letters, unsaid = await self._make([one for one in claimed if one not in apart])
        if self._mail is not None:
            # whoever is known not to have Teams is written to at once: nothing has failed
            without_teams = [one for one in unsaid if isinstance(one, Unsaid) and one.why == NO_INSTALLATION]
            mails += [one.claimed for one in without_teams]
            unsaid = [one for one in unsaid if one not in without_teams]
        under_way = {asyncio.create_task(self._send_all_of(one, letter)) for one, letter in letters}
        under_way |= {asyncio.create_task(self._send_mail(one)) for one in mails}
        under_way |= {asyncio.create_task(self._arrange(one)) for one in orders}
        unsaid += [Unsaid(one, NotSent(DeliveryState.GAVE_UP, "cut off")) for one in deadly]
        return under_way | {asyncio.create_task(as_it_is(one)) for one in unsaid}

    def _goes_by_mail(self, claimed: Claimed) -> bool:
        return self._mail is not None and (claimed.by_mail or claimed.message.kind in BY_MAIL_ALONE)

    async def _make(self, claimed: Sequence[Claimed]) -> Made:
        """All in one transaction; if one of them cannot be made, each in its own, so that it spoils no other."""
        if not claimed:
            return [], []
        try:
            letters = await self._patiently(compose, claimed, self._public_url)
        except OutOfReach:
            raise
        except Exception:
            if len(claimed) > 1:
                apart = [await self._make([one]) for one in claimed]
                return [one for made, _ in apart for one in made], [one for _, unsaid in apart for one in unsaid]
            report_fault(claimed[0])
            return [], [Faulty(claimed[0])]
        both = list(zip(claimed, letters, strict=True))
        made = [(one, letter) for one, letter in both if isinstance(letter, Letter)]
        unsaid: list[Ending] = [Unsaid(one, why) for one, why in both if isinstance(why, NotSent)]
        return made, unsaid + [HeldBack(one, why.until) for one, why in both if isinstance(why, NotNow)]

    async def _send_all_of(self, claimed: Claimed, letter: Letter) -> Ending:
        ending = await self._send(claimed, letter)
        return Together(ending, letter.carries) if letter.carries else ending

    async def _send(self, claimed: Claimed, letter: Letter) -> Said | Resting | Faulty:
        """A fault of one message must neither keep the others waiting nor hold its recipient's lane for ever."""
        try:
            host = host_of(letter.to.service_url)
            until = self._resting.get(host)
            if until is not None and until > self._now():
                return Resting(claimed, until)
            letter, outcome = await self._say(claimed, letter)
        except Exception:
            report_fault(claimed)
            return Faulty(claimed)
        if outcome.kind is OutcomeKind.THROTTLED and outcome.retry_after is not None:
            self._resting[host] = self._now() + timedelta(seconds=outcome.retry_after)
        return Said(claimed, letter, outcome, host)

    async def _send_mail(self, claimed: Claimed) -> Ending:
        assert self._mail is not None, "without a mail server nothing goes by mail"
        try:
            letter = await self._patiently(compose_mail, claimed, self._public_url, self._chance(SECRET_BYTES))
            if isinstance(letter, NotSent):
                return Unsaid(claimed, letter)
            if isinstance(letter, NotNow):
                return HeldBack(claimed, letter.until)
            return Mailed(replace(claimed, by_mail=True), await self._mail.send(letter))
        except Exception:
            report_fault(claimed)
            return Faulty(claimed)

    async def _arrange(self, claimed: Claimed) -> Ending:
        service = self._meetings()
        if service is None:
            return Unsaid(claimed, NO_SERVICE)
        try:
            until = self._resting.get(service.host)
            if until is not None and until > self._now():
                return Resting(claimed, until)
            order = await self._patiently(compose_order, claimed, service.joins_chats)
            if isinstance(order, NotSent):
                return Unsaid(claimed, order)
            outcome = await service.do(order)
        except Exception:
            report_fault(claimed)
            return Faulty(claimed)
        if outcome.kind is GraphKind.THROTTLED and outcome.retry_after is not None:
            self._resting[service.host] = self._now() + timedelta(seconds=outcome.retry_after)
        return Arranged(claimed, order, outcome, service.host)

    async def _say(self, claimed: Claimed, letter: Letter) -> tuple[Letter, Outcome]:
        """With the letter as it went: where there is no card to replace any more, a new one stands in its stead."""
        to = Address(letter.to.service_url, letter.to.conversation, letter.to.tenant, letter.to.address)
        if letter.replaces is not None:
            outcome = await self._post().update(to, letter.replaces, letter.card)
            if outcome.kind is not OutcomeKind.GONE:
                return letter, outcome
            letter = replace(letter, replaces=None, is_instead=True)
            if not await self._transactions.run(has_room_for_another, claimed, self._budgets):
                return letter, Outcome(OutcomeKind.THROTTLED, code="NoCardToUpdate")
        return letter, await self._post().send(to, letter.card)

    async def _note_those_that_end(self, under_way: set[asyncio.Task[Ending]]) -> set[asyncio.Task[Ending]]:
        """Those that take long are left to themselves, so that others go past them."""
        for _ in range(LOOKS_UNTIL_IT_IS_SLOW):
            if not under_way:
                break
            done, under_way = await asyncio.wait(under_way, timeout=NOTED_WITHIN_SECONDS)
            await self._note_all([task.result() for task in done])
        return under_way

    async def _note_all(self, endings: Sequence[Ending]) -> None:
        await self._note([one for ending in endings for one in apart(ending)])

    async def _note(self, endings: Sequence[One]) -> None:
        """All in one transaction; if one of them cannot be noted, each in its own."""
        if not endings:
            return
        has_mail = self._mail is not None
        try:
            lines = await self._patiently(note_all, endings, has_mail)
        except OutOfReach:
            raise
        except Exception:
            if len(endings) > 1:
                await asyncio.gather(*(self._note([one]) for one in endings))
                return
            if isinstance(endings[0], Faulty):
                raise
            report_fault(endings[0].claimed)
            lines = await self._transactions.run(note_all, [Faulty(endings[0].claimed)], has_mail)
        for line in lines:
            self._tell(line)

    async def _patiently(self, use_case: Callable[..., R], *arguments: object) -> R:
        return await run_patiently(self._transactions, WAITS_FOR_THE_DATABASE_SECONDS, use_case, *arguments)

    def _tell(self, line: Delivery | None) -> None:
        if line is not None:
            self._counts.delivered(line.state)
            ids = {"outgoing": line.message, "state": line.state.value, "code": line.code, "activity": line.activity}
            log.info("a delivery", extra=ids)


async def as_it_is(ending: Ending) -> Ending:
    """What was not sent, to be noted with what is."""
    return ending


def report_fault(claimed: Claimed) -> None:
    log.exception("a message failed", extra={"outgoing": claimed.message.id, "kind": claimed.message.kind})


@lru_cache(maxsize=64)
def host_of(service_url: str) -> str:
    return URL(service_url).authority


def claim(means: Means, token: str, most: int, budgets: Budgets | None) -> Round:
    store, now = means.store, means.now
    resting = store.budgets.rests(now)
    if budgets is None:
        claimed = store.outbox.claim(now, most, LEASE, token, resting)
        return Round((*claimed, *gather(means, claimed)), resting, when_again(means, resting, now))
    store.budgets.lock()
    room = budgets.room(store.budgets, now)
    if not room:
        return Round((), resting, budgets.free_at(store.budgets, now))
    claimed = store.outbox.claim(now, min(most, room), LEASE, token, resting)
    tried = frozenset(one.message.id for one in claimed if one.was_tried)
    later = budgets.spend(store.budgets, [one.message for one in claimed if not one.by_mail], now, tried)
    for one in claimed:
        if one.message.id in later:
            wait_for(means, one, later[one.message.id])
    going = tuple(one for one in claimed if one.message.id not in later)
    gathered = gather(means, going)
    shared = {one.message.recipient for one in gathered}
    budgets.spend_one_more(store.budgets, [one.message for one in going if one.message.recipient in shared], now)
    return Round((*going, *gathered), resting, when_again(means, resting, now))


def wait_for(means: Means, claimed: Claimed, at: datetime) -> None:
    """What only waits for more of its kind is not due yet, so that it holds up nothing else for the same person."""
    outbox = means.store.outbox
    if not is_gathered(claimed.message) or claimed.attempts > 1 or at > means.now + WITHIN:
        outbox.put_back(claimed, at)
        return
    for one in (claimed, *gather(means, [claimed])):
        outbox.postpone(one, at)


def gather(means: Means, claimed: Sequence[Claimed]) -> Sequence[Claimed]:
    """What else waits for the same people and can go on one card with it, which costs nothing of any budget."""
    leaders = [one for one in claimed if is_gathered(one.message) and not one.by_mail]
    return means.store.outbox.gather(leaders, means.now, LEASE) if leaders else ()


def when_again(means: Means, resting: Mapping[str, datetime], now: datetime) -> datetime | None:
    moments = [means.store.outbox.next_at(now), *resting.values()]
    return min((moment for moment in moments if moment is not None), default=None)


def has_room_for_another(means: Means, claimed: Claimed, budgets: Budgets | None) -> bool:
    """An update that found no card, and the card in its stead, are two."""
    if budgets is None:
        return True
    store = means.store.budgets
    store.lock()
    return budgets.room(store, means.now) > 0 and not budgets.spend(store, [claimed.message], means.now)

"""Delivers what was written to the outbox: claims what may go now, makes it, sends it, has it written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from yarl import URL

from bot.accounting import fail, let_rest, note_outcome, try_later
from bot.budgets import Budgets
from bot.fallback import compose_mail, note_mailed
from bot.letters import Letter, NotSent, compose
from bot.mail import MailPost
from bot.metrics import Counts
from bot.post import Outcome, OutcomeKind, Post
from bot.post import Reference as Address
from discussions.needs import Means, NewId, Transactions
from discussions.post import Claimed, Delivery, DeliveryState

LEASE = timedelta(seconds=60)
"""At least three times what one send may take."""
AT_ONCE = 8
IS_SLOW_AFTER_SECONDS = 0.25
"""From then on others go past it."""
DIES_OF_IT_AFTER_ATTEMPTS = 12

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
        budgets: Budgets | None = None,
        mail: MailPost | None = None,
        counts: Counts | None = None,
    ) -> None:
        self._counts = counts or Counts()
        self._transactions = transactions
        self._post = post
        self._now = now
        self._new_id = new_id
        self._public_url = url
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
        under_way: set[asyncio.Task[None]] = set()
        async with self._passing:
            try:
                while True:
                    found = await self._look(AT_ONCE - len(under_way))
                    handled += len(found.claimed)
                    under_way |= {asyncio.create_task(self._deliver(one)) for one in found.claimed}
                    if not under_way:
                        return handled, found.again_at
                    under_way = await those_that_take_long(under_way)
            except asyncio.CancelledError:
                for task in under_way:
                    task.cancel()
                raise
            finally:
                await asyncio.gather(*under_way, return_exceptions=True)

    async def _look(self, most: int) -> Round:
        if not most:
            return Round()
        found = await self._transactions.run(claim, self._new_id(), most, self._budgets)
        self._resting |= found.resting
        return found

    async def _deliver(self, claimed: Claimed) -> None:
        """A fault of one message must neither keep the others waiting nor hold its recipient's lane for ever."""
        try:
            await self._make_and_send(claimed)
        except Exception:
            log.exception("a message failed", extra={"outgoing": claimed.message.id, "kind": claimed.message.kind})
            # nobody knows how far it came
            await self._account(try_later, claimed, DeliveryState.MAYBE_SENT, "fault", self._mail is not None)

    async def _make_and_send(self, claimed: Claimed) -> None:
        if claimed.attempts > DIES_OF_IT_AFTER_ATTEMPTS:
            # so many senders have died of it that the next one would too
            await self._account(fail, claimed, DeliveryState.GAVE_UP, "cut off", self._mail is not None)
            return
        if claimed.by_mail and self._mail is not None:
            await self._send_mail(claimed, self._mail)
            return
        letter = await self._transactions.run(compose, claimed, self._public_url)
        if isinstance(letter, NotSent):
            await self._account(fail, claimed, letter.state, letter.code, self._mail is not None)
        else:
            await self._send(claimed, letter)

    async def _send(self, claimed: Claimed, letter: Letter) -> None:
        host = URL(letter.to.service_url).authority
        until = self._resting.get(host)
        if until is not None and until > self._now():
            await self._account(let_rest, claimed, until, self._mail is not None)
            return
        letter, outcome = await self._say(claimed, letter)
        if outcome.kind is OutcomeKind.THROTTLED and outcome.retry_after is not None:
            self._resting[host] = self._now() + timedelta(seconds=outcome.retry_after)
        await self._account(note_outcome, claimed, letter, outcome, host, self._mail is not None)

    async def _send_mail(self, claimed: Claimed, mail: MailPost) -> None:
        letter = await self._transactions.run(compose_mail, claimed)
        if isinstance(letter, NotSent):
            await self._account(fail, claimed, letter.state, letter.code, True)
        else:
            await self._account(note_mailed, claimed, await mail.send(letter))

    async def _account(self, what_became: Callable[..., Delivery | None], *arguments: object) -> None:
        line = await self._transactions.run(what_became, *arguments)
        if line is not None:
            self._counts.delivered(line.state)
            ids = {"outgoing": line.message, "state": line.state.value, "code": line.code, "activity": line.activity}
            log.info("a delivery", extra=ids)

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


async def those_that_take_long(under_way: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Gives the others time to end. Raises what one of them could not deal with."""
    done, others = await asyncio.wait(under_way, timeout=IS_SLOW_AFTER_SECONDS)
    for task in done:
        task.result()
    return others


def claim(means: Means, token: str, most: int, budgets: Budgets | None) -> Round:
    store, now = means.store, means.now
    resting = store.budgets.rests(now)
    if budgets is None:
        claimed = store.outbox.claim(now, most, LEASE, token, resting)
        return Round(tuple(claimed), resting, when_again(means, resting, now))
    store.budgets.lock()
    room = budgets.room(store.budgets, now)
    if not room:
        return Round((), resting, budgets.free_at(store.budgets, now))
    claimed = store.outbox.claim(now, min(most, room), LEASE, token, resting)
    later = budgets.spend(store.budgets, [one.message for one in claimed if not one.by_mail], now)
    for one in claimed:
        if one.message.id in later:
            store.outbox.put_back(one, later[one.message.id])
    going = tuple(one for one in claimed if one.message.id not in later)
    return Round(going, resting, when_again(means, resting, now))


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

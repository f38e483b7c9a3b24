"""Delivers what was written to the outbox, and keeps the ledger of what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.letters import Letter, NotSent, compose
from bot.post import Outcome, OutcomeKind, Post
from bot.post import Reference as Address
from discussions.needs import Means, NewId, Transactions
from discussions.post import Claimed, Delivery, DeliveryState

LEASE = timedelta(seconds=60)
"""At least three times what one send may take."""
AT_ONCE = 8
LONGEST_WAIT = timedelta(minutes=5)
GIVES_UP_AFTER_ATTEMPTS = 12

log = logging.getLogger("chairside.outbox")


class Outbox:
    """One sender; several may run on one database, since a message is claimed under a lease by one of them."""

    def __init__(
        self, transactions: Transactions, post: Callable[[], Post], now: Callable[[], datetime], new_id: NewId, url: str
    ) -> None:
        self._transactions = transactions
        self._post = post
        self._now = now
        self._new_id = new_id
        self._public_url = url
        self._wanted = asyncio.Event()
        self._passing = asyncio.Lock()

    def wake(self) -> None:
        self._wanted.set()

    async def run(self) -> None:
        """Sends whatever is due each time it is woken; never ends by itself."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self.deliver_due()
            except Exception:
                log.exception("delivering failed; the next tick tries again")

    async def deliver_due(self) -> int:
        """Everything that is due now, until nothing more can be claimed; how many were handled."""
        handled = 0
        async with self._passing:
            while claimed := await self._transactions.run(claim, self._new_id()):
                await asyncio.gather(*(self._deliver(one) for one in claimed))
                handled += len(claimed)
        return handled

    async def _deliver(self, claimed: Claimed) -> None:
        """A fault of one message must neither keep the others waiting nor hold its recipient's lane for ever."""
        try:
            await self._make_and_send(claimed)
        except Exception:
            log.exception("a message failed", extra={"message": claimed.message.id, "kind": claimed.message.kind})
            # nobody knows how far it came
            await self._transactions.run(try_later, claimed, DeliveryState.MAYBE_SENT, "fault", None)

    async def _make_and_send(self, claimed: Claimed) -> None:
        letter = await self._transactions.run(compose, claimed, self._public_url)
        if isinstance(letter, NotSent):
            await self._transactions.run(settle, claimed, letter.state, letter.code)
            return
        outcome = await self._send(letter)
        await self._transactions.run(note_outcome, claimed, letter, outcome)

    async def _send(self, letter: Letter) -> Outcome:
        to = Address(letter.to.service_url, letter.to.conversation, letter.to.tenant, letter.to.address)
        if letter.replaces is None:
            return await self._post().send(to, letter.card)
        outcome = await self._post().update(to, letter.replaces, letter.card)
        if outcome.kind is OutcomeKind.GONE:
            return await self._post().send(to, letter.card)
        return outcome


def claim(means: Means, token: str) -> list[Claimed]:
    return list(means.store.outbox.claim(means.now, AT_ONCE, LEASE, token))


def settle(means: Means, claimed: Claimed, state: DeliveryState, code: str | None) -> bool:
    return means.store.outbox.settle(claimed, Delivery(claimed.message.id, means.now, state, code))


def note_outcome(means: Means, claimed: Claimed, letter: Letter, outcome: Outcome) -> None:
    """What became of one sending: the ledger, the card's new place, and what follows from a refusal."""
    if outcome.kind is OutcomeKind.SENT:
        sent = Delivery(claimed.message.id, means.now, DeliveryState.SENT, None, outcome.activity)
        means.store.outbox.settle(claimed, sent)
        if outcome.activity:
            means.store.cards.remember(letter.to.conversation, letter.about, outcome.activity, means.now)
        return
    code = outcome.code or (str(outcome.status) if outcome.status else None)
    match outcome.kind:
        case OutcomeKind.THROTTLED:
            try_later(means, claimed, DeliveryState.RETRYING, code, outcome.retry_after)
        case OutcomeKind.UNKNOWN if letter.replaces is not None or not claimed.maybe_sent:
            # putting the same card again changes nothing; saying it again is done once, and says so
            try_later(means, claimed, DeliveryState.MAYBE_SENT, code, outcome.retry_after)
        case OutcomeKind.UNKNOWN:
            settle(means, claimed, DeliveryState.MAYBE_SENT, code)
        case OutcomeKind.BLOCKED:
            settle(means, claimed, DeliveryState.BLOCKED, code)
        case OutcomeKind.NOT_INSTALLED | OutcomeKind.GONE:
            means.store.conversations.remove(letter.to.conversation, means.now)
            settle(means, claimed, DeliveryState.NOT_INSTALLED, code)
        case _:
            settle(means, claimed, DeliveryState.GAVE_UP, code)


def try_later(
    means: Means, claimed: Claimed, state: DeliveryState, code: str | None, retry_after: float | None
) -> None:
    """Obeys Retry-After; otherwise waits twice as long each time."""
    if claimed.attempts >= GIVES_UP_AFTER_ATTEMPTS:
        settle(means, claimed, DeliveryState.GAVE_UP, code)
        return
    wait = timedelta(seconds=retry_after if retry_after is not None else 2 ** min(claimed.attempts, 8))
    at = means.now + min(wait, LONGEST_WAIT)
    means.store.outbox.retry(claimed, Delivery(claimed.message.id, means.now, state, code), at)

"""What became of a sending and what follows from it: the ledger, another try, another way, or an end.

Each gives the line that was written to the ledger; None where nothing was tried, or the lease was lost meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from bot.sending.letter import Letter
from bot.sending.post import Outcome, OutcomeKind
from discussions.fallback import goes_by_mail, tell_chair
from discussions.needs import LiveCard, Means
from discussions.post import IN_DIGEST, Claimed, Delivery, DeliveryState, longest_wait

GIVES_UP_AFTER_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(minutes=5)
SHORTEST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE_IF_THROTTLED = timedelta(minutes=1)
LONGEST_PAUSE_IF_URGENT = timedelta(seconds=10)
NOT_UNTIL_THEY_SPEAK = "BotDisabledByAdmin"


def settle(means: Means, claimed: Claimed, state: DeliveryState, code: str | None) -> Delivery | None:
    line = Delivery(claimed.message.id, means.now, state, code)
    return line if means.store.outbox.settle(claimed, line) else None


def fail(means: Means, claimed: Claimed, state: DeliveryState, code: str | None, has_mail: bool) -> Delivery | None:
    """This way does not lead there. By mail, if that can be; else it ends here, and the chair is told."""
    if state is not DeliveryState.WITHDRAWN and goes_by_mail(means, claimed, has_mail):
        line = Delivery(claimed.message.id, means.now, state, code)
        is_written = means.store.outbox.retry(claimed, line, means.now, is_attempt=False, by_mail=True)
        return line if is_written else None
    ended = settle(means, claimed, state, code)
    if ended is not None and state is not DeliveryState.WITHDRAWN:
        tell_chair(means, claimed.message)
    return ended


def note_outcome(
    means: Means, claimed: Claimed, letter: Letter, outcome: Outcome, host: str, has_mail: bool = False
) -> Delivery | None:
    """What became of one sending: the ledger, the card's new place, and what follows from a refusal."""
    if outcome.kind is OutcomeKind.SENT:
        return next(iter(note_sent_all(means, [(claimed, letter, outcome)])), None)
    code = outcome.code or (str(outcome.status) if outcome.status else None)
    conversations = means.store.conversations
    match outcome.kind:
        case OutcomeKind.THROTTLED:
            return wait_for_host(means, claimed, code, host, outcome.retry_after, has_mail)
        case OutcomeKind.UNKNOWN if letter.replaces is not None or not (claimed.maybe_sent or letter.is_instead):
            # putting the same card again changes nothing; saying it again is done once, and says so
            return try_later(means, claimed, DeliveryState.MAYBE_SENT, code, has_mail)
        case OutcomeKind.UNKNOWN:
            return fail(means, claimed, DeliveryState.MAYBE_SENT, code, has_mail)
        case OutcomeKind.BLOCKED:
            conversations.stop(letter.to.conversation, means.now)
            return fail(means, claimed, DeliveryState.BLOCKED, code, has_mail)
        case OutcomeKind.NOT_INSTALLED | OutcomeKind.GONE:
            leave = conversations.stop if code == NOT_UNTIL_THEY_SPEAK else conversations.remove
            leave(letter.to.conversation, means.now)
            return fail(means, claimed, DeliveryState.NOT_INSTALLED, code, has_mail)
        case _:
            return fail(means, claimed, DeliveryState.GAVE_UP, code, has_mail)


def note_sent_all(means: Means, sent: Sequence[tuple[Claimed, Letter, Outcome]]) -> list[Delivery]:
    """Those whose lease was lost meanwhile get no line, but theirs is the newest card all the same."""
    ended = [
        (claimed, Delivery(claimed.message.id, means.now, DeliveryState.SENT, how(letter), outcome.activity))
        for claimed, letter, outcome in sent
    ]
    written = means.store.outbox.settle_all(ended)
    cards = [
        (LiveCard(letter.to.conversation, outcome.activity), letter.about)
        for _, letter, outcome in sent
        if outcome.activity
    ]
    means.store.cards.remember_all(cards, means.now)
    return [line for _, line in ended if line.message in written]


def how(letter: Letter) -> str | None:
    return IN_DIGEST if letter.carries else None


def try_later(
    means: Means, claimed: Claimed, state: DeliveryState, code: str | None, has_mail: bool
) -> Delivery | None:
    """An attempt that failed: waits twice as long each time, and not for ever."""
    if claimed.attempts >= GIVES_UP_AFTER_ATTEMPTS:
        return fail(means, claimed, DeliveryState.GAVE_UP, code, has_mail)
    pause = min(timedelta(seconds=2 ** min(claimed.attempts, 10)), LONGEST_PAUSE)
    line = Delivery(claimed.message.id, means.now, state, code)
    return line if means.store.outbox.retry(claimed, line, means.now + pause) else None


def wait_for_host(
    means: Means, claimed: Claimed, code: str | None, host: str, retry_after: float | None, has_mail: bool
) -> Delivery | None:
    """Throttled, which is no attempt. What the service asks for holds for everything that goes to this host."""
    since = means.store.outbox.tried_since(claimed.message.id) or means.now
    if retry_after is not None:
        means.store.budgets.rest(host, means.now + timedelta(seconds=retry_after))
    ends = since + longest_wait(claimed.message.urgent)
    if means.now >= ends:
        return fail(means, claimed, DeliveryState.UNREACHABLE, code, has_mail)
    pause = pause_after(claimed, means.now - since) if retry_after is None else timedelta(seconds=retry_after)
    line = Delivery(claimed.message.id, means.now, DeliveryState.RETRYING, code)
    is_written = means.store.outbox.retry(claimed, line, min(means.now + pause, ends), is_attempt=False)
    return line if is_written else None


def pause_after(claimed: Claimed, waited: timedelta) -> timedelta:
    """About as long again as it has waited already; a little different for each message, so that they part."""
    longest = LONGEST_PAUSE_IF_URGENT if claimed.message.urgent else LONGEST_PAUSE_IF_THROTTLED
    return min(max(waited, SHORTEST_PAUSE), longest) * (1 + crc32(claimed.message.id.encode()) % 100 / 400)


def let_rest(means: Means, claimed: Claimed, until: datetime, has_mail: bool) -> Delivery | None:
    """The host was asked to be left alone until then, so nothing was tried."""
    since = means.store.outbox.tried_since(claimed.message.id) or claimed.message.due_at
    ends = since + longest_wait(claimed.message.urgent)
    if means.now >= ends:
        return fail(means, claimed, DeliveryState.UNREACHABLE, "Resting", has_mail)
    means.store.outbox.put_back(claimed, min(until, ends))
    return None

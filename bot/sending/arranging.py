"""Orders to the meeting service, from the outbox like everything else: under a lease, accounted for, tried again."""

from __future__ import annotations

from dataclasses import dataclass

from bot.graph.outcome import GraphKind, GraphOutcome
from bot.sending.accounting import fail, settle, try_later, wait_for_host
from bot.sending.letter import NotSent
from discussions.ids import DiscussionId
from discussions.meetings.arranging import (
    give_link_that_is_there,
    next_order,
    note_joined,
    note_lost,
    note_made,
    note_moved,
    note_removed,
)
from discussions.meetings.meeting import JoinChat, Make, Move, Order, Remove
from discussions.needs import Means
from discussions.post import Claimed, Delivery, DeliveryState

NO_SERVICE = NotSent(DeliveryState.WITHDRAWN, "no meeting service")
NOTHING_TO_DO = NotSent(DeliveryState.WITHDRAWN, "nothing to arrange")


@dataclass(frozen=True, slots=True)
class Arranged:
    """The meeting service was asked, at this host."""

    claimed: Claimed
    order: Order
    outcome: GraphOutcome
    host: str


def compose_order(means: Means, claimed: Claimed, joins_chats: bool) -> Order | NotSent:
    """As the discussion stands now, and marked as being done."""
    id, is_repeat = DiscussionId(claimed.message.about["discussion"]), claimed.maybe_sent
    give_link_that_is_there(means, id)
    order = next_order(means, id, joins_chats=joins_chats, is_repeat=is_repeat)
    if order is None:
        return NOTHING_TO_DO
    if not means.store.outbox.sending(claimed, means.now):
        return NotSent(DeliveryState.WITHDRAWN, "lease lost")
    return order


def note_arranged(means: Means, arranged: Arranged) -> Delivery | None:
    claimed, outcome, code = arranged.claimed, arranged.outcome, arranged.outcome.code
    match outcome.kind:
        case GraphKind.DONE:
            follow(means, arranged)
            return settle(means, claimed, DeliveryState.SENT, None)
        case GraphKind.LOST:
            if isinstance(arranged.order, Move):
                note_lost(means, DiscussionId(claimed.message.about["discussion"]))
            return settle(means, claimed, DeliveryState.SENT, code)
        case GraphKind.THROTTLED:
            return wait_for_host(means, claimed, code, arranged.host, outcome.retry_after, has_mail=False)
        case GraphKind.UNKNOWN:
            return try_later(means, claimed, DeliveryState.MAYBE_SENT, code, has_mail=False)
        case GraphKind.REFUSED:
            return fail(means, claimed, DeliveryState.GAVE_UP, code, has_mail=False)


def follow(means: Means, arranged: Arranged) -> None:
    id = DiscussionId(arranged.claimed.message.about["discussion"])
    match arranged.order, arranged.outcome.made:
        case Make() as order, made if made is not None:
            note_made(means, id, order, made)
        case Move() as order, _:
            note_moved(means, id, order)
        case Remove(), _:
            note_removed(means, id)
        case JoinChat(), _:
            note_joined(means, id)
        case _:
            raise AssertionError("what was made is said")

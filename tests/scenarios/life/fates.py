"""Whether the ledger tells the truth about what did not arrive, and the chair heard of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from discussions.ids import PromiseId
from discussions.post import Delivery, DeliveryState, Message, MessageKind
from tests.scenarios.life.books import Books, Page
from tests.scenarios.life.rules import DESK_OF, THE_CHAIR, owners, rota
from tests.scenarios.life.said_in_chats import Chats
from tests.scenarios.life.steps import CAST
from tests.scenarios.people import person_id
from tests.teams.faults import Fault

ASKS = frozenset(
    {MessageKind.ACTION, MessageKind.NUDGE, MessageKind.PREPARATION, MessageKind.CHAIR_ASKED, MessageKind.HAND_OVER}
)
NOT_REACHED = frozenset(
    {
        DeliveryState.BLOCKED,
        DeliveryState.NOT_INSTALLED,
        DeliveryState.UNREACHABLE,
        DeliveryState.GAVE_UP,
        DeliveryState.MAYBE_SENT,
    }
)
TOLD_OF_NOBODY = frozenset({MessageKind.UNREACHED, MessageKind.AUDIT, MessageKind.MISSED, MessageKind.MORNING,
                            MessageKind.RETURNED, MessageKind.REFRESH, MessageKind.WELCOME})  # fmt: skip
FALLBACK_USED = DeliveryState.FALLBACK_USED
OUR_OWN_CODES = frozenset({"fault", "cut off", "TimeoutError", "ServerTimeoutError", "ConnectionTimeoutError"})


def untrue_lines(books: Books) -> Iterator[str]:
    chats = Chats(books)
    for kept in books.end.outbox.values():
        if kept.ended_at is None:
            yield f"{kept.message.kind} to {kept.message.recipient} never ended: {kept.state}"
    seen = 0
    for page in books.pages:
        for line in page.after.ledger[seen:]:
            message = books.end.outbox[line.message].message
            found = (*not_explained(chats, line, message, page), *nobody_was_told(chats, line, message, page))
            yield from (f"{page.at:%a %d/%m %H:%M} {page.what}: {message.kind} {one}" for one in found)
        seen = len(page.after.ledger)
    yield from mails_that_never_came(books)


def not_explained(chats: Chats, line: Delivery, message: Message, page: Page) -> Iterator[str]:
    room = chats.room_of(message)
    met = [one.fault for one in chats.books.world.faults.met if one.at == page.at and one.conversation == room]
    match line.state:
        case DeliveryState.RETRYING if not any(f.status in (412, 429, 503) for f in met) and not by_mail(line):
            yield "is tried again, and nothing stood in its way"
        case DeliveryState.MAYBE_SENT if not any(map(leaves_in_doubt, met)) and line.code not in OUR_OWN_CODES:
            yield f"is called unsure ({line.code}), and is not"
        case DeliveryState.BLOCKED if not any(f.status == 403 for f in met):
            yield "is called blocked, and is not"
        case DeliveryState.NOT_INSTALLED if not was_left(chats, message, page):
            yield f"is called not installed ({line.code}), and the app was there"
        case DeliveryState.GAVE_UP if not any(f.status >= 400 for f in met) and line.code not in OUR_OWN_CODES:
            yield "was given up for no reason"
        case DeliveryState.UNREACHABLE if not has_waited_long(chats, line):
            yield f"is called unreachable ({line.code}), and was not tried for long"
        case DeliveryState.WITHDRAWN if is_a_nudge(message) and not was_withdrawn_rightly(chats, message, page):
            yield f"was withdrawn ({line.code}), and still had something to ask"


def by_mail(line: Delivery) -> bool:
    return (line.code or "").isdigit() and len(line.code or "") == 3 and line.code not in ("412", "429", "503")


def leaves_in_doubt(fault: Fault) -> bool:
    return fault.resets or fault.status in (500, 502, 504)


def was_left(chats: Chats, message: Message, page: Page) -> bool:
    """The app was taken away or blocked there at some time; or they never had it."""
    room = chats.room_of(message)
    names = {name for name in CAST if person_id(name) == message.recipient}
    stopped = (one for one in chats.books.world.faults.met if one.conversation == room and one.at <= page.at)
    return not names or bool(names & chats.books.gone) or any(one.fault.status in (403, 404) for one in stopped)


def has_waited_long(chats: Chats, line: Delivery) -> bool:
    earlier = [one for one in chats.ledger[line.message] if one.at < line.at]
    return bool(earlier) or line.code in ("Resting", "no mail address")


def is_a_nudge(message: Message) -> bool:
    return message.kind is MessageKind.NUDGE and "promise" in message.about


def was_withdrawn_rightly(chats: Chats, message: Message, page: Page) -> bool:
    return chats.is_over(message, page.before) or chats.is_over(message, page.after)


def nobody_was_told(chats: Chats, line: Delivery, message: Message, page: Page) -> Iterator[str]:
    """Of whom neither Teams nor mail reached the chair hears, by name; of a desk only if none of them was reached."""
    kept = page.after.outbox[message.id]
    is_lost = line.state in NOT_REACHED and kept.state == line.state and kept.ended_at is not None
    if not is_lost or message.kind in TOLD_OF_NOBODY or message.replaces_card or is_past(chats, message, page):
        return
    told = [one.message for one in page.after.outbox.values() if one.message.kind is MessageKind.UNREACHED]
    if any(one.about.get("message") == message.id for one in told):
        return
    is_desks = is_for_a_desk(chats, message, page)
    if is_desks and (any("desk" in one.about for one in told) or any_left(chats, message, page)):
        return
    if message.recipient == THE_CHAIR:
        return
    yield f"did not reach {message.recipient} ({line.state}), and the chair was not told"


def is_past(chats: Chats, message: Message, page: Page) -> bool:
    return message.kind in ASKS and chats.is_over(message, page.after)


def is_for_a_desk(chats: Chats, message: Message, page: Page) -> bool:
    """Any of them could have answered. A hand-over asks one person, whichever desk they are at."""
    if message.kind in (MessageKind.HAND_OVER, MessageKind.CHAIR_ASKED) or message.kind not in ASKS:
        return False
    promise = chats.books.end.promises.get(PromiseId(message.about.get("promise", "")))
    action = page.after.actions.get(message.about.get("action", ""))
    if promise is not None and promise.audience != "owner":
        is_offer = promise.audience == "asked" and action is not None and action.handed_to is None
        return promise.audience in ("desk", "duty_desk") or is_offer
    return action is not None and action.owner is None and message.recipient in owners(action)


def any_left(chats: Chats, message: Message, page: Page) -> bool:
    """Somebody of that desk has the app, as far as anybody could know: never without, or with a card since."""
    desk = DESK_OF.get(message.recipient) if message.recipient else None
    others = [replace(message, recipient=one) for one in rota(desk)]
    return any(not was_left(chats, one, page) or was_reached_since(chats, one, page) for one in others)


def was_reached_since(chats: Chats, message: Message, page: Page) -> bool:
    room = chats.room_of(message)
    met = chats.books.world.faults.met
    stopped = [one.at for one in met if one.conversation == room and one.fault.status in (403, 404)]
    last = max((at for at in stopped if at <= page.at), default=page.at)
    return any(event.conversation == room and last <= at <= page.at for event, at, _ in chats.events)


def mails_that_never_came(books: Books) -> Iterator[str]:
    """As many mails to each address as the ledger says were taken."""
    addresses = books.world.addresses
    taken = [books.end.outbox[one.message].message for one in books.end.ledger if one.state is FALLBACK_USED]
    noted = Counter(addresses[one.recipient] for one in taken if one.recipient)
    came = Counter(books.mails)
    yield from (f"{times} mails to {to} were noted, {came[to]} came" for to, times in noted.items() if came[to] < times)

"""The way round: what Teams could not deliver goes by mail, with nothing in it but a reference."""

from __future__ import annotations

from datetime import timedelta

from bot.accounting import fail, settle
from bot.letter import NotSent
from bot.mail import MailKind, MailLetter, MailOutcome
from discussions.fallback import discussion_of, may_hear, recipient_of
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Claimed, Delivery, DeliveryState, Message

TRIES = 10
TRIES_IF_URGENT = 4
LONGEST_PAUSE = timedelta(minutes=5)


def compose_mail(means: Means, claimed: Claimed) -> MailLetter | NotSent:
    """As compose does for Teams: under the recipient's access now, and marked as being sent."""
    message = claimed.message
    who = recipient_of(means, message)
    if who is None or not may_hear(means, who, message):
        return NotSent(DeliveryState.WITHDRAWN, "nothing to say any more")
    if not who.mail:
        return NotSent(DeliveryState.UNREACHABLE, "no mail address")
    if not means.store.outbox.sending(claimed, means.now):
        return NotSent(DeliveryState.WITHDRAWN, "lease lost")
    discussion = discussion_of(means, message)
    return MailLetter(
        message.id, who.mail, discussion.reference if discussion else None, number_for(means, who, message)
    )


def number_for(means: Means, who: Person, message: Message) -> str | None:
    """The chair's telephone; the chair is not asked to ring the chair."""
    discussion = discussion_of(means, message)
    if discussion is None or discussion.chair == who.id:
        return None
    chair = means.store.people.person(discussion.chair)
    return chair.phone if chair else None


def note_mailed(means: Means, claimed: Claimed, outcome: MailOutcome) -> Delivery | None:
    match outcome.kind:
        case MailKind.TAKEN:
            return settle(means, claimed, DeliveryState.FALLBACK_USED, outcome.code)
        case MailKind.REFUSED:
            return fail(means, claimed, DeliveryState.UNREACHABLE, outcome.code, has_mail=True)
        case MailKind.LATER:
            return mail_later(means, claimed, DeliveryState.RETRYING, outcome.code)
        case MailKind.UNKNOWN:
            return mail_later(means, claimed, DeliveryState.MAYBE_SENT, outcome.code)


def mail_later(means: Means, claimed: Claimed, state: DeliveryState, code: str | None) -> Delivery | None:
    if claimed.attempts >= (TRIES_IF_URGENT if claimed.message.urgent else TRIES):
        return fail(means, claimed, DeliveryState.UNREACHABLE, code, has_mail=True)
    pause = min(timedelta(seconds=2**claimed.attempts), LONGEST_PAUSE)
    line = Delivery(claimed.message.id, means.now, state, code)
    return line if means.store.outbox.retry(claimed, line, means.now + pause) else None

"""The way round Teams: by mail, with nothing in it but a reference and a link to the secure page."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta

from bot.sending.accounting import fail, settle
from bot.sending.before_mail import words_before
from bot.sending.invitation_mail import is_about_invitation, last_day, write_invitation
from bot.sending.letter import NO_INSTALLATION, NotNow, NotSent
from bot.sending.mail import MailKind, MailLetter, MailOutcome
from bot.sending.secure_path import address_of
from discussions.attention.holding import held_until
from discussions.fallback import discussion_of, is_for_mail, may_hear, recipient_of
from discussions.needs import Means
from discussions.needs.secure import Purpose
from discussions.people import Person, PersonId
from discussions.post import Claimed, Delivery, DeliveryState, Message, MessageKind
from discussions.secure.codes import make_code
from discussions.secure.links import give_secure_link
from pages.mail import MailWords, code_words, link_words, place_words, waiting_words

NO_ADDRESS = NotSent(DeliveryState.UNREACHABLE, "no mail address")
TRIES = 10
TRIES_IF_URGENT = 4
LONGEST_PAUSE = timedelta(minutes=5)


def compose_mail(means: Means, claimed: Claimed, public_url: str, chance: bytes) -> MailLetter | NotSent | NotNow:
    """As compose does for Teams: under the recipient's access now, and marked as being sent. `chance` is 32 bytes, of
    which the secret of a link or a code is made.
    """
    message = claimed.message
    who = recipient_of(means, message)
    if who is None or not may_hear(means, who, message):
        return NotSent(DeliveryState.WITHDRAWN, "nothing to say any more")
    until = held_until(means, who, message)
    if until > means.now:
        return NotNow(until)
    if not is_for_mail(means, message):
        return NO_ADDRESS if claimed.by_mail else NO_INSTALLATION
    assert who.mail is not None
    if is_about_invitation(message):
        return compose_invitation(means, claimed, who, public_url, chance)
    if not means.store.outbox.sending(claimed, means.now, by_mail=True):
        return NotSent(DeliveryState.WITHDRAWN, "lease lost")
    words = words_for(means, who, message, public_url, chance)
    return words if isinstance(words, NotSent) else MailLetter(message.id, who.mail, words)


def compose_invitation(
    means: Means, claimed: Claimed, who: Person, public_url: str, chance: bytes
) -> MailLetter | NotSent:
    message = claimed.message
    written = write_invitation(means, who, message, public_url, chance, number_for(means, who, message))
    if isinstance(written, NotSent):
        return written
    if not means.store.outbox.sending(claimed, means.now, by_mail=True):
        return NotSent(DeliveryState.WITHDRAWN, "lease lost")
    assert who.mail is not None
    return MailLetter(message.id, who.mail, written.words, written.entry)


def words_for(means: Means, who: Person, message: Message, public_url: str, chance: bytes) -> MailWords | NotSent:
    if message.kind is MessageKind.PAGE_CODE:
        code = make_code(means, message, chance)
        minutes = means.practice.secure_page.code_minutes
        return code_words(code, minutes) if code else NotSent(DeliveryState.WITHDRAWN, "link over")
    if message.kind is MessageKind.PLACE_ASKED:
        return place_words(number_of(means, message.about["booker"]))
    if message.kind in (MessageKind.ASKED_AGAIN, MessageKind.TO_BRING):
        return words_before(means, who, message, public_url, chance, number_for(means, who, message))
    discussion, ring = discussion_of(means, message), number_for(means, who, message)
    secret = urlsafe_b64encode(chance).rstrip(b"=").decode()
    link = give_secure_link(means, message, who, secret) if discussion else None
    if discussion is None or link is None:
        return waiting_words(discussion.reference if discussion else None, ring)
    address, asks = address_of(public_url, secret), link.purpose is not Purpose.HEAR
    return link_words(discussion.reference, address, last_day(link), ring, asks=asks)


def number_for(means: Means, who: Person, message: Message) -> str | None:
    """The chair's telephone; the chair is not asked to ring the chair."""
    discussion = discussion_of(means, message)
    if discussion is None or discussion.chair == who.id:
        return None
    return number_of(means, discussion.chair)


def number_of(means: Means, id: str) -> str | None:
    person = means.store.people.person(PersonId(id))
    return person.phone if person else None


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

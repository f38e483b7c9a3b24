"""One-time codes and visits: a code goes by mail to the address on record alone, and the right one opens the page."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from discussions.ids import MessageId, SecureLinkId
from discussions.needs import Means
from discussions.needs.secure import PageVisit, SecureLink
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.secure.links import addressee_of, digest_of, is_shared, live_link, note
from discussions.trail import Deed

AN_HOUR = timedelta(hours=1)
NO_CODE = "0" * 64


class Asked(StrEnum):
    """What became of a wish for a code: counted, and told to nobody."""

    SENT = "code sent"
    TOO_MANY = "too many codes"
    NO_LINK = "no such link"


class Entered(StrEnum):
    """What became of a code that was typed in."""

    OPENED = "page opened"
    WRONG = "wrong code"
    NO_CODE = "no code waits"
    NO_LINK = "no such link"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is on the page: `who` is the person or mailbox that the link speaks for, `said` who they say they are."""

    visit: PageVisit
    link: SecureLink
    who: Person
    is_shared: bool
    said: Person | None = None


def ask_for_code(means: Means, secret: str) -> Asked:
    """It is made when its mail is written. Only so many an hour are sent: more would flood a mailbox."""
    found = locked_link(means, secret)
    if found is None:
        return Asked.NO_LINK
    link, who = found
    is_new_hour = link.codes_since is None or link.codes_since <= means.now - AN_HOUR
    made = 0 if is_new_hour else link.codes_made
    if made >= means.practice.secure_page.codes_per_hour:
        return Asked.TOO_MANY
    since = means.now if is_new_hour else link.codes_since
    means.store.secure_links.save(replace(link, codes_since=since, codes_made=made + 1))
    id = MessageId(means.new_id())
    about = {"link": link.id, "discussion": link.discussion}
    said = Message(id, MessageKind.PAGE_CODE, about, who.id, None, f"code:{id}", means.now, urgent=True)
    means.store.outbox.put(said)
    return Asked.SENT


def make_code(means: Means, message: Message, chance: bytes) -> str | None:
    """The code for the mail that is being written now; it takes the place of any before. None if the link is over."""
    id = SecureLinkId(message.about["link"])
    means.store.turns.take(f"link:{id}")
    link = means.store.secure_links.link(id)
    who = addressee_of(means, link) if link and link.is_live(means.now) else None
    if link is None or who is None:
        return None
    terms = means.practice.secure_page
    code = str(int.from_bytes(chance, "big") % 10**terms.code_digits).zfill(terms.code_digits)
    expires_at = means.now + timedelta(minutes=terms.code_minutes)
    kept = replace(link, code=code_digest(link, code), code_expires_at=expires_at, tries=0)
    means.store.secure_links.save(kept)
    note(means, Deed.CODE_SENT, link, who)
    return code


def code_digest(link: SecureLink, code: str) -> str:
    return hmac.new(link.digest.encode(), code.encode(), sha256).hexdigest()


def enter_code(means: Means, secret: str, typed: str, token: str) -> Entered:
    """`token` becomes the visit's, if the code is right. A wrong one is counted, so this returns and never raises."""
    found = locked_link(means, secret)
    link = found[0] if found else None
    code = "".join(letter for letter in typed if letter.isdecimal() and letter.isascii())
    given = hmac.new((link.digest if link else digest_of(secret)).encode(), code.encode(), sha256).hexdigest()
    is_right = hmac.compare_digest(given, (link.code if link else None) or NO_CODE)
    if found is None or link is None:
        return Entered.NO_LINK
    who, terms = found[1], means.practice.secure_page
    is_over = link.code_expires_at is None or link.code_expires_at <= means.now or link.tries >= terms.code_tries
    if link.code is None or is_over:
        return Entered.NO_CODE
    if not is_right:
        means.store.secure_links.save(replace(link, tries=link.tries + 1))
        note(means, Deed.WRONG_CODE, link, who)
        return Entered.WRONG
    means.store.secure_links.save(replace(link, code=None, code_expires_at=None, tries=0))
    ends_at = means.now + timedelta(minutes=terms.visit_minutes)
    means.store.secure_links.begin(PageVisit(digest_of(token), link.id, means.now, ends_at))
    note(means, Deed.PAGE_OPENED, link, who)
    return Entered.OPENED


def locked_link(means: Means, secret: str) -> tuple[SecureLink, Person] | None:
    """Read once its turn is taken, so that two at once can't both have the last try."""
    link = means.store.secure_links.find(digest_of(secret))
    means.store.turns.take(f"link:{link.id}" if link else "link:")
    return live_link(means, secret)


def visitor_of(means: Means, secret: str, token: str) -> Visitor | None:
    """Whoever holds this visit to this very link, if it is not over. A link's own end does not end a visit to it
    unless it was withdrawn or is another's now; what may be seen is decided by access, each time anew.
    """
    visit = means.store.secure_links.visit(digest_of(token))
    link = means.store.secure_links.link(visit.link) if visit and means.now < visit.ends_at else None
    if visit is None or link is None or not hmac.compare_digest(link.digest, digest_of(secret)):
        return None
    who = addressee_of(means, link)
    if who is None or (link.ended_why is not None and link.ended_why.ends_visits):
        return None
    said = means.store.people.person(visit.said) if visit.said else None
    return Visitor(visit, link, who, is_shared(means, who), said)


def leave_page(means: Means, token: str) -> None:
    means.store.secure_links.leave(digest_of(token))

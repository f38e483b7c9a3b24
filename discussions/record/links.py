"""One-time links to a record: ten minutes, one use, for the chair and the minute-taker alone."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256

from discussions.access import Can, discussion_for
from discussions.agenda.refusals import NotTheMoment
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId
from discussions.needs import Means, NewId, OneTimeLink
from discussions.people import Person
from discussions.refusals import NotFound, Refusal
from discussions.trail import Deed, Entry

LIFETIME = timedelta(minutes=10)
IDS_IN_A_SECRET = 3


class LinkGone(Refusal):
    """Used, run out, never given, or no longer theirs to use: told alike, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__("This link no longer works. Links work once, and for ten minutes.")


def make_secret(new_id: NewId) -> str:
    """43 letters that nobody can guess, fit for an address.

    An id carries 74 bits of chance, too few for a secret that opens a record; three together carry 222, and hashing
    them takes out the time that each begins with.
    """
    chance = "".join(new_id() for _ in range(IDS_IN_A_SECRET))
    return urlsafe_b64encode(sha256(chance.encode()).digest()).rstrip(b"=").decode()


def digest_of(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def give_link(means: Means, who: Person, id: DiscussionId, secret: str) -> OneTimeLink:
    """Keeps the digest of the secret, never the secret: whoever reads the database can't use the link."""
    discussion = discussion_for(means, who, id, Can.FETCH_RECORD)
    require_something_to_fetch(discussion)
    link = OneTimeLink(digest_of(secret), discussion.id, who.id, means.now + LIFETIME)
    means.store.links.add(link)
    means.store.trail.write(Entry(Deed.LINK_GIVEN, means.now, who.id, discussion.id, version=discussion.version))
    return link


def use_link(means: Means, secret: str) -> Discussion:
    """The discussion whose record the link opens, once, if the person it was given to may still fetch it.

    Raises LinkGone.
    """
    link = means.store.links.find(digest_of(secret))
    person = means.store.people.person(link.person) if link else None
    if link is None or person is None or link.discussion is None:
        raise LinkGone
    try:
        discussion = discussion_for(means, person, link.discussion, Can.FETCH_RECORD)
    except NotFound:
        raise LinkGone from None
    if not means.store.links.use(link.digest, means.now):
        raise LinkGone
    means.store.trail.write(Entry(Deed.FETCHED, means.now, person.id, discussion.id, version=discussion.version))
    return discussion


def require_something_to_fetch(discussion: Discussion) -> None:
    """While it goes on, what is captured so far can be fetched as a draft."""
    match discussion.state:
        case DiscussionState.BOOKED:
            raise NotTheMoment(f"{discussion.reference} has not started yet, so there is no record to fetch.")
        case DiscussionState.CANCELLED:
            raise NotTheMoment(f"{discussion.reference} was cancelled, so there is no record to fetch.")
        case DiscussionState.STARTED | DiscussionState.CLOSED | DiscussionState.APPROVED:
            return

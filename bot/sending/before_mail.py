"""Mails before a discussion starts: asked a second time, with a link to answer; and what to have ready."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from bot.sending.invitation_mail import DESK_IS_WRITTEN_TO, NOT_THEIRS, goes_to_the_desk, last_day
from bot.sending.letter import NotSent
from bot.sending.secure_path import address_of
from discussions.access import is_asked
from discussions.booking.calendar_entry import joining_of
from discussions.booking.discussion import Discussion
from discussions.booking.joining import say_phones
from discussions.chasing.standing import coming
from discussions.chasing.views import category_for
from discussions.fallback import discussion_of
from discussions.ids import InvitationId
from discussions.london import say_moment
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.secure.links import give_secure_link
from pages.mail import MailWords
from pages.mail_before import again_words, soon_words


def words_before(
    means: Means, who: Person, message: Message, public_url: str, chance: bytes, ring: str | None
) -> MailWords | NotSent:
    discussion = discussion_of(means, message)
    if discussion is None:
        return NOT_THEIRS
    if message.kind is MessageKind.TO_BRING:
        is_on_rota = is_written_to_at_the_desk(means, who, discussion)
        return DESK_IS_WRITTEN_TO if is_on_rota else ready_words(means, who, discussion, ring)
    invitation = means.store.discussions.invitation(InvitationId(message.about["invitation"]))
    if invitation is None or goes_to_the_desk(means, who, invitation):
        return DESK_IS_WRITTEN_TO
    secret = urlsafe_b64encode(chance).rstrip(b"=").decode()
    link = give_secure_link(means, message, who, secret)
    if link is None:
        return NOT_THEIRS
    page, when = address_of(public_url, secret), say_moment(discussion.starts_at)
    return again_words(discussion.reference, when, page, last_day(link), ring)


def is_written_to_at_the_desk(means: Means, who: Person, discussion: Discussion) -> bool:
    """Asked through their desk alone, which has an address of its own; the chair and minute-taker never are."""
    own = [one for one in coming(means, discussion) if is_asked(who, one)]
    is_at_table = who.id in (discussion.chair, discussion.minute_taker)
    return not is_at_table and bool(own) and all(goes_to_the_desk(means, who, one) for one in own)


def ready_words(means: Means, who: Person, discussion: Discussion, ring: str | None) -> MailWords:
    """Of what was typed about joining only what can be told to be a link or a number."""
    joining = joining_of(means, discussion)
    join = " or ".join(way for way in (joining.link, say_phones(joining)) if way)
    brings = category_for(means, who).brings
    return soon_words(discussion.reference, say_moment(discussion.starts_at), join or None, brings, ring)

"""Mails about invitations: the words, and the calendar entry that goes with them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from bot.sending.letter import NotSent
from bot.sending.secure_path import address_of
from discussions.access import is_addressed
from discussions.booking.calendar_entry import (
    CalendarEntry,
    entry_for,
    is_cancelled_for,
    joining_of,
    neutral_title,
    planned_minutes,
)
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.joining import say_phones
from discussions.booking.table_calendars import is_at_table, table_entry
from discussions.ids import DiscussionId, InvitationId
from discussions.london import say_short_day, to_london
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.needs.secure import SecureLink
from discussions.people import Person
from discussions.post import DeliveryState, Message, MessageKind
from discussions.secure.links import give_secure_link
from pages.invitation_mail import (
    Meeting,
    asking_words,
    entry_words,
    table_taken_back_words,
    table_words,
    taken_back_words,
)
from pages.mail import MailWords

KINDS = frozenset({MessageKind.INVITATION, MessageKind.CANCELLED, MessageKind.CALENDAR})
ANSWER_ON_PAGE = "Please answer on this secure page: {page} Accept or Decline in a calendar answers nobody."
ANSWER_IN_TEAMS = "You have the invitation in Teams. Accept or Decline in a calendar answers nobody."
THEIRS = "You chair this meeting or take its minutes. Everything about it is in Teams."
TAKEN_BACK = "This has been taken back."
DESK_IS_WRITTEN_TO = NotSent(DeliveryState.WITHDRAWN, "the desk is written to")
NOT_COMING = NotSent(DeliveryState.WITHDRAWN, "they do not come")
NOT_THEIRS = NotSent(DeliveryState.WITHDRAWN, "not their invitation")


@dataclass(frozen=True, slots=True)
class InvitationMail:
    words: MailWords
    entry: CalendarEntry


def is_about_invitation(message: Message) -> bool:
    return message.kind is MessageKind.CALENDAR or (message.kind in KINDS and "invitation" in message.about)


def write_invitation(
    means: Means, who: Person, message: Message, public_url: str, chance: bytes, ring: str | None
) -> InvitationMail | NotSent:
    """For whoever it was addressed to, as the meeting stands now."""
    if "invitation" not in message.about:
        return for_the_table(means, who, message)
    invitation = means.store.discussions.invitation(InvitationId(message.about["invitation"]))
    discussion = means.store.discussions.discussion(invitation.discussion) if invitation else None
    if invitation is None or discussion is None or not is_addressed(who, invitation):
        return NOT_THEIRS
    if message.kind is not MessageKind.CALENDAR and goes_to_the_desk(means, who, invitation):
        return DESK_IS_WRITTEN_TO
    meeting = meeting_of(means, discussion, invitation)
    is_in_teams = message.kind is MessageKind.CALENDAR
    if is_cancelled_for(discussion, invitation):
        is_cancelled = discussion.state is DiscussionState.CANCELLED
        entry = entry_for(means, discussion, invitation, says=TAKEN_BACK, is_in_teams=is_in_teams)
        return InvitationMail(taken_back_words(meeting, ring, is_cancelled=is_cancelled), entry)
    if is_in_teams and (invitation.answer.is_absent or invitation.answer is InvitationAnswer.DEPUTY):
        return NOT_COMING
    if is_in_teams:
        entry = entry_for(means, discussion, invitation, says=ANSWER_IN_TEAMS, is_in_teams=True)
        return InvitationMail(entry_words(meeting), entry)
    return asking(means, who, message, (discussion, invitation, meeting), public_url, chance, ring)


def for_the_table(means: Means, who: Person, message: Message) -> InvitationMail | NotSent:
    discussion = means.store.discussions.discussion(DiscussionId(message.about["discussion"]))
    if discussion is None:
        return NOT_THEIRS
    entry = table_entry(means, discussion, who, TAKEN_BACK if not is_at_table(discussion, who) else THEIRS)
    meeting = meeting_of(means, discussion, None)
    is_cancelled = discussion.state is DiscussionState.CANCELLED
    words = table_taken_back_words(meeting, is_cancelled=is_cancelled) if entry.is_cancelled else table_words(meeting)
    return InvitationMail(words, entry)


def asking(
    means: Means,
    who: Person,
    message: Message,
    what: tuple[Discussion, Invitation, Meeting],
    public_url: str,
    chance: bytes,
    ring: str | None,
) -> InvitationMail | NotSent:
    discussion, invitation, meeting = what
    secret = urlsafe_b64encode(chance).rstrip(b"=").decode()
    link = give_secure_link(means, message, who, secret)
    if link is None:
        return NOT_THEIRS
    page = address_of(public_url, secret)
    says = ANSWER_ON_PAGE.format(page=page)
    entry = entry_for(means, discussion, invitation, says=says, is_in_teams=False)
    return InvitationMail(asking_words(meeting, page, last_day(link), ring), entry)


def last_day(link: SecureLink) -> str:
    return say_short_day(to_london(link.expires_at - timedelta(minutes=1)).date())


def goes_to_the_desk(means: Means, who: Person, invitation: Invitation) -> bool:
    """A desk that has an address is written to there, once; not each of its people besides."""
    if invitation.desk is None or invitation.person is not None or desk_of_mailbox(who.id) is not None:
        return False
    return bool(means.store.people.desk(invitation.desk).mail)


def meeting_of(means: Means, discussion: Discussion, invitation: Invitation | None) -> Meeting:
    joining = joining_of(means, discussion)
    return Meeting(
        reference=discussion.reference,
        title=neutral_title(discussion),
        starts_at=discussion.starts_at,
        minutes=planned_minutes(means, discussion),
        link=joining.link,
        phones=say_phones(joining),
        was_moved=discussion.moved > 0,
        is_answered=invitation is not None and invitation.answer is not InvitationAnswer.ASKED,
    )

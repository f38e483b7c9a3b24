"""What Teams has told is brought to the calendar too, by mail: a card alone stands in nobody's calendar."""

from __future__ import annotations

from collections.abc import Iterable

from discussions.booking.book import say
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import InvitationId
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind


def put_into_calendars(means: Means, told: Iterable[Message]) -> None:
    """For invitations, and those taken back, that have just arrived in Teams: once each, for whoever has an address.

    Of a desk nobody's own calendar is written to before they have said that it is them who come.
    """
    if not means.practice.invitations.calendar_beside_teams:
        return
    for message in told:
        is_news = message.kind in (MessageKind.INVITATION, MessageKind.CANCELLED) and not message.replaces_card
        if not is_news or "invitation" not in message.about or message.recipient is None:
            continue
        invitation = means.store.discussions.invitation(InvitationId(message.about["invitation"]))
        who = means.store.people.person(message.recipient)
        if invitation is not None and who is not None and who.mail and is_for_their_own(invitation, who):
            say(means, MessageKind.CALENDAR, dict(message.about), who.id, f"calendar:{message.id}")


def is_for_their_own(invitation: Invitation, who: Person) -> bool:
    came_forward = invitation.answer is InvitationAnswer.COMING and invitation.answered_by == who.id
    return invitation.person == who.id or came_forward


def put_into_own_calendar(means: Means, who: Person, invitation: Invitation) -> None:
    """Somebody of a desk has said that they come: the desk's entry is not in their calendar."""
    is_theirs = invitation.desk is not None and invitation.person is None and desk_of_mailbox(who.id) is None
    comes = invitation.answer is InvitationAnswer.COMING and not invitation.on_behalf
    if is_theirs and comes and who.mail and means.practice.invitations.calendar_beside_teams:
        about = {"discussion": invitation.discussion, "invitation": invitation.id}
        say(means, MessageKind.CALENDAR, about, who.id, f"calendar:{invitation.id}:{invitation.version}")

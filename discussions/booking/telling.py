"""Saying that a booking has changed: to those who run it, and to everybody who is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from discussions.booking.book import people_asked, people_told, say
from discussions.booking.changes import MOVES, Change, ChangeKind
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.booking.table_calendars import put_into_calendars_of_table
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind

IN_CALENDARS = MOVES | {ChangeKind.CANCELLED, ChangeKind.CHAIR_TAKEN}


def tell_the_table(
    means: Means, who: Person, discussion: Discussion, change: Change, also: Iterable[PersonId | None] = ()
) -> None:
    """Whoever chairs, booked or minutes it, and `also`; but whoever did it. Their older card gives way."""
    if change.kind in IN_CALENDARS:
        had_it = change.person if change.kind is ChangeKind.CHAIR_TAKEN else None
        put_into_calendars_of_table(means, discussion, change.id, (had_it,))
    about: dict[str, str] = {"discussion": discussion.id}
    for person in table_of(discussion, also):
        if person != who.id:
            say(means, MessageKind.FORMER, about, person, f"former:{change.id}", replaces=True)
            say(means, MessageKind.BOOKING_CHANGED, about, person, f"changed:{change.id}")


def table_of(discussion: Discussion, also: Iterable[PersonId | None] = ()) -> tuple[PersonId, ...]:
    people = (discussion.booker, discussion.chair, discussion.minute_taker, *also)
    return tuple(dict.fromkeys(person for person in people if person is not None))


def ask_anew(means: Means, who: Person, discussion: Discussion, invitations: Collection[Invitation]) -> None:
    """Once for each move: the card about the former time gives way to a new one.

    Whoever moved it has just seen the new time; if they are asked themselves, their card follows.
    """
    for invitation in invitations:
        about = {"discussion": discussion.id, "invitation": invitation.id}
        key = f"invitation:{invitation.id}:{discussion.moved}"
        for person in people_told(means, invitation):
            is_own = person.id == who.id
            if not is_own and desk_of_mailbox(person.id) is None:
                say(means, MessageKind.FORMER, about, person.id, f"former:{key}", replaces=True)
            asking = {**about, "moved": str(discussion.moved)}
            say(means, MessageKind.INVITATION, asking, person.id, key, replaces=is_own)


def update_invitations(means: Means, discussion: Discussion, change: Change) -> None:
    """Nothing is asked: the cards that invitees have follow silently."""
    for invitation in means.store.discussions.invitations(discussion.id):
        about = {"discussion": discussion.id, "invitation": invitation.id}
        for person in people_asked(means, invitation):
            say(means, MessageKind.INVITATION, about, person.id, f"shown:{invitation.id}:{change.id}", replaces=True)


def tell_cancelled(means: Means, who: Person, discussion: Discussion) -> None:
    """Everybody who was asked, whatever they answered: nobody shall wait for it."""
    for invitation in means.store.discussions.invitations(discussion.id):
        about = {"discussion": discussion.id, "invitation": invitation.id}
        for person in people_told(means, invitation):
            if person.id != who.id:
                if desk_of_mailbox(person.id) is None:
                    say(means, MessageKind.FORMER, about, person.id, f"former:cancelled:{invitation.id}", replaces=True)
                say(means, MessageKind.CANCELLED, about, person.id, f"cancelled:{invitation.id}")
            else:
                shown = f"shown:cancelled:{invitation.id}"
                say(means, MessageKind.INVITATION, about, person.id, shown, replaces=True)

"""The calendars of whoever chairs a discussion and takes its minutes: they are asked nothing, and told all the same."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from discussions.booking.calendar_entry import UID_SPACE, CalendarEntry, entry_with
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind


def put_into_calendars_of_table(
    means: Means, discussion: Discussion, change: str, also: Iterable[PersonId | None] = ()
) -> None:
    """`change` names what has happened, so that it is said once; `also`: whoever had a part before."""
    if not means.practice.invitations.calendar_beside_teams:
        return
    for id in dict.fromkeys((discussion.chair, discussion.minute_taker, *also)):
        who = means.store.people.person(id) if id else None
        if who is not None and who.mail:
            key = f"calendar:{discussion.id}:{change}:{who.id}"
            about = {"discussion": discussion.id}
            message = Message(MessageId(means.new_id()), MessageKind.CALENDAR, about, who.id, None, key, means.now)
            means.store.outbox.put(message)


def is_at_table(discussion: Discussion, who: Person) -> bool:
    return who.id in (discussion.chair, discussion.minute_taker)


def table_entry(means: Means, discussion: Discussion, who: Person, says: str) -> CalendarEntry:
    """Theirs alone: the UID says neither who nor which. The version grows with each change, also of who chairs."""
    return entry_with(
        means,
        discussion,
        uid=f"{sha256(f'{discussion.id}|{who.id}'.encode()).hexdigest()[:32]}@{UID_SPACE}",
        sequence=discussion.version,
        is_cancelled=discussion.state is DiscussionState.CANCELLED or not is_at_table(discussion, who),
        is_accepted=True,
        is_in_teams=True,
        says=says,
    )

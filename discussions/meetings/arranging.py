"""What is to be done about a discussion's Teams meeting, and what follows from how it went.

What is wanted is read from the discussion as it stands when it is done: so a meeting that is moved twice is moved once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from discussions.booking.book import people_told, say
from discussions.booking.calendar_entry import neutral_title, planned_minutes
from discussions.booking.calendars import is_for_their_own
from discussions.booking.discussion import Discussion, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import DiscussionId, MessageId
from discussions.meetings.awaiting import HELD_FOR
from discussions.meetings.meeting import JoinChat, Made, Make, Meeting, MeetingState, Move, Order, Remove
from discussions.meetings.wanting import put_order
from discussions.needs import Means
from discussions.post import Message, MessageKind
from discussions.trail import Deed, Entry


def next_order(means: Means, id: DiscussionId, *, joins_chats: bool, is_repeat: bool = False) -> Order | None:
    """`is_repeat`: something was asked for, and no answer came. Then a meeting that nobody needs any more is asked for
    once more: the repeat says which event it is, and that is removed. One that is needed is looked for by moving it.
    """
    discussion, meeting = means.store.discussions.discussion(id), means.store.meetings.find(id)
    if discussion is None or meeting is None:
        return None
    ends_at = discussion.starts_at + timedelta(minutes=planned_minutes(means, discussion))
    title = neutral_title(discussion)
    make = Make(f"{discussion.id}-{meeting.generation}", title, discussion.starts_at, ends_at)
    if not is_needed(discussion, meeting):
        if meeting.event is None:
            return make if is_repeat and meeting.state is MeetingState.WANTED else None
        return Remove(meeting.event) if meeting.state is MeetingState.MADE else None
    if meeting.event is None:
        may_be_made = discussion.state is DiscussionState.BOOKED and meeting.state is not MeetingState.REFUSED
        return make if may_be_made else None
    if discussion.state is DiscussionState.BOOKED and (is_repeat or meeting.starts_at != discussion.starts_at):
        return Move(meeting.event, title, discussion.starts_at, ends_at)
    return JoinChat(meeting.chat) if joins_chats and meeting.chat and not meeting.has_bot else None


def is_needed(discussion: Discussion, meeting: Meeting) -> bool:
    """While people are to meet by video, and by no other link."""
    is_off = discussion.state is DiscussionState.CANCELLED or discussion.form is not Form.VIDEO
    return not is_off and discussion.join_details in (None, meeting.link)


def note_made(means: Means, id: DiscussionId, order: Make, made: Made) -> None:
    """Who has not been asked yet reads the link in their invitation; all others get it as any new way to join."""
    meeting, discussion = means.store.meetings.find(id), means.store.discussions.discussion(id)
    if meeting is None or discussion is None or meeting.event is not None:
        return
    made_now = replace(
        meeting,
        state=MeetingState.MADE,
        event=made.event,
        link=made.link,
        chat=made.chat,
        starts_at=made.starts_at or order.starts_at,
    )
    means.store.meetings.keep(made_now)
    means.store.trail.write(Entry(Deed.MEETING_MADE, means.now, None, id, version=discussion.version))
    if is_needed(discussion, made_now) and discussion.join_details is None:
        is_held = meeting.wanted_at + HELD_FOR > means.now and discussion.moved == 0
        give_link(means, discussion, made.link, is_told=not is_held)
    put_order(means, id, f"chat:{meeting.generation}")


def give_link_that_is_there(means: Means, id: DiscussionId) -> None:
    """For a discussion that is by video once more, while its meeting was never removed."""
    meeting, discussion = means.store.meetings.find(id), means.store.discussions.discussion(id)
    if meeting is None or discussion is None or meeting.event is None or meeting.link is None:
        return
    if discussion.join_details is None and is_needed(discussion, meeting):
        give_link(means, discussion, meeting.link, is_told=True)


def give_link(means: Means, discussion: Discussion, link: str, *, is_told: bool) -> None:
    moved = discussion.moved + (1 if is_told else 0)
    saved = means.store.discussions.save(replace(discussion, join_details=link, moved=moved))
    if saved.state is not DiscussionState.BOOKED:
        return
    for person in dict.fromkeys((saved.booker, saved.chair, saved.minute_taker)):
        if person is not None:
            say(means, MessageKind.BOOKED, {"discussion": saved.id}, person, f"link:{saved.id}:{saved.version}", True)
    if is_told:
        tell_invitees_again(means, saved, means.store.discussions.invitations(saved.id))


def tell_invitees_again(means: Means, discussion: Discussion, invitations: Sequence[Invitation]) -> None:
    """A card follows in its place; a mail comes anew, with the next sequence of its calendar entry."""
    for invitation in invitations:
        if invitation.withdrawn_at is not None or invitation.answer is InvitationAnswer.NOT_COMING:
            continue
        about = {"discussion": discussion.id, "invitation": invitation.id, "moved": str(discussion.moved)}
        for person in people_told(means, invitation):
            has_card = bool(means.store.conversations.reachable([person.id]))
            key = f"invitation:{invitation.id}:{discussion.moved}"
            say(means, MessageKind.INVITATION, about, person.id, key, replaces=has_card)
            beside = means.practice.invitations.calendar_beside_teams and is_for_their_own(invitation, person)
            if has_card and person.mail and beside:
                say(means, MessageKind.CALENDAR, about, person.id, f"calendar:{key}")


def note_moved(means: Means, id: DiscussionId, order: Move) -> None:
    meeting = means.store.meetings.find(id)
    if meeting is not None:
        means.store.meetings.keep(replace(meeting, starts_at=order.starts_at))
        put_order(means, id, f"after:{order.starts_at.isoformat()}:{means.new_id()}")


def note_removed(means: Means, id: DiscussionId) -> None:
    """Its link leads nowhere now, so no card goes on showing it."""
    meeting, discussion = means.store.meetings.find(id), means.store.discussions.discussion(id)
    if meeting is None or discussion is None:
        return
    gone = replace(meeting, state=MeetingState.REMOVED, event=None, generation=meeting.generation + 1)
    means.store.meetings.keep(gone)
    if discussion.join_details == meeting.link and discussion.state is DiscussionState.BOOKED:
        saved = means.store.discussions.save(replace(discussion, join_details=None))
        for invitation in means.store.discussions.invitations(id):
            about = {"discussion": id, "invitation": invitation.id}
            for person in people_told(means, invitation):
                say(means, MessageKind.INVITATION, about, person.id, f"shown:{invitation.id}:{saved.version}", True)


def note_lost(means: Means, id: DiscussionId) -> None:
    """Somebody has taken it out of the calendar: another one is made, with another link."""
    meeting, discussion = means.store.meetings.find(id), means.store.discussions.discussion(id)
    if meeting is None or discussion is None:
        return
    again = replace(
        meeting, state=MeetingState.WANTED, event=None, link=None, chat=None, generation=meeting.generation + 1
    )
    means.store.meetings.keep(again)
    if discussion.join_details == meeting.link and discussion.state is DiscussionState.BOOKED:
        means.store.discussions.save(replace(discussion, join_details=None))
    put_order(means, id, f"again:{again.generation}")


def note_joined(means: Means, id: DiscussionId) -> None:
    meeting = means.store.meetings.find(id)
    if meeting is not None:
        means.store.meetings.keep(replace(meeting, has_bot=True))


def note_refused(means: Means, id: DiscussionId) -> None:
    """Whoever chairs and whoever booked it are asked for a link; a meeting that is there keeps its link in any case."""
    meeting, discussion = means.store.meetings.find(id), means.store.discussions.discussion(id)
    if meeting is None or discussion is None or meeting.state is not MeetingState.WANTED:
        return
    means.store.meetings.keep(replace(meeting, state=MeetingState.REFUSED))
    if not is_needed(discussion, meeting) or discussion.state is not DiscussionState.BOOKED:
        return
    for person in dict.fromkeys((discussion.chair, discussion.booker)):
        key = f"no link:{id}:{meeting.generation}:{person}"
        about = {"discussion": id}
        message = Message(MessageId(means.new_id()), MessageKind.NO_LINK, about, person, None, key, means.now)
        means.store.outbox.put(message)

"""Where the discussion stands on its agenda: moved by the chair, shown without details in the meeting's own chat."""

from __future__ import annotations

from dataclasses import replace

from discussions.access import Can, Part, access_to, discussion_called
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId, MessageId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Missing, NotFound

TIES = frozenset({Part.CHAIR, Part.MINUTE_TAKER, Part.BOOKER, Part.INVITED})
"""Who may show a discussion's progress in a chat: those who are on it, not those who merely oversee."""


def move_to(means: Means, who: Person, discussion: Discussion, item: int) -> Discussion:
    """Only the chair's opening an item moves the discussion; a minute-taker catching up elsewhere does not."""
    is_moving = discussion.state is DiscussionState.STARTED and discussion.chair == who.id
    if not is_moving or discussion.current_item == item:
        return discussion
    moved = means.store.discussions.save(replace(discussion, current_item=item))
    tell_progress(means, moved)
    return moved


def tell_progress(means: Means, discussion: Discussion) -> None:
    """The card in the meeting's chat follows, in place, where there is one."""
    chat = means.store.conversations.meeting_chat(discussion.id)
    if chat is None:
        return
    means.store.outbox.put(
        Message(
            id=MessageId(means.new_id()),
            kind=MessageKind.PROGRESS,
            about={"discussion": discussion.id},
            recipient=None,
            conversation=chat.conversation,
            key=f"progress:{discussion.id}:{discussion.version}",
            due_at=means.now,
            urgent=True,
            replaces_card=True,
        )
    )


def tie_chat(means: Means, who: Person, reference: str, conversation: str) -> Discussion:
    """Ties a group or meeting chat to a discussion. In one's own chat nothing is tied: it is only looked at."""
    discussion = discussion_called(means, who, reference, Can.SEE_BOOKING)
    invitations = means.store.discussions.invitations(discussion.id)
    if not access_to(who, discussion, invitations).parts & TIES:
        raise NotFound
    own = means.store.conversations.installed_for(who.id)
    if own is None or own.conversation != conversation:
        means.store.conversations.tie_meeting(discussion.id, conversation)
    return discussion


def chat_progress(means: Means, who: Person, conversation: str) -> Discussion:
    """The discussion that this chat shows already, for somebody who is on it."""
    discussion = tied_discussion(means, conversation)
    if discussion is None:
        raise Missing("the reference, for example: progress SD-26-0412")
    return tie_chat(means, who, discussion.reference, conversation)


def tied_discussion(means: Means, conversation: str) -> Discussion | None:
    """The discussion that a chat is tied to; of several, the open one that starts nearest to now."""
    ids = means.store.conversations.tied_to(conversation)
    found = [means.store.discussions.discussion(id) for id in ids]
    open_ones = [one for one in found if one is not None and one.is_open]
    return min(open_ones, key=lambda one: abs(one.starts_at - means.now), default=None)


def hand_console(means: Means, conversation: str) -> DiscussionId | None:
    """A meeting began in a chat that is tied to a discussion: its chair gets the console, once a day."""
    discussion = tied_discussion(means, conversation)
    if discussion is None:
        return None
    day = to_london(means.now).date().isoformat()
    means.store.outbox.put(
        Message(
            id=MessageId(means.new_id()),
            kind=MessageKind.CONSOLE,
            about={"discussion": discussion.id},
            recipient=discussion.chair,
            conversation=None,
            key=f"console:{discussion.id}:{day}",
            due_at=means.now,
            urgent=True,
        )
    )
    return discussion.id

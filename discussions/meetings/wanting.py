"""Wanting a Teams meeting for a discussion, and having one follow it; done by the outbox, never in the transaction."""

from __future__ import annotations

from dataclasses import replace

from discussions.booking.discussion import Discussion, Form
from discussions.ids import DiscussionId, MessageId
from discussions.meetings.meeting import Meeting, MeetingState
from discussions.needs import Means
from discussions.post import Message, MessageKind


def want_meeting(means: Means, discussion: Discussion) -> None:
    """For a video discussion without a way to join, where meetings can be made at all."""
    if means.makes_meetings and is_without_link(discussion):
        means.store.meetings.keep(Meeting(discussion.id, MeetingState.WANTED, means.now))
        put_order(means, discussion.id, "made")


def follow_meeting(means: Means, discussion: Discussion) -> None:
    """After a discussion has been moved or cancelled, or joins in another way. What was refused is tried once more."""
    meeting = means.store.meetings.find(discussion.id)
    if meeting is None:
        want_meeting(means, discussion)
        return
    if meeting.event is None and is_without_link(discussion):
        means.store.meetings.keep(replace(meeting, state=MeetingState.WANTED, wanted_at=means.now))
    put_order(means, discussion.id, f"moved:{discussion.moved}")


def is_without_link(discussion: Discussion) -> bool:
    return discussion.form is Form.VIDEO and discussion.join_details is None and discussion.entered_at is None


def put_order(means: Means, id: DiscussionId, what: str) -> None:
    """It goes in the lane of its discussion, so that one comes after the other."""
    about, lane = {"discussion": id}, f"meeting:{id}"
    message = Message(MessageId(means.new_id()), MessageKind.MEETING, about, None, lane, f"{lane}:{what}", means.now)
    means.store.outbox.put(message)

"""An invitation waits a few seconds for its link, so that nobody gets one without it and then another."""

from __future__ import annotations

from datetime import datetime, timedelta

from discussions.ids import DiscussionId
from discussions.meetings.meeting import MeetingState
from discussions.needs import Means
from discussions.post import Message, MessageKind

HELD_FOR = timedelta(seconds=8)
"""How long an invitation waits for its link: as long as a service that is well takes, and too short to be missed."""


def link_awaited_until(means: Means, message: Message) -> datetime | None:
    """Until when an invitation waits for its link; None where there is nothing to wait for."""
    if not means.makes_meetings or message.kind is not MessageKind.INVITATION or "discussion" not in message.about:
        return None
    meeting = means.store.meetings.find(DiscussionId(message.about["discussion"]))
    if meeting is None or meeting.state is not MeetingState.WANTED:
        return None
    ends = meeting.wanted_at + HELD_FOR
    return ends if ends > means.now else None

"""Teams meetings that were made for discussions."""

from __future__ import annotations

from typing import Protocol

from discussions.ids import DiscussionId
from discussions.meetings.meeting import Meeting


class MeetingStore(Protocol):
    def find(self, discussion: DiscussionId) -> Meeting | None: ...
    def keep(self, meeting: Meeting) -> None:
        """In place of what is kept of this discussion's."""

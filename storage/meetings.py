"""Teams meetings of discussions in SQL."""

from __future__ import annotations

from sqlalchemy import bindparam

from discussions.ids import DiscussionId
from discussions.meetings.meeting import Meeting
from storage.rows import Rows, Transaction, Upserts
from storage.tables import meeting

MEETINGS = Rows(meeting, Meeting, key="discussion")
_FIND = MEETINGS.select.where(meeting.c.discussion == bindparam("discussion"))
_PUT = Upserts(meeting, by=["discussion"])


class MeetingsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def find(self, discussion: DiscussionId) -> Meeting | None:
        return MEETINGS.one(self._tx, _FIND, discussion=discussion)

    def keep(self, meeting: Meeting) -> None:
        _PUT.put(self._tx, MEETINGS.values(self._tx, meeting))

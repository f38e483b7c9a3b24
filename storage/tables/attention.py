"""When people may be disturbed: leave, reminders put off, how often the list of the morning comes."""

from __future__ import annotations

from datetime import time

from sqlalchemy import Index, Table

from discussions.attention.kept import Often
from storage.columns import METADATA, Codec, code, coded, key, moment, own_id, place

TIME_OF_DAY = Codec(lambda at: f"{at:%H:%M}", time.fromisoformat)

absence = Table(
    "absence",
    METADATA,
    place(),
    own_id(),
    code("person"),
    moment("since"),
    moment("until"),
    code("noted_by"),
    moment("ended_at", nullable=True),
    Index("ix_absence_person", "person"),
)

snooze = Table("snooze", METADATA, key("action"), key("person"), code("id"), moment("until"))

rhythm = Table("rhythm", METADATA, key("person"), code("often", coded(Often)), code("at", TIME_OF_DAY, nullable=True))

"""The trail: what is written down about every use-case, append-only, each line carrying the hash of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import DiscussionId
from discussions.people import PersonId


class Deed(StrEnum):
    """What was done. Codes only: no name and no free text ever enters the trail."""

    WELCOMED = "welcomed"
    LINKED = "linked"
    INSTALLED = "installed"
    REMOVED = "removed"
    IMPORTED = "imported"
    SLOTS_FOLLOWED = "slots followed"
    """A file or a calendar changed the slots of a desk."""
    SLOT_CHANGED = "slot changed"
    FEED_BROKEN = "feed broken"
    BOOKED = "booked"
    URGENCY = "urgency"
    PLACE_ASKED = "place asked"
    ESCALATED = "escalated"
    ANSWERED = "answered"
    INVITED = "invited"
    WITHDRAWN = "invitation withdrawn"
    REPORT_SENT = "report sent"
    MEETING_MADE = "meeting made"
    CANCELLED = "cancelled"
    MOVED = "moved"
    ASKED_AGAIN = "asked again"
    OFFERED = "offered to somebody else"
    TAKEN_OVER = "taken over"
    TAKE_OVER_REFUSED = "not taken over"
    HELD_BY_PHONE = "held by phone"
    ADJOURNED = "adjourned"
    CHILD_ADDED = "child added"
    NOT_HELD = "not held, and told"
    FULL_MEETING_TOLD = "full meeting not booked, and told"
    STARTED = "started"
    JOINED = "joined"
    READ = "read"
    ATTENDANCE = "attendance"
    CAPTURED = "captured"
    UNDONE = "undone"
    CLOSED = "closed"
    APPROVED = "approved"
    LINK_GIVEN = "link given"
    FETCHED = "fetched"
    ACTION_MADE = "action made"
    ACTION_CHANGED = "action changed"
    SECURE_LINK = "secure link mailed"
    CODE_SENT = "code sent"
    WRONG_CODE = "wrong code"
    PAGE_OPENED = "secure page opened"
    PAGE_ANSWERED = "answered on the secure page"
    LINK_ENDED = "secure link ended"
    NUDGED = "nudged"
    SAID_AGAIN = "said again"
    AWAY = "away"
    BACK = "back"
    SNOOZED = "reminder put off"
    RHYTHM_CHOSEN = "rhythm chosen"
    REFUSED = "refused"
    PURGED = "purged"
    KEYS_ROTATED = "keys rotated"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. `who` is None for what the clock did. `what` is an id or a code, `why` a code."""

    deed: Deed
    at: datetime
    who: PersonId | None
    discussion: DiscussionId | None = None
    what: str | None = None
    version: int | None = None
    why: str | None = None

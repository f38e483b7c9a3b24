"""A strategy discussion and the children it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from discussions.ids import ChildId, DiscussionId
from discussions.people import DeskId, PersonId


class DiscussionKind(StrEnum):
    INITIAL = "initial"
    REVIEW = "review"


class DiscussionState(StrEnum):
    """CLOSED is a draft record that waits for the chair's approval; APPROVED never changes again."""

    BOOKED = "booked"
    STARTED = "started"
    CLOSED = "closed"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class Form(StrEnum):
    VIDEO = "video"
    PHONE = "phone"
    IN_PERSON = "in person"


@dataclass(frozen=True, slots=True)
class Child:
    """A child a discussion is about: born (initials and date of birth) or unborn (expected date of delivery).

    `letter` (A, B, …) is how cards and minutes call the child inside one discussion.
    """

    id: ChildId
    discussion: DiscussionId
    letter: str
    initials: str | None
    born: date | None
    expected: date | None

    @property
    def is_unborn(self) -> bool:
        return self.born is None


@dataclass(frozen=True, slots=True)
class Discussion:
    """All moments are UTC. `window_ends` is the latest start under the urgency's clock, counted from `decided_at`.

    `context` holds the booking facts that were ticked, `schools` the schools and nurseries named; None: not asked.
    `urgency_asked` is what the booker chose where the practice raised it or a manager kept it, for `urgency_reason`.
    `entered_at`: a telephone discussion that was written down later. `follows`: the one whose full meeting this is.
    `reviews`: the discussion of the same child that this one reviews. `breach` is the code of the practice under which
    it is counted that an agency had no place inside the window.
    `moved`: how often its time, form or join details were changed; the sequence of its calendar entries.
    `chair_asked`, `booker_asked`: whom it was handed to and who has not accepted yet. `duty_desk`: the desk that was
    told of it for out of hours.
    `practice` is the digest of the practice file it was booked under. `quorum_reason` is what the booker said when
    a core agency was left out. `restricted` hides its very existence from everybody who is not on it.
    """

    id: DiscussionId
    reference: str
    kind: DiscussionKind
    urgency: str
    harms: tuple[str, ...]
    decided_at: datetime
    window_ends: datetime
    starts_at: datetime
    form: Form
    chair: PersonId
    booker: PersonId
    practice: str
    minute_taker: PersonId | None = None
    restricted: bool = False
    state: DiscussionState = DiscussionState.BOOKED
    join_details: str | None = None
    quorum_reason: str | None = None
    late_reason: str | None = None
    context: tuple[str, ...] | None = None
    schools: tuple[str, ...] | None = None
    urgency_asked: str | None = None
    urgency_reason: str | None = None
    protection_since: datetime | None = None
    entered_at: datetime | None = None
    follows: DiscussionId | None = None
    reviews: DiscussionId | None = None
    breach: str | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    approved_at: datetime | None = None
    current_item: int | None = None
    moved: int = 0
    chair_asked: PersonId | None = None
    booker_asked: PersonId | None = None
    duty_desk: DeskId | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in (DiscussionState.BOOKED, DiscussionState.STARTED)

"""Buttons of a discussion: being asked to it, chairing it, closing it, its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from discussions.ids import DiscussionId, InvitationId

InvitationAnswer = Literal["coming", "not_coming", "deputy", "information_only", "no_record"]
Then = Literal["stay", "next", "console"]


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    verb: ClassVar[str] = "invitation.answer"
    invitation: InvitationId
    answer: InvitationAnswer
    seen: int


@dataclass(frozen=True, slots=True)
class RecordAnswerFor:
    """An answer given by telephone, recorded by the booker or chair. `kind` says what `subject` is the id of."""

    verb: ClassVar[str] = "answer_for.record"
    kind: str
    subject: str
    seen: int


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What an agency sent before the meeting: the one at this place, the first being 1."""

    verb: ClassVar[str] = "report.read"
    discussion: DiscussionId
    place: int


@dataclass(frozen=True, slots=True)
class OpenDiscussion:
    verb: ClassVar[str] = "discussion.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class BookFullMeeting:
    """After a telephone discussion: the booking opens with all that is known of it."""

    verb: ClassVar[str] = "booking.follow"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class StartDiscussion:
    verb: ClassVar[str] = "discussion.start"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class StartEarly:
    """On a day before its own, meant so."""

    verb: ClassVar[str] = "discussion.start_early"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class JoinDiscussion:
    verb: ClassVar[str] = "discussion.join"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class OpenConsole:
    verb: ClassVar[str] = "console.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class OpenItem:
    verb: ClassVar[str] = "item.open"
    discussion: DiscussionId
    item: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SaveItem:
    """`form` is which form of the item, `then` where saving leads."""

    verb: ClassVar[str] = "item.save"
    discussion: DiscussionId
    item: int
    subject: str
    form: int
    then: Then
    seen: int


@dataclass(frozen=True, slots=True)
class OpenAttendance:
    verb: ClassVar[str] = "attendance.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class SaveAttendance:
    verb: ClassVar[str] = "attendance.save"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class OpenCloseGate:
    verb: ClassVar[str] = "close.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class KeepReasons:
    """Keeps what was given so far and shows the next gaps: where there are more than one card can hold."""

    verb: ClassVar[str] = "close.keep"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class CloseDiscussion:
    verb: ClassVar[str] = "close.confirm"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class ApproveRecord:
    verb: ClassVar[str] = "record.approve"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class FetchMinutes:
    verb: ClassVar[str] = "minutes.fetch"
    discussion: DiscussionId


DiscussionButton = (
    AnswerInvitation
    | RecordAnswerFor
    | ReadReport
    | OpenDiscussion
    | BookFullMeeting
    | StartDiscussion
    | StartEarly
    | JoinDiscussion
    | OpenConsole
    | OpenItem
    | SaveItem
    | OpenAttendance
    | SaveAttendance
    | OpenCloseGate
    | KeepReasons
    | CloseDiscussion
    | ApproveRecord
    | FetchMinutes
)

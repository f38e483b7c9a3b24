"""Buttons of what was agreed: an action, more time for it, handing it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from discussions.ids import ActionId, DiscussionId


@dataclass(frozen=True, slots=True)
class OpenActionForm:
    """Without an action: the form for a new one. `replaces`: for one in its place, not for its own words."""

    verb: ClassVar[str] = "action.form"
    discussion: DiscussionId
    action: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class SaveAction:
    """Without an action: saves a new one. `replaces`: a new one in its place."""

    verb: ClassVar[str] = "action.save"
    discussion: DiscussionId
    action: str
    seen: int
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class OpenAction:
    verb: ClassVar[str] = "action.open"
    action: ActionId


@dataclass(frozen=True, slots=True)
class AcceptAction:
    verb: ClassVar[str] = "action.accept"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class DeclineAction:
    verb: ClassVar[str] = "action.decline"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class MarkDone:
    verb: ClassVar[str] = "action.done"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class NeedMoreTime:
    verb: ClassVar[str] = "action.more_time"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class AgreeTime:
    verb: ClassVar[str] = "time.agree"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class RefuseTime:
    verb: ClassVar[str] = "time.refuse"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class ReportBlocked:
    verb: ClassVar[str] = "action.blocked"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class HandOver:
    verb: ClassVar[str] = "action.hand_over"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class AcceptHandOver:
    verb: ClassVar[str] = "hand_over.accept"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class DeclineHandOver:
    verb: ClassVar[str] = "hand_over.decline"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class OfferTime:
    verb: ClassVar[str] = "time.offer"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class TakeOffer:
    verb: ClassVar[str] = "time.take"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class Received:
    verb: ClassVar[str] = "action.received"
    action: ActionId


@dataclass(frozen=True, slots=True)
class RecordReceived:
    """Who has heard of it by telephone is chosen in the form."""

    verb: ClassVar[str] = "action.received_for"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class BringBack:
    verb: ClassVar[str] = "action.again"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class StartContingency:
    verb: ClassVar[str] = "action.contingency"
    action: ActionId
    seen: int


@dataclass(frozen=True, slots=True)
class ShowHistory:
    verb: ClassVar[str] = "action.history"
    action: ActionId


@dataclass(frozen=True, slots=True)
class NudgeOwner:
    verb: ClassVar[str] = "action.nudge"
    action: ActionId


@dataclass(frozen=True, slots=True)
class WithdrawLinks:
    """Those that were mailed about this action."""

    verb: ClassVar[str] = "action.withdraw_links"
    action: ActionId


@dataclass(frozen=True, slots=True)
class ShowPreparation:
    verb: ClassVar[str] = "action.prepare"
    action: ActionId


@dataclass(frozen=True, slots=True)
class SnoozeAction:
    """Puts off one's own reminders; day and time are inputs."""

    verb: ClassVar[str] = "action.snooze"
    action: ActionId


@dataclass(frozen=True, slots=True)
class MendAction:
    """Mends what was pointed out in an action. `choice`: the how many-eth way of all that the code offers.

    `day_only`: no time was said for its due day.
    """

    verb: ClassVar[str] = "action.mend"
    action: ActionId
    seen: int
    code: str
    choice: int = 0
    day_only: bool = False


@dataclass(frozen=True, slots=True)
class SaveLine:
    """The line of an action that could not be written down yet, as it stands in its field now."""

    verb: ClassVar[str] = "action.line.save"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class MendLine:
    """The line mended in one way, and then written down where nothing is missing any more."""

    verb: ClassVar[str] = "action.line.mend"
    discussion: DiscussionId
    code: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class MendForm:
    """The form with one field mended; nothing is saved by it."""

    verb: ClassVar[str] = "action.form.mend"
    discussion: DiscussionId
    action: str
    seen: int
    code: str
    choice: int = 0
    replaces: bool = False


ActionButton = (
    SnoozeAction
    | MendAction
    | SaveLine
    | MendLine
    | MendForm
    | ShowPreparation
    | ShowHistory
    | NudgeOwner
    | WithdrawLinks
    | OpenActionForm
    | SaveAction
    | OpenAction
    | AcceptAction
    | DeclineAction
    | MarkDone
    | NeedMoreTime
    | AgreeTime
    | RefuseTime
    | ReportBlocked
    | HandOver
    | AcceptHandOver
    | DeclineHandOver
    | OfferTime
    | TakeOffer
    | Received
    | RecordReceived
    | BringBack
    | StartContingency
)

"""Every button of every card, once, and the only way in and out of what a pressed card sends back.

Verbs and fields are a wire format: cards live in chats for years, so both are only ever added to, and a field
added later has a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import ClassVar, Literal, get_args

from cards.wire import NotAButton, is_short_text, read_button, read_inputs
from discussions.ids import ActionId, DiscussionId, FactId, InvitationId

__all__ = ["Button", "NotAButton", "Pressed", "pack", "unpack"]

InvitationAnswer = Literal["coming", "not_coming", "deputy"]
Then = Literal["stay", "next", "console"]


# Chairside itself


@dataclass(frozen=True, slots=True)
class ShowHelp:
    verb: ClassVar[str] = "help.show"


@dataclass(frozen=True, slots=True)
class StartBooking:
    verb: ClassVar[str] = "booking.start"


@dataclass(frozen=True, slots=True)
class ShowMyDiscussions:
    verb: ClassVar[str] = "discussions.mine"


@dataclass(frozen=True, slots=True)
class ShowMyActions:
    verb: ClassVar[str] = "actions.mine"


# Guided dialogs


@dataclass(frozen=True, slots=True)
class DialogAnswer:
    """`seen` is in every dialog button the version of the dialog that the card shows."""

    verb: ClassVar[str] = "dialog.answer"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogBack:
    verb: ClassVar[str] = "dialog.back"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogSave:
    verb: ClassVar[str] = "dialog.save"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogCancel:
    verb: ClassVar[str] = "dialog.cancel"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogResume:
    verb: ClassVar[str] = "dialog.resume"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogGoTo:
    """Change, on the check card: back to one step, then here again."""

    verb: ClassVar[str] = "dialog.go_to"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogChoose:
    """Picks or removes one thing inside a step."""

    verb: ClassVar[str] = "dialog.choose"
    dialog: str
    step: str
    choice: str
    seen: int


# Being asked


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    verb: ClassVar[str] = "invitation.answer"
    invitation: InvitationId
    answer: InvitationAnswer
    seen: int


@dataclass(frozen=True, slots=True)
class RecordAnswerFor:
    """An answer somebody gave by telephone, recorded by the booker or chair. `kind` says what `subject` is the id of."""

    verb: ClassVar[str] = "answer_for.record"
    kind: str
    subject: str
    seen: int


# The discussion


@dataclass(frozen=True, slots=True)
class OpenDiscussion:
    verb: ClassVar[str] = "discussion.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class StartDiscussion:
    verb: ClassVar[str] = "discussion.start"
    discussion: DiscussionId
    seen: int


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
class ResolveConflict:
    """Two people wrote one fact: `keep` names the text that stands."""

    verb: ClassVar[str] = "conflict.resolve"
    discussion: DiscussionId
    fact: FactId
    keep: str


@dataclass(frozen=True, slots=True)
class OpenCloseGate:
    verb: ClassVar[str] = "close.open"
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


# Actions


@dataclass(frozen=True, slots=True)
class OpenActionForm:
    """Without an action: the form for a new one."""

    verb: ClassVar[str] = "action.form"
    discussion: DiscussionId
    action: str = ""


@dataclass(frozen=True, slots=True)
class SaveAction:
    """Without an action: saves a new one."""

    verb: ClassVar[str] = "action.save"
    discussion: DiscussionId
    action: str
    seen: int


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


Button = (
    ShowHelp
    | StartBooking
    | ShowMyDiscussions
    | ShowMyActions
    | DialogAnswer
    | DialogBack
    | DialogSave
    | DialogCancel
    | DialogResume
    | DialogGoTo
    | DialogChoose
    | AnswerInvitation
    | RecordAnswerFor
    | OpenDiscussion
    | StartDiscussion
    | JoinDiscussion
    | OpenConsole
    | OpenItem
    | SaveItem
    | OpenAttendance
    | SaveAttendance
    | ResolveConflict
    | OpenCloseGate
    | CloseDiscussion
    | ApproveRecord
    | FetchMinutes
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
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """`inputs` holds what was typed and chosen, by field id; clients leave empty optional fields out."""

    button: Button
    inputs: Mapping[str, str]
    nonce: str


def pack(button: Button, nonce: str = "") -> tuple[str, dict[str, object]]:
    """The verb and data of an action. Cards pack without a nonce; `render.stamp` puts it in when the card is sent."""
    # under a key of their own, since clients merge the inputs in beside them
    return button.verb, {"b": asdict(button), "n": nonce}


def unpack(verb: object, data: object) -> Pressed:
    """Raises NotAButton: nothing that comes back is trusted, not even to be of the right type."""
    kind = buttons_by_verb().get(verb) if isinstance(verb, str) else None
    if kind is None or not isinstance(data, Mapping):
        raise NotAButton
    nonce = data.get("n")
    if not is_short_text(nonce) or not nonce:
        raise NotAButton
    return Pressed(read_button(kind, data.get("b")), read_inputs(data), nonce)


@cache
def buttons_by_verb() -> Mapping[str, type[Button]]:
    return {kind.verb: kind for kind in get_args(Button)}

"""Every button of every card, once, and the only way in and out of what a pressed card sends back.

Verbs and fields are a wire format: cards live in chats for years, so both are only ever added to, and a field
added later has a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import get_args

from cards.buttons.actions import (
    AcceptAction,
    AcceptHandOver,
    ActionButton,
    AgreeTime,
    BringBack,
    DeclineAction,
    DeclineHandOver,
    HandOver,
    MarkDone,
    MendAction,
    MendForm,
    MendLine,
    NeedMoreTime,
    NudgeOwner,
    OfferTime,
    OpenAction,
    OpenActionForm,
    Received,
    RecordReceived,
    RefuseTime,
    ReportBlocked,
    SaveAction,
    SaveLine,
    ShowHistory,
    ShowPreparation,
    SnoozeAction,
    StartContingency,
    TakeOffer,
    WithdrawLinks,
)
from cards.buttons.changing import (
    AddChild,
    CancelDiscussion,
    ChangeButton,
    HeldByPhone,
    OfferPart,
    OpenChanges,
    RefuseTakeOver,
    StartAdjourning,
    StartMove,
    TakeDuty,
    TakeOver,
    TellDutyDesk,
)
from cards.buttons.chasing import ChasingButton, GiveLink, OpenToRing, RecordTold
from cards.buttons.dialogs import (
    DialogAnswer,
    DialogBack,
    DialogButton,
    DialogCancel,
    DialogChoose,
    DialogGoTo,
    DialogResume,
    DialogSave,
)
from cards.buttons.discussions import (
    AnswerInvitation,
    ApproveRecord,
    BookFullMeeting,
    CloseDiscussion,
    DiscussionButton,
    FetchMinutes,
    InvitationAnswer,
    JoinDiscussion,
    KeepReasons,
    OpenAttendance,
    OpenCloseGate,
    OpenConsole,
    OpenDiscussion,
    OpenItem,
    ReadReport,
    RecordAnswerFor,
    SaveAttendance,
    SaveItem,
    StartDiscussion,
    StartEarly,
    Then,
)
from cards.buttons.menu import (
    FetchCapacity,
    FetchChairedActions,
    MenuButton,
    OpenBelow,
    SayBack,
    SetRhythm,
    ShowCapacity,
    ShowChairedActions,
    ShowDiary,
    ShowDigest,
    ShowHelp,
    ShowMyActions,
    ShowMyDiscussions,
    StartBooking,
)
from cards.buttons.slots import AddSlot, OpenSlot, RemoveSlot, SavePlaces, ShowSlots, SlotButton
from cards.wire import NotAButton, is_short_text, read_button, read_inputs

__all__ = [
    "AcceptAction",
    "AcceptHandOver",
    "ActionButton",
    "AddChild",
    "AddSlot",
    "AgreeTime",
    "AnswerInvitation",
    "ApproveRecord",
    "BookFullMeeting",
    "BringBack",
    "Button",
    "CancelDiscussion",
    "ChangeButton",
    "ChasingButton",
    "CloseDiscussion",
    "DeclineAction",
    "DeclineHandOver",
    "DialogAnswer",
    "DialogBack",
    "DialogButton",
    "DialogCancel",
    "DialogChoose",
    "DialogGoTo",
    "DialogResume",
    "DialogSave",
    "DiscussionButton",
    "FetchCapacity",
    "FetchChairedActions",
    "FetchMinutes",
    "GiveLink",
    "HandOver",
    "HeldByPhone",
    "InvitationAnswer",
    "JoinDiscussion",
    "KeepReasons",
    "MarkDone",
    "MendAction",
    "MendForm",
    "MendLine",
    "MenuButton",
    "NeedMoreTime",
    "NotAButton",
    "NudgeOwner",
    "OfferPart",
    "OfferTime",
    "OpenAction",
    "OpenActionForm",
    "OpenAttendance",
    "OpenBelow",
    "OpenChanges",
    "OpenCloseGate",
    "OpenConsole",
    "OpenDiscussion",
    "OpenItem",
    "OpenSlot",
    "OpenToRing",
    "Pressed",
    "ReadReport",
    "Received",
    "RecordAnswerFor",
    "RecordReceived",
    "RecordTold",
    "RefuseTakeOver",
    "RefuseTime",
    "RemoveSlot",
    "ReportBlocked",
    "SaveAction",
    "SaveAttendance",
    "SaveItem",
    "SaveLine",
    "SavePlaces",
    "SayBack",
    "SetRhythm",
    "ShowCapacity",
    "ShowChairedActions",
    "ShowDiary",
    "ShowDigest",
    "ShowHelp",
    "ShowHistory",
    "ShowMyActions",
    "ShowMyDiscussions",
    "ShowPreparation",
    "ShowSlots",
    "SlotButton",
    "SnoozeAction",
    "StartAdjourning",
    "StartBooking",
    "StartContingency",
    "StartDiscussion",
    "StartEarly",
    "StartMove",
    "TakeDuty",
    "TakeOffer",
    "TakeOver",
    "TellDutyDesk",
    "Then",
    "WithdrawLinks",
    "pack",
    "unpack",
]

Button = MenuButton | DialogButton | DiscussionButton | ActionButton | ChangeButton | ChasingButton | SlotButton


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

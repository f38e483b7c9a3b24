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
    AcceptAction as AcceptAction,
)
from cards.buttons.actions import (
    AcceptHandOver as AcceptHandOver,
)
from cards.buttons.actions import (
    AgreeTime as AgreeTime,
)
from cards.buttons.actions import (
    DeclineAction as DeclineAction,
)
from cards.buttons.actions import (
    DeclineHandOver as DeclineHandOver,
)
from cards.buttons.actions import (
    HandOver as HandOver,
)
from cards.buttons.actions import (
    MarkDone as MarkDone,
)
from cards.buttons.actions import (
    NeedMoreTime as NeedMoreTime,
)
from cards.buttons.actions import (
    OpenAction as OpenAction,
)
from cards.buttons.actions import (
    OpenActionForm as OpenActionForm,
)
from cards.buttons.actions import (
    RefuseTime as RefuseTime,
)
from cards.buttons.actions import (
    ReportBlocked as ReportBlocked,
)
from cards.buttons.actions import (
    SaveAction as SaveAction,
)
from cards.buttons.dialogs import (
    DialogAnswer as DialogAnswer,
)
from cards.buttons.dialogs import (
    DialogBack as DialogBack,
)
from cards.buttons.dialogs import (
    DialogCancel as DialogCancel,
)
from cards.buttons.dialogs import (
    DialogChoose as DialogChoose,
)
from cards.buttons.dialogs import (
    DialogGoTo as DialogGoTo,
)
from cards.buttons.dialogs import (
    DialogResume as DialogResume,
)
from cards.buttons.dialogs import (
    DialogSave as DialogSave,
)
from cards.buttons.discussions import (
    AnswerInvitation as AnswerInvitation,
)
from cards.buttons.discussions import (
    ApproveRecord as ApproveRecord,
)
from cards.buttons.discussions import (
    CloseDiscussion as CloseDiscussion,
)
from cards.buttons.discussions import (
    FetchMinutes as FetchMinutes,
)
from cards.buttons.discussions import (
    InvitationAnswer as InvitationAnswer,
)
from cards.buttons.discussions import (
    JoinDiscussion as JoinDiscussion,
)
from cards.buttons.discussions import (
    OpenAttendance as OpenAttendance,
)
from cards.buttons.discussions import (
    OpenCloseGate as OpenCloseGate,
)
from cards.buttons.discussions import (
    OpenConsole as OpenConsole,
)
from cards.buttons.discussions import (
    OpenDiscussion as OpenDiscussion,
)
from cards.buttons.discussions import (
    OpenItem as OpenItem,
)
from cards.buttons.discussions import (
    RecordAnswerFor as RecordAnswerFor,
)
from cards.buttons.discussions import (
    ResolveConflict as ResolveConflict,
)
from cards.buttons.discussions import (
    SaveAttendance as SaveAttendance,
)
from cards.buttons.discussions import (
    SaveItem as SaveItem,
)
from cards.buttons.discussions import (
    StartDiscussion as StartDiscussion,
)
from cards.buttons.discussions import (
    Then as Then,
)
from cards.buttons.menu import (
    ShowHelp as ShowHelp,
)
from cards.buttons.menu import (
    ShowMyActions as ShowMyActions,
)
from cards.buttons.menu import (
    ShowMyDiscussions as ShowMyDiscussions,
)
from cards.buttons.menu import (
    StartBooking as StartBooking,
)
from cards.wire import NotAButton as NotAButton
from cards.wire import is_short_text, read_button, read_inputs

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

"""One turn: each kind of activity becomes our own Incoming, goes to the front door, and gets its answer."""

from __future__ import annotations

from typing import Any

from botbuilder.core import ActivityHandler, TurnContext

from bot.arrivals import FrontDoor, Incoming, PressAnswer
from bot.teams import invokes, translation
from bot.teams.doorway import TurnDoorway
from discussions.people import TenantId

TENANT = "chairside.tenant"
INVOKE_ANSWER = "chairside.invoke-answer"

_PRESS_NAMES = frozenset({"adaptiveCard/action", "invoke"})
_DIALOG_NAMES = frozenset({"task/fetch", "task/submit"})


class Reception(ActivityHandler):
    """Edits, reactions and kinds of activity nobody has heard of are left to the SDK's handler, which does nothing."""

    def __init__(self, front_door: FrontDoor) -> None:
        self._front_door = front_door

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._hand_in(turn_context, translation.read_message(turn_context.activity, _tenant(turn_context)))

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._hand_in(turn_context, translation.read_installation(turn_context.activity, _tenant(turn_context)))

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        await self._hand_in(turn_context, translation.read_members_added(turn_context.activity, _tenant(turn_context)))

    async def on_event_activity(self, turn_context: TurnContext) -> None:
        await self._hand_in(turn_context, translation.read_event(turn_context.activity, _tenant(turn_context)))

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """Puts the answer where the edge finds it. (Handed to the SDK it would be copied and wrapped on the way.)"""
        turn_context.turn_state[INVOKE_ANSWER] = await self._answer_invoke(turn_context)

    async def _answer_invoke(self, context: TurnContext) -> str:
        activity = context.activity
        if activity.name in _DIALOG_NAMES:
            return invokes.said_in_a_dialog(invokes.NOT_OURS)
        press = translation.read_press(activity.value)
        if press is None:
            # Some Android clients name every invoke "invoke", so the shape decides, and the name only how to refuse.
            return invokes.not_readable() if activity.name in _PRESS_NAMES else invokes.said(invokes.NOT_OURS)
        if _is_automatic(activity.value):
            return invokes.said(invokes.NOT_REFRESHED)
        incoming = translation.read_invoked(activity, _tenant(context), press)
        return invokes.pressed(await self._hand_in(context, incoming))

    async def _hand_in(self, context: TurnContext, incoming: Incoming | None) -> PressAnswer | None:
        if incoming is None:
            return None
        return await self._front_door.receive(incoming, TurnDoorway(context))


def _tenant(context: TurnContext) -> TenantId:
    return TenantId(str(context.turn_state[TENANT]))


def _is_automatic(value: Any) -> bool:
    """A client that refreshes a card by itself presses nothing."""
    return isinstance(value, dict) and value.get("trigger") == "automatic"

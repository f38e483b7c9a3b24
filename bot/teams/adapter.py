"""Our fulfilment of the SDK's adapter: what a turn sends goes out through our own connector."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.arrivals import PlaceKind
from bot.sending.post import Outcome, OutcomeKind
from bot.teams.connector import Connector
from bot.teams.outgoing import write_activity
from bot.teams.translation import place_kind

LONGEST_WAIT_IN_A_TURN_SECONDS = 2.0
USUAL_WAIT_SECONDS = 0.5

_PUT_MAY_BE_REPEATED = frozenset({OutcomeKind.THROTTLED, OutcomeKind.UNKNOWN})
_POST_MAY_BE_REPEATED = frozenset({OutcomeKind.THROTTLED})


class TeamsAdapter(BotAdapter):
    """Somebody is waiting, so what was throttled is said once more after a moment. Nothing else is repeated."""

    def __init__(self, connector: Connector) -> None:
        super().__init__()
        self._connector = connector

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        in_thread = place_kind(context.activity) is PlaceKind.CHANNEL
        return [await self._send(activity, in_thread) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> Outcome:
        written = write_activity(activity, in_thread=False)
        where = (activity.service_url, activity.conversation.id, activity.id)
        return await _twice_at_most(partial(self._connector.update_activity, *where, written), _PUT_MAY_BE_REPEATED)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> Outcome:
        where = (reference.service_url, reference.conversation.id, reference.activity_id)
        return await _twice_at_most(partial(self._connector.delete_activity, *where), _PUT_MAY_BE_REPEATED)

    async def _send(self, activity: Activity, in_thread: bool) -> ResourceResponse:
        written = write_activity(activity, in_thread=in_thread)
        where = (activity.service_url, activity.conversation.id)
        outcome = await _twice_at_most(partial(self._connector.send_activity, *where, written), _POST_MAY_BE_REPEATED)
        given: dict[str, Any] = {"id": outcome.activity}
        return ResourceResponse(**given)


async def _twice_at_most(call: Callable[[], Awaitable[Outcome]], repeatable: frozenset[OutcomeKind]) -> Outcome:
    outcome = await call()
    if outcome.kind not in repeatable:
        return outcome
    wait = USUAL_WAIT_SECONDS if outcome.retry_after is None else outcome.retry_after
    if wait > LONGEST_WAIT_IN_A_TURN_SECONDS:
        return outcome
    await asyncio.sleep(wait)
    return await call()

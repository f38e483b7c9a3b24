"""The door to Teams: POST /api/messages, from bytes to a turn, and the connector for what is said outside one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import aiohttp
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.arrivals import FrontDoor
from bot.logs import describe_without_words
from bot.teams import invokes
from bot.teams.adapter import TeamsAdapter
from bot.teams.addresses import ServiceHosts
from bot.teams.body import read_body
from bot.teams.connector import Connector
from bot.teams.gate import Gate
from bot.teams.reading import read_activity
from bot.teams.reception import INVOKE_ANSWER, TENANT, Reception
from bot.teams.settings import TeamsSettings
from bot.teams.signing_keys import SigningKeys
from bot.teams.tokens_in import IncomingTokens
from bot.teams.tokens_out import NoToken, OutgoingTokens
from bot.teams.turned_away import TurnedAway
from discussions.people import TenantId

_log = logging.getLogger(__name__)


class TeamsEdge:
    """Answers 200, or why not: 400 shape, 401 token, 403 not allowed, 413, 415, 503 provider away. Never 500."""

    def __init__(
        self,
        settings: TeamsSettings,
        session: aiohttp.ClientSession,
        front_door: FrontDoor,
        now: Callable[[], datetime],
    ) -> None:
        hosts = ServiceHosts(settings.service_hosts, loopback_too=settings.local)
        self._gate = Gate(settings, hosts)
        self._keys: SigningKeys | None = None
        self._tokens_in: IncomingTokens | None = None
        self._tokens_out: OutgoingTokens | None = None
        if settings.app_id is not None:
            self._keys = SigningKeys(session, settings.openid_metadata_url, now)
            self._tokens_in = IncomingTokens(self._keys, settings.app_id, settings.token_issuer, now)
            secret = settings.app_secret or ""
            self._tokens_out = OutgoingTokens(session, settings.authority_url, settings.app_id, secret, now)
        self.connector = Connector(session, hosts, self._tokens_out, settings.app_id)
        self._adapter = TeamsAdapter(self.connector)
        self._reception = Reception(front_door)

    async def prepare(self) -> None:
        """Fetches keys and token before the first turn needs them. Not having them yet is no reason not to start."""
        if self._keys is not None:
            await self._keys.fetch()
        if self._tokens_out is not None:
            try:
                await self._tokens_out.get()
            except NoToken as fault:
                _log.warning("starting without a token: %s", fault)

    async def close(self) -> None:
        """Ends what runs in the background. The session is its opener's to close."""
        for part in (self._keys, self._tokens_out):
            if part is not None:
                await part.close()

    async def handle(self, request: web.Request) -> web.Response:
        try:
            activity, tenant = await self._admit(request)
        except TurnedAway as refusal:
            return _turn_away(refusal)
        try:
            return await self._take_turn(activity, tenant)
        except TurnedAway as refusal:
            return _turn_away(refusal)
        except Exception as fault:
            _log.error("fault in a turn of activity %s: %s", activity.id, describe_without_words(fault))
            return _answer_with(invokes.faulted()) if activity.type == "invoke" else web.Response()

    async def _admit(self, request: web.Request) -> tuple[Activity, TenantId]:
        """The token first, so that strangers cost us no parsing."""
        caller = None
        if self._tokens_in is not None:
            caller = await self._tokens_in.check(request.headers.get("Authorization"))
        activity = read_activity(await read_body(request))
        return activity, self._gate.let_in(activity, caller)

    async def _take_turn(self, activity: Activity, tenant: TenantId) -> web.Response:
        context = TurnContext(self._adapter, activity)
        context.turn_state[TENANT] = tenant
        await self._adapter.run_pipeline(context, self._reception.on_turn)
        answer = context.turn_state.get(INVOKE_ANSWER)
        return web.Response() if answer is None else _answer_with(str(answer))


def _answer_with(text: str) -> web.Response:
    return web.Response(body=text.encode("utf-8", "replace"), content_type="application/json", charset="utf-8")


def _turn_away(refusal: TurnedAway) -> web.Response:
    _log.info("turned away: %s %s", int(refusal.status), refusal.reason)
    headers = {}
    if refusal.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.retry_after_seconds is not None:
        headers["Retry-After"] = str(refusal.retry_after_seconds)
    return web.Response(status=refusal.status, headers=headers)

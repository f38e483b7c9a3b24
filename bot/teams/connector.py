"""Speaking to Teams: the few REST calls we need, over one session, each answered with what became of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from yarl import URL

from bot.arrivals import Place
from bot.sending.post import Member, Outcome, OutcomeKind, Reference
from bot.teams.addresses import ServiceHosts, join_service_url
from bot.teams.outcomes import classify
from bot.teams.outgoing import Json, write_card
from bot.teams.tokens_out import NoToken, OutgoingTokens
from bot.teams.wire import read_at_most
from cards.render import Card
from discussions.people import ObjectId, TenantId

CALL_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
WAIT_FOR_A_TOKEN_SECONDS = 15.0
MOST_BYTES_OF_AN_ANSWER = 64 * 1024

_log = logging.getLogger(__name__)


class Connector:
    """Repeats nothing, save once with a new token when ours is not taken (401: nothing was done yet).

    Checks the host before every call: a stored service URL is no safer than one that has just come in.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        hosts: ServiceHosts,
        tokens: OutgoingTokens | None,
        app_id: str | None,
    ) -> None:
        self._session = session
        self._hosts = hosts
        self._tokens = tokens
        self._own_address = None if app_id is None else f"28:{app_id}"

    async def send(self, to: Place | Reference, card: Card, *, alert: bool = True) -> Outcome:
        written = write_card(card, to.conversation, sender=self._own_address, alert=alert)
        return await self.send_activity(to.service_url, to.conversation, written)

    async def send_targeted(self, to: Place | Reference, member: str, card: Card) -> Outcome:
        """Into a group, meeting chat or channel, to be seen by this member alone; Teams shows it for a day."""
        written = write_card(card, to.conversation, sender=self._own_address, alert=False, recipient=member)
        path = ("v3", "conversations", to.conversation, "activities")
        return (await self._call("POST", to.service_url, path, written, query={"isTargetedActivity": "true"}))[0]

    async def update(self, to: Place | Reference, activity: str, card: Card) -> Outcome:
        written = write_card(card, to.conversation, sender=self._own_address, alert=False, replaces=activity)
        return await self.update_activity(to.service_url, to.conversation, activity, written)

    async def create_personal(self, service_url: str, tenant: TenantId, member: str) -> Outcome:
        """Opens the personal chat with `member` (29:… or object id), or finds it: `conversation` of the outcome."""
        wanted: Json = {
            "isGroup": False,
            "members": [{"id": member}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        if self._own_address is not None:
            wanted["bot"] = {"id": self._own_address}
        outcome, _ = await self._call("POST", service_url, ("v3", "conversations"), json.dumps(wanted))
        if outcome.kind is not OutcomeKind.SENT:
            return outcome
        if outcome.activity is None:
            return replace(outcome, kind=OutcomeKind.REFUSED, code="NoConversation")
        return replace(outcome, activity=None, conversation=outcome.activity)

    async def get_member(self, service_url: str, conversation: str, member: str) -> Member | None:
        """None if they are not (or cannot be found) in the roster."""
        path = ("v3", "conversations", conversation, "members", member)
        outcome, body = await self._call("GET", service_url, path, None)
        return _read_member(body) if outcome.kind is OutcomeKind.SENT else None

    async def send_activity(self, service_url: str, conversation: str, activity: str) -> Outcome:
        path = ("v3", "conversations", conversation, "activities")
        return (await self._call("POST", service_url, path, activity))[0]

    async def update_activity(self, service_url: str, conversation: str, activity_id: str, activity: str) -> Outcome:
        path = ("v3", "conversations", conversation, "activities", activity_id)
        outcome, _ = await self._call("PUT", service_url, path, activity)
        return replace(outcome, activity=activity_id) if outcome.kind is OutcomeKind.SENT else outcome

    async def delete_activity(self, service_url: str, conversation: str, activity_id: str) -> Outcome:
        path = ("v3", "conversations", conversation, "activities", activity_id)
        return (await self._call("DELETE", service_url, path, None))[0]

    async def _call(
        self,
        method: str,
        service_url: str,
        path: tuple[str, ...],
        content: str | None,
        query: Mapping[str, str] | None = None,
    ) -> tuple[Outcome, bytes]:
        if not self._hosts.may_be_spoken_to(service_url):
            return Outcome(OutcomeKind.REFUSED, code="HostNotAllowed"), b""
        url = join_service_url(service_url, *path).with_query(query)
        body = None if content is None else content.encode("utf-8", "replace")
        outcome, answer = await self._ask_with_token(method, url, body)
        if outcome.kind is not OutcomeKind.SENT:
            _log.warning("%s to the channel: %s (%s, %s)", method, outcome.kind, outcome.status, outcome.code)
        return outcome, answer

    async def _ask_with_token(self, method: str, url: URL, body: bytes | None) -> tuple[Outcome, bytes]:
        if self._tokens is None:
            return await self._ask(method, url, body, None)
        try:
            token = await self._tokens.get()
            outcome, answer = await self._ask(method, url, body, token)
            if outcome.status != 401:
                return outcome, answer
            self._tokens.forget(token)
            return await self._ask(method, url, body, await self._tokens.get())
        except NoToken as fault:
            if fault.is_refused:
                return Outcome(OutcomeKind.REFUSED, code="TokenRefused"), b""
            wait = WAIT_FOR_A_TOKEN_SECONDS
            return Outcome(OutcomeKind.THROTTLED, code="TokenUnavailable", retry_after=wait), b""

    async def _ask(self, method: str, url: URL, body: bytes | None, token: str | None) -> tuple[Outcome, bytes]:
        headers = {} if body is None else {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, allow_redirects=False, timeout=CALL_TIMEOUT
            ) as response:
                answer = await read_at_most(response, MOST_BYTES_OF_AN_ANSWER)
                return classify(response.status, response.headers, answer), answer
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            # No connection, so not a byte of it was sent: a repeat cannot double anything.
            return Outcome(OutcomeKind.THROTTLED, code="Unreachable"), b""
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            return Outcome(OutcomeKind.UNKNOWN, code=type(fault).__name__), b""


def _read_member(body: bytes) -> Member | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        return None
    object_id = _text(document, "aadObjectId", "objectId")
    upn, tenant = _text(document, "userPrincipalName"), _text(document, "tenantId")
    return Member(
        address=document["id"],
        object_id=None if object_id is None else ObjectId(object_id.lower()),
        upn=None if upn is None else upn.lower(),
        tenant=None if tenant is None else TenantId(tenant.lower()),
    )


def _text(document: Mapping[str, Any], *names: str) -> str | None:
    """The first of the names under which Teams gives it; its spelling differs from call to call."""
    return next((document[name] for name in names if isinstance(document.get(name), str) and document[name]), None)

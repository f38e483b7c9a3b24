"""Our own token for speaking to the channel: client credentials, fetched ahead of need so that no turn waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from bot.teams.addresses import is_safe_url
from bot.teams.wire import FETCH_TIMEOUT, MOST_BYTES_READ, FetchFailed, as_object, fetch_document, read_at_most

SCOPE = "https://api.botframework.com/.default"
DISCOVERY = ".well-known/openid-configuration"
LAST_USE_BEFORE_END = timedelta(seconds=60)
PAUSE_AFTER_A_FAILED_RENEWAL = timedelta(seconds=30)

_log = logging.getLogger(__name__)


class NoToken(Exception):
    """No token can be had. `is_refused`: the provider knows us and says no, so waiting will not help."""

    def __init__(self, reason: str, *, is_refused: bool) -> None:
        super().__init__(reason)
        self.is_refused = is_refused


@dataclass(frozen=True, slots=True)
class _Token:
    value: str = field(repr=False)
    renew_from: datetime
    ends: datetime


def discovery_urls(authority: str) -> list[str]:
    """Where an authority may keep its discovery document, first guess first; an AD FS keeps it in one place alone."""
    base = authority.rstrip("/")
    if base.endswith(DISCOVERY):
        return [base]
    plain = f"{base}/{DISCOVERY}"
    if base.lower().endswith("/adfs"):
        return [plain]
    return [f"{base}/v2.0/{DISCOVERY}", plain]


class OutgoingTokens:
    """One token for everybody, one request for it at a time."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        authority: str,
        app_id: str,
        app_secret: str,
        now: Callable[[], datetime],
        scope: str = SCOPE,
    ) -> None:
        self._scope = scope
        self._session = session
        self._discovery = discovery_urls(authority)
        self._app_id = app_id
        self._app_secret = app_secret
        self._now = now
        self._endpoint: str | None = None
        self._token: _Token | None = None
        self._not_again_before: datetime | None = None
        self._fetching: asyncio.Task[_Token] | None = None

    async def get(self) -> str:
        """A token that is good for a minute at least. Raises NoToken."""
        token, now = self._token, self._now()
        if token is None or now >= token.ends - LAST_USE_BEFORE_END:
            return (await asyncio.shield(self._start_fetching())).value
        if now >= token.renew_from and (self._not_again_before is None or now >= self._not_again_before):
            self._start_fetching()
        return token.value

    def forget(self, value: str) -> None:
        """The channel would not take it; a newer one, fetched meanwhile, is kept."""
        if self._token is not None and self._token.value == value:
            self._token = None

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _start_fetching(self) -> asyncio.Task[_Token]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
            # A renewal runs with nobody waiting: its failure is noted here, and asked for again later.
            self._fetching.add_done_callback(self._note_how_it_went)
        return self._fetching

    def _note_how_it_went(self, task: asyncio.Task[_Token]) -> None:
        if task.cancelled():
            return
        fault = task.exception()
        self._not_again_before = None if fault is None else self._now() + PAUSE_AFTER_A_FAILED_RENEWAL
        if fault is not None:
            _log.warning(
                "no token for speaking to the channel: %s", fault if isinstance(fault, NoToken) else type(fault)
            )

    async def _fetch(self) -> _Token:
        endpoint = self._endpoint or await self._find_endpoint()
        form = {
            "grant_type": "client_credentials",
            "client_id": self._app_id,
            "client_secret": self._app_secret,
            "scope": self._scope,
        }
        try:
            async with self._session.post(
                endpoint, data=form, allow_redirects=False, timeout=FETCH_TIMEOUT
            ) as response:
                status, body = response.status, await read_at_most(response, MOST_BYTES_READ)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            self._endpoint = None
            raise NoToken(type(fault).__name__, is_refused=False) from fault
        if status != 200:
            self._endpoint = None
            raise NoToken(f"token endpoint answered {status}", is_refused=400 <= status < 500 and status != 429)
        self._endpoint = endpoint
        self._token = self._read(body)
        return self._token

    def _read(self, body: bytes) -> _Token:
        try:
            answer = as_object(body, 200)
            value, lifetime = answer["access_token"], timedelta(seconds=float(answer.get("expires_in", 300)))
        except (FetchFailed, KeyError, TypeError, ValueError, OverflowError):
            raise NoToken("token endpoint's answer cannot be read", is_refused=False) from None
        if not isinstance(value, str) or not value or not value.isascii() or not value.isprintable():
            raise NoToken("token endpoint's answer holds no token", is_refused=False)
        now = self._now()
        return _Token(value, renew_from=now + lifetime / 2, ends=now + lifetime)

    async def _find_endpoint(self) -> str:
        reason = "no discovery document"
        for url in self._discovery:
            try:
                document = await fetch_document(self._session, url)
            except FetchFailed as fault:
                if fault.status is None:
                    raise NoToken(str(fault), is_refused=False) from fault
                reason = f"discovery document: {fault} ({fault.status})"
                continue
            endpoint = document.get("token_endpoint")
            if isinstance(endpoint, str) and is_safe_url(endpoint):
                return endpoint
            reason = "discovery document names no safe token endpoint"
        raise NoToken(reason, is_refused=False)

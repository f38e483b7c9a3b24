"""Speaks to Microsoft Graph over the one HTTP session, with a token of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, assert_never
from urllib.parse import quote, unquote

import aiohttp
from yarl import URL

from bot.graph.outcome import GraphKind, GraphOutcome
from bot.graph.settings import GraphSettings
from bot.teams.tokens_out import NoToken, OutgoingTokens
from bot.teams.wire import MOST_BYTES_READ, FetchFailed, as_object, read_at_most
from discussions.meetings.meeting import JoinChat, Made, Make, Move, Order, Remove

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
LONGEST_RETRY_AFTER = 1800.0
THREAD = re.compile(r"/l/meetup-join/([^/?]+)")
Body = Mapping[str, Any]


def open_graph(
    settings: GraphSettings | None, session: aiohttp.ClientSession, now: Callable[[], datetime]
) -> Graph | None:
    if settings is None:
        return None
    scope = f"{URL(settings.url).origin()}/.default"
    tokens = OutgoingTokens(session, settings.authority, settings.app_id, settings.app_secret, now, scope)
    return Graph(session, settings, tokens)


class Graph:
    """Each order is one request; one that is answered with 401 is made once more with a new token."""

    def __init__(self, session: aiohttp.ClientSession, settings: GraphSettings, tokens: OutgoingTokens) -> None:
        self._session = session
        self._settings = settings
        self._tokens = tokens
        self.host = URL(settings.url).authority
        self._events = f"{settings.url}/users/{quote(settings.organiser, safe='@')}/events"

    @property
    def joins_chats(self) -> bool:
        return self._settings.teams_app is not None

    async def close(self) -> None:
        await self._tokens.close()

    async def look(self) -> GraphOutcome:
        """Whether the organiser's calendar may be looked into; what it holds is not asked for."""
        status, answer, retry_after = await self._ask("GET", f"{self._events}?$top=1&$select=id")
        return said(status, answer, retry_after)

    async def do(self, order: Order) -> GraphOutcome:
        match order:
            case Make():
                return await self._make(order)
            case Move(event, title, starts_at, ends_at):
                body = {"subject": title, "start": moment(starts_at), "end": moment(ends_at)}
                status, answer, retry_after = await self._ask("PATCH", self._event(event), body)
                return said(status, answer, retry_after)
            case Remove(event):
                status, answer, retry_after = await self._ask("DELETE", self._event(event))
                # gone already is as good as removed
                return GraphOutcome(GraphKind.DONE) if status in (404, 410) else said(status, answer, retry_after)
            case JoinChat(chat):
                return await self._join(chat)
            case _:
                assert_never(order)

    def _event(self, event: str) -> str:
        return f"{self._events}/{quote(event, safe='')}"

    async def _make(self, order: Make) -> GraphOutcome:
        status, answer, retry_after = await self._ask("POST", self._events, event_of(order))
        if status in (404, 410):
            # there is no event to be lost yet: it is the organiser who is not there
            return GraphOutcome(GraphKind.REFUSED, code=code_of(answer) or str(status))
        if status == 409:
            return GraphOutcome(GraphKind.UNKNOWN, code=code_of(answer) or "409")
        outcome = said(status, answer, retry_after)
        if outcome.kind is not GraphKind.DONE:
            return outcome
        made = made_of(answer)
        if made is None and isinstance(answer.get("id"), str):
            # Exchange adds the meeting a moment after the event
            status, answer, _ = await self._ask("GET", self._event(answer["id"]))
            made = made_of(answer) if status == 200 else None
        # asked for again, the transaction brings the same event
        return GraphOutcome(GraphKind.DONE, made) if made else GraphOutcome(GraphKind.UNKNOWN, code="NoLinkYet")

    async def _join(self, chat: str) -> GraphOutcome:
        url = f"{self._settings.url}/chats/{quote(chat, safe='')}/installedApps"
        app = f"{self._settings.url}/appCatalogs/teamsApps/{self._settings.teams_app}"
        status, answer, retry_after = await self._ask("POST", url, {"teamsApp@odata.bind": app})
        return GraphOutcome(GraphKind.DONE) if status == 409 else said(status, answer, retry_after)

    async def _ask(self, method: str, url: str, body: Body | None = None) -> tuple[int, Body, float | None]:
        """The status, the body as an object, and what Retry-After asks for. Where nothing was answered it is as if a
        gateway had said so: 503 when nothing can have arrived, 504 when it may have.
        """
        for is_last in (False, True):
            try:
                token = await self._tokens.get()
            except NoToken as fault:
                return 401 if fault.is_refused else 503, {"error": {"code": "NoToken"}}, None
            status, answer, retry_after = await self._ask_with(token, method, url, body)
            if status != 401 or is_last:
                break
            self._tokens.forget(token)
        return status, answer, retry_after

    async def _ask_with(self, token: str, method: str, url: str, body: Body | None) -> tuple[int, Body, float | None]:
        headers = {"Authorization": f"Bearer {token}", "Prefer": 'outlook.timezone="UTC"'}
        try:
            async with self._session.request(
                method, URL(url, encoded=True), json=body, headers=headers, allow_redirects=False, timeout=TIMEOUT
            ) as response:
                held = await read_at_most(response, MOST_BYTES_READ)
                return response.status, object_of(held, response.status), retry_after_of(response)
        except aiohttp.ClientConnectorError as fault:
            return 503, {"error": {"code": type(fault).__name__}}, None
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            return 504, {"error": {"code": type(fault).__name__}}, None


def event_of(order: Make) -> Body:
    """Nobody attends it, so that nobody is asked a second time by a calendar."""
    return {
        "subject": order.title,
        "start": moment(order.starts_at),
        "end": moment(order.ends_at),
        "isOnlineMeeting": True,
        "onlineMeetingProvider": "teamsForBusiness",
        "transactionId": order.transaction,
        "sensitivity": "private",
        "isReminderOn": False,
        "responseRequested": False,
        "attendees": [],
    }


def moment(at: datetime) -> Body:
    return {"dateTime": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"}


def said(status: int, answer: Body, retry_after: float | None) -> GraphOutcome:
    code = code_of(answer) or str(status)
    if 200 <= status < 300:
        return GraphOutcome(GraphKind.DONE)
    if status in (404, 410):
        return GraphOutcome(GraphKind.LOST, code=code)
    if status in (429, 503) or retry_after is not None:
        return GraphOutcome(GraphKind.THROTTLED, code=code, retry_after=retry_after)
    if status in (408, 409, 412) or status >= 500:
        return GraphOutcome(GraphKind.UNKNOWN, code=code)
    return GraphOutcome(GraphKind.REFUSED, code=code)


def made_of(answer: Body) -> Made | None:
    meeting = answer.get("onlineMeeting")
    link = meeting.get("joinUrl") if isinstance(meeting, dict) else None
    event = answer.get("id")
    if not isinstance(event, str) or not isinstance(link, str) or not link.startswith("https://"):
        return None
    thread = THREAD.search(link)
    return Made(event, link, unquote(thread[1]) if thread else None, start_of(answer))


def start_of(answer: Body) -> datetime | None:
    """In UTC, as it was asked for; seconds have seven places there."""
    start = answer.get("start")
    text = start.get("dateTime") if isinstance(start, dict) and start.get("timeZone") == "UTC" else None
    try:
        return datetime.fromisoformat(str(text)[:19]).replace(tzinfo=UTC)
    except ValueError:
        return None


def object_of(held: bytes, status: int) -> Body:
    try:
        return as_object(held, status) if held else {}
    except FetchFailed:
        return {}


def code_of(answer: Body) -> str | None:
    """Graph's word for it: never its sentence, which may repeat what was asked."""
    error = answer.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code[:80] if isinstance(code, str) and re.fullmatch(r"[\w.]+", code) else None


def retry_after_of(response: aiohttp.ClientResponse) -> float | None:
    text = response.headers.get("Retry-After", "")
    return min(float(text), LONGEST_RETRY_AFTER) if text.isascii() and text.isdecimal() else None

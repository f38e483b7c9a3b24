"""A Microsoft Graph of our own on this machine: it checks what the real one checks, and fails as it is told."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from aiohttp import web

APP, SECRET = "66666666-2222-4333-8444-555555555555", "graph-secret"
TEAMS_APP = "55555555-2222-4333-8444-555555555555"
ORGANISER = "strategy.meetings@bristol.example"
MAILBOX = f"/users/{ORGANISER}/events"


@dataclass(frozen=True)
class Fault:
    """The next request that fits is answered so. `does_it`: what was asked is done all the same, unheard.

    `hangs_up` breaks the connection off in place of an answer.
    """

    status: int = 0
    code: str = "fault"
    on: str = ""
    retry_after: int | None = None
    does_it: bool = False
    hangs_up: bool = False


@dataclass
class LocalGraph:
    """`asked` is every request: method, path, body. `events` what the organiser's calendar holds."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    installed: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    link_comes_late: bool = False
    base: str = ""
    _by_transaction: dict[str, str] = field(default_factory=dict)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(
            [
                web.get("/tenant/v2.0/.well-known/openid-configuration", self._discovery),
                web.post("/tenant/token", self._token),
                web.route("*", "/v1.0/{rest:.*}", self._api),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def settings(self) -> dict[str, str]:
        return {
            "CHAIRSIDE_GRAPH_ORGANISER": ORGANISER,
            "CHAIRSIDE_GRAPH_APP_ID": APP,
            "CHAIRSIDE_GRAPH_APP_SECRET": SECRET,
            "CHAIRSIDE_GRAPH_URL": f"{self.base}/v1.0",
            "CHAIRSIDE_GRAPH_AUTHORITY_URL": f"{self.base}/tenant",
        }

    async def _discovery(self, request: web.Request) -> web.Response:
        return web.json_response({"token_endpoint": f"{self.base}/tenant/token"})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if (form.get("client_id"), form.get("client_secret")) != (APP, SECRET):
            return web.json_response({"error": "invalid_client"}, status=401)
        if form.get("scope") != f"{self.base}/.default" or form.get("grant_type") != "client_credentials":
            return web.json_response({"error": "invalid_scope"}, status=400)
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return web.json_response({"access_token": self.tokens[-1], "expires_in": 3600})

    def expire_tokens(self) -> None:
        self.tokens.append("one that nobody was given")

    async def _api(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        body = json.loads(text) if text else None
        self.asked.append((request.method, request.path, body))
        if not self.tokens or request.headers.get("Authorization") != f"Bearer {self.tokens[-1]}":
            return refused(401, "InvalidAuthenticationToken")
        fault = next((one for one in self.faults if one.on in f"{request.method} {request.path}"), None)
        if fault is None:
            return self._answer(request.method, request.path.removeprefix("/v1.0"), body)
        self.faults.remove(fault)
        if fault.does_it:
            self._answer(request.method, request.path.removeprefix("/v1.0"), body)
        if fault.hangs_up:
            assert request.transport is not None
            request.transport.close()
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return refused(fault.status or 500, fault.code, headers)

    def _answer(self, method: str, path: str, body: Any) -> web.Response:
        if method == "POST" and path.endswith("/installedApps"):
            return self._install(path.split("/")[2], body)
        if not path.startswith(MAILBOX):
            return refused(404, "ErrorInvalidUser")
        event = path.removeprefix(MAILBOX).removeprefix("/")
        if method == "GET" and not event:
            return web.json_response({"value": [{"id": id} for id in self.events][:1]})
        if method == "POST" and not event:
            return self._make(body)
        if event not in self.events:
            return refused(404, "ErrorItemNotFound")
        match method:
            case "GET":
                self.events[event]["onlineMeeting"] = self.events[event]["later"]
                return web.json_response(shown(self.events[event]))
            case "PATCH":
                if problem := problem_with(self.events[event] | body):
                    return refused(400, problem)
                self.events[event] |= body
                return web.json_response(shown(self.events[event]))
            case "DELETE":
                del self.events[event]
                return web.Response(status=204)
        return refused(405, "MethodNotAllowed")

    def _make(self, body: Any) -> web.Response:
        if problem := problem_with(body):
            return refused(400, problem)
        known = self._by_transaction.get(body["transactionId"])
        if known is not None:
            # a repeat is answered with what the first one made
            there = known in self.events
            return web.json_response(shown(self.events[known]), status=201) if there else refused(409, "Duplicate")
        number = next(self._numbers)
        id, thread = f"AAMk={number}/x", quote(f"19:meeting_{number}@thread.v2", safe="")
        link = {"joinUrl": f"https://teams.microsoft.com/l/meetup-join/{thread}/0?context=%7b%7d"}
        self.events[id] = {**body, "id": id, "onlineMeeting": None if self.link_comes_late else link, "later": link}
        self._by_transaction[body["transactionId"]] = id
        return web.json_response(shown(self.events[id]), status=201)

    def _install(self, chat: str, body: Any) -> web.Response:
        if not str(body.get("teamsApp@odata.bind", "")).endswith(f"/appCatalogs/teamsApps/{TEAMS_APP}"):
            return refused(400, "BadRequest")
        if chat in self.installed:
            return refused(409, "Conflict")
        self.installed.append(chat)
        return web.Response(status=201)


def problem_with(event: Any) -> str | None:
    if not isinstance(event, dict) or not isinstance(event.get("subject"), str):
        return "RequestBodyRead"
    try:
        starts, ends = (datetime.fromisoformat(event[name]["dateTime"]) for name in ("start", "end"))
    except (KeyError, TypeError, ValueError):
        return "ErrorInvalidTimeZone"
    if any(event[name].get("timeZone") != "UTC" for name in ("start", "end")) or starts >= ends:
        return "ErrorPropertyValidationFailure"
    if event.get("isOnlineMeeting") and event.get("onlineMeetingProvider") != "teamsForBusiness":
        return "ErrorOnlineMeetingProvider"
    return None if event.get("transactionId") else "ErrorMissingTransaction"


def shown(event: dict[str, Any]) -> dict[str, Any]:
    """As the real one: seconds with seven places."""
    moments = {
        name: {**event[name], "dateTime": f"{event[name]['dateTime'][:19]}.0000000"} for name in ("start", "end")
    }
    return {name: value for name, value in event.items() if name != "later"} | moments


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    said = {"error": {"code": code, "message": "strategy discussion about nobody"}}
    return web.json_response(said, status=status, headers=headers)

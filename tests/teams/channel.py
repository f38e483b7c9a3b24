"""Our own Teams channel for tests and for the demo: real HTTP, real tokens, people who type and press."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.teams.settings import TeamsSettings
from tests.teams.connector import BASE, Connector
from tests.teams.identity import ISSUER, IdentityProvider
from tests.teams.keys import KeyRing
from tests.teams.limits import PublishedLimits
from tests.teams.people import Chat, TeamsUser
from tests.teams.rooms import Json, Room, Rooms

APP_ID = "0a1b2c3d-0000-4000-8000-00000000b077"
APP_SECRET = "not-a-secret"
TENANT = "7e4a0000-0000-4000-8000-0000000000aa"
BOT_NAME = "Chairside"


class Channel:
    """Listens on this machine alone. Set `bot_url` (where the bot's /api/messages is) before anybody speaks.

    `now` is the clock of the tokens: hand it the one the bot has. `limits` enforces the published limits by it too.
    """

    def __init__(self, now: Callable[[], datetime], *, tenant: str = TENANT, limits: bool = False) -> None:
        self._now = now
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.tenant = tenant
        self.bot_url = ""
        self.base = ""
        self.people: dict[str, TeamsUser] = {}
        self.rooms = Rooms()
        self.keys = KeyRing()
        self.identity = IdentityProvider(self.keys, APP_ID, APP_SECRET, now)
        self.limits = PublishedLimits(now) if limits else None
        self.connector = Connector(self.identity, self.rooms, self.people, self.limits)
        self.faults = self.connector.faults

    async def start(self) -> None:
        app = web.Application(client_max_size=1024**2)
        self.identity.add_routes(app)
        self.connector.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = self.identity.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def service_url(self) -> str:
        return f"{self.base}{BASE}/"

    @property
    def bot_account(self) -> Json:
        return {"id": f"28:{APP_ID}", "name": BOT_NAME}

    def settings_for_bot(self, **changes: Any) -> TeamsSettings:
        """For a bot in this process."""
        settings: dict[str, Any] = {
            "app_id": APP_ID,
            "app_secret": APP_SECRET,
            "tenant_id": self.tenant,
            "allowed_tenants": frozenset(),
            "authority_url": self.identity.authority_url,
            "openid_metadata_url": self.identity.metadata_url,
            "token_issuer": ISSUER,
            "service_hosts": frozenset({self.base.removeprefix("http://")}),
            "local": False,
        }
        return TeamsSettings(**{**settings, **changes})

    def environment_for_bot(self) -> dict[str, str]:
        """The same for a bot in a process of its own."""
        return {
            "CHAIRSIDE_APP_ID": APP_ID,
            "CHAIRSIDE_APP_SECRET": APP_SECRET,
            "CHAIRSIDE_TENANT_ID": self.tenant,
            "CHAIRSIDE_AUTHORITY_URL": self.identity.authority_url,
            "CHAIRSIDE_OPENID_METADATA_URL": self.identity.metadata_url,
            "CHAIRSIDE_TOKEN_ISSUER": ISSUER,
            "CHAIRSIDE_SERVICE_HOSTS": self.base.removeprefix("http://"),
        }

    def token(self, **overrides: Any) -> str:
        """A good token, with claims overridden; a claim overridden by None is left out."""
        seconds = int(self._now().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "iat": seconds,
            "nbf": seconds,
            "exp": seconds + 3600,
            "serviceurl": self.service_url,
        }
        return self.keys.sign({name: value for name, value in {**claims, **overrides}.items() if value is not None})

    def rotate_keys(self) -> None:
        self.keys.rotate()

    def person(
        self, name: str, *, object_id: str | None = "", upn: str | None = None, tenant: str | None = None
    ) -> TeamsUser:
        """Somebody with an account whose ids follow from the name; `object_id=None` is a guest without one."""
        digest = hashlib.sha256(name.encode()).hexdigest()
        guid = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
        known = guid if object_id == "" else object_id
        return self.add_person(TeamsUser(name, f"29:{digest[:40]}", known, upn, tenant or self.tenant))

    def add_person(self, person: TeamsUser) -> TeamsUser:
        self.people[person.address] = person
        return person

    def personal_chat(self, person: TeamsUser) -> Chat:
        digest = hashlib.sha256(person.address.encode()).hexdigest()[:40]
        return Chat(self, self.rooms.add(Room(f"a:{digest}", "personal", self.tenant, [person.address])), person)

    def group(self, name: str, *people: TeamsUser, meeting: str | None = None) -> Room:
        """A group chat, or with `meeting` the chat of a meeting. See it as one of its people through `view`."""
        members = [person.address for person in people]
        return self.rooms.add(Room(f"19:{name}@thread.v2", "groupChat", self.tenant, members, meeting=meeting))

    def team_channel(self, name: str, *people: TeamsUser) -> Room:
        """A thread in a channel of a team."""
        members = [person.address for person in people]
        return self.rooms.add(Room(f"19:{name}@thread.tacv2;messageid=1780000000000", "channel", self.tenant, members))

    def view(self, room: Room, person: TeamsUser) -> Chat:
        return Chat(self, room, person)

    def envelope(self, room: Room, person: TeamsUser) -> Json:
        """What stands around every activity."""
        channel_data: Json = {"tenant": {"id": room.tenant}}
        if room.meeting is not None:
            channel_data["meeting"] = {"id": room.meeting}
        return {
            "id": self.rooms.next_id(),
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "timestamp": self._now().isoformat(),
            "from": person.as_sender(),
            "recipient": self.bot_account,
            "conversation": {
                "id": room.id,
                "conversationType": room.kind,
                "isGroup": room.kind != "personal",
                "tenantId": room.tenant,
            },
            "channelData": channel_data,
            "locale": "en-GB",
        }

    async def post(self, activity: Json, *, token: str | None = "") -> tuple[int, Any]:
        """Status and JSON (None if empty). `token=None` sends none; otherwise a good one is made."""
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token or self.token()}"
        status, text = await self.post_raw(json.dumps(activity).encode(), headers)
        return status, json.loads(text) if text else None

    async def post_raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        assert self._session is not None, "start the channel first"
        assert self.bot_url, "where is the bot? set bot_url"
        async with self._session.post(self.bot_url, data=BytesIO(body), headers=headers) as response:
            return response.status, await response.text()

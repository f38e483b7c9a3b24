"""The channel of the measurements: takes what bots post as fast as it can, and counts connections and tokens."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from aiohttp import web

from bench.certificates import write_certificate
from tests.teams.channel import APP_ID, APP_SECRET, TENANT
from tests.teams.identity import ISSUER, IdentityProvider
from tests.teams.keys import KeyRing

BASE = "/emea"


class Heard(NamedTuple):
    """When something was said, in seconds of the machine's monotonic clock, and where."""

    at: float
    conversation: str


class Channel:
    """Real RS256 tokens and a real token endpoint; no rooms, since the bots' words are only counted.

    `heard` is kept where somebody has put a list there.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._folder = folder
        self._runner: web.AppRunner | None = None
        self.keys = KeyRing()
        self.identity = IdentityProvider(self.keys, APP_ID, APP_SECRET, now)
        self.base = ""
        self.secure_base = ""
        self.certificate = folder / "channel.pem"
        self.peers: set[tuple[str, int]] = set()
        self.said = 0
        self.last_said = b""
        self.heard: list[Heard] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1024**2)
        self.identity.add_routes(app)
        one = f"{BASE}/v3/conversations/{{conversation}}/activities"
        app.router.add_post(one, self._take)
        app.router.add_post(f"{one}/{{activity}}", self._take)
        app.router.add_put(f"{one}/{{activity}}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        write_certificate(self.certificate)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        plain, secure = (f"127.0.0.1:{address[1]}" for address in self._runner.addresses)
        self.base = self.identity.base = f"http://{plain}"
        self.secure_base = f"https://{secure}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def service_url(self) -> str:
        return f"{self.base}{BASE}/"

    @property
    def token_requests(self) -> int:
        return self.identity.counts["token"]

    def token(self, number: int = 0) -> str:
        """A good token; another one for each number, as a channel that never uses one twice would send."""
        seconds = int(self._now().timestamp())
        claims = {"iss": ISSUER, "aud": APP_ID, "nbf": seconds, "exp": seconds + 3600, "serviceurl": self.service_url}
        return self.keys.sign({**claims, "jti": str(number)})

    def environment_for_bots(self) -> dict[str, str]:
        return {
            "CHAIRSIDE_MODE": "production",
            "CHAIRSIDE_APP_ID": APP_ID,
            "CHAIRSIDE_APP_SECRET": APP_SECRET,
            "CHAIRSIDE_TENANT_ID": TENANT,
            "CHAIRSIDE_AUTHORITY_URL": self.identity.authority_url,
            "CHAIRSIDE_OPENID_METADATA_URL": self.identity.metadata_url,
            "CHAIRSIDE_TOKEN_ISSUER": ISSUER,
            "CHAIRSIDE_SERVICE_HOSTS": self.base.removeprefix("http://"),
            "CHAIRSIDE_PUBLIC_URL": "http://127.0.0.1:3978",
            "BENCH_SECURE_AUTHORITY": f"{self.secure_base}/adfs",
            "BENCH_SERVICE_URL": self.service_url,
            "REQUESTS_CA_BUNDLE": str(self.certificate),
        }

    async def _take(self, request: web.Request) -> web.Response:
        peer = request.transport.get_extra_info("peername") if request.transport is not None else None
        if peer is not None:
            self.peers.add(peer)
        if not self.identity.is_good(request.headers.get("Authorization")):
            return web.Response(status=401)
        self.last_said = await request.read()
        self.said += 1
        if self.heard is not None:
            self.heard.append(Heard(time.monotonic(), request.match_info["conversation"]))
        return web.Response(text=f'{{"id":"{self.said}"}}', content_type="application/json", status=201)

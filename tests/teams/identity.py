"""The identity provider: discovery, token endpoint, OpenID metadata and keys; it counts, and can be slow or away."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from tests.teams.keys import KeyRing

ISSUER = "https://channel.test"
SCOPE = "https://api.botframework.com/.default"


class IdentityProvider:
    """`is_adfs` and `has_v2` say where the discovery document is. `counts` holds the requests by what was asked."""

    def __init__(self, keys: KeyRing, app_id: str, app_secret: str, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._app_id = app_id
        self._app_secret = app_secret
        self._now = now
        self._issued: dict[str, datetime] = {}
        self.base = ""
        self.is_down = False
        self.is_adfs = False
        self.has_v2 = True
        self.delay_seconds = 0.0
        self.token_lifetime = timedelta(hours=1)
        self.counts: Counter[str] = Counter()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/openid/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/openid/keys", self._published_keys)
        app.router.add_get("/tenant/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/{authority:tenant|adfs}/.well-known/openid-configuration", self._plain_discovery)
        app.router.add_post("/oauth2/token", self._token)

    @property
    def metadata_url(self) -> str:
        return f"{self.base}/openid/.well-known/openidconfiguration"

    @property
    def authority_url(self) -> str:
        return f"{self.base}/adfs" if self.is_adfs else f"{self.base}/tenant"

    def is_good(self, authorization: str | None) -> bool:
        token = (authorization or "").removeprefix("Bearer ")
        ends = self._issued.get(token)
        return ends is not None and self._now() < ends

    def revoke_all(self) -> None:
        self._issued.clear()

    async def _metadata(self, request: web.Request) -> web.Response:
        await self._stand_in_the_way("metadata")
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.base}/openid/keys"})

    async def _published_keys(self, request: web.Request) -> web.Response:
        await self._stand_in_the_way("keys")
        return web.json_response(self._keys.published())

    async def _discovery(self, request: web.Request) -> web.Response:
        await self._stand_in_the_way("discovery")
        if not self.has_v2:
            raise web.HTTPNotFound
        return web.json_response({"token_endpoint": f"{self.base}/oauth2/token"})

    async def _plain_discovery(self, request: web.Request) -> web.Response:
        await self._stand_in_the_way("plain discovery")
        endpoints = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        # as it was asked: some bots insist on https
        origin = request.url.origin()
        return web.json_response({name: f"{origin}/oauth2/{end}" for name, end in endpoints.items()})

    async def _token(self, request: web.Request) -> web.Response:
        await self._stand_in_the_way("token")
        form = await request.post()
        wanted = {"grant_type": "client_credentials", "client_id": self._app_id, "scope": SCOPE}
        if any(form.get(name) != value for name, value in wanted.items()):
            return web.json_response({"error": "invalid_request"}, status=400)
        if form.get("client_secret") != self._app_secret:
            return web.json_response({"error": "invalid_client"}, status=401)
        value = f"token-{self.counts['token']}"
        self._issued[value] = self._now() + self.token_lifetime
        seconds = int(self.token_lifetime.total_seconds())
        return web.json_response({"token_type": "Bearer", "expires_in": seconds, "access_token": value})

    async def _stand_in_the_way(self, what: str) -> None:
        self.counts[what] += 1
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        if self.is_down:
            raise web.HTTPBadGateway

"""The floor: the least a bot can do. It checks the token, and posts an answer of the same size. It keeps nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import aiohttp
import jwt
from aiohttp import web
from jwt.algorithms import RSAAlgorithm

from bench.bots.serving import serve

AT_ONCE = 16
Json = dict[str, Any]


class Floor:
    def __init__(self) -> None:
        self.session: aiohttp.ClientSession
        self.keys: dict[str, Any] = {}
        self.token = ""
        self.answers: dict[str, Json] = {}

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as self.session:
            await self._prepare()
            yield

    async def _prepare(self) -> None:
        metadata = await self._get(os.environ["CHAIRSIDE_OPENID_METADATA_URL"])
        for key in (await self._get(metadata["jwks_uri"]))["keys"]:
            self.keys[key["kid"]] = RSAAlgorithm.from_jwk(key)
        authority = os.environ["CHAIRSIDE_AUTHORITY_URL"]
        endpoint = (await self._get(f"{authority}/.well-known/openid-configuration"))["token_endpoint"]
        form = {
            "grant_type": "client_credentials",
            "client_id": os.environ["CHAIRSIDE_APP_ID"],
            "client_secret": os.environ["CHAIRSIDE_APP_SECRET"],
            "scope": "https://api.botframework.com/.default",
        }
        async with self.session.post(endpoint, data=form) as response:
            self.token = (await response.json())["access_token"]

    async def _get(self, url: str) -> Json:
        async with self.session.get(url) as response:
            answer: Json = await response.json()
            return answer

    async def message(self, request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        key = self.keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=os.environ["CHAIRSIDE_APP_ID"],
            issuer=os.environ["CHAIRSIDE_TOKEN_ISSUER"],
            leeway=300,
        )
        activity = await request.json()
        if claims["serviceurl"] != activity["serviceUrl"]:
            return web.Response(status=403)
        if activity["type"] == "invoke":
            return web.json_response(self.answers["press"])
        answer = self.answers["help"] | {"conversation": {"id": activity["conversation"]["id"]}}
        await self.send(activity["serviceUrl"], activity["conversation"]["id"], answer)
        return web.Response()

    async def send(self, service_url: str, conversation: str, activity: Json) -> None:
        url = f"{service_url.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"
        async with self.session.post(url, json=activity, headers={"Authorization": f"Bearer {self.token}"}) as response:
            await response.json()

    async def learn(self, request: web.Request) -> web.Response:
        """What its answers look like: the very same as the others'."""
        self.answers |= await request.json()
        return web.json_response({})

    async def send_many(self, request: web.Request) -> web.Response:
        count = (await request.json())["count"]
        numbers = iter(range(count))

        async def work() -> None:
            for number in numbers:
                await self.send(os.environ["BENCH_SERVICE_URL"], f"a:{number}", self.answers["nudge"])

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return web.json_response({"sent": count})


def make_app() -> web.Application:
    floor = Floor()
    app = web.Application()
    app.cleanup_ctx.append(floor.running)
    app.router.add_post("/api/messages", floor.message)
    app.router.add_post("/bench/learn", floor.learn)
    app.router.add_post("/bench/send", floor.send_many)
    return app


if __name__ == "__main__":
    asyncio.run(serve(make_app()))

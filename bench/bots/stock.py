"""The stock bot: the SDK's echo sample on its own CloudAdapter, configured and otherwise left as it comes."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import ChannelAccount, ConversationAccount, ConversationReference

from bench.bots.serving import serve

AT_ONCE = 16


class Configuration:
    """Any of the addresses set means that all must be: the SDK's way to a channel that is not Microsoft's."""

    APP_ID = os.environ.get("CHAIRSIDE_APP_ID", "")
    APP_PASSWORD = os.environ.get("CHAIRSIDE_APP_SECRET", "")
    APP_TYPE = "MultiTenant"
    TO_CHANNEL_FROM_BOT_LOGIN_URL = os.environ.get("BENCH_SECURE_AUTHORITY", "")
    TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
    TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = os.environ.get("CHAIRSIDE_TOKEN_ISSUER", "")
    TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = os.environ.get("CHAIRSIDE_OPENID_METADATA_URL", "")
    TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
    OAUTH_URL = "https://token.botframework.com"
    VALIDATE_AUTHORITY = True
    CALLER_ID = "urn:botframework:azure"
    CHANNEL_SERVICE = ""


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


class Stock:
    def __init__(self) -> None:
        self.adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration()))
        self.bot = Echo()

    async def message(self, request: web.Request) -> web.Response:
        answer = await self.adapter.process(request, self.bot)
        return answer or web.Response()

    async def send_many(self, request: web.Request) -> web.Response:
        count = (await request.json())["count"]
        numbers = iter(range(count))

        async def speak(context: TurnContext) -> None:
            await context.send_activity("An action needs your update")

        async def work() -> None:
            for number in numbers:
                await self.adapter.continue_conversation(reference_to(number), speak, Configuration.APP_ID)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return web.json_response({"sent": count})


def reference_to(number: int) -> ConversationReference:
    fields: dict[str, Any] = {
        "bot": ChannelAccount(id=f"28:{Configuration.APP_ID}"),
        "user": ChannelAccount(id=f"29:{number}"),
        "conversation": ConversationAccount(id=f"a:{number}"),
        "channel_id": "msteams",
        "service_url": os.environ["BENCH_SERVICE_URL"],
    }
    return ConversationReference(**fields)


def make_app() -> web.Application:
    stock = Stock()
    app = web.Application()
    app.router.add_post("/api/messages", stock.message)
    app.router.add_post("/bench/send", stock.send_many)
    return app


if __name__ == "__main__":
    asyncio.run(serve(make_app()))

"""A world with a mail server, for the stories of the secure page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.world import World


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        await world.install("Priya Nair")
        yield world

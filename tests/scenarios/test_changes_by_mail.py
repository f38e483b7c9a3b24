"""What became of a booking, to people without Teams: by mail, with nothing in it but that there is something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import plain
from tests.scenarios.test_moving import BOOKING, types
from tests.scenarios.world import World

SECRETS = ("14/05", "physical", "court", "grandmother", "no police until ten", "ring the ward", "threshold")


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        await world.install("Sam Okoro", "Priya Nair")
        yield world


def mailed(server: MailServerInTests) -> list[str]:
    return sorted({str(mail["To"]).partition("@")[0] for mail in server.mails})


async def test_whoever_has_no_teams_hears_by_mail_of_all_that_is_asked_of_them(
    world: World, server: MailServerInTests
) -> None:
    await types(world, "Sam Okoro", *BOOKING)
    await types(world, "Priya Nair", "hand over SD-26-0412 to Joan Priest: I am in court")
    assert "joan.priest" in mailed(server)
    await types(world, "Priya Nair", "hand over SD-26-0412 to EDT: no police until ten; plan: ring the ward at eight")
    assert "omar.haddad" in mailed(server)
    server.mails.clear()

    world.clock.move_to(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    await world.service.ticks.tick()
    assert "joan.priest" in mailed(server), "the service manager hears that it was not held"
    assert "ruth.adeyemi" in mailed(server)
    server.mails.clear()
    await types(world, "Priya Nair", "cancel discussion SD-26-0412 threshold not met; safe: with their grandmother")
    assert {"helen.marsh", "tom.bexley"} <= set(mailed(server))


async def test_no_mail_says_why_or_about_whom(world: World, server: MailServerInTests) -> None:
    await types(world, "Sam Okoro", *BOOKING)
    for line in (
        "move SD-26-0412 to today 5pm because of court",
        "hand over SD-26-0412 to Joan Priest: I am in court",
        "hand over SD-26-0412 to EDT: no police until ten; plan: ring the ward at eight",
        "cancel discussion SD-26-0412 threshold not met; safe: with their grandmother",
    ):
        await types(world, "Priya Nair", line)

    assert len(server.mails) >= 8
    for mail in server.mails:
        whole = f"{mail['Subject']} {plain(mail)}"
        assert [word for word in SECRETS if word.casefold() in whole.casefold()] == [], whole

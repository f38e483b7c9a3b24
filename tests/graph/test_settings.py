"""Making meetings is off until it is set up, and then whole or refused."""

from __future__ import annotations

import pytest

from bot.graph.settings import GRAPH_URL
from bot.settings import BadSettings, Settings, read_settings

APP = "66666666-2222-4333-8444-555555555555"
LOCAL = {"CHAIRSIDE_MODE": "local"}
BOT = {**LOCAL, "CHAIRSIDE_APP_ID": APP, "CHAIRSIDE_APP_SECRET": "of the bot"}


def read(environment: dict[str, str], **graph: str) -> Settings:
    return read_settings(environment | {f"CHAIRSIDE_GRAPH_{name}": value for name, value in graph.items()})


def wrong(environment: dict[str, str], **graph: str) -> list[str]:
    with pytest.raises(BadSettings) as refused:
        read(environment, **graph)
    return [problem.name for problem in refused.value.problems]


def test_without_an_organiser_it_is_off() -> None:
    assert read(BOT).graph is None
    assert read(LOCAL, APP_ID=APP, APP_SECRET="x").graph is None


def test_the_app_is_the_bots_own_unless_another_is_named() -> None:
    own = read(BOT, ORGANISER="meetings@example.org").graph
    other = read(BOT, ORGANISER="meetings@example.org", APP_ID=APP, APP_SECRET="y").graph

    assert own is not None
    assert (own.app_secret, own.url, own.teams_app) == ("of the bot", GRAPH_URL, None)
    assert own.authority == "https://login.microsoftonline.com/11111111-aaaa-4bbb-8ccc-000000000001"
    assert other is not None
    assert other.app_secret == "y"


def test_what_is_half_set_up_or_unsafe_is_refused_by_its_name() -> None:
    assert wrong(LOCAL, ORGANISER="meetings@example.org") == ["CHAIRSIDE_GRAPH_ORGANISER"]
    assert wrong(BOT, ORGANISER="not an address") == ["CHAIRSIDE_GRAPH_ORGANISER"]
    assert wrong(BOT, ORGANISER="meetings@example.org", APP_ID=APP) == ["CHAIRSIDE_GRAPH_APP_SECRET"]
    assert wrong(BOT, ORGANISER="meetings@example.org", APP_SECRET="y") == ["CHAIRSIDE_GRAPH_APP_ID"]
    assert wrong(BOT, ORGANISER="m@example.org", URL="http://graph.example.org/v1.0") == ["CHAIRSIDE_GRAPH_URL"]
    assert wrong(BOT, ORGANISER="m@example.org", TEAMS_APP="Chairside") == ["CHAIRSIDE_GRAPH_TEAMS_APP"]

"""The doctor looks whether Graph lets us into the organiser's calendar, and says what is wrong in Graph's own code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.command_line.doctor import Trouble
from bot.command_line.doctor_network import Network
from bot.settings import read_settings
from tests.graph.local_graph import Fault, LocalGraph

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def look(graph: LocalGraph, **changes: str) -> None:
    environment = {**graph.settings(), **{f"CHAIRSIDE_GRAPH_{name}": value for name, value in changes.items()}}
    settings = read_settings({"CHAIRSIDE_MODE": "local", **environment})
    assert settings.graph is not None
    assert "graph-secret" not in repr(settings)
    await Network(lambda: NOW).look_into_calendar(settings, settings.graph)


async def test_a_calendar_that_lets_us_in_is_well() -> None:
    async with LocalGraph() as graph:
        await look(graph)

        assert [method for method, _, _ in graph.asked] == ["GET"]


@pytest.mark.parametrize(
    ("fault", "changes", "code"),
    [
        (Fault(403, "ErrorAccessDenied"), {}, "ErrorAccessDenied"),
        (None, {"ORGANISER": "nobody@bristol.example"}, "ErrorInvalidUser"),
        (None, {"APP_SECRET": "an old one"}, "NoToken"),
        (Fault(429, "TooManyRequests"), {}, "TooManyRequests"),
    ],
)
async def test_what_is_wrong_is_said_by_its_code(fault: Fault | None, changes: dict[str, str], code: str) -> None:
    async with LocalGraph() as graph:
        graph.faults += [fault] if fault else []

        with pytest.raises(Trouble, match=code):
            await look(graph, **changes)

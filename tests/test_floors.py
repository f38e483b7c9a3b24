"""The contract that keeps the SDK in its room names every other room of the roof."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_room_of_the_roof_but_teams_is_forbidden_the_sdk() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    named = next(one["source_modules"] for one in contracts if one["name"].startswith("The Bot Framework SDK"))

    rooms = {file.stem for file in (ROOT / "bot").glob("*.py")} - {"__init__"}
    folders = {folder.parent.name for folder in (ROOT / "bot").glob("*/__init__.py")} - {"teams"}

    assert {f"bot.{room}" for room in rooms | folders} <= set(named)

"""The world of the scenarios, on a migrated database of its own; on both engines where a test asks for `engine`."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.world import World


@pytest.fixture
async def world(migrated_file: Path, tmp_path: Path) -> AsyncIterator[World]:
    file = tmp_path / "chairside.db"
    shutil.copyfile(migrated_file, file)
    async with World(f"sqlite:///{file}") as world:
        yield world

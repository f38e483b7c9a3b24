"""Chairing is told over SQLite: that both engines keep the same is held by the tests of the storage."""

from __future__ import annotations

import pytest


@pytest.fixture
def engine() -> str:
    return "sqlite"

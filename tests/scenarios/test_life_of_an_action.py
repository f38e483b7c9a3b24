"""The life of an action over HTTP, on two replicas: any presses at any time, and anything that can go wrong meanwhile.

`make test` lives a few lives, the same ones each time; `make lives` many, new ones each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.scenarios.life.reckoning import everything_wrong
from tests.scenarios.life.stage import Stage
from tests.scenarios.life.steps import LIVES, Plan

IS_FUZZ = settings.get_current_profile_name() == "fuzz"
LIVES_OF_EACH_ENGINE = 400 if IS_FUZZ else 10


@pytest.fixture
def stage(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    stage = Stage(engine, request, tmp_path)
    stage.be_impatient(monkeypatch)
    yield stage
    stage.close()


@pytest.mark.timeout(7200 if IS_FUZZ else 900)
def test_exactly_what_was_promised_is_said_whatever_happens(stage: Stage) -> None:
    @settings(
        max_examples=LIVES_OF_EACH_ENGINE,
        derandomize=not IS_FUZZ,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(LIVES)
    def live(plan: Plan) -> None:
        assert stage.live(plan, everything_wrong) == []

    live()
    print(f"{stage.lived} lives: {dict(stage.happened)}")
    # or nothing could have gone wrong
    assert min(stage.happened.values()) > 0

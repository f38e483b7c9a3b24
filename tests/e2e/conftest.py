"""Browser tests need packages that only `make e2e` installs; without them there is nothing to collect here."""

from __future__ import annotations

from collections.abc import Generator
from importlib.util import find_spec

import pytest

if find_spec("playwright") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.e2e.stage import FAILED
    from tests.e2e.stage import browser as browser
    from tests.e2e.stage import open_chat as open_chat
    from tests.e2e.stage import service as service

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        item.stash[FAILED] = report.failed
        return report

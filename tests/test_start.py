"""What a start loads: nothing that no turn needs. It is loaded by whoever first asks for it."""

from __future__ import annotations

import json
import subprocess
import sys

LOADED_ON_FIRST_USE = frozenset(
    {
        # documents and pictures
        *("docx", "lxml", "PIL", "matplotlib", "reportlab"),
        # mail
        *("smtplib", "aiosmtplib", "email.mime.text", "email.mime.multipart", "bot.sending.smtp"),
        # migrations, the directory's file, backups
        *("alembic", "mako", "pygments", "storage.directory_file", "storage.upkeep", "storage.rotation"),
        # numbers for Prometheus
        "prometheus_client",
        # tools of tests and of whoever builds it
        *("hypothesis", "pytest", "unittest", "doctest", "pdb", "setuptools", "appmanifest"),
    }
)
ASKED = "import json, sys, bot.__main__, bot.serving; print(json.dumps(sorted(sys.modules)))"


def test_nothing_heavy_is_loaded_that_a_turn_does_not_need() -> None:
    asked = subprocess.run([sys.executable, "-W", "ignore", "-c", ASKED], capture_output=True, check=True)

    loaded = frozenset(json.loads(asked.stdout))

    assert loaded & LOADED_ON_FIRST_USE == frozenset()
    assert {"bot.front_door", "storage.database", "cards.help"} <= loaded

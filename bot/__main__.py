"""The way in, and the only reader of the clock, the environment and chance."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from bot.command_line.cli import run
from bot.world import World


def main() -> None:
    run(World(os.environ, lambda: datetime.now(UTC), os.urandom))


if __name__ == "__main__":
    main()

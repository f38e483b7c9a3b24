"""What local mode shows Chairside with: a directory of people who do not exist."""

from __future__ import annotations

from importlib import resources


def fictitious_directory() -> str:
    """The text of a directory file. Phone numbers are of the ranges kept for fiction, mail domains lead nowhere."""
    return resources.files("bot.demonstration").joinpath("directory.csv").read_text("utf-8")

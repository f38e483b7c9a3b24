"""Programs that run beside a test: the service and the Agents Playground, started, waited for, and stopped."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from bot.settings import SETTING_NAMES

ROOT = Path(__file__).parents[2]
COMES_UP_WITHIN_SECONDS = 90
STOPS_WITHIN_SECONDS = 30
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# What runs on this machine is asked directly, whatever proxy the machine has for the rest of the world.
_OPENER = build_opener(ProxyHandler({}))


@contextmanager
def running(
    command: Sequence[str], log: Path, answers_at: str, settings: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, from the moment `answers_at` answers until the block ends. Its own words go into `log`."""
    with log.open("wb") as out:
        program = subprocess.Popen(
            [*environment_of(settings or {}), *command], stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
        )
    try:
        wait_for(program, answers_at, log)
        yield program
    finally:
        stop(program)


def environment_of(settings: Mapping[str, str]) -> list[str]:
    """A prefix to a command: this process's environment with these settings of Chairside and no others."""
    cleared = [part for name in SETTING_NAMES for part in ("-u", name)]
    return ["env", *cleared, *(f"{name}={value}" for name, value in settings.items())]


def wait_for(program: subprocess.Popen[bytes], address: str, log: Path) -> None:
    gives_up_at = time.monotonic() + COMES_UP_WITHIN_SECONDS
    while not is_answering(address):
        assert program.poll() is None, f"it ended with {program.returncode}: {log.read_text()}"
        assert time.monotonic() < gives_up_at, f"nothing answers at {address}: {log.read_text()}"
        time.sleep(0.1)


def is_answering(address: str) -> bool:
    try:
        with _OPENER.open(address, timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def stop(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(STOPS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def find_browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, "Chromium is missing: tools/browser-set-up.sh puts it in place"
    return found

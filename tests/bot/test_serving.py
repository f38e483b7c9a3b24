"""The service as a process of its own, from its start to its stop."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

REPOSITORY = Path(__file__).parents[2]
STARTS_WITHIN_SECONDS = 90


class Service:
    """`chairside serve` in a folder of its own."""

    def __init__(self, folder: Path, port: int, **environment: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._log = folder / "log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=folder,
                env=environment_for(CHAIRSIDE_MODE="local", CHAIRSIDE_PORT=str(port), **environment),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def lines_until_listening(self) -> list[str]:
        lines: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if "is listening on" in line:
                return lines
        raise AssertionError(f"it ended instead: {lines} {self.log}")

    def get(self, path: str) -> tuple[int, object]:
        with urlopen(f"{self.address}{path}", timeout=10) as answer:
            return answer.status, json.load(answer)

    def wait_until_ready(self) -> object:
        ends = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < ends:
            try:
                return self.get("/readyz")[1]
            except URLError:
                time.sleep(0.2)
        raise AssertionError(f"it never became ready: {self.log}")

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        self.process.communicate(timeout=STARTS_WITHIN_SECONDS)
        return self.process.returncode

    @property
    def log(self) -> str:
        return self._log.read_text()


def environment_for(**names: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "ignore", **names}  # noqa: TID251


@pytest.fixture
def service(tmp_path: Path, unused_tcp_port: int) -> Iterator[Service]:
    started = Service(tmp_path, unused_tcp_port)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.communicate()


def test_the_service_starts_from_nothing_answers_and_stops_when_told(
    service: Service, tmp_path: Path, unused_tcp_port: int
) -> None:
    imported, listening = service.lines_until_listening()
    assert imported == "Imported the fictitious directory: 34 people of 14 agencies."
    assert listening.startswith(f"Chairside is listening on {service.address}, in local mode")
    assert service.get("/healthz") == (200, {"status": "alive"})
    assert service.wait_until_ready() == {"database": "ok", "ticks": "ok", "audit": "ok"}
    assert service.stop() == 0
    assert service.log == ""

    again = Service(tmp_path, unused_tcp_port)
    assert again.lines_until_listening() == [listening]
    assert again.stop(signal.SIGINT) == 0


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        service = Service(tmp_path, taken.getsockname()[1])
        service.process.communicate(timeout=STARTS_WITHIN_SECONDS)

    assert service.process.returncode == 3
    assert service.log.endswith(
        "something else listens there already. Stop it, or set CHAIRSIDE_PORT to another port.\n"
    )


def test_a_bad_directory_keeps_the_service_from_starting(tmp_path: Path, unused_tcp_port: int) -> None:
    (tmp_path / "d.csv").write_text("agency,name,role,mail\nPolice,Ann,DS,nowhere\n")
    service = Service(tmp_path, unused_tcp_port, CHAIRSIDE_DIRECTORY="d.csv")
    service.process.communicate(timeout=STARTS_WITHIN_SECONDS)

    assert service.process.returncode == 1
    assert "line 2, mail: This is not a mail address." in service.log
    assert "Traceback" not in service.log


def test_the_module_is_the_command_and_helps() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], env=environment_for(), cwd=REPOSITORY, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: chairside ")
    for command in ("serve", "migrate", "directory", "practice", "backup", "restore", "purge", "keys", "doctor"):
        assert re.search(rf"^  {command}\s", done.stdout, re.MULTILINE)

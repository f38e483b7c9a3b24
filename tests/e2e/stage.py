"""Real clients on a real service: each test has its own service, database and browser page, all on this machine."""

from __future__ import annotations

import sqlite3
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, ViewportSize, expect, sync_playwright

from storage.database import Database, open_database
from storage.keyring import Keyring
from tests.e2e.chat import LOOKS_FOR_SECONDS, Chat
from tests.e2e.running import find_browser, free_port, python, running

WINDOW = ViewportSize(width=1280, height=1400)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
UPDATES_WAITING = "SELECT count(*) FROM outbox WHERE kind = 'refresh' AND ended_at IS NULL"
KEYS = "first:" + b64encode(bytes(range(32))).decode()

OpenChat = Callable[[str], Chat]
FAILED = pytest.StashKey[bool]()
"""Whether a test failed, noted for its fixtures."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running `chairside serve` with the fictitious directory. `log` is all that it said."""

    address: str
    database: Path
    log: Path

    def open_database(self) -> Database:
        return open_database(f"sqlite:///{self.database}", Keyring.from_setting(KEYS))

    def settle(self) -> None:
        """Waits until no card waits for its update."""
        gives_up_at = time.monotonic() + LOOKS_FOR_SECONDS
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as looking:
            while looking.execute(UPDATES_WAITING).fetchone() != (0,):
                assert time.monotonic() < gives_up_at, "a card's update was never sent"
                time.sleep(0.05)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=LOOKS_FOR_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    port = free_port()
    service = Service(f"http://127.0.0.1:{port}", tmp_path / "chairside.db", tmp_path / "service.log")
    settings = {
        "CHAIRSIDE_MODE": "local",
        "CHAIRSIDE_PORT": str(port),
        "CHAIRSIDE_DATABASE_URL": f"sqlite:///{service.database}",
        "CHAIRSIDE_ENCRYPTION_KEYS": KEYS,
        "CHAIRSIDE_TICK_SECONDS": "1",
    }
    with running(python("-m", "bot", "serve"), service.log, f"{service.address}/readyz", settings) as program:
        yield service
    assert program.returncode == 0, "told to stop, the service did not end well"


@pytest.fixture
def open_chat(service: Service, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OpenChat]:
    """`open_chat("01")` starts a Playground for the person of that number and opens its page."""
    chats: dict[str, Chat] = {}
    with ExitStack() as stack:

        def open_one(number: str) -> Chat:
            port = free_port()
            address = f"http://127.0.0.1:{port}"
            started = playground(port, number, f"{service.address}/api/messages", tmp_path)
            stack.enter_context(running(started, tmp_path / f"playground-{number}.log", f"{address}/_debug/ping"))
            page = stack.enter_context(browser.new_page(viewport=WINDOW, locale="en-GB", timezone_id="Europe/London"))
            page.route("**/*", only_here)
            chats[number] = Chat(page, address, service.settle)
            chats[number].open()
            return chats[number]

        yield open_one
        if request.node.stash.get(FAILED, False):
            for number, chat in chats.items():
                chat.keep(tmp_path, f"person {number}")


def playground(port: int, number: str, bot: str, folder: Path) -> list[str]:
    script = str(Path(__file__).parents[2] / "tools/playground/start.sh")
    return [script, "--bot", bot, "--port", str(port), "--as", number, "--work", str(folder)]


def only_here(route: Route) -> None:
    """The Playground's page asks for fonts elsewhere; nothing leaves this machine."""
    if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        route.continue_()
    else:
        route.abort()

"""Kill -9 in the midst of things: what was not committed never was, and what may have gone out says so."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from discussions.post import DeliveryState
from storage.database import Database
from tests.conftest import KEYS
from tests.storage.samples import NOW, message

ROOT = Path(__file__).parents[2]
LEASE = timedelta(minutes=1)

IN_A_TRANSACTION = """
with database.transaction() as store:
    store.outbox.put(message("m2"))
    store.trail.write(Entry(Deed.NUDGED, NOW, None))
    store.finish()
    wait_to_be_killed()
"""
HOLDING_A_MESSAGE = """
with database.transaction() as store:
    store.outbox.claim(NOW, 1, LEASE, "killed")
wait_to_be_killed()
"""
SENDING = """
with database.transaction() as store:
    [held] = store.outbox.claim(NOW, 1, LEASE, "killed")
with database.transaction() as store:
    assert store.outbox.sending(held, NOW)
wait_to_be_killed()
"""
PREPARED = """
import sys, time
from discussions.trail import Deed, Entry
from storage.database import open_database
from tests.storage.samples import NOW, message
from tests.storage.test_killed import LEASE
database = open_database(sys.argv[1], sys.argv[2])
def wait_to_be_killed():
    print("ready", flush=True)
    time.sleep(60)
"""


def kill_while(database: Database, deed: str) -> None:
    victim = subprocess.Popen(
        [sys.executable, "-c", PREPARED + deed, database.url, KEYS], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    with victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "ready\n"
        victim.send_signal(signal.SIGKILL)


@pytest.fixture(autouse=True)
def _a_message_waits(database: Database) -> None:
    with database.transaction() as store:
        store.outbox.put(message("m1"))


def test_what_was_not_committed_never_was(database: Database) -> None:
    kill_while(database, IN_A_TRANSACTION)

    with database.transaction() as store:
        assert store.outbox.state("m2") is None
        assert store.outbox.state("m1") is DeliveryState.QUEUED
        assert store.trail.entries() == []
        assert store.trail.is_unbroken()


@pytest.mark.parametrize(("deed", "maybe_sent"), [(HOLDING_A_MESSAGE, False), (SENDING, True)])
def test_a_message_outlives_whoever_held_it(database: Database, deed: str, maybe_sent: bool) -> None:
    kill_while(database, deed)

    with database.transaction() as store:
        assert store.outbox.claim(NOW, 1, LEASE, "next") == []
        [held] = store.outbox.claim(NOW + LEASE, 1, LEASE, "next")
        assert (held.message, held.attempts, held.maybe_sent) == (message("m1"), 2, maybe_sent)

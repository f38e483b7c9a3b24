"""Two replicas at once: no message is held twice, no line of the trail is lost, no number is given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest

from discussions.needs import Means
from discussions.post import Delivery, DeliveryState
from discussions.trail import Deed, Entry
from storage.database import Database, TransactionsInSql, open_database
from storage.keyring import Keyring
from tests.conftest import MakeUrl
from tests.storage.samples import NOW, message

R = TypeVar("R")
LEASE = timedelta(minutes=1)


@pytest.fixture
def replicas(make_url: MakeUrl, keyring: Keyring) -> Iterator[tuple[Database, Database]]:
    url = make_url()
    both = open_database(url, keyring), open_database(url, keyring)
    yield both
    for each in both:
        each.close()


def on_both(replicas: tuple[Database, Database], deed: Callable[[Database], R]) -> tuple[R, R]:
    with ThreadPoolExecutor(2) as threads:
        first, second = [threads.submit(deed, replica) for replica in replicas]
        return first.result(), second.result()


def test_two_claimers_never_hold_the_same_message(replicas: tuple[Database, Database]) -> None:
    with replicas[0].transaction() as store:
        for number in range(60):
            store.outbox.put(message(f"m{number}", recipient=f"person {number % 20}"))

    def deliver_all(replica: Database) -> list[str]:
        delivered: list[str] = []
        for _ in range(40):
            with replica.transaction() as store:
                held = store.outbox.claim(NOW, 5, LEASE, f"token {id(replica)}")
            for each in held:
                with replica.transaction() as store:
                    assert store.outbox.settle(each, Delivery(each.message.id, NOW, DeliveryState.SENT))
            delivered += [each.message.id for each in held]
        return delivered

    first, second = on_both(replicas, deliver_all)

    assert sorted(first + second) == sorted(f"m{number}" for number in range(60))


def test_the_trail_stays_whole_when_two_write_it(replicas: tuple[Database, Database]) -> None:
    def write_many(replica: Database) -> None:
        for number in range(25):
            with replica.transaction() as store:
                store.trail.write(Entry(Deed.READ, NOW, "jane", what=str(number)))

    on_both(replicas, write_many)

    with replicas[0].transaction() as store:
        assert len(store.trail.entries()) == 50
        assert store.trail.is_unbroken()


def test_no_reference_is_given_twice(replicas: tuple[Database, Database]) -> None:
    def take_many(replica: Database) -> list[str]:
        given = []
        for _ in range(20):
            with replica.transaction() as store:
                given.append(store.discussions.next_reference(2026))
        return given

    first, second = on_both(replicas, take_many)

    assert sorted(first + second) == [f"SD-26-{number:04}" for number in range(1, 41)]


def test_the_turns_of_one_conversation_wait_for_each_other(replicas: tuple[Database, Database]) -> None:
    def count_up(means: Means) -> None:
        means.store.turns.take("a:jane")
        was = len(means.store.cards.holders("counted"))
        means.store.cards.remember(f"chat {was}", "counted", "x", NOW)

    def count_many(replica: Database) -> None:
        transactions = TransactionsInSql(replica, None, None, lambda: NOW, lambda: "id")  # type: ignore[arg-type]
        for _ in range(20):
            transactions.run_now(count_up)

    on_both(replicas, count_many)

    with replicas[0].transaction() as store:
        assert len(store.cards.holders("counted")) == 40

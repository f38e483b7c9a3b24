"""Budgets: what was sent lately is counted for all replicas, and the longer rest of a host holds."""

from __future__ import annotations

from datetime import timedelta

from discussions.needs import Reference, Store
from storage.database import Database
from tests.storage.samples import HOUR, NOW, message

SECOND = timedelta(seconds=1)
LEASE = timedelta(minutes=1)


def test_what_was_sent_is_told_newest_first_until_it_is_forgotten(database: Database) -> None:
    with database.transaction() as store:
        for at in (NOW - HOUR, NOW - SECOND, NOW):
            store.budgets.spend(["chat", "app"], at, forget=at - HOUR)
        store.budgets.spend(["chat", "chat"], NOW, forget=NOW - SECOND)

        assert store.budgets.spent(["chat", "nobody"], NOW - HOUR) == {"chat": [NOW] * 3, "nobody": []}
        assert store.budgets.spent(["app"], NOW - HOUR) == {"app": [NOW, NOW - SECOND]}


def test_a_host_rests_until_the_later_moment(database: Database) -> None:
    with database.transaction() as store:
        store.budgets.rest("a.example", NOW + 2 * SECOND)
        store.budgets.rest("a.example", NOW + SECOND)
        store.budgets.rest("b.example", NOW)

        assert store.budgets.rests(NOW) == {"a.example": NOW + 2 * SECOND}
        assert store.budgets.rests(NOW + 2 * SECOND) == {}


def reach(store: Store, person: str, service_url: str) -> None:
    store.conversations.see(Reference(f"a:{person}", service_url, "t", None), person, "personal", NOW)


def test_whoever_is_reached_through_a_resting_host_is_passed_over(database: Database) -> None:
    with database.transaction() as store:
        reach(store, "ali", "https://a.example/emea/")
        reach(store, "sam", "https://a.example.org/emea")
        reach(store, "kim", "https://b.example")
        for person in ("ali", "sam", "kim", "nowhere"):
            store.outbox.put(message(f"to {person}", recipient=person))
        store.outbox.put(message("to ali at once", recipient="ali", urgent=True))

        held = store.outbox.claim(NOW, 9, LEASE, "token", ["a.example", "b.example"])

        assert [one.message.recipient for one in held] == ["sam", "nowhere"]


def test_whoever_has_waited_long_enough_is_not_kept_waiting_by_a_resting_host(database: Database) -> None:
    with database.transaction() as store:
        reach(store, "ali", "https://a.example/emea/")
        store.outbox.put(message("urgent", recipient="ali", urgent=True))
        store.outbox.put(message("other", recipient="ali"))

        held = store.outbox.claim(NOW + timedelta(minutes=5), 9, LEASE, "token", ["a.example"])

        assert [one.message.id for one in held] == ["urgent"]


def test_what_is_put_back_is_as_if_it_had_never_been_claimed(database: Database) -> None:
    with database.transaction() as store:
        store.outbox.put(message("m1"))
        [held] = store.outbox.claim(NOW, 1, LEASE, "token")
        assert store.outbox.sending(held, NOW)
        assert store.outbox.put_back(held, NOW + SECOND)
        assert store.outbox.claim(NOW, 1, LEASE, "token") == []
        assert store.outbox.next_at(NOW) == NOW + SECOND
        assert store.outbox.ledger({"action": "a1"}) == []

        [again] = store.outbox.claim(NOW + SECOND, 1, LEASE, "token")

        assert (again.attempts, again.maybe_sent, again.message) == (1, False, message("m1"))
        assert store.outbox.next_at(NOW + SECOND) is None

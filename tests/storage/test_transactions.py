"""The way into a transaction: one hop, all or nothing, tried again when others were in the way."""

from __future__ import annotations

import threading
from asyncio import gather
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from discussions.needs import Means
from discussions.refusals import NotFound
from storage.database import TRIES, Database, TransactionsInSql, open_database
from storage.engines import BadDatabaseUrl
from tests.conftest import KEYS
from tests.storage.samples import NOW, fill_directory, message


@pytest.fixture
def transactions(database: Database) -> TransactionsInSql:
    numbers = count(1)
    return TransactionsInSql(database, "practice", "calendar", lambda: NOW, lambda: f"id-{next(numbers)}")  # type: ignore[arg-type]


def put_message(means: Means, key: str) -> str:
    id = means.new_id()
    means.store.outbox.put(message(id, key=key, due_at=means.now))
    return id


def count_waiting(means: Means) -> int:
    return means.store.outbox.waiting()


async def test_a_use_case_gets_its_means_and_gives_its_answer(transactions: TransactionsInSql) -> None:
    assert await transactions.run(put_message, "key") == "id-1"
    assert await transactions.run(lambda means: (means.practice, means.calendar)) == ("practice", "calendar")
    assert await transactions.run(count_waiting) == 1
    assert transactions.run_now(count_waiting) == 1


async def test_a_refusal_flies_through_and_leaves_nothing(transactions: TransactionsInSql) -> None:
    def put_and_refuse(means: Means) -> None:
        put_message(means, "key")
        raise NotFound

    with pytest.raises(NotFound):
        await transactions.run(put_and_refuse)

    assert await transactions.run(count_waiting) == 0


async def test_many_at_once_all_get_through(transactions: TransactionsInSql) -> None:
    await gather(*(transactions.run(put_message, f"key {n}") for n in range(40)))

    assert await transactions.run(count_waiting) == 40


async def test_a_use_case_never_runs_on_the_thread_of_the_loop(transactions: TransactionsInSql) -> None:
    here = threading.current_thread()
    assert await transactions.run(lambda means: threading.current_thread()) is not here
    assert transactions.run_now(lambda means: threading.current_thread()) is not here


def lost_race() -> OperationalError:
    return OperationalError("", None, psycopg.errors.DeadlockDetected())


def loses(times: int) -> Callable[[Means], str]:
    tries = iter(range(times))

    def use_case(means: Means) -> str:
        put_message(means, "key")
        if next(tries, None) is not None:
            raise lost_race()
        return "won"

    return use_case


# SQLite has one writer: there nobody races.
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_lost_race_is_run_again_from_the_start(transactions: TransactionsInSql) -> None:
    assert transactions.run_now(loses(TRIES - 1)) == "won"
    assert transactions.run_now(count_waiting) == 1


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_loses_every_race_is_told_so(transactions: TransactionsInSql) -> None:
    with pytest.raises(OperationalError):
        transactions.run_now(loses(TRIES))
    assert transactions.run_now(count_waiting) == 0


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_two_that_lock_crosswise_both_get_through(transactions: TransactionsInSql, database: Database) -> None:
    with database.transaction() as store:
        fill_directory(store)
    both_hold_one = threading.Barrier(2)
    tries: list[str] = []

    def lock(means: Means, first: str, second: str) -> None:
        tries.append(first)
        means.store.turns.take(first)
        if len(tries) <= 2:
            both_hold_one.wait(timeout=10)
        means.store.turns.take(second)
        put_message(means, f"{first} then {second}")

    await gather(transactions.run(lock, "a", "b"), transactions.run(lock, "b", "a"))

    assert len(tries) == 3
    assert await transactions.run(count_waiting) == 2


def test_a_database_says_whether_it_answers(database: Database) -> None:
    assert database.is_answering()


def test_a_database_that_is_gone_does_not_answer() -> None:
    gone = open_database("postgresql://nobody@127.0.0.1:1/none", KEYS)
    assert not gone.is_answering()
    gone.close()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sqlite_address_makes_its_folder_private(elsewhere: Path) -> None:
    opened = open_database("sqlite:///var/deep/chairside.db", KEYS)
    assert opened.is_answering()
    opened.close()

    assert (elsewhere / "var/deep").stat().st_mode & 0o777 == 0o700
    assert (elsewhere / "var/deep/chairside.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "url",
    ["", "chairside.db", "sqlite://", "sqlite:///:memory:", "mysql://user:geheim@host/x", "postgresql://user:geheim@"],
)
def test_another_kind_of_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as refused:
        open_database(url, KEYS)
    assert "geheim" not in str(refused.value)

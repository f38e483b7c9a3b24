"""Use-cases that come together share one commit, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import event

from discussions.needs import Means
from discussions.refusals import NotFound
from storage.database import Database, TransactionsInSql
from tests.storage.samples import ALI, CARE, HUB, LIGHTHOUSE, NOW, POLICE, fill_directory, message

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def transactions(database: Database) -> TransactionsInSql:
    return TransactionsInSql(database, "practice", "calendar", lambda: NOW, lambda: "id")  # type: ignore[arg-type]


def put(means: Means, key: str) -> str:
    means.store.outbox.put(message(f"id of {key}", key=key))
    return key


def put_and_refuse(means: Means, key: str) -> str:
    put(means, key)
    raise NotFound


def count_waiting(means: Means) -> int:
    return means.store.outbox.waiting()


def hold(database: Database) -> Callable[[], None]:
    """Keeps the writing thread busy, so that all who come now come together; call what is returned to let it go on."""
    free = Event()
    database.threads.submit(free.wait, 10)
    return free.set


def count_commits(database: Database) -> list[object]:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    return commits


async def test_many_that_come_together_share_one_commit(transactions: TransactionsInSql, database: Database) -> None:
    commits, let_go = count_commits(database), hold(database)
    waiting = [asyncio.create_task(transactions.run(put, f"key {n}")) for n in range(10)]
    await asyncio.sleep(0)
    let_go()

    assert await asyncio.gather(*waiting) == [f"key {n}" for n in range(10)]
    assert len(commits) == 1


async def test_a_refusal_takes_back_its_own_changes_alone(transactions: TransactionsInSql, database: Database) -> None:
    let_go = hold(database)
    use_cases = (put, put_and_refuse, put)
    waiting = [asyncio.create_task(transactions.run(one, f"key {n}")) for n, one in enumerate(use_cases)]
    await asyncio.sleep(0)
    let_go()

    first, refused, last = await asyncio.gather(*waiting, return_exceptions=True)

    assert (first, last) == ("key 0", "key 2")
    assert isinstance(refused, NotFound)
    assert await transactions.run(count_waiting) == 2


async def test_when_the_commit_fails_nobody_is_told_that_it_is_kept(
    transactions: TransactionsInSql, database: Database
) -> None:
    def fail(_: object) -> None:
        raise OSError("disk full")

    let_go = hold(database)
    event.listen(database.engine, "commit", fail)
    waiting = [asyncio.create_task(transactions.run(put, f"key {n}")) for n in range(3)]
    await asyncio.sleep(0)
    let_go()

    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    event.remove(database.engine, "commit", fail)

    assert [type(outcome) for outcome in outcomes] == [OSError, OSError, OSError]
    assert await transactions.run(count_waiting) == 0


async def test_a_transaction_that_the_engine_ended_itself_keeps_nothing_of_those_who_shared_it(
    transactions: TransactionsInSql, database: Database
) -> None:
    def roll_back(means: Means, key: str) -> str:
        put(means, key)
        # what SQLite does by itself when the disk is full
        means.store.outbox._tx.say("ROLLBACK")  # type: ignore[attr-defined]
        raise OSError("disk full")

    let_go = hold(database)
    waiting = [asyncio.create_task(transactions.run(one, f"key {n}")) for n, one in enumerate((put, roll_back, put))]
    await asyncio.sleep(0)
    let_go()

    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    assert await transactions.run(count_waiting) == 0


async def test_whoever_stops_waiting_has_it_done_all_the_same(
    transactions: TransactionsInSql, database: Database
) -> None:
    let_go = hold(database)
    impatient = asyncio.create_task(transactions.run(put, "key"))
    await asyncio.sleep(0)
    impatient.cancel()
    let_go()

    assert await transactions.run(count_waiting) == 1
    assert impatient.cancelled()


def test_without_a_loop_it_is_the_same(transactions: TransactionsInSql) -> None:
    assert transactions.run_now(put, "key") == "key"
    with pytest.raises(NotFound):
        transactions.run_now(put_and_refuse, "other")
    assert transactions.run_now(count_waiting) == 1


def read_role(means: Means) -> str:
    found = means.store.people.person("ali")
    assert found is not None
    return found.role


def promote_and_refuse(means: Means) -> str:
    means.store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), (replace(ALI, role="chief"),))
    assert read_role(means) == "chief"
    raise NotFound


async def test_what_was_taken_back_is_not_what_the_next_one_reads(
    transactions: TransactionsInSql, database: Database
) -> None:
    with database.transaction() as store:
        fill_directory(store)
    let_go = hold(database)
    waiting = [asyncio.create_task(transactions.run(one)) for one in (read_role, promote_and_refuse, read_role)]
    await asyncio.sleep(0)
    let_go()

    before, refused, after = await asyncio.gather(*waiting, return_exceptions=True)

    assert (before, after) == (ALI.role, ALI.role)
    assert isinstance(refused, NotFound)

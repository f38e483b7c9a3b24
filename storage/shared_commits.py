"""One writer: pieces of work that come together run one after the other, and share one commit.

A commit waits for the disk, several milliseconds on an honest one, and SQLite has one writer at a time: whoever comes
while another waits would wait twice. Here those are done together, each inside a savepoint, so that a refusal takes
back its own changes alone; and nobody is answered before the commit that keeps what they did.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from storage.rows import Transaction

R = TypeVar("R")
Work = Callable[[Transaction], R]
MOST_TOGETHER = 32


@dataclass(slots=True, eq=False)
class _Job:
    """`fault` or `value` once it was tried; `tell` hands them to whoever waits."""

    work: Work[Any]
    waiting: Future[Any] | asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop | None
    value: Any = field(default=None)
    fault: BaseException | None = field(default=None)

    def tell(self) -> None:
        if self.waiting.done():
            return
        if self.fault is not None:
            self.waiting.set_exception(self.fault)
        else:
            self.waiting.set_result(self.value)


class SharedCommits:
    """`begin` opens a transaction that commits when its block ends; `thread` must run one thing at a time."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Transaction]], thread: Executor) -> None:
        self._begin = begin
        self._thread = thread
        self._lock = Lock()
        self._jobs: deque[_Job] = deque()
        self._is_at_work = False

    async def run(self, work: Work[R]) -> R:
        """Also whoever stops waiting for it has it done."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[R] = loop.create_future()
        self._put(_Job(work, waiting, loop))
        return await waiting

    def run_now(self, work: Work[R]) -> R:
        waiting: Future[R] = Future()
        self._put(_Job(work, waiting, None))
        return waiting.result()

    def _put(self, job: _Job) -> None:
        with self._lock:
            self._jobs.append(job)
            if self._is_at_work:
                return
            self._is_at_work = True
        self._thread.submit(self._work)

    def _work(self) -> None:
        with self._lock:
            jobs = [self._jobs.popleft() for _ in range(min(len(self._jobs), MOST_TOGETHER))]
        self._do_together(jobs)
        tell_all(jobs)
        with self._lock:
            self._is_at_work = bool(self._jobs)
            if not self._is_at_work:
                return
        # queued anew rather than looped, so that others who use the thread get their turn
        self._thread.submit(self._work)

    def _do_together(self, jobs: Sequence[_Job]) -> None:
        try:
            with self._begin() as tx:
                for job in jobs:
                    _do_apart(tx, job)
        except BaseException as fault:
            # nothing of it was kept, whoever was to blame
            for job in jobs:
                job.fault = fault


def _do_apart(tx: Transaction, job: _Job) -> None:
    """Raises only when the transaction itself is lost: SQLite ends it by itself when the disk is full."""
    tx.say("SAVEPOINT apart")
    try:
        job.value = job.work(tx)
    except Exception as fault:
        tx.say("ROLLBACK TO apart")
        tx.forget()
        job.fault = fault
    tx.say("RELEASE apart")


def tell_all(jobs: Sequence[_Job]) -> None:
    """One call into each event loop, however many there are who wait in it."""
    for loop in {job.loop for job in jobs}:
        told = [job for job in jobs if job.loop is loop]
        if loop is None:
            _tell(told)
        else:
            # a loop that was closed has nobody waiting
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_tell, told)


def _tell(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        job.tell()

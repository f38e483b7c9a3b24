"""Reads a calendar in a process of its own, which may be ended: no calendar holds the service up, however it is made.

The same file is both sides: `read_apart` starts the process, `main` is what runs in it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO

from bot.slot_feeds.fault import FeedFault
from discussions.people import DeskId
from discussions.slots.feed import FeedProblem, FeedTerms
from discussions.slots.rows import SlotRow

READS_FOR_SECONDS = 30.0
MOST_MEMORY_BYTES = 1024 * 1024 * 1024


async def read_apart(
    content: bytes, desk: DeskId, terms: FeedTerms, now: datetime, seconds: float = READS_FOR_SECONDS
) -> list[SlotRow]:
    """Raises FeedFault. Waits no longer than `seconds`."""
    asked = json.dumps({"terms": asdict(terms), "now": now.isoformat()}).encode()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.slot_feeds.reading"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # none of the service's settings, and so none of its secrets
        env={"PYTHONUTF8": "1"},
    )
    try:
        async with asyncio.timeout(seconds):
            answer, _ = await process.communicate(asked + b"\n" + content)
    except TimeoutError:
        raise FeedFault(FeedProblem.TOO_MANY) from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return understand(answer, desk, terms)


def understand(answer: bytes, desk: DeskId, terms: FeedTerms) -> list[SlotRow]:
    """A process that ended without an answer ran out of memory, or time of the processor."""
    try:
        told = json.loads(answer)
    except ValueError:
        raise FeedFault(FeedProblem.TOO_MANY) from None
    if "problem" in told:
        raise FeedFault(FeedProblem(told["problem"]))
    return [
        SlotRow(desk, datetime.fromisoformat(at), minutes, capacity, terms.reserved)
        for at, minutes, capacity in told["slots"]
    ]


def main(given: BinaryIO, out: BinaryIO) -> None:
    hold_back()
    # loaded here alone: the service itself never needs these libraries
    from storage.calendar_feed import BadCalendar, read_calendar

    asked = json.loads(given.readline())
    try:
        read = read_calendar(given.read(), FeedTerms(**asked["terms"]), datetime.fromisoformat(asked["now"]))
    except BadCalendar as bad:
        told: dict[str, object] = {"problem": bad.problem.value}
    else:
        told = {"slots": [(slot.starts_at.isoformat(), slot.minutes, slot.capacity) for slot in read.slots]}
    out.write(json.dumps(told).encode())


def hold_back() -> None:
    """Where the system can: no more memory and no more of the processor than a calendar needs."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (int(READS_FOR_SECONDS), int(READS_FOR_SECONDS)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)

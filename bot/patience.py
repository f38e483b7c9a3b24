"""Tries a transaction again while what is kept is out of reach: a database that restarts is back in seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from discussions.needs import OutOfReach, Transactions

R = TypeVar("R")
TRIES_EVERY_SECONDS = 0.25


async def run_patiently(
    transactions: Transactions, seconds: float, use_case: Callable[..., R], *arguments: object
) -> R:
    """As `transactions.run`. Only for what may be done again although it may have been kept already.

    Raises OutOfReach after so many seconds; in doubt if any of the tries was.
    """
    time = asyncio.get_running_loop().time
    ends, is_in_doubt = time() + seconds, False
    while True:
        try:
            return await transactions.run(use_case, *arguments)
        except OutOfReach as fault:
            is_in_doubt |= fault.is_in_doubt
            if time() + TRIES_EVERY_SECONDS > ends:
                raise OutOfReach(is_in_doubt) from fault
        await asyncio.sleep(TRIES_EVERY_SECONDS)

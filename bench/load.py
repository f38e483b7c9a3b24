"""The load: so many requests in flight, and how long each took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import aiohttp


@dataclass(frozen=True, slots=True)
class Request:
    """One activity as it goes over the wire, made before the clock starts; `wanted` stands in a right answer to it."""

    body: bytes
    token: str
    wanted: bytes = b""


@dataclass(frozen=True, slots=True)
class Driven:
    seconds: float
    latencies_ms: list[float]
    last_answer: bytes


class BadAnswer(Exception):
    """A turn that was not answered as it should be would make a number worthless."""


async def drive(url: str, requests: Iterable[Request], in_flight: int) -> Driven:
    waiting = iter(requests)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        started = time.perf_counter()
        parts = await asyncio.gather(*(_work(session, url, waiting) for _ in range(in_flight)))
        seconds = time.perf_counter() - started
    latencies = [latency for part, _ in parts for latency in part]
    return Driven(seconds, latencies, max((answer for _, answer in parts), key=len))


async def _work(session: aiohttp.ClientSession, url: str, waiting: Iterator[Request]) -> tuple[list[float], bytes]:
    latencies: list[float] = []
    answer = b""
    for request in waiting:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {request.token}"}
        started = time.perf_counter()
        async with session.post(url, data=request.body, headers=headers) as response:
            answer = await response.read()
            latencies.append((time.perf_counter() - started) * 1000)
            if response.status >= 300 or request.wanted not in answer:
                raise BadAnswer(f"{response.status} {answer[:200]!r}")
    return latencies, answer


def percentile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]

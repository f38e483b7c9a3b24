"""One measurement: a slice of turns driven through one bot, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.channel import Channel
from bench.load import Request, drive, percentile
from bench.running import Bot


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds. `cpu_ms`, `connections` and `token_requests` are for one turn."""

    bot: str
    turns: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float
    connections: float
    token_requests: float
    rss_mb: float


async def measure(bot: Bot, channel: Channel, requests: Sequence[Request], in_flight: int) -> Measured:
    peers, tokens, cpu = len(channel.peers), channel.token_requests, bot.cpu_seconds()
    driven = await drive(bot.url, requests, in_flight)
    cpu = bot.cpu_seconds() - cpu
    turns = len(requests)
    times = sorted(driven.latencies_ms)
    return Measured(
        bot=bot.name,
        turns=turns,
        per_second=turns / driven.seconds,
        p50=percentile(times, 0.50),
        p95=percentile(times, 0.95),
        p99=percentile(times, 0.99),
        cpu_ms=cpu * 1000 / turns,
        connections=(len(channel.peers) - peers) / turns,
        token_requests=(channel.token_requests - tokens) / turns,
        rss_mb=bot.rss_mb(),
    )

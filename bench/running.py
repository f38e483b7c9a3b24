"""A bot in a process of its own, and what it uses of the machine."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from bench.channel import Channel

STARTS_WITHIN_SECONDS = 60


class Bot:
    """`name` is floor, stock or chairside. Ends with `stop`."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, port: int) -> None:
        self.name = name
        self._process = process
        self._base = f"http://127.0.0.1:{port}"
        self.url = f"{self._base}/api/messages"

    def cpu_seconds(self) -> float:
        """Of all its threads, also those that have ended: the kernel's own clock of that process, in nanoseconds."""
        return time.clock_gettime(~self._process.pid << 3 | 2)

    def rss_mb(self) -> float:
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise LookupError("the kernel does not say")

    async def ask(self, path: str, **content: Any) -> dict[str, Any]:
        """One of the measurements' own routes, which no product has."""
        timeout = aiohttp.ClientTimeout(total=600)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"{self._base}/bench/{path}", json=content) as response,
        ):
            response.raise_for_status()
            answer: dict[str, Any] = json.loads(await response.read())
            return answer

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()


async def start(name: str, channel: Channel, more: Mapping[str, str] | None = None) -> Bot:
    """It ends with this process, however that ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"bench.bots.{name}",
        env={**os.environ, **channel.environment_for_bots(), **(more or {})},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(STARTS_WITHIN_SECONDS):
        line = (await process.stdout.readline()).decode()
    if not line.startswith("port "):
        raise RuntimeError(f"{name} did not start: {line}")
    return Bot(name, process, int(line.split()[1]))

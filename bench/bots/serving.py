"""Serves one bot on a free port of this machine, tells the port on standard output, and ends with its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from aiohttp import web


async def serve(app: web.Application) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    # standard input ends when the parent does
    loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(sys.stdin.fileno(), 1) else stopped.set())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print("port", runner.addresses[0][1], flush=True)
    await stopped.wait()
    await runner.cleanup()

"""Notes all that goes out while the story plays; `python -m tests.scenarios.everything_sent` writes it anew."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from storage.schema import migrate
from tests.scenarios.reading import lines
from tests.scenarios.story import play
from tests.scenarios.world import World

EXPECTED = Path(__file__).with_suffix(".txt")


class Sent:
    """Notes what went out after each step, with the time it went."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._noted = 0
        self.lines: list[str] = []

    async def note(self) -> None:
        record = self._world.channel.rooms.record
        for event in record[self._noted :]:
            whom = self._world.whose(event.conversation)
            first, *_ = lines(event.activity["attachments"][0]["content"])
            now = f"{self._world.clock.now():%a %H:%M}"
            self.lines.append(f"{now}  {whom:<13} {event.kind:<8} {event.activity['summary']} · {first}")
        self._noted = len(record)


async def write_anew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'story.db'}"
        migrate(url)
        async with World(url) as world:
            sent = Sent(world)
            await play(world, lambda _: None, sent.note)
    EXPECTED.write_text("\n".join(sent.lines) + "\n", "utf-8")


if __name__ == "__main__":
    asyncio.run(write_anew())

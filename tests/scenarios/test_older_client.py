"""The whole story with clients too old for Action.Execute: each press comes as a message, and does the same."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from discussions.trail import Deed
from tests.scenarios.story import play
from tests.scenarios.test_hostile import is_press, submitted
from tests.scenarios.world import World
from tests.teams.rooms import Json

READ = frozenset({Deed.READ})


class OlderClients:
    """Turns each press into the message that an older client sends, and its answer into what a newer one would get."""

    def __init__(self, world: World) -> None:
        self._rooms = world.channel.rooms
        self._post = world.channel.post
        self.presses = 0
        world.channel.post = self.post  # type: ignore[method-assign]

    async def post(self, activity: Json, *, token: str | None = "") -> tuple[int, Any]:
        if not is_press(activity):
            return await self._post(activity, token=token)
        self.presses += 1
        seen = len(self._rooms.record)
        message = {**activity, "type": "message", "name": None, "value": submitted(activity)}
        status, body = await self._post(message, token=token)
        assert (status, body) == (200, None)
        shown = [
            one.activity for one in self._rooms.record[seen:] if one.conversation == activity["conversation"]["id"]
        ]
        card = shown[0]["attachments"][0]["content"]
        return 200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}


def deeds(world: World) -> Counter[str]:
    entries = world.look(lambda store: store.trail.entries())
    return Counter(f"{entry.deed} {entry.why}" for entry in entries if entry.deed not in READ)


@pytest.mark.timeout(300)
async def test_the_same_is_done_as_with_newer_clients(migrated_file: Path, tmp_path: Path) -> None:
    done: list[Counter[str]] = []
    for name, is_old in (("older", True), ("newer", False)):
        shutil.copyfile(migrated_file, tmp_path / name)
        async with World(f"sqlite:///{tmp_path / name}") as world:
            clients = OlderClients(world) if is_old else None
            await play(world, lambda _: None)
            done.append(deeds(world))
            assert clients is None or clients.presses >= 15
            assert world.service.counts.faults == 0
            assert world.look(lambda store: store.outbox.waiting()) == 0

    assert done[0] == done[1]

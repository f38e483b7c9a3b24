"""What was kept of a story on the secure page."""

from __future__ import annotations

from discussions.actions.action import Action
from discussions.trail import Deed
from tests.scenarios.without_teams import (
    SD,
)
from tests.scenarios.world import World


def kept(world: World, action: Action) -> Action:
    found: Action | None = world.look(lambda store: store.actions.action(action.id))
    assert found is not None
    return found


def deeds(world: World) -> list[Deed]:
    seen: list[Deed] = world.look(lambda store: [entry.deed for entry in store.trail.entries(SD)])
    return [deed for deed in seen if deed is not Deed.READ]

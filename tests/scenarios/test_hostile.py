"""Every press of the story again, as somebody would who means ill: through the whole product, over HTTP with tokens.

Beside each real press come its like from a stranger, a guest, somebody else's hand, a client that refreshes by itself,
with other shapes in it; then the real one, twice more. None but the real one changes a row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any, get_args

import pytest

from bot.presses import only_looks
from cards.buttons.menu import MenuButton
from tests.scenarios.rows import READING, changed, digests
from tests.scenarios.story import play
from tests.scenarios.test_bad_input import TRACES
from tests.scenarios.world import World
from tests.teams.people import TeamsUser
from tests.teams.rooms import Json

WRONG_PERSON = "Omar Haddad"
NOBODY = "29:nobody"


def is_press(activity: Json) -> bool:
    return activity.get("name") == "adaptiveCard/action"


def verb_of(activity: Json) -> str:
    return str(activity["value"]["action"]["verb"])


def with_value(activity: Json, value: object) -> Json:
    return {**activity, "value": value}


def with_action(activity: Json, **changes: object) -> Json:
    return with_value(activity, {**activity["value"], "action": {**activity["value"]["action"], **changes}})


def with_fields(activity: Json, change: Callable[[Json], object]) -> Json:
    """The button's own fields, changed."""
    changed_one = deepcopy(activity)
    change(changed_one["value"]["action"]["data"]["b"])
    return changed_one


def each_in_a_list(fields: Json) -> None:
    fields.update({name: [value] for name, value in fields.items()})


def of_an_earlier_version(activity: Json) -> Json:
    """With a nonce of its own, or it would be told what the real one is told. Closing looks at everything again, and
    so asks for no version; where there is none it is a field too many.
    """
    data = {**activity["value"]["action"]["data"], "n": "of an earlier version"}
    fields = data["b"]
    has_version = fields.get("seen") and verb_of(activity) != "close.confirm"
    return with_action(
        activity, data={**data, "b": {**fields, **({"seen": fields["seen"] - 1} if has_version else {"version": 1})}}
    )


def of_something_else(fields: Json) -> None:
    fields.update({name: "of-something-else" for name, value in fields.items() if isinstance(value, str)})


HOSTILE: dict[str, Callable[[Json], Json]] = {
    "a client refreshes by itself": lambda one: with_value(one, {**one["value"], "trigger": "automatic"}),
    "no value": lambda one: with_value(one, None),
    "a value of words": lambda one: with_value(one, "press"),
    "a value that is a list": lambda one: with_value(one, [one["value"]]),
    "no action": lambda one: with_value(one, {"trigger": "manual"}),
    "an unknown verb": lambda one: with_action(one, verb="action.destroy"),
    "a verb that is a list": lambda one: with_action(one, verb=["action.done"]),
    "no data": lambda one: with_action(one, data=None),
    "data of words": lambda one: with_action(one, data="b"),
    "no nonce": lambda one: with_action(one, data={"b": one["value"]["action"]["data"]["b"]}),
    "a field more": lambda one: with_fields(one, lambda fields: fields.update(is_admin=True)),
    "a field less": lambda one: with_fields(one, lambda fields: fields.popitem()),
    "every field a list": lambda one: with_fields(one, each_in_a_list),
    "an earlier version": of_an_earlier_version,
    "other ids": lambda one: with_fields(one, of_something_else),
    "an unknown invoke": lambda one: {**with_value(one, {}), "name": "composeExtension/query"},
}


class Attack:
    """Stands between the people of the story and the service: each of their presses is surrounded by hostile ones."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._post = world.channel.post
        self.tried: Counter[str] = Counter()
        guest = TeamsUser("Guest", NOBODY, None, None, "elsewhere")
        self._senders = {
            "somebody else": world.chat(WRONG_PERSON).person,
            "a guest without an account": guest,
            "an account that nobody knows": TeamsUser("Unknown", NOBODY, "0f0f", None, "elsewhere"),
        }

    def begin(self) -> None:
        self._world.channel.post = self.post  # type: ignore[method-assign]

    async def post(self, activity: Json, *, token: str | None = "") -> tuple[int, Any]:
        if not is_press(activity):
            return await self._post(activity, token=token)
        await self._before(activity)
        answer = await self._post(activity, token=token)
        await self._after(activity, answer)
        return answer

    async def _before(self, activity: Json) -> None:
        for name, make in HOSTILE.items():
            await self._refused(name, {**make(activity), "id": self._world.channel.rooms.next_id()})
        for name, sender in self._senders.items():
            theirs = {**activity, "from": sender.as_sender(), "id": self._world.channel.rooms.next_id()}
            await self._refused(name, theirs)
            as_words = {**theirs, "type": "message", "name": None, "value": submitted(activity)}
            await self._refused(f"{name}, as an older client", as_words)

    async def _refused(self, name: str, activity: Json) -> None:
        before, faults = self._rows(), self._world.service.counts.faults
        status, body = await self._post(activity)
        self.tried[name] += 1
        assert status == 200, name
        assert (body is None) == (activity["type"] == "message"), name
        assert activity["type"] == "message" or body["value"], name
        assert not any(trace in json.dumps(body) for trace in TRACES), name
        assert self._world.service.counts.faults == faults, name
        assert changed(before, self._rows()) == [], f"{name}: {activity}"

    async def _after(self, activity: Json, answer: tuple[int, Any]) -> None:
        """The double click, the redelivery, and the same press with a new id."""
        before = self._rows()
        again = await self._post(activity)
        renewed = await self._post({**activity, "id": self._world.channel.rooms.next_id()})
        if not only_looks(verb_of(activity)):
            assert (again, renewed) == (answer, answer)
        assert changed(before, self._rows()) == []

    def _rows(self) -> Any:
        database = self._world.database
        return database.threads.submit(digests, database.engine, READING).result()


def submitted(activity: Json) -> Json:
    """How a client too old for Action.Execute sends the same press."""
    return {**activity["value"]["action"]["data"], "verb": verb_of(activity)}


@pytest.mark.timeout(300)
async def test_beside_every_press_of_the_story_hostile_ones_change_no_row(world: World) -> None:
    attack = Attack(world)
    await world.install(WRONG_PERSON)
    attack.begin()

    await play(world, lambda _: None)

    assert len(attack.tried) == len(HOSTILE) + 6
    assert min(attack.tried.values()) == max(attack.tried.values()) >= 15


def presses_on(part: object) -> list[Json]:
    """Every button of a card that is pressed, wherever it stands."""
    if isinstance(part, list):
        return [found for inner in part for found in presses_on(inner)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") == "Action.Execute" else []
    return own + [
        found for name, inner in part.items() if name not in ("data", "fallback") for found in presses_on(inner)
    ]


class Noted:
    """Of each verb the last button on any card that anybody was shown."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._post = world.channel.post
        self.by_verb: dict[str, Json] = {}
        world.channel.post = self.post  # type: ignore[method-assign]

    async def post(self, activity: Json, *, token: str | None = "") -> tuple[int, Any]:
        seen = len(self._world.channel.rooms.record)
        status, body = await self._post(activity, token=token)
        for shown in (body, [event.activity for event in self._world.channel.rooms.record[seen:]]):
            self.by_verb |= {action["verb"]: action for action in presses_on(shown)}
        return status, body


def rows_of(world: World) -> Any:
    """A press is a sign of life of whoever pressed: that they are reached here is noted, and nothing else."""
    database = world.database
    return database.threads.submit(digests, database.engine, READING | {"conversation"}).result()


async def test_every_button_that_was_ever_shown_is_nobody_elses_to_press(world: World) -> None:
    noted = Noted(world)
    await play(world, lambda _: None)
    await world.install(WRONG_PERSON)
    for_everybody = {kind.verb for kind in get_args(MenuButton)}

    for verb, action in tuple(noted.by_verb.items()):
        pressed = {"type": "Action.Execute", "verb": verb, "data": action["data"]}
        before = rows_of(world)
        answer = await world.chat(WRONG_PERSON).send(
            {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": pressed, "trigger": "manual"}}
        )
        assert (answer.status, answer.body["statusCode"]) == (200, 200)
        if verb not in for_everybody:
            assert changed(before, rows_of(world)) == [], verb
            assert "SD-26-0412" not in json.dumps(answer.body), verb

    assert len(set(noted.by_verb) - for_everybody) > 20

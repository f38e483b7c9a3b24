"""Whatever comes in, it is answered; what is refused changes nothing; and no answer tells how we are made.

`make test` tries a few hundred mutated activities, the same ones each time; `make fuzz` sixteen thousand new ones.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.metrics import Counts
from tests.scenarios.fuzzing import data_of, mutated
from tests.scenarios.rows import READING, Shelf, changed, digests
from tests.scenarios.story import SAM, Teller, agree_actions, answer_invitations, book, capture, close, meet, start
from tests.scenarios.test_bad_input import TRACES
from tests.scenarios.test_hostile import presses_on
from tests.scenarios.world import World
from tests.teams.rooms import Json

NEVER_TOLD = (*TRACES, "Traceback", "psycopg", "botbuilder", "Sorry, something went wrong")
REFUSED = frozenset({400, 401, 403, 413, 415})
IS_FUZZ = settings.get_current_profile_name() == "fuzz"


async def begin_to_book(teller: Teller) -> None:
    for words in ("book", "SD-26-0413", "AB 14/05/2019", "physical, U2"):
        await teller.says(SAM, words)


TO_THE_MEETING = (meet, book, answer_invitations, start, capture)
STAGES = {
    "booking": (meet, begin_to_book),
    "booked": TO_THE_MEETING[:3],
    "meeting": TO_THE_MEETING,
    "closed": (*TO_THE_MEETING, agree_actions, close),
}


class Faults(logging.Handler):
    """Everything that was logged as a fault of ours."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class Range:
    """A world in which a story has come so far, all that was sent in it, and its database to come back to."""

    def __init__(self, file: Path, stage: str) -> None:
        self._runner = asyncio.Runner()
        self._world = World(f"sqlite:///{file}")
        self.recorded: list[Json] = []
        self._buttons: dict[tuple[str, str], Json] = {}
        self.outcomes: Counter[str] = Counter()
        self.faults = Faults()
        logging.getLogger().addHandler(self.faults)
        self._runner.run(self._play(stage))
        self.pressable = self._newest_buttons()
        self._shelf = Shelf(file)
        self._rows = self._digests()
        self._sizes = {id: len(room.messages) for id, room in self._world.channel.rooms._rooms.items()}
        self._numbers = iter(range(10**9))

    async def _play(self, stage: str) -> None:
        await self._world.__aenter__()
        post = self._world.channel.post

        async def record(activity: Json, *, token: str | None = "") -> tuple[int, Any]:
            self.recorded.append(json.loads(json.dumps(activity)))
            status, body = await post(activity, token=token)
            self._note_buttons(activity, body)
            return status, body

        self._world.channel.post = record  # type: ignore[method-assign]
        teller = Teller(self._world, lambda _: None)
        for part in STAGES[stage]:
            await part(teller)
        self._world.channel.post = post  # type: ignore[method-assign]
        self._note_messages()
        token = self._world.channel.token()
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def _newest_buttons(self) -> list[Json]:
        """The newest, so that many are still good; and each verb as often as any other."""
        by_verb: dict[str, list[Json]] = {}
        for (verb, _), press in self._buttons.items():
            by_verb.setdefault(verb, []).append(press)
        return [press for presses in by_verb.values() for press in presses[-3:]]

    def _note_buttons(self, activity: Json, body: object) -> None:
        """What the sender could press next: on the card that came back, or on what was said in their chat."""
        said = self._world.channel.rooms.record[-2:]
        own = [event.activity for event in said if event.conversation == activity["conversation"]["id"]]
        self._note_presses({**activity, "text": None}, [body, own])

    def _note_presses(self, envelope: Json, shown: object) -> None:
        for action in presses_on(shown):
            verb, data = action["verb"], action["data"]
            pressed = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
            press = {**envelope, "type": "invoke", "name": "adaptiveCard/action", "value": pressed}
            self._buttons[verb, json.dumps(data["b"])] = json.loads(json.dumps(press))

    def _note_messages(self) -> None:
        """What was sent to people without their asking: invitations, actions, nudges."""
        channel = self._world.channel
        for room in channel.rooms._rooms.values():
            envelope = channel.envelope(room, channel.people[room.members[0]])
            for message in room.messages[-6:]:
                self._note_presses({**envelope, "replyToId": message.id}, message.activity)

    @property
    def counts(self) -> Counts:
        return self._world.service.counts

    def shoot(self, activity: Json) -> None:
        """Sends it, and asserts that it was borne well."""
        self._renew(activity)
        counts, record = self.counts, self._world.channel.rooms.record
        refused = counts.refusals.total()
        record.clear()
        status, text = self._runner.run(self._world.channel.post_raw(json.dumps(activity).encode(), self._headers))

        said = text + json.dumps([event.activity for event in record])
        assert status == 200 or status in REFUSED
        assert not [trace for trace in NEVER_TOLD if trace in said]
        assert [fault.getMessage() for fault in self.faults.records] == []
        is_refused = status in REFUSED or counts.refusals.total() > refused
        if status == 200 and activity.get("type") == "invoke":
            is_refused |= self._check_answer(json.loads(text))
        self.outcomes["refused" if is_refused else "answered"] += 1
        if self._shelf.is_touched():
            self.outcomes["changed something"] += not is_refused
            assert not is_refused or changed(self._rows, self._digests()) == []
            self._bring_back()

    def _check_answer(self, answer: Json) -> bool:
        """The exact shapes, never empty. Gives whether it says that the press could not be read."""
        if "task" in answer:
            return bool(answer["task"]["value"]) is False
        assert answer["statusCode"] in (200, 400)
        assert answer["value"]
        return bool(answer["statusCode"] == 400)

    def _renew(self, activity: Json) -> None:
        """An id and a nonce of its own, or it would only be told what the real one was told."""
        number = f"9{next(self._numbers):012}"
        if isinstance(activity.get("id"), str) and activity["id"].isdigit():
            activity["id"] = number
        if isinstance(data_of(activity).get("n"), str) and 0 < len(data_of(activity)["n"]) <= 64:
            data_of(activity)["n"] = number

    def _digests(self) -> Any:
        database = self._world.database
        return database.threads.submit(digests, database.engine, READING).result()

    def _bring_back(self) -> None:
        self._shelf.bring_back()
        for id, room in self._world.channel.rooms._rooms.items():
            del room.messages[self._sizes.get(id, 0) :]

    def close(self) -> None:
        logging.getLogger().removeHandler(self.faults)
        self._shelf.close()
        self._runner.run(self._world.__aexit__(None, None, None))
        self._runner.close()


@pytest.fixture(params=STAGES)
def range_(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> Iterator[Range]:
    file = tmp_path / "chairside.db"
    shutil.copyfile(migrated_file, file)
    range_ = Range(file, request.param)
    yield range_
    range_.close()


@pytest.mark.timeout(3600 if IS_FUZZ else 240)
def test_nothing_that_comes_in_is_a_fault_and_what_is_refused_changes_no_row(range_: Range) -> None:
    @settings(
        derandomize=not IS_FUZZ,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(st.data())
    def shoot(data: st.DataObject) -> None:
        range_.shoot(data.draw(mutated(range_.recorded, range_.pressable)))

    shoot()
    # or it would only have knocked at the door
    assert min(range_.outcomes[what] for what in ("refused", "answered", "changed something")) > 5
    assert len(range_.counts.refusals) > (5 if IS_FUZZ else 1)

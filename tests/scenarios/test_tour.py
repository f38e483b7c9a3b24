"""The README's tour, followed line by line: what it says to type and press is done, what it promises is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.demonstration import fictitious_directory
from bot.demonstration.slots import keep_fictitious_slots
from bot.settings import DEMONSTRATION_TENANT
from discussions.directory import import_directory
from storage.directory_file import parse_directory
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.people import Answer, Chat

README = Path(__file__).parents[2] / "README.md"
PEOPLE = {"Priya": "Priya Nair", "Helen": "Helen Marsh"}


@dataclass(frozen=True, slots=True)
class Line:
    number: str
    who: str
    typed: str | None
    pressed: str | None
    fills: bool
    seen: list[str]


def tour() -> list[Line]:
    found = re.findall(r"^\| (\d+) \| (\w+) \| (.+?) \| (.+) \|$", README.read_text("utf-8"), re.MULTILINE)
    return [
        Line(
            number=number,
            who=PEOPLE[who],
            typed=next(iter(re.findall(r"`([^`]+)`", does)), None),
            pressed=next(iter(re.findall(r"\*\*([^*]+)\*\*", does)), None),
            fills="in every field" in does,
            seen=re.findall(r"“([^”]+)”", sees),
        )
        for number, who, does, sees in found
    ]


async def test_the_tour_can_be_followed(world: World) -> None:
    rows = parse_directory(fictitious_directory().replace(DEMONSTRATION_TENANT, world.channel.tenant))
    await world.run(import_directory, rows)
    await world.run(keep_fictitious_slots)
    await world.install(*PEOPLE.values())
    lines = tour()
    assert len(lines) > 20

    for line in lines:
        shown = text((await follow(world.chat(line.who), line)).card)
        await world.settle()
        assert line.seen, f"line {line.number} promises nothing"
        assert [words for words in line.seen if words not in shown] == [], f"line {line.number}: {shown}"

    assert "Marked done by DS Helen Marsh" in text(world.heard("Priya Nair")[-1].card)


async def follow(chat: Chat, line: Line) -> Answer:
    if line.pressed is None:
        assert line.typed is not None, f"line {line.number} says nothing to do"
        return await chat.say(line.typed)
    values = dict.fromkeys(fields(chat.view(chat.last)), line.typed or "") if line.fills else {}
    return await chat.press(chat.last, line.pressed, values)


def fields(part: Any) -> list[str]:
    """The ids of all text fields of a card."""
    if isinstance(part, list):
        return [id for inner in part for id in fields(inner)]
    if not isinstance(part, dict):
        return []
    own = [str(part["id"])] if part.get("type") == "Input.Text" else []
    return own + [id for name, inner in part.items() if name != "fallback" for id in fields(inner)]

"""One whole discussion, from the first welcome to the last nudge answered. `python -m tests.scenarios.story` tells it.

Everything goes over HTTP with real tokens between our own Teams channel and the service; only the time is moved by
hand. All people, children and places are fictitious.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import textwrap
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from discussions.ids import SlotId
from discussions.people import DeskId
from discussions.slots.slot import Slot
from storage.schema import migrate
from tests.scenarios.reading import buttons, lines
from tests.scenarios.world import TUESDAY, World
from tests.teams.people import Answer
from tests.teams.rooms import Json, Message

REFERENCE = "SD-26-0412"
PRIYA, SAM, RUTH, HELEN, GRACE = "Priya Nair", "Sam Okoro", "Ruth Adeyemi", "Helen Marsh", "Grace Lindo"
EVERYBODY = (PRIYA, SAM, RUTH, HELEN, GRACE)
WIDTH = 100

Tell = Callable[[str], None]


@dataclass(slots=True)
class Teller:
    """Plays people's parts and tells what they see. `after_each` is called between any two steps."""

    world: World
    tell: Tell
    after_each: Callable[[], Awaitable[None]] | None = None
    came: dict[str, str] = field(default_factory=dict)
    """When each message came, by its id: people may read it later."""

    async def says(self, name: str, words: str, *, show: int = 4) -> Answer:
        self.tell(f"{self.clock()}  {name} types: {words}")
        answer = await self.world.chat(name).say(words)
        return await self.seen(answer, show)

    async def presses(
        self, name: str, on: Message | Json, button: str, *, show: int = 4, checked: bool = True, **fields: str
    ) -> Answer:
        filled = "".join(f"\n{'':>9}{key.rpartition('.')[2]}: {value}" for key, value in fields.items())
        self.tell(f"{self.clock()}  {name} presses [{button}]{filled}")
        answer = await self.world.chat(name).press(on, button, fields, is_checked=checked)
        return await self.seen(answer, show)

    async def seen(self, answer: Answer, show: int) -> Answer:
        self.show(lines(answer.card) if answer.sentence is None else [answer.sentence], show)
        await self.pause()
        return answer

    async def pause(self) -> None:
        await self.world.settle()
        for message in [message for name in EVERYBODY for message in self.world.heard(name)]:
            self.came.setdefault(message.id, self.clock())
        if self.after_each is not None:
            await self.after_each()

    async def time_passes(self, words: str, **span: float) -> None:
        self.world.clock.pass_by(**span)
        self.tell(f"\n{'':>7}… {words} It is {self.clock()}.")
        await self.world.tick()
        await self.pause()

    def hears(self, name: str, *, show: int = 3, with_button: str | None = None) -> Message:
        """The newest message, or the newest of those with this button."""
        heard = [one for one in self.world.heard(name) if with_button is None or with_button in buttons(one.card)]
        message = heard[-1]
        came = self.came.get(message.id, self.clock())
        self.tell(f"{self.clock()}  {name} {'is shown' if came == self.clock() else f'reads what came {came}'}:")
        self.show(lines(message.card), show)
        return message

    def show(self, seen: Sequence[str], most: int) -> None:
        for line in seen[:most]:
            self.tell(textwrap.fill(line, WIDTH, initial_indent=f"{'':>9}| ", subsequent_indent=f"{'':>9}|   "))
        if len(seen) > most > 0:
            self.tell(f"{'':>9}| …")

    def chapter(self, title: str) -> None:
        self.tell(f"\n── {title} {'─' * (WIDTH - len(title) - 4)}\n")

    def clock(self) -> str:
        return f"{self.world.clock.now():%a %H:%M}"


async def play(world: World, tell: Tell, after_each: Callable[[], Awaitable[None]] | None = None) -> None:
    teller = Teller(world, tell, after_each)
    for part in (meet, book, answer_invitations, start, capture, agree_actions, close, follow_up, nudge):
        await part(teller)
    tell(f"\nEverything that was agreed in {REFERENCE} is done, and those who had to know have heard.")


async def meet(teller: Teller) -> None:
    teller.chapter("Meet Chairside")
    for name in (PRIYA, SAM, RUTH, HELEN, GRACE):
        welcomed = await teller.world.chat(name).install()
        teller.tell(f"{teller.clock()}  {name} adds Chairside in Teams")
        await teller.seen(welcomed, 1)
    await teller.says(PRIYA, "hi", show=3)


async def book(teller: Teller) -> None:
    teller.chapter("Book")
    await teller.says(SAM, "book", show=2)
    await teller.says(SAM, REFERENCE, show=3)
    await teller.says(SAM, "AB 14/05/2019; CD 01/02/2026", show=2)
    keep_slots(teller.world)
    shown = await teller.says(SAM, "physical, neglect, U2", show=12)
    shown = await teller.presses(
        SAM, shown.card, "1. Tue 24 Nov, 14:00 with Avon and Somerset Police, Sirona Health", show=2
    )
    await teller.says(SAM, "chair Priya Nair, minutes Ruth Adeyemi", show=4)
    await teller.says(SAM, "Helen Marsh, Safeguarding nurses, School office", show=6)
    await teller.says(SAM, "next", show=10)
    booked = await teller.says(SAM, "book it", show=6)
    assert "Start it" not in buttons(booked.card)


def keep_slots(world: World) -> None:
    """When the police and the nurses can come; at 14:00 both."""
    hours = {"lighthouse": (11, 14, 16), "nurses": (14, 15)}
    slots = [
        Slot(SlotId(f"{desk} {hour}"), DeskId(desk), TUESDAY.replace(hour=hour), 60)
        for desk, of_desk in hours.items()
        for hour in of_desk
    ]
    world.look(lambda store: store.slots.add(slots))


async def answer_invitations(teller: Teller) -> None:
    teller.chapter("Answer")
    await teller.presses(HELEN, teller.hears(HELEN), "I'm coming", show=1)
    asked = teller.hears(GRACE)
    await teller.presses(GRACE, asked, "Say so", deputy="Lee Tan, deputy safeguarding lead", show=1)
    teller.tell("\n         The nurses are not in Teams, so Sam rings them and records what they say.")
    await teller.says(SAM, f"answer for {REFERENCE} Safeguarding nurses: coming", show=14)


async def start(teller: Teller) -> None:
    await teller.time_passes("The meeting is due.", hours=5)
    teller.chapter("Chair")
    await teller.says(PRIYA, f"start {REFERENCE}", show=6)
    await teller.says(RUTH, f"join {REFERENCE}", show=2)
    for words in ("here Helen Marsh, Sam Okoro and Tom Bexley", "here Lee Tan, deputy safeguarding lead, school"):
        await teller.says(PRIYA, words, show=2)


async def fill(teller: Teller, who: str, typed: str, **fields: str) -> Answer:
    """Opens an item by typing and saves one of its forms."""
    shown = await teller.says(who, typed, show=2)
    return await teller.presses(who, shown.card, "Save", show=2, **fields)


async def capture(teller: Teller) -> None:
    await safety_first(teller)
    await fill(teller, RUTH, "item 1", **{"opening.confidentiality_read": "yes", "opening.connection": "no"})
    for child, place in (("A", "At school until 15:15"), ("B", "At home with the mother")):
        await fill(
            teller,
            RUTH,
            f"item 2 {child}",
            **{"family.name": f"Child {child} of this story", "family.location_now": place},
        )
    await teller.says(RUTH, "note Sam heard shouting from upstairs on Monday", show=2)
    await teller.says(RUTH, "note Something mistyped", show=1)
    await teller.says(RUTH, "undo", show=2)
    await decide(teller)


async def safety_first(teller: Teller) -> None:
    teller.tell("\n         The risk is immediate, so the chair begins with safety: any order is fine.")
    plan = {
        "safety.status": "plan",
        "safety.risk": "Unexplained bruise; the adult alleged has access",
        "safety.kept_safe_by": "The grandmother, seen and willing",
        "safety.sleeps": "At the grandmother's",
        "safety.contact": "None with the adult alleged",
    }
    for child in ("A", "B"):
        await fill(teller, PRIYA, f"item 9 {child}", **plan)


async def decide(teller: Teller) -> None:
    decided = {
        "decision.s47": "yes",
        "decision.s47_reason": "Reasonable cause to suspect significant harm",
        "decision.lead": "joint",
        "decision.medical": "yes",
        "decision.abe": "no",
        "decision.abe_reason": "Not before the medical",
    }
    for child in ("A", "B"):
        await fill(teller, PRIYA, f"item 10 {child}", **decided)
    await teller.says(RUTH, "decision Joint visit by social care and police today", show=2)


async def agree_actions(teller: Teller) -> None:
    teller.chapter("Agree who does what by when")
    for words in (
        "action Helen Marsh: safety: see A at school by today 15:00 tell Priya Nair if not ring the duty desk",
        "action Sam Okoro: see B at home by tomorrow 12:00 tell Priya Nair",
    ):
        await teller.says(PRIYA, words, show=5)


async def close(teller: Teller) -> None:
    await teller.time_passes("All has been said.", minutes=25)
    teller.chapter("Close")
    gate = await teller.says(PRIYA, "check", show=8)
    reasons = {
        element: "To be settled at the review" for element in input_ids(gate.card) if element.startswith("because")
    }
    await teller.presses(PRIYA, gate.card, "Close with these reasons", show=6, **reasons)
    record = await teller.says(PRIYA, f"minutes {REFERENCE}", show=4)
    await fetch_record(teller, record.card)
    await teller.says(PRIYA, f"approve {REFERENCE}", show=4)


async def fetch_record(teller: Teller, card: Json) -> None:
    """The link shows a page with one button; only pressing that uses it up."""
    url = link_in(card).replace("http://127.0.0.1:3978", teller.world.web_base)
    async with aiohttp.ClientSession() as browser:
        async with browser.get(url) as page:
            teller.tell(f"{teller.clock()}  Priya Nair opens the link: a page with one button ({page.status})")
        async with browser.post(url, headers={"Origin": "http://127.0.0.1:3978"}) as fetched:
            name = fetched.headers.get("Content-Disposition", "")
            teller.tell(f"{teller.clock()}  … and presses it: {name} ({len(await fetched.read()) // 1024} KB)")
            assert fetched.status == 200, await fetched.text()
        async with browser.post(url, headers={"Origin": "http://127.0.0.1:3978"}) as again:
            teller.tell(f"{teller.clock()}  … and once more: the link was good once ({again.status})")
    await teller.pause()


async def follow_up(teller: Teller) -> None:
    teller.chapter("Follow up")
    await teller.presses(HELEN, teller.hears(HELEN, show=4, with_button="Accept"), "Accept", show=2)
    teller.hears(HELEN, show=12, with_button="Open the action")
    asked = await teller.presses(
        SAM,
        teller.hears(SAM, show=4, with_button="Ask the chair"),
        "Ask the chair",
        day="2026-11-26",
        time="12:00",
        reason="In court tomorrow",
        show=3,
    )
    assert asked.card
    await teller.presses(PRIYA, teller.hears(PRIYA, show=5), "Agree", show=3)


async def nudge(teller: Teller) -> None:
    await teller.time_passes("Helen has not answered yet.", minutes=40)
    late = teller.hears(HELEN, show=4, with_button="Save as done")
    await teller.presses(
        HELEN, late, "Save as done", note="Seen alone at school; A can stay with the grandmother", show=3
    )
    await teller.presses(PRIYA, teller.hears(PRIYA, show=4, with_button="Received"), "Received", show=3)
    await teller.time_passes("A day goes by.", hours=20)
    await teller.time_passes("Another one.", hours=24)
    due = teller.hears(SAM, show=3, with_button="Save as done")
    await teller.presses(SAM, due, "Save as done", note="B seen with the grandmother, well and fed", show=2)
    await teller.presses(PRIYA, teller.hears(PRIYA, show=4, with_button="Received"), "Received", show=3)
    await teller.says(SAM, "my actions", show=1)


def input_ids(part: object) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in input_ids(item)]
    if not isinstance(part, dict):
        return []
    own = [str(part["id"])] if str(part.get("type", "")).startswith("Input.") else []
    return own + [found for key, value in part.items() if key != "data" for found in input_ids(value)]


def link_in(part: object) -> str:
    """The address behind the card's one link."""
    if isinstance(part, list):
        return next(filter(None, map(link_in, part)), "")
    if not isinstance(part, dict):
        return ""
    if part.get("type") == "Action.OpenUrl":
        return str(part["url"])
    return next(filter(None, map(link_in, part.values())), "")


async def tell_the_story() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'story.db'}"
        migrate(url)
        async with World(url) as world:
            await play(world, lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.exit(asyncio.run(tell_the_story()))

"""A whole story is played, with names and harm in it; then everything that left is read, and none of them is there."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from email.message import EmailMessage

import aiohttp
import pytest

from bot.sending.mail import MailLetter, write
from discussions.booking.discussion import DiscussionState
from discussions.needs import Store
from pages.mail import MailWords
from tests.conftest import MakeUrl
from tests.documents.test_calendar import ENTRY
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, links_to
from tests.scenarios.leaks import (
    Seen,
    Words,
    seen_in_address,
    seen_in_log,
    seen_in_mail,
    seen_in_toast,
)
from tests.scenarios.reading import buttons
from tests.scenarios.secure_page.test_invitations import send
from tests.scenarios.story import input_ids, link_in
from tests.scenarios.without_teams import enter
from tests.scenarios.world import TUESDAY, World
from tests.teams.rooms import Event

REFERENCE = "SD-26-0412"
PRIYA, RUTH, SAM, KIT = "Priya Nair", "Ruth Adeyemi", "Sam Okoro", "Kit Rowe"
HELENS, TOMS, OFFICE, NURSES = (
    "helen.marsh@police.example",
    "tom.bexley@health.example",
    "office@desk.example",
    "nurses@desk.example",
)
SECRETS = Words(
    parts=(
        *("Zelda", "Quill", "Xanthe", "Ashgrove", "Hillside", "Fairfield"),
        *("bruis", "hit by", "neglect", "domestic", "physical", "belt", "frightened", "lodger", "assault"),
        *("14/05/2019", "2019-05-14", "14 May 2019", "14-05-2019", "02/09/2024", "2024-09-02", "2 September 2024"),
    ),
    whole=("ZQ", "XQ", "Z.Q.", "X.Q."),
)
STAFF = Words(parts=("Priya", "Ruth", "Sam Okoro", "Grace Lindo", "Tom Bexley", "Helen Marsh", "Kit Rowe"))
JOIN = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc or at Ashgrove, ask for Zelda's teacher, 0117 496 0111"
)
REPORT = "Zelda Quill: two call-outs; the lodger is known for assault. Bruises seen in May."


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        yield world


class Story:
    """Plays people's parts, and keeps every address that was asked for or given, and every file's name."""

    def __init__(self, world: World, server: MailServerInTests) -> None:
        self.world = world
        self.server = server
        self.addresses: list[str] = []
        self.files: list[str] = []

    async def says(self, name: str, *lines: str) -> None:
        for line in lines:
            await self.world.chat(name).say(line)
        await self.world.settle()

    async def on_page(self, address: str, *, file: bytes | None = None, **typed: str) -> None:
        """Opens the newest link that was mailed there, and answers."""
        link = links_to(self.server, address)[-1]
        async with Browser(self.world.web_base, link) as browser:
            await enter(self.world, self.server, browser, address)
            if file is not None:
                await send(browser, file, "Zelda Quill bruises.pdf", **typed)
            else:
                button = next(one for form in browser.seen.forms for one in form.buttons if one.startswith("Send"))
                await browser.press(button, **typed)
            assert browser.status == 200, browser.seen.words
            self.addresses += [browser.url, *(str(one.url) for one in browser.client.cookie_jar and ())]
        await self.world.settle()

    async def fetch(self, words: str) -> None:
        shown = await self.world.chat(PRIYA).say(words)
        url = link_in(shown.card).replace("http://127.0.0.1:3978", self.world.web_base)
        async with aiohttp.ClientSession() as browser:
            async with browser.post(url, headers={"Origin": "http://127.0.0.1:3978"}) as fetched:
                assert fetched.status == 200
                self.files.append(fetched.headers["Content-Disposition"])
        self.addresses.append(url)


async def play(story: Story) -> None:
    await story.world.install(PRIYA, RUTH, SAM, KIT)
    await book(story)
    await answer(story)
    await meet(story)
    await follow_up(story)


async def book(story: Story) -> None:
    await story.says(
        PRIYA,
        "book",
        REFERENCE,
        "ZQ 14/05/2019; XQ 02/09/2024; schools: Hillside Primary School, Fairfield High",
        "physical, neglect, domestic abuse, U2",
        "today 2pm",
        "chair me, minutes Ruth Adeyemi",
        "Helen Marsh, Tom Bexley, School office, Kit Rowe, Safeguarding nurses",
        "next",
        "next",
        "book it",
    )
    await story.says(PRIYA, f"move {REFERENCE} join {JOIN} because Zelda's school is easier")


async def answer(story: Story) -> None:
    await story.on_page(HELENS, file=b"%PDF-1.7 Zelda", answer="information_only", report=REPORT)
    await story.on_page(TOMS, answer="not_coming", **{"not_coming-words": "A letter on Zelda's bruises comes at noon"})
    await story.on_page(OFFICE, answer="no_record", name="Jo Smith", role="Manager at Hillside")
    await story.says(KIT, f"deputy {REFERENCE} Zelda Quill's former officer, may decide")
    await story.says(PRIYA, f"answer for {REFERENCE} nurses: coming", f"reports {REFERENCE}")
    await story.says(PRIYA, f"move {REFERENCE} to today 3pm because Zelda Quill is at the hospital")
    await story.on_page(HELENS, answer="coming")
    await story.on_page(NURSES, answer="deputy", name="Al Wood", role="Nurse", **{"deputy-words": "Zelda's nurse"})


async def meet(story: Story) -> None:
    story.world.clock.pass_by(hours=6)
    await story.world.tick()
    await story.says(PRIYA, f"start {REFERENCE}")
    await story.says(
        RUTH, f"join {REFERENCE}", "note Zelda Quill was hit by the lodger with a belt; bruises on both arms"
    )
    await story.says(PRIYA, "decision Joint section 47 enquiry about Zelda and Xanthe Quill, physical abuse")
    for words in (
        "action Helen Marsh: safety: see Zelda alone at Hillside by today 18:00 tell Priya Nair if not ring the lodger",
        "action Tom Bexley: examine Zelda Quill's bruises by tomorrow 12:00 tell School office",
        "action Sam Okoro: see Xanthe at Fairfield by tomorrow 12:00 tell Priya Nair",
    ):
        await story.says(PRIYA, words)
    gate = await story.world.chat(PRIYA).say("check")
    reasons = {one: "Zelda is frightened" for one in input_ids(gate.card) if one.startswith("because")}
    title = next(one for one in buttons(gate.card) if one.startswith("Close"))
    await story.world.chat(PRIYA).press(gate.card, title, reasons)
    await story.says(PRIYA, f"approve {REFERENCE}")
    await story.fetch(f"minutes {REFERENCE}")
    await story.fetch(f"reports {REFERENCE}")


async def follow_up(story: Story) -> None:
    await story.on_page(HELENS, answer="accept")
    await story.world.tick(hours=4)
    await story.world.settle()
    await story.on_page(HELENS, answer="done", **{"done-words": "Zelda seen alone; bruises photographed"})
    await story.world.tick(hours=15)
    await story.world.settle()
    await story.on_page(TOMS, answer="blocked", **{"blocked-words": "Xanthe Quill was not brought"})
    for hours in (5, 24, 24):
        await story.world.tick(hours=hours)
        await story.world.settle()
    await story.says(PRIYA, "my actions", f"history {REFERENCE}/1", "withdraw links 2")


def what_came_of_it(store: Store) -> tuple[DiscussionState, int, int, int]:
    """So that the story is known to have been played: its state, how often it moved, reports and actions."""
    one = store.discussions.by_reference(REFERENCE)
    assert one is not None
    return one.state, one.moved, len(store.reports.of(one.id)), len(store.actions.of_discussion(one.id))


def everything_that_left(story: Story, records: list[logging.LogRecord]) -> Iterator[Seen]:
    for mail in story.server.mails:
        yield from seen_in_mail(mail)
    for event in story.world.channel.rooms.record:
        yield from seen_in_toast(event)
    for address in story.addresses:
        yield from seen_in_address(address)
    for file in story.files:
        yield "file name", file
    for record in records:
        yield from seen_in_log(record)


async def test_nothing_of_a_whole_story_leaves_in_mails_calendars_names_addresses_toasts_and_logs(
    world: World, server: MailServerInTests, caplog: pytest.LogCaptureFixture
) -> None:
    story = Story(world, server)
    with caplog.at_level(logging.DEBUG):
        await play(story)

    assert world.look(what_came_of_it) == (DiscussionState.APPROVED, 2, 1, 3)
    seen = list(everything_that_left(story, caplog.records))
    places = {where for where, _ in seen}
    assert {"text/plain", "text/html", "text/calendar", "attachment name", "calendar SUMMARY"} <= places
    assert {"toast", "address", "file name", "log line", "log record"} <= places
    assert len(server.mails) > 20
    assert SECRETS.found_in(seen) == []
    assert [found for mail in server.mails for found in STAFF.found_in(without_own_address(mail))] == []


def without_own_address(mail: EmailMessage) -> Iterator[Seen]:
    """An address may hold the name of whoever it belongs to; of anybody else nothing may be in it."""
    for where, what in seen_in_mail(mail):
        yield where, what.replace("\r\n ", "").replace(mail["To"], "")


def mail(**changes: str) -> EmailMessage:
    words = MailWords(changes.get("subject", "SD-26-0412"), (changes.get("before", "x"),), ())
    entry = replace(ENTRY, says=changes.get("says", "x"), location=changes.get("location", "x"))
    return write(MailLetter("m-1", "desk@police.example", words, entry), "chairside@bristol.example", TUESDAY)


def named_file() -> EmailMessage:
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="Zelda.pdf")
    return message


def toast(**said: object) -> Event:
    return Event("sent", "room", "1", {"summary": "An answer", **said})


def log(message: str, *, name: str = "chairside.outbox", **extra: object) -> logging.LogRecord:
    record = logging.makeLogRecord({"name": name, "msg": message, **extra})
    record.levelno, record.levelname = logging.DEBUG, "DEBUG"
    return record


LEAKS: dict[str, list[Seen]] = {
    "subject": list(seen_in_mail(mail(subject="About Zelda"))),
    "encoded subject": list(seen_in_mail(mail(subject="Zürich: Zelda"))),
    "text": list(seen_in_mail(mail(before="born 14/05/2019"))),
    "text with other letters": list(seen_in_mail(mail(before="“Zelda” – é"))),
    "calendar": list(seen_in_mail(mail(says="x" * 70 + " bruises"))),
    "folded calendar": list(seen_in_mail(mail(location="x" * 60 + "Ashgrove"))),
    "file name": list(seen_in_mail(named_file())),
    "toast": list(seen_in_toast(toast(summary="ZQ: physical"))),
    "link of a card": list(seen_in_toast(toast(a=[{"type": "Action.OpenUrl", "url": "https://x.example/Z%65lda"}]))),
    "address": list(seen_in_address("https://x.example/?child=XQ")),
    "log message": list(seen_in_log(log("about Zelda"))),
    "log extra": list(seen_in_log(log("x", child="ZQ"))),
    "log extra of a library": list(seen_in_log(log("x", name="aiohttp.server", child="Zelda"))),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(name: str) -> None:
    """So that finding nothing means something."""
    assert SECRETS.found_in(LEAKS[name])


def test_a_clean_mail_is_clean() -> None:
    assert SECRETS.found_in(seen_in_mail(mail())) == []
    assert re.search("Multi-agency meeting", " ".join(what for _, what in seen_in_mail(mail())))

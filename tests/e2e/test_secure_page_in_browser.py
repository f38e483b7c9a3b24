"""An owner without Teams, on a phone and by keyboard alone: a real mail, its link in Chromium, a kept answer."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from bot.bank_holidays import EnglandBankHolidays
from discussions.actions.action import Action, ActionState
from discussions.actions.lint import NewAction
from discussions.actions.record import record_action
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ActionId, DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.trail import Deed
from storage.database import TransactionsInSql
from storage.practice_file import standard_practice
from tests.e2e.running import free_port, python, running
from tests.e2e.stage import KEYS, Service
from tests.e2e.test_pages_in_browser import axe_findings, overflowing
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import codes_to, links_to

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

OWNER, OWNERS_MAIL, CHAIR = "Owen Parry", "owen.parry@hillview.example", "Priya Nair"
WORDING = "Keep AB at school until the social worker phones"
NOTE = "She is with the social worker"
WAITS_SECONDS = 30
MOST_TABS = 40


@contextmanager
def mail_server() -> Iterator[MailServerInTests]:
    """In a thread with a loop of its own, beside the browser, which waits in this one."""
    server, loop = MailServerInTests(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def server() -> Iterator[MailServerInTests]:
    with mail_server() as server:
        yield server


@pytest.fixture
def service(tmp_path: Path, server: MailServerInTests) -> Iterator[Service]:
    port = free_port()
    service = Service(f"http://127.0.0.1:{port}", tmp_path / "chairside.db", tmp_path / "service.log")
    settings = {
        "CHAIRSIDE_MODE": "local",
        "CHAIRSIDE_PORT": str(port),
        "CHAIRSIDE_DATABASE_URL": f"sqlite:///{service.database}",
        "CHAIRSIDE_ENCRYPTION_KEYS": KEYS,
        "CHAIRSIDE_SMTP_URL": server.url,
        "CHAIRSIDE_TICK_SECONDS": "1",
    }
    with running(python("-m", "bot", "serve"), service.log, f"{service.address}/readyz", settings):
        yield service


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    phone = ViewportSize(width=360, height=740)
    with browser.new_page(viewport=phone, color_scheme=request.param, locale="en-GB") as page:
        yield page


def test_an_owner_answers_by_keyboard_from_a_mail(service: Service, server: MailServerInTests, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(complaint(said)))
    action = agree(service)
    page.goto(wait_for(lambda: links_to(server, OWNERS_MAIL))[-1])
    look_well(page, "Open the secure page")

    press(page, "Send me a code")
    look_well(page, "Enter the code we sent you")
    tab_to(page, "Code")
    page.keyboard.type(wait_for(lambda: codes_to(server, OWNERS_MAIL))[-1])
    page.keyboard.press("Enter")
    look_well(page, WORDING)

    tab_to(page, "Accept You take it on, and it stays due when it is")
    page.keyboard.press("ArrowDown")
    look_well(page, WORDING)
    press(page, "Send to the chair")
    look_well(page, "Not sent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "What was done and learnt?")
    page.keyboard.type(NOTE)
    press(page, "Send to the chair")
    look_well(page, "Thank you. Your answer is kept")
    press(page, "Leave the page")
    look_well(page, "You have left the page")

    kept, deeds = what_is_kept(service, action)
    assert (kept.state, kept.note) == (ActionState.DONE, NOTE)
    assert deeds == [
        Deed.ACTION_MADE,
        Deed.CODE_SENT,
        Deed.PAGE_OPENED,
        Deed.ACTION_CHANGED,
        Deed.LINK_ENDED,
        Deed.PAGE_ANSWERED,
    ]
    assert [one for one in complaints if one] == []
    log = service.log.read_text()
    assert not [word for word in (WORDING, NOTE, OWNER, "Parry", "/secure/") if word in log]


def complaint(said: ConsoleMessage) -> str:
    """A page that a form is refused on has status 422, which the browser mentions."""
    return said.text if said.type == "error" and "422" not in said.text else ""


def look_well(page: Page, heading: str) -> None:
    """The page is there, fits, can be read, and says nothing of anybody in its title and address."""
    page.get_by_role("heading", name=heading).wait_for()
    assert overflowing(page) == []
    assert axe_findings(page) == []
    assert not [word for word in (WORDING, NOTE, "Parry", "SD-26") if word in page.title() + page.url]


def press(page: Page, button: str) -> None:
    tab_to(page, button)
    page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    """By keyboard alone, as a screen reader would name it; what has the focus must be seen to have it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const it = document.activeElement;
                const ring = getComputedStyle(it).outlineStyle !== "none" || getComputedStyle(it).boxShadow !== "none";
                return [(it.labels?.[0] ?? it).innerText.trim().replace(/\\s+/g, " "), ring];
            }"""
        )
        if focused[0] == name:
            assert focused[1], f"nobody sees that {name!r} has the focus"
            return
    raise AssertionError(f"no way by keyboard to {name!r}")


def wait_for(look: Callable[[], list[str]]) -> list[str]:
    gives_up_at = time.monotonic() + WAITS_SECONDS
    while not (found := look()):
        assert time.monotonic() < gives_up_at, "no mail came"
        time.sleep(0.05)
    return found


def agree(service: Service) -> Action:
    """An action for somebody who has no Teams, as its chair writes it down."""

    def use_case(means: Means) -> Action:
        chair, owner = named(means, CHAIR), named(means, OWNER)
        discussion = keep_discussion(means, chair)
        new = NewAction(discussion, WORDING, owner.id, due_at=means.now + timedelta(days=2))
        return record_action(means, chair, new)

    database, numbers = service.open_database(), count()
    calendar, practice = EnglandBankHolidays(), standard_practice()
    made = TransactionsInSql(database, practice, calendar, now, lambda: f"e2e-{next(numbers)}")
    action = made.run_now(use_case)
    database.close()
    return action


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def named(means: Means, name: str) -> Person:
    (found,) = means.store.people.named(name)
    return found


def keep_discussion(means: Means, chair: Person) -> DiscussionId:
    id, at = DiscussionId("d-e2e"), means.now
    discussion = Discussion(
        id=id,
        reference="SD-26-0412",
        kind=DiscussionKind.INITIAL,
        urgency="U2",
        harms=("PHY",),
        decided_at=at,
        window_ends=at,
        starts_at=at,
        form=Form.VIDEO,
        chair=chair.id,
        booker=chair.id,
        practice=means.practice.digest,
        state=DiscussionState.STARTED,
        started_at=at,
    )
    means.store.discussions.add(discussion, (), ())
    return id


def what_is_kept(service: Service, action: Action) -> tuple[Action, list[Deed]]:
    database = service.open_database()
    with database.transaction() as store:
        kept = store.actions.action(ActionId(action.id))
        deeds = [
            entry.deed
            for entry in store.trail.entries(action.discussion)
            if entry.deed not in (Deed.READ, Deed.SECURE_LINK)
        ]
        assert store.trail.is_unbroken()
    database.close()
    assert kept is not None
    return kept, deeds

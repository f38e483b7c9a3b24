"""Somebody who is asked and has no Teams, on a phone and by keyboard alone: a real mail, a report with a file, kept."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bot.bank_holidays import EnglandBankHolidays
from discussions.booking.book import tell_invitees
from discussions.booking.discussion import Discussion, DiscussionKind, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.sent import FileKind, Report
from discussions.ids import DiscussionId, InvitationId
from discussions.needs import Means
from storage.database import TransactionsInSql
from storage.practice_file import standard_practice
from tests.e2e.stage import Service
from tests.e2e.test_pages_in_browser import axe_findings, overflowing
from tests.e2e.test_secure_page_in_browser import (
    CHAIR,
    OWNER,
    OWNERS_MAIL,
    complaint,
    named,
    now,
    press,
    tab_to,
    wait_for,
)
from tests.e2e.test_secure_page_in_browser import page as page
from tests.e2e.test_secure_page_in_browser import server as server
from tests.e2e.test_secure_page_in_browser import service as service
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import codes_to, links_to
from tests.scenarios.calendars import entries_to

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SD, ASKED = DiscussionId("d-e2e"), InvitationId("i-e2e")
REPORT = "Always on time; a bruise in May"


def test_a_report_with_a_file_is_sent_by_keyboard_from_a_mail(
    service: Service, server: MailServerInTests, page: Page, tmp_path: Path
) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(complaint(said)))
    ask(service)
    page.goto(wait_for(lambda: links_to(server, OWNERS_MAIL))[-1])
    press(page, "Send me a code")
    look_well(page, "Enter the code we sent you")
    tab_to(page, "Code")
    page.keyboard.type(wait_for(lambda: codes_to(server, OWNERS_MAIL))[-1])
    page.keyboard.press("Enter")
    look_well(page, "You are asked, and have not answered yet")

    tab_to(page, "Coming You take part, and can decide for your agency")
    page.keyboard.press("ArrowDown")
    look_well(page, "You are asked, and have not answered yet")
    page.keyboard.press("ArrowDown")
    tab_to(page, "What your agency knows")
    page.keyboard.type(REPORT)
    tab_to(page, "Or attach one file")
    page.get_by_label("Or attach one file").set_input_files(scanned(tmp_path, "bruise.pdf", b"MZ not a PDF"))
    press(page, "Send to the chair")
    look_well(page, "That file can't be taken")
    page.get_by_label("Or attach one file").set_input_files(scanned(tmp_path, "bruise.pdf", b"%PDF-1.7 scanned"))
    press(page, "Send to the chair")
    look_well(page, "Thank you. Your answer is kept")
    press(page, "Leave the page")

    [sent] = what_is_kept(service)
    assert (sent.words, sent.kind, sent.size) == (REPORT, FileKind.PDF, 16)
    [entry] = entries_to(server, OWNERS_MAIL)
    assert entry.vevent.summary.value == "Multi-agency meeting SD-26-0412"
    assert [one for one in complaints if one] == []
    log = service.log.read_text()
    assert not [word for word in ("bruise", OWNER, "Parry", "/secure/") if word in log]


def look_well(page: Page, words: str) -> None:
    page.get_by_text(words).first.wait_for()
    assert overflowing(page) == []
    assert axe_findings(page) == []
    assert not [word for word in ("bruise", "Parry", "SD-26") if word in page.title() + page.url]


def scanned(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def ask(service: Service) -> None:
    """Somebody is asked who has no Teams, as a booking does."""

    def use_case(means: Means) -> None:
        chair, owner = named(means, CHAIR), named(means, OWNER)
        starts_at = means.now + timedelta(hours=5)
        discussion = Discussion(
            id=SD,
            reference="SD-26-0412",
            kind=DiscussionKind.INITIAL,
            urgency="U2",
            harms=("PHY",),
            decided_at=means.now,
            window_ends=starts_at,
            starts_at=starts_at,
            form=Form.VIDEO,
            chair=chair.id,
            booker=chair.id,
            practice=means.practice.digest,
        )
        invitation = Invitation(ASKED, SD, owner.agency, None, owner.id)
        means.store.discussions.add(discussion, (), (invitation,))
        tell_invitees(means, chair, [invitation])

    database, numbers = service.open_database(), count()
    calendar, practice = EnglandBankHolidays(), standard_practice()
    TransactionsInSql(database, practice, calendar, now, lambda: f"e2e-{next(numbers)}").run_now(use_case)
    database.close()


def what_is_kept(service: Service) -> list[Report]:
    database = service.open_database()
    with database.transaction() as store:
        one = store.discussions.invitation(ASKED)
        assert one is not None
        assert one.answer is InvitationAnswer.INFORMATION
        found = list(store.reports.of(SD))
        assert store.trail.is_unbroken()
    database.close()
    return found

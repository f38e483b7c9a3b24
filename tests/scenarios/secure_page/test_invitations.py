"""The story of those who answer an invitation without Teams: a code, when and how, what to bring, and every answer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import aiohttp
import pytest

from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.sent import FileKind, Report
from discussions.trail import Deed
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, codes_to, links_to
from tests.scenarios.calendars import entries_to
from tests.scenarios.people import person_id
from tests.scenarios.reading import text
from tests.scenarios.story import link_in
from tests.scenarios.test_invitations_by_mail import (
    HELENS_MAIL,
    OFFICE,
    REFERENCE,
    book,
    chair_says,
    discussion,
)
from tests.scenarios.without_teams import enter
from tests.scenarios.world import World

SEND = "Send to the chair"
ABOUT_THE_CHILD = ("AB", "14/05", "2019", "hysical", "2026-11-24T")
PDF = b"%PDF-1.7\n" + b"confidential " * 500
JOIN = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc or ring 0117 496 0111, PIN 4421; ask for room 3"


def word(*parts: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for part in ("[Content_Types].xml", "word/document.xml", *parts):
            archive.writestr(part, "<w/>")
    return file.getvalue()


def invitation(world: World, address: str) -> Invitation:
    asked: list[Invitation] = world.look(
        lambda store: list(store.discussions.invitations(store.discussions.by_reference(REFERENCE).id))
    )
    return next(one for one in asked if (one.desk == "office" if address == OFFICE else one.person == HELEN))


HELEN = person_id("Helen Marsh")


def reports(world: World) -> list[Report]:
    found: list[Report] = world.look(lambda store: list(store.reports.of(store.discussions.by_reference(REFERENCE).id)))
    return found


async def invited(world: World, server: MailServerInTests, address: str = HELENS_MAIL) -> Browser:
    await book(world, join=JOIN, asks="Helen Marsh, School office")
    return Browser(world.web_base, links_to(server, address)[-1])


async def send(browser: Browser, content: bytes, name: str, **typed: str) -> int:
    """Presses Send with a file chosen, as browsers do."""
    form = browser.seen.form(SEND)
    data = aiohttp.FormData()
    for field, value in (form.fields | {"do": "answer"} | typed).items():
        if field != "file":
            data.add_field(field, value)
    data.add_field("file", BytesIO(content), filename=name, content_type="application/octet-stream")
    await browser._take(browser.client.post(browser.url, data=data))
    return browser.status


async def test_the_page_says_when_how_and_what_to_bring_and_nothing_of_the_child(
    world: World, server: MailServerInTests
) -> None:
    async with await invited(world, server) as helen:
        await helen.open()
        assert REFERENCE not in helen.seen.html
        await enter(world, server, helen, HELENS_MAIL)

        words = helen.seen.words
        for said in (
            f"Multi-agency meeting {REFERENCE}",
            "Tuesday 24 November 2026, 14:00",
            "video, 60 minutes",
            "ask for room 3",
            "Avon and Somerset Police, as Helen Marsh",
            "convictions",
            "Priya Nair",
            "0117 496 0101",
            "You are asked, and have not answered yet",
        ):
            assert said in words, said
        assert not [one for one in ABOUT_THE_CHILD if one in words]
        assert helen.seen.form(SEND).radios == ["coming", "deputy", "information_only", "no_record", "not_coming"]


async def test_coming_is_kept_and_stands_in_the_calendar_already(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        kept = await helen.press(SEND, answer="coming")

        assert "Thank you. Your answer is kept" in kept.words
        one = invitation(world, HELENS_MAIL)
        assert (one.answer, one.answered_by, one.on_behalf) == (InvitationAnswer.COMING, HELEN, False)
        assert "✓ You are coming" in (await helen.open()).words
        await world.settle()
        assert len(entries_to(server, HELENS_MAIL)) == 1
    assert "Helen Marsh: coming" in await chair_says(world, f"open {REFERENCE}")
    deeds = world.look(lambda store: [entry.deed for entry in store.trail.entries(discussion_id(store))])
    assert Deed.PAGE_ANSWERED in deeds


def discussion_id(store: object) -> str:
    found: str = store.discussions.by_reference(REFERENCE).id  # type: ignore[attr-defined]
    return found


async def test_a_deputy_is_chosen_from_the_agency_or_named(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        assert set(helen.seen.form(SEND).lists["deputy"]) == {
            "Somebody else, named below",
            "Kit Rowe, Detective constable",
        }
        nobody = await helen.press(SEND, answer="deputy")
        assert "Please give the name and role of the person you send." in nobody.words
        kept = await helen.press(SEND, answer="deputy", **{"deputy-words": "Lee Tan, DC"})
        assert "You have not said that they may decide" in kept.words
        await helen.open()
        kept = await helen.press(SEND, answer="deputy", deputy=person_id("Kit Rowe"), may_decide="yes")
        assert "They are asked and told." in kept.words
    await world.settle()
    one = invitation(world, HELENS_MAIL)
    assert (one.deputy, one.may_decide, one.words) == (person_id("Kit Rowe"), True, "Kit Rowe, Detective constable")
    assert len(links_to(server, "kit.rowe@police.example")) == 1


async def test_at_a_desks_mailbox_whoever_answers_says_who_they_are(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server, OFFICE) as office:
        await enter(world, server, office, OFFICE)
        unsaid = await office.press(SEND, answer="no_record")
        assert "Please give your name" in unsaid.words
        assert invitation(world, OFFICE).answer is InvitationAnswer.ASKED
        await office.press(SEND, answer="no_record", name="Jo Smith", role="Office manager")
    one = invitation(world, OFFICE)
    assert (one.answer, one.on_behalf) == (InvitationAnswer.NO_RECORD, False)
    seen = await chair_says(world, f"open {REFERENCE}")
    assert "School office: holds no record, nobody in the room" in seen


async def test_a_report_is_written_and_read_by_the_chair(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        kept = await helen.press(SEND, answer="information_only", report="Two visits.\r\nNo arrests.")
        assert "Nobody else is shown it." in kept.words
        again = await helen.open()
        assert "1 sent. Only the chair and the minute-taker read it." in again.words
        assert "Two visits" not in again.words
    assert [one.words for one in reports(world)] == ["Two visits.\nNo arrests."]
    read = await chair_says(world, f"reports {REFERENCE}")
    assert "Two visits." in read
    assert "Sent by Avon and Somerset Police" in read


@pytest.mark.parametrize(
    ("content", "kind", "media"),
    [
        (PDF, FileKind.PDF, "application/pdf"),
        (word(), FileKind.WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000, FileKind.PNG, "image/png"),
    ],
    ids=["pdf", "word", "a large png"],
)
async def test_a_file_comes_back_to_the_chair_as_it_was_once_and_under_our_name(
    world: World, server: MailServerInTests, content: bytes, kind: FileKind, media: str
) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        assert await send(helen, content, "AB born 14-05-2019.exe", answer="information_only") == 200
        assert await send_again(helen, content) == 200

    [one] = reports(world)
    assert (one.kind, one.size, one.words) == (kind, len(content), None)
    shown = await world.chat("Priya Nair").say(f"reports {REFERENCE}")
    url = link_in(shown.card).replace("http://127.0.0.1:3978", world.web_base)
    async with aiohttp.ClientSession() as browser:
        async with browser.post(url, headers={"Origin": "http://127.0.0.1:3978"}) as fetched:
            assert fetched.status == 200
            assert await fetched.read() == content
            assert fetched.headers["Content-Type"].startswith(media)
            assert fetched.headers["Content-Disposition"] == f'attachment; filename="{REFERENCE}-report-1.{kind.value}"'
            assert fetched.headers["X-Content-Type-Options"] == "nosniff"
            assert fetched.headers["Content-Security-Policy"] == "default-src 'none'"
        async with browser.post(url, headers={"Origin": "http://127.0.0.1:3978"}) as again:
            assert again.status == 410


async def send_again(browser: Browser, content: bytes) -> int:
    """As after a press on "reload": the same once more."""
    await browser.open()
    return await send(browser, content, "x.pdf", answer="information_only")


@pytest.mark.parametrize(
    "content",
    [b"MZ" + b"\0" * 100, b"<html><script>1</script>", b"PK\x03\x04 broken", word("word/vbaProject.bin"), b"#!/bin/sh"],
    ids=["program", "html", "broken zip", "macros", "script"],
)
async def test_what_may_run_is_refused_and_what_was_written_stays(
    world: World, server: MailServerInTests, content: bytes
) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        status = await send(helen, content, "report.pdf", answer="information_only", report="Seen in May.")

        assert status == 422
        assert "That file can't be taken" in helen.seen.words
        assert helen.seen.form(SEND).fields["report"] == "Seen in May."
    assert reports(world) == []
    assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.ASKED


async def test_a_file_that_is_too_large_is_said_so_and_what_was_written_stays(
    world: World, server: MailServerInTests
) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        status = await send(
            helen, b"%PDF-" + b"x" * 4_000_001, "a.pdf", answer="information_only", report="Seen in May."
        )
        assert status == 422
        assert "That file is larger than 4 MB." in helen.seen.words
        assert helen.seen.form(SEND).fields["report"] == "Seen in May."
        assert await send(helen, b"%PDF-" + b"x" * 17_000_000, "a.pdf", answer="information_only") == 413
    assert reports(world) == []


async def test_a_report_after_its_time_is_taken_and_its_sender_told_to_ring(
    world: World, server: MailServerInTests
) -> None:
    helen = await invited(world, server)
    world.clock.move_to(discussion(world).starts_at - timedelta(minutes=20))
    async with helen:
        await enter(world, server, helen, HELENS_MAIL)
        kept = await helen.press(SEND, answer="information_only", report="Two call-outs.")
        assert "It came after the time for reports: please ring the chair" in kept.words
    await world.settle()
    assert "late: after the time for reports" in text(world.heard("Priya Nair")[-1].card)


async def test_a_closed_or_cancelled_meeting_says_so_and_takes_nothing(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        form = helen.seen.form(SEND).fields
        await chair_says(world, f"cancel discussion {REFERENCE} error; safe: at home, seen today")
        assert discussion(world).state is DiscussionState.CANCELLED

        late = await helen.post(**form, do="answer", answer="coming")
        assert helen.status == 409
        assert f"{REFERENCE} is no longer open for answers." in late.words
        seen = await helen.open()
        assert "○ This meeting is cancelled" in seen.words
        assert not [one for one in seen.forms if SEND in one.buttons]
    assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.ASKED


async def test_an_answer_to_what_has_changed_meanwhile_says_who_was_first(
    world: World, server: MailServerInTests
) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        form = helen.seen.form(SEND).fields
        await chair_says(world, f"answer for {REFERENCE} Helen Marsh: not coming in court")

        late = await helen.post(**form, do="answer", answer="coming")

        assert helen.status == 409
        assert "This invitation has been answered or changed since, by Priya Nair." in late.words
    assert invitation(world, HELENS_MAIL).answer is InvitationAnswer.NOT_COMING


async def test_whoever_is_not_asked_any_more_finds_the_page_closed(world: World, server: MailServerInTests) -> None:
    async with await invited(world, server) as helen:
        await enter(world, server, helen, HELENS_MAIL)
        await helen.press(SEND, answer="deputy", deputy=person_id("Kit Rowe"), may_decide="yes")
        await world.settle()
        kits = "kit.rowe@police.example"
        async with Browser(world.web_base, links_to(server, kits)[-1]) as kit:
            await enter(world, server, kit, kits)
            form = kit.seen.form(SEND).fields
            await helen.open()
            await helen.press(SEND, answer="coming")

            await kit.post(**form, do="answer", answer="coming")
            assert kit.status in (403, 422)
            assert len(codes_to(server, kits)) == 1
            await kit.open()
            async with Browser(world.web_base, links_to(server, kits)[-1]) as anew:
                await anew.open()
                await anew.press("Send me a code")
                await world.settle()
    assert len(codes_to(server, kits)) == 1

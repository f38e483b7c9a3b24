"""Invitations by mail: who gets one, what stands in it, and what becomes of it in a calendar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import plain
from tests.scenarios.calendars import CalendarOfSomebody, calendar_in, entries_to
from tests.scenarios.people import person_id
from tests.scenarios.reading import text
from tests.scenarios.world import World

REFERENCE = "SD-26-0412"
TITLE = f"Multi-agency meeting {REFERENCE}"
JOIN = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc"
HELENS_MAIL, TOMS_MAIL = "helen.marsh@police.example", "tom.bexley@health.example"
DESKS = ("nurses@desk.example", "lighthouse@desk.example")
OFFICE, GRACES_MAIL = "office@desk.example", "grace.lindo@school.example"


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        await world.install("Priya Nair")
        yield world


async def book(world: World, *, join: str = f"{JOIN} or ring 0117 496 0111, PIN 4421", asks: str) -> Discussion:
    chat = world.chat("Priya Nair")
    await chat.say("book")
    for words in (REFERENCE, "AB 14/05/2019", "physical, U2", "today 2pm", "chair me", asks, "next", "book it"):
        await chat.say(words)
    await world.run(lambda means: with_details(means, join))
    await world.settle()
    return discussion(world)


def with_details(means: Means, join: str) -> None:
    """Before anything goes out, as the booking's form does."""
    one = means.store.discussions.by_reference(REFERENCE)
    assert one is not None
    means.store.discussions.save(replace(one, join_details=join))


def mails_to(server: MailServerInTests, address: str) -> list[EmailMessage]:
    return [mail for mail in server.mails if mail["To"] == address]


def discussion(world: World) -> Discussion:
    found: Discussion = world.look(lambda store: store.discussions.by_reference(REFERENCE))
    return found


async def chair_says(world: World, words: str) -> str:
    answer = await world.chat("Priya Nair").say(words)
    await world.settle()
    return text(answer.card)


async def test_whoever_has_no_teams_is_asked_by_mail_with_an_entry_for_the_calendar(
    world: World, server: MailServerInTests
) -> None:
    await book(world, asks="Helen Marsh")

    [mail] = mails_to(server, HELENS_MAIL)
    assert mail["Subject"] == TITLE
    words = plain(mail)
    for said in ("Tuesday 24 November 2026, 14:00, for 60 minutes", JOIN, "0117 496 0111, code 4421", "/secure/"):
        assert said in words
    assert "Accept or Decline in your calendar only marks it there. It answers nobody here" in words
    calendar = calendar_in(mail)
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.summary.value == TITLE
    assert event.attendee.value == f"mailto:{HELENS_MAIL}"
    assert event.organizer.value == "mailto:chairside@bristol.example"
    assert event.dtstart.value == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=60)
    assert (event.location.value, event.url.value) == (JOIN, JOIN)
    assert "/secure/" in event.description.value


async def test_alternatives_stand_from_plain_to_calendar_and_the_file_beside_them(
    world: World, server: MailServerInTests
) -> None:
    await book(world, asks="Helen Marsh")

    [mail] = mails_to(server, HELENS_MAIL)
    alternatives, file = mail.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")


async def test_a_desk_is_written_to_at_its_mailbox_and_not_each_of_its_people_besides(
    world: World, server: MailServerInTests
) -> None:
    await book(world, asks="School office")

    assert GRACES_MAIL not in server.recipients
    [calendar] = entries_to(server, OFFICE)
    assert calendar.vevent.attendee.value == f"mailto:{OFFICE}"
    assert "Grace" not in mails_to(server, OFFICE)[0].as_string()


async def test_whoever_of_a_desk_says_in_teams_that_they_come_gets_it_into_their_own_calendar(
    world: World, server: MailServerInTests
) -> None:
    await world.install("Grace Lindo")
    await book(world, asks="School office")
    assert GRACES_MAIL not in server.recipients

    await world.chat("Grace Lindo").say(f"coming {REFERENCE}")
    await world.settle()

    [mail] = mails_to(server, GRACES_MAIL)
    assert "You have this invitation in Teams" in plain(mail)
    mine, desks = calendar_in(mail).vevent, entries_to(server, OFFICE)[0].vevent
    assert mine.attendee.params["PARTSTAT"] == ["ACCEPTED"]
    assert mine.uid.value == desks.uid.value


async def test_whoever_has_the_card_in_teams_gets_the_entry_too_and_is_not_asked_twice(
    world: World, server: MailServerInTests
) -> None:
    await world.install("Helen Marsh")
    await book(world, asks="Helen Marsh")

    [mail] = mails_to(server, HELENS_MAIL)
    assert "You are asked" in text(world.heard("Helen Marsh")[-1].card)
    assert mail["Subject"] == TITLE
    assert "You have this invitation in Teams. This mail only brings it to your calendar." in plain(mail)
    assert "/secure/" not in mail.as_string()
    assert "/secure/" not in calendar_in(mail).vevent.description.value


async def test_a_moved_meeting_moves_in_the_calendar_and_a_cancelled_one_leaves_it(
    world: World, server: MailServerInTests
) -> None:
    booked = await book(world, asks="Helen Marsh")
    theirs = CalendarOfSomebody()
    theirs.take(entries_to(server, HELENS_MAIL)[-1])

    later = booked.starts_at + timedelta(hours=2)
    await chair_says(world, f"move {REFERENCE} to today 4pm because the interpreter is late")

    changed = mails_to(server, HELENS_MAIL)[-1]
    assert changed["Subject"] == f"Changed: {TITLE}"
    assert "Please answer, also if you had before." in plain(changed)
    theirs.take(entries_to(server, HELENS_MAIL)[-1])
    [event] = theirs.standing
    assert (event.dtstart.value, event.sequence.value) == (later, "1")

    await chair_says(world, f"cancel discussion {REFERENCE} error; safe: at home, seen today")
    assert world.look(lambda store: store.secure_links.live(world.clock.now())) == []

    cancelled = mails_to(server, HELENS_MAIL)[-1]
    assert cancelled["Subject"] == f"Cancelled: {TITLE}"
    assert "/secure/" not in cancelled.as_string()
    calendar = calendar_in(cancelled)
    assert (calendar.method.value, calendar.vevent.sequence.value) == ("CANCEL", "2")
    theirs.take(calendar)
    assert theirs.standing == []


@pytest.mark.parametrize("in_teams", [False, True])
async def test_a_new_link_comes_into_the_calendar(world: World, server: MailServerInTests, in_teams: bool) -> None:
    await world.install(*["Helen Marsh"] * in_teams)
    await book(world, asks="Helen Marsh")
    theirs = CalendarOfSomebody()
    theirs.take(entries_to(server, HELENS_MAIL)[-1])

    await chair_says(world, f"move {REFERENCE} join {JOIN}-new because the old link broke")

    changed = mails_to(server, HELENS_MAIL)[-1]
    assert changed["Subject"] == f"Changed: {TITLE}"
    assert "Please answer, also if you had before." in plain(changed)
    assert ("Teams" in plain(changed)) is in_teams
    theirs.take(calendar_in(changed))
    [event] = theirs.standing
    assert (event.url.value, event.sequence.value) == (f"{JOIN}-new", "1")


async def test_what_was_cancelled_in_teams_is_taken_out_of_the_calendar_by_mail(
    world: World, server: MailServerInTests
) -> None:
    await world.install("Helen Marsh")
    await book(world, asks="Helen Marsh")

    await chair_says(world, f"cancel discussion {REFERENCE} error; safe: at home, seen today")

    assert [entry.method.value for entry in entries_to(server, HELENS_MAIL)] == ["REQUEST", "CANCEL"]


async def test_a_deputy_who_is_not_needed_any_more_loses_the_entry(world: World, server: MailServerInTests) -> None:
    await world.install("Helen Marsh")
    await book(world, asks="Helen Marsh")
    asked = world.heard("Helen Marsh")[-1]
    await world.chat("Helen Marsh").press(asked, "Say so", {"deputy_person": person_id("Kit Rowe")})
    await world.settle()
    kits = "kit.rowe@police.example"
    assert "/secure/" in plain(mails_to(server, kits)[-1])

    await world.chat("Helen Marsh").say(f"coming {REFERENCE}")
    await world.settle()

    asked_entry, taken_back = entries_to(server, kits)
    assert taken_back.method.value == "CANCEL"
    assert taken_back.vevent.uid.value == asked_entry.vevent.uid.value
    assert int(taken_back.vevent.sequence.value) > int(asked_entry.vevent.sequence.value)
    assert f"You are not asked to the multi-agency meeting {REFERENCE}" in plain(mails_to(server, kits)[-1])


async def test_a_mail_that_is_sent_again_is_the_same_mail_and_the_same_entry(
    world: World, server: MailServerInTests
) -> None:
    server.answers = ["hang up"] * 4
    await book(world, asks="Helen Marsh")
    for _ in range(6):
        world.clock.pass_by(minutes=1)
        await world.settle()

    sent = [mail for address in (HELENS_MAIL, *DESKS) for mail in [mails_to(server, address)] if len(mail) > 1]
    assert sent, "none was sent again"
    for first, *others in sent:
        known = calendar_in(first).vevent
        for again in others:
            event = calendar_in(again).vevent
            assert again["Message-ID"] == first["Message-ID"]
            assert (event.uid.value, event.sequence.value) == (known.uid.value, known.sequence.value)


async def test_a_desk_whose_mail_is_refused_is_told_to_the_chair_once(world: World, server: MailServerInTests) -> None:
    server.refused_recipients[OFFICE] = "550 nobody here"
    await book(world, asks="School office")

    assert mails_to(server, OFFICE) == []
    told = [text(message.card) for message in world.heard("Priya Nair") if "Not reached" in text(message.card)]
    assert len(told) == 1
    assert "School office" in told[0]
    about = {"discussion": discussion(world).id}
    states = {line.state for line in world.look(lambda store: store.outbox.ledger(about))}
    assert DeliveryState.UNREACHABLE in states


async def test_details_that_are_no_link_and_no_number_stay_behind_the_code(
    world: World, server: MailServerInTests
) -> None:
    await book(world, join="At Hillside Primary, ask for AB's class teacher", asks="Helen Marsh")

    [mail] = mails_to(server, HELENS_MAIL)
    assert "How to join stands on the page." in plain(mail)
    written = mail.as_string() + plain(mail) + str(calendar_in(mail))
    assert "Hillside" not in written
    assert calendar_in(mail).vevent.location.value == "How to join: see the secure page"


@pytest.mark.parametrize(
    ("now", "typed", "utc"),
    [
        (datetime(2026, 10, 23, 9, 0, tzinfo=UTC), "26/10/2026 10:00", datetime(2026, 10, 26, 10, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "02/07/2026 10:00", datetime(2026, 7, 2, 9, 0, tzinfo=UTC)),
        (datetime(2027, 3, 26, 9, 0, tzinfo=UTC), "29/03/2027 10:00", datetime(2027, 3, 29, 9, 0, tzinfo=UTC)),
    ],
)
async def test_the_start_is_right_in_winter_in_summer_and_across_both_changes(
    make_url: MakeUrl, server: MailServerInTests, now: datetime, typed: str, utc: datetime
) -> None:
    async with World(make_url(), at=now, settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        await world.install("Priya Nair")
        chat = world.chat("Priya Nair")
        for words in ("book", REFERENCE, "AB 14/05/2019", "physical, U3", typed, "chair me", "Helen Marsh", "next"):
            await chat.say(words)
        await chat.say("book it")
        await world.settle()

        assert entries_to(server, HELENS_MAIL)[0].vevent.dtstart.value == utc
        assert "10:00" in plain(mails_to(server, HELENS_MAIL)[0])


async def test_chair_and_minute_taker_have_it_in_their_calendars_too_and_it_follows(
    world: World, server: MailServerInTests
) -> None:
    await world.install("Joan Priest")
    priyas, joans = "priya.nair@csc.example", "joan.priest@csc.example"
    await book(world, asks="Helen Marsh")
    [mail] = mails_to(server, priyas)
    assert "You chair it or take its minutes." in plain(mail)
    assert "/secure/" not in mail.as_string()
    theirs, joans_calendar = CalendarOfSomebody(), CalendarOfSomebody()
    theirs.take(calendar_in(mail))
    [event] = theirs.standing
    assert "priya" not in f"{event.uid.value}{event.description.value}".lower()
    assert event.attendee.value == f"mailto:{priyas}"

    await chair_says(world, f"move {REFERENCE} to today 4pm because the interpreter is late")
    theirs.take(entries_to(server, priyas)[-1])
    [event] = theirs.standing
    assert event.dtstart.value == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)

    await chair_says(world, f"hand over {REFERENCE} to Joan Priest")
    await world.chat("Joan Priest").say(f"take over {REFERENCE}")
    await world.settle()
    theirs.take(entries_to(server, priyas)[-1])
    joans_calendar.take(entries_to(server, joans)[-1])
    assert theirs.standing == []
    assert len(joans_calendar.standing) == 1
    assert "It is not yours to chair or to minute any more." in plain(mails_to(server, priyas)[-1])


async def test_whoever_has_said_no_before_the_entry_went_gets_none(world: World, server: MailServerInTests) -> None:
    await world.install("Helen Marsh")
    server.refused_recipients[HELENS_MAIL] = "451 later"
    await book(world, asks="Helen Marsh")
    await world.chat("Helen Marsh").say(f"no record {REFERENCE}")

    del server.refused_recipients[HELENS_MAIL]
    for _ in range(6):
        world.clock.pass_by(minutes=1)
        await world.settle()

    assert mails_to(server, HELENS_MAIL) == []

"""Feeds become slots, again and again: what breaks keeps the last good ones, and is said to those who keep them."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.metrics import Counts, write_metrics
from bot.slot_feeds.fault import FeedFault
from bot.slot_feeds.fetching import FeedClient
from bot.slot_feeds.following import SlotFeeds
from bot.slot_feeds.reading import read_apart
from discussions.people import DeskId, Right
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound
from discussions.slots.feed import FeedProblem, FeedTerms
from discussions.slots.feeding import to_look_at
from discussions.slots.rows import SlotRow
from discussions.slots.seeing import slots_of
from storage.database import Database, TransactionsInSql
from storage.feed_file import WantedFeed
from storage.practice_file import standard_practice
from tests.bot.slot_feeds.calendar_server import (
    CalendarServer,
    answer_half,
    answer_slowly,
    answering,
    calendar,
    calendar_server,
    event,
)
from tests.discussions.slots.rota import IDS, NOW, POLICE, at, fill, means_with, slot_at, somebody, take
from tests.doubles import CalendarOfDays

SOON = aiohttp.ClientTimeout(total=0.5)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


class Following:
    """One service that follows the feed of the police desk, on a database of its own or shared."""

    def __init__(self, database: Database, server: CalendarServer, clock: Clock) -> None:
        self.database = database
        self.server = server
        self.clock = clock
        self.counts = Counts()
        self.woken = 0
        self.wanted = WantedFeed(POLICE.id, server.address, FeedTerms(reserved=0))
        self.feeds = self.make()

    def make(self) -> SlotFeeds:
        transactions = TransactionsInSql(self.database, standard_practice(), CalendarOfDays(), self.clock, IDS)
        client = FeedClient(ssl.create_default_context, is_local=True, timeout=SOON)
        return SlotFeeds(transactions, [self.wanted], client, self.clock, self.wake, self.counts)

    def wake(self) -> None:
        self.woken += 1

    async def look(self, after: timedelta = timedelta()) -> list[str]:
        self.clock.pass_by(after)
        await self.feeds.look()
        return self.slots()

    def slots(self) -> list[str]:
        with self.database.transaction() as store:
            return [str(one) for one in slots_of(means_with(store, self.clock.now), POLICE.id)]

    def said(self) -> list[Message]:
        with self.database.transaction() as store:
            claimed = store.outbox.claim(self.clock.now + timedelta(days=9), 50, timedelta(minutes=1), "test")
            return [one.message for one in claimed if one.message.kind is MessageKind.SLOTS_TO_LOOK_AT]


@pytest_asyncio.fixture
async def following(database: Database) -> AsyncIterator[Following]:
    with database.transaction() as store:
        fill(store)
    async with calendar_server() as server:
        yield Following(database, server, Clock())


QUARTER = timedelta(minutes=15)
TWO = "Thu 3 Dec, 14:00, 60 min · 1 free"
THREE = "Thu 3 Dec, 15:00, 60 min · 1 free"


async def test_events_become_slots_and_follow_the_calendar_when_it_is_due_again(following: Following) -> None:
    assert await following.look() == [TWO]

    following.server.content = calendar(event("20261203T150000Z"))
    following.server.answer = answering(200, following.server.content, Content_Type="text/calendar")
    assert await following.look(timedelta(minutes=14)) == [TWO]
    assert await following.look(timedelta(minutes=1)) == [THREE]
    assert following.counts.slot_feeds == {"read": 2}


async def test_what_has_not_changed_is_not_read_again_until_a_day_has_passed(following: Following) -> None:
    await following.look()
    await following.look(QUARTER)
    await following.look(timedelta(hours=24))

    assert following.counts.slot_feeds == {"read": 2, "unchanged": 1}
    assert following.slots() == [TWO]


async def test_a_new_address_or_new_terms_are_looked_at_at_once_and_without_the_old_tag(following: Following) -> None:
    await following.look()
    following.wanted = replace(following.wanted, terms=FeedTerms(minutes=30, reserved=0))
    following.feeds = following.make()

    assert await following.look(timedelta(seconds=1)) == [
        "Thu 3 Dec, 14:00, 30 min · 1 free",
        "Thu 3 Dec, 14:30, 30 min · 1 free",
    ]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (answering(404), FeedProblem.NOT_THERE),
        (answering(500), FeedProblem.SERVER_FAULT),
        (answer_slowly, FeedProblem.TOO_SLOW),
        (answer_half, FeedProblem.CUT_OFF),
        (answering(200, b"\x00\xff garbage"), FeedProblem.NOT_A_CALENDAR),
        (answering(200, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), FeedProblem.CUT_OFF),
        (
            answering(200, calendar(event("20261203T140000Z", "one", "RRULE:FREQ=SECONDLY"))),
            FeedProblem.TOO_MANY,
        ),
    ],
)
async def test_a_feed_that_breaks_keeps_the_last_good_slots_and_names_why(
    following: Following, answer: object, problem: FeedProblem
) -> None:
    await following.look()
    following.server.answer = answer  # type: ignore[assignment]

    assert await following.look(QUARTER) == [TWO]
    assert following.counts.slot_feeds == {"read": 1, problem.value: 1}
    assert following.said() == []


async def test_after_three_failures_the_leads_and_administrators_are_told_once_and_it_shows_in_a_metric(
    following: Following,
) -> None:
    await following.look()
    following.server.answer = answering(404)
    for pause in (15, 15, 30, 60):
        await following.look(timedelta(minutes=pause))

    with following.database.transaction() as store:
        told = {somebody(store, "Ian Calder").id, *(one.id for one in store.people.holding(Right.ADMINISTER))}
    assert sorted(str(message.recipient) for message in following.said()) == sorted(told)
    assert following.woken == 1
    assert b"chairside_slot_feeds_failing 1.0" in write_metrics(following.counts, None, following.clock.now)
    assert b'chairside_slot_feeds_total{outcome="not there"} 4.0' in write_metrics(
        following.counts, None, following.clock.now
    )


async def test_what_fails_is_asked_less_and_less_often_and_once_it_works_all_is_well(following: Following) -> None:
    following.server.answer = answering(500)
    asked = []
    for minute in range(12 * 60):
        before = len(following.server.asked)
        await following.look(timedelta(minutes=1))
        asked += [minute] if len(following.server.asked) > before else []

    assert asked == [0, 15, 45, 105, 225, 465, 705]
    following.server.answer = None
    assert await following.look(timedelta(hours=4)) == [TWO]
    assert following.counts.feeds_failing == 0
    with following.database.transaction() as store:
        lead = somebody(store, "Ian Calder")
        with pytest.raises(NotFound):
            to_look_at(means_with(store), lead, POLICE.id)


async def test_a_taken_slot_that_is_gone_from_the_calendar_stays_with_who_has_it_and_is_said_once(
    following: Following,
) -> None:
    await following.look()
    with following.database.transaction() as store:
        discussion = take(store, slot_at(store, at(3, 14)))
    following.server.answer = answering(200, calendar(event("20261203T150000Z")))

    assert await following.look(QUARTER) == ["Thu 3 Dec, 14:00, 60 min · 0 free · 1 taken · withdrawn", THREE]
    await following.look(QUARTER)

    [message] = following.said()
    with following.database.transaction() as store:
        lead = somebody(store, "Ian Calder")
        seen = to_look_at(means_with(store), lead, POLICE.id)
        with pytest.raises(NotFound):
            to_look_at(means_with(store), somebody(store, "Priya Nair"), POLICE.id)
    assert message.recipient == lead.id
    assert [one.taken for one in seen.gone] == [(discussion.id,)]
    assert seen.problem is None


async def test_a_desk_that_the_directory_does_not_know_is_named_as_the_reason_and_nobody_is_asked(
    following: Following,
) -> None:
    following.wanted = replace(following.wanted, desk=DeskId("nowhere"))
    following.feeds = following.make()

    await following.look()

    assert following.counts.slot_feeds == {"no such desk": 1}
    assert following.server.asked == []


async def test_of_two_services_on_one_database_one_looks(following: Following) -> None:
    other = following.make()

    await following.feeds.look()
    await other.look()

    assert len(following.server.asked) == 1


async def test_logs_hold_ids_and_never_the_address_or_a_title(
    following: Following, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "chairside")
    secret = following.server.address.replace("calendar.ics", "s3cret/Jane-Doe.ics")
    following.wanted = WantedFeed(POLICE.id, secret, FeedTerms())
    following.feeds = following.make()
    for answer in (answering(500), answering(200, calendar(event("20261203T140000Z", "one", "SUMMARY:Jane Doe"))[:99])):
        following.server.answer = answer
        await following.look(timedelta(hours=1))

    assert len(caplog.records) == 2
    written = "\n".join(str(vars(record)) for record in caplog.records)
    assert POLICE.id in written
    assert not any(word in written for word in ("s3cret", "127.0.0.1", "Jane"))
    assert "s3cret" not in repr(following.wanted)


async def test_a_title_is_kept_nowhere(following: Following) -> None:
    following.server.answer = answering(
        200, calendar(event("20261203T140000Z", "one", "SUMMARY:Jane Doe", "DESCRIPTION:Elm Road", "LOCATION:Elm Road"))
    )

    await following.look()

    with following.database.transaction() as store:
        [slot] = store.slots.of_desk(POLICE.id, NOW)
        entries = store.trail.entries()
    assert not any(word in f"{slot}{entries}" for word in ("Jane", "Elm"))


# Reading apart


async def test_a_calendar_is_read_in_a_process_of_its_own_as_it_would_be_here() -> None:
    rows = await read_apart(calendar(event("20261203T140000Z")), POLICE.id, FeedTerms(capacity=2, reserved=1), NOW)

    assert rows == [SlotRow(POLICE.id, at(3, 14), 60, 2, 1)]


async def test_a_calendar_that_takes_too_long_is_given_up_and_its_process_ended() -> None:
    with pytest.raises(FeedFault) as fault:
        await read_apart(calendar(event("20261203T140000Z")), POLICE.id, FeedTerms(), NOW, seconds=0.01)

    assert fault.value.problem is FeedProblem.TOO_MANY


@pytest.mark.parametrize(
    "lines",
    [
        # found by nobody, since there is no such day: looked for until the year 9999
        ["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
        ["RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"],
    ],
)
async def test_a_rule_that_is_looked_for_without_end_holds_nothing_up(lines: list[str]) -> None:
    many = calendar(*(event("20261203T140000Z", f"{number}", *lines) for number in range(400)))

    with pytest.raises(FeedFault) as fault:
        await read_apart(many, POLICE.id, FeedTerms(), NOW, seconds=3)

    assert fault.value.problem is FeedProblem.TOO_MANY

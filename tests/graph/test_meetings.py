"""Teams meetings for discussions, through a Graph of our own over real HTTP: made once, moved, removed; its faults."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from discussions.booking.discussion import Discussion
from discussions.meetings.meeting import Meeting, MeetingState
from tests.conftest import MakeUrl
from tests.graph.local_graph import TEAMS_APP, Fault, LocalGraph
from tests.mail_server import MailServerInTests
from tests.scenarios.reading import text
from tests.scenarios.world import World

CHAIR = "chair Priya Nair, minutes Ruth Adeyemi"
LINK = "https://teams.microsoft.com/l/meetup-join/19%3Ameeting_1%40thread.v2/0?context=%7b%7d"
OTHER = "https://teams.microsoft.com/l/meetup-join/other"
MOVE = "move SD-26-0412 to today 5pm because the police can't come"


@pytest.fixture
async def graph() -> AsyncIterator[LocalGraph]:
    async with LocalGraph() as graph:
        yield graph


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, graph: LocalGraph, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url, **graph.settings()}) as world:
        yield world


async def types(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    return text(shown.card)


async def book(world: World, when: str = "today 4pm") -> None:
    """By Sam, chaired by Priya. Helen has the app, Tom has mail alone."""
    await world.install("Sam Okoro", "Priya Nair", "Helen Marsh")
    start = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", when)
    await types(world, "Sam Okoro", *start, CHAIR, "Helen Marsh, Tom Bexley", "next", "book it")


def one(world: World) -> Discussion:
    found: Discussion = world.look(lambda store: store.discussions.by_reference("SD-26-0412"))
    return found


def meeting(world: World) -> Meeting:
    id = one(world).id
    found: Meeting = world.look(lambda store: store.meetings.find(id))
    return found


def cards(world: World, name: str, words: str = "") -> list[str]:
    shown = [text(world.chat(name).view(message)) for message in world.heard(name)]
    return [card for card in shown if words in card]


def mails_to_tom(server: MailServerInTests) -> list[bool]:
    """Whether each holds the link."""
    return [joins(mail) for mail in server.mails if "tom" in str(mail["To"])]


def joins(mail: EmailMessage) -> bool:
    part = mail.get_body(("plain",))
    assert part is not None
    return "teams.microsoft.com/l/meetup-join" in str(part.get_content())


async def after(world: World, **span: float) -> None:
    world.clock.pass_by(**span)
    await world.settle()


async def test_the_meeting_is_made_and_stands_in_the_first_card_and_the_first_mail(
    world: World, graph: LocalGraph, server: MailServerInTests
) -> None:
    await book(world)
    await world.settle()
    await after(world, seconds=2)

    [event] = graph.events.values()
    assert event["subject"] == "Multi-agency meeting SD-26-0412"
    assert event["start"] == {"dateTime": "2026-11-24T16:00:00", "timeZone": "UTC"}
    assert event["attendees"] == []
    assert (one(world).join_details, one(world).moved) == (LINK, 0)
    assert [f"Join: {LINK}" in card for card in cards(world, "Helen Marsh", "You are asked")] == [True]
    assert mails_to_tom(server) == [True]
    assert len(graph.tokens) == 1


async def test_an_invitation_does_not_wait_longer_than_a_few_seconds_and_the_link_follows(
    world: World, graph: LocalGraph, server: MailServerInTests
) -> None:
    graph.faults += [Fault(429, "TooManyRequests", retry_after=30)]
    await book(world)
    await world.settle()
    assert cards(world, "Helen Marsh", "You are asked") == []

    await after(world, seconds=8)
    assert ["Join:" in card for card in cards(world, "Helen Marsh", "You are asked")] == [False]
    await after(world, seconds=23)

    shown = cards(world, "Helen Marsh", "You are asked")
    assert [f"Join: {LINK}" in card for card in shown] == [True], "the same card, brought up to date"
    assert mails_to_tom(server) == [False, True]
    to_helen = [joins(mail) for mail in server.mails if "helen" in str(mail["To"])]
    assert to_helen == [False, True], "the entry in her calendar, and the same with the link"
    assert (one(world).moved, len(graph.events)) == (1, 1)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, does_it=True),
        Fault(504, does_it=True),
        Fault(hangs_up=True, does_it=True),
        Fault(500),
        Fault(503),
        Fault(409, "Conflict"),
    ],
    ids=["500, and done", "504, and done", "hung up, and done", "500", "503", "409"],
)
async def test_whatever_is_not_known_is_asked_again_and_makes_no_second_meeting(
    world: World, graph: LocalGraph, fault: Fault
) -> None:
    graph.faults += [fault, fault]
    await book(world)
    for _ in range(8):
        await world.settle()
        world.clock.pass_by(seconds=5)
    await world.settle()

    made = [body for method, _, body in graph.asked if method == "POST"]
    assert len(made) == 3
    assert len({body["transactionId"] for body in made}) == 1
    assert len(graph.events) == 1
    assert one(world).join_details == LINK


async def test_what_was_made_unheard_before_a_move_is_moved_when_it_is_known(world: World, graph: LocalGraph) -> None:
    graph.faults += [Fault(504, does_it=True)]
    await book(world)
    await world.settle()
    await types(world, "Priya Nair", MOVE)
    for _ in range(4):
        await after(world, seconds=5)

    [event] = graph.events.values()
    assert event["start"]["dateTime"] == "2026-11-24T17:00:00"
    assert [method for method, _, _ in graph.asked] == ["POST", "POST", "PATCH"]


async def test_a_token_that_is_taken_no_more_is_replaced_once(world: World, graph: LocalGraph) -> None:
    await book(world)
    await world.settle()
    graph.expire_tokens()

    await types(world, "Priya Nair", MOVE)
    await world.settle()

    [event] = graph.events.values()
    assert event["start"]["dateTime"] == "2026-11-24T17:00:00"
    assert [method for method, _, _ in graph.asked] == ["POST", "PATCH", "PATCH"]


async def test_without_consent_the_chair_and_booker_are_asked_for_a_link_and_paste_one(
    world: World, graph: LocalGraph
) -> None:
    graph.faults += [Fault(403, "ErrorAccessDenied")]
    await book(world)
    await world.settle()
    await after(world, seconds=9)

    assert meeting(world).state is MeetingState.REFUSED
    assert [len(cards(world, name, "There is no join link yet")) for name in ("Priya Nair", "Sam Okoro")] == [1, 1]
    assert len(cards(world, "Helen Marsh", "You are asked")) == 1, "nobody waits for it"

    priya = world.chat("Priya Nair")
    asked = next(message for message in world.heard("Priya Nair") if "no join link" in text(message.card))
    refused = await priya.press(asked, "Tell everybody", join_details="http://teams.example/x")
    assert "one with https" in text(refused.card)
    given = await priya.press(refused.card, "Tell everybody", join_details=OTHER)
    assert "Everybody is told how to join" in text(given.card)
    await world.settle()
    assert OTHER in cards(world, "Helen Marsh")[-1]
    assert [method for method, _, _ in graph.asked] == ["POST"], "a link is there, so none is made"


async def test_a_link_to_no_known_service_is_taken_and_pointed_out(world: World) -> None:
    await book(world)
    await world.settle()

    assert "Please look at this link again" in await types(world, "Priya Nair", "link SD-26-0412 https://x.example/1")
    assert one(world).join_details == "https://x.example/1"
    assert "Everybody is told how to join" in await types(world, "Priya Nair", f"join SD-26-0412 {OTHER}")
    assert one(world).join_details == OTHER


async def test_who_pastes_another_link_has_the_made_meeting_removed(world: World, graph: LocalGraph) -> None:
    await book(world)
    await world.settle()

    await types(world, "Priya Nair", f"link SD-26-0412 {OTHER}")
    await world.settle()

    assert graph.events == {}
    assert meeting(world).state is MeetingState.REMOVED


async def test_a_cancelled_discussion_takes_its_meeting_with_it(world: World, graph: LocalGraph) -> None:
    await book(world)
    await world.settle()

    await types(world, "Priya Nair", "cancel discussion SD-26-0412 threshold not met; safe: with grandparents")
    await world.settle()

    assert graph.events == {}
    assert [method for method, _, _ in graph.asked] == ["POST", "DELETE"]


async def test_what_was_made_unheard_before_a_cancelling_is_found_and_removed(world: World, graph: LocalGraph) -> None:
    graph.faults += [Fault(504, does_it=True)]
    await book(world)
    await world.settle()
    await types(world, "Priya Nair", "cancel discussion SD-26-0412 threshold not met; safe: with grandparents")
    for _ in range(4):
        await after(world, seconds=5)

    assert graph.events == {}
    assert [method for method, _, _ in graph.asked] == ["POST", "POST", "DELETE"]


async def test_a_meeting_that_somebody_took_out_of_the_calendar_is_made_anew_when_it_moves(
    world: World, graph: LocalGraph
) -> None:
    await book(world)
    await world.settle()
    graph.events.clear()

    await types(world, "Priya Nair", MOVE)
    await world.settle()
    await after(world, seconds=1)

    [event] = graph.events.values()
    assert event["start"]["dateTime"] == "2026-11-24T17:00:00"
    assert str(event["transactionId"]).endswith("-1")
    assert one(world).join_details == event["onlineMeeting"]["joinUrl"]


async def test_after_throttling_the_whole_host_is_left_alone_as_long_as_it_asked(
    world: World, graph: LocalGraph
) -> None:
    graph.faults += [Fault(429, "TooManyRequests", retry_after=60)]
    await book(world)
    await world.settle()
    second = ("book", "SD-26-0413", "CD 14/05/2018", "physical, U2", "today 3pm", CHAIR, "Helen Marsh, Tom Bexley")
    await types(world, "Sam Okoro", *second, "next", "book it")

    await after(world, seconds=20)
    assert len(graph.asked) == 1
    await after(world, seconds=41)

    assert len(graph.events) == 2


async def test_a_link_that_comes_a_moment_after_the_event_is_asked_for(world: World, graph: LocalGraph) -> None:
    graph.link_comes_late = True
    await book(world)
    await world.settle()

    assert [method for method, _, _ in graph.asked] == ["POST", "GET"]
    assert one(world).join_details == LINK


async def test_chairside_comes_into_the_chat_of_the_meeting_where_it_may(make_url: MakeUrl, graph: LocalGraph) -> None:
    settings = {**graph.settings(), "CHAIRSIDE_GRAPH_TEAMS_APP": TEAMS_APP}
    async with World(make_url(), settings=settings) as world:
        await book(world)
        await world.settle()

        assert graph.installed == ["19:meeting_1@thread.v2"]
        assert meeting(world).has_bot


async def test_what_is_written_down_or_asked_for_holds_nothing_of_the_matter(
    world: World, graph: LocalGraph, caplog: pytest.LogCaptureFixture
) -> None:
    graph.faults += [Fault(400, "ErrorInvalidRequest")]
    await book(world)
    await world.settle()

    said = "\n".join(record.getMessage() + str(record.__dict__) for record in caplog.records)
    assert "about nobody" not in said, "Graph's own sentences are not repeated"
    asked = " ".join(str(body) for _, _, body in graph.asked)
    assert not [secret for secret in ("AB", "14/05", "hysical", "Helen", "Priya", "child") if secret in asked + said]


async def test_by_telephone_no_meeting_is_made(world: World, graph: LocalGraph) -> None:
    await book(world, when="phone today 4pm")
    await world.settle()

    assert graph.asked == []

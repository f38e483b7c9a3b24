"""Nobody answers: the desk is asked again, the booker rings, the chair is warned; who comes learns what to bring."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.everything_sent import Sent
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World

BOOKING = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 4pm")
SECRETS = ("AB", "14/05/2019", "2019", "hysical", "PHY", "harm")


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world:
        yield world


async def types(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    return text(shown.card)


async def book(world: World, asked: str = "Helen Marsh, Tom Bexley", booking: tuple[str, ...] = BOOKING) -> None:
    """By Sam, chaired by Priya. Helen has the app, Tom has mail alone."""
    await world.install("Sam Okoro", "Priya Nair", "Helen Marsh", "Ruth Adeyemi")
    chair = "chair Priya Nair, minutes Ruth Adeyemi"
    await types(world, "Sam Okoro", *booking, chair, asked, "next", "book it")
    await world.settle()


def one(world: World) -> Discussion:
    found: Discussion = world.look(lambda store: store.discussions.by_reference("SD-26-0412"))
    return found


def answers(world: World) -> dict[str, Invitation]:
    id = one(world).id
    found = world.look(lambda store: store.discussions.invitations(id))
    return {str(invitation.person or invitation.desk): invitation for invitation in found}


async def everything(world: World, *moments: dict[str, float]) -> list[str]:
    """What goes out at each of these, one after the other, and nothing of before."""
    sent = Sent(world)
    await sent.note()
    sent.lines.clear()
    for span in moments:
        await world.tick(**span)
        await sent.note()
    return sent.lines


async def test_nobody_answers_and_each_hears_what_they_can_do_at_its_time(
    world: World, server: MailServerInTests
) -> None:
    await book(world)
    server.mails.clear()

    until_it_starts = [{"minutes": 15}] * 28
    said = await everything(world, *until_it_starts)

    day = "Tuesday 24 November 2026, 16:00"
    assert said == [
        f"Tue 12:30  Helen Marsh   sent     You are asked to a meeting · ▲ Asked a second time: {day}",
        "Tue 13:15  Sam Okoro     sent     Please ring about a meeting · ▲ 2 have not answered: please ring",
        "Tue 15:00  Priya Nair    sent     A meeting starts soon · ● Tuesday 24 November 2026, 16:00",
        "Tue 15:00  Ruth Adeyemi  sent     A meeting starts soon · ● Tuesday 24 November 2026, 16:00",
        "Tue 15:45  Priya Nair    sent     A meeting starts soon · ▲ Nobody comes from Police and Health",
    ]
    [again] = server.mails
    assert again["Subject"] == "SD-26-0412: no answer from you yet"
    assert "This is the second time" in words_of(again)
    assert not [word for word in SECRETS if word in words_of(again)]


async def test_the_booker_rings_and_writes_down_what_they_are_told(world: World) -> None:
    await book(world)
    await world.tick(hours=4, minutes=12)
    card = world.heard("Sam Okoro")[-1]
    assert "Avon and Somerset Police, Helen Marsh:" in text(card.card)
    assert "0117 496 0103" in text(card.card).replace("\u00a0", " ")

    helen, tom = answers(world)["person-helen-marsh"], answers(world)["person-tom-bexley"]
    who = {"invitation": f"{helen.id} {helen.version}", "answer": "deputy"}
    refused = await world.chat("Sam Okoro").press(card, "Write it down", who)
    assert "name and role of the person you send" in text(refused.card)
    shown = await world.chat("Sam Okoro").press(card, "Write it down", {**who, "words": "Kit Rowe, DC"})
    assert "1 has not answered" in text(shown.card)
    assert "Helen" not in text(shown.card)
    last = {"invitation": f"{tom.id} {tom.version}", "answer": "not_coming", "words": "A report by two o'clock"}
    shown = await world.chat("Sam Okoro").press(shown.card, "Write it down", last)

    assert "Everybody has answered" in text(shown.card)
    kept = answers(world)
    assert (kept["person-helen-marsh"].answer, kept["person-helen-marsh"].on_behalf) == (InvitationAnswer.DEPUTY, True)
    assert kept["person-tom-bexley"].words == "A report by two o'clock"


@pytest.mark.parametrize(
    "chosen", ["", "nobody 1", "{id}", "{id} x", "{id} -1", "{id} " + "9" * 5000, "{id} 1 2", "\u0000 1", "' OR 1=1 1"]
)
async def test_what_no_card_can_have_sent_changes_nothing(world: World, chosen: str) -> None:
    await book(world)
    await world.tick(hours=4, minutes=12)
    card, helen = world.heard("Sam Okoro")[-1], answers(world)["person-helen-marsh"]

    typed = {"invitation": chosen.format(id=helen.id), "answer": "coming"}
    await world.chat("Sam Okoro").press(card, "Write it down", typed, is_checked=False)

    assert answers(world)["person-helen-marsh"] == helen
    assert (await world.chat("Sam Okoro").say("help")).card


async def test_whoever_answered_meanwhile_is_not_overwritten_by_a_card_that_is_older(world: World) -> None:
    await book(world)
    await world.tick(hours=4, minutes=12)
    card = world.heard("Sam Okoro")[-1]
    helen = answers(world)["person-helen-marsh"]
    await world.chat("Helen Marsh").say("coming SD-26-0412")

    typed = {"invitation": f"{helen.id} {helen.version}", "answer": "not_coming", "words": "in court"}
    shown = await world.chat("Sam Okoro").press(card, "Write it down", typed)

    assert "answered or changed since" in text(shown.card)
    assert answers(world)["person-helen-marsh"].answer is InvitationAnswer.COMING


async def test_whoever_comes_gets_what_to_bring_and_nothing_of_the_child(
    world: World, server: MailServerInTests
) -> None:
    await book(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    await types(world, "Sam Okoro", "answer for SD-26-0412 Tom Bexley: coming")
    await world.settle()
    server.mails.clear()

    said = await everything(world, *[{"minutes": 30}] * 14)

    assert sorted(line.split(" · ")[0].split()[:4] for line in said) == [
        ["Tue", "15:00", "Helen", "Marsh"],
        ["Tue", "15:00", "Priya", "Nair"],
        ["Tue", "15:00", "Ruth", "Adeyemi"],
    ]
    card = text(world.heard("Helen Marsh")[-1].card)
    assert "What Avon and Somerset Police brings: convictions, intelligence, call-outs" in card
    assert "Sirona Health: Tom Bexley" in card
    assert "9 Immediate safety" in card
    assert not [word for word in SECRETS if word in card]
    [mail] = server.mails
    body = words_of(mail)
    assert "Please have ready what your agency holds: health and development" in " ".join(body.split())
    assert not [word for word in (*SECRETS, "Priya", "Helen", "Tom") if word in f"{mail['Subject']} {body}"]


def words_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


async def test_booked_twenty_minutes_before_there_is_no_storm(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair", "Helen Marsh", "Ruth Adeyemi")
    await book(world, booking=(*BOOKING[:3], "physical, U0", "today 9:20"))

    said = await everything(world, *[{"minutes": 1}] * 25)

    assert sorted((line[4:9], line.split(" · ")[1][:30].rstrip(":")) for line in said) == [
        ("09:01", "● Tuesday 24 November 2026, 09"),
        ("09:01", "● Tuesday 24 November 2026, 09"),
        ("09:10", "▲ Asked a second time: Tuesday"),
        ("09:10", "▲ Nobody comes from Police and"),
        ("09:12", "▲ 2 have not answered: please "),
    ]


async def test_two_discussions_to_ring_about_within_a_minute_are_on_one_card(world: World) -> None:
    await book(world)
    second = ("book", "SD-26-0413", "CD 14/05/2018", "physical, U2", "today 4pm", "chair Priya Nair")
    await types(world, "Sam Okoro", *second, "Helen Marsh, Tom Bexley", "next", "book it")
    await world.settle()

    said = await everything(world, {"hours": 4, "minutes": 12})

    mine = [line for line in said if "Sam Okoro" in line]
    assert [line.split(" · ")[1] for line in mine] == ["Several things at once"]
    card = world.heard("Sam Okoro")[-1]
    assert "2 to answer" in text(card.card)
    opened = await world.chat("Sam Okoro").press(card, "Not answered: please ring SD-26-0412, Tue 24 Nov, 16:00")
    assert "2 have not answered" in text(opened.card)


async def test_the_chair_sees_what_to_do_when_a_core_agency_is_missing_and_is_not_barred(world: World) -> None:
    await book(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    await world.tick(hours=6)
    await world.tick(minutes=45)
    card = world.heard("Priya Nair")[-1]

    shown = text(card.card)
    assert "Nobody comes from Health" in shown
    assert "It starts at 16:00." in shown
    assert "Sirona Health, Tom Bexley: 0117 496 0104; no answer yet" in shown
    assert buttons(card.card)[:2] == ["Whom to ring", "Start it"]
    ring = await world.chat("Priya Nair").press(card, "Whom to ring")
    assert "1 has not answered" in text(ring.card)
    started = await types(world, "Priya Nair", "start SD-26-0412")
    assert "Not quorate" in started


async def test_each_card_can_be_typed_for_and_is_not_found_by_whoever_is_not_on_it(world: World) -> None:
    await book(world)
    await world.install("Grace Lindo")

    assert "2 have not answered" in await types(world, "Sam Okoro", "ring SD-26-0412")
    assert "Nobody comes from Police and Health" in await types(world, "Priya Nair", "missing SD-26-0412")
    assert "What Avon and Somerset Police brings" in await types(world, "Helen Marsh", "bring SD-26-0412")
    for line in ("ring SD-26-0412", "bring SD-26-0412", "missing SD-26-0412"):
        missing = line.replace("0412", "9999")
        refused = await types(world, "Grace Lindo", line)
        assert refused == (await types(world, "Grace Lindo", missing)).replace("9999", "0412")

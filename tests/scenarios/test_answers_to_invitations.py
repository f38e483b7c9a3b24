"""Answers to invitations: a deputy, information only, no record; what they do to the light, and who may see what."""

from __future__ import annotations

from copy import deepcopy
from json import dumps, loads

import pytest

from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.sent import Report
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World
from tests.teams.people import Answer

REFERENCE = "SD-26-0412"
PRIYA, RUTH = "Priya Nair", "Ruth Adeyemi"
HELEN, KIT, TOM, GRACE = "Helen Marsh", "Kit Rowe", "Tom Bexley", "Grace Lindo"
REPORT = "Two call-outs to the house since May; the lodger is known for assault."


@pytest.fixture
async def booked(world: World) -> World:
    """Helen, Tom and Grace are asked by name for 14:00 today; Priya chairs, Ruth takes the minutes."""
    await world.install(PRIYA, RUTH, HELEN, KIT, TOM, GRACE)
    chat = world.chat(PRIYA)
    await chat.say("book")
    for words in (REFERENCE, "AB 14/05/2019", "physical, U2", "today 2pm", "chair me, minutes Ruth Adeyemi"):
        await chat.say(words)
    await chat.say("Helen Marsh, Tom Bexley, Grace Lindo")
    await chat.say("next")
    await chat.say("book it")
    await world.settle()
    return world


def of(world: World, name: str) -> Invitation:
    """The invitation of this person, also when it was withdrawn."""

    def found(store: object) -> Invitation:
        return next(one for one in everybody(store) if one.person == person_id(name))

    one: Invitation = world.look(found)
    return one


def everybody(store: object) -> list[Invitation]:
    discussion: Discussion = store.discussions.by_reference(REFERENCE)  # type: ignore[attr-defined]
    return list(store.discussions.invitations(discussion.id))  # type: ignore[attr-defined]


def reports(world: World) -> list[Report]:
    found: list[Report] = world.look(lambda store: list(store.reports.of(store.discussions.by_reference(REFERENCE).id)))
    return found


async def press(world: World, name: str, button: str, **typed: str) -> Answer:
    answer = await world.chat(name).press(world.heard(name)[-1], button, typed)
    await world.settle()
    return answer


async def says(world: World, name: str, words: str) -> str:
    answer = await world.chat(name).say(words)
    await world.settle()
    return text(answer.card)


async def overview(world: World, name: str = PRIYA) -> str:
    return await says(world, name, f"open {REFERENCE}")


async def test_no_record_is_an_answer_that_counts_and_nobody_in_the_room(booked: World) -> None:
    shown = await press(booked, TOM, "No record")

    assert "Your agency holds no record" in text(shown.card)
    assert of(booked, TOM).answer is InvitationAnswer.NO_RECORD
    seen = await overview(booked)
    assert "Not quorate, as answered so far" in seen
    assert "Health: has answered, nobody in the room: holds no record" in seen
    assert "Tom Bexley: holds no record, nobody in the room" in seen
    await says(booked, PRIYA, f"start {REFERENCE}")
    assert "Health has answered, nobody in the room: holds no record" in await says(booked, PRIYA, "agenda")


async def test_information_is_written_on_the_card_and_read_by_chair_and_minute_taker_alone(booked: World) -> None:
    shown = await press(booked, HELEN, "Send it", report=REPORT)

    assert "You send information only" in text(shown.card)
    assert [(one.words, one.sent_by) for one in reports(booked)] == [(REPORT, person_id(HELEN))]
    for name in (PRIYA, RUTH):
        assert "Sent before the meeting" in await overview(booked, name)
        read = await says(booked, name, f"reports {REFERENCE}")
        assert REPORT in read
        assert "Sent by Avon and Somerset Police" in read
    for name in (HELEN, TOM):
        assert "call-outs" not in await overview(booked, name)
        assert REPORT not in await says(booked, name, f"reports {REFERENCE}")
    assert "Only the chair and the minute-taker can" in await says(booked, TOM, f"reports {REFERENCE}")


async def test_a_report_stands_where_its_agency_speaks(booked: World) -> None:
    await press(booked, HELEN, "Send it", report=REPORT)
    await says(booked, PRIYA, f"start {REFERENCE}")

    shown = await booked.chat(PRIYA).say("item 4")

    assert "Sent before the meeting" not in text(shown.card).split("Avon and Somerset Police", maxsplit=1)[0]
    found = [await says(booked, PRIYA, "item 4")]
    assert any("by Helen Marsh" in one for one in found)


async def test_information_can_be_promised_first_and_sent_later(booked: World) -> None:
    first = await press(booked, HELEN, "Send it")
    assert "Nothing has come yet" in text(first.card)
    assert "sends information" in await overview(booked)

    await says(booked, HELEN, f"information {REFERENCE} {REPORT}")

    assert [one.words for one in reports(booked)] == [REPORT]
    assert "has sent information" in await overview(booked)


async def test_a_report_after_its_time_is_taken_and_the_chair_hears_at_once(booked: World) -> None:
    booked.clock.pass_by(hours=4, minutes=45)
    heard = len(booked.heard(PRIYA))

    await says(booked, HELEN, f"information {REFERENCE} {REPORT}")

    assert len(reports(booked)) == 1
    new = booked.heard(PRIYA)[heard:]
    assert "late: after the time for reports" in text(new[-1].card)


async def test_a_deputy_of_the_directory_is_asked_and_told(booked: World) -> None:
    heard = len(booked.heard(KIT))

    shown = await press(booked, HELEN, "Say so", deputy_person=person_id(KIT), may_decide="true")

    assert "They are asked and told." in text(shown.card)
    sent = of(booked, HELEN)
    assert (sent.answer, sent.deputy, sent.may_decide) == (InvitationAnswer.DEPUTY, person_id(KIT), True)
    assert of(booked, KIT).stands_for == sent.id
    [asked] = booked.heard(KIT)[heard:]
    assert "You are asked" in text(asked.card)
    assert "Police: expected" in await overview(booked)


async def test_whoever_was_to_come_instead_is_told_when_they_are_not_asked_any_more(booked: World) -> None:
    await press(booked, HELEN, "Say so", deputy_person=person_id(KIT), may_decide="true")

    await says(booked, HELEN, f"coming {REFERENCE}")

    assert "You are not asked to this meeting any more" in text(booked.heard(KIT)[-1].card)
    assert buttons(booked.heard(KIT)[-1].card) == []
    assert "I can't find that discussion" in await overview(booked, KIT)
    assert "I can't find that discussion" in await says(booked, KIT, f"coming {REFERENCE}")


async def test_a_deputy_who_cannot_come_leaves_the_agency_without_anybody(booked: World) -> None:
    await press(booked, HELEN, "Say so", deputy_person=person_id(KIT), may_decide="true")

    await says(booked, KIT, f"not coming {REFERENCE} no cover")

    assert "Police: has answered, nobody in the room: is not coming" in await overview(booked)


async def test_a_deputy_of_another_agency_is_refused_and_nothing_changes(booked: World) -> None:
    shown = await press(booked, HELEN, "Say so", deputy_person=person_id("Omar Haddad"), deputy="Omar")

    assert "That person can't be chosen" in text(shown.card)
    assert of(booked, HELEN).answer is InvitationAnswer.ASKED


async def test_a_deputy_named_in_words_may_decide_only_if_it_is_said(booked: World) -> None:
    await says(booked, GRACE, f"deputy {REFERENCE} Lee Tan, deputy lead")
    assert "not said that they may decide" in await overview(booked)

    await says(booked, GRACE, f"deputy {REFERENCE} Lee Tan, deputy lead, may decide")
    seen = await overview(booked)
    assert "sends somebody else: Lee Tan, deputy lead" in seen
    assert "not said that they may decide" not in seen


async def test_answers_told_by_telephone_are_recorded_for_them(booked: World) -> None:
    seen = await says(booked, PRIYA, f"answer for {REFERENCE} Tom Bexley: no record")
    assert "holds no record, nobody in the room (as told to Priya Nair)" in seen

    await says(booked, PRIYA, f"answer for {REFERENCE} Helen Marsh: information {REPORT}")
    [sent] = reports(booked)
    assert (sent.words, sent.on_behalf) == (REPORT, True)


async def test_the_invitation_of_another_is_not_found_whatever_is_answered_to_it(booked: World) -> None:
    """A forged press: one's own card, with the id of somebody else's invitation in it."""
    others = of(booked, TOM).id
    for verb in ("I'm coming", "No record", "Send it", "Say so", "Tell them"):
        card = deepcopy(booked.heard(HELEN)[-1].card)
        named = dumps(card).replace(of(booked, HELEN).id, others)
        shown = await booked.chat(HELEN).press(loads(named), verb, {"deputy": "Kit", "reason": "x", "report": REPORT})
        assert "I can't find that invitation" in (shown.sentence or text(shown.card))

    assert of(booked, TOM).answer is InvitationAnswer.ASKED
    assert reports(booked) == []


async def test_a_press_on_an_older_card_changes_nothing_and_says_who_was_first(booked: World) -> None:
    asked = deepcopy(booked.heard(HELEN)[-1])
    await says(booked, PRIYA, f"answer for {REFERENCE} Helen Marsh: coming")

    shown = await booked.chat(HELEN).press(asked.card, "No record", {})

    assert "This invitation has been answered or changed since, by Priya Nair." in text(shown.card)
    assert of(booked, HELEN).answer is InvitationAnswer.COMING

"""Typing on a phone: with slips, without commas or references; nothing that was understood is typed twice."""

from __future__ import annotations

import pytest

from discussions.booking.invitations import InvitationAnswer
from tests.scenarios.people import person_id
from tests.scenarios.reading import text
from tests.scenarios.world import World

PRIYA, HELEN, KIT, TOM, GRACE = "Priya Nair", "Helen Marsh", "Kit Rowe", "Tom Bexley", "Grace Lindo"


async def says(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    await world.settle()
    return text(shown.card)


async def books(world: World, reference: str, *asked: str, when: str = "today 2pm") -> None:
    await says(world, PRIYA, "book", reference, "AB 14/05/2019", "physical U3", when)
    await says(world, PRIYA, "chair me", ", ".join(asked), "next", "book it")
    if f"{reference} · initial · booked" not in text(world.heard(PRIYA)[-1].card):
        await says(world, PRIYA, "book anyway")


def answer_of(world: World, reference: str, name: str) -> InvitationAnswer:
    asked = world.look(lambda store: store.discussions.invitations(store.discussions.by_reference(reference).id))
    return next(InvitationAnswer(one.answer) for one in asked if one.person == person_id(name))


@pytest.fixture
async def open_form(world: World) -> World:
    await world.install(PRIYA, HELEN, KIT, TOM, GRACE)
    await says(world, PRIYA, "book", "SD-26-0412")
    return world


async def test_a_concern_needs_no_commas_and_no_order(open_form: World) -> None:
    await says(open_form, PRIYA, "AB 14/05/2019")
    assert "step 4 of 7" in await says(open_form, PRIYA, "u3 domestic abuse physical neglect")
    shown = await says(open_form, PRIYA, "back")
    assert "[Types of harm: Physical abuse, Neglect]" in shown
    assert "[What else is so? It decides who is proposed.: Domestic abuse]" in shown


async def test_of_a_concern_only_the_slip_is_typed_again(open_form: World) -> None:
    shown = await says(open_form, PRIYA, "AB 14/05/2019", "neglect, phyiscal, domestic abuse, U3")
    assert "Not saved: I don't know “phyiscal” here. Did you mean physical?" in shown
    assert "[Types of harm: Neglect]" in shown
    assert "U3 Planned" in shown

    assert "step 4 of 7" in await says(open_form, PRIYA, "physical")
    shown = await says(open_form, PRIYA, "back")
    assert "[Types of harm: Physical abuse, Neglect]" in shown
    assert "Domestic abuse]" in shown


async def test_a_concern_that_was_whole_is_replaced_by_what_is_typed_anew(open_form: World) -> None:
    await says(open_form, PRIYA, "AB 14/05/2019", "neglect, U3", "back", "physical")
    assert "[Types of harm: Physical abuse]" in await says(open_form, PRIYA, "back")


async def test_the_urgency_alone_is_kept_while_the_harm_is_asked_for(open_form: World) -> None:
    shown = await says(open_form, PRIYA, "AB 14/05/2019", "U3")
    assert "Please give at least one type of harm from the list" in shown
    assert "step 4 of 7" in await says(open_form, PRIYA, "neglect")


async def test_what_is_denied_is_not_ticked(open_form: World) -> None:
    shown = await says(open_form, PRIYA, "AB 14/05/2019", "physical, no domestic abuse, U3")
    assert "I don't know “no domestic abuse” here." in shown
    assert "[What else is so? It decides who is proposed.: ]" in shown


async def test_next_goes_on_with_what_stands_in_the_form(open_form: World) -> None:
    shown = await says(open_form, PRIYA, "AB 14/05/2019; schools: Hillside Primary", "back", "next")
    assert "step 3 of 7" in shown
    assert "[Children: AB 14/05/2019]" in await says(open_form, PRIYA, "back")
    assert "step 2 of 7" in await says(open_form, PRIYA, "back", "Next")


async def test_next_in_an_empty_form_asks_for_what_is_missing(open_form: World) -> None:
    shown = await says(open_form, PRIYA, "next")
    assert "Not saved: Please give at least one child." in shown
    assert "[Children: ]" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("AB 14/05/2019 Hillside", "I don't know “Hillside” behind the date. For a school, write at before it."),
        ("phyiscal, neglect", "It needs initials first, then the date of birth."),
        ("Helen Marsh", "It needs initials first, then the date of birth."),
    ],
)
async def test_a_child_that_is_not_understood_is_told_in_terms_of_the_line(
    open_form: World, typed: str, told: str
) -> None:
    assert f"Child 1: {told}" in await says(open_form, PRIYA, typed)


async def test_a_name_that_is_not_found_is_told(open_form: World) -> None:
    await says(open_form, PRIYA, "AB 14/05/2019", "physical U3", "today 2pm", "chair me")
    shown = await says(open_form, PRIYA, "Helen Marsh, Tom Bexly")
    assert "I can't find “Tom Bexly” in the directory." in shown


async def test_who_is_asked_to_one_discussion_answers_without_its_reference(world: World) -> None:
    await world.install(PRIYA, HELEN, TOM, GRACE)
    await books(world, "SD-26-0412", HELEN, TOM, GRACE)

    assert "You are coming" in await says(world, HELEN, "coming")
    assert answer_of(world, "SD-26-0412", HELEN) is InvitationAnswer.COMING
    assert "in court, report by noon" in await says(world, HELEN, "not coming in court, report by noon")
    assert "Your information: “report by noon.”" in await says(world, HELEN, "Not coming, report by noon.")
    assert "Please say how your agency's information" in await says(world, HELEN, "not coming")
    assert "Kim Lee" in await says(world, HELEN, "deputy Kim Lee, DC, may decide")
    assert "You are coming" in await says(world, TOM, "I'm coming 👍")
    assert "holds no record" in await says(world, GRACE, "no record")
    assert "You send information only" in await says(world, GRACE, "information last seen on Friday, well")


async def test_among_several_the_reference_is_asked_for_and_nothing_changes(world: World) -> None:
    await world.install(PRIYA, HELEN)
    await books(world, "SD-26-0412", HELEN)
    await books(world, "SD-26-0413", HELEN, when="tomorrow 10am")

    told = await says(world, HELEN, "coming")
    assert (
        "You are asked to 2 discussions: SD-26-0412, Tue 24 Nov, 14:00; SD-26-0413, Wed 25 Nov, 10:00. "
        "Nothing was changed. Please say which, for example: coming SD-26-0412." in told
    )
    assert answer_of(world, "SD-26-0412", HELEN) is answer_of(world, "SD-26-0413", HELEN) is InvitationAnswer.ASKED


async def test_a_reference_typed_wrongly_never_answers_another_discussion(world: World) -> None:
    await world.install(PRIYA, HELEN, KIT)
    await books(world, "SD-26-0412", HELEN)

    assert "please type coming alone or with the reference: coming SD-26-0412" in await says(
        world, HELEN, "coming home soon"
    )
    for typed in ("information SD-26-0499 seen on Friday", "not coming sd260412 in court", "coming home soon"):
        assert "You" not in (await says(world, HELEN, typed)).splitlines()[0]
    assert answer_of(world, "SD-26-0412", HELEN) is InvitationAnswer.ASKED
    assert "You are not asked to any discussion at the moment" in await says(world, KIT, "coming")


async def test_an_answer_and_a_look_win_over_an_open_form_and_the_form_stays(world: World) -> None:
    await world.install(PRIYA, HELEN)
    await books(world, "SD-26-0412", HELEN)
    await says(world, PRIYA, "book", "SD-26-0500", "AB 14/05/2018")

    assert "You are not asked to SD-26-0412" in await says(world, PRIYA, "coming SD-26-0412")
    assert "Diary" in await says(world, PRIYA, "diary")
    assert "Change SD-26-0412" in await says(world, PRIYA, "change SD-26-0412")
    assert "step 3 of 7" in await says(world, PRIYA, "carry on")


async def test_a_deputy_who_is_typed_by_name_is_asked_as_one_who_is_picked(world: World) -> None:
    await world.install(PRIYA, HELEN, KIT)
    await books(world, "SD-26-0412", HELEN)

    assert "Kit Rowe, Detective constable" in await says(world, HELEN, "deputy kit rowe, DC, may decide")
    assert "You are asked: Tuesday 24 November 2026, 14:00" in text(world.heard(KIT)[-1].card)
    assert "You are coming" in await says(world, KIT, "coming")


async def test_a_deputy_told_by_telephone_is_asked_too(world: World) -> None:
    await world.install(PRIYA, HELEN, KIT)
    await books(world, "SD-26-0412", HELEN)
    await says(world, PRIYA, "answer for SD-26-0412 Helen Marsh: deputy Kit Rowe")
    assert "You are asked: Tuesday 24 November 2026, 14:00" in text(world.heard(KIT)[-1].card)


async def test_a_deputy_whom_the_directory_does_not_have_stands_in_words(world: World) -> None:
    await world.install(PRIYA, HELEN)
    await books(world, "SD-26-0412", HELEN)
    assert "Who comes: “Kim Lee, DC”" in await says(world, HELEN, "deputy Kim Lee, DC")


async def test_an_answer_by_telephone_needs_no_colon_and_names_who_is_asked_where_nobody_fits(world: World) -> None:
    await world.install(PRIYA, HELEN, TOM)
    await books(world, "SD-26-0412", HELEN, TOM)

    assert "Helen Marsh: coming (as told to Priya Nair)" in await says(
        world, PRIYA, "answer for SD-26-0412 Helen Marsh coming"
    )
    assert "Tom Bexley: not coming: on leave (as told to Priya Nair)" in await says(
        world, PRIYA, "answer for SD-26-0412 Tom Bexley is not coming, on leave"
    )
    told = await says(world, PRIYA, "answer for SD-26-0412 Kim Lee: coming")
    assert "I can't tell which of those asked “Kim Lee” is: Helen Marsh; Tom Bexley." in told


async def test_a_booking_that_nobody_has_answered_is_not_called_quorate(world: World) -> None:
    await world.install(PRIYA, HELEN, TOM)
    await books(world, "SD-26-0412", HELEN, TOM)
    shown = await says(world, PRIYA, "open SD-26-0412")
    assert "Quorate if all come who have not answered" in shown

    for name in (HELEN, TOM):
        await says(world, name, "coming")
    assert "Quorate, as answered" in (await says(world, PRIYA, "open SD-26-0412")).splitlines()


async def test_a_reason_that_is_the_practices_own_is_told_once(world: World) -> None:
    await world.install(PRIYA, HELEN)
    await books(world, "SD-26-0412", HELEN)
    shown = await says(world, PRIYA, "cancel discussion SD-26-0412 threshold not met")
    assert "Cancelled: by Priya Nair, Tue 24 Nov, 09:00. Threshold not met" in shown.splitlines()


async def test_signs_that_nobody_sees_are_left_out_of_what_is_typed_and_pressed(world: World) -> None:
    await world.install(PRIYA, HELEN, TOM)
    await books(world, "SD-26-0412", HELEN, TOM)

    assert "Your information: “report by noon”" in await says(world, HELEN, "not coming re\u202eport\u2066 by\x07 noon")
    tom = world.chat(TOM)
    shown = await tom.press(world.heard(TOM)[-1], "Tell them", reason="a\u202e line\x0bby Siân Łęcka")
    assert "Your information: “a line by Siân Łęcka”" in text(shown.card)
    await says(world, PRIYA, "book")
    assert "step 2 of 7" in await says(world, PRIYA, "SD-26-0500\u202c\x07")


async def test_an_answer_typed_too_late_is_not_called_a_press(world: World) -> None:
    await world.install(PRIYA, HELEN)
    await books(world, "SD-26-0412", HELEN)
    await says(world, PRIYA, "cancel discussion SD-26-0412 threshold not met")
    late = await says(world, HELEN, "coming SD-26-0412")
    assert "SD-26-0412 is no longer open for answers. Nothing was changed." in late

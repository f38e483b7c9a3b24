"""How soon: raised by what is so, lowered by a manager alone, police protection, and telephone discussions."""

from __future__ import annotations

from discussions.booking.discussion import Discussion, Form
from discussions.booking.invitations import InvitationAnswer
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World

BABY = ("book", "SD-26-0412", "AB 01/02/2026")


async def types(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    return text(shown.card)


def booked(world: World, reference: str = "SD-26-0412") -> Discussion:
    found: Discussion = world.look(lambda store: store.discussions.by_reference(reference))
    return found


def deeds(world: World) -> list[tuple[str | None, str | None]]:
    return world.look(lambda store: [(one.what, one.why) for one in store.trail.entries() if one.deed == "urgency"])


async def test_an_injured_baby_raises_the_urgency_by_itself_with_the_reason(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")

    shown = await types(world, "Sam Okoro", *BABY, "physical, injury, U3")
    assert "Start by Wednesday 25 November 2026, 09:00" in shown
    assert "Raised from U3 to U2, because a child under 2 is injured" in shown
    assert "your reason as a manager" not in shown
    await types(world, "Sam Okoro", "today 4pm", "chair Priya Nair", "Helen Marsh, Tom Bexley")
    assert "raised from U3 to U2, because a child under 2 is injured" in await types(world, "Sam Okoro", "next")
    assert "raised from U3 to U2" in await types(world, "Sam Okoro", "book it")

    one = booked(world)
    assert (one.urgency, one.urgency_asked, one.urgency_reason) == ("U2", "U3", None)
    assert deeds(world) == [("U3 U2", "raised")]


async def test_only_a_manager_keeps_it_lower_and_the_reason_is_kept(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    await types(world, "Sam Okoro", *BABY, "physical, injury, U3")

    assert "managers who may chair" in await types(world, "Sam Okoro", "keep U3 because seen already")

    await types(world, "Priya Nair", "book", "SD-26-0413", "AB 01/02/2026", "physical, injury, U3")
    kept = await types(world, "Priya Nair", "keep U3 because seen by the paediatrician, safe with family")
    assert "Start by Friday 27 November 2026, 17:00" in kept
    await types(world, "Priya Nair", "tomorrow 2pm", "chair me", "Helen Marsh, Tom Bexley", "next", "book it")

    one = booked(world, "SD-26-0413")
    assert (one.urgency, one.urgency_reason) == ("U3", "seen by the paediatrician, safe with family")
    assert deeds(world) == [("U3 U3", "kept lower")]


async def test_police_protection_is_the_hard_deadline(world: World) -> None:
    await world.install("Priya Nair")
    await types(world, "Priya Nair", "book", "SD-26-0412", "AB 14/05/2019", "physical, police protection, UR")

    shown = await types(world, "Priya Nair", "protection since yesterday 10am")

    assert "Start by Thursday 26 November 2026, 10:00" in shown
    assert "Police protection ends Thursday 26 November 2026, 10:00." in shown
    await types(world, "Priya Nair", "tomorrow 2pm", "chair me", "next")
    assert "when police protection ends" in text(world.chat("Priya Nair").view(world.chat("Priya Nair").last))
    seen = await types(world, "Priya Nair", "book it")
    assert "Police protection ends: Thursday 26 November 2026, 10:00." in seen
    assert booked(world).window_ends.isoformat() == "2026-11-26T10:00:00+00:00"


async def test_urgency_rises_freely_falls_by_a_manager_and_the_window_is_never_counted_anew(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    start = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 4pm", "chair Priya Nair")
    await types(world, "Sam Okoro", *start, "next", "book it")
    world.clock.pass_by(hours=1)

    assert "Same day" in await types(world, "Sam Okoro", "urgency SD-26-0412 U1")
    assert "managers who may chair" in await types(world, "Sam Okoro", "urgency SD-26-0412 U3 because of school")
    assert "why it may be less urgent" in await types(world, "Priya Nair", "urgency SD-26-0412 U3")
    await types(world, "Priya Nair", "urgency SD-26-0412 U2 because the child is with grandparents")

    one = booked(world)
    assert (one.urgency, one.urgency_reason) == ("U2", "the child is with grandparents")
    assert one.window_ends.isoformat() == "2026-11-25T09:00:00+00:00"
    assert deeds(world) == [("U2 U1", "raised"), ("U1 U2", "lowered")]


async def test_a_telephone_discussion_is_written_down_late_and_its_full_meeting_follows(world: World) -> None:
    await world.install("Priya Nair", "Helen Marsh")
    priya = world.chat("Priya Nair")
    await types(world, "Priya Nair", "book", "SD-26-0412", "AB 14/05/2019; schools: Hillside Primary", "physical, U0")
    world.clock.pass_by(hours=2)

    assert "step 5 of 7" in await types(world, "Priya Nair", "phone today 10:15")
    assert "Who was on the call?" in await types(world, "Priya Nair", "chair me")
    await types(world, "Priya Nair", "Helen Marsh")
    assert "It was held already, so Book it asks nobody." in await types(world, "Priya Nair", "next")
    await priya.say("book it")
    shown = await priya.say("book it")
    await world.settle()

    one = booked(world)
    assert (one.form, one.starts_at.isoformat()) == (Form.PHONE, "2026-11-24T10:15:00+00:00")
    assert one.entered_at == world.clock.now()
    [on_the_call] = world.look(lambda store: store.discussions.invitations(one.id))
    assert (on_the_call.answer, on_the_call.on_behalf) == (InvitationAnswer.COMING, True)
    assert len(world.heard("Helen Marsh")) == 1, "nobody is asked to what is over"
    assert "phone, written down Tue 24 Nov, 11:00" in text(shown.card)
    assert "must follow by Wednesday 25 November 2026, 17:00" in text(shown.card)

    follow = await priya.press(shown.card, "Book the full meeting")
    assert "step 1 of 7" in text(follow.card)
    for button in ("Next: children", "Next: concern", "Next: day and time"):
        follow = await priya.press(follow.card, button)
    assert "Start by Wednesday 25 November 2026, 17:00" in text(follow.card)
    assert "The full meeting after the telephone discussion" in text(follow.card)
    await types(world, "Priya Nair", "tomorrow 2pm", "chair me", "next", "book it")

    full = booked(world, "SD-26-0002")
    assert full.follows == one.id
    assert full.window_ends.isoformat() == "2026-11-25T17:00:00+00:00"
    again = await types(world, "Priya Nair", "full meeting SD-26-0412")
    assert "is booked already" in again
    seen = await priya.say("open SD-26-0412")
    assert "Full meeting: SD-26-0002" in text(seen.card)
    assert "Book the full meeting" not in buttons(seen.card)


async def test_a_call_that_the_window_does_not_advise_stays_chosen_when_it_was_late(world: World) -> None:
    await world.install("Priya Nair")
    await types(world, "Priya Nair", "book", "SD-26-0412", "AB 14/05/2019", "physical, U2")

    late = await types(world, "Priya Nair", "phone 27/11/2026 10:00")

    assert "This is outside the window" in late
    assert "[How: Phone]" in late


async def test_a_meeting_that_is_no_telephone_discussion_can_not_lie_behind(world: World) -> None:
    await world.install("Priya Nair")
    await types(world, "Priya Nair", "book", "SD-26-0412", "AB 14/05/2019", "physical, U2")

    assert "Not saved" in await types(world, "Priya Nair", "today 07:15")

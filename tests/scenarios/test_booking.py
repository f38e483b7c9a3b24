"""Booking, from meeting Chairside to the answers of those asked."""

from __future__ import annotations

from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World

WITHOUT_ANYBODY = "without police, health: they follow later"


async def test_a_manager_books_by_form_and_the_people_asked_answer_by_card(world: World) -> None:
    await world.install("Priya Nair", "Helen Marsh")
    priya = world.chat("Priya Nair")

    shown = await priya.say("book")
    assert "step 1 of 7" in text(shown.card)
    shown = await priya.press(shown.card, "Next: children")
    shown = await priya.press(shown.card, "Next: concern", children="AB 14/05/2019\nunborn 20/03/2027")
    shown = await priya.press(shown.card, "Next: day and time", harms="PHY,NEG", urgency="U2")
    assert "Wednesday 25 November 2026, 09:00" in text(shown.card)
    shown = await priya.press(shown.card, "Next: chair", day="2026-11-24", time="14:00")
    shown = await priya.press(shown.card, "Next: who is asked", minute_taker="person-ruth-adeyemi")
    shown = await priya.press(shown.card, "Next", agency="police")
    shown = await priya.press(shown.card, "Next", who="person:person-helen-marsh")
    shown = await priya.press(shown.card, "Next", named="Tom Bexley")
    assert "All core agencies are asked" in text(shown.card)
    shown = await priya.press(shown.card, "Next")
    assert "Tuesday 24 November 2026, 14:00" in text(shown.card)
    booked = await priya.press(shown.card, "Book it")

    assert "SD-26-0001 · initial · booked" in text(booked.card)
    assert "no answer yet; telephone 0117 496 0104" in text(booked.card)
    booking = priya.last
    await world.settle()
    to_ring = " ".join(text(message.card) for message in world.heard("Priya Nair")[-2:])
    assert "Who: Tom Bexley, Sirona Health" in to_ring
    assert "Who: Ruth Adeyemi, Children's social care" in to_ring
    asked = world.heard("Helen Marsh")[-1]
    assert "You are asked: Tuesday 24 November 2026, 14:00" in text(asked.card)
    answered = await world.chat("Helen Marsh").press(asked, "I'm coming")
    assert "You are coming" in text(answered.card)
    await world.settle()
    assert "coming" in text(priya.view(booking))


async def test_the_same_booking_can_be_typed_from_beginning_to_end(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")

    for words in ("book", "SD-26-0412", "AB 14/05/2019; unborn 20/03/2027", "physical, neglect, U2", "today 2pm"):
        await priya.say(words)
    for words in ("chair me, minutes Ruth Adeyemi", "Helen Marsh, Tom Bexley", "next", "book it"):
        shown = await priya.say(words)

    assert "SD-26-0412 · initial · booked" in text(shown.card)


async def test_children_may_be_typed_in_one_line_each_with_a_school_behind(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    one_line = "AB 14/05/2019 at Ashgrove Primary, C.D. 3 February 2012, EF 01/09/2015 and unborn 20/03/2027"

    for words in ("book", "SD-26-0412", one_line):
        shown = await priya.say(words)
    assert "step 3 of 7" in text(shown.card)
    shown = await priya.say("back")

    assert "[Children: AB 14/05/2019 CD 03/02/2012 EF 01/09/2015 unborn 20/03/2027]" in text(shown.card)
    assert "brothers and sisters: Ashgrove Primary]" in text(shown.card)
    shown = await priya.press(
        shown.card, "Next: concern", children="AB 14/05/2019 at Ashgrove Primary", schools="Hillview Secondary"
    )
    shown = await priya.say("back")
    assert "brothers and sisters: Ashgrove Primary, Hillview Secondary]" in text(shown.card)


async def test_a_missing_core_agency_is_asked_about_once_and_never_blocks(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    for words in (
        "book",
        "SD-26-0412",
        "AB 14/05/2019",
        "physical, U2",
        "today 2pm",
        "chair me",
        WITHOUT_ANYBODY,
        "next",
    ):
        shown = await priya.say(words)
    assert "Not asked: Police, Health" in text(shown.card)

    warned = await priya.press(shown.card, "Book it")
    assert "Not asked" in text(warned.card)
    booked = await priya.press(warned.card, "Book it")

    assert "booked" in text(booked.card)


async def test_a_wrong_answer_keeps_what_was_typed_and_says_why(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    await priya.say("book")
    shown = await priya.say("SD-26-0412")

    refused = await priya.press(shown.card, "Next: concern", children="AB 31/02/2019")

    assert "AB 31/02/2019" in text(refused.card)
    assert "Not saved: Child 1" in text(refused.card)


async def test_a_stranger_sees_nothing_and_can_press_nothing(world: World) -> None:
    stranger = world.chat("Nobody Known")

    welcomed = await stranger.install()
    answered = await stranger.say("my discussions")

    assert "administrator" in text(answered.card)
    assert buttons(welcomed.card) == buttons(answered.card) == []


async def test_each_person_is_welcomed_once_with_what_their_role_may_do(world: World) -> None:
    welcomed = await world.chat("Priya Nair").install()
    again = await world.chat("Priya Nair").install()
    police = await world.chat("Helen Marsh").install()

    assert len(welcomed.said) == 1
    assert again.said == ()
    assert "Book a discussion" in buttons(welcomed.card)
    assert "Book a discussion" not in buttons(police.card)


async def sam_types(world: World, *lines: str) -> str:
    """What Sam sees after the last of these lines."""
    await world.install("Sam Okoro")
    for words in lines:
        shown = await world.chat("Sam Okoro").say(words)
    return text(shown.card)


TO_THE_CHECK = ("AB 14/05/2019", "physical, U2", "today 2pm", "chair Priya Nair", WITHOUT_ANYBODY, "next")


async def test_words_at_the_check_are_a_reason_and_book_nothing(world: World) -> None:
    shown = await sam_types(world, "book", "SD-26-0412", *TO_THE_CHECK, "no wait, the police first")

    assert "step 7 of 7" in shown
    assert "no wait, the police first" in shown
    assert world.look(lambda store: store.discussions.by_reference("SD-26-0412")) is None

    assert "booked" in await sam_types(world, "book it")
    booked = world.look(lambda store: store.discussions.by_reference("SD-26-0412"))
    assert booked.quorum_reason == "no wait, the police first"


async def test_a_restricted_review_stays_both_when_its_reference_is_typed_again(world: World) -> None:
    shown = await sam_types(world, "book", "SD-26-0412 restricted review", "back", "SD-26-0413", *TO_THE_CHECK)

    assert "SD-26-0413, Review, restricted" in shown


async def test_the_reference_that_is_shown_is_the_one_that_is_taken(world: World) -> None:
    shown = await sam_types(world, "book", "ok", "back")

    assert "[Reference: SD-26-0001]" in shown


async def test_a_form_put_aside_says_the_word_that_brings_it_back(world: World) -> None:
    aside = await sam_types(world, "book", "SD-26-0412", "save for later")

    assert "type carry on" in aside
    assert "step 2 of 7" in await sam_types(world, "carry on")


async def test_the_same_child_twice_is_asked_about_at_the_check(world: World) -> None:
    shown = await sam_types(
        world, "book", "SD-26-0412", "AB 14/05/2019; AB 14/05/2019; CD 01/02/2026", *TO_THE_CHECK[1:]
    )

    assert "AB 14/05/2019 stands here more than once: twins, or typed twice?" in shown


async def test_a_concern_that_could_mean_two_things_is_refused(world: World) -> None:
    start = ("book", "SD-26-0412", "AB 14/05/2019")

    assert "I don't know “abuse” here" in await sam_types(world, *start, "abuse, U2")
    assert "Please give one urgency: U2 or U3." in await sam_types(world, "physical, U2, U3")


async def test_a_rule_is_shown_with_its_source_in_words(world: World) -> None:
    shown = await sam_types(world, "book", "SD-26-0412", "AB 14/05/2019", "physical, U2")

    assert "24 clock hours, nights and weekends included. Rule from: Tees procedures, strategy discussion." in shown


async def test_the_reason_for_a_late_start_can_be_typed(world: World) -> None:
    start = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "04/12/2026 10:00")
    assert "This is outside the window" in await sam_types(world, *start)

    assert "step 5 of 7" in await sam_types(world, "because the paediatrician is away")
    await sam_types(world, *TO_THE_CHECK[3:], "police follow", "book it")

    booked = world.look(lambda store: store.discussions.by_reference("SD-26-0412"))
    assert booked.late_reason == "the paediatrician is away"

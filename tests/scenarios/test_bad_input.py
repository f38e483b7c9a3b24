"""What people and clients should never send, and sometimes do: one clear sentence, nothing half done, words kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cards.buttons import buttons_by_verb
from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.people import Answer

NASTY = (
    "",
    "   ",
    "x" * 5_000,
    "👩‍👧‍👦 🚓 \u202e evil \u0000 nul",
    "[a link](https://evil.example) **bold** _it_ `code`",
    "\"quotes\" and 'more' \\ back",
    '{"type": "AdaptiveCard", "body": []}',
    "{{ 7*7 }} {% for x in y %} ${inject} #{x} <%= y %>",
    "<script>alert(1)</script><at>Chairside</at>",
    "31/02/2026",
    "01/01/1999 10:00",
    "28/03/2027 01:30",
    "Robert'); DROP TABLE action;--",
)
TRACES = ("Traceback", "Exception", "Error(", "sqlalchemy", ".py", "That did not work")


def words_of(answer: Answer) -> str:
    """Everything the person sees of an answer; asserts that there is one and that it is no trace of a fault."""
    assert answer.status in (200, 201, 202)
    shown = answer.sentence or text(answer.card)
    assert shown
    assert not any(trace in shown for trace in TRACES)
    return shown


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_any_text_in_any_step_of_the_booking_gets_an_answer_and_books_nothing(world: World, nasty: str) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    good = ("SD-26-0412", "AB 14/05/2019", "physical, U2", "today 2pm", "chair me", "next")

    await priya.say("book")
    for answer in good:
        if nasty.strip():
            words_of(await priya.say(nasty))
        await priya.say("book")
        await priya.say(answer)

    assert world.look(lambda store: store.discussions.by_reference("SD-26-0412")) is None


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_any_text_in_any_field_of_a_form_is_kept_when_it_is_refused(world: World, nasty: str) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    await priya.say("book")
    shown = await priya.say("SD-26-0412")

    answer = await priya.press(shown.card, "Next: concern", is_checked=False, children=nasty)

    seen = words_of(answer)
    if "\u0000" not in nasty and nasty.strip():
        assert "Not saved" in seen
        assert " ".join(nasty.split())[:40] in seen


@pytest.mark.parametrize(
    "words", ["start", "open", "join", "item", "coming", "done", "accept", "minutes", "answer for"]
)
@pytest.mark.parametrize("rest", [" SD-99-9999", " nonsense", " 99999999999999999999", " \u202e", ""])
async def test_typed_commands_about_what_is_not_there_get_one_clear_sentence(
    world: World, words: str, rest: str
) -> None:
    await world.install("Priya Nair")

    seen = words_of(await world.chat("Priya Nair").say(words + rest))

    assert len(seen) < 1_500


FORGED: tuple[dict[str, Any], ...] = (
    {},
    {"b": None, "n": "x"},
    {"b": [], "n": "x"},
    {"b": {}, "n": ""},
    {"b": {}, "n": "x" * 500},
    {"b": {"action": "no-such-id", "seen": 1}, "n": "x"},
    {"b": {"action": {"$ne": None}, "seen": "1"}, "n": "x"},
    {"b": {"discussion": "no-such-id", "seen": -1, "item": 10**12, "subject": "", "form": 0, "then": "next"}, "n": "x"},
    {"b": {"discussion": "no-such-id", "item": 1, "subject": "", "form": 0, "then": "stay", "seen": 1}, "n": "x"},
    {"b": {"dialog": "no-such-id", "step": "check", "choice": "x", "seen": 1}, "n": "x"},
    {"b": {"invitation": "no-such-id", "answer": "coming", "seen": 1}, "n": "x"},
    {"b": {"discussion": "no-such-id", "seen": 1}, "n": "x"},
    {"b": {"discussion": "no-such-id"}, "n": "x", "note": ["a", "list"]},
    {"b": {"discussion": "no-such-id", "extra": True}, "n": "x"},
)


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
async def test_a_forged_press_of_any_button_changes_nothing_and_is_told_so(
    world: World, forged: dict[str, Any]
) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    before = world.look(lambda store: [one for one in store.trail.entries() if one.deed != "read"])

    for verb in buttons_by_verb():
        action = {"type": "Action.Execute", "verb": verb, "data": forged}
        answer = await priya.send({"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}})
        assert answer.status == 200
        assert not any(trace in str(answer.body) for trace in TRACES)
        assert answer.body["value"]

    after = world.look(lambda store: [one for one in store.trail.entries() if one.deed != "read"])
    assert after == before


async def test_the_same_press_again_with_a_new_id_changes_nothing_and_gets_the_same_answer(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    for words in (
        "book",
        "SD-26-0412",
        "AB 14/05/2019",
        "physical, U2",
        "today 2pm",
        "chair me",
        "without health: late",
    ):
        shown = await priya.say(words)
    shown = await priya.say("next")
    warned = await priya.press(shown.card, "Book it")
    booked = await priya.press(warned.card, "Book it")

    again = await priya.resend(with_new_id=True)

    assert again.body == booked.body
    assert len(world.look(lambda store: store.discussions.visible(world.clock.now().replace(year=2000)))) == 1


async def test_the_same_message_again_is_answered_once(world: World) -> None:
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    await priya.say("help")
    said = len(priya.messages)

    await priya.resend()

    assert len(priya.messages) == said


BOOKING = (
    "book",
    "SD-26-0412",
    "AB 14/05/2019",
    "physical, U2",
    "today 2pm",
    "chair Priya Nair",
    "Helen Marsh",
    "without health: its report comes",
    "next",
)


async def test_somebody_elses_form_cannot_be_pressed_and_an_old_one_shows_where_it_stands(world: World) -> None:
    await world.install("Priya Nair", "Sam Okoro")
    priya, sam = world.chat("Priya Nair"), world.chat("Sam Okoro")
    first = (await priya.say("book")).card
    second = (await priya.say("SD-26-0412")).card

    theirs = await sam.press(second, "Next: concern", message=priya.last, is_checked=False, children="XY 01/01/2020")
    old = await priya.press(first, "Next: children", message=priya.messages[1])

    assert "no longer open" in words_of(theirs)
    assert "moved on" in words_of(old)
    assert "step 2 of 7" in words_of(old)


async def test_two_who_book_the_same_reference_at_once_get_one_booking_and_one_clear_sentence(world: World) -> None:
    await world.install("Priya Nair", "Sam Okoro")
    chats = [world.chat("Priya Nair"), world.chat("Sam Okoro")]
    for chat in chats:
        for words in BOOKING:
            shown = await chat.say(words)
        assert "Health" in text(shown.card)
        await chat.press(shown.card, "Book it")

    answers = [words_of(answer) for answer in await asyncio.gather(*(chat.say("book it") for chat in chats))]

    assert sum("initial · booked" in seen for seen in answers) == 1
    assert sum("can't be used again" in seen for seen in answers) == 1

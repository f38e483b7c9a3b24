"""Closing as the chair meets it: typed words and presses, over a real database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from bot import presses, typed_words
from bot.showing import show
from bot.shown import Shown, Turn
from cards.buttons import Button, CloseDiscussion, FetchMinutes, KeepReasons, OpenCloseGate, Pressed, unpack
from cards.gate import MOST_LINES
from cards.render import CARD_LIMIT_BYTES, Card, size_in_bytes, stamp
from discussions.booking.discussion import Child, Discussion, DiscussionState
from discussions.ids import ChildId
from discussions.people import Person
from discussions.record.links import digest_of
from discussions.refusals import NotAllowed, Refusal, WrongAnswer
from storage.database import Database
from tests.cards.checks import check_card, elements_of
from tests.discussions.agenda.settled import (
    CHAIR,
    CHILDREN,
    DISCUSSION,
    MINUTES,
    SD,
    A,
    B,
    Meeting,
    current,
    make_means,
    said,
)
from tests.doubles import counted_ids

R = TypeVar("R")
PUBLIC_URL = "https://chairside.example.org"
NEW_ID = counted_ids("bot")


class Chat:
    """Somebody's own chat with Chairside: each thing they do is a transaction of its own."""

    def __init__(self, database: Database, who: Person) -> None:
        self.database = database
        self.who = who

    def do(self, use: Callable[[Turn], R]) -> R:
        with self.database.transaction() as store:
            return use(Turn(make_means(store, new_id=NEW_ID), self.who, f"chat-{self.who.id}", PUBLIC_URL))

    def say(self, text: str) -> Shown:
        return self.do(lambda turn: typed_words.answer(turn, text))

    def press(self, button: Button, typed: Mapping[str, str] | None = None) -> Shown:
        return self.do(lambda turn: presses.answer(turn, Pressed(button, typed or {}, None)))

    def refused(self, button: Button, typed: Mapping[str, str]) -> tuple[Refusal, Card | None]:
        """What the press is told, and the card it is shown again on."""
        pressed = Pressed(button, typed, None)
        try:
            self.do(lambda turn: presses.answer(turn, pressed))
        except Refusal as refusal:
            told = refusal
            return told, self.do(lambda turn: presses.show_again(turn, pressed, told))
        raise AssertionError("it was not refused")

    def work_in(self) -> None:
        self.do(lambda turn: turn.means.store.discussions.set_current(self.who.id, SD))

    @property
    def discussion(self) -> Discussion:
        return self.do(lambda turn: turn.means.store.discussions.discussion(SD))  # type: ignore[return-value]


@pytest.fixture
def engine() -> str:
    return "sqlite"


def chat_about(database: Database, meeting: Meeting, who: Person = CHAIR) -> Chat:
    with database.transaction() as store:
        meeting.keep_in(store)
    chat = Chat(database, who)
    chat.work_in()
    return chat


@pytest.fixture
def settled(database: Database) -> Chat:
    return chat_about(database, Meeting())


@pytest.fixture
def unsettled(database: Database) -> Chat:
    return chat_about(database, Meeting().without(("family.genogram", ""), ("voice.words", B)))


def card_of(shown: Shown) -> Card:
    assert shown.card is not None
    check_card(shown.card)
    return shown.card


def text_of(card: Card) -> str:
    return json.dumps(card.content, ensure_ascii=False)


def inputs_of(card: Card) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in elements_of(card.content) if e["type"].startswith("Input.")}


def buttons_on(card: Card) -> list[Button]:
    """The buttons that stand under the card, not its lines."""
    found = [e for e in elements_of(stamp(card, "nonce").content) if e["type"] == "ActionSet"]
    executes = [a for e in found for a in e["actions"] if a["type"] == "Action.Execute"]
    return [unpack(execute["verb"], execute["data"]).button for execute in executes]


def test_check_lists_what_is_missing(unsettled: Chat) -> None:
    shown = unsettled.say("check")

    card = card_of(shown)
    assert shown.about == f"gate:{SD}"
    assert "2 of 12 checks are not met" in text_of(card)
    assert set(inputs_of(card)) == {"because.genogram", "because.child_complete.B.voice.words"}


def test_close_with_gaps_opens_the_gate(unsettled: Chat) -> None:
    assert unsettled.say("close").about == f"gate:{SD}"
    assert unsettled.discussion.state is DiscussionState.STARTED


def test_close_with_nothing_missing_closes(settled: Chat) -> None:
    shown = settled.say("close")

    assert shown.about == f"record:{SD}"
    assert "waits for you to approve" in text_of(card_of(shown))
    assert settled.discussion.state is DiscussionState.CLOSED


def test_a_missing_reason_shows_the_gate_again_with_what_was_typed(unsettled: Chat) -> None:
    typed = {
        "because.genogram": "“no” [time](http://x.example) {{ x }} 👶",
        "because.child_complete.B.voice.words": " ",
    }

    refusal, card = unsettled.refused(CloseDiscussion(SD, 1), typed)

    assert isinstance(refusal, WrongAnswer)
    assert card is not None
    assert inputs_of(card)["because.genogram"]["value"] == typed["because.genogram"]
    assert refusal.sentence in text_of(card)
    assert size_in_bytes(card) <= CARD_LIMIT_BYTES
    assert unsettled.discussion.state is DiscussionState.STARTED


def test_reasons_close_it(unsettled: Chat) -> None:
    typed = {"because.genogram": "no time", "because.child_complete.B.voice.words": "asleep"}

    shown = unsettled.press(CloseDiscussion(SD, 1), typed)

    assert "2 gaps closed with a reason" in text_of(card_of(shown))
    assert unsettled.discussion.state is DiscussionState.CLOSED


def test_an_old_gates_card_leads_to_the_record(settled: Chat) -> None:
    settled.say("close")

    assert settled.press(OpenCloseGate(SD)).about == f"record:{SD}"
    refusal, card = settled.refused(CloseDiscussion(SD, 1), {"because.genogram": "late"})
    assert "was closed on" in refusal.sentence
    assert card is not None
    assert "waits for you to approve" in text_of(card)


def test_the_minute_taker_sees_the_gaps_without_fields_and_is_told_who_closes(
    unsettled: Chat, database: Database
) -> None:
    minutes = Chat(database, MINUTES)
    minutes.work_in()

    card = card_of(minutes.say("check"))

    assert inputs_of(card) == {}
    assert not [button for button in buttons_on(card) if isinstance(button, CloseDiscussion)]
    with pytest.raises(NotAllowed):
        minutes.press(CloseDiscussion(SD, 1), {})


def twelve_children() -> Meeting:
    letters = "ABCDEFGHIJKL"
    children = [replace(CHILDREN[0], id=ChildId(f"child-{letter.lower()}"), letter=letter) for letter in letters]
    return Meeting(answers={}, attendance=(), actions=(), children=tuple[Child, ...](children))


def test_twelve_children_of_whom_nothing_is_known_are_closed_card_by_card(database: Database) -> None:
    chat = chat_about(database, twelve_children())
    shown = chat.say("close")
    cards = 0

    while chat.discussion.state is DiscussionState.STARTED:
        card = card_of(shown)
        fields = inputs_of(card)
        assert 0 < len(fields) <= MOST_LINES
        (go_on,) = [one for one in buttons_on(card) if isinstance(one, KeepReasons | CloseDiscussion)]
        shown = chat.press(go_on, dict.fromkeys(fields, "told by telephone at night"))
        cards += 1

    assert cards == 2
    with database.transaction() as store:
        kept = [fact for fact in current(store).standing() if fact.field == "gap"]
    assert {fact.value for fact in kept} == {"told by telephone at night"}
    assert len({fact.subject for fact in kept if fact.subject.startswith("safety_plan")}) == 12


def test_a_card_full_of_reasons_that_is_refused_still_fits(database: Database) -> None:
    chat = chat_about(database, twelve_children())
    fields = inputs_of(card_of(chat.say("check")))

    _, card = chat.refused(CloseDiscussion(SD, 1), dict.fromkeys(fields, "Ünïcödé " * 37))

    assert card is not None
    assert size_in_bytes(card) <= CARD_LIMIT_BYTES


def test_a_reason_given_for_several_counts_though_one_of_them_was_mended_meanwhile(database: Database) -> None:
    chat = chat_about(database, replace(twelve_children(), children=CHILDREN[:2]))
    grouped = inputs_of(card_of(chat.say("check")))
    assert "because.child_complete" in grouped
    answered = {("family.name", A): "Sample", ("voice.words", A): "“Nan”"}
    with database.transaction() as store:
        for (code, subject), value in answered.items():
            store.facts.add(said(code, value, subject))

    chat.press(CloseDiscussion(SD, 1), dict.fromkeys(grouped, "no time"))

    assert chat.discussion.state is DiscussionState.CLOSED


def test_approve_is_pressed_or_typed_and_then_the_record_can_be_fetched(settled: Chat) -> None:
    settled.say("close")

    card = card_of(settled.say("approve SD-26-0412"))

    assert "The record is approved" in text_of(card)
    assert [type(button) for button in buttons_on(card)] == [FetchMinutes]
    assert settled.discussion.state is DiscussionState.APPROVED


def links_in(card: Card) -> list[str]:
    return [e["url"] for e in elements_of(card.content) if e["type"] == "Action.OpenUrl"]


def test_fetching_gives_a_link_that_is_kept_as_a_digest_alone(settled: Chat, database: Database) -> None:
    settled.say("close")

    shown = settled.press(FetchMinutes(SD))

    (url,) = links_in(card_of(shown))
    assert url.startswith(f"{PUBLIC_URL}/record/")
    assert "SD-26" not in url
    secret = url.rpartition("/")[2]
    with database.transaction() as store:
        link = store.links.find(digest_of(secret))
    assert link is not None
    assert (link.discussion, link.person, link.used_at) == (SD, CHAIR.id, None)


def test_a_pressed_link_does_not_stay_in_the_chat_and_each_press_gives_a_new_one(settled: Chat) -> None:
    settled.say("close")

    first, second = settled.press(FetchMinutes(SD)), settled.press(FetchMinutes(SD))

    assert first.about is None
    assert links_in(card_of(first)) != links_in(card_of(second))
    assert presses.only_looks(FetchMinutes.verb)
    assert links_in(settled.do(lambda turn: show(turn, f"record:{SD}"))) == []


def test_minutes_can_be_typed_by_reference_and_while_it_goes_on(unsettled: Chat) -> None:
    assert links_in(card_of(unsettled.say("minutes SD-26-0412")))
    assert links_in(card_of(unsettled.say("minutes")))


def test_words_for_a_discussion_that_has_not_started_are_refused(database: Database) -> None:
    chat = chat_about(database, replace(Meeting(), discussion=replace(DISCUSSION, state=DiscussionState.BOOKED)))

    for words in ("check", "close", "approve", "minutes"):
        with pytest.raises(Refusal, match=r"not started|not closed"):
            chat.say(words)

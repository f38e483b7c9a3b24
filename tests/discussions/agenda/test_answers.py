"""What chairing looks like from the chat: each press and each typed line, and the card that answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.answers import agenda
from bot.shown import Shown
from cards.again import again
from cards.buttons import SaveItem, Then
from discussions.booking.discussion import DiscussionState
from discussions.people import Person
from discussions.refusals import Missing, NotFound, Refusal, WrongAnswer
from storage.database import Database
from tests.cards.checks import check_card, elements_of
from tests.discussions.agenda.meeting import (
    CHAIR,
    DISCUSSION,
    EVERYBODY,
    HEAD,
    MINUTES,
    NURSE,
    POLICE,
    REFERENCE,
    SD,
    SERGEANT,
    STRANGER,
    WORKER,
    A,
    B,
    Meeting,
    booked,
    install_chat,
    started,
)

ODD = "**bold** [a link](https://example.org) {{ x }} {% y %} \"quoted\" '' <b> 😀 `code`"


def texts(shown: Shown) -> list[str]:
    """Every text of the card, in order."""
    assert shown.card is not None
    found: list[str] = []
    for element in elements_of(shown.card.content["body"]):
        if element["type"] == "TextBlock":
            found.append(element["text"])
        if element["type"] == "RichTextBlock":
            found.append("".join(run["text"] for run in element["inlines"]))
        found += [str(element[key]) for key in ("title", "label") if key in element]
    return found


def fields(shown: Shown) -> dict[str, Any]:
    assert shown.card is not None
    inputs = (one for one in elements_of(shown.card.content["body"]) if one["type"].startswith("Input."))
    return {one["id"]: one.get("value") for one in inputs}


def saves(
    meeting: Meeting, who: Person, place: tuple[int, int, str], typed: dict[str, str], then: Then = "next",
    seen: int | None = None,
) -> Shown:  # fmt: skip
    item, form, subject = place
    seen = meeting.seen(item, form, subject) if seen is None else seen
    return meeting.sees(who, agenda.save_item, SaveItem(SD, item, subject, form, then, seen), typed)


def test_start_typed_opens_the_console(database: Database) -> None:
    meeting = booked(database)

    shown = meeting.sees(CHAIR, agenda.start_typed, " sd-26-0412 ")

    assert shown.about == f"console:{SD}"
    assert "0 of 60" in texts(shown)
    assert "Open item 1" in texts(shown)


def test_start_and_join_need_a_reference(database: Database) -> None:
    meeting = booked(database)

    for answer in (agenda.start_typed, agenda.join_typed):
        with pytest.raises(Missing, match="SD-26-0412"):
            meeting.sees(CHAIR, answer, " ")


def test_before_the_start_the_chair_is_offered_to_start_and_the_minute_taker_is_not(database: Database) -> None:
    meeting = booked(database)

    assert "Start it" in texts(meeting.sees(CHAIR, agenda.console, SD))
    assert "Start it" not in texts(meeting.sees(MINUTES, agenda.join_typed, REFERENCE))


def test_an_urgent_meeting_has_the_short_agenda_and_begins_with_safety(database: Database) -> None:
    meeting = booked(database, replace(DISCUSSION, urgency="U0"))

    shown = meeting.sees(CHAIR, agenda.start, SD)

    assert "0 of 30" in texts(shown)
    assert "Open item 9" in texts(shown)


def test_the_console_tells_time_and_what_each_child_needs(database: Database) -> None:
    meeting = started(database).after(34)
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "“No.”"})

    said = texts(meeting.sees(MINUTES, agenda.console_typed, ""))

    assert {"34 of 60", "13 of 13"} <= set(said)
    [a] = [one for one in said if one.startswith("A, 7:")]
    [b] = [one for one in said if one.startswith("B, unborn:")]
    assert "each child's voice" not in a
    assert "each child's voice" in b


def test_saving_leads_from_child_to_child_and_to_the_next_item(database: Database) -> None:
    meeting = started(database)
    meeting.sees(CHAIR, agenda.open_item, SD, 6, "")

    abouts = []
    shown = saves(meeting, CHAIR, (6, 0, A), {"voice.words": "“No.”"})
    abouts.append(shown.about)
    shown = saves(meeting, CHAIR, (6, 1, A), {})
    abouts.append(shown.about)
    saves(meeting, CHAIR, (6, 0, B), {"voice.observed": "Not born yet."})
    shown = saves(meeting, CHAIR, (6, 1, B), {})

    assert abouts == [f"item:{SD}:6:{A}:1", f"item:{SD}:6:{B}:0"]
    assert shown.about == f"item:{SD}:7::0"
    assert meeting.discussion.current_item == 7


def test_staying_shows_what_was_saved_and_by_whom(database: Database) -> None:
    meeting = started(database)

    shown = saves(meeting, MINUTES, (6, 0, A), {"voice.words": ODD}, then="stay")

    assert fields(shown)["voice.words"] == ODD
    assert any(one.startswith("✓ Saved 12:00") for one in texts(shown))
    assert any("Last saved by Ruth Adeyemi at 12:00" in one for one in texts(shown))


def test_a_challenged_choice_stays_until_it_is_looked_at(database: Database) -> None:
    meeting = started(database)
    alone = {"decision.s47": "yes", "decision.s47_reason": "Met.", "decision.lead": "csc"}

    first = saves(meeting, CHAIR, (10, 0, A), alone)
    second = saves(meeting, CHAIR, (10, 0, A), {**alone, "decision.lead_reason": "No officer until tomorrow."})

    assert first.about == f"item:{SD}:10:{A}:0"
    assert any("Would a joint visit be better?" in one for one in texts(first))
    assert second.about == f"item:{SD}:10:{A}:1"


def test_a_clash_shows_both_texts_and_is_not_put_over_by_the_stored_card(database: Database) -> None:
    meeting = started(database)
    saves(meeting, MINUTES, (10, 0, A), {"decision.s47_reason": f"Theirs {ODD}"}, then="stay", seen=0)

    shown = saves(meeting.after(2), CHAIR, (10, 0, A), {"decision.s47_reason": f"Mine {ODD}"}, seen=0)

    assert shown.about is None
    assert fields(shown)["decision.s47_reason"] == f"Mine {ODD}"
    said = " ".join(texts(shown))
    assert f"“Theirs {ODD}”" in said
    assert "Ruth Adeyemi wrote here at 12:00" in said
    assert shown.card is not None
    check_card(shown.card)


def test_after_a_refusal_the_form_holds_what_was_typed(database: Database) -> None:
    meeting = started(database)
    typed = {"safety.orders": ODD, "safety.review_on": "31/02/2027"}

    with pytest.raises(WrongAnswer) as refused:
        saves(meeting, CHAIR, (9, 1, A), typed)

    shown = meeting.sees(CHAIR, agenda.item_form, SD, 9, A, 1)
    assert shown.card is not None
    kept = fields(replace(shown, card=again(shown.card, refused.value.sentence, typed)))
    assert {code: kept[code] for code in typed} == typed


@pytest.mark.parametrize(("typed", "about"), [("9", f"item:{SD}:9:{A}:0"), ("10 b", f"item:{SD}:10:{B}:0"),
                                              ("4 police", f"item:{SD}:4:{POLICE.id}:0")])  # fmt: skip
def test_items_are_opened_by_number_child_and_agency(database: Database, typed: str, about: str) -> None:
    meeting = started(database)

    assert meeting.sees(CHAIR, agenda.item_typed, typed).about == about


@pytest.mark.parametrize("typed", ["", "14", "nine", "10 Z", "4 fire brigade"])
def test_an_item_that_is_not_there_is_asked_for(database: Database, typed: str) -> None:
    meeting = started(database)

    with pytest.raises(WrongAnswer):
        meeting.sees(CHAIR, agenda.item_typed, typed)


def test_typed_capture_says_where_it_went(database: Database) -> None:
    meeting = started(database)
    meeting.sees(CHAIR, agenda.open_item, SD, 6, "")

    noted = texts(meeting.sees(MINUTES, agenda.note_typed, ODD))
    decided = texts(meeting.sees(CHAIR, agenda.decision_typed, "Joint visit today."))
    back = texts(meeting.sees(CHAIR, agenda.undo_typed, ""))

    assert noted[:2] == [f"✓ {REFERENCE} · item 6 · noted", ODD]
    assert any("Type undo" in one for one in noted)
    assert decided[0] == f"✓ {REFERENCE} · item 10 · decision written down"
    assert back[:2] == [f"✓ {REFERENCE} · item 10 · taken back", "Joint visit today."]


def test_undo_says_the_field_the_child_and_what_stands_again(database: Database) -> None:
    meeting = started(database)
    saves(meeting, CHAIR, (10, 0, A), {"decision.medical": "yes"})
    saves(meeting, CHAIR, (10, 0, A), {"decision.medical": "no"})

    said = texts(meeting.sees(CHAIR, agenda.undo_typed, ""))

    assert "A, 7, Medical: No" in said
    assert "Now it says again: Yes" in said


def test_who_is_here_is_typed_and_ticked(database: Database) -> None:
    meeting = started(database)

    here = texts(meeting.sees(CHAIR, agenda.here_typed, "Helen Marsh"))
    shown = meeting.sees(MINUTES, agenda.save_attendance, SD, {"came.1": NURSE.id, "guests": "Kim Lee, DC, police"})

    assert here[:2] == [f"✓ {REFERENCE} · here", "Helen Marsh, Detective sergeant (Avonford Police)"]
    assert shown.about == f"attendance:{SD}"
    assert any(one.startswith("✓ Quorate") for one in texts(shown))
    assert "Kim Lee, DC: here since 12:00" in texts(shown)
    assert shown.card is not None
    check_card(shown.card)


def test_the_chat_of_a_meeting_sees_numbers_only(database: Database) -> None:
    meeting = started(database)
    install_chat(meeting, "meeting-chat")
    saves(meeting, CHAIR, (6, 0, A), {"voice.words": "Secret."})

    shown = meeting.sees(SERGEANT, agenda.progress, REFERENCE, chat="meeting-chat")

    assert shown.about == f"progress:{SD}"
    assert shown.card is not None
    said = json.dumps(shown.card.content, ensure_ascii=False)
    names = [one.name for one in EVERYBODY] + [item.title for item in meeting.practice.items]
    agencies = ["Police", "Health", "Care", "police", "health"]
    assert [one for one in [*names, *agencies, "Secret", "child", "JS"] if one in said] == []
    assert "Item 1 of 13" in said
    assert meeting.sees(CHAIR, agenda.progress, "", chat="meeting-chat").about == f"progress:{SD}"


def test_people_s_words_never_become_markdown(database: Database) -> None:
    meeting = started(database)
    meeting.sees(CHAIR, agenda.note_typed, ODD)
    saves(meeting, CHAIR, (4, 0, POLICE.id), {"information.said": ODD})
    saves(meeting, CHAIR, (6, 0, A), {"voice.words": ODD})
    places = [("item", (SD, 4, POLICE.id, 0)), ("item", (SD, 6, A, 0)), ("item", (SD, 1, "", 0))]

    for _, place in places:
        shown = meeting.sees(CHAIR, agenda.item_form, *place)
        assert shown.card is not None
        blocks = [one["text"] for one in elements_of(shown.card.content) if one["type"] == "TextBlock"]
        assert [one for one in blocks if "**bold**" in one] == []


OTHERS = (WORKER, SERGEANT, NURSE, HEAD, STRANGER)
ANSWERS: dict[str, Callable[[Meeting, Person], object]] = {
    "start": lambda meeting, who: meeting.sees(who, agenda.start, SD),
    "start typed": lambda meeting, who: meeting.sees(who, agenda.start_typed, REFERENCE),
    "join": lambda meeting, who: meeting.sees(who, agenda.join, SD),
    "console": lambda meeting, who: meeting.sees(who, agenda.console, SD),
    "agenda typed": lambda meeting, who: meeting.sees(who, agenda.console_typed, REFERENCE),
    "item": lambda meeting, who: meeting.sees(who, agenda.open_item, SD, 6, A),
    "item form": lambda meeting, who: meeting.sees(who, agenda.item_form, SD, 6, A, 0),
    "save": lambda meeting, who: saves(meeting, who, (6, 0, A), {"voice.words": "x"}),
    "attendance": lambda meeting, who: meeting.sees(who, agenda.attendance, SD),
    "save attendance": lambda meeting, who: meeting.sees(who, agenda.save_attendance, SD, {"came.0": SERGEANT.id}),
    "note": lambda meeting, who: meeting.sees(who, agenda.note_typed, "x"),
    "decision": lambda meeting, who: meeting.sees(who, agenda.decision_typed, "x"),
    "here": lambda meeting, who: meeting.sees(who, agenda.here_typed, "Helen Marsh"),
    "left": lambda meeting, who: meeting.sees(who, agenda.left_typed, "Priya Nair"),
    "undo": lambda meeting, who: meeting.sees(who, agenda.undo_typed, ""),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_who_is_not_at_the_table_gets_nothing_and_changes_nothing(
    database: Database, answer: Callable[[Meeting, Person], object]
) -> None:
    meeting = started(database)
    before = (meeting.discussion, meeting.history, meeting.reads(lambda store: store.discussions.attendance(SD)))

    for who in OTHERS:
        with database.transaction() as store:
            store.discussions.set_current(who.id, SD)
        with pytest.raises(Refusal):
            answer(meeting, who)

    after = (meeting.discussion, meeting.history, meeting.reads(lambda store: store.discussions.attendance(SD)))
    assert after == before


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.role_name)
def test_who_is_on_it_is_told_whose_part_it_is(database: Database, who: Person) -> None:
    meeting = started(database, replace(DISCUSSION, restricted=True))

    told = []
    for reference in (REFERENCE, "SD-26-9999"):
        with pytest.raises(NotFound) as refused:
            meeting.sees(who, agenda.join_typed, reference)
        told.append(refused.value.sentence)

    is_on_it = told[0] == f"Only the chair and the minute-taker can write in {REFERENCE}. Nothing was changed."
    assert is_on_it == (who in (WORKER, SERGEANT, NURSE))
    assert is_on_it or told[0] == told[1]
    assert told[1] == NotFound().sentence


def test_a_closed_discussion_can_be_added_to_and_an_approved_one_only_read(database: Database) -> None:
    meeting = started(database, replace(DISCUSSION, state=DiscussionState.CLOSED))
    assert "Save & next" in texts(meeting.sees(CHAIR, agenda.item_form, SD, 6, A, 0))

    approved = replace(meeting.discussion, state=DiscussionState.APPROVED)
    meeting.reads(lambda store: store.discussions.save(approved))

    assert fields(meeting.sees(CHAIR, agenda.item_form, SD, 6, A, 0)) == {}

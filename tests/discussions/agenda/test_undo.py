"""Undo: takes back the newest thing one captured, one at a time, and erases nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.actions.action import ActionState
from discussions.actions.capture import typed_action
from discussions.agenda.capture import decide_in_words, note
from discussions.agenda.facts import Fact
from discussions.agenda.refusals import NoCurrentDiscussion, NothingToUndo
from discussions.agenda.undo import last_captured, undo
from discussions.ids import DiscussionId, FactId
from discussions.people import PersonId
from discussions.trail import Deed
from storage.database import Database
from tests.discussions.agenda.meeting import CHAIR, MINUTES, SD, SERGEANT, A, booked, started

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_a_note_is_taken_back_and_kept_in_history(database: Database) -> None:
    meeting = started(database)
    meeting.does(CHAIR, note, "Mother was at work.")

    taken = meeting.after(1).does(CHAIR, undo)

    assert taken.fact is not None
    assert taken.fact.value == "Mother was at work."
    assert [(fact.value, fact.version) for fact in meeting.history] == [("Mother was at work.", 1), (None, 2)]
    assert Deed.UNDONE in [entry.deed for entry in meeting.reads(lambda store: store.trail.entries(SD))]


def test_the_value_before_stands_again(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "First."})
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "Second."})

    taken = meeting.does(CHAIR, undo)

    assert taken.before == "First."
    assert meeting.captured.value("voice.words", A) == "First."


def test_undo_goes_further_back_each_time_and_ends(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "First."})
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "Second."})
    meeting.does(CHAIR, note, "A note.")

    taken = [meeting.does(CHAIR, undo).fact for _ in range(3)]

    assert [fact.value for fact in taken if fact] == ["A note.", "Second.", "First."]
    with pytest.raises(NothingToUndo):
        meeting.does(CHAIR, undo)
    assert list(meeting.captured.standing()) == []


def test_nobody_takes_back_another_s(database: Database) -> None:
    meeting = started(database)
    meeting.does(CHAIR, note, "The chair's.")

    with pytest.raises(NothingToUndo):
        meeting.does(MINUTES, undo)


def test_what_somebody_wrote_over_mine_stays(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "Mine."})
    meeting.saves(MINUTES, 6, 0, A, {"voice.words": "Theirs."})

    with pytest.raises(NothingToUndo):
        meeting.does(CHAIR, undo)

    assert meeting.captured.value("voice.words", A) == "Theirs."


def test_a_text_taken_out_comes_back(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, 6, 0, A, {"voice.words": "First."})
    meeting.saves(CHAIR, 6, 0, A, {})

    meeting.does(CHAIR, undo)

    assert meeting.captured.value("voice.words", A) == "First."


@pytest.mark.parametrize("who", [CHAIR, MINUTES], ids=["chair", "minute-taker"])
def test_an_action_just_typed_is_cancelled(database: Database, who: object) -> None:
    meeting = started(database)
    person = CHAIR if who is CHAIR else MINUTES
    meeting.does(person, note, "Before.")
    meeting.after(1).does(person, typed_action, "Helen Marsh: see A at school by today 15:00")

    taken = meeting.does(person, undo)

    assert taken.action is not None
    [action] = meeting.reads(lambda store: store.actions.of_discussion(SD))
    assert action.state is ActionState.CANCELLED
    again = meeting.does(person, undo)
    assert again.fact is not None
    assert again.fact.value == "Before."


def test_notes_and_decisions_land_where_they_belong(database: Database) -> None:
    meeting = started(database)

    first = meeting.does(MINUTES, note, "One.")
    second = meeting.does(CHAIR, note, "item 6: Two.")
    third = meeting.does(CHAIR, note, "by phone: Three.")
    decision = meeting.does(MINUTES, decide_in_words, "Joint visit today.")

    assert [(one.item.number, one.fact.value, one.fact.late) for one in (first, second, third, decision)] == [
        (1, "One.", False),
        (6, "Two.", False),
        (1, "Three.", True),
        (10, "Joint visit today.", False),
    ]
    assert [one.fact.sequence for one in (first, second, third, decision)] == [0, 1, 2, 0]


def test_a_time_at_the_beginning_of_a_note_is_no_item(database: Database) -> None:
    meeting = started(database)

    noted = meeting.does(CHAIR, note, "10:30 the school rang.")

    assert (noted.item.number, noted.fact.value) == (1, "10:30 the school rang.")


def test_without_a_discussion_one_is_told_how_to_get_to_one(database: Database) -> None:
    meeting = booked(database)

    for who in (CHAIR, SERGEANT):
        with pytest.raises(NoCurrentDiscussion, match="start or join"):
            meeting.does(who, note, "Lost?")


WHO = st.sampled_from(["me", "you"])
PLACES = st.sampled_from(["note", "voice"])


@given(st.lists(st.tuples(PLACES, WHO), max_size=12))
def test_taking_back_again_and_again_leaves_only_what_others_wrote_last(writes: list[tuple[str, str]]) -> None:
    history: list[Fact] = []
    for place, who in writes:
        history.append(written(history, place, who, f"{len(history)}"))
    undone: set[str] = set()

    taken = 0
    while last := last_captured(history, undone, PersonId("me")):
        back = written(history, last.fact.field, "me", last.before)
        assert back.version == last.top + 1
        undone.add(back.id)
        history.append(back)
        taken += 1

    assert taken <= len(writes)
    for place in ("note", "voice"):
        of_place = [who for where, who in writes if where == place]
        by_others = [place_ for place_, who in enumerate(of_place) if who == "you"]
        facts = [one for one in history if one.field == place]
        expected = facts[by_others[-1]].value if by_others else None
        assert (facts[-1].value if facts else None) == expected


def written(history: list[Fact], field: str, who: str, value: str | None) -> Fact:
    version = 1 + sum(one.field == field for one in history)
    id, at = FactId(f"{field}-{version}"), AT + timedelta(seconds=len(history))
    return Fact(id, DiscussionId("d"), 1, field, "", 0, value, version, "digest", PersonId(who), at)

"""Starting and joining: who may, what it sets going, and where typed words go from then on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.agenda import moving
from discussions.agenda.opening import open_item
from discussions.agenda.refusals import NotTheMoment
from discussions.agenda.start import join_discussion, start_discussion
from discussions.booking.discussion import DiscussionState
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import NotFound
from discussions.trail import Deed
from storage.database import Database
from tests.discussions.agenda.meeting import (
    CHAIR,
    DISCUSSION,
    HEAD,
    MINUTES,
    NOON,
    NURSE,
    REFERENCE,
    SD,
    STRANGER,
    WORKER,
    booked,
    install_chat,
    started,
)


def test_starting_sets_the_time_the_first_item_and_the_chair_s_own_place(database: Database) -> None:
    meeting = booked(database)

    meeting.does(CHAIR, start_discussion, SD)

    assert (meeting.discussion.state, meeting.discussion.started_at) == (DiscussionState.STARTED, NOON)
    assert meeting.discussion.current_item == 1
    assert meeting.reads(lambda store: store.discussions.current(CHAIR.id)) == SD
    assert [one.person for one in meeting.reads(lambda store: store.discussions.attendance(SD))] == [CHAIR.id]
    deeds = [entry.deed for entry in meeting.reads(lambda store: store.trail.entries(SD))]
    assert deeds == [Deed.STARTED, Deed.ATTENDANCE]


def test_starting_again_changes_nothing(database: Database) -> None:
    meeting = started(database)
    before = meeting.discussion

    meeting.after(10).does(CHAIR, start_discussion, SD)

    assert meeting.discussion == before
    assert len(meeting.reads(lambda store: store.discussions.attendance(SD))) == 2


@pytest.mark.parametrize("who", [MINUTES, WORKER, NURSE, HEAD, STRANGER], ids=lambda who: who.role_name)
def test_only_the_chair_starts(database: Database, who: Person) -> None:
    meeting = booked(database)

    with pytest.raises(NotFound):
        meeting.does(who, start_discussion, SD)

    assert meeting.discussion.state is DiscussionState.BOOKED


def test_an_immediate_risk_starts_with_safety(database: Database) -> None:
    meeting = booked(database, replace(DISCUSSION, urgency="U0"))

    meeting.does(CHAIR, start_discussion, SD)

    assert meeting.discussion.current_item == 9


def test_what_was_cancelled_is_not_started(database: Database) -> None:
    meeting = booked(database, replace(DISCUSSION, state=DiscussionState.CANCELLED))

    with pytest.raises(NotTheMoment):
        meeting.does(CHAIR, start_discussion, SD)


def test_a_minute_taker_joins_before_the_start_without_being_marked_as_here(database: Database) -> None:
    meeting = booked(database)

    meeting.does(MINUTES, join_discussion, SD)

    assert meeting.reads(lambda store: store.discussions.current(MINUTES.id)) == SD
    assert meeting.reads(lambda store: store.discussions.attendance(SD)) == []


@pytest.mark.parametrize("who", [WORKER, NURSE, HEAD, STRANGER], ids=lambda who: who.role_name)
def test_nobody_else_joins(database: Database, who: Person) -> None:
    meeting = started(database)

    with pytest.raises(NotFound):
        meeting.does(who, join_discussion, SD)


def test_the_meeting_s_chat_follows_the_chair_and_not_the_minute_taker(database: Database) -> None:
    meeting = started(database)
    install_chat(meeting, "meeting-chat")
    meeting.does(NURSE, moving.tie_chat, REFERENCE, "meeting-chat")

    meeting.does(MINUTES, open_item, SD, 4)
    assert (meeting.discussion.current_item, meeting.outbox()) == (1, [])

    meeting.does(CHAIR, open_item, SD, 6)
    [message] = meeting.outbox()
    assert meeting.discussion.current_item == 6
    assert (message.kind, message.conversation, message.recipient) == (MessageKind.PROGRESS, "meeting-chat", None)
    assert message.replaces_card
    assert message.about == {"discussion": SD}


def test_only_people_on_it_tie_a_chat(database: Database) -> None:
    meeting = booked(database)
    install_chat(meeting, "meeting-chat")

    for who in (HEAD, STRANGER):
        with pytest.raises(NotFound):
            meeting.does(who, moving.tie_chat, REFERENCE, "meeting-chat")

    assert meeting.reads(lambda store: store.conversations.meeting_chat(SD)) is None


def test_one_s_own_chat_is_never_tied(database: Database) -> None:
    meeting = booked(database)
    install_chat(meeting, "own-chat", "personal", CHAIR)

    meeting.does(CHAIR, moving.tie_chat, REFERENCE, "own-chat")

    assert meeting.reads(lambda store: store.conversations.tied_to("own-chat")) == []


def test_a_meeting_that_begins_hands_its_chair_the_console_once(database: Database) -> None:
    meeting = booked(database)
    install_chat(meeting, "meeting-chat")
    meeting.does(CHAIR, moving.tie_chat, REFERENCE, "meeting-chat")

    for _ in range(2):
        with database.transaction() as store:
            moving.hand_console(meeting.means(store), "meeting-chat")

    [message] = meeting.outbox()
    assert (message.kind, message.recipient, message.about) == (MessageKind.CONSOLE, CHAIR.id, {"discussion": SD})


def test_a_meeting_nobody_tied_hands_nothing(database: Database) -> None:
    meeting = booked(database)

    with database.transaction() as store:
        assert moving.hand_console(meeting.means(store), "some-chat") is None

    assert meeting.outbox() == []

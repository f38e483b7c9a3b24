"""Purging: content goes when its time is over; names of old records, the trail and the ledger stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from discussions.actions.action import ActionState
from discussions.booking.discussion import DiscussionState
from discussions.trail import Deed, Entry
from storage.database import Database
from storage.purge import Purged, purge
from tests.storage.full_house import SENT, SLOT, TAKEN, approve, fill
from tests.storage.samples import BOOKED, DAY, HERE, HOUR, NOW, VISIT
from tests.storage.test_secrets import everything_kept

NOTHING = Purged(0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _full_house(database: Database) -> None:
    fill(database)


def test_nothing_goes_before_its_time(database: Database) -> None:
    approve(database)
    assert purge(database, NOW + HOUR) == NOTHING


def test_answers_go_after_a_day_and_dialogs_after_thirty(database: Database) -> None:
    assert purge(database, NOW + DAY + HOUR) == replace(NOTHING, answers=1)
    assert purge(database, NOW + 2 * DAY) == replace(NOTHING, links=1)
    assert purge(database, NOW + 31 * DAY) == replace(NOTHING, dialogs=1)


def test_ended_messages_go_after_four_hundred_days_and_the_ledger_stays(database: Database) -> None:
    assert purge(database, NOW + 399 * DAY).messages == 0
    assert purge(database, NOW + 401 * DAY).messages == 1

    kept = everything_kept(database)
    assert kept["outbox"] == kept["message_about"] == []
    assert len(kept["delivery"]) == 1
    assert kept["delivery"][0]["message"] == SENT.message


def test_the_content_of_an_approved_discussion_goes_and_its_frame_stays(database: Database) -> None:
    approve(database)
    assert purge(database, NOW + 90 * DAY).discussions == 1

    with database.transaction() as store:
        blank = store.discussions.discussion("d1")
        assert blank is not None
        assert (blank.reference, blank.harms, blank.quorum_reason) == (BOOKED.reference, (), None)
        assert [(c.letter, c.initials, c.born, c.expected) for c in store.discussions.children("d1")] == [
            ("A", None, None, None),
            ("B", None, None, None),
        ]
        assert store.discussions.attendance("d1") == [replace(HERE, name=None, version=2)]
        assert {invitation.words for invitation in store.discussions.invitations("d1")} == {None}
        assert store.facts.history("d1") == []
        assert store.slots.of_discussion("d1") == [replace(TAKEN, reason=None)], "who had the place stays"
        [action] = store.actions.of_discussion("d1")
        assert (action.wording, action.measure, action.asked_why, action.due_at) == ("", None, None, VISIT.due_at)
        assert store.discussions.current("jane") is None
        assert store.trail.entries("d1")[-1] == Entry(Deed.PURGED, NOW + 90 * DAY, None, "d1")
        assert store.trail.is_unbroken()


def test_a_hold_that_is_over_goes_at_once_and_a_slot_with_its_places_after_four_hundred_days(
    database: Database,
) -> None:
    with database.transaction() as store:
        store.slots.put(replace(TAKEN, id="held", number=1, discussion=None, holder="dialog", until=NOW + HOUR))
    purge(database, NOW + HOUR)
    with database.transaction() as store:
        assert [one.id for one in store.slots.takings(["sl1"])] == ["held", "t1"]

    purge(database, NOW + 2 * HOUR)
    with database.transaction() as store:
        assert [one.id for one in store.slots.takings(["sl1"])] == ["t1"]

    purge(database, SLOT.starts_at + 401 * DAY)
    with database.transaction() as store:
        assert (store.slots.slot("sl1"), store.slots.of_discussion("d1")) == (None, [])


def test_what_was_purged_is_not_purged_again(database: Database) -> None:
    approve(database)
    purge(database, NOW + 90 * DAY)
    assert purge(database, NOW + 91 * DAY).discussions == 0


def test_how_long_records_are_kept_is_handed_in(database: Database) -> None:
    approve(database)
    assert purge(database, NOW + 30 * DAY, keep_records=timedelta(days=31)).discussions == 0
    assert purge(database, NOW + 30 * DAY, keep_records=timedelta(days=30)).discussions == 1


def test_an_open_action_keeps_its_discussion(database: Database) -> None:
    approve(database)
    with database.transaction() as store:
        store.actions.add(replace(VISIT, id="a2", number=2, state=ActionState.DECLINED), ())

    assert purge(database, NOW + 90 * DAY).discussions == 0


def test_a_discussion_that_is_not_approved_is_kept_and_a_cancelled_one_goes(database: Database) -> None:
    with database.transaction() as store:
        action = store.actions.action("a1")
        assert action is not None
        store.actions.save(replace(action, state=ActionState.CANCELLED))
    assert purge(database, NOW + 200 * DAY).discussions == 0

    with database.transaction() as store:
        store.discussions.save(replace(BOOKED, state=DiscussionState.CANCELLED))

    assert purge(database, BOOKED.starts_at + 90 * DAY - HOUR).discussions == 0
    assert purge(database, BOOKED.starts_at + 90 * DAY).discussions == 1

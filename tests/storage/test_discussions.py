"""Discussions as kept, and what happens when two people change one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Child, DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.refusals import Stale
from storage.database import Database
from tests.storage.samples import (
    BOOKED,
    BORN,
    DAY,
    HERE,
    HOUR,
    MOVED,
    NOW,
    TO_POLICE,
    TO_SAM,
    UNBORN,
    with_booking,
)


@pytest.fixture(autouse=True)
def _booking(database: Database) -> None:
    with_booking(database)


def test_a_discussion_comes_back_whole(database: Database) -> None:
    with database.transaction() as store:
        assert store.discussions.discussion("d1") == BOOKED
        assert store.discussions.by_reference("SD-26-0001") == BOOKED
        assert store.discussions.children("d1") == [BORN, UNBORN]
        assert store.discussions.invitations("d1") == [TO_POLICE, TO_SAM]
        assert store.discussions.invitation("i2") == TO_SAM


@pytest.mark.parametrize("forged", ["unknown", "", "x" * 5000, "nul\0", "\ud800", "'; DROP TABLE discussion"])
def test_an_unknown_id_or_reference_finds_nothing(database: Database, forged: str) -> None:
    with database.transaction() as store:
        assert store.discussions.discussion(forged) is None
        assert store.discussions.by_reference(forged) is None
        assert store.discussions.invitation(forged) is None


def test_saving_gives_the_next_version(database: Database) -> None:
    with database.transaction() as store:
        started = store.discussions.save(replace(BOOKED, state=DiscussionState.STARTED, started_at=NOW, current_item=9))

        assert started.version == 2
        assert store.discussions.discussion("d1") == started


def test_the_second_of_two_changes_is_stale_and_not_kept(database: Database) -> None:
    with database.transaction() as store:
        first = store.discussions.save(replace(BOOKED, chair="sam"))
        with pytest.raises(Stale, match="this discussion"):
            store.discussions.save(replace(BOOKED, chair="ali"))

        assert store.discussions.discussion("d1") == first


def test_what_was_never_added_cannot_be_saved(database: Database) -> None:
    with database.transaction() as store, pytest.raises(Stale):
        store.discussions.save(replace(BOOKED, id="d9"))


def test_an_invitation_is_answered_once_for_each_version(database: Database) -> None:
    coming = replace(TO_SAM, answer=InvitationAnswer.COMING, words="Late by five", answered_at=NOW, answered_by="sam")
    with database.transaction() as store:
        saved = store.discussions.save_invitation(coming)
        assert store.discussions.invitations("d1") == [TO_POLICE, saved]
        with pytest.raises(Stale, match="this invitation"):
            store.discussions.save_invitation(coming)


def test_somebody_can_be_asked_later(database: Database) -> None:
    later = replace(TO_SAM, id="i0", person="ali", agency="police")
    with database.transaction() as store:
        store.discussions.add_invitation(later)

        assert store.discussions.invitations("d1") == [TO_POLICE, TO_SAM, later]


def test_attendance_is_kept_in_the_order_of_coming(database: Database) -> None:
    later = replace(HERE, id="at0", person="sam", name=None, came_at=NOW + HOUR)
    with database.transaction() as store:
        store.discussions.add_attendance(later)
        store.discussions.add_attendance(HERE)
        assert store.discussions.attendance("d1") == [HERE, later]

        left = store.discussions.save_attendance(replace(HERE, left_at=NOW + HOUR))

        assert store.discussions.attendance("d1") == [left, later]
        with pytest.raises(Stale, match="this attendance"):
            store.discussions.save_attendance(HERE)


@pytest.mark.parametrize(
    ("person", "desk", "is_theirs"),
    [
        ("jane", "hub", True),
        ("sam", None, True),
        ("ali", "lighthouse", True),
        ("ali", None, False),
        ("nobody", "hub", False),
    ],
)
def test_a_discussion_is_of_those_who_run_it_or_are_asked(
    database: Database, person: str, desk: str | None, is_theirs: bool
) -> None:
    with database.transaction() as store:
        assert store.discussions.of_person(person, desk, NOW) == [BOOKED] * is_theirs


def test_lists_start_at_a_moment_and_come_soonest_first(database: Database) -> None:
    tomorrow = replace(BOOKED, id="d2", reference="SD-26-0002", starts_at=NOW + DAY)
    past = replace(BOOKED, id="d3", reference="SD-26-0003", starts_at=NOW - DAY)
    hidden = replace(tomorrow, id="d4", reference="SD-26-0004", restricted=True)
    with database.transaction() as store:
        for each in (hidden, tomorrow, past):
            store.discussions.add(each, (), ())

        assert store.discussions.of_person("jane", None, NOW) == [BOOKED, tomorrow, hidden]
        assert store.discussions.visible(NOW) == [BOOKED, tomorrow]


def test_references_count_up_in_each_year(database: Database) -> None:
    with database.transaction() as store:
        given = [store.discussions.next_reference(year) for year in (2026, 2026, 2027)]

    with database.transaction() as store:
        assert [*given, store.discussions.next_reference(2026)] == [
            "SD-26-0001",
            "SD-26-0002",
            "SD-27-0001",
            "SD-26-0003",
        ]


def test_each_person_has_one_current_discussion(database: Database) -> None:
    with database.transaction() as store:
        assert store.discussions.current("jane") is None
        store.discussions.set_current("jane", "d1")
        store.discussions.set_current("jane", "d1")
        assert store.discussions.current("jane") == "d1"
        assert store.discussions.current("sam") is None
        store.discussions.set_current("jane", None)
        assert store.discussions.current("jane") is None


def test_words_of_any_kind_come_back_as_typed(database: Database) -> None:
    odd = "“Zoë’s” 🙂 {{x}} %s \\ \n\ttab <b> '; --" + "x" * 5000
    with database.transaction() as store:
        saved = store.discussions.save(replace(BOOKED, join_details=odd, late_reason=odd))

        assert store.discussions.discussion("d1") == saved


def test_a_naive_moment_is_refused(database: Database) -> None:
    with database.transaction() as store:
        with pytest.raises(Exception, match="must say its time zone"):
            store.discussions.save(replace(BOOKED, started_at=NOW.replace(tzinfo=None)))


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def change_and_fail() -> None:
        with database.transaction() as store:
            store.discussions.save(replace(BOOKED, chair="sam"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    with database.transaction() as store:
        assert store.discussions.discussion("d1") == BOOKED


def test_the_same_child_has_the_same_fingerprint_in_two_discussions(database: Database) -> None:
    with database.transaction() as store:
        again = replace(BOOKED, id="d2", reference="SD-26-0002")
        same = Child("c3", "d2", "A", BORN.initials.lower() if BORN.initials else None, BORN.born, None)
        store.discussions.add(again, (same, replace(UNBORN, id="c4", discussion="d2")), ())

    with database.begin() as tx:
        found = tx.connection.exec_driver_sql("SELECT fingerprint FROM child ORDER BY id").scalars().all()

    assert found[0] == found[2]
    assert found[0].startswith("first.")
    assert found[1] is found[3] is None


def test_booking_for_an_unknown_chair_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction() as store:
        store.discussions.add(replace(BOOKED, id="d5", reference="SD-26-0005", chair="forged"), (), ())


def test_changes_come_back_in_the_order_in_which_they_were_made(database: Database) -> None:
    later = replace(MOVED, id="ch0", kind=ChangeKind.CANCELLED)
    with database.transaction() as store:
        store.discussions.add_change(MOVED)
        store.discussions.add_change(later)

        assert store.discussions.changes("d1") == [MOVED, later]
        assert store.discussions.changes("d2") == []


def test_what_has_not_begun_is_found_between_two_moments(database: Database) -> None:
    with database.transaction() as store:
        start = BOOKED.starts_at

        assert store.discussions.not_begun(start - HOUR, start) == [BOOKED]
        assert store.discussions.not_begun(start - HOUR, start - HOUR) == []
        assert store.discussions.not_begun(start + HOUR, start + DAY) == []
        entered = store.discussions.save(replace(BOOKED, entered_at=NOW))
        assert store.discussions.not_begun(start, start) == []
        store.discussions.save(replace(entered, entered_at=None, state=DiscussionState.STARTED, restricted=True))
        assert store.discussions.not_begun(start, start) == []

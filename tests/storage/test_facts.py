"""Facts: one row a fact, the newest version counts, and two people cannot write the same one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.refusals import Stale
from storage.database import Database
from tests.storage.samples import HOUR, NOTED, NOW, with_booking


@pytest.fixture(autouse=True)
def _booking(database: Database) -> None:
    with_booking(database)


CORRECTED = replace(NOTED, id="f2", value="A bruise on the right arm", version=2, at=NOW + HOUR)
SECOND = replace(NOTED, id="f0", sequence=1, value="Seen by the GP")
TAKEN_BACK = replace(SECOND, id="f3", value=None, version=2)


def test_the_newest_version_is_current_and_the_older_is_kept(database: Database) -> None:
    with database.transaction() as store:
        for fact in (NOTED, SECOND, CORRECTED):
            store.facts.add(fact)

        assert store.facts.current("d1") == [SECOND, CORRECTED]
        assert store.facts.history("d1") == [NOTED, SECOND, CORRECTED]
        assert store.facts.current("other") == []


def test_what_was_taken_back_is_told_as_none(database: Database) -> None:
    with database.transaction() as store:
        for fact in (SECOND, TAKEN_BACK):
            store.facts.add(fact)

        assert store.facts.current("d1") == [TAKEN_BACK]


def test_facts_about_different_subjects_stand_side_by_side(database: Database) -> None:
    about_child = replace(NOTED, id="f9", subject="c1")
    with database.transaction() as store:
        for fact in (NOTED, about_child):
            store.facts.add(fact)

        assert store.facts.current("d1") == [NOTED, about_child]


def test_the_second_of_two_same_versions_is_stale(database: Database) -> None:
    with database.transaction() as store:
        store.facts.add(NOTED)
        with pytest.raises(Stale):
            store.facts.add(replace(NOTED, id="f8", value="Something else"))

        assert store.facts.history("d1") == [NOTED]

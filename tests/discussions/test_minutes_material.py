"""The record made from what is really kept: written through the stores, read back, and the same to the word."""

from __future__ import annotations

from dataclasses import replace

from discussions.ids import FactId
from discussions.needs import Means, Store
from discussions.record.material import Material, material_for
from discussions.record.minutes import make_minutes
from storage.database import Database
from storage.practice_file import standard_practice
from tests.documents.story import MADE, PlainYear, said, told

STORY = told(standard_practice())


def keep(store: Store, material: Material) -> None:
    store.people.replace_all(
        list(material.agencies.values()), list(material.desks.values()), list(material.people.values())
    )
    store.discussions.add(material.discussion, material.children, material.invitations)
    for attendance in material.attendance:
        store.discussions.add_attendance(attendance)
    for fact in material.facts:
        store.facts.add(fact)
    for action in material.actions:
        store.actions.add(action, [])


def read(store: Store) -> Material:
    means = Means(store, standard_practice(), PlainYear(), MADE, lambda: "none is made")
    return material_for(means, STORY.discussion, standard_practice())


def test_what_was_kept_gives_the_same_record(database: Database) -> None:
    with database.transaction() as store:
        keep(store, STORY)

    with database.transaction() as store:
        assert make_minutes(read(store)) == make_minutes(STORY)


def test_what_was_written_over_or_taken_back_is_not_in_it(database: Database) -> None:
    first = said(3, "concern.summary", "First words")
    with database.transaction() as store:
        keep(store, replace(STORY, facts=[first]))
        store.facts.add(replace(first, id=FactId("second"), version=2, value="Better words"))

    with database.transaction() as store:
        (shown,) = read(store).facts_of("concern.summary")
        assert shown.value == "Better words"
        store.facts.add(replace(first, id=FactId("third"), version=3, value=None))

    with database.transaction() as store:
        assert list(read(store).facts_of("concern.summary")) == []

"""Looking at a database without changing it: who is in it, and what does not open."""

from __future__ import annotations

from base64 import b64encode

from discussions.people import Agency, AgencyId, Person, PersonId
from storage.database import Database
from storage.health import count_people, count_unreadable
from storage.keyring import Keyring

AGENCY = Agency(AgencyId("a"), "Police", "POLICE")


def officer(id: str, mail: str | None = None) -> Person:
    return Person(PersonId(id), AGENCY.id, None, "Ann Lee", "POLICE_OFFICER", "DC", frozenset(), mail)


def ring(**secrets: bytes) -> Keyring:
    return Keyring.from_setting(",".join(f"{id}:{b64encode(secret * 32).decode()}" for id, secret in secrets.items()))


def fill(database: Database, *people: Person) -> None:
    with database.transaction() as store:
        store.people.replace_all([AGENCY], [], people)


def test_people_who_left_do_not_count(database: Database) -> None:
    fill(database, officer("1"), officer("2"))
    fill(database, officer("2"), officer("3"))

    assert count_people(database.url) == 2


def test_everything_opens_with_the_key_it_was_sealed_with(database: Database) -> None:
    fill(database, officer("1", "ann@p.example"), officer("2"))

    assert count_unreadable(database.url, database.keyring) == 0


def test_without_the_key_each_value_counts(database: Database) -> None:
    fill(database, officer("1", "ann@p.example"), officer("2"))

    assert count_unreadable(database.url, None) == 3
    assert count_unreadable(database.url, ring(other=b"o")) == 3


def test_another_key_under_the_same_id_opens_nothing(database: Database) -> None:
    fill(database, officer("1"))

    assert count_unreadable(database.url, ring(**{database.keyring.newest: b"z"})) == 1

"""Turning keys: afterwards the old key may leave, and everything opens as before."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from storage.columns import METADATA
from storage.database import Database, open_database
from storage.keyring import CannotOpen, Keyring
from storage.rotation import rotate
from tests.conftest import KEYS, MakeUrl
from tests.storage.full_house import ANSWER, DIALOG, fill
from tests.storage.samples import BOOKED, BORN, JANE, NOW, SAM, UNBORN
from tests.storage.test_secrets import everything_kept

NEXT = "second:" + b64encode(bytes(reversed(range(32)))).decode()


@pytest.fixture
def url(make_url: MakeUrl, keyring: Keyring) -> str:
    url = make_url()
    database = open_database(url, keyring)
    fill(database)
    database.close()
    return url


def turned(url: str, keys: str, batch: int = 2) -> int:
    database = open_database(url, keys)
    try:
        return rotate(database, NOW, batch)
    finally:
        database.close()


def opens_as_before(database: Database) -> bool:
    with database.transaction() as store:
        return (
            store.people.named("jane") == [JANE]
            and store.people.by_mail("jane.oneill@example.org") == JANE
            and store.discussions.discussion("d1") == BOOKED
            and store.discussions.children("d1") == [BORN, UNBORN]
            and store.dialogs.dialog("g1") == DIALOG
            and store.turns.seen("activity 1") == ANSWER
            and store.trail.is_unbroken()
        )


def test_after_turning_the_new_key_alone_opens_everything(url: str) -> None:
    assert turned(url, f"{NEXT},{KEYS}") == 19

    database = open_database(url, NEXT)
    assert opens_as_before(database)
    assert "first." not in repr(everything_kept(database))
    database.close()


def test_while_keys_are_being_turned_everything_opens_and_is_found(url: str) -> None:
    database = open_database(url, f"{NEXT},{KEYS}")
    assert opens_as_before(database)
    with database.transaction() as store:
        store.people.replace_all(store.people.agencies(), store.people.desks("care"), (replace(SAM, name="Sam A"),))
        assert store.people.named("sam") == [replace(SAM, name="Sam A")]
    database.close()


def test_turning_again_turns_nothing(url: str) -> None:
    turned(url, f"{NEXT},{KEYS}")
    assert turned(url, f"{NEXT},{KEYS}") == 0


def test_without_the_old_key_nothing_is_turned_and_nothing_lost(url: str) -> None:
    with pytest.raises(CannotOpen):
        turned(url, NEXT)

    database = open_database(url, KEYS)
    assert opens_as_before(database)
    database.close()


def test_every_table_with_secrets_is_bound_to_one_id() -> None:
    bound = [t.name for t in METADATA.sorted_tables if "id" not in t.c and len(t.primary_key.columns) > 1]
    assert bound == ["live_card", "message_about"]

"""The directory as kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.people import Account
from discussions.refusals import NotFound
from storage.database import Database
from tests.storage.samples import ALI, CARE, EVERYBODY, HUB, JANE, LIGHTHOUSE, POLICE, SAM, fill_directory


@pytest.fixture(autouse=True)
def _directory(database: Database) -> None:
    with database.transaction() as store:
        assert store.people.is_empty()
        fill_directory(store)


def test_people_come_back_as_they_were_imported(database: Database) -> None:
    with database.transaction() as store:
        assert [store.people.person(them.id) for them in EVERYBODY] == list(EVERYBODY)
        assert store.people.people(["jane", "ali", "nobody"]) == {"jane": JANE, "ali": ALI}
        assert store.people.people([]) == {}
        assert store.people.person("nobody") is None
        assert not store.people.is_empty()


def test_agencies_and_desks_come_by_name(database: Database) -> None:
    with database.transaction() as store:
        assert store.people.agencies() == [POLICE, CARE]
        assert store.people.desks("care") == [HUB]
        assert store.people.at_desk("hub") == [JANE, SAM]
        assert store.people.of_agency("police") == [ALI]
        assert store.people.agency("care") == CARE
        assert store.people.desk("lighthouse") == LIGHTHOUSE


def test_an_unknown_agency_or_desk_is_refused(database: Database) -> None:
    with database.transaction() as store:
        with pytest.raises(NotFound):
            store.people.agency("forged")
        with pytest.raises(NotFound):
            store.people.desk("forged\0")


def test_somebody_is_found_by_account_whatever_its_case(database: Database) -> None:
    with database.transaction() as store:
        assert store.people.by_account(Account("TENANT-1", "Object-Jane")) == JANE
        assert store.people.by_account(Account("tenant-2", "object-jane")) is None


def test_somebody_is_found_by_mail_whatever_its_case(database: Database) -> None:
    with database.transaction() as store:
        assert store.people.by_mail(" jane.oneill@EXAMPLE.org") == JANE
        assert store.people.by_mail("nobody@example.org") is None


def test_a_mail_that_two_people_share_finds_nobody(database: Database) -> None:
    twin = replace(ALI, id="twin", mail=JANE.mail)
    with database.transaction() as store:
        store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), (*EVERYBODY, twin))

        assert store.people.by_mail("jane.oneill@example.org") is None


def test_names_are_found_by_all_their_words(database: Database) -> None:
    with database.transaction() as store:
        assert store.people.named("o'neill JANE") == [JANE]
        assert store.people.named("a") == [ALI, JANE, SAM]
        assert store.people.named("jane adeyemi") == []
        assert store.people.named("  ") == []


def test_no_more_than_twenty_are_found_by_name(database: Database) -> None:
    crowd = [replace(ALI, id=f"ali {n}", mail=None) for n in range(25)]
    with database.transaction() as store:
        store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), crowd)

        assert len(store.people.named("ali")) == 20


def test_a_linked_account_outlives_the_next_import(database: Database) -> None:
    account = Account("tenant-1", "object-ali")
    with database.transaction() as store:
        store.people.link("ali", account)
        assert store.people.by_account(account) == replace(ALI, account=account)

        fill_directory(store)

        assert store.people.by_account(account) == replace(ALI, account=account)


def test_a_linked_account_is_dropped_when_the_mail_changes(database: Database) -> None:
    account = Account("tenant-1", "object-ali")
    with database.transaction() as store:
        store.people.link("ali", account)

        store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), (replace(ALI, mail="other@example.org"),))

        assert store.people.by_account(account) is None


def test_two_people_can_swap_their_accounts(database: Database) -> None:
    theirs = Account("tenant-1", "object-ali")
    with database.transaction() as store:
        store.people.link("ali", theirs)
        swapped = (replace(JANE, account=theirs), replace(ALI, account=JANE.account))
        store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), swapped)

        assert store.people.by_account(theirs) == swapped[0]
        assert store.people.by_account(JANE.account) == swapped[1]


def test_who_has_left_keeps_the_name_and_nothing_else(database: Database) -> None:
    with database.transaction() as store:
        store.people.replace_all((CARE,), (HUB,), (SAM,))

        gone = store.people.person("jane")
        assert gone == replace(JANE, rights=frozenset(), account=None)
        assert store.people.people(["jane"]) == {"jane": gone}
        assert store.people.by_account(JANE.account) is None
        assert store.people.by_mail(JANE.mail) is None
        assert store.people.named("jane") == []
        assert store.people.at_desk("hub") == [SAM]
        assert store.people.agencies() == [CARE]
        assert store.people.desks("police") == []
        assert store.people.agency("police") == POLICE


def test_who_comes_back_can_do_again_what_they_could(database: Database) -> None:
    with database.transaction() as store:
        store.people.replace_all((CARE,), (HUB,), (SAM,))
        fill_directory(store)

        assert store.people.by_account(JANE.account) == JANE


def test_who_has_left_cannot_be_linked(database: Database) -> None:
    account = Account("tenant-1", "object-ali")
    with database.transaction() as store:
        store.people.replace_all((CARE,), (HUB,), (SAM,))
        store.people.link("ali", account)

        assert store.people.by_account(account) is None

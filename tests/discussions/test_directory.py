"""The directory: what an import makes of its lines, who stays the same person, and which rights come with a role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from discussions.directory import Imported, import_directory, is_directory_empty, read_directory
from discussions.directory_rows import DeskRow, PersonRow, Row
from discussions.needs import Means
from discussions.people import Account, ObjectId, Person, Right, TenantId
from discussions.trail import Deed
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL = "Children's social care"


def account(number: int) -> Account:
    return Account(TenantId("t"), ObjectId(f"00000000-0000-4000-8000-{number:012}"))


PRIYA = PersonRow(2, COUNCIL, "Priya Nair", "Team manager", "Assessment", "priya@council.example", account=account(1))
SAM = PersonRow(3, COUNCIL, "Sam Okoro", "Social worker", "Assessment", "sam@council.example", manager=2, deputy=2)
HELEN = PersonRow(4, "Police", "DS Helen Marsh", "Detective sergeant", mail="helen@police.example")
PAULA = PersonRow(5, "Education", "Paula Finch", "Headteacher")


@pytest.fixture
def means() -> Means:
    return Means(StoreInMemory(), standard_practice(), CalendarOfDays(), NOW, counted_ids())


def take(means: Means, *rows: Row) -> Imported:
    return import_directory(means, rows)


def named(means: Means, name: str) -> Person:
    [found] = [them for listing in read_directory(means) for them in listing.people if them.name == name]
    return found


def only_remark(imported: Imported) -> str:
    [remark] = imported.remarks
    return str(remark)


def test_an_import_makes_agencies_desks_and_people_and_says_so_in_the_trail(means: Means) -> None:
    imported = take(means, PRIYA, SAM, HELEN, PAULA)

    assert imported == Imported(agencies=3, desks=1, people=4, left=0, remarks=())
    assert not is_directory_empty(means)
    [entry] = means.store.trail.entries()
    assert (entry.deed, entry.who, entry.what) == (Deed.IMPORTED, None, "4 people")


def test_reading_the_whole_directory_is_in_the_trail(means: Means) -> None:
    take(means, PRIYA)
    read_directory(means)

    assert [entry.deed for entry in means.store.trail.entries()] == [Deed.IMPORTED, Deed.READ]


def test_agency_and_role_are_those_of_the_practice(means: Means) -> None:
    take(means, PRIYA, HELEN)

    assert {agency.name: agency.category for agency in means.store.people.agencies()} == {
        COUNCIL: "CSC",
        "Police": "POLICE",
    }
    priya = named(means, "Priya Nair")
    assert (priya.role, priya.role_name) == ("TEAM_MANAGER", "Team manager")
    assert priya.rights == {Right.BOOK, Right.CHAIR, Right.MINUTE}


def test_managers_and_deputies_are_the_people_of_the_lines_named(means: Means) -> None:
    take(means, SAM, PRIYA)

    sam, priya = named(means, "Sam Okoro"), named(means, "Priya Nair")
    assert (sam.manager, sam.deputy, priya.manager) == (priya.id, priya.id, None)


def test_a_desks_own_line_says_how_it_is_reached_wherever_it_stands(means: Means) -> None:
    own = DeskRow(9, COUNCIL, "Assessment", "desk@council.example", "0117 496 0100", "24/7")
    take(means, PRIYA, own, SAM)

    [desk] = means.store.people.desks(named(means, "Sam Okoro").agency)
    assert (desk.name, desk.mail, desk.phone, desk.hours) == (
        "Assessment",
        "desk@council.example",
        "0117 496 0100",
        "24/7",
    )
    assert {person.name for person in means.store.people.at_desk(desk.id)} == {"Priya Nair", "Sam Okoro"}


def test_desks_of_the_same_name_in_two_agencies_are_two(means: Means) -> None:
    assert take(means, replace(PRIYA, desk="Duty"), replace(HELEN, desk="Duty")).desks == 2


def test_an_agency_spelt_with_other_capitals_and_blanks_is_the_same(means: Means) -> None:
    assert take(means, PRIYA, replace(SAM, agency="CHILDREN’S  SOCIAL CARE", manager=None, deputy=None)).agencies == 1


def test_leave_that_stands_in_the_directory_is_noted_once_and_an_empty_cell_takes_nothing_back(means: Means) -> None:
    take(means, replace(PRIYA, away_until=date(2026, 11, 27)))
    take(means, replace(PRIYA, away_until=date(2026, 11, 27)))
    take(means, PRIYA)

    [absence] = means.store.attention.absences([named(means, "Priya Nair").id])
    assert (absence.until, absence.ended_at) == (datetime(2026, 11, 28, tzinfo=UTC), None)


def test_leave_that_is_over_is_not_noted(means: Means) -> None:
    take(means, replace(PRIYA, away_until=date(2026, 11, 20)))

    assert means.store.attention.absences([named(means, "Priya Nair").id]) == []


# What is not known


def test_an_unknown_role_takes_part_without_rights_and_is_remarked_on(means: Means) -> None:
    imported = take(means, replace(PRIYA, role="Wizard"))

    assert only_remark(imported).startswith("line 2: the practice knows no such role")
    wizard = named(means, "Priya Nair")
    assert (wizard.role, wizard.role_name, wizard.rights) == ("PARTICIPANT", "Wizard", frozenset())


def test_an_agency_that_the_practice_does_not_know_is_other_and_is_remarked_on(means: Means) -> None:
    imported = take(means, PersonRow(2, "Scout group", "Ann Lee", "Participant"))

    assert "nobody of it counts towards quorum" in only_remark(imported)
    assert [agency.category for agency in means.store.people.agencies()] == ["OTHER"]


def test_a_school_is_education_by_what_its_people_are(means: Means) -> None:
    imported = take(
        means,
        PersonRow(2, "Ashgrove Primary", "Martin Cole", "Designated safeguarding lead"),
        PersonRow(3, "Ashgrove Primary", "Jenny Abbott", "Deputy DSL"),
        PersonRow(4, "Ashgrove Primary", "Peter Hallam", "School nurse"),
    )

    assert only_remark(imported) == (
        "line 2: the practice knows no agency of this name; by its people's roles it counts as Education."
    )
    assert [agency.category for agency in means.store.people.agencies()] == ["EDUCATION"]


@pytest.mark.parametrize("agency", ["Probation", "Northbridge Housing Trust"])
def test_a_service_manager_of_another_agency_oversees_nothing(means: Means, agency: str) -> None:
    imported = take(means, PersonRow(2, agency, "Lee Carver", "Service manager"))

    assert named(means, "Lee Carver").rights == frozenset()
    assert "rights in Children's social care only" in str(imported.remarks[-1])


def test_the_lado_may_be_listed_under_the_council(means: Means) -> None:
    assert not take(means, PersonRow(2, COUNCIL, "Stephen Amos", "LADO")).remarks
    assert named(means, "Stephen Amos").may(Right.CHAIR)


def test_remarks_repeat_nothing_of_the_lines(means: Means) -> None:
    imported = take(means, PersonRow(2, "Zanzibar", "Quentin", "Wizard"), replace(PRIYA, line=3, agency="Zanzibar"))

    said = " ".join(map(str, imported.remarks))
    assert len(imported.remarks) == 3
    assert not any(word in said for word in ("Zanzibar", "Quentin", "Wizard", "Priya"))


# Who is the same person


def test_importing_the_same_again_changes_nobody(means: Means) -> None:
    take(means, PRIYA, SAM, HELEN, PAULA)
    before = {name: named(means, name) for name in ("Priya Nair", "Sam Okoro", "DS Helen Marsh", "Paula Finch")}

    imported = take(means, *(replace(row, line=row.line + 40, manager=None) for row in (PAULA, PRIYA, HELEN)))

    assert imported.left == 1
    assert all(named(means, name) == before[name] for name in ("Priya Nair", "DS Helen Marsh", "Paula Finch"))


def test_in_another_directory_the_same_people_get_the_same_ids(means: Means) -> None:
    other = replace(means, store=StoreInMemory())
    take(means, PRIYA, SAM, HELEN)
    take(other, SAM, PRIYA, HELEN)

    assert [named(means, n).id for n in ("Priya Nair", "Sam Okoro")] == [
        named(other, n).id for n in ("Priya Nair", "Sam Okoro")
    ]


def test_who_marries_keeps_the_id_with_a_new_name_and_a_new_mail_address(means: Means) -> None:
    take(means, PRIYA)
    before = named(means, "Priya Nair").id

    take(means, replace(PRIYA, name="Priya Cole", mail="priya.cole@council.example"))

    assert named(means, "Priya Cole").id == before


def test_a_corrected_name_keeps_the_id_by_the_mail_address(means: Means) -> None:
    take(means, HELEN)
    before = named(means, "DS Helen Marsh").id

    take(means, replace(HELEN, name="DI Helen Marsh", mail="HELEN@police.example", account=account(3)))

    assert named(means, "DI Helen Marsh").id == before


def test_a_mail_address_found_out_later_keeps_the_id(means: Means) -> None:
    take(means, PAULA)
    before = named(means, "Paula Finch").id

    take(means, replace(PAULA, mail="paula@little-acorns.example"))

    assert named(means, "Paula Finch").id == before


@pytest.mark.parametrize(
    "successor",
    [
        replace(HELEN, name="DS Ian Calder", account=account(9)),
        replace(HELEN, name="Ravi Menon"),
    ],
)
def test_a_mail_address_that_was_passed_on_does_not_make_its_new_owner_the_old_one(
    means: Means, successor: PersonRow
) -> None:
    take(means, replace(HELEN, account=account(3)))
    before = named(means, "DS Helen Marsh").id

    imported = take(means, successor)

    assert imported.left == 1
    assert named(means, successor.name).id != before


def test_a_namesake_of_somebody_with_a_mail_address_is_somebody_else(means: Means) -> None:
    take(means, HELEN)

    assert take(means, replace(HELEN, mail="other.helen@police.example")).left == 1


def test_who_exchanges_mail_addresses_stays_who_they_are_by_account(means: Means) -> None:
    one, two = replace(PRIYA, line=2), replace(PRIYA, line=3, name="Ann Lee", mail="ann@c.example", account=account(2))
    take(means, one, two)
    before = (named(means, "Priya Nair").id, named(means, "Ann Lee").id)

    take(means, replace(one, mail=two.mail), replace(two, mail=one.mail))

    assert (named(means, "Priya Nair").id, named(means, "Ann Lee").id) == before


def test_a_newcomer_with_the_old_address_of_somebody_who_stays_is_a_third(means: Means) -> None:
    take(means, PRIYA)
    before = named(means, "Priya Nair").id

    newcomer = PersonRow(7, COUNCIL, "Priya Shah", "Social worker", mail=PRIYA.mail)
    take(means, replace(PRIYA, mail="priya.nair@council.example"), newcomer)

    assert named(means, "Priya Nair").id == before
    assert named(means, "Priya Shah").id != before

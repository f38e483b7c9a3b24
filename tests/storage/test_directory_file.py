"""The directory file: what is read, every mistake with its line and mend, and the way into a database and out again."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demonstration import fictitious_directory
from discussions.directory import Imported, import_directory, read_directory
from discussions.directory_rows import DeskRow, PersonRow
from discussions.needs import Means, Store
from discussions.people import Account, ObjectId, TenantId
from storage.csv_lines import BadFile
from storage.database import Database
from storage.directory_file import COLUMNS, parse_directory, read_directory_file, write_directory
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, counted_ids

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TENANT = "11111111-aaaa-4bbb-8ccc-000000000001"
OBJECT = "00000000-0000-4000-8000-000000000077"
PLAYGROUND = Path(__file__).parents[2] / "tools" / "playground" / ".m365agentsplayground.yml"
HEADER = ",".join(COLUMNS)


def problems_in(text: str) -> list[str]:
    with pytest.raises(BadFile) as refusal:
        parse_directory(text)
    return [str(problem) for problem in refusal.value.problems]


def only_problem_in(*lines: str) -> str:
    [problem] = problems_in("\n".join((HEADER, *lines)))
    return problem


# What is read


def test_a_line_becomes_a_person_and_a_line_without_a_name_a_desk() -> None:
    rows = parse_directory(
        f"{HEADER}\n"
        f"Police,Duty,DS Ann Lee,DS,ann@p.example,07700 900001,{TENANT.upper()},{OBJECT},,,24/7\n"
        'Police,Duty,,,duty@p.example,0117 496 0001,,,,,"Mon-Fri 08:00-16:00, Sat 09:00-12:00"\n'
    )

    account = Account(TenantId(TENANT), ObjectId(OBJECT))
    assert rows == [
        PersonRow(
            *(2, "Police", "DS Ann Lee", "DS", "Duty", "ann@p.example", "07700 900001", account),
            hours="24/7",
        ),
        DeskRow(3, "Police", "Duty", "duty@p.example", "0117 496 0001", "Mon-Fri 08:00-16:00, Sat 09:00-12:00"),
    ]


@pytest.mark.parametrize(
    "header",
    ["agency,name,role,object id,tenant", "AGENCY, Name ,role,Object_ID,TENANT", "Agency;NAME;Role;object-id;Tenant"],
)
def test_headings_may_be_written_in_any_way_and_parted_by_comma_or_semicolon(header: str) -> None:
    separator = ";" if ";" in header else ","
    line = separator.join(("Police", "Ann", "DS", OBJECT, TENANT))

    assert parse_directory(f"{header}\n{line}\n") == [
        PersonRow(2, "Police", "Ann", "DS", account=Account(TenantId(TENANT), ObjectId(OBJECT)))
    ]


def test_columns_stand_in_any_order_and_only_three_are_needed() -> None:
    assert parse_directory("role,name,agency\nDS,Ann,Police") == [PersonRow(2, "Police", "Ann", "DS")]


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_bytes("agency,name,role\r\n\r\nPolice,Zoë,DS\r\n,,\r\n".encode("utf-8-sig"))

    assert read_directory_file(file) == [PersonRow(3, "Police", "Zoë", "DS")]


def test_blanks_and_line_breaks_within_a_cell_become_one_blank() -> None:
    assert parse_directory('agency,name,role\nPolice," Ann \n  Lee ",DS\nPolice,Bob,DS') == [
        PersonRow(2, "Police", "Ann Lee", "DS"),
        PersonRow(4, "Police", "Bob", "DS"),
    ]


def test_manager_and_deputy_are_found_by_mail_address_or_name_whatever_their_capitals() -> None:
    rows = parse_directory(
        "agency,name,role,mail,manager,deputy\n"
        "Police,Ann,DS,ann@p.example,,\n"
        "Police,Bob,DC,,ANN@p.example,cleo\n"
        "Police,Cleo,DC,,ann,BOB\n"
    )

    assert [(row.manager, row.deputy) for row in rows if isinstance(row, PersonRow)] == [(None, None), (2, 4), (2, 3)]


def test_of_several_with_a_name_the_one_of_the_own_agency_is_meant() -> None:
    rows = parse_directory("agency,name,role,manager\nPolice,Ann,DS,\nHealth,Ann,GP,\nHealth,Bob,GP,Ann\n")

    assert isinstance(rows[2], PersonRow)
    assert rows[2].manager == 3


# What is refused


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,Ann,DS", "line 2, agency: The agency is missing."),
        ("Police,,,", "line 2, name: The name is missing."),
        ("Police,Duty,,DS", "line 2, name: The name is missing."),
        ("Police,,Ann,DS,ann", "line 2, mail: This is not a mail address."),
        ("Police,,Ann,DS,a@b@c.example", "line 2, mail: This is not a mail address."),
        (f"Police,,Ann,DS,,,{TENANT},12", "line 2, object id: This is not an id."),
        (f"Police,,Ann,DS,,,x,{OBJECT}", "line 2, tenant: This is not an id."),
        (f"Police,,Ann,DS,,,,{OBJECT}", "line 2, tenant: There is an object id without its tenant."),
        ("Police,,Ann,DS,,,,,Bob", "line 2, manager: Nobody in this file has this mail address or name."),
        ("Police,,Ann,DS,,,,,,Ann", "line 2, deputy: This person is named as their own deputy."),
        ("Police,,Ann,DS,,,,,,,sometimes", "line 2, hours: These hours could not be read."),
        ("Police,,Ann,DS,,,,,,,,30/02/2027", "line 2, away until: This is not a day."),
        ("Police,,Ann,DS,,,,,,,,Friday", "line 2, away until: This is not a day."),
        ("Police,Duty,Ann,DS,,,,,,,,,maybe", "line 2, desk lead: This is neither yes nor no."),
        ("Police,,Ann,DS,,,,,,,,,yes", "line 2, desk lead: There is no desk to lead."),
        ("Police,Duty,Ann,DS,,,,,,,,,,more", "line 2: There are 14 cells under 13 headings."),
        (f"Police,,{'A' * 255},DS", "line 2, name: This has 255 characters."),
        ("Police,,A\u200bnn,DS", "line 2, name: This holds a character that can't be seen."),
        ('Police,,"An"n,DS', "line 2: From here on this can't be read as CSV."),
        ('Police,,"Ann,DS', "line 2: From here on this can't be read as CSV."),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_mend(line: str, said: str) -> None:
    person = "Police,Duty,Zed,DS" if "CSV" not in said else ""
    problem = only_problem_in(line, person)

    assert problem.startswith(said)
    assert len(problem) > len(said) + 10


def test_two_of_the_same_are_told_with_both_lines() -> None:
    same = f"mail@p.example,,{TENANT},{OBJECT}"
    problems = problems_in(
        f"{HEADER}\nPolice,,Ann,DS,{same}\nPolice,,Bob,DS,{same.upper()}\n"
        "Police,,Cleo,DS\npolice,, cleo ,DC\nPolice,Duty,,\nPolice,duty,,\n"
    )

    assert [problem.partition(". ")[0] for problem in problems] == [
        "line 3, mail: This mail address is another person's too, in line 2",
        "line 3, object id: This account is another person's too, in line 2",
        "line 5, name: Line 4 has the same agency and name, and nothing else tells the two apart",
        "line 7, desk: Line 6 is this desk's own line already",
    ]


def test_a_name_that_several_have_does_not_say_who_is_meant() -> None:
    problem = only_problem_in("Police,,Ann,DS", "Health,,Ann,GP", "LADO,,Bob,LADO,,,,,Ann")

    assert problem.startswith("line 4, manager: 2 people in this file have this name. Write the mail address")


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    problems = problems_in(f"{HEADER}\nPolice,,Ann,DS,nowhere,,,,Nobody\n,,Bob\nPolice,,Cleo,DS,,,,,,,never\n")

    assert [re.sub(":.*", "", problem) for problem in problems] == [
        "line 2, mail",
        "line 2, manager",
        "line 3, agency",
        "line 4, hours",
    ]


def test_an_unknown_heading_is_refused_with_the_one_that_was_meant() -> None:
    assert problems_in("agency,name,role,e-mail\nPolice,Ann,DS,a@b.example") == [
        'line 1: Column 4 has an unknown heading. Did you mean "mail"?'
    ]
    [missing] = problems_in("agency,name\nPolice,Ann")
    assert missing.startswith("line 1: There is no column for role.")
    [twice] = problems_in("agency,name,role,Role\nPolice,Ann,DS,DC")
    assert twice.startswith('line 1: The column "role" is there twice.')


@pytest.mark.parametrize("text", ["", "\n\n", f"{HEADER}\n", f"{HEADER}\nPolice,Duty,,\n"])
def test_a_file_with_nobody_in_it_is_refused(text: str) -> None:
    assert problems_in(text)


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_bytes("agency,name,role\nPolice,Ann,DS\nPolice,Zoë,DS\n".encode("cp1252"))

    with pytest.raises(BadFile, match="line 3: This is not UTF-8 text"):
        read_directory_file(file)


def test_a_refusal_repeats_nothing_of_the_file_and_stays_short() -> None:
    line = "Zanzibar,Quay,Quentin,Wizard,quentin,0800,zz,yy,Rumpel,Stiltskin,whenever"
    with pytest.raises(BadFile) as refusal:
        parse_directory("\n".join((HEADER, *[line] * 40)))

    said = str(refusal.value)
    assert len(said.splitlines()) == 52
    assert said.endswith("more.")
    assert not any(word in said for word in line.split(","))


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.text('agency,name;role"\n\t x@.é\x00', max_size=60))
def test_any_text_is_either_read_or_refused(free: str, lines: str) -> None:
    for text in (free, lines, f"agency,name,role,hours,manager\n{lines}", f"agency;name;role;mail\n{free}"):
        assert is_read_or_refused(text)


def is_read_or_refused(text: str) -> bool:
    try:
        return bool(parse_directory(text))
    except BadFile as refusal:
        return bool(refusal.problems)


# Into a database and out again


def import_text(database: Database, text: str) -> Imported:
    with database.transaction() as store:
        return import_directory(means_with(store), parse_directory(text))


def means_with(store: Store) -> Means:
    return Means(store, standard_practice(), CalendarOfDays(), NOW, counted_ids())


def test_what_is_imported_is_written_as_it_was(database: Database) -> None:
    wanted = sorted(csv.reader(StringIO(fictitious_directory())))

    import_text(database, fictitious_directory())
    with database.transaction() as store:
        written = write_directory(read_directory(means_with(store)))

    assert sorted(csv.reader(StringIO(written))) == wanted


def test_an_account_linked_by_mail_outlives_an_import_and_who_left_comes_back_as_the_same(database: Database) -> None:
    text = "agency,name,role,mail\nPolice,Ann Lee,DS,ann@p.example\nPolice,Bob,DC,bob@p.example\n"
    linked = Account(TenantId(TENANT), ObjectId(OBJECT))

    import_text(database, text)
    with database.transaction() as store:
        ann, bob = store.people.by_mail("ann@p.example"), store.people.by_mail("bob@p.example")
        assert ann is not None
        assert bob is not None
        store.people.link(ann.id, linked)
    import_text(database, text.replace("Police,Bob,DC,bob@p.example\n", ""))
    with database.transaction() as store:
        assert store.people.by_mail("bob@p.example") is None
    import_text(database, text)

    with database.transaction() as store:
        assert (found := store.people.by_account(linked)) is not None
        assert found.id == ann.id
        assert (back := store.people.by_mail("bob@p.example")) is not None
        assert back.id == bob.id


# The fictitious directory


def test_the_fictitious_directory_is_in_order_and_needs_no_remark(database: Database) -> None:
    imported = import_text(database, fictitious_directory())

    assert imported.remarks == ()
    assert imported.people >= 25


def test_the_fictitious_directory_knows_the_people_of_the_playground() -> None:
    people = {row.name: row for row in parse_directory(fictitious_directory()) if isinstance(row, PersonRow)}
    form = r"name: (.+)\n +userPrincipleName: (.+)\n +aadObjectId: (.+)\n"
    playing = re.findall(form, PLAYGROUND.read_text("utf-8"))

    assert len(playing) == 6
    for name, mail, object_id in playing:
        if name == "Alex Unknown":
            assert name not in people
        else:
            assert (people[name].mail, people[name].account) == (mail, Account(TenantId(TENANT), ObjectId(object_id)))


def test_phone_numbers_of_the_fictitious_directory_are_kept_for_fiction() -> None:
    phones = [row.phone for row in parse_directory(fictitious_directory()) if row.phone]

    assert phones
    assert all(re.fullmatch(r"0117 496 0\d{3}|07700 900\d{3}", phone) for phone in phones)


def test_the_fictitious_directory_has_an_open_duty_desk_and_people_without_teams() -> None:
    rows = parse_directory(fictitious_directory())

    assert any(isinstance(row, DeskRow) and row.desk == "Emergency Duty Team" and row.hours == "24/7" for row in rows)
    people = [row for row in rows if isinstance(row, PersonRow)]
    assert any(row.mail and not row.account for row in people)
    assert any(not row.mail and not row.account and row.phone for row in people)

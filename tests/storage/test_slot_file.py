"""The file of slots: what is read, every mistake with its line and mend, and that nothing is ever half read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.directory_ids import agency_id, desk_id
from discussions.people import Agency, Desk
from discussions.slots.rows import SlotRow
from storage.csv_lines import BadFile
from storage.slot_file import NamedDesk, parse_slots, write_slots

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADER = "agency,desk,date,start,length,capacity,reserved"


def named(agency: str, desk: str) -> NamedDesk:
    its = Agency(agency_id(agency), agency, "POLICE")
    return NamedDesk(its, Desk(desk_id(agency, desk), its.id, desk, None, None, None))


POLICE = named("Police", "Safeguarding unit")
HEALTH = named("Health", "Duty nurse")
ZOE = named("Santé", "Zoë’s team")
DESKS = (POLICE, HEALTH, ZOE)


def rows_of(text: str | bytes) -> tuple[SlotRow, ...]:
    return parse_slots(text if isinstance(text, bytes) else text.encode(), DESKS, NOW).rows


def problems_in(*lines: str, header: str = HEADER) -> list[str]:
    with pytest.raises(BadFile) as refusal:
        rows_of("\n".join((header, *lines)))
    return [str(problem) for problem in refusal.value.problems]


def only_problem_in(*lines: str) -> str:
    [problem] = problems_in(*lines)
    return problem


def utc(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


# What is read


def test_a_line_becomes_a_slot_with_its_moment_in_london() -> None:
    text = f"{HEADER}\nPolice,Safeguarding unit,03/12/2026,14:00,60,3,1\npolice,SAFEGUARDING UNIT,1/7/2027,9:30,30,,\n"

    assert rows_of(text) == (
        SlotRow(POLICE.desk.id, utc(3, 14), 60, 3, 1),
        SlotRow(POLICE.desk.id, utc(1, 8, 30, 7, 2027), 30, 1, None),
    )


@pytest.mark.parametrize(
    "header",
    [
        "Agency;Desk;Date;Start;Length;Capacity;Reserved",
        "ORGANISATION\tteam\tday\tStart time\tminutes\tplaces\treserved for urgent",
        "agency,rota,DATE,starts-at,duration,how many,urgent",
    ],
)
def test_headings_are_known_in_any_case_with_any_separator_and_by_other_words(header: str) -> None:
    separator = next(mark for mark in ";\t," if mark in header)
    line = separator.join(("Police", "Safeguarding unit", "03/12/2026", "14:00", "60", "2", "0"))

    assert rows_of(f"{header}\n{line}\n") == (SlotRow(POLICE.desk.id, utc(3, 14), 60, 2, 0),)


def test_columns_come_in_any_order_and_capacity_and_reserved_can_be_left_out() -> None:
    assert rows_of("start,length,date,desk,agency\n14:00,60,03/12/2026,Duty nurse,Health\n") == (
        SlotRow(HEALTH.desk.id, utc(3, 14), 60, 1, None),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_spreadsheets_save_is_read(encoding: str) -> None:
    text = f"{HEADER}\r\nSanté,Zoë’s team,03/12/2026,14:00,60,1,0\r\n"

    assert rows_of(text.encode(encoding)) == (SlotRow(ZOE.desk.id, utc(3, 14), 60, 1, 0),)


@pytest.mark.parametrize("start", ["14:00", "14.00", "1400", "14:00:00", "2pm", "2:00 PM", "02.00 pm", "14:00 GMT"])
def test_a_start_is_read_however_it_is_written(start: str) -> None:
    assert rows_of(f"{HEADER}\nPolice,Safeguarding unit,03/12/2026,{start},60,1,0")[0].starts_at == utc(3, 14)


@pytest.mark.parametrize("day", ["03/12/2026", "3/12/2026", "3.12.2026", "03-12-2026", "2026-12-03"])
def test_a_date_is_read_day_first_or_as_iso_has_it(day: str) -> None:
    assert rows_of(f"{HEADER}\nPolice,Safeguarding unit,{day},14:00,60,1,0")[0].starts_at == utc(3, 14)


@pytest.mark.parametrize(
    ("length", "minutes"),
    [("60", 60), ("60 min", 60), ("90 minutes", 90), ("1h", 60), ("1 hour", 60), ("1:30", 90), ("1h 30", 90),
     ("01:00:00", 60), ("5", 5), ("480", 480)],
)  # fmt: skip
def test_a_length_is_read_however_it_is_written(length: str, minutes: int) -> None:
    assert rows_of(f"{HEADER}\nPolice,Safeguarding unit,03/12/2026,14:00,{length},1,0")[0].minutes == minutes


def test_a_line_whose_moment_has_passed_is_left_out_and_counted_so_that_a_file_can_be_imported_again() -> None:
    text = (
        f"{HEADER}\nPolice,Safeguarding unit,20/11/2026,14:00,60,1,0\nPolice,Safeguarding unit,03/12/2026,14:00,60,1,0"
    )

    read = parse_slots(text.encode(), DESKS, NOW)

    assert [row.starts_at for row in read.rows] == [utc(3, 14)]
    assert read.passed == 1


def test_the_file_of_one_desk_need_not_name_it_and_names_no_other() -> None:
    alone = b"date,start,length\n03/12/2026,14:00,60\n"

    read = parse_slots(alone, DESKS, NOW, only=HEALTH.desk.id)
    with pytest.raises(BadFile, match="line 2, desk: This is another desk"):
        parse_slots(f"{HEADER}\nPolice,Safeguarding unit,03/12/2026,14:00,60,1,0".encode(), DESKS, NOW, HEALTH.desk.id)

    assert read.rows == (SlotRow(HEALTH.desk.id, utc(3, 14), 60, 1, None),)


# Both clock changes


def test_the_hour_that_clocks_skip_is_refused_and_said_so() -> None:
    assert only_problem_in("Police,Safeguarding unit,28/03/2027,01:30,60,1,0") == (
        "line 2, start: There is no 01:30 on 28/03/2027, because the clocks go forward in that hour. "
        "Please choose a time before 01:00 or from 02:00."
    )


def test_in_the_hour_that_comes_twice_it_is_asked_which_is_meant_and_taken_when_said() -> None:
    asked = only_problem_in("Police,Safeguarding unit,31/10/2027,01:30,30,1,0")
    both = rows_of(
        f"{HEADER}\nPolice,Safeguarding unit,31/10/2027,01:30 BST,30,1,0\n"
        "Police,Safeguarding unit,31/10/2027,01:30 GMT,30,1,0"
    )

    assert asked.startswith("line 2, start: 01:30 comes twice on 31/10/2027, because the clocks go back.")
    assert [row.starts_at for row in both] == [utc(31, 0, 30, 10, 2027), utc(31, 1, 30, 10, 2027)]


# Every mistake, with its mend


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Polcie,Safeguarding unit,03/12/2026,14:00,60,1,0",
         'line 2, agency: The directory knows no agency of this name with desks. Did you mean "Police"?'),
        ("Police,Safegarding,03/12/2026,14:00,60,1,0",
         'line 2, desk: The directory knows no such desk of this agency. Did you mean "Safeguarding unit"?'),
        ("Police,Duty nurse,03/12/2026,14:00,60,1,0",
         "line 2, desk: The directory knows no such desk of this agency. Write it as it stands in the directory."),
        ("Police,,03/12/2026,14:00,60,1,0", "line 2, desk: The desk is missing. Write it in every line."),
        ("Police,Safeguarding unit,,14:00,60,1,0", "line 2, date: The date is missing. Write it in every line."),
        ("Police,Safeguarding unit,30/02/2027,14:00,60,1,0",
         "line 2, date: There is no such day. Dates are read as day/month/year: please check it."),
        ("Police,Safeguarding unit,03/12/26,14:00,60,1,0",
         "line 2, date: This is not a date. Write it like 03/12/2026."),
        ("Police,Safeguarding unit,03/12/2025,14:00,60,1,0",
         "line 2, date: This is more than a month ago. Check the year, or take the line out."),
        ("Police,Safeguarding unit,03/12/2029,14:00,60,1,0",
         "line 2, date: This is more than two years ahead. Check the year."),
        ("Police,Safeguarding unit,03/12/2026,14,60,1,0", "line 2, start: This is not a time. Write it like 14:00."),
        ("Police,Safeguarding unit,03/12/2026,25:00,60,1,0",
         "line 2, start: There is no such time. Write it like 14:00."),
        ("Police,Safeguarding unit,03/12/2026,14:00,long,1,0",
         "line 2, length: This is not a length. Write it in minutes, like 60."),
        ("Police,Safeguarding unit,03/12/2026,14:00,481,1,0",
         "line 2, length: This length can't be. Write 5 to 480 minutes."),
        ("Police,Safeguarding unit,03/12/2026,14:00,60,0,0",
         "line 2, capacity: This number can't be. Write a whole number from 1 to 50."),
        ("Police,Safeguarding unit,03/12/2026,14:00,60,1.5,0",
         "line 2, capacity: This number can't be. Write a whole number from 1 to 50."),
        ("Police,Safeguarding unit,03/12/2026,14:00,60,2,3",
         "line 2, reserved: More is reserved than there is. Write at most the capacity."),
        ("Police,Safeguarding unit,03/12/2026,14:00,60,1,0,extra",
         "line 2: There are 8 cells under 7 headings. Put a cell that holds the separator in quotation marks."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_its_column_and_its_mend(line: str, problem: str) -> None:
    assert only_problem_in(line) == problem


def test_slots_of_one_desk_may_not_overlap_but_those_of_two_desks_may_and_one_may_follow_another() -> None:
    assert only_problem_in(
        "Police,Safeguarding unit,03/12/2026,14:00,120,1,0",
        "Police,Safeguarding unit,03/12/2026,15:00,30,1,0",
        "Health,Duty nurse,03/12/2026,14:00,60,1,0",
        "Police,Safeguarding unit,03/12/2026,16:00,60,1,0",
    ) == ("line 3, start: This slot begins before the one of line 2 ends. Change a start or a length.")


def test_a_slot_that_is_there_twice_is_told_with_the_line_of_the_first() -> None:
    line = "Police,Safeguarding unit,03/12/2026,14:00,60,1,0"

    assert only_problem_in(line, line) == (
        "line 3, start: Line 2 is a slot of this desk at the same time. Keep one, with the capacity of both."
    )


def test_every_mistake_is_told_at_once_and_no_more_than_fifty_are_shown() -> None:
    lines = ["Police,Nowhere,31/02/2027,noon,long,none,some"] * 40

    with pytest.raises(BadFile) as refusal:
        rows_of("\n".join((HEADER, *lines)))

    said = str(refusal.value)
    assert said.startswith("The file of slots can't be used: 240 problems.\n  line 2, desk:")
    assert len(said.splitlines()) == 52
    assert said.endswith("… and 190 more.")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("agency,desk,date,start", "line 1: There is no column for length."),
        ("agency,desk,date,start,length,colour", "line 1: Column 6 has an unknown heading. Take the column out"),
        ("agency,desk,date,start,length,capcity", 'line 1: Column 6 has an unknown heading. Did you mean "capacity"?'),
        ("agency,desk,date,start,length,minutes", 'line 1: The column "length" is there twice.'),
        ("", "line 1: There is no column for agency and desk and date and start and length."),
    ],
)
def test_wrong_columns_are_named(header: str, problem: str) -> None:
    assert problems_in("", header=header)[0].startswith(problem)


def test_a_hundred_thousand_lines_take_seconds_and_the_one_mistake_among_them_is_found() -> None:
    lines = [f"Police,Safeguarding unit,{when:%d/%m/%Y},{when:%H:%M},5,2,0" for when in every_five_minutes(100_000)]
    began = process_time()

    rows = rows_of("\n".join((HEADER, *lines)))
    lines[77_777] = lines[77_777].replace(",5,", ",five,")
    problem = only_problem_in(*lines)

    assert len(rows) == 100_000
    assert problem == "line 77779, length: This is not a length. Write it in minutes, like 60."
    assert process_time() - began < 30


def every_five_minutes(count: int) -> list[datetime]:
    """Left out is what London's clocks skip or show twice."""
    start = datetime(2026, 11, 24)
    moments = (start + timedelta(minutes=5 * number) for number in range(count + 100))
    changes = (datetime(2027, 3, 28, 1), datetime(2027, 10, 31, 1))
    ordinary = [at for at in moments if not any(change <= at < change + timedelta(hours=1) for change in changes)]
    return ordinary[:count]


# Whatever arrives


@settings(deadline=None, max_examples=200)
@given(
    st.binary(max_size=200),
    st.text('Police,Health;"\n\t 0123456789/:é\x00', max_size=80),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
def test_any_bytes_are_either_read_or_refused(raw: bytes, lines: str, free: str) -> None:
    whole = f"{HEADER}\nPolice,Safeguarding unit,03/12/2026,{free},60,1,0"
    for content in (raw, f"{HEADER}\n{lines}".encode(), whole.encode(), HEADER.encode() + b"\n" + raw):
        assert is_read_or_refused(content)


def is_read_or_refused(content: bytes) -> bool:
    try:
        return parse_slots(content, DESKS, NOW).passed >= 0
    except BadFile as refusal:
        return bool(refusal.problems)


def some_slots() -> st.SearchStrategy[list[SlotRow]]:
    """Of the desks, one after the other, none overlapping."""
    places = st.tuples(st.sampled_from(DESKS), st.integers(5, 480), st.integers(0, 4000), st.integers(1, 50))

    def lay_out(drawn: list[tuple[NamedDesk, int, int, int]]) -> list[SlotRow]:
        rows, at = [], NOW + timedelta(minutes=1)
        for one, minutes, gap, capacity in drawn:
            at += timedelta(minutes=gap)
            rows.append(SlotRow(one.desk.id, at, minutes, capacity, capacity // 4))
            at += timedelta(minutes=minutes)
        return rows

    return st.lists(places, max_size=30).map(lay_out)


@settings(deadline=None)
@given(some_slots())
def test_what_is_written_is_read_again_as_it_was(rows: list[SlotRow]) -> None:
    by_id = {one.desk.id: one for one in DESKS}

    assert list(rows_of(write_slots((by_id[row.desk], row) for row in rows))) == rows


@settings(deadline=None)
@given(some_slots(), st.data())
def test_one_wrong_line_anywhere_refuses_the_whole_file(rows: list[SlotRow], data: st.DataObject) -> None:
    by_id = {one.desk.id: one for one in DESKS}
    lines = write_slots((by_id[row.desk], row) for row in rows).splitlines()
    place = data.draw(st.integers(1, len(lines)))
    lines.insert(place, "Police,Safeguarding unit,never,14:00,60,1,0")

    with pytest.raises(BadFile) as refusal:
        rows_of("\n".join(lines))

    assert [problem.line for problem in refusal.value.problems] == [place + 1]

"""`chairside slots`: the whole file or nothing, what changed, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.demonstration import fictitious_directory
from tests.bot.slot_feeds.calendar_server import calendar, event
from tests.bot.test_cli import Terminal

HEADER = "agency,desk,date,start,length,capacity,reserved"
ONE = f"{HEADER}\nPolice,Child abuse investigation,03/12/2026,14:00,60,2,1\n"
SHOWN = "Police, Child abuse investigation\n  Thu 3 Dec, 14:00, 60 min · 2 free · 1 for urgent\n"


@pytest.fixture
def rota(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path, {"CHAIRSIDE_MODE": "local"})
    terminal.succeed("directory", "import", terminal.write("directory.csv", fictitious_directory()))
    return terminal


def test_a_file_is_imported_shown_and_written_as_it_was(rota: Terminal) -> None:
    said = rota.succeed("slots", "import", rota.write("slots.csv", ONE))

    assert said == (
        "Police, Child abuse investigation: 1 added, 0 changed, 0 withdrawn, 0 as before.\n"
        "The slots of 1 desk are as in the file.\n"
    )
    assert rota.succeed("slots", "show") == SHOWN
    assert rota.succeed("slots", "show", "--csv") == ONE
    assert rota.succeed("slots", "show", "--desk", "Health, Safeguarding nurses") == "There are no slots to come.\n"


def test_a_trial_says_what_would_change_and_changes_nothing(rota: Terminal) -> None:
    said = rota.succeed("slots", "import", "--dry-run", rota.write("slots.csv", ONE))

    assert said.splitlines() == [
        "Police, Child abuse investigation: 1 added, 0 changed, 0 withdrawn, 0 as before.",
        "This was a trial: nothing was changed.",
    ]
    assert rota.succeed("slots", "show") == "There are no slots to come.\n"


def test_one_mistake_refuses_the_whole_file_and_leaves_what_was_there(rota: Terminal) -> None:
    rota.succeed("slots", "import", rota.write("slots.csv", ONE))
    bad = f"{ONE}Police,Child abuse investigation,04/12/2026,14:00,60,2,1\nPolice,Nowhere,04/12/2026,15:00,60,2,1\n"

    assert rota.fail(1, "slots", "import", rota.write("slots.csv", bad)).splitlines() == [
        "The file of slots can't be used: 1 problem.",
        "  line 4, desk: The directory knows no such desk of this agency. Write it as it stands in the directory.",
    ]
    assert rota.succeed("slots", "show") == SHOWN


def test_the_file_of_one_desk_empties_it_too(rota: Terminal) -> None:
    desk = ("--desk", "child abuse investigation")
    rota.succeed("slots", "import", *desk, rota.write("slots.csv", "date;start;length\n03/12/2026;14:00;60\n"))

    said = rota.succeed("slots", "import", *desk, rota.write("slots.csv", "date;start;length\n"))

    assert "0 added, 0 changed, 1 withdrawn, 0 as before" in said
    assert "There are no slots" in rota.succeed("slots", "show")


def test_in_whose_name_it_is_imported_is_checked(rota: Terminal) -> None:
    file = rota.write("slots.csv", ONE)

    assert rota.fail(1, "slots", "import", "--by", "nobody@police.example", file) == (
        "The directory has nobody with that mail address. Nothing was changed.\n"
    )
    assert rota.fail(1, "slots", "import", "--by", "priya.nair@council.example", file) == (
        "Only the lead of a desk, or an administrator, can change its slots. Nothing was changed.\n"
    )
    assert "1 added" in rota.succeed("slots", "import", "--by", "ian.calder@police.example", file)


def test_a_desk_that_is_not_known_is_refused_with_the_way_to_name_it(rota: Terminal) -> None:
    assert "The directory knows no such desk." in rota.fail(1, "slots", "show", "--desk", "nowhere")


def test_the_report_is_a_table_of_numbers_for_two_whole_days_and_what_lies_between(rota: Terminal) -> None:
    rota.succeed("slots", "import", rota.write("slots.csv", ONE))

    said = rota.succeed("slots", "report", "--from", "01/12/2026", "--to", "31/12/2026")

    assert said.removeprefix("\ufeff").splitlines() == [
        "Part,Agency,Hour,Urgency,Reason,Decided,Starting,Places offered,Places taken,Places joined,"
        "Places kept for urgent,Booked late,Began late",
        "Places,Police,14:00,,,,,2,0,0,1,,",
    ]
    assert "Please give a first day, then a last" in rota.fail(
        1, "slots", "report", "--from", "31/12/2026", "--to", "01/12/2026"
    )


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The files of a folder over HTTP, in a thread: the command has a loop of its own."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(folder))

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_calendars_are_tried_before_they_are_followed(rota: Terminal, tmp_path: Path) -> None:
    served = tmp_path / "served"
    served.mkdir()
    (served / "rota.ics").write_bytes(calendar(event("20261203T140000Z"), event("20261204T140000Z", "two")))
    (served / "none.ics").write_bytes(calendar())
    with serving(served) as address:
        feeds = rota.write(
            "feeds.csv",
            "agency,desk,address\n"
            f"Police,Child abuse investigation,{address}/rota.ics\n"
            f"Health,Safeguarding nurses,{address}/s3cret.ics\n"
            f"Police,Nowhere,{address}/rota.ics\n"
            f"Police,Control room,{address}/none.ics\n",
        )
        rota.environment = {**rota.environment, "CHAIRSIDE_SLOT_FEEDS": str(feeds)}
        said = rota.say("slots", "feeds")

    assert said.exit_code == 1
    assert said.stdout.splitlines() == [
        "Police, Child abuse investigation: 2 slots in the coming 8 weeks, from Thu 3 Dec, 14:00 to Fri 4 Dec, 14:00.",
        "Health, Safeguarding nurses: can't be used, since there is no calendar at its address any more (not there).",
        "Calendar 3: can't be used, since the directory knows no such desk (no such desk).",
        "Police, Control room: no slots in the coming 8 weeks. "
        "Is it the right calendar, and are the words of `only` in it?",
    ]
    assert "There are no slots" in rota.succeed("slots", "show")


def test_without_a_file_of_feeds_there_is_nothing_to_try(rota: Terminal) -> None:
    assert rota.fail(1, "slots", "feeds") == "There is no file of feeds. Name it in CHAIRSIDE_SLOT_FEEDS.\n"


def test_the_doctor_counts_the_calendars_and_names_the_first_mistake_of_their_file(rota: Terminal) -> None:
    good = rota.write("feeds.csv", "agency,desk,address\nPolice,Control room,https://calendar.example/a.ics\n")
    rota.environment = {**rota.environment, "CHAIRSIDE_SLOT_FEEDS": str(good)}
    assert "CHAIRSIDE_SLOT_FEEDS" in rota.say("doctor", "--offline").stdout
    assert "1 calendar" in rota.say("doctor", "--offline").stdout

    rota.write("feeds.csv", "agency,desk,address\nPolice,Control room,calendar.example\n")
    said = rota.say("doctor", "--offline").stdout
    assert "can't be used, 1 to mend; the first is line 2, address: This is not an address that can be used." in said

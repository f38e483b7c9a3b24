"""The file of feeds: which desk follows which calendar, and every mistake with its line; no address is ever shown."""

from __future__ import annotations

import pytest

from discussions.directory_ids import desk_id
from discussions.slots.feed import FeedTerms
from storage.csv_lines import BadFile
from storage.feed_file import WantedFeed, parse_feeds

HEADER = "agency,desk,address,length,capacity,reserved,only"
POLICE = desk_id("Police", "Duty")


def problems_in(*lines: str) -> list[str]:
    with pytest.raises(BadFile) as refusal:
        parse_feeds("\n".join((HEADER, *lines)).encode())
    assert "example" not in str(refusal.value)
    return [str(problem) for problem in refusal.value.problems]


def test_a_line_is_a_feed_with_its_terms() -> None:
    url = "https://calendar.example/s3cret.ics"

    [whole] = parse_feeds(f"{HEADER}\nPolice,Duty,{url},30,2,1,strategy slot\n".encode())
    [short] = parse_feeds(f"desk;url;agency\nduty;{url};POLICE\n".encode())

    assert whole == WantedFeed(POLICE, url, FeedTerms(30, 2, 1, "strategy slot"))
    assert short == WantedFeed(POLICE, url, FeedTerms())
    assert whole.digest != short.digest
    assert "s3cret" not in repr(whole)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Police,Duty,http://calendar.example/a.ics", "line 2, address: This is not an address that can be used."),
        ("Police,Duty,calendar.example/a.ics", "line 2, address: This is not an address that can be used."),
        ("Police,Duty,https://[::", "line 2, address: This is not an address that can be used."),
        ("Police,Duty,", "line 2, address: The address is missing."),
        ("Police,,https://calendar.example/", "line 2, desk: The desk is missing."),
        ("Police,Duty,https://calendar.example/,long", "line 2, length: This is not a length."),
        ("Police,Duty,https://calendar.example/,60,0", "line 2, capacity: This number can't be."),
        ("Police,Duty,https://calendar.example/,60,1,x", "line 2, reserved: This number can't be."),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(line: str, problem: str) -> None:
    assert problems_in(line)[0].startswith(problem)


def test_a_desk_follows_one_calendar() -> None:
    line = "Police,Duty,https://calendar.example/"

    assert problems_in(line, line) == ["line 3, desk: Line 2 gives this desk a calendar already. Keep one."]


def test_in_local_mode_plain_http_is_taken() -> None:
    assert parse_feeds(f"{HEADER}\nPolice,Duty,http://127.0.0.1/a.ics".encode(), is_local=True)

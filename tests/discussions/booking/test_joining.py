"""Of what was typed on how to join, only links to meeting services and telephone numbers leave for a calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.booking.joining import Joining, read_joining, say_phones

HOSTS = ("teams.microsoft.com", "teams.live.com")
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%7d"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (None, Joining()),
        (LINK, Joining(LINK)),
        (f"Teams: {LINK}, or ring.", Joining(LINK)),
        ("0117 496 0111, type 4421#", Joining(phones=("0117 496 0111",), codes=("4421",))),
        ("+44 20 7946 0111 conference ID: 123 456 789#", Joining(None, ("+44 20 7946 0111",), ("123 456 789",))),
        ("ring 0117 496 0111 or 07700 900123", Joining(phones=("0117 496 0111", "07700 900123"))),
        ("Hillside Primary School, room 3", Joining()),
        ("https://hillside-primary.example/visit/abc", Joining()),
        ("https://teams.microsoft.com.evil.example/x", Joining()),
        ("https://sam@teams.microsoft.com/x", Joining()),
        ("http://teams.microsoft.com/x", Joining()),
        ("https://gov.teams.microsoft.com/l/meetup-join/1", Joining("https://gov.teams.microsoft.com/l/meetup-join/1")),
        ("about AB, born 14/05/2019, type 4421", Joining()),
    ],
)  # fmt: skip
def test_links_and_numbers_are_told_from_everything_else(typed: str | None, read: Joining) -> None:
    assert read_joining(typed, HOSTS) == read


def test_a_number_and_its_code_are_said_together() -> None:
    read = read_joining("0117 496 0111 or 0117 496 0112, PIN 4421", HOSTS)

    assert say_phones(read) == "0117 496 0111 or 0117 496 0112, code 4421"


@given(st.text())
def test_whatever_was_typed_no_word_of_it_leaves(words: str) -> None:
    read = read_joining(words, HOSTS)

    assert read.link is None or read.link.startswith("https://")
    assert all(letter in "+0123456789 -()" for said in (*read.phones, *read.codes) for letter in said)

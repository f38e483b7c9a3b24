"""Reads the file that says which desk's slots follow which calendar: CSV in, or every mistake with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from discussions.directory_ids import desk_id
from discussions.people import DeskId
from discussions.slots.feed import FeedTerms
from storage.csv_lines import BadFile, Columns, Line, Problem, decode, read_lines
from storage.slot_cells import BadCell, read_minutes, read_places

COLUMNS: Final = ("agency", "desk", "address", "length", "capacity", "reserved", "only")
SYNONYMS: Final = {
    "address": ("url", "link", "calendar"),
    "length": ("minutes", "duration"),
    "capacity": ("places",),
    "only": ("title", "word", "words", "category"),
}
KNOWN: Final = Columns("file of feeds", COLUMNS, needed=("agency", "desk", "address"), synonyms=SYNONYMS)


@dataclass(frozen=True, slots=True)
class WantedFeed:
    """`url` may hold a secret, so it stays out of `repr`. `digest` changes with it and with the terms."""

    desk: DeskId
    url: str = field(repr=False)
    terms: FeedTerms

    @property
    def digest(self) -> str:
        return sha256(f"{self.url}\n{self.terms}".encode()).hexdigest()[:32]


def read_feed_file(path: Path, is_local: bool) -> list[WantedFeed]:
    """Raises BadFile with all that is wrong; OSError if the file can't be opened."""
    return parse_feeds(path.read_bytes(), is_local)


def parse_feeds(content: bytes, is_local: bool = False) -> list[WantedFeed]:
    """`is_local`: plain http is taken too. The desks are named as in the directory, which is not asked here."""
    lines, problems = read_lines(decode(content, KNOWN), KNOWN)
    feeds = [feed for line in lines if (feed := _read(line, is_local, problems)) is not None]
    seen: dict[DeskId, int] = {}
    for line, feed in zip(lines, feeds, strict=False):
        if seen.setdefault(feed.desk, line.number) != line.number and not problems:
            what = f"Line {seen[feed.desk]} gives this desk a calendar already."
            problems.append(Problem(line.number, what, "Keep one.", "desk"))
    if problems:
        raise BadFile(KNOWN.of, problems)
    return feeds


def _read(line: Line, is_local: bool, problems: list[Problem]) -> WantedFeed | None:
    agency, desk, url = line.get("agency"), line.get("desk"), line.get("address")
    for column, cell in (("agency", agency), ("desk", desk), ("address", url)):
        if cell is None:
            problems.append(Problem(line.number, f"The {column} is missing.", "Write it in every line.", column))
    if url is not None and not is_address(url, is_local):
        mend = "Write the whole address, with https:// in front."
        problems.append(Problem(line.number, "This is not an address that can be used.", mend, "address"))
    terms = _read_terms(line, problems)
    return WantedFeed(desk_id(agency, desk), url, terms) if agency and desk and url and terms else None


def _read_terms(line: Line, problems: list[Problem]) -> FeedTerms | None:
    length, capacity, reserved = line.get("length"), line.get("capacity"), line.get("reserved")
    column = "length"
    try:
        minutes = read_minutes(length) if length else None
        column = "capacity"
        places = read_places(capacity, 1) if capacity else 1
        column = "reserved"
        kept = read_places(reserved, 0) if reserved else None
    except BadCell as bad:
        problems.append(Problem(line.number, bad.what, bad.mend, column))
        return None
    return FeedTerms(minutes, places, kept, line.get("only"))


def is_address(url: str, is_local: bool) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.scheme in (("https", "http") if is_local else ("https",))

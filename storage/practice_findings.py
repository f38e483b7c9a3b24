"""What can be wrong in a practice file, as it is told to the person who mends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from storage.toml_lines import KeyPath

CODE: Final = re.compile(r"[A-Za-z0-9_.]{1,60}")
SHOWN: Final = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` counts the tables of an array from 0, as TOML parsers do."""

    path: KeyPath
    what: str
    mend: str


def say_path(path: KeyPath) -> str:
    """As people count: item[2] is the second item. "the file" where there is no key."""
    said = ""
    for part in path:
        if isinstance(part, int):
            said += f"[{part + 1}]"
        else:
            said += f".{part}" if CODE.fullmatch(part) and "." not in part else f'."{part}"'
    return said.removeprefix(".") or "the file"


def say_choices(codes: Collection[str], wanted: str = "") -> str:
    """The accepted values, the nearest to `wanted` first, no more than a line holds."""
    near = get_close_matches(wanted, list(codes), n=3, cutoff=0.6)
    ordered = [*near, *(code for code in codes if code not in near)]
    shown = ", ".join(f'"{code}"' for code in ordered[:SHOWN])
    return f"{shown} …" if len(ordered) > SHOWN else shown or "(there are none yet)"


def unknown(path: KeyPath, what: str, wanted: str, codes: Collection[str]) -> Iterator[Finding]:
    """Found when `wanted` is not among `codes`."""
    if wanted not in codes:
        yield Finding(path, f'There is no {what} "{wanted}".', f"Use one of: {say_choices(codes, wanted)}.")


def doubles(places: Iterable[tuple[KeyPath, str]], what: str) -> Iterator[Finding]:
    seen: dict[str, KeyPath] = {}
    for path, code in places:
        if code in seen:
            first = say_path(seen[code])
            yield Finding(path, f'The {what} "{code}" is used twice, first at {first}.', "Give one of them another.")
        seen.setdefault(code, path)


def in_any_text(data: Any, path: KeyPath = ()) -> Iterator[Finding]:
    """What holds for every text of the file, wherever it stands: not empty, codes are codes, sources are listed."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from in_any_text(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from in_any_text(value, (*path, index))
    elif isinstance(data, str):
        yield from _in_text(data, path)


def _in_text(text: str, path: KeyPath) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(path, "This text is empty.", "Write it, or take the line out if it may be left out.")
    elif path[-1] == "code" and not CODE.fullmatch(text):
        yield Finding(path, f'"{text}" can\'t be a code.', "Use up to 60 letters, digits, dots and underscores.")


def sources_not_listed(data: Any, listed: Collection[str], path: KeyPath = ()) -> Iterator[Finding]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from sources_not_listed(value, listed, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from sources_not_listed(value, listed, (*path, index))
    elif path and path[-1] == "source" and isinstance(data, str):
        for source in (part.strip() for part in data.split(",")):
            if source and source not in listed:
                mend = f"Add it to [sources], or use one of: {say_choices(listed, source)}."
                yield Finding(path, f'The source "{source}" is not listed under [sources].', mend)

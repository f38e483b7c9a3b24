"""The line of each key is found, whatever the text around it looks like."""

from __future__ import annotations

import tomllib
from typing import Any

from storage.practice_file import standard_text
from storage.toml_lines import KeyPath, line_of, lines_of

AWKWARD = '''# [not.a.table]
title = "a # is no comment here, nor is [this] a table"
long = """
key = 1
[table]
\\""" still inside"""
raw = \'\'\'
x = "
\'\'\'
"quoted key" = 1
a.b.c = 2
dates = [2026-01-01, 08:00:00]  # and a comment ]

[[row]]
name = 'one' # one
[row.inner]
list = [
  { k = 1, "odd \\"key" = [1, [2, 3]] }, # }
  { k = 2 },
]
[[row]]
name = "two"
[[row.more]]
z = 1e3
[[row.more]]
z = true
'''


def every_path(data: Any, path: KeyPath = ()) -> list[KeyPath]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deeper for key, value in inside for deeper in every_path(value, (*path, key)))]


def test_every_key_of_an_awkward_text_has_the_line_it_stands_on() -> None:
    lines = lines_of(AWKWARD)
    written = AWKWARD.split("\n")

    for path in every_path(tomllib.loads(AWKWARD))[1:]:
        key = path[-1]
        assert path in lines, path
        if isinstance(key, str):
            assert key.replace('"', '\\"') in written[lines[path] - 1], path


def test_tables_of_an_array_are_told_apart() -> None:
    lines = lines_of(AWKWARD)
    numbered = {text: number for number, text in enumerate(AWKWARD.split("\n"), 1)}

    assert lines["row", 0, "name"] == numbered["name = 'one' # one"]
    assert lines["row", 1, "name"] == numbered['name = "two"']
    assert lines["row", 1, "more", 1, "z"] == numbered["z = true"]
    assert lines["row", 0, "inner", "list", 1, "k"] == numbered["  { k = 2 },"]


def test_windows_line_ends_change_nothing() -> None:
    assert lines_of(AWKWARD.replace("\n", "\r\n")) == lines_of(AWKWARD)


def test_every_key_of_the_standard_practice_is_found_on_its_line() -> None:
    text = standard_text()
    lines = lines_of(text)
    written = text.split("\n")

    for path in every_path(tomllib.loads(text))[1:]:
        assert not isinstance(path[-1], str) or path[-1] in written[lines[path] - 1], path


def test_what_is_missing_is_shown_at_the_table_around_it() -> None:
    lines = lines_of(AWKWARD)

    assert line_of(lines, ("row", 1, "more", 0, "nothing")) == lines["row", 1, "more", 0]
    assert line_of(lines, ("nothing",)) is None

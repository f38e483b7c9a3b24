"""On which line of a TOML text each key stands, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:\\.|[^"\\])*"|'
    r"'[^']*'",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}\n#]+")
_PLAIN_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)")
_ESCAPED: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def lines_of(text: str) -> dict[KeyPath, int]:
    """Line numbers from 1 by key path; tables of an array are counted from 0. `text` must be valid TOML."""
    return _Scan(text).lines()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """The line of the key, or of the nearest table around it; None at the top of the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Scan:
    """One pass over text that a TOML parser has already accepted; it finds places and reads no values."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self.line = 1
        self.counted_to = 0

    def lines(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self.skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip_blank()
        return self.found

    def header(self) -> KeyPath:
        is_array = self.text.startswith("[[", self.at)
        line = self.here()
        self.at += 2 if is_array else 1
        parts = self.key()
        self.at = self.text.index("]", self.at) + (2 if is_array else 1)
        path = (*self.resolved(parts[:-1]), parts[-1])
        if is_array:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.found.setdefault(path, line)
            path = (*path, self.counts[path])
        self.found.setdefault(path, line)
        return path

    def resolved(self, parts: KeyPath) -> KeyPath:
        """Inside an array of tables a header means its newest table."""
        path: KeyPath = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def pair(self, table: KeyPath) -> None:
        line = self.here()
        path = table + self.key()
        for length in range(len(table) + 1, len(path) + 1):
            self.found.setdefault(path[:length], line)
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def key(self) -> KeyPath:
        parts: list[str] = []
        while True:
            self.skip_blank()
            parts.append(self.key_part())
            self.skip_blank()
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def key_part(self) -> str:
        quoted = _STRING.match(self.text, self.at)
        found = quoted or _BARE_KEY.match(self.text, self.at)
        assert found is not None  # a TOML parser has accepted this text
        self.at = found.end()
        if quoted is None:
            return found[0]
        inner = found[0][1:-1]
        return _PLAIN_ESCAPE.sub(_unescaped, inner) if found[0][0] == '"' else inner

    def value(self, path: KeyPath) -> None:
        self.skip_blank()
        opening = self.text[self.at]
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline_table(path)
        else:
            found = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            assert found is not None  # a TOML parser has accepted this text
            self.at = found.end()

    def array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while not self.closes("]"):
            self.found.setdefault((*path, index), self.here())
            self.value((*path, index))
            index += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while not self.closes("}"):
            self.pair(path)

    def closes(self, bracket: str) -> bool:
        self.skip_blank()
        if self.text[self.at] == ",":
            self.at += 1
            self.skip_blank()
        is_closed = self.text[self.at] == bracket
        self.at += is_closed
        return is_closed

    def skip_blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def here(self) -> int:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED[found[3]]

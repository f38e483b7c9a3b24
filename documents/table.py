"""A table as comma-separated values that a spreadsheet opens as text, whatever people wrote in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows the text as UTF-8."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """What a spreadsheet would take for a formula gets an apostrophe in front, so that it is only ever shown."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def harmless(value: str) -> str:
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value

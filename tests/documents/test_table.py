"""A table leaves as text that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from documents.table import harmless, write_table

WORDS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=40)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_what_was_written_is_read_back_whatever_its_commas_quotes_and_lines(rows: list[tuple[str, str]]) -> None:
    written = write_table(("One", "Two"), rows).decode().removeprefix("\ufeff")

    read = list(csv.reader(io.StringIO(written, newline="")))

    assert read == [["One", "Two"], *([harmless(one), harmless(two)] for one, two in rows)]


def test_a_formula_is_shown_as_the_words_it_is() -> None:
    assert write_table(("A",), [('=HYPERLINK("http://x")',)]).decode().endswith('"\'=HYPERLINK(""http://x"")"\r\n')
    assert [harmless(value) for value in ("+44", "-1", "@x", "A = B")] == ["'+44", "'-1", "'@x", "A = B"]

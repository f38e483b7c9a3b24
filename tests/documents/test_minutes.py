"""The Word document: its structure, its order, and that people's words are nothing but text in it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.agenda.facts import NOTE
from discussions.record.minutes import make_minutes
from documents.minutes import write_minutes
from documents.word import plain
from storage.practice_file import standard_practice
from tests.documents.reading import (
    blocks,
    cells,
    headings,
    opened,
    parts,
    table_under,
    texts_under,
    whole_text,
)
from tests.documents.story import facts, said, told

MINUTES = make_minutes(told(standard_practice()))
CONTENT = write_minutes(MINUTES)


def test_it_begins_with_the_title_and_headings_never_jump_a_level() -> None:
    levels = [level for level, _ in headings(opened(CONTENT))]

    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_decisions_come_first_then_safety_then_actions_then_who_was_there_then_what_was_said() -> None:
    sections = [text for level, text in headings(opened(CONTENT)) if level == 1]

    assert sections == [
        "Decisions, child by child",
        "Interim safety plan",
        "Actions",
        "What happens next",
        "Who took part",
        "What was said, item by item",
        "Not answered at the close",
        "Entered after the discussion or told by telephone",
        "Held back from this copy",
        "Who is to have this record",
    ]


def test_the_decisions_about_a_child_stand_in_a_table_with_their_reasons_and_its_dissent_below() -> None:
    document = opened(CONTENT)

    assert table_under(document, "A (J.S., born 03/04/2019, 7)") == [
        ["Decision", "Choice", "Reason"],
        ["s47 enquiry", "Yes, start", "What A said, the bruise, and the call-out together"],
        ["Who enquires", "Children's social care and police, jointly", "–"],
        ["Medical", "Yes", "–"],
        ["ABE interview", "No", "She spoke freely; the need is looked at again after the visit"],
        ["Parents informed", "To be told, by an action", "–"],
    ]
    # the safety plan of A stands under a heading of the same words
    assert texts_under(document, "A (J.S., born 03/04/2019, 7)")[:4] == [
        "Outcome: Joint s47 enquiry",
        "Decided, as it was spoken: A stays at school until the social worker rings",
        "Lead officer: Dan Invented, Detective sergeant",
        "Dissent: Health would have the ABE interview first",
    ]


def test_an_action_is_told_with_owner_agency_due_feedback_and_what_if_not() -> None:
    assert table_under(opened(CONTENT), "Immediate safety, within 24 hours") == [
        ["No.", "What is agreed", "Owner", "Due", "Feedback", "State"],
        [
            "1",
            "A (J.S., born 03/04/2019, 7)\n"
            "See A alone at school, together with the detective sergeant\n"
            "Done when: A was seen alone and the chair knows what she said\n"
            "If it can't be done: The police make a welfare check by 16:00",
            "Ruth Fiction\nChildren's social care",
            "Tuesday 17 November 2026, 13:30",
            "Priya Example, Dan Invented",
            "Done: Seen at 13:10",
        ],
    ]


def test_every_table_repeats_its_header_row_keeps_its_rows_whole_and_has_borders() -> None:
    tables = [block for block in blocks(opened(CONTENT)) if isinstance(block, Table)]

    assert len(tables) >= 9
    for table in tables:
        rows = table._tbl.tr_lst
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
            True,
            *[False] * (len(rows) - 1),
        ]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table.style is not None
        assert table.style.name == "Table Grid"
        assert all(cells(table)[0]), "a header cell is empty"


def test_the_properties_of_a_table_stand_in_the_order_the_file_format_wants() -> None:
    order = ["tblStyle", "tblW", "jc", "tblInd", "tblLayout", "tblLook"]

    for table in opened(CONTENT).tables:
        assert [child.tag.split("}")[1] for child in table._tbl.tblPr] == order


def test_the_language_is_british_english_and_no_other_is_left() -> None:
    styles = parts(CONTENT)["word/styles.xml"].decode()

    assert 'w:val="en-GB"' in styles
    assert not [name for name, part in parts(CONTENT).items() if b"en-US" in part.replace(b'w:eastAsia="en-US"', b"")]


def test_the_page_is_a4_upright_with_margins() -> None:
    (section,) = opened(CONTENT).sections

    assert section.orientation == WD_ORIENTATION.PORTRAIT
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 20, 20]


def test_every_page_bears_reference_marking_state_and_its_number_of_how_many() -> None:
    (section,) = opened(CONTENT).sections
    foot = section.footer.paragraphs[0]

    assert section.header.paragraphs[0].text == "Record SD-26-0412\tOFFICIAL-SENSITIVE\tDRAFT"
    assert foot.text.startswith("Record SD-26-0412\tOFFICIAL-SENSITIVE\tPage ")
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_once_approved_it_is_a_draft_no_longer() -> None:
    heading = replace(MINUTES.heading, is_draft=False, status="Approved by Priya Example on Wednesday.")

    approved = opened(write_minutes(replace(MINUTES, heading=heading)))

    assert "DRAFT" in whole_text(opened(CONTENT))
    assert "DRAFT" not in whole_text(approved)
    assert "DRAFT" not in approved.sections[0].header.paragraphs[0].text
    assert "Approved by Priya Example on Wednesday." in whole_text(approved)


def test_what_travels_with_the_file_says_nothing_of_the_people_in_it() -> None:
    core = opened(CONTENT).core_properties

    assert (core.title, core.author, core.last_modified_by) == ("Record SD-26-0412", "Chairside", "Chairside")
    assert (core.comments, core.subject, core.keywords, core.category) == ("", "", "", "")
    outside = b"".join(part for name, part in parts(CONTENT).items() if name != "word/document.xml")
    assert not [word for word in (b"J.S.", b"Sample", b"Example", b"Invented") if word in outside]


def test_the_same_record_is_the_same_file_to_the_last_byte() -> None:
    again = write_minutes(make_minutes(told(standard_practice())))

    assert again == CONTENT
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_when_it_was_made_is_what_it_was_told_not_what_the_clock_says() -> None:
    made = write_minutes(replace(MINUTES, made_at=datetime(2027, 6, 1, 9, 30, tzinfo=UTC)))

    assert opened(made).core_properties.created == datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
    assert opened(made).core_properties.modified == datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
    assert made != CONTENT


def test_a_discussion_in_which_nothing_was_captured_gives_a_record_that_says_so() -> None:
    bare = replace(told(standard_practice(), []), children=(), attendance=(), invitations=(), actions=())

    document = opened(write_minutes(make_minutes(bare)))

    assert texts_under(document, "Immediate safety, within 24 hours") == ["None was agreed."]
    assert texts_under(document, "3. Why we are here: the concern and the harm") == [
        "Nothing was recorded under this item."
    ]
    assert "Not quorate" in whole_text(document)


@pytest.mark.parametrize(
    "words",
    [
        "a\x00b",
        "half a character: \ud83d",
        "\ufffe and \uffff",
        "bell\x07, form feed\x0c, escape\x1b",
        "family 👨‍👩‍👧‍👦 and ✓",
        "</w:t><w:t>&amp;<![CDATA[x]]>",
        "{{ field }} ${x} =HYPERLINK(1)",
        "x" * 5_000,
        "\u202eesrever\u202c",
    ],
)
def test_whatever_is_typed_ends_as_text(words: str) -> None:
    note = said(3, NOTE, words)

    document = opened(write_minutes(make_minutes(told(standard_practice(), [note]))))

    (shown,) = texts_under(document, "Notes")
    kept = [letter for letter in words if letter.isascii() and letter.isprintable()]
    assert [letter for letter in shown if letter.isascii() and letter.isprintable()] == kept


def test_lines_and_tabs_of_what_was_typed_are_kept() -> None:
    note = said(3, NOTE, "one\r\ntwo\rthree\tfour")

    document = opened(write_minutes(make_minutes(told(standard_practice(), [note]))))

    assert texts_under(document, "Notes") == ["one\ntwo\nthree\tfour"]


def test_words_that_turn_the_reading_direction_are_shown_as_they_were_typed() -> None:
    note = said(3, NOTE, "not \u202edesu\u202c \u2066used")

    document = opened(write_minutes(make_minutes(told(standard_practice(), [note]))))

    assert texts_under(document, "Notes") == ["not desu used"]


ANY_TEXT = st.text(st.characters(exclude_categories=())).filter(lambda text: text.strip() != "")


@given(words=ANY_TEXT)
def test_any_text_at_all_can_be_written_as_xml(words: str) -> None:
    element = ElementTree.Element("t")

    element.text = plain(words)

    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text == (plain(words) or None)


@settings(max_examples=8, deadline=None)
@given(words=ANY_TEXT)
def test_any_text_at_all_in_any_field_gives_a_document_of_the_same_shape(words: str) -> None:
    everywhere = [replace(fact, value=words) if is_free(fact.field) else fact for fact in facts()]

    document = opened(write_minutes(make_minutes(told(standard_practice(), everywhere))))

    assert shape(document) == SHAPE


def shape(document: WordDocument) -> tuple[list[int], list[int]]:
    return [level for level, _ in headings(document)], [len(table._tbl.tr_lst) for table in document.tables]


SHAPE = shape(opened(CONTENT))


def is_free(field: str) -> bool:
    known = {one.code: one for one in standard_practice().fields}
    return field not in known or known[field].kind.is_written


def test_the_writer_of_documents_is_not_loaded_until_one_is_asked_for() -> None:
    asked = "import sys, discussions.record.minutes, documents.minutes; sys.exit('docx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0

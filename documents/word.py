"""The building blocks of our Word documents: page, styles, running heads, tables, and text that is nothing but text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

AUTHOR: Final = "Chairside"
LANGUAGE: Final = "en-GB"
FONT: Final = "Arial"
INK: Final = RGBColor(0x1B, 0x2B, 0x41)
SHADE: Final = "E3E9F0"

DETAIL: Final = "Detail"
TABLE_TEXT: Final = "Table Text"
TABLE_HEADING: Final = "Table Heading"
NOTICE: Final = "Notice"
AFTER_TABLE: Final = "After Table"

PAGE_WIDTH: Final = Cm(21)
PAGE_HEIGHT: Final = Cm(29.7)
MARGIN: Final = Cm(2)
TEXT_WIDTH: Final = Length(PAGE_WIDTH - 2 * MARGIN)
LABEL_WIDTH: Final = Cm(4.2)
CELL_PADDING: Final = Twips(108)

EXTRAS: Final = ("/thumbnail", "/stylesWithEffects")
EARLIEST_IN_A_ZIP: Final = (1980, 1, 1, 0, 0, 0)

UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for: control characters, half characters, non-characters."""

TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that make words run the other way: with them a sentence can be shown as something that was never written."""


@dataclass(frozen=True, slots=True)
class Bold:
    """Words in bold, for labels and for what must not be overlooked."""

    text: str


Text = str | Sequence[str | Bold]


def plain(text: str) -> str:
    """The text as a document can hold it; what can't be written is shown as a replacement character, never dropped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub("\ufffd", TURNING.sub("", lines))


def open_document(title: str, made_at: datetime) -> WordDocument:
    document = Document()
    drop_template_extras(document)
    describe(document, title, made_at)
    speak_english(document)
    set_styles(document)
    lay_out(document.sections[0])
    return document


def drop_template_extras(document: WordDocument) -> None:
    """The library's own template brings a thumbnail and a second set of styles in American English."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(EXTRAS)]:
            del relations[key]


def describe(document: WordDocument, title: str, made_at: datetime) -> None:
    """Core properties travel with the file and are read by search and by mail: nothing of the content in them."""
    core, moment = document.core_properties, made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.title = title
    core.author = core.last_modified_by = AUTHOR
    core.comments = core.subject = core.keywords = core.category = ""
    core.language = LANGUAGE
    core.created = core.modified = moment
    core.revision = 1


def speak_english(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def set_styles(document: WordDocument) -> None:
    set_style(document, "Normal", size=10.5, after=4)
    set_style(document, "Title", size=20, after=4, bold=True)
    set_style(document, "Heading 1", size=15, before=18, after=4, bold=True)
    set_style(document, "Heading 2", size=12, before=12, after=3, bold=True)
    set_style(document, "Heading 3", size=10.5, before=8, after=2, bold=True)
    set_style(document, "List Bullet", size=10.5, after=2)
    for name in ("Header", "Footer"):
        set_three_places(set_style(document, name, size=8.5))
    detail = set_style(document, DETAIL, size=10.5, after=2).paragraph_format
    detail.left_indent, detail.first_line_indent = LABEL_WIDTH, Length(-LABEL_WIDTH)
    detail.tab_stops.add_tab_stop(LABEL_WIDTH)
    set_style(document, TABLE_TEXT, size=9.5, before=2, after=2)
    set_style(document, TABLE_HEADING, size=9.5, before=2, after=2, bold=True).paragraph_format.keep_with_next = True
    set_style(document, NOTICE, size=10.5, before=2, after=6, bold=True)
    set_style(document, AFTER_TABLE, size=4)


def set_style(
    document: WordDocument, name: str, size: float, before: float = 0, after: float = 0, bold: bool = False
) -> ParagraphStyle:
    names = {style.name for style in document.styles}
    style = document.styles[name] if name in names else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, INK if bold else RGBColor(0, 0, 0)
    name_font(style)
    space = style.paragraph_format
    space.space_before, space.space_after, space.line_spacing = Pt(before), Pt(after), 1.1
    return style


def name_font(style: ParagraphStyle) -> None:
    """Theme fonts win over named ones, so they must go."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "heme" in str(key)]:
        del fonts.attrib[key]
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def lay_out(section: Section) -> None:
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def set_running_heads(document: WordDocument, left: str, middle: str, right: str) -> None:
    """Every page says what it belongs to, how it is to be treated, and that it is one of so many."""
    section = document.sections[0]
    write(section.header.paragraphs[0], f"{left}\t{middle}\t{right}")
    foot = write(section.footer.paragraphs[0], f"{left}\t{middle}\tPage ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def set_three_places(style: ParagraphStyle) -> None:
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Length(TEXT_WIDTH // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word works out itself; "1" stands there until it has."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def write(paragraph: Paragraph, text: Text) -> Paragraph:
    """People's words go in as runs of text and nothing else: no field, no link, no markup can come of them."""
    for piece in [text] if isinstance(text, str) else text:
        run = paragraph.add_run(plain(piece.text if isinstance(piece, Bold) else piece))
        run.bold = True if isinstance(piece, Bold) else None
    return paragraph


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the column's part of the text's width; all shares of a table add up to 1."""

    title: str
    share: float


def add_table(document: WordDocument, columns: Sequence[Column], rows: Sequence[Sequence[Sequence[Text]]]) -> Table:
    """A cell is its paragraphs. The header row comes again on each page, and no row is torn across two."""
    table: Table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    line_up(table)
    widths = [Length(int(TEXT_WIDTH * column.share)) for column in columns]
    for grid_column, width in zip(table.columns, widths, strict=True):
        grid_column.width = width
    heads = [[column.title] for column in columns]
    repeat_on_each_page(add_row(table, heads, widths, TABLE_HEADING))
    for row in rows:
        add_row(table, row, widths, TABLE_TEXT)
    document.add_paragraph(style=AFTER_TABLE)
    return table


def line_up(table: Table) -> None:
    """Word hangs a table's border out into the margin by the padding of its cells; this takes it back in."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(CELL_PADDING.twips))
    indent.set(qn("w:type"), "dxa")
    # the file format wants the table's properties in one order, and python-docx knows no indent
    table._tbl.tblPr.find(qn("w:jc")).addnext(indent)


def add_row(table: Table, cells: Sequence[Sequence[Text]], widths: Sequence[Length], style: str) -> _Row:
    row = cast(_Row, table.add_row())  # type: ignore[no-untyped-call]
    mark_row(row, "w:cantSplit")
    for cell, paragraphs, width in zip(row.cells, cells, widths, strict=True):
        cell.width = width
        fill(cell, paragraphs or [""], style)
    return row


def fill(cell: _Cell, paragraphs: Sequence[Text], style: str) -> None:
    first, *others = paragraphs
    write(cell.paragraphs[0], first).style = style
    for text in others:
        write(cell.add_paragraph(style=style), text)


def repeat_on_each_page(row: _Row) -> None:
    mark_row(row, "w:tblHeader")
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def mark_row(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def pack(document: WordDocument) -> bytes:
    """The file. Word files are zips and zips carry the moment of packing: it is taken out, so that the same record
    is the same file to the last byte and can be compared by its digest.
    """
    packed, steady = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST_IN_A_ZIP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return steady.getvalue()

"""Reads a Word document back as its parts, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(content: bytes) -> WordDocument:
    return Document(io.BytesIO(content))


def blocks(document: WordDocument) -> Iterator[Paragraph | Table]:
    yield from document.iter_inner_content()


def headings(document: WordDocument) -> list[tuple[int, str]]:
    """Level and text; the title has level 0."""
    levels = {"Title": 0, "Heading 1": 1, "Heading 2": 2, "Heading 3": 3}
    named = [(paragraph.style.name if paragraph.style else None, paragraph.text) for paragraph in document.paragraphs]
    return [(levels[style], text) for style, text in named if style in levels]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def under(document: WordDocument, heading: str) -> list[Paragraph | Table]:
    """What stands between this heading and the next one of whatever level."""
    found: list[Paragraph | Table] = []
    is_inside = False
    for block in blocks(document):
        is_heading = isinstance(block, Paragraph) and block.style is not None and "Heading" in (block.style.name or "")
        if is_heading and isinstance(block, Paragraph):
            is_inside = block.text == heading
        elif is_inside:
            found.append(block)
    return found


def table_under(document: WordDocument, heading: str) -> list[list[str]]:
    return cells(next(block for block in under(document, heading) if isinstance(block, Table)))


def texts_under(document: WordDocument, heading: str) -> list[str]:
    return [block.text for block in under(document, heading) if isinstance(block, Paragraph) and block.text]


def whole_text(document: WordDocument) -> str:
    return "\n".join(node.text or "" for node in document.element.iter(qn("w:t")))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}

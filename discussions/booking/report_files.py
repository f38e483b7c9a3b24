"""Files that come with a report: told by what is in them, never by their name, and handed on to be kept, not opened."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from discussions.booking.sent import FileKind

MARKS = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}
A_ZIP = b"PK\x03\x04"
OF_WORD = frozenset({"[Content_Types].xml", "word/document.xml"})
PROGRAMS = ("vbaproject", "activex", "oleobject")
ENDINGS = (".bin", ".exe", ".js", ".vbs")
"""What parts of a document are called that can run something."""
MOST_PARTS = 5_000


def kind_of(content: bytes) -> FileKind | None:
    """None for whatever is not taken: programs, scripts, archives, documents that hold them, all that is unknown."""
    marked = next((kind for mark, kind in MARKS.items() if content.startswith(mark)), None)
    if marked is not None:
        return marked
    return FileKind.WORD if content.startswith(A_ZIP) and is_plain_word(content) else None


def is_plain_word(content: bytes) -> bool:
    """Only the list of its parts is read; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    lowered = [name.casefold() for name in names]
    has_programs = any(name.endswith(ENDINGS) or any(one in name for one in PROGRAMS) for name in lowered)
    return len(names) <= MOST_PARTS and set(names) >= OF_WORD and not has_programs

"""The record of a discussion as a Word document, for whoever asks for one."""

from __future__ import annotations

from discussions.record.parts import Minutes


def write_minutes(minutes: Minutes) -> bytes:
    """A .docx. The same minutes give the same bytes. Takes some tenths of a second, so not on the event loop."""
    # the Word library is large and most turns need no document, so it is loaded with the first one
    from documents.minutes_layout import lay_out_minutes

    return lay_out_minutes(minutes)

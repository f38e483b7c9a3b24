"""Typed text without what nobody can see: signs that turn the direction of writing, and control characters."""

from __future__ import annotations

TURNS_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""With these a line reads otherwise than it is kept: a name or a reason could be shown back to front."""
LINE_BREAKS = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
KEPT = (0x09, 0x0A, 0x0D)
CONTROLS = tuple(code for code in (*range(0x01, 0x20), *range(0x7F, 0xA0)) if code not in (*KEPT, *LINE_BREAKS))
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys((*TURNS_DIRECTION, *CONTROLS)),
    **dict.fromkeys(LINE_BREAKS, "\n"),
}


def seen_text(text: str) -> str:
    return text.translate(_UNSEEN)

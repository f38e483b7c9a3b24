"""Says what happened and what follows: an action done, somebody else's press, an answer in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from cards.parts import AnyButton, Band, Part, Tone, rows_that_fit
from cards.render import Card, Summary, draw
from cards.shapes import Shapes

SHAPES = Shapes(draw)


def notice_card(
    heading: str,
    parts: Sequence[Part] = (),
    buttons: Sequence[Sequence[AnyButton]] = (),
    *,
    tone: Tone | None = None,
    lines: Sequence[str] = (),
    origin: str | None = None,
    foot: str | None = None,
    summary: Summary = Summary.ANSWER,
) -> Card:
    """With a `tone` the heading is a band and starts with its symbol ("✓ Done at 14:20"); `lines` stand in it below.

    Then the origin goes to the foot, so that the band is the first thing seen.
    """
    banded = tone is not None
    values = {
        "band": Band(tone, heading, tuple(lines), large=True) if tone is not None else None,
        "origin": None if banded else origin,
        "heading": None if banded else heading,
        "parts": parts,
        "rows": rows_that_fit(buttons),
        "foot": foot or (origin if banded else None),
    }
    return Card(SHAPES.render("notice.json.j2", values), summary)

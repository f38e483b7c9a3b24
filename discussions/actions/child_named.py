"""Which child a typed action is about: the one whose letter or initials stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discussions.booking.discussion import Child
from discussions.ids import ChildId


def child_named(wording: str, children: Sequence[Child]) -> ChildId | None:
    """None where no child is named, or more than one. A capital at the beginning may be an article: "A visit to …"."""
    words = set(re.findall(r"[^\W\d_]+", wording.partition(" ")[2]))
    named = [child.id for child in children if child.letter in words or (child.initials or "") in words]
    return named[0] if len(named) == 1 else None

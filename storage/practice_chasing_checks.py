"""Checks across a practice file on how invitations are chased: what its shape alone can't tell."""

from __future__ import annotations

from collections.abc import Iterator

from discussions.practice.chasing import ChaseTo
from storage.practice_findings import Finding, doubles, unknown
from storage.practice_rows import PracticeRow

BY_SHARE = (ChaseTo.INVITEE, ChaseTo.BOOKER)


def problems_with_chasing(file: PracticeRow) -> Iterator[Finding]:
    steps = file.chasing.step or ()
    yield from doubles(((("chasing", "step", at, "code"), step.code) for at, step in enumerate(steps)), "code")
    codes = [urgency.code for urgency in file.urgency]
    # what the file does not say itself may well name none of its own
    if "overrides_hours" in file.chasing.model_fields_set:
        for at, code in enumerate(file.chasing.overrides_hours):
            yield from unknown(("chasing", "overrides_hours", at), "urgency", code, codes)
    for at, step in enumerate(steps):
        path = ("chasing", "step", at)
        if (step.share_gone is None) == (step.before_start_minutes is None):
            mend = "Write share_gone = 50, or before_start_minutes = 15, and not both."
            yield Finding(path, "It does not say when.", mend)
        elif step.to not in BY_SHARE and step.before_start_minutes is None:
            mend = "Write before_start_minutes, since it is for the whole discussion."
            yield Finding((*path, "share_gone"), "Only who was asked, and the booker, are told by a share.", mend)

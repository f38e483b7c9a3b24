"""What the auditor found, for administrators: kinds, counts and ids, and nothing of any discussion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards.notice import notice_card
from cards.parts import Bullet, Part, Text, Tone
from cards.render import Card, Summary
from discussions.actions.audit import MOST_COUNTED, Defect, Finding

WORDS: Mapping[Defect, str] = {
    Defect.TICKS_STOPPED: "The clock's ticks have stopped. No nudge is said.",
    Defect.UNSAID: "Nudges that are due were not said.",
    Defect.QUEUED: "Messages are due, and nobody has tried to send them.",
    Defect.CLAIMED: "Messages were taken to be sent, then left.",
    Defect.RETRIED: "Messages were tried again and again without success.",
    Defect.UNWRITTEN: "Nudges count as said, but no message was written.",
    Defect.UNACCOUNTED: "Messages and the ledger disagree about what was sent.",
    Defect.UNHELD: "Discussions did not begin, and nobody above their chair was told.",
    Defect.UNFOLLOWED: "Telephone discussions have no full meeting, and nobody above their chair was told.",
    Defect.UNPROMISED: "Open actions have no nudge to come.",
    Defect.UNCHASED: "Discussions are booked, and nobody would be chased for an answer.",
}


def audit_card(found: Sequence[Finding]) -> Card:
    """`found` is at least one finding."""
    return notice_card(
        "▲ Some promises are not being kept",
        [part for finding in found for part in shown(finding)],
        tone=Tone.ATTENTION,
        lines=("People may be waiting for messages that don't come.",),
        foot="Look at /readyz. The operations guide says what each of these means, and its mend.",
        summary=Summary.UPKEEP,
    )


def shown(finding: Finding) -> list[Part]:
    count = f"{finding.count:,} or more" if finding.count >= MOST_COUNTED else f"{finding.count:,}"
    line = Bullet(WORDS[finding.defect], "●", lead=None if finding.defect is Defect.TICKS_STOPPED else f"{count}:")
    ids = [Text(f"For example {', '.join(finding.ids)}", small=True, close=True)] if finding.ids else []
    return [line, *ids]

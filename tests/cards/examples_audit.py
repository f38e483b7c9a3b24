"""What the auditor tells administrators: one finding, and all of them at once."""

from __future__ import annotations

from cards.audit import audit_card
from cards.render import Card
from discussions.actions.audit import IDS_TOLD, MOST_COUNTED, Defect, Finding
from tests.cards.gallery import example

ID = "0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02"


@example(audit_card, "audit-ticks-stopped")
def stopped() -> Card:
    return audit_card([Finding(Defect.TICKS_STOPPED, 1)])


@example(audit_card, "audit-everything")
def everything() -> Card:
    return audit_card([Finding(defect, MOST_COUNTED, (ID,) * IDS_TOLD) for defect in Defect])

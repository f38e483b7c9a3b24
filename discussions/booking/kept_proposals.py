"""What is kept of whom the practice proposed: taken, left out and why, or for the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discussions.ids import DiscussionId, InvitationId, ProposalId
from discussions.practice.invite_rules import Weight


class Outcome(StrEnum):
    """LEFT is what was only to be considered and was not ticked; TO_RING is in no directory.

    UNNAMED is a school that nobody named.
    """

    TAKEN = "taken"
    MET = "met"
    DECLINED = "declined"
    LEFT = "left"
    TO_RING = "to_ring"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """A proposal as it is kept with its discussion. `rules`, `name` and `because` say something about a child."""

    id: ProposalId
    discussion: DiscussionId
    category: str
    weight: Weight
    outcome: Outcome
    rules: tuple[str, ...] | None
    name: str | None
    because: tuple[str, ...] | None
    reason: str | None = None
    words: str | None = None
    invitation: InvitationId | None = None

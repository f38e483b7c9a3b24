"""What becomes of each proposal: asked, asked already in another way, left out with a reason, or for the telephone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from discussions.booking.kept_proposals import KeptProposal, Outcome
from discussions.booking.proposals import BookingFacts, Proposal, propose
from discussions.ids import DiscussionId, InvitationId, ProposalId
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.practice.types import InviteRule, Practice, Weight


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of the practice's decline reasons, and words if somebody gave any."""

    code: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the booker said about proposals, by their key: ticked or not, and why not."""

    ticks: Mapping[str, bool] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    is_over: bool = False
    """A telephone discussion that was held already: nobody is asked, so nobody is ticked unless they were there."""


@dataclass(frozen=True, slots=True)
class Weighed:
    proposal: Proposal
    outcome: Outcome
    reason: Reason | None = None

    @property
    def is_taken(self) -> bool:
        return self.outcome is Outcome.TAKEN

    @property
    def is_open_choice(self) -> bool:
        return self.outcome in (Outcome.TAKEN, Outcome.DECLINED, Outcome.LEFT)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked already, by name, by desk, or at the table."""

    people: Sequence[Person]
    desks: Collection[DeskId]
    categories: Collection[str]
    """Of the people and desks themselves, without what they are part of."""

    def has_at(self, proposal: Proposal) -> bool:
        desks = {*self.desks, *(one.desk for one in self.people if one.desk)}
        return proposal.desk in desks if proposal.desk else proposal.person in {one.id for one in self.people}

    def meets(self, rule: InviteRule, practice: Practice) -> bool:
        """Somebody of a core agency stands for it as a whole, but not for each of its professions."""
        wanted = rule.propose
        if rule.weight is Weight.CORE:
            return wanted.agency in {code for own in self.categories for code in practice.counts_for(own)}
        if wanted.agency not in practice.quorum.core:
            return wanted.agency in self.categories
        return wanted.role is not None and wanted.role in {one.role for one in self.people}


def weigh(means: Means, facts: BookingFacts, asked: Asked, choices: Choices) -> tuple[Weighed, ...]:
    found = propose(facts, means.practice, means.store.people, means.calendar)
    return tuple(weigh_one(means.practice, proposal, asked, choices) for proposal in found)


def weigh_one(practice: Practice, proposal: Proposal, asked: Asked, choices: Choices) -> Weighed:
    if is_met(practice, proposal, asked):
        return Weighed(proposal, Outcome.MET)
    if proposal.is_question:
        return Weighed(proposal, Outcome.UNNAMED)
    if not proposal.is_reachable:
        return Weighed(proposal, Outcome.TO_RING)
    if choices.ticks.get(proposal.key, proposal.weight.is_ticked and not choices.is_over):
        return Weighed(proposal, Outcome.TAKEN)
    reason = choices.reasons.get(proposal.key)
    if (proposal.weight.is_ticked and not choices.is_over) or reason:
        return Weighed(proposal, Outcome.DECLINED, reason)
    return Weighed(proposal, Outcome.LEFT)


def is_met(practice: Practice, proposal: Proposal, asked: Asked) -> bool:
    if proposal.is_reachable and asked.has_at(proposal):
        return True
    rules = [rule for rule in practice.invite_rules if rule.code in proposal.rules]
    is_named_school = any(rule.each_school and proposal.key != rule.code for rule in rules)
    return not is_named_school and all(asked.meets(rule, practice) for rule in rules)


def asked_so_far(means: Means, people: Sequence[PersonId], desks: Sequence[DeskId]) -> Asked:
    """`people` with those at the table."""
    found = list(means.store.people.people(set(people)).values())
    agencies = {one.agency for one in found} | {means.store.people.desk(desk).agency for desk in desks}
    categories = frozenset(means.store.people.agency(agency).category for agency in agencies)
    return Asked(found, frozenset(desks), categories)


def kept(means: Means, discussion: DiscussionId, one: Weighed, invitation: InvitationId | None) -> KeptProposal:
    proposal = one.proposal
    return KeptProposal(
        id=ProposalId(means.new_id()),
        discussion=discussion,
        category=proposal.category,
        weight=proposal.weight,
        outcome=one.outcome,
        rules=proposal.rules,
        name=proposal.name,
        because=proposal.because,
        reason=one.reason.code if one.reason else None,
        words=one.reason.words if one.reason else None,
        invitation=invitation,
    )

"""The local practice as a whole: everything an area decides for itself, with the lookups that others need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from discussions.clocks import Counting
from discussions.practice.agenda import AgendaItem, Choice, Field, FieldKind, Form, Mandatory, Panel, Scope, Sensitivity
from discussions.practice.changing import ChangeReason, Changing
from discussions.practice.chasing import STANDARD_CHASING, ChaseStep, ChaseTo, Chasing
from discussions.practice.clock_rules import IcpcAnchor, PracticeClock, Urgency
from discussions.practice.close_gate import GateCode, GateNeed, GateTest, Match
from discussions.practice.decisions import (
    ComplexityTrigger,
    ContextFlag,
    EnquiryOutcome,
    Harm,
    Level,
    Outcome,
    Threshold,
)
from discussions.practice.follow_up import (
    NO_ACTION_WORDS,
    STANDARD_REMINDERS,
    UNSAID,
    ActionKind,
    ActionWords,
    Anchor,
    Audience,
    FollowUp,
    MinutesTargets,
    NudgePolicy,
    NudgeStep,
    QuietHours,
    Reminders,
    SafetyChange,
    SafetyPlanRules,
    VagueWord,
)
from discussions.practice.invitations import InvitationTerms
from discussions.practice.invite_rules import BookingFact, DeclineReason, InviteRule, InviteWhen, Propose, Weight
from discussions.practice.quorum import Condition, Quorum, QuorumRule, UrgencyRaise
from discussions.practice.roles import PARTICIPANT, AgencyCategory, ChairRule, Role
from discussions.practice.secure_page import SecurePage
from discussions.practice.slots import Shortage, SlotRules
from discussions.practice.visits import Approach, Visits
from discussions.practice.words import AvoidedWord, ContactNumber, InvitationAnswerKind, Term

__all__ = [
    "NO_ACTION_WORDS",
    "OTHER_AGENCY",
    "PARTICIPANT",
    "ActionKind",
    "ActionWords",
    "AgencyCategory",
    "AgendaItem",
    "Anchor",
    "Approach",
    "Audience",
    "AvoidedWord",
    "BookingFact",
    "ChairRule",
    "ChangeReason",
    "Changing",
    "ChaseStep",
    "ChaseTo",
    "Chasing",
    "Choice",
    "ComplexityTrigger",
    "Condition",
    "ContactNumber",
    "ContextFlag",
    "DeclineReason",
    "EnquiryOutcome",
    "Field",
    "FieldKind",
    "FollowUp",
    "Form",
    "GateCode",
    "GateNeed",
    "GateTest",
    "Harm",
    "IcpcAnchor",
    "InvitationAnswerKind",
    "InvitationTerms",
    "InviteRule",
    "InviteWhen",
    "Level",
    "Mandatory",
    "Match",
    "MinutesTargets",
    "NudgePolicy",
    "NudgeStep",
    "Outcome",
    "Panel",
    "Practice",
    "PracticeClock",
    "Propose",
    "QuietHours",
    "Quorum",
    "QuorumRule",
    "Reminders",
    "Role",
    "SafetyChange",
    "SafetyPlanRules",
    "Scope",
    "SecurePage",
    "Sensitivity",
    "Shortage",
    "SlotRules",
    "Term",
    "Threshold",
    "Urgency",
    "UrgencyRaise",
    "VagueWord",
    "Visits",
    "Weight",
]

OTHER_AGENCY = "OTHER"


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=_Coded)
N = TypeVar("N", bound=_Named)


def as_spoken(text: str) -> str:
    """Names are compared without regard to case, spacing, or the shape of the apostrophe."""
    return " ".join(text.replace("’", "'").casefold().split())


def _with_code(code: str, among: Iterable[C]) -> C:
    for one in among:
        if one.code == code:
            return one
    raise KeyError(code)


def _called(text: str, among: Iterable[N]) -> N | None:
    wanted = as_spoken(text)
    for one in among:
        if wanted in map(as_spoken, (one.name, one.code, *one.aliases)):
            return one
    return None


@dataclass(frozen=True, slots=True)
class Practice:
    """One version of the practice. `digest` is the sha256 of the file it was read from, and is stamped on records.

    Lookups by code raise KeyError: codes come from our own records, so an unknown one is a fault. Lookups by what
    people call a thing always answer: an unknown role is a participant without rights, an unknown agency is OTHER.
    """

    version: str
    name: str
    digest: str
    sources: Mapping[str, str]
    counting: Counting
    icpc_anchor: IcpcAnchor
    urgencies: tuple[Urgency, ...]
    urgency_raises: tuple[UrgencyRaise, ...]
    clocks: tuple[PracticeClock, ...]
    agencies: tuple[AgencyCategory, ...]
    roles: tuple[Role, ...]
    chairs: tuple[ChairRule, ...]
    quorum: Quorum
    complexity_triggers: tuple[ComplexityTrigger, ...]
    harms: tuple[Harm, ...]
    context_flags: tuple[ContextFlag, ...]
    levels: tuple[Level, ...]
    thresholds: tuple[Threshold, ...]
    items: tuple[AgendaItem, ...]
    outcomes: tuple[Outcome, ...]
    enquiry_outcomes: tuple[EnquiryOutcome, ...]
    gate: tuple[GateTest, ...]
    action_kinds: tuple[ActionKind, ...]
    vague_words: tuple[VagueWord, ...]
    nudge_policies: tuple[NudgePolicy, ...]
    quiet_hours: QuietHours
    safety_plan: SafetyPlanRules
    minutes: MinutesTargets
    contacts: tuple[ContactNumber, ...]
    invitation_answers: tuple[InvitationAnswerKind, ...]
    glossary: tuple[Term, ...]
    avoided_words: tuple[AvoidedWord, ...]
    visits: Visits | None = None
    """None in practices kept from before there were prep cards."""
    booking_facts: tuple[BookingFact, ...] = ()
    invite_rules: tuple[InviteRule, ...] = ()
    decline_reasons: tuple[DeclineReason, ...] = ()
    action_words: ActionWords = NO_ACTION_WORDS
    """Empty in practices kept from before the linter knew them."""
    follow_up: FollowUp = UNSAID
    reminders: Reminders = STANDARD_REMINDERS
    secure_page: SecurePage = field(default_factory=SecurePage)
    slots: SlotRules = field(default_factory=SlotRules)
    invitations: InvitationTerms = field(default_factory=InvitationTerms)
    changing: Changing = field(default_factory=Changing)
    chasing: Chasing = STANDARD_CHASING

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for item in self.items for field in item.fields)

    @property
    def forms(self) -> tuple[Form, ...]:
        return tuple(form for item in self.items for form in item.forms)

    @property
    def decisions(self) -> tuple[Field, ...]:
        """The fields that are decisions about a child, in the order in which they are asked."""
        return tuple(field for field in self.fields if field.is_decision)

    @property
    def safety_plan_fields(self) -> tuple[Field, ...]:
        return tuple(field for code in self.safety_plan.forms for field in self.form(code).fields)

    @property
    def action_verbs(self) -> tuple[str, ...]:
        """Every verb an action may begin with, each once."""
        return tuple(dict.fromkeys(verb for kind in self.action_kinds for verb in kind.verbs))

    @property
    def seeing_verbs(self) -> tuple[str, ...]:
        """The verbs that may begin an action which counts as seeing the child."""
        return tuple(dict.fromkeys(verb for kind in self.action_kinds if kind.sees_child for verb in kind.verbs))

    @property
    def standard_minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def urgent_minutes(self) -> int:
        return sum(item.urgent_minutes for item in self.items)

    def item(self, number: int) -> AgendaItem:
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    def field(self, code: str) -> Field:
        return _with_code(code, self.fields)

    def form(self, code: str) -> Form:
        return _with_code(code, self.forms)

    def item_of(self, field_code: str) -> AgendaItem:
        """The item that asks for a field: where a gap is mended."""
        for item in self.items:
            if any(field.code == field_code for field in item.fields):
                return item
        raise KeyError(field_code)

    def urgency(self, code: str) -> Urgency:
        return _with_code(code, self.urgencies)

    def say_source(self, codes: str) -> str:
        """ "S15b, UCP" in the words of the list of sources."""
        return "; ".join(self.sources.get(code.strip(), code.strip()) for code in codes.split(","))

    def clock(self, code: str) -> PracticeClock:
        return _with_code(code, self.clocks)

    def agency(self, code: str) -> AgencyCategory:
        return _with_code(code, self.agencies)

    def role(self, code: str) -> Role:
        return PARTICIPANT if code == PARTICIPANT.code else _with_code(code, self.roles)

    def harm(self, code: str) -> Harm:
        return _with_code(code, self.harms)

    def conditions_meant(self, facts: Collection[str]) -> frozenset[Condition]:
        """What follows for quorum and urgency from the booking facts with these codes."""
        return frozenset(condition for fact in self.booking_facts if fact.code in facts for condition in fact.means)

    def action_kind(self, code: str) -> ActionKind:
        return _with_code(code, self.action_kinds)

    def gate_test(self, code: str) -> GateTest:
        return _with_code(code, self.gate)

    def nudge_policy(self, kind: str) -> NudgePolicy:
        for policy in self.nudge_policies:
            if policy.kind == kind:
                return policy
        raise KeyError(kind)

    def role_called(self, text: str) -> Role:
        return _called(text, self.roles) or PARTICIPANT

    def agency_called(self, text: str) -> AgencyCategory:
        return _called(text, self.agencies) or self.agency(OTHER_AGENCY)

    def counts_for(self, agency: str) -> tuple[str, ...]:
        """The categories that somebody of this agency category makes present: a midwife is there for health too."""
        part_of = self.agency(agency).part_of
        return (agency,) if part_of is None else (agency, part_of)

    def outcome_for(self, decided: Mapping[str, str]) -> Outcome | None:
        """What the decisions about one child (field code to value) come to; None while they say too little."""
        return next((outcome for outcome in self.outcomes if outcome.follows_from(decided)), None)

    def starting_verb(self, wording: str) -> str | None:
        """The allowed verb with which an action begins, the longest that fits; None when it begins otherwise."""
        spoken = f"{as_spoken(wording)} "
        fitting = [verb for verb in self.action_verbs if spoken.startswith(f"{verb} ")]
        return max(fitting, key=len, default=None)

    def vague_words_in(self, text: str) -> tuple[VagueWord, ...]:
        return tuple(word for word in self.vague_words if word.is_in(text))

    def reason_stem(self, test: GateTest, need: GateNeed | None) -> str:
        """The beginning of the sentence the record holds for a gap that is closed with a reason."""
        return (need.reason_stem if need else None) or test.reason_stem

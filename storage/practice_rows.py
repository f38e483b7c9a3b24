"""The practice file's shape: what may stand in it, and how each part becomes a type of the ground floor."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from discussions.clocks import Counting
from discussions.practice import types as practice
from discussions.practice.follow_up import STANDARD_REMINDERS
from discussions.practice.types import Practice
from storage.practice_changing import ChangingRow
from storage.practice_chasing import ChasingRow
from storage.practice_follow_up import (
    ActionKindRow,
    FollowUpRow,
    NudgePolicyRow,
    QuietHoursRow,
    RemindersRow,
    VisitsRow,
)
from storage.practice_invitations import InvitationsRow
from storage.practice_secure_page import SecurePageRow
from storage.practice_slots import SlotsRow
from storage.practice_values import AClock, ATime, Count, Row, Rows

YES_NO: dict[str, str] = {"yes": "Yes", "no": "No"}
LONGEST_TEXT = 200
LONGEST_LONG_TEXT = 1000


When: TypeAlias = dict[str, tuple[str, ...]]


def _matches(when: When) -> tuple[practice.Match, ...]:
    return tuple(practice.Match(field, any_of) for field, any_of in when.items())


class CountingRow(Row):
    start_day: Literal[0, 1]
    closes: ATime
    source: str

    def counting(self) -> Counting:
        return Counting(first_day=self.start_day, closes=self.closes)


class UrgencyRow(Row):
    code: str
    name: str
    meaning: str
    window: AClock
    forms: tuple[Literal["video", "phone", "in person"], ...] = Field(min_length=1)
    source: str
    full_meeting_within: AClock | None = None
    uses_short_agenda: bool = False
    is_review: bool = False


class ClockRow(Row):
    code: str
    name: str
    clock: AClock
    starts: str
    source: str


class QuorumRow(Row):
    core: tuple[str, ...] = Field(min_length=1)
    source: str
    rule: tuple[practice.QuorumRule, ...] = ()
    newborn_under_days: Count = 28
    young_under_years: Count = 2
    near_due_date_weeks: Count = 4

    def quorum(self) -> practice.Quorum:
        values = self.values()
        return practice.Quorum(rules=values.pop("rule"), **values)


class FieldRow(Row):
    code: str
    label: str
    kind: practice.FieldKind
    choices: dict[str, str] | None = None
    choices_from: Literal["harms", "context_flags", "levels"] | None = None
    required: bool = False
    maximum_length: Annotated[int, Field(gt=0, le=5000)] | None = None
    help: str | None = None
    reason_when: tuple[str, ...] = ()
    reason_field: str | None = None
    challenge_when: tuple[str, ...] = ()
    challenge: str | None = None
    sensitivity: practice.Sensitivity = practice.Sensitivity.PROFESSIONALS
    is_decision: bool = False
    source: str | None = None

    def offers(self, lists: dict[str, dict[str, str]]) -> dict[str, str]:
        """Choice code to label; `lists` are those that `choices_from` may name."""
        if self.kind.is_yes_no:
            return YES_NO
        return lists[self.choices_from] if self.choices_from else self.choices or {}

    def field(self, scope: practice.Scope, source: str, lists: dict[str, dict[str, str]]) -> practice.Field:
        longest = LONGEST_LONG_TEXT if self.kind is practice.FieldKind.LONG_TEXT else LONGEST_TEXT
        return practice.Field(
            code=self.code,
            label=self.label,
            kind=self.kind,
            scope=scope,
            choices=tuple(practice.Choice(code, label) for code, label in self.offers(lists).items()),
            required_before_close=self.required,
            maximum_length=self.maximum_length or longest if self.kind.is_written else None,
            help=self.help,
            reason_when=self.reason_when,
            reason_field=self.reason_field,
            challenge_when=self.challenge_when,
            prompts_challenge=self.challenge,
            sensitivity=self.sensitivity,
            is_decision=self.is_decision,
            source=self.source or source,
        )


class FormRow(Row):
    code: str
    title: str
    scope: practice.Scope
    fields: tuple[FieldRow, ...] = Field(min_length=1, max_length=8)
    repeats: bool = False

    def form(self, source: str, lists: dict[str, dict[str, str]]) -> practice.Form:
        fields = tuple(row.field(self.scope, source, lists) for row in self.fields)
        return practice.Form(code=self.code, title=self.title, scope=self.scope, fields=fields, repeats=self.repeats)


class ItemRow(Row):
    number: Count
    code: str
    title: str
    purpose: str
    minutes: Count
    urgent_minutes: Count
    mandatory: practice.Mandatory
    leads: str
    also_speaks: str
    prompts: tuple[str, ...] = Field(min_length=1)
    source: str
    form: tuple[FormRow, ...] = ()
    panels: tuple[practice.Panel, ...] = ()
    defer_within: AClock | None = None

    def item(self, lists: dict[str, dict[str, str]]) -> practice.AgendaItem:
        values = self.values()
        forms = tuple(row.form(self.source, lists) for row in values.pop("form"))
        return practice.AgendaItem(forms=forms, **values)


class OutcomeRow(Row):
    code: str
    label: str
    when: When = Field(min_length=1)
    source: str
    is_s47: bool = False

    def outcome(self) -> practice.Outcome:
        return practice.Outcome(**{**self.values(), "when": _matches(self.when)})


class NeedRow(Row):
    any_of: tuple[str, ...] = Field(min_length=1)
    missing: str
    only_when: When = Field(default_factory=dict)
    reason_stem: str | None = None

    def need(self) -> practice.GateNeed:
        return practice.GateNeed(**{**self.values(), "only_when": _matches(self.only_when)})


class GateRow(Row):
    code: practice.GateCode
    gap: str
    item: int
    per_child: bool
    reason_stem: str
    source: str
    needs: tuple[NeedRow, ...] = ()
    only_when: When = Field(default_factory=dict)
    is_safety: bool = False

    def test(self) -> practice.GateTest:
        needs = tuple(row.need() for row in self.needs)
        return practice.GateTest(**{**self.values(), "needs": needs, "only_when": _matches(self.only_when)})


class SafetyChangeRow(Row):
    severity: str
    label: str
    said_within: AClock
    answered_within: AClock | None = None
    by_phone_first: bool
    source: str


class SafetyPlanRow(Row):
    forms: tuple[str, ...] = Field(min_length=1)
    review_within: AClock
    tell: tuple[str, ...]
    change: tuple[SafetyChangeRow, ...] = ()
    source: str

    def rules(self) -> practice.SafetyPlanRules:
        values = self.values()
        changes = tuple(practice.SafetyChange(**row.values()) for row in values.pop("change"))
        return practice.SafetyPlanRules(changes=changes, **values)


class MinutesRow(Row):
    decisions_and_actions: AClock
    full_record: AClock
    amber_after: AClock
    red_after: AClock
    chair_may_also_minute: bool
    source: str


class PracticeRow(Row):
    """The whole file."""

    version: str
    name: str
    icpc_anchor: practice.IcpcAnchor
    sources: dict[str, str] = Field(min_length=1)
    counting: CountingRow
    urgency: tuple[UrgencyRow, ...] = Field(min_length=1)
    urgency_raise: tuple[practice.UrgencyRaise, ...] = ()
    clocks: Rows[ClockRow]
    agencies: Rows[practice.AgencyCategory]
    roles: Rows[practice.Role]
    chair: tuple[practice.ChairRule, ...] = ()
    quorum: QuorumRow
    complexity: Rows[practice.ComplexityTrigger]
    harms: Rows[practice.Harm]
    context_flags: Rows[practice.ContextFlag]
    levels: Rows[practice.Level]
    thresholds: Rows[practice.Threshold]
    item: tuple[ItemRow, ...] = Field(min_length=1)
    outcomes: Rows[OutcomeRow]
    enquiry_outcomes: Rows[practice.EnquiryOutcome]
    gate: tuple[GateRow, ...] = Field(min_length=1)
    action_kinds: Rows[ActionKindRow]
    vague_words: Rows[practice.VagueWord]
    nudge_policy: tuple[NudgePolicyRow, ...] = Field(min_length=1)
    quiet_hours: QuietHoursRow
    safety_plan: SafetyPlanRow
    minutes: MinutesRow
    contacts: Rows[practice.ContactNumber]
    invitation_answers: Rows[practice.InvitationAnswerKind]
    glossary: dict[str, str]
    avoided_words: dict[str, str]
    visits: VisitsRow | None = None
    booking_facts: Rows[practice.BookingFact] | None = None
    invite_rule: tuple[practice.InviteRule, ...] = ()
    decline_reasons: Rows[practice.DeclineReason] | None = None
    action_words: practice.ActionWords = practice.NO_ACTION_WORDS
    follow_up: FollowUpRow | None = None
    reminders: RemindersRow | None = None
    secure_page: SecurePageRow = SecurePageRow()
    slots: SlotsRow = SlotsRow()
    invitations: InvitationsRow = InvitationsRow()
    changing: ChangingRow = ChangingRow()
    chasing: ChasingRow = ChasingRow()

    def lists(self) -> dict[str, dict[str, str]]:
        """What `choices_from` may name: code to label."""
        return {
            "harms": {row.code: row.label for row in self.harms.rows},
            "context_flags": {row.code: row.label for row in self.context_flags.rows},
            "levels": {row.code: row.label for row in self.levels.rows},
        }

    def whole(self, digest: str) -> Practice:
        return Practice(
            version=self.version,
            name=self.name,
            digest=digest,
            sources=dict(self.sources),
            counting=self.counting.counting(),
            icpc_anchor=self.icpc_anchor,
            urgencies=tuple(practice.Urgency(**row.values()) for row in self.urgency),
            urgency_raises=self.urgency_raise,
            clocks=tuple(practice.PracticeClock(**row.values()) for row in self.clocks.rows),
            agencies=self.agencies.rows,
            roles=self.roles.rows,
            chairs=self.chair,
            quorum=self.quorum.quorum(),
            complexity_triggers=self.complexity.rows,
            harms=self.harms.rows,
            context_flags=self.context_flags.rows,
            levels=self.levels.rows,
            thresholds=self.thresholds.rows,
            items=tuple(row.item(self.lists()) for row in self.item),
            outcomes=tuple(row.outcome() for row in self.outcomes.rows),
            enquiry_outcomes=self.enquiry_outcomes.rows,
            gate=tuple(row.test() for row in self.gate),
            action_kinds=tuple(practice.ActionKind(**row.values()) for row in self.action_kinds.rows),
            vague_words=self.vague_words.rows,
            nudge_policies=tuple(row.policy() for row in self.nudge_policy),
            quiet_hours=practice.QuietHours(**self.quiet_hours.values()),
            safety_plan=self.safety_plan.rules(),
            minutes=practice.MinutesTargets(**self.minutes.values()),
            contacts=self.contacts.rows,
            invitation_answers=self.invitation_answers.rows,
            glossary=tuple(practice.Term(term, meaning) for term, meaning in self.glossary.items()),
            avoided_words=tuple(practice.AvoidedWord(word, say) for word, say in self.avoided_words.items()),
            visits=self.visits.visits() if self.visits else None,
            booking_facts=self.booking_facts.rows if self.booking_facts else (),
            invite_rules=self.invite_rule,
            decline_reasons=self.decline_reasons.rows if self.decline_reasons else (),
            action_words=self.action_words,
            follow_up=self.follow_up.follow_up() if self.follow_up else practice.FollowUp(),
            reminders=practice.Reminders(**self.reminders.values()) if self.reminders else STANDARD_REMINDERS,
            secure_page=practice.SecurePage(**self.secure_page.values()),
            slots=self.slots.rules(),
            invitations=practice.InvitationTerms(**self.invitations.values()),
            changing=practice.Changing(**self.changing.values()),
            chasing=self.chasing.chasing(),
        )

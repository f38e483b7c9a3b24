"""The standard practice says what a strategy discussion is, completely and in short words."""

from __future__ import annotations

import re
from datetime import time

import pytest

from discussions.clocks import ClockHours, SameWorkingDay, WorkingDays
from discussions.people import Right
from discussions.practice.types import Audience, Mandatory, Practice, Scope
from storage.practice_file import standard_practice, standard_text

TWELVE = (
    "quorum",
    "child_complete",
    "harm",
    "siblings",
    "safety_plan",
    "single_agency_reason",
    "actions_complete",
    "parents_informed",
    "genogram",
    "timeline",
    "dissent",
    "icpc_date",
)


@pytest.fixture
def practice() -> Practice:
    return standard_practice()


def test_there_are_thirteen_items_in_an_hour_or_in_half_of_it(practice: Practice) -> None:
    assert [item.number for item in practice.items] == list(range(1, 14))
    assert (practice.standard_minutes, practice.urgent_minutes) == (60, 30)


@pytest.mark.parametrize("number", range(1, 14))
def test_every_item_says_why_it_is_there_and_what_the_chair_asks(practice: Practice, number: int) -> None:
    item = practice.item(number)

    assert item.title
    assert item.purpose
    assert item.leads
    assert item.source
    assert 3 <= len(item.prompts) <= 7
    assert all(len(prompt) <= 160 for prompt in item.prompts)


@pytest.mark.parametrize("number", range(1, 14))
def test_every_item_captures_something(practice: Practice, number: int) -> None:
    assert practice.item(number).fields


def test_a_form_fits_a_card(practice: Practice) -> None:
    for form in practice.forms:
        words = sum(len(field.label) + len(field.help or "") for field in form.fields)
        assert 1 <= len(form.fields) <= 8, form.code
        assert words < 700, form.code


def test_only_the_timeline_may_be_put_off_and_only_the_enquiry_plan_waits_for_s47(practice: Practice) -> None:
    by_need = {need: [item.number for item in practice.items if item.mandatory is need] for need in Mandatory}

    assert by_need[Mandatory.DEFERRABLE] == [5]
    assert by_need[Mandatory.IF_S47] == [11]
    assert practice.item(5).defer_within == WorkingDays(2)


@pytest.mark.parametrize("code", TWELVE)
def test_every_gate_test_says_the_gap_its_item_and_how_the_reason_begins(practice: Practice, code: str) -> None:
    test = practice.gate_test(code)

    assert test.gap
    assert test.reason_stem
    assert test.source
    assert practice.item(test.item)
    assert all(need.missing for need in test.needs)
    assert ("{child}" in test.gap) is test.per_child


def test_the_gate_has_twelve_tests_in_their_order(practice: Practice) -> None:
    assert tuple(test.code for test in practice.gate) == TWELVE


def test_what_the_gate_needs_is_asked_somewhere(practice: Practice) -> None:
    for test in practice.gate:
        for need in test.needs:
            for code in need.any_of:
                assert practice.item_of(code), code


def test_a_gate_test_about_children_reads_fields_about_children(practice: Practice) -> None:
    for test in practice.gate:
        expected = Scope.CHILD if test.per_child else Scope.DISCUSSION
        scopes = {practice.field(code).scope for need in test.needs for code in need.any_of}
        assert scopes <= {expected}, test.code


def test_the_urgencies_have_the_windows_of_the_clock_table(practice: Practice) -> None:
    windows = {urgency.code: urgency.window for urgency in practice.urgencies}

    assert windows == {
        "U0": ClockHours(2),
        "U1": SameWorkingDay(),
        "U2": ClockHours(24),
        "U3": WorkingDays(3),
        "UR": WorkingDays(10),
    }
    assert practice.counting.closes == time(17)
    assert practice.counting.first_day == 0


def test_an_immediate_discussion_may_be_a_telephone_call_and_a_full_meeting_follows(practice: Practice) -> None:
    immediate = practice.urgency("U0")

    assert immediate.phone_allowed
    assert immediate.full_meeting_within == WorkingDays(1)
    assert not practice.urgency("U3").phone_allowed


def test_the_conference_is_due_in_fifteen_working_days(practice: Practice) -> None:
    assert practice.clock("icpc").clock == WorkingDays(15)
    assert practice.clock("police_protection").clock == ClockHours(72)


def test_every_rule_names_its_source(practice: Practice) -> None:
    rules = (
        *practice.urgencies,
        *practice.urgency_raises,
        *practice.clocks,
        *practice.agencies,
        *practice.roles,
        *practice.chairs,
        *practice.quorum.rules,
        *practice.complexity_triggers,
        *practice.harms,
        *practice.context_flags,
        *practice.levels,
        *practice.thresholds,
        *practice.fields,
        *practice.outcomes,
        *practice.enquiry_outcomes,
        *practice.action_kinds,
        *practice.vague_words,
        *practice.nudge_policies,
        *practice.contacts,
        *practice.invitation_answers,
        *practice.booking_facts,
        *practice.invite_rules,
        *practice.decline_reasons,
    )
    for rule in rules:
        named = [source.strip() for source in rule.source.split(",")]
        assert set(named) <= set(practice.sources), rule


def test_every_source_that_is_listed_is_used(practice: Practice) -> None:
    after_the_list = standard_text().split("[counting]")[1] + "".join(re.findall("#.*", standard_text()))
    unused = [name for name in practice.sources if not re.search(rf"\b{name}\b", after_the_list)]

    assert unused == []


def test_decisions_that_are_refused_or_made_alone_need_a_reason(practice: Practice) -> None:
    for code, choice in (
        ("decision.medical", "no"),
        ("decision.abe", "no"),
        ("decision.lead", "csc"),
        ("decision.parents", "not_yet"),
        ("decision.s47", "yes"),
    ):
        field = practice.field(code)
        assert field.needs_reason(choice)
        assert field.reason_field is not None
        assert practice.field(field.reason_field).kind.is_written


def test_acting_alone_is_challenged_and_acting_jointly_is_not(practice: Practice) -> None:
    lead = practice.field("decision.lead")

    assert "joint visit" in (lead.challenge_to("csc") or "")
    assert lead.challenge_to("joint") is None


def test_codes_that_records_hold_are_still_there(practice: Practice) -> None:
    held = (
        *("family.name", "family.address_now", "family.location_now", "family.genogram"),
        *("concern.harm_primary", "information.said", "timeline.status", "timeline.gap_question"),
        *("voice.words", "voice.not_recorded_reason", "others.answer", "analysis.threshold", "analysis.level"),
        *("safety.status", "safety.risk", "decision.s47", "decision.s47_reason", "decision.lead"),
        *("decision.lead_reason", "decision.medical", "decision.abe", "decision.parents"),
        *("enquiry.question", "enquiry.joint_visit", "enquiry.sw_observing_abe", "closing.dissent"),
        *("closing.icpc_date_said", "opening.inquorate_choice"),
    )
    assert [practice.field(code).code for code in held] == list(held)


def test_every_code_finds_its_own_field_form_and_item(practice: Practice) -> None:
    for field in practice.fields:
        assert practice.field(field.code) is field
        assert field in practice.item_of(field.code).fields
    for form in practice.forms:
        assert practice.form(form.code) is form


def test_immediate_safety_is_nudged_at_night_and_reaches_the_duty_desk(practice: Practice) -> None:
    policy = practice.nudge_policy("immediate_safety")
    told = {audience for step in policy.steps for audience in step.to}

    assert policy.overrides_quiet_hours
    assert policy.needs_contingency
    assert Audience.DUTY_DESK in told
    assert not practice.nudge_policy("enquiry").overrides_quiet_hours


@pytest.mark.parametrize("kind", ["immediate_safety", "enquiry", "other"])
def test_a_late_action_is_said_again_and_reaches_the_chair(practice: Practice, kind: str) -> None:
    late = [step for step in practice.nudge_policy(kind).steps if step.anchor == "overdue"]

    assert late
    assert all(step.repeat_every is not None for step in late)
    assert any(Audience.CHAIR in step.to for step in late)


def test_the_safety_plan_has_the_fields_it_is_made_of(practice: Practice) -> None:
    codes = [field.code for field in practice.safety_plan_fields]

    assert codes[0] == "safety.status"
    assert {"safety.sleeps", "safety.contact", "safety.ring", "safety.review_on"} <= set(codes)


def test_only_managers_and_those_who_stand_in_for_them_chair(practice: Practice) -> None:
    chairs = {role.code for role in practice.roles if role.may(Right.CHAIR)}

    assert {"TEAM_MANAGER", "LCPP", "IRO", "EDT_MANAGER", "LADO"} <= chairs
    assert not chairs & {"SOCIAL_WORKER", "BUSINESS_SUPPORT", "POLICE_OFFICER", "DSL"}


def test_public_numbers_say_that_they_must_be_checked(practice: Practice) -> None:
    numbers = {contact.code: contact for contact in practice.contacts}

    assert "re-check" in numbers["first_response"].note
    assert "re-check" in numbers["edt"].note

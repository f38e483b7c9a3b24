"""Chairing as cards: the console from before the start to the end, items of every kind, attendance, progress."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answers import agenda as answers
from bot.shown import Turn
from cards.attendance import attendance_card
from cards.buttons import SaveItem
from cards.console import console_card, echo_card
from cards.early import early_card
from cards.item import item_card
from cards.progress import progress_card
from cards.render import Card
from discussions.actions.capture import typed_action
from discussions.agenda.attend import mark_named_here
from discussions.agenda.capture import decide_in_words, note
from discussions.agenda.item_view import item_view
from discussions.agenda.opening import open_item
from discussions.agenda.views import attendance_view, console_view, progress_view
from discussions.booking.discussion import Child, DiscussionState
from discussions.ids import ChildId
from discussions.practice.types import Field, FieldKind
from tests.cards.gallery import example
from tests.discussions.agenda.meeting import CHAIR, MINUTES, POLICE, SD, A, B
from tests.discussions.agenda.meeting_in_memory import MeetingInMemory, booked, started

LONG = "Alles “gesagt” **fett** [link](https://example.org) {{x}} 😀 " * 60


def under_way(*children: Child) -> MeetingInMemory:
    """A good half of the meeting is over."""
    meeting = started(children=children)
    meeting.does(MINUTES, mark_named_here, "Helen Marsh")
    meeting.does(MINUTES, mark_named_here, "Kim Lee, safeguarding nurse, health")
    meeting.saves(CHAIR, 1, 0, "", {"opening.confidentiality_read": "yes", "opening.recording": "off"})
    for child in meeting.children:
        meeting.saves(MINUTES, 2, 0, child.id, {"family.name": "Jo Small", "family.location_now": "At school"})
    meeting.saves(MINUTES, 2, 3, "", {"family.genogram": "used"})
    meeting.saves(MINUTES, 4, 0, POLICE.id, {"information.said": "Two call-outs in May.", "information.nature": "fact"})
    meeting.after(34).does(CHAIR, open_item, SD, 6)
    meeting.saves(MINUTES, 6, 0, A, {"voice.seen": "today", "voice.words": "“I don't want to go home.”"})
    meeting.does(CHAIR, note, "The class teacher is with A now.")
    return meeting


def many_children(count: int) -> tuple[Child, ...]:
    """Their ids are as long as real ones, since a card carries them."""
    ids = [ChildId(f"0196a0d2-7d13-7cc0-9f5f-0b6d2f0a{place:04}") for place in range(count)]
    days = [date(2015, 3, place + 1) for place in range(count)]
    return tuple(Child(id, SD, chr(65 + place), "JS", days[place], None) for place, id in enumerate(ids))


def shown(meeting: MeetingInMemory, item: int, form: int, subject: str) -> Card:
    return item_card(meeting.does(CHAIR, item_view, SD, item, subject, form))


@example(console_card, "console")
def console_half_way() -> Card:
    return console_card(under_way().does(CHAIR, console_view, SD))


@example(console_card, "console-not-started")
def console_before_the_start() -> Card:
    return console_card(booked().does(CHAIR, console_view, SD))


@example(console_card, "console-minute-taker-over-time")
def console_of_the_minute_taker() -> Card:
    return console_card(under_way().after(40).does(MINUTES, console_view, SD))


@example(console_card, "console-twelve-children")
def console_with_twelve_children() -> Card:
    """At its largest: everything is left, and no two children need the same."""
    meeting = started(children=many_children(12))
    codes = ("family.name", "family.location_now", "analysis.threshold", "decision.medical", "decision.abe")
    for place, child in enumerate(meeting.children):
        for number, code in enumerate(codes):
            if place >> number & 1:
                item = meeting.practice.item_of(code)
                form = next(n for n, f in enumerate(item.forms) if code in [field.code for field in f.fields])
                meeting.saves(CHAIR, item.number, form, child.id, {code: "yes"})
    return console_card(meeting.does(CHAIR, console_view, SD))


@example(console_card, "console-closed")
def console_after_the_close() -> Card:
    meeting = under_way()
    meeting.becomes(replace(meeting.discussion, state=DiscussionState.CLOSED, closed_at=meeting.now))
    return console_card(meeting.after(300).does(CHAIR, console_view, SD))


@example(item_card, "item-decisions")
def decisions_for_a_child() -> Card:
    return shown(under_way(), 10, 0, A)


@example(item_card, "item-decisions-challenged")
def acting_alone_is_challenged() -> Card:
    meeting = under_way()
    meeting.saves(
        CHAIR, 10, 0, A, {"decision.s47": "yes", "decision.s47_reason": "An injury without a story.",
                          "decision.lead": "csc"},
    )  # fmt: skip
    return shown(meeting, 10, 0, A)


@example(item_card, "item-both-wrote")
def two_people_wrote_one_field() -> Card:
    meeting = under_way()
    seen = meeting.seen(10, 0, A)
    meeting.saves(MINUTES, 10, 0, A, {"decision.s47_reason": "Theirs: an injury that nobody can explain."}, seen)
    press = SaveItem(SD, 10, A, 0, "next", seen)
    typed = {"decision.s47_reason": "Mine: what A said at school, and the bruise.", "decision.s47": "yes"}
    card = answers.save_item(Turn(meeting.means, CHAIR, "chat"), press, typed).card
    assert card is not None
    return card


@example(item_card, "item-agency-round")
def the_round_of_agencies() -> Card:
    return shown(under_way(), 4, 0, POLICE.id)


@example(item_card, "item-safety")
def safety_plan_of_an_unborn_child() -> Card:
    return shown(under_way(), 9, 0, B)


@example(item_card, "item-harm")
def harm_with_a_long_list_folded_away() -> Card:
    return shown(under_way(), 3, 1, A)


@example(item_card, "item-family")
def how_a_child_was_booked() -> Card:
    return shown(under_way(), 2, 0, A)


@example(item_card, "item-actions")
def the_actions_so_far() -> Card:
    meeting = under_way()
    meeting.does(CHAIR, typed_action, "Helen Marsh: see A at school by today 15:00")
    return shown(meeting, 12, 0, "")


@example(item_card, "item-read-back")
def the_decisions_to_read_back() -> Card:
    meeting = under_way()
    meeting.saves(CHAIR, 10, 0, A, {"decision.s47": "yes", "decision.lead": "joint", "decision.medical": "no"})
    meeting.does(CHAIR, decide_in_words, "The school keeps A until the visit.")
    return shown(meeting, 13, 1, "")


@example(item_card, "item-open")
def the_first_item() -> Card:
    return shown(started(), 1, 0, "")


@example(item_card, "item-not-started")
def an_item_before_the_start() -> Card:
    return shown(booked(), 6, 0, A)


def every_form(how: str) -> Sequence[tuple[str, Callable[[], Card]]]:
    """Each form of the agenda, with twelve children; "full" with the longest texts that its fields take."""
    return [
        (f"form-{re.sub('[._]', '-', form.code)}-{how}", made(item.number, number, how == "full"))
        for item in booked().practice.items
        for number, form in enumerate(item.forms)
    ]


def made(item: int, form: int, fill: bool) -> Callable[[], Card]:
    def make() -> Card:
        meeting = started(children=many_children(12))
        declared = meeting.practice.item(item).forms[form]
        subject = {"child": meeting.children[0].id, "agency": POLICE.id}.get(declared.scope, "")
        if fill:
            meeting.saves(CHAIR, item, form, subject, {field.code: longest_value(field) for field in declared.fields})
        return shown(meeting, item, form, subject)

    return make


def longest_value(field: Field) -> str:
    match field.kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return LONG[: (field.maximum_length or 1000) - 1].strip()
        case FieldKind.DATE:
            return "25/11/2026"
        case FieldKind.MOMENT:
            return "25/11/2026 14:30"
        case FieldKind.NUMBER:
            return "7"
        case FieldKind.PERSON:
            return str(CHAIR.id)
        case FieldKind.AGENCY:
            return str(POLICE.id)
        case FieldKind.CHOICES:
            return ",".join(choice.code for choice in field.choices)
        case _:
            return field.choices[0].code if field.choices else "no"


for _how in ("empty", "full"):
    for _name, _make in every_form(_how):
        example(item_card, _name)(_make)


@example(attendance_card, "attendance")
def who_is_here() -> Card:
    meeting = under_way()
    return attendance_card(meeting.does(CHAIR, attendance_view, SD))


@example(progress_card, "progress")
def progress_half_way() -> Card:
    return progress_card(progress_view(under_way().means, SD))


@example(progress_card, "progress-not-started")
def progress_before_the_start() -> Card:
    return progress_card(progress_view(booked().means, SD))


@example(echo_card, "noted")
def a_note_echoed() -> Card:
    return echo_card(
        SD, "SD-26-0412 · item 6 · noted", "The class teacher is with A now.", foot="Type undo to take it back."
    )


@example(echo_card, "taken-back")
def something_taken_back() -> Card:
    said = ["Now it says again: Yes"]
    return echo_card(SD, "SD-26-0412 · item 10 · taken back", "A, 7, Medical: No", said)


@example(early_card, "start-on-another-day")
def a_start_before_its_day_is_asked_about() -> Card:
    return early_card(booked().discussion)

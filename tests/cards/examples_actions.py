"""The card of an action at every turn of its life, for everybody who may hold it, and the form it is written on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cards.action import action_card
from cards.action_buttons import Standing
from cards.action_form import Offered, Saving, action_form_card
from cards.action_line import Way
from cards.again import again
from cards.days import day_choices
from cards.parts import Choice
from cards.render import Card
from discussions.actions.action import Action, ActionState
from discussions.actions.views import STATE_WORDS, ActionView, MayPress
from discussions.ids import ActionId, DiscussionId
from discussions.people import PersonId
from discussions.post import MessageKind
from tests.cards.gallery import example
from tests.doubles import CalendarOfDays

CALENDAR = CalendarOfDays(frozenset({date(2026, 12, 25)}))
NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
OWNER, CHAIR, TAKER = PersonId("p-owner"), PersonId("p-chair"), PersonId("p-taker")
DISCUSSION = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01")
LONG = "“Ring the *school*, then the [GP](http://x.example); write down what each of them says.” " * 11
DAYS = day_choices(NOW, CALENDAR)

RUNNING, DRAFT, APPROVED = Standing(True, True, True), Standing(True, True), Standing(True)
OWNERS = frozenset({MayPress.DONE, MayPress.MORE_TIME, MayPress.BLOCKED, MayPress.HAND_OVER, MayPress.DECLINE})
CHAIRS = OWNERS | {MayPress.EDIT, MayPress.CANCEL}

ACTION = Action(
    id=ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02"),
    discussion=DISCUSSION,
    number=3,
    kind="immediate_safety",
    wording="Joint visit with the DC: see A, 7, alone at school at 13:30. Ring the chair by 15:00 with what A said "
    "and whether A can go home.",
    owner=OWNER,
    desk=None,
    due_at=NOW + timedelta(hours=5),
    feedback_to=(CHAIR, TAKER),
    practice="digest",
    created_at=NOW,
    created_by=CHAIR,
    feedback_how="by telephone",
    contingency="at 15:30 the chair asks police for a welfare check.",
)
VIEW = ActionView(
    action=ACTION,
    reference="SD-26-0412",
    is_urgent=True,
    is_overdue=False,
    is_yours=True,
    state_words=STATE_WORDS[ACTION.state],
    child="A",
    owner="Jo Smith",
    owner_agency="Police",
    told=("Helen Marsh", "Kim Lee"),
    handed_to=None,
    answered_by=None,
    chair="Helen Marsh",
    chair_phone="0117 496 0100",
    may=OWNERS | {MayPress.ACCEPT},
    next_nudge_at=NOW + timedelta(hours=2, minutes=30),
)


def as_it_stands(of: ActionView = VIEW, may: frozenset[MayPress] | None = None, **action: Any) -> ActionView:
    changed = replace(of.action, **({"state_at": NOW - timedelta(minutes=20), "state_by": OWNER} | action))
    told = {"answered_by": "Jo Smith" if changed.state_by == OWNER else "Helen Marsh"}
    allowed = (OWNERS if may is None else may) if changed.state.is_open else frozenset()
    nudge = of.next_nudge_at if changed.state.is_open else None
    return replace(of, action=changed, may=allowed, next_nudge_at=nudge, state_words=STATE_WORDS[changed.state], **told)


def for_chair(of: ActionView, more: frozenset[MayPress] = frozenset()) -> ActionView:
    return replace(of, is_yours=False, may=(CHAIRS | more) if of.action.state.is_open else frozenset())


def shown(
    view: ActionView, why: MessageKind | None = None, viewer: PersonId = OWNER, now: datetime = NOW, **more: Any
) -> Card:
    return action_card(view, why=why, now=now, viewer=viewer, days=DAYS, **more)


ACCEPTED = as_it_stands(state=ActionState.ACCEPTED)
TOMORROW = as_it_stands(
    replace(VIEW, is_urgent=False),
    state=ActionState.ACCEPTED,
    kind="enquiry",
    due_at=NOW + timedelta(days=1),
    measure="B's record of the last 6 weeks is with the social worker",
    wording="Send B's nursery attendance record to the social worker.",
)
OVERDUE = replace(ACCEPTED, is_overdue=True, next_nudge_at=NOW + timedelta(hours=7))
MORE_TIME = as_it_stands(
    state=ActionState.ACCEPTED, asked_until=NOW + timedelta(days=1), asked_why="the school is shut until tomorrow"
)
BLOCKED = as_it_stands(state=ActionState.ACCEPTED, blocked="Nobody answers at the door; the mother's phone is off.")
DECLINED = as_it_stands(state=ActionState.DECLINED, note="I am on leave from noon.", may=OWNERS | {MayPress.ACCEPT})
HANDED = replace(as_it_stands(state=ActionState.ACCEPTED, handed_to=TAKER), handed_to="Kim Lee")
DONE = as_it_stands(
    state=ActionState.DONE, note="A seen alone, 13:35 to 14:05. A wants to stay with the grandmother tonight."
)
ON_BEHALF = as_it_stands(state=ActionState.DONE, note="Seen at school.", state_by=CHAIR, on_behalf=True)


@example(action_card, "action-new")
def can_you_take_this_on() -> Card:
    return shown(VIEW, MessageKind.ACTION)


@example(action_card, "action-new-for-a-desk")
def can_your_desk_take_this_on() -> Card:
    view = replace(VIEW, action=replace(ACTION, owner=None), owner="Lighthouse", is_urgent=False)
    return shown(view, MessageKind.ACTION)


@example(action_card, "action-nudge-not-accepted")
def reminded_before_accepting() -> Card:
    return shown(VIEW, MessageKind.NUDGE)


@example(action_card, "action-nudge-due-today")
def due_today() -> Card:
    return shown(ACCEPTED, MessageKind.NUDGE)


@example(action_card, "action-accepted-due-later")
def due_tomorrow() -> Card:
    return shown(TOMORROW)


@example(action_card, "action-nudge-overdue")
def overdue() -> Card:
    return shown(OVERDUE, MessageKind.NUDGE, now=NOW + timedelta(hours=6))


@example(action_card, "action-overdue-escalated-to-manager")
def overdue_for_a_manager() -> Card:
    return shown(
        replace(OVERDUE, is_yours=False, may=frozenset()),
        MessageKind.NUDGE,
        PersonId("p-manager"),
        NOW + timedelta(hours=6),
    )


@example(action_card, "action-overdue-escalated-to-chair")
def overdue_for_the_chair() -> Card:
    return shown(for_chair(OVERDUE), MessageKind.NUDGE, CHAIR, NOW + timedelta(hours=6), standing=APPROVED)


@example(action_card, "action-more-time-asked")
def i_asked_for_more_time() -> Card:
    return shown(MORE_TIME)


@example(action_card, "action-more-time-for-the-chair")
def the_chair_is_asked_for_time() -> Card:
    view = for_chair(MORE_TIME, frozenset({MayPress.AGREE_TIME, MayPress.REFUSE_TIME}))
    return shown(view, MessageKind.CHAIR_ASKED, CHAIR, standing=RUNNING)


@example(action_card, "action-more-time-of-a-chair-who-owns-it")
def a_chair_asks_themselves() -> Card:
    more = frozenset({MayPress.AGREE_TIME, MayPress.REFUSE_TIME})
    return shown(replace(for_chair(MORE_TIME, more), is_yours=True), None, CHAIR, standing=RUNNING)


@example(action_card, "action-blocked")
def i_am_blocked() -> Card:
    return shown(BLOCKED)


@example(action_card, "action-blocked-for-the-chair")
def the_chair_hears_of_a_block() -> Card:
    return shown(for_chair(BLOCKED), MessageKind.CHAIR_ASKED, CHAIR, standing=DRAFT)


@example(action_card, "action-declined")
def i_declined() -> Card:
    return shown(DECLINED)


@example(action_card, "action-declined-for-the-chair")
def the_chair_needs_an_owner() -> Card:
    return shown(for_chair(DECLINED), MessageKind.CHAIR_ASKED, CHAIR, standing=DRAFT)


@example(action_card, "action-declined-after-approval")
def the_chair_needs_an_owner_after_approval() -> Card:
    return shown(for_chair(DECLINED), MessageKind.CHAIR_ASKED, CHAIR, standing=APPROVED)


@example(action_card, "action-for-the-minute-taker")
def the_minute_taker_records_answers() -> Card:
    return shown(replace(VIEW, is_yours=False, may=frozenset()), None, PersonId("p-minutes"), standing=RUNNING)


@example(action_card, "action-handed-over")
def i_handed_it_over() -> Card:
    return shown(HANDED)


@example(action_card, "action-hand-over-asked")
def can_you_take_this_over() -> Card:
    may = frozenset({MayPress.ACCEPT_HAND_OVER, MayPress.DECLINE_HAND_OVER})
    return shown(replace(HANDED, is_yours=False, may=may), MessageKind.HAND_OVER, TAKER)


@example(action_card, "action-done")
def done() -> Card:
    return shown(DONE)


@example(action_card, "action-done-feedback")
def done_for_those_who_hear_of_it() -> Card:
    return shown(replace(DONE, is_yours=False), MessageKind.FEEDBACK, TAKER)


@example(action_card, "action-done-on-behalf")
def done_as_told_by_telephone() -> Card:
    return shown(ON_BEHALF, MessageKind.ACTION_CHANGED)


@example(action_card, "action-cancelled")
def cancelled() -> Card:
    view = as_it_stands(state=ActionState.CANCELLED, note="No longer needed: A is with the grandmother.",
                        state_by=CHAIR)  # fmt: skip
    return shown(view, MessageKind.ACTION_CHANGED)


@example(action_card, "action-superseded")
def superseded() -> Card:
    return shown(as_it_stands(state=ActionState.SUPERSEDED))


@example(action_card, "action-cannot")
def cannot_be_done() -> Card:
    return shown(as_it_stands(state=ActionState.CANNOT, note="The family has moved."))


@example(action_card, "action-written-down")
def written_down_in_one_line() -> Card:
    notes = ("Written down. Type undo to take it back.", "▲ How will one see that it is done?")
    return shown(for_chair(VIEW), None, CHAIR, notes=notes, standing=RUNNING)


@example(action_card, "action-everything-long")
def everything_at_its_longest() -> Card:
    words = LONG[:1000]
    view = as_it_stands(
        state=ActionState.ACCEPTED,
        wording=words,
        measure=words,
        contingency=words,
        feedback_how=words,
        blocked=words,
        asked_until=NOW + timedelta(days=1),
        asked_why=words,
        handed_to=TAKER,
        note=words,
    )
    return shown(replace(view, handed_to="Kim [Lee](http://x.example)"), MessageKind.ACTION_CHANGED)


@example(action_card, "action-refused-form-open")
def more_time_without_a_moment() -> Card:
    return again(shown(ACCEPTED), "Please give the new day and time.", {"reason": "the school is shut"})


@example(action_card, "action-late-press")
def a_late_press() -> Card:
    return again(shown(DONE), "Already marked done by you at 09:40. Nothing was changed.")


OFFERED = Offered(
    owners=(
        Choice("Jo Smith, DC, child abuse team (Police)", "person:p-owner"),
        Choice("Kim Lee, health visitor (Community health)", "person:p-taker"),
        Choice("Lighthouse (Police)", "desk:d-1"),
    ),
    told=(Choice("Helen Marsh, team manager (Children's social care)", "p-chair"),
          Choice("Kim Lee, health visitor (Community health)", "p-taker")),
    children=(Choice("None in particular", "none"), Choice("A, 7", "c-1"), Choice("B, unborn", "c-2")),
    kinds=(Choice("Immediate safety", "immediate_safety"), Choice("Enquiry", "enquiry"), Choice("Other", "other")),
    days=DAYS,
    awaited=(Choice("No other action", "none"), Choice("1: See A alone at school, due Wed 18 Nov, 12:00", "1")),
)  # fmt: skip
NEW = Saving(DISCUSSION, "", 0, "SD-26-0412")
FILLED = {
    "wording": "School to monitor A and liaise as appropriate",
    "owner": "person:p-taker",
    "day": "2026-11-18",
    "time": "15:30",
    "feedback_to": "p-chair,p-taker",
}


@example(action_form_card, "action-form-new")
def a_new_action() -> Card:
    return action_form_card(NEW, OFFERED, {"feedback_to": "p-chair"})


@example(action_form_card, "action-form-warnings")
def worth_a_look() -> Card:
    warnings = ("“monitor” can mean many things. Who looks at what, how often?", "How will one see that it is done?")
    ways = (Way("vague_word", 0, "Say “see”"), Way("vague_word", 1, "Say “ring”"), Way("no_feedback", 0, "Tell"))
    return action_form_card(NEW, OFFERED, FILLED, warnings, ways)


@example(action_form_card, "action-form-change")
def an_action_is_changed() -> Card:
    values = FILLED | {
        "day": "",
        "time": "",
        "kind": "enquiry",
        "child": "c-1",
        "measure": "A was seen on each day",
        "waits_for": "1",
        "due": "18/11/2026 15:30",
    }
    return action_form_card(Saving(DISCUSSION, ACTION.id, 4, "SD-26-0412/3"), OFFERED, values)


@example(action_form_card, "action-form-refused")
def a_refused_form() -> Card:
    return again(action_form_card(NEW, OFFERED, {}), "Not saved: Please say by when.", FILLED)


@example(action_form_card, "action-form-sixty-people")
def a_full_table() -> Card:
    people = tuple(
        Choice(f"Bartholomew Featherstonehaugh the {n}th, named nurse (Community health)", f"p-{n}") for n in range(80)
    )
    words = dict.fromkeys(("wording", "measure", "contingency"), LONG[:1000])
    others = tuple(Choice(f"{n}: {LONG[:50]}, due Wed 18 Nov, 12:00", str(n)) for n in range(25))
    return action_form_card(NEW, replace(OFFERED, owners=people, told=people, awaited=others), words | {"owner": "p-3"})

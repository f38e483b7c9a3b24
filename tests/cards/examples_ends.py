"""The card of an action around its end: received, not to be done, replaced, opened again; what waits for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.action import action_card
from cards.lists import ActionLine
from cards.lists import Standing as Nearness
from cards.render import Card
from cards.still_open import still_open_card
from discussions.actions.action import ActionState
from discussions.actions.hearing import Heard
from discussions.actions.views import Linked, MayPress, Sibling
from discussions.ids import ActionId
from discussions.people import PersonId
from discussions.post import MessageKind
from tests.cards.examples_actions import (
    APPROVED,
    CHAIR,
    DONE,
    DRAFT,
    MORE_TIME,
    NOW,
    OWNERS,
    RUNNING,
    TAKER,
    as_it_stands,
    for_chair,
    shown,
)
from tests.cards.gallery import example

LATE = NOW + timedelta(hours=1)
HEARD = (
    Heard(CHAIR, "Helen Marsh", LATE),
    Heard(TAKER, "Kim Lee", LATE, "Owen Hale"),
    Heard(PersonId("p-3"), "Dr Tom Bexley, whose name is so long that no telephone shows it in one line", None),
)
BACK, RECEIVE = frozenset({MayPress.BRING_BACK}), frozenset({MayPress.RECEIVE})
CANNOT = as_it_stands(state=ActionState.CANNOT, note="They moved away on Friday; the neighbours do not know where to.")
OTHER = Sibling(ActionId("a5"), 5, "Not accepted yet", NOW + timedelta(hours=2), is_open=True)
GONE = Sibling(ActionId("a2"), 2, "Cancelled by the chair", NOW, is_open=False)


@example(action_card, "action-done-not-heard-owner")
def done_with_a_way_back() -> Card:
    return shown(replace(DONE, may=BACK, heard=HEARD))


@example(action_card, "action-done-to-receive")
def done_to_be_received() -> Card:
    view = replace(DONE, is_yours=False, may=RECEIVE, heard=HEARD)
    return shown(view, MessageKind.FEEDBACK, viewer=TAKER)


@example(action_card, "action-done-chair-who-has-not-heard")
def chair_sees_who_has_not_heard() -> Card:
    view = replace(DONE, is_yours=False, may=BACK | RECEIVE, heard=HEARD)
    because = "You get this because not everybody who must hear what came of it has said that they have, and you chair."
    return shown(view, MessageKind.NUDGE, viewer=CHAIR, standing=DRAFT, because=because)


@example(action_card, "action-cannot-chair")
def cannot_be_done() -> Card:
    may = BACK | RECEIVE | {MayPress.CONTINGENCY}
    view = replace(CANNOT, is_yours=False, may=may, heard=HEARD[:1])
    return shown(view, MessageKind.CHAIR_ASKED, viewer=CHAIR, standing=RUNNING)


@example(action_card, "action-cannot-followed")
def cannot_be_done_and_followed() -> Card:
    view = replace(CANNOT, is_yours=False, may=BACK, heard=HEARD, linked=Linked(went_into=OTHER))
    return shown(view, viewer=CHAIR, standing=APPROVED)


@example(action_card, "action-replaced")
def replaced() -> Card:
    view = as_it_stands(state=ActionState.SUPERSEDED, state_by=CHAIR)
    return shown(replace(view, linked=Linked(went_into=OTHER)), MessageKind.ACTION_CHANGED)


@example(action_card, "action-in-place-of-another")
def in_place_of_another() -> Card:
    view = as_it_stands(state=ActionState.PROPOSED, replaces=ActionId("a2"))
    return shown(replace(view, linked=Linked(came_of=GONE)), MessageKind.ACTION)


@example(action_card, "action-offered-another-moment")
def offered_another_moment() -> Card:
    view = as_it_stands(MORE_TIME, offered_until=NOW + timedelta(hours=8), state_by=CHAIR, note="Before bed, please.")
    return shown(replace(view, may=OWNERS | {MayPress.TAKE_OFFER}), MessageKind.ACTION_CHANGED)


@example(action_card, "action-more-time-chair-proposes")
def chair_may_propose_another_moment() -> Card:
    decides = frozenset({MayPress.AGREE_TIME, MayPress.REFUSE_TIME, MayPress.OFFER_TIME})
    return shown(for_chair(MORE_TIME, decides), MessageKind.CHAIR_ASKED, viewer=CHAIR, standing=RUNNING)


@example(action_card, "action-waits-for-another")
def waits_for_another() -> Card:
    view = as_it_stands(state=ActionState.ACCEPTED, waits_for=OTHER.id)
    return shown(replace(view, linked=Linked(waits_for=OTHER)), MessageKind.WAITED_FOR)


@example(action_card, "action-waited-for-has-ended")
def what_it_waits_for_has_ended() -> Card:
    view = as_it_stands(state=ActionState.ACCEPTED, waits_for=GONE.id)
    return shown(replace(view, linked=Linked(waits_for=GONE)), MessageKind.WAITED_FOR)


@example(action_card, "action-handed-round")
def goes_round() -> Card:
    view = for_chair(as_it_stands(state=ActionState.ACCEPTED, handed_to=TAKER))
    return shown(
        replace(view, handed_to="Kim Lee", goes_round=True), MessageKind.CHAIR_ASKED, viewer=CHAIR, standing=DRAFT
    )


@example(still_open_card, "still-open-before-conference")
def still_open() -> Card:
    lines = [
        ActionLine(ActionId("a1"), Nearness.OVERDUE, "Since Mon 16 Nov, 12:00", "Send B's attendance", "SD-26-0412/2"),
        ActionLine(ActionId("a2"), Nearness.LATER, "Wed 18 Nov, 12:00", "See A alone at school", "SD-26-0412/1"),
    ]
    return still_open_card("SD-26-0412", (NOW + timedelta(days=3)).date(), lines * 6)

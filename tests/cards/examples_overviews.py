"""What a chair sees of all open actions, and what happened to one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.action_history import history_card
from cards.chaired_actions import Chosen, Offered, chaired_actions_card, link_card
from cards.lists import ActionLine, Standing
from cards.parts import Choice, Figure
from cards.preparation import preparation_card
from cards.render import Card
from discussions.actions.history import Answered, Heard, History, OnPage
from discussions.actions.prepare import Planned, Preparation
from discussions.ids import ActionId, MessageId
from discussions.people import PersonId
from discussions.post import DeliveryState, MessageKind, Told
from discussions.practice.visits import Approach
from discussions.trail import Deed
from tests.cards.examples_actions import ACTION, NOW
from tests.cards.gallery import example

LINES = [
    ActionLine(ActionId("a1"), Standing.OVERDUE, "Since Mon 16 Nov, 12:00", "Send B's attendance", "SD-26-0398/2"),
    ActionLine(ActionId("a2"), Standing.TODAY, "By 15:00, Tue 17 Nov", "See A alone at school", "SD-26-0412/1"),
]
FIGURES = [Figure("1", "overdue"), Figure("4", "not accepted"), Figure("0", "blocked")]
OFFERED = Offered(
    (Choice("Overdue (1)", "overdue"), Choice("Declined (0)", "declined")),
    (Choice("Avon and Somerset Police with a name that is far too long for a narrow telephone", "police"),),
    (Choice("SD-26-0412 A", "SD-26-0412 A"),),
)


@example(chaired_actions_card, "chaired-actions")
def chaired_actions() -> Card:
    return chaired_actions_card(LINES, FIGURES, OFFERED, Chosen(), in_all=2)


@example(chaired_actions_card, "chaired-actions-narrowed")
def narrowed() -> Card:
    return chaired_actions_card(LINES[:1] * 25, FIGURES, OFFERED, Chosen("overdue"), in_all=31, page=1)


@example(chaired_actions_card, "chaired-actions-none")
def none() -> Card:
    return chaired_actions_card([], FIGURES, OFFERED, Chosen(), in_all=0)


@example(link_card, "chaired-actions-link")
def link() -> Card:
    return link_card("https://chairside.example.org/record/c2VjcmV0", NOW + timedelta(minutes=10))


def told(state: DeliveryState, kind: MessageKind = MessageKind.NUDGE, *, by_mail: bool = False) -> Heard:
    line = Told(MessageId("m1"), kind, PersonId("p1"), NOW, state, NOW, by_mail, "403 BotBlockedByUser")
    return Heard(NOW, "Jo Smith", line)


@example(history_card, "action-history")
def history() -> Card:
    lines = [
        Answered(NOW, "Priya Nair", "agreed"),
        told(DeliveryState.SENT, MessageKind.ACTION),
        Answered(NOW + timedelta(minutes=9), "Jo Smith", "accepted"),
        *(told(state) for state in DeliveryState),
        told(DeliveryState.SENT, by_mail=True),
        OnPage(NOW, "Jo Smith", Deed.CODE_SENT),
        OnPage(NOW, "Jo Smith", Deed.WRONG_CODE),
        OnPage(NOW, "Jo Smith", Deed.PAGE_OPENED),
        Answered(NOW, "Jo Smith", "blocked", on_page=True),
        OnPage(NOW, None, Deed.LINK_ENDED),
        Answered(NOW + timedelta(days=1), "Priya Nair", "by the chair"),
    ]
    return history_card(History(ACTION, "SD-26-0412", tuple(lines), may_withdraw=True))


@example(history_card, "action-history-long")
def long_history() -> Card:
    return history_card(History(ACTION, "SD-26-0412", (told(DeliveryState.SENT),) * 100))


APPROACH = Approach("5 to 10", ("Say who you are and why you came.", "Begin with an ordinary day."), "UCP")
PREPARATION = Preparation(
    action=ACTION,
    reference="SD-26-0412",
    child="A",
    age=7,
    planned=(
        Planned("What must be found out", ("What happened on Sunday?", "Is *she* safe [at home](http://x.example)?")),
        Planned("How you will talk with this child", ("At school, with the teaching assistant. " * 30,)),
    ),
    held_back=True,
    approach=APPROACH,
    not_to_ask=("Nothing that names a person, a place or an act before the child has.",) * 5,
    ring="Priya Nair",
    ring_phone="0117 496 0100",
)


@example(preparation_card, "preparation")
def preparation() -> Card:
    return preparation_card(PREPARATION)


@example(preparation_card, "preparation-nothing-planned")
def preparation_without_a_plan() -> Card:
    return preparation_card(replace(PREPARATION, planned=(), held_back=False, age=None, ring_phone=None))

"""Tells the chair that somebody was not reached: who, about what, and the telephone number."""

from __future__ import annotations

from dataclasses import dataclass

from cards.buttons import OpenAction, OpenDiscussion
from cards.notice import notice_card
from cards.parts import AnyButton, LabelledButton, Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.ids import ActionId, DiscussionId
from discussions.post import DeliveryState

WHY = {
    DeliveryState.NOT_INSTALLED: "Chairside is not installed for them in Teams.",
    DeliveryState.BLOCKED: "Chairside is blocked in their Teams.",
    DeliveryState.MAYBE_SENT: "It was sent twice, and it is not known whether it arrived.",
}
OTHERWISE = "Neither Teams nor mail could deliver it."


@dataclass(frozen=True, slots=True)
class Unreached:
    """`who` is a person or a desk. `action` is set where the message was about one, `number` is its number."""

    who: str
    agency: str | None
    phone: str | None
    reference: str
    discussion: DiscussionId
    state: DeliveryState | None
    action: ActionId | None = None
    number: int | None = None
    is_invitation: bool = False


def unreached_card(view: Unreached) -> Card:
    return notice_card(
        "▲ Not reached: please ring them",
        parts_of(view),
        [buttons_of(view)],
        tone=Tone.WARNING,
        lines=(subject_of(view),),
        foot="Said once for each message. What they tell you can be recorded for them.",
        summary=Summary.UNREACHED,
    )


def subject_of(view: Unreached) -> str:
    if view.number is not None:
        return f"About {view.reference}/{view.number}"
    return f"{'Asked to' if view.is_invitation else 'About'} {view.reference}"


def parts_of(view: Unreached) -> list[Part]:
    phone = view.phone.replace(" ", "\u00a0") if view.phone else "not in the directory"
    who = f"{view.who}, {view.agency}" if view.agency else view.who
    return [Words(who, lead="Who:"), Words(phone, lead="Telephone:"), Text(why(view.state))]


def why(state: DeliveryState | None) -> str:
    return WHY.get(state, OTHERWISE) if state else OTHERWISE


def buttons_of(view: Unreached) -> list[AnyButton]:
    if view.action is not None:
        return [LabelledButton("Open the action", OpenAction(view.action))]
    return [LabelledButton("Open the discussion", OpenDiscussion(view.discussion))]

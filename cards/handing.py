"""Handing over the chair, the booking, or everything to the duty desk: the forms, and the card of who is asked."""

from __future__ import annotations

from cards.booking import with_phone
from cards.buttons import OfferPart, OpenDiscussion, RefuseTakeOver, TakeDuty, TakeOver, TellDutyDesk
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Bullet,
    Choice,
    ChoiceInput,
    FormButton,
    LabelledButton,
    Part,
    Text,
    TextInput,
    Tone,
    Words,
)
from cards.render import Card, Summary
from discussions.access import Can
from discussions.booking.duty import DutyHandOver
from discussions.booking.hand_over import Handed, Offer, Outcome
from discussions.booking.views import BookingView
from discussions.booking.why import MOST_WORDS
from discussions.london import say_moment, say_short

MOST_NUMBERS = 30


def hand_over_form(view: BookingView) -> FormButton:
    chair = [Choice("The chair", Handed.CHAIR.value)] if view.access.can(Can.HAND_OVER_CHAIR) else []
    choices = (*chair, Choice("The booking", Handed.BOOKING.value))
    parts: tuple[Part, ...] = (
        ChoiceInput("part", "What?", choices, value=choices[0].value, required=True),
        TextInput("to", "To whom? First and last name", max_length=100, required=True,
                  error="Please write one person's name."),
        TextInput("hand_words", "What you want to tell them", multiline=True, max_length=MOST_WORDS),
        Text("It stays as it is until they accept.", small=True),
    )  # fmt: skip
    return FormButton("Hand over", parts, LabelledButton("Ask them", OfferPart(view.discussion.id), primary=True))


def duty_form(view: BookingView) -> FormButton:
    parts: tuple[Part, ...] = (
        TextInput("duty_reason", "Why is the duty desk needed?", multiline=True, max_length=MOST_WORDS, required=True),
        TextInput("duty_plan", "What is planned, and what shall they do?", multiline=True, max_length=MOST_WORDS,
                  required=True),
        Text("They read this with the telephone numbers. You stay responsible until they have it.", small=True),
    )  # fmt: skip
    return FormButton(
        "Duty desk", parts, LabelledButton("Hand it to them", TellDutyDesk(view.discussion.id), primary=True)
    )


def take_over_card(offer: Offer) -> Card:
    """To whoever is asked: when it is and who asks. Nothing about a child."""
    one, part = offer.discussion, offer.what.value
    heading = f"● Will you take the {part} of {one.reference}?" if offer.waits else f"○ The {part} of {one.reference}"
    parts: list[Part] = [
        Words(f"{say_moment(one.starts_at)}, {one.form}", lead="When:"),
        Words(say_moment(one.window_ends), lead="Latest start:"),
        Words(with_phone(offer.by, offer.phone), lead="Asked by:"),
    ]
    if offer.words:
        parts.append(Words(f"“{offer.words}”"))
    buttons: list[list[AnyButton]] = [[LabelledButton("Open it", OpenDiscussion(one.id), way_out=True)]]
    if offer.waits:
        why = TextInput("hand_words", "Why not?", multiline=True, max_length=MOST_WORDS)
        no = FormButton(
            "No, I can't", (why,), LabelledButton("Tell them", RefuseTakeOver(one.id, offer.what.value), primary=True)
        )
        buttons.insert(
            0, [LabelledButton("I'll take it", TakeOver(one.id, offer.what.value), primary=True, way_out=True), no]
        )
    return notice_card(
        heading,
        parts,
        buttons,
        tone=Tone.WARNING if offer.waits else Tone.EMPHASIS,
        foot=f"{offer.by} stays responsible until you accept." if offer.waits else "You are not asked any more.",
        summary=Summary.CHANGE,
    )


def handed_over_card(outcome: Outcome) -> Card:
    """To whoever had it, or offered it."""
    one, part = outcome.discussion, outcome.what.value
    said = "has taken over" if outcome.is_taken else "does not take over"
    stays = () if outcome.is_taken else ("It stays as it was.",)
    return notice_card(
        f"{'✓' if outcome.is_taken else '▲'} {outcome.by} {said} the {part}",
        [
            Words(f"{one.reference}, {say_short(one.starts_at)}", lead="Of:"),
            *([Words(f"“{outcome.words}”")] if outcome.words else []),
        ],
        tone=Tone.GOOD if outcome.is_taken else Tone.WARNING,
        lines=stays,
        summary=Summary.MEETING_CHANGED,
    )


def duty_card(told: DutyHandOver) -> Card:
    """For the duty desk out of hours: why, what is planned, whom to ring."""
    one = told.discussion
    shown = told.to_ring[:MOST_NUMBERS]
    buttons: list[list[AnyButton]] = [[LabelledButton("Open it", OpenDiscussion(one.id), way_out=True)]]
    if not told.taken_by and one.is_open:
        buttons.insert(0, [LabelledButton("We have it", TakeDuty(one.id), primary=True, way_out=True)])
    return notice_card(
        f"✓ {one.reference}: {told.taken_by} has it" if told.taken_by else f"● {one.reference} is handed to you",
        [
            Words(told.reason, lead="Why:"),
            Words(told.plan, lead="Plan:"),
            Words(f"{say_moment(one.starts_at)}, {one.form}", lead="When:"),
            Words(say_moment(one.window_ends), lead="Latest start:"),
            Words(told.by, lead="Handed over by:"),
            Text("Whom to ring", bold=True),
            *(Bullet(line.phone, lead=f"{line.who}:") for line in shown),
        ],
        buttons,
        tone=Tone.GOOD if told.taken_by else Tone.ATTENTION,
        foot=f"{told.by} stays responsible until one of you has it." if not told.taken_by else None,
        summary=Summary.CHANGE,
    )

"""Handing over the chair, the booking, or everything to the duty desk; taking it, or not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.answers import booking
from bot.answers.actions import person_named
from bot.shown import Shown, Turn
from cards.handing import duty_card, handed_over_card, take_over_card
from discussions.access import Can, discussion_called
from discussions.booking.duty import duty_seen, take_duty, tell_duty_desk
from discussions.booking.hand_over import Handed, offer, offer_seen, outcome_seen, refuse, take_over
from discussions.ids import ChangeId, DiscussionId
from discussions.refusals import WrongAnswer

REFERENCE = r"(?P<reference>[A-Za-z]{2,4}-\d{2}-\d{3,6})"
OF_A_DISCUSSION = re.compile(
    rf"(?:the\s+)?(?:(?P<part>chair|booking)\s+(?:of\s+)?)?{REFERENCE}(?!\d|\s*/)\s*(?:to\s+)?(?P<to>.*)",
    re.IGNORECASE | re.DOTALL,
)
DUTY = re.compile(
    r"(?:the\s+)?(?:edt|duty(?:\s+(?:desk|team))?)\b[\s:,]*(?:because\b[\s:,]*)?(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
PLAN = re.compile(r"(?P<reason>.*?)[;,.]?\s*\bplan\s*:\s*(?P<plan>.+)", re.IGNORECASE | re.DOTALL)
EXAMPLE = "hand over SD-26-0412 to Kim Lee"
DUTY_EXAMPLE = "hand over SD-26-0412 to EDT: no police until ten; plan: ring the ward at eight"
TAKE_EXAMPLE = "take over SD-26-0412"


def is_of_a_discussion(rest: str) -> bool:
    """ "hand over 3 to …" and "hand over SD-26-0412/3 to …" are of an action."""
    return OF_A_DISCUSSION.fullmatch(rest.strip()) is not None


def hand_over_typed(turn: Turn, rest: str) -> Shown:
    said = OF_A_DISCUSSION.fullmatch(rest.strip())
    if said is None or not said["to"].strip():
        raise WrongAnswer(f"Please type it like this: {EXAMPLE}", "to", EXAMPLE)
    discussion = discussion_called(turn.means, turn.who, said["reference"], Can.CHANGE_BOOKING)
    if duty := DUTY.fullmatch(said["to"].strip()):
        words = PLAN.fullmatch(duty["words"].strip())
        if words is None:
            raise WrongAnswer(f"Please say why and what is planned, like this: {DUTY_EXAMPLE}", "plan", DUTY_EXAMPLE)
        return to_duty(turn, discussion.id, words["reason"], words["plan"])
    is_chair = discussion.chair == turn.who.id
    part = Handed((said["part"] or ("chair" if is_chair else "booking")).casefold())
    name, _, words_too = said["to"].partition(":")
    return offered(turn, discussion.id, part, name, words_too)


def offered(turn: Turn, id: DiscussionId, part: Handed, name: str | None, words: str | None) -> Shown:
    offer(turn.means, turn.who, id, part, person_named(turn, name), words)
    return booking.overview(turn, id)


def offer_pressed(turn: Turn, id: DiscussionId, typed: Mapping[str, str]) -> Shown:
    part = typed.get("part", "")
    if part not in set(Handed):
        raise WrongAnswer("Please choose what is handed over.", "part")
    return offered(turn, id, Handed(part), typed.get("to"), typed.get("hand_words"))


def taken(turn: Turn, id: DiscussionId, part: str) -> Shown:
    take_over(turn.means, turn.who, id, Handed(part))
    return booking.overview(turn, id)


def refused(turn: Turn, id: DiscussionId, part: str, words: str | None) -> Shown:
    refuse(turn.means, turn.who, id, Handed(part), words)
    seen = offer_seen(turn.means, turn.who, id, Handed(part))
    return Shown(take_over_card(seen), f"take over:{id}:{part}")


def take_over_typed(turn: Turn, rest: str) -> Shown:
    """ "take over SD-26-0412": the chair, the booking, or what the duty desk was handed."""
    id, part = waiting_for_me(turn, rest, TAKE_EXAMPLE)
    return duty_taken(turn, id) if part is None else taken(turn, id, part.value)


def not_taking_typed(turn: Turn, rest: str) -> Shown:
    id, part = waiting_for_me(turn, rest, "not taking over SD-26-0412 I am on leave")
    if part is None:
        raise WrongAnswer("It was handed to your desk: please ring whoever did. Nothing was changed.")
    _, _, words = rest.strip().partition(" ")
    return refused(turn, id, part.value, words.strip() or None)


def waiting_for_me(turn: Turn, rest: str, example: str) -> tuple[DiscussionId, Handed | None]:
    """What is offered to this person of the discussion named; None means to their desk. Nothing else is found."""
    reference = rest.strip().partition(" ")[0].upper()
    if not reference:
        raise WrongAnswer(f"Please give the reference, like this: {example}", example=example)
    one = discussion_called(turn.means, turn.who, reference, Can.SEE_BOOKING)
    for part in Handed:
        if part.asked(one) == turn.who.id:
            return one.id, part
    if one.duty_desk is not None and one.duty_desk == turn.who.desk:
        return one.id, None
    raise WrongAnswer(f"Nothing of {one.reference} is handed to you. Nothing was changed.")


def to_duty(turn: Turn, id: DiscussionId, reason: str | None, plan: str | None) -> Shown:
    tell_duty_desk(turn.means, turn.who, id, reason, plan)
    return booking.overview(turn, id)


def duty_taken(turn: Turn, id: DiscussionId) -> Shown:
    take_duty(turn.means, turn.who, id)
    return duty_shown(turn, id)


def duty_shown(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(duty_card(duty_seen(turn.means, turn.who, id)), f"duty:{id}")


def take_over_shown(turn: Turn, rest: str) -> Shown:
    id, part = rest.split(":")
    return Shown(take_over_card(offer_seen(turn.means, turn.who, DiscussionId(id), Handed(part))), f"take over:{rest}")


def handed_over_shown(turn: Turn, rest: str) -> Shown:
    id, change = rest.split(":")
    return Shown(handed_over_card(outcome_seen(turn.means, turn.who, DiscussionId(id), ChangeId(change))))

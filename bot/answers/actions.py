"""What was agreed: its cards, the answers to it by press and by typed words, and how it is written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import assert_never

from bot.answers import action_ends
from bot.answers.action_cards import card_for as card_for
from bot.answers.action_cards import overview as overview
from bot.answers.action_ends import AroundTheEnd
from bot.answers.action_form import form as form
from bot.answers.action_form import save as save
from bot.answers.action_mending import line_saved as line_saved
from bot.answers.action_mending import mend_typed as mend_typed
from bot.answers.action_mending import mended as mended
from bot.answers.action_mending import shown_again as shown_again
from bot.answers.action_mending import typed as typed
from bot.answers.action_which import Candidates, find, my_open, none_unnamed, read_named, waiting_for_me
from bot.shown import Shown, Turn
from cards.action_buttons import NOT_AT_ALL
from cards.buttons import (
    AcceptAction,
    AcceptHandOver,
    AgreeTime,
    BringBack,
    DeclineAction,
    DeclineHandOver,
    HandOver,
    MarkDone,
    NeedMoreTime,
    OfferTime,
    Received,
    RecordAnswerFor,
    RecordReceived,
    RefuseTime,
    ReportBlocked,
    StartContingency,
    TakeOffer,
)
from discussions.access import is_owner
from discussions.actions import answers
from discussions.actions.action import Action, ActionState
from discussions.actions.answers import Answer
from discussions.actions.capture import read_due
from discussions.actions.named import as_named, tidied, who_is_meant
from discussions.actions.press import what_happened
from discussions.actions.record import cancel_action
from discussions.actions.refusals import NothingAsked
from discussions.actions.words import optional
from discussions.ids import ActionId
from discussions.people import PersonId
from discussions.refusals import Missing, Refusal, WrongAnswer

MORE_TIME_EXAMPLE = "more time 3 until tomorrow 10am because the school is shut"
UNTIL = re.compile(r"(?:until|till|to|by)?\b\s*(?P<until>.*?)(?:[\s,;]*\bbecause\b[\s:,]*(?P<why>.*))?", re.I | re.S)

ActionPress = (
    AcceptAction
    | DeclineAction
    | MarkDone
    | NeedMoreTime
    | ReportBlocked
    | HandOver
    | AgreeTime
    | RefuseTime
    | AcceptHandOver
    | DeclineHandOver
    | OfferTime
    | TakeOffer
    | Received
    | RecordReceived
    | BringBack
    | StartContingency
)


def answered(turn: Turn, button: ActionPress, typed: Mapping[str, str]) -> Shown:
    """The press's use-case, then the card as it now stands."""
    means, who, id = turn.means, turn.who, button.action
    if isinstance(button, AroundTheEnd):
        return action_ends.answered(turn, button, typed)
    seen = button.seen
    match button:
        case AcceptAction():
            answers.accept(means, who, id, seen)
        case DeclineAction():
            answers.decline(means, who, id, seen, typed.get("decline_reason"))
        case MarkDone():
            answers.done(means, who, id, seen, typed.get("note"))
        case NeedMoreTime():
            answers.need_more_time(means, who, id, seen, typed.get("reason"), chosen_moment(turn, typed))
        case ReportBlocked():
            says = answers.cannot if typed.get("how") == NOT_AT_ALL else answers.blocked
            says(means, who, id, seen, typed.get("words"))
        case HandOver():
            answers.hand_over(means, who, id, seen, person_named(turn, typed.get("to")))
        case AgreeTime():
            answers.agree_time(means, who, id, seen)
        case RefuseTime():
            answers.refuse_time(means, who, id, seen, typed.get("refused_words") or typed.get("words"))
        case OfferTime():
            until = chosen_moment(turn, offered_fields(typed))
            answers.offer_time(means, who, id, seen, until, typed.get("offer_words"))
        case TakeOffer():
            answers.take_offer(means, who, id, seen)
        case AcceptHandOver():
            answers.accept_hand_over(means, who, id, seen)
        case DeclineHandOver():
            answers.decline_hand_over(means, who, id, seen, typed.get("words"))
        case _:
            assert_never(button)
    return overview(turn, id)


def record_for(turn: Turn, button: RecordAnswerFor, typed: Mapping[str, str]) -> Shown:
    """What the owner said by telephone, recorded by the chair or minute-taker."""
    said = typed.get("answer", "")
    if said not in set(Answer):
        raise Missing("what the owner told you", "answer")
    id, answer = ActionId(button.subject), Answer(said)
    until = chosen_moment(turn, typed) if answer is Answer.MORE_TIME else None
    answers.record_answer_for(turn.means, turn.who, id, button.seen, answer, typed.get("words"), until)
    return overview(turn, id)


def offered_fields(typed: Mapping[str, str]) -> Mapping[str, str]:
    """The chair's form for a moment, under the names of the owner's."""
    return {id.removeprefix("offer_"): value for id, value in typed.items() if id.startswith("offer_")}


def chosen_moment(turn: Turn, typed: Mapping[str, str]) -> datetime | None:
    """Typed words win over the lists. None if neither was given: the use-case then says what is missing."""
    chosen = " ".join(part for part in (typed.get("day"), typed.get("time")) if part)
    return moment_typed(turn, (typed.get("until") or "").strip() or chosen)


def moment_typed(turn: Turn, words: str) -> datetime | None:
    """A day without a time ends when the working day does."""
    if not words.strip():
        return None
    try:
        return read_due(turn.means, words)[0]
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "until", "tomorrow 10am") from refusal


def person_named(turn: Turn, name: str | None) -> PersonId | None:
    """Whoever is called exactly so in the person's own agency, else the only one in the directory; never guessed."""
    if not (name or "").strip():
        return None
    words = optional(name, "the name", "to") or ""
    means = turn.means
    agency = [as_named(means, person) for person in means.store.people.of_agency(turn.who.agency)]
    called = [one for one in agency if tidied(words) in one.called]
    return (called[0] if len(called) == 1 else who_is_meant(means, words, (), "to")).person


def accept_typed(turn: Turn, rest: str) -> Shown:
    action, _ = meant(turn, rest, "accept")
    return answered(turn, AcceptAction(action.id, action.version), {})


def decline_typed(turn: Turn, rest: str) -> Shown:
    action, words = meant(turn, rest, "decline")
    return answered(turn, DeclineAction(action.id, action.version), {"decline_reason": words})


def done_typed(turn: Turn, rest: str) -> Shown:
    action, words = meant(turn, rest, "done")
    shown = answered(turn, MarkDone(action.id, action.version), {"note": words})
    return shown_late(turn, action, ActionState.DONE, words) or shown


def more_time_typed(turn: Turn, rest: str) -> Shown:
    """ "more time 3 until tomorrow 10am because …"."""
    action, words = meant(turn, rest, "more time")
    match = UNTIL.fullmatch(words)
    until, why = (match["until"], match["why"]) if match else ("", None)
    if not until or not why:
        what = "until when" if not until else 'why, after the word "because"'
        raise WrongAnswer(f"Please say {what}, like this: {MORE_TIME_EXAMPLE}", "until", MORE_TIME_EXAMPLE)
    return answered(turn, NeedMoreTime(action.id, action.version), {"until": until, "reason": why})


def blocked_typed(turn: Turn, rest: str) -> Shown:
    action, words = meant(turn, rest, "blocked")
    return answered(turn, ReportBlocked(action.id, action.version), {"words": words})


def hand_over_typed(turn: Turn, rest: str) -> Shown:
    """ "hand over 3 to Kim Lee"."""
    action, words = meant(turn, rest, "hand over")
    return answered(turn, HandOver(action.id, action.version), {"to": re.sub(r"(?i)^to\s+", "", words)})


def agree_typed(turn: Turn, rest: str) -> Shown:
    """Whatever waits for this person: a request for more time, what the chair proposes, or what is handed to them."""
    action, _ = meant(turn, rest, "agree", waiting_for_me)
    if action.handed_to != turn.who.id and action.offered_until is not None and is_owner(turn.who, action):
        return answered(turn, TakeOffer(action.id, action.version), {})
    return answered(turn, reply_to(turn, action, AgreeTime, AcceptHandOver), {})


def propose_typed(turn: Turn, rest: str) -> Shown:
    """ "propose 3 until Friday 10am because …": the reason may be left out."""
    action, words = meant(turn, rest, "propose", waiting_for_me)
    match = UNTIL.fullmatch(words)
    until, why = (match["until"], match["why"]) if match else ("", None)
    given = {"offer_until": until, "offer_words": why or ""}
    return answered(turn, OfferTime(action.id, action.version), given)


def cannot_typed(turn: Turn, rest: str) -> Shown:
    action, words = meant(turn, rest, "cannot")
    shown = answered(turn, ReportBlocked(action.id, action.version), {"words": words, "how": NOT_AT_ALL})
    return shown_late(turn, action, ActionState.CANNOT, words) or shown


def shown_late(turn: Turn, before: Action, end: ActionState, words: str) -> Shown | None:
    """It had ended so already, and other words were typed: they changed nothing, and that is said."""
    if before.state is not end or not words or words == before.note:
        return None
    return overview(turn, before.id, [f"{what_happened(turn.means, turn.who, before)} Your words changed nothing."])


def refuse_typed(turn: Turn, rest: str) -> Shown:
    action, words = meant(turn, rest, "refuse", waiting_for_me)
    return answered(turn, reply_to(turn, action, RefuseTime, DeclineHandOver), {"words": words})


def reply_to(
    turn: Turn,
    action: Action,
    to_time: Callable[[ActionId, int], AgreeTime | RefuseTime],
    to_hand_over: Callable[[ActionId, int], AcceptHandOver | DeclineHandOver],
) -> ActionPress:
    """What was asked of this person themselves comes first; else what is asked of the chair."""
    if action.handed_to == turn.who.id:
        return to_hand_over(action.id, action.version)
    if action.asked_until is not None:
        return to_time(action.id, action.version)
    if action.handed_to is not None:
        return to_hand_over(action.id, action.version)
    raise NothingAsked("more time or a hand-over")


def cancel_typed(turn: Turn, rest: str) -> Shown:
    """ "cancel action 3 no longer needed": always named, never guessed."""
    action, words = meant(turn, rest, "cancel action", none_unnamed)
    cancel_action(turn.means, turn.who, action.id, action.version, words)
    return overview(turn, action.id)


def meant(turn: Turn, rest: str, command: str, candidates: Candidates = my_open) -> tuple[Action, str]:
    """The action that the line names, and the words behind its name."""
    named = read_named(rest)
    return find(turn, named, command, candidates), named.words

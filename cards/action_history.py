"""What happened to an action, line by line: answers, and for each person told how far the word has come."""

from __future__ import annotations

from cards.buttons import OpenAction, WithdrawLinks
from cards.notice import notice_card
from cards.parts import Bullet, LabelledButton, Part, Text
from cards.render import Card, Summary
from discussions.actions.history import ARRIVED, Answered, Heard, History, OnPage
from discussions.london import say_short, say_short_day, say_time, to_london
from discussions.post import DeliveryState, MessageKind
from discussions.trail import Deed

MOST_LINES = 30
TOLD_OF = {
    MessageKind.ACTION: "asked to take it on",
    MessageKind.NUDGE: "reminded",
    MessageKind.PREPARATION: "given what to read before",
    MessageKind.ACTION_CHANGED: "told of the change",
    MessageKind.CHAIR_ASKED: "asked to decide",
    MessageKind.HAND_OVER: "asked to take it over",
    MessageKind.FEEDBACK: "told what came of it",
    MessageKind.WAITED_FOR: "told that what theirs waits for has changed",
    MessageKind.UNREACHED: "told that somebody was not reached",
}
HOW_FAR = {
    DeliveryState.QUEUED: ("○", "waits to be sent"),
    DeliveryState.RETRYING: ("○", "not delivered yet, being tried again"),
    DeliveryState.MAYBE_SENT: ("▲", "sent, but Teams did not confirm it"),
    DeliveryState.BLOCKED: ("▲", "not delivered: they have blocked Chairside"),
    DeliveryState.NOT_INSTALLED: ("▲", "not delivered: they do not have Chairside in Teams"),
    DeliveryState.UNREACHABLE: ("▲", "not delivered: they could not be reached"),
    DeliveryState.GAVE_UP: ("▲", "not delivered: Teams would not take it"),
    DeliveryState.WITHDRAWN: ("○", "not sent, because it was out of date or not theirs any more"),
}
ON_PAGE = {
    Deed.CODE_SENT: ("•", "sent a code for the secure page"),
    Deed.WRONG_CODE: ("▲", "a wrong code was typed in"),
    Deed.PAGE_OPENED: ("•", "opened the secure page"),
    Deed.LINK_ENDED: ("○", "the secure link was ended"),
}
CHAIRS_NUDGE = {"by the chair": "nudged the owner"}


def history_card(history: History) -> Card:
    """The newest lines, in the order in which they happened; what is older is counted."""
    lines = history.lines[-MOST_LINES:]
    left_out = len(history.lines) - len(lines)
    parts: list[Part] = [Text(f"{left_out} older lines are not shown.", small=True)] if left_out else []
    day = None
    for line in lines:
        on = to_london(line.at).date()
        if on != day:
            parts.append(Text(say_short_day(on), bold=True))
            day = on
        parts.append(line_of(line))
    action = history.action
    withdrawing = [LabelledButton("End mailed links", WithdrawLinks(action.id))] if history.may_withdraw else []
    return notice_card(
        "Who was told, and what they answered",
        [*parts, Text("Neither Teams nor mail tells Chairside whether somebody has read it.", small=True)],
        [[*withdrawing, LabelledButton("Back to the action", OpenAction(action.id), way_out=True)]],
        origin=f"{history.reference}/{action.number}, due {say_short(action.due_at)}",
        summary=Summary.ANSWER,
    )


def line_of(line: Answered | Heard | OnPage) -> Bullet:
    if isinstance(line, OnPage):
        symbol, what = ON_PAGE[line.deed]
        return Bullet(f"{line.who}: {what}" if line.who else what.capitalize(), symbol=symbol, lead=say_time(line.at))
    if isinstance(line, Answered):
        what = f"{CHAIRS_NUDGE.get(line.what, line.what)}{', on the secure page' if line.on_page else ''}"
        return Bullet(f"{line.who}: {what}", symbol="✓", lead=say_time(line.at))
    told = line.told
    why = TOLD_OF.get(told.kind, "told")
    if told.state in ARRIVED:
        way = "by mail" if told.by_mail or told.state is DeliveryState.FALLBACK_USED else "in Teams"
        return Bullet(f"{line.who}: {why} {way}", lead=say_time(line.at))
    symbol, how_far = HOW_FAR[told.state]
    code = f" ({told.code})" if told.code and symbol == "▲" else ""
    return Bullet(f"{line.who}: {why}; {how_far}{code}", symbol=symbol, lead=say_time(line.at))

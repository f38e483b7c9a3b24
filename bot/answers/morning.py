"""The list of the morning, and of somebody who is back: as it stands when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import actions
from bot.answers.digest import in_order, lines_of
from bot.answers.menu import action_line
from bot.shown import Shown, Turn
from cards.lists import ActionLine, Standing
from cards.morning import MorningNews, morning_card
from cards.render import Card
from discussions.attention.absence import is_back_from
from discussions.attention.kept import Often
from discussions.attention.morning import Morning, end_of_week, morning_of
from discussions.ids import AbsenceId, MessageId
from discussions.london import say_day
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound

LIST = "morning"


def card_for(turn: Turn, message: Message) -> tuple[Card, str]:
    """And what it is about. Raises NotFound where there is nothing to say: then it is not sent. Where just one thing is
    open its own card comes, with its buttons.
    """
    is_back = message.kind is MessageKind.RETURNED
    if is_back and not is_back_from(turn.means, turn.who.id, AbsenceId(message.about["absence"])):
        raise NotFound
    morning = morning_of(turn.means, turn.who, is_back=is_back)
    if not morning.views:
        raise NotFound
    if len(morning.views) == 1 and not is_back:
        only = morning.views[0].action.id
        return actions.card_for(turn, only, MessageKind.NUDGE), f"action:{only}"
    return list_card(turn, morning, is_back=is_back), LIST


def list_with(turn: Turn, message: Message, others: Sequence[Message], digest: MessageId) -> Card:
    """With what else is to be said and does not stand on it anyway."""
    is_back = message.kind is MessageKind.RETURNED
    morning = morning_of(turn.means, turn.who, is_back=is_back)
    listed = {view.action.id for view in morning.views}
    news = [line for line in in_order(lines_of(turn, others)) if line.kind != "action" or line.id not in listed]
    return list_card(turn, morning, MorningNews(tuple(news), digest), is_back=is_back)


def back(turn: Turn) -> Shown:
    """What somebody finds who is back."""
    return Shown(list_card(turn, morning_of(turn.means, turn.who, is_back=True), is_back=True))


def list_card(turn: Turn, morning: Morning, news: MorningNews | None = None, *, is_back: bool) -> Card:
    offered = [Often(one) for one in turn.means.practice.reminders.rhythms]
    lines = [morning_line(turn, action_line(turn, view)) for view in morning.views]
    return morning_card(lines, say_day(morning.today), morning.often, offered, news, is_back=is_back)


def morning_line(turn: Turn, line: ActionLine) -> ActionLine:
    action = turn.means.store.actions.action(line.action)
    is_this_week = action is not None and action.due_at < end_of_week(turn.means.now)
    return replace(line, standing=Standing.WEEK) if line.standing is Standing.LATER and is_this_week else line

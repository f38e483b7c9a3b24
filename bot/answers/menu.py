"""Help, and the lists of what is mine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

from bot.arrivals import PlaceKind
from bot.commands import help_groups, nearest
from bot.shown import Shown, Turn
from cards.help import help_card, unknown_text_card
from cards.lists import ActionLine, DiscussionLine, Standing, my_actions_card, my_discussions_card
from cards.render import Card
from cards.whispered import own_chat_card
from discussions.actions.action import Action
from discussions.actions.mine import Mine, Section, sections_of
from discussions.actions.views import STATE_WORDS, ActionView
from discussions.booking.discussion import Discussion
from discussions.booking.views import my_discussions as find_my_discussions
from discussions.london import say_short, say_short_day, say_time, to_london
from discussions.people import Right


def help(turn: Turn) -> Shown:
    return Shown(help_for(turn.who.rights), is_a_look=True)


def help_in_group(turn: Turn, is_refused: bool = False) -> Shown:
    """`is_refused`: something was typed that belongs in one's own chat, and must not be thought to be done."""
    return Shown(help_for_group(turn.who.rights, is_refused), is_a_look=True)


@cache
def help_for(rights: frozenset[Right]) -> Card:
    """Made once: nothing but their rights makes two people's help differ."""
    return help_card(help_groups(rights, PlaceKind.PERSONAL), may_book=Right.BOOK in rights)


@cache
def help_for_group(rights: frozenset[Right], is_refused: bool) -> Card:
    foot = "Everyone here sees this. The rest is in our own chat."
    refused = "Nothing was done or saved: everyone here would see it. Please type that in our own chat."
    return help_card(help_groups(rights, PlaceKind.GROUP), may_book=False, foot=refused if is_refused else foot)


def not_understood(turn: Turn, text: str, place: PlaceKind) -> Shown:
    return Shown(unknown_text_card(text, nearest(text, turn.who.rights, place)), is_a_look=True)


def my_discussions(turn: Turn, page: int = 0) -> Shown:
    today = to_london(turn.means.now).date()
    lines = [
        DiscussionLine(
            one.id,
            group_of(one, (to_london(one.starts_at).date() - today).days),
            say_short(one.starts_at),
            one.reference,
            one.state.capitalize(),
        )
        for one in find_my_discussions(turn.means, turn.who)
    ]
    order = ("Today", "To come", "Earlier")
    lines.sort(key=lambda line: order.index(line.group))
    return Shown(my_discussions_card(lines, page, may_book=turn.who.may(Right.BOOK)), is_a_look=True)


def group_of(discussion: Discussion, days_ahead: int) -> str:
    if days_ahead == 0:
        return "Today"
    return "To come" if days_ahead > 0 and discussion.is_open else "Earlier"


def my_actions(turn: Turn, page: int = 0) -> Shown:
    return Shown(my_actions_card(mine(turn), page), is_a_look=True)


def my_actions_in_group(turn: Turn) -> Shown:
    return Shown(own_chat_card(), is_a_look=True, is_private=True)


def mine(turn: Turn) -> list[ActionLine]:
    return [
        ended_line(one) if one.section is Section.TO_RECEIVE
        else replace(line_of(turn, one.action, one.reference), section=one.section)
        for one in sections_of(turn.means, turn.who)
    ]  # fmt: skip


def ended_line(one: Mine) -> ActionLine:
    """What came of it is to be received: what it came to, and since when."""
    action = one.action
    ended = f"{STATE_WORDS[action.state]}, {say_short(action.state_at)}" if action.state_at else ""
    standing = Standing.OVERDUE if one.is_late else Standing.LATER
    return ActionLine(
        action.id, standing, ended, action.wording, f"{one.reference}/{action.number}", Section.TO_RECEIVE
    )


def action_line(turn: Turn, view: ActionView) -> ActionLine:
    return line_of(turn, view.action, view.reference)


def line_of(turn: Turn, action: Action, reference: str) -> ActionLine:
    standing = standing_of(action, turn.means.now)
    due = {
        Standing.OVERDUE: f"Since {say_short(action.due_at)}",
        Standing.TODAY: f"By {say_time(action.due_at)}, {say_short_day(to_london(action.due_at).date())}",
        Standing.LATER: say_short(action.due_at),
    }[standing]
    return ActionLine(action.id, standing, due, action.wording, f"{reference}/{action.number}")


def standing_of(action: Action, now: datetime) -> Standing:
    if action.is_overdue(now):
        return Standing.OVERDUE
    return Standing.TODAY if to_london(action.due_at).date() == to_london(now).date() else Standing.LATER

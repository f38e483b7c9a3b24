"""Help, and the lists of what is mine."""

from __future__ import annotations

from bot.arrivals import PlaceKind
from bot.commands import help_groups, nearest
from bot.shown import Shown, Turn
from cards.help import help_card, unknown_text_card
from cards.lists import ActionLine, DiscussionLine, Standing, my_actions_card, my_discussions_card
from discussions.actions.views import ActionView
from discussions.actions.views import my_actions as find_my_actions
from discussions.booking.discussion import Discussion
from discussions.booking.views import my_discussions as find_my_discussions
from discussions.london import say_short, to_london
from discussions.people import Right


def help(turn: Turn) -> Shown:
    groups = help_groups(turn.who, PlaceKind.PERSONAL)
    return Shown(help_card(groups, may_book=turn.who.may(Right.BOOK)))


def help_in_group(turn: Turn) -> Shown:
    groups = help_groups(turn.who, PlaceKind.GROUP)
    return Shown(help_card(groups, may_book=False, foot="Everyone here sees this. The rest is in our own chat."))


def not_understood(turn: Turn, text: str, place: PlaceKind) -> Shown:
    return Shown(unknown_text_card(text, nearest(text, turn.who, place)))


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
    return Shown(my_discussions_card(lines, page, may_book=turn.who.may(Right.BOOK)))


def group_of(discussion: Discussion, days_ahead: int) -> str:
    if days_ahead == 0:
        return "Today"
    return "To come" if days_ahead > 0 and discussion.is_open else "Earlier"


def my_actions(turn: Turn, page: int = 0) -> Shown:
    lines = [action_line(turn, view) for view in find_my_actions(turn.means, turn.who)]
    return Shown(my_actions_card(lines, page))


def action_line(turn: Turn, view: ActionView) -> ActionLine:
    due_today = to_london(view.due_at).date() == to_london(turn.means.now).date()
    standing = Standing.OVERDUE if view.is_overdue else Standing.TODAY if due_today else Standing.LATER
    return ActionLine(view.id, standing, say_short(view.due_at), view.wording, f"{view.reference}/{view.number}")

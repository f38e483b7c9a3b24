"""The card of an action for one person at this moment."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shown import Shown, Turn
from cards.action import action_card
from cards.action_buttons import Standing
from cards.days import day_choices
from cards.render import Card
from discussions.actions.because import because
from discussions.actions.history import told_words
from discussions.actions.views import ActionView, action_view, changed_last
from discussions.booking.discussion import DiscussionState
from discussions.ids import ActionId
from discussions.post import MessageKind


def overview(turn: Turn, id: ActionId, notes: Sequence[str] = ()) -> Shown:
    return Shown(card(turn, id, None, [*ledger(turn, id), *notes]), f"action:{id}")


def ledger(turn: Turn, id: ActionId) -> list[str]:
    """For whoever chairs or minutes and looks at it: whether its owner was told, and answered."""
    action = turn.means.store.actions.action(id)
    discussion = turn.means.store.discussions.discussion(action.discussion) if action else None
    if action is None or discussion is None or turn.who.id not in (discussion.chair, discussion.minute_taker):
        return []
    words = told_words(turn.means, action)
    return [f"Owner {words}."]


def card_for(turn: Turn, id: ActionId, why: MessageKind, promise: str | None = None) -> Card:
    """The card as it is sent for this reason; raises Refusal when they may no longer see it.

    To whoever made a change themselves, nobody says that something was changed.
    """
    is_own = why is MessageKind.ACTION_CHANGED and changed_last(turn.means, id) == turn.who.id
    return card(turn, id, None if is_own else why, reason=why_it_comes(turn, id, promise) if promise else None)


def why_it_comes(turn: Turn, id: ActionId, promise: str) -> str | None:
    """Why it comes to this person, where they are not its owner."""
    action = turn.means.store.actions.action(id)
    said = (one for one in turn.means.store.actions.promises(id) if one.id == promise)
    return next((because(turn.means, turn.who, action, one) for one in said), None) if action else None


def card(
    turn: Turn, id: ActionId, why: MessageKind | None, notes: Sequence[str] = (), reason: str | None = None
) -> Card:
    view = action_view(turn.means, turn.who, id)
    return action_card(
        view,
        why=why,
        now=turn.means.now,
        viewer=turn.who.id,
        days=day_choices(turn.means.now, turn.means.calendar, every_day=view.is_urgent),
        notes=notes,
        standing=standing_of(turn, view),
        because=reason,
    )


def standing_of(turn: Turn, view: ActionView) -> Standing:
    discussion = turn.means.store.discussions.discussion(view.action.discussion)
    if discussion is None:
        return Standing()
    captures = turn.who.id in (discussion.chair, discussion.minute_taker)
    is_running = discussion.state is DiscussionState.STARTED
    return Standing(captures, is_running or discussion.state is DiscussionState.CLOSED, is_running)

"""Shows anything again as it stands now: what a card is about leads to the card of its newest state."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import (
    action_overview,
    actions,
    agenda,
    booking,
    changing,
    chasing,
    closing,
    desk_slots,
    digest,
    handing,
    invitations,
    menu,
)
from bot.shown import Shown, Turn
from cards.render import Card
from dialogs import engine
from dialogs.forms import form_called
from discussions.ids import ActionId, DiscussionId, InvitationId, MessageId, SlotId
from discussions.people import DeskId
from discussions.refusals import NotFound


def show(turn: Turn, about: str) -> Card:
    """Raises Refusal, above all when the person may no longer see it, and KeyError for an unknown kind."""
    kind, _, rest = about.partition(":")
    card = SHOWS[kind](turn, rest).card
    if card is None:
        raise NotFound
    return card


def show_dialog(turn: Turn, id: str) -> Shown:
    dialog = form_called(turn.means, id)
    return Shown(engine.show(turn.means, turn.who, dialog, engine.find(turn.means, turn.who, dialog, id)).card)


def show_item(turn: Turn, rest: str) -> Shown:
    discussion, item, subject, form = rest.split(":")
    return agenda.item_form(turn, DiscussionId(discussion), int(item), subject, int(form))


def show_action_form(turn: Turn, rest: str) -> Shown:
    discussion, action, *more = rest.split(":")
    return actions.form(turn, DiscussionId(discussion), ActionId(action), replaces=bool(more))


def show_report(turn: Turn, rest: str) -> Shown:
    discussion, place = rest.split(":")
    return invitations.report(turn, DiscussionId(discussion), int(place))


SHOWS: dict[str, Callable[[Turn, str], Shown]] = {
    "dialog": show_dialog,
    "discussion": lambda turn, id: booking.overview(turn, DiscussionId(id)),
    "invitation": lambda turn, id: invitations.invitation(turn, InvitationId(id)),
    "report": show_report,
    "slots": lambda turn, id: desk_slots.show(turn, DeskId(id)),
    "slot": lambda turn, id: desk_slots.one_slot(turn, SlotId(id)),
    "take over": handing.take_over_shown,
    "handed": handing.handed_over_shown,
    "duty": lambda turn, id: handing.duty_shown(turn, DiscussionId(id)),
    "not begun": lambda turn, id: changing.not_begun_shown(turn, DiscussionId(id)),
    "full meeting": lambda turn, id: changing.full_meeting_shown(turn, DiscussionId(id)),
    "not held": lambda turn, id: changing.not_held_shown(turn, DiscussionId(id)),
    "changes": lambda turn, id: changing.changes(turn, DiscussionId(id)),
    "link": lambda turn, id: chasing.link(turn, DiscussionId(id)),
    "ring": lambda turn, id: chasing.to_ring(turn, DiscussionId(id)),
    "core missing": lambda turn, id: chasing.core_missing(turn, DiscussionId(id)),
    "bring": lambda turn, id: chasing.to_bring(turn, DiscussionId(id)),
    "start": lambda turn, id: agenda.early_shown(turn, DiscussionId(id)),
    "console": lambda turn, id: agenda.console(turn, DiscussionId(id)),
    "item": show_item,
    "attendance": lambda turn, id: agenda.attendance(turn, DiscussionId(id)),
    "gate": lambda turn, id: closing.gate(turn, DiscussionId(id)),
    "record": lambda turn, id: closing.record(turn, DiscussionId(id)),
    "action": lambda turn, id: actions.overview(turn, ActionId(id)),
    "written": lambda turn, rest: actions.shown_again(turn, rest),
    "preparation": lambda turn, id: action_overview.preparation(turn, ActionId(id)),
    "action form": show_action_form,
    "mine": lambda turn, _: menu.my_actions(turn),
    "digest": lambda turn, id: digest.show(turn, MessageId(id)),
    "still open": lambda turn, id: action_overview.before_conference(turn, DiscussionId(id)),
}

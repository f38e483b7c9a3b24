"""A desk's slots as those who keep them see and change them, and what others are told of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shown import Turn
from cards.render import Card
from cards.slot_removed import slot_removed_card
from cards.slots_to_look_at import slots_to_look_at_card
from discussions.access import Can, access_to, discussion_for
from discussions.ids import DiscussionId, SlotId
from discussions.london import say_short
from discussions.people import DeskId
from discussions.post import Message
from discussions.refusals import NotFound
from discussions.slots.feeding import to_look_at
from discussions.slots.seeing import SlotSeen


def to_look_at_card(turn: Turn, message: Message) -> Card:
    """Raises NotFound when it is theirs no more, or all is well."""
    seen = to_look_at(turn.means, turn.who, DeskId(message.about["desk"]))
    return slots_to_look_at_card(seen, [references(turn, one) for one in seen.gone])


def references(turn: Turn, seen: SlotSeen) -> Sequence[str]:
    """Of the discussions that have a place, those that the reader may know of."""
    kept = turn.means.store.discussions
    found = [discussion for id in seen.taken if (discussion := kept.discussion(id))]
    return [one.reference for one in found if access_to(turn.who, one, kept.invitations(one.id)).can(Can.SEE_BOOKING)]


def removed_card(turn: Turn, message: Message) -> Card:
    """Raises NotFound when they may no longer see the discussion."""
    discussion = discussion_for(turn.means, turn.who, DiscussionId(message.about["discussion"]), Can.SEE_BOOKING)
    slot = turn.means.store.slots.slot(SlotId(message.about["slot"]))
    if slot is None or not discussion.is_open:
        raise NotFound
    desk = turn.means.store.people.desk(slot.desk)
    agency = turn.means.store.people.agency(desk.agency)
    return slot_removed_card(discussion.reference, discussion.id, desk.name, agency.name, say_short(slot.starts_at))

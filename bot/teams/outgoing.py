"""A card as the activity that Teams takes: a card alone, since text beside it would make two messages of one."""

from __future__ import annotations

import json
from copy import copy
from typing import Any, Self

from botbuilder.schema import Activity, Attachment

from bot.teams.invokes import CARD
from cards.render import Card

Json = dict[str, Any]


class CardActivity(Activity):
    """A card on its way through the SDK's turn context, which copies all it sends, to the depth of the last field.

    A card is never changed on its way, so one copy of the shell is enough; the deep one costs more than the turn.
    """

    @classmethod
    def holding(cls, card: Card, activity_id: str | None = None) -> Self:
        attachment = Attachment(content_type=CARD, content=card)
        fields: Json = {"id": activity_id, "attachments": [attachment], "summary": str(card.summary)}
        return cls(type="message", **fields)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy(self)


def write_activity(activity: Activity, *, in_thread: bool) -> str:
    """The JSON of a card of ours, from the turn context. In a channel it names what it answers."""
    fields: Json = {"type": "message", "summary": activity.summary, "conversation": {"id": activity.conversation.id}}
    if activity.id is not None:
        fields["id"] = activity.id
    if activity.from_property is not None:
        fields["from"] = {"id": activity.from_property.id}
    if activity.recipient is not None:
        fields["recipient"] = {"id": activity.recipient.id}
    if in_thread and activity.reply_to_id:
        fields["replyToId"] = activity.reply_to_id
    [held] = activity.attachments
    return _with_card(fields, held.content)


def write_card(
    card: Card,
    conversation: str,
    *,
    sender: str | None,
    alert: bool,
    replaces: str | None = None,
    recipient: str | None = None,
) -> str:
    """The JSON of a card that is sent outside a turn. `alert` asks Teams for a bell in the person's feed; `recipient`
    is named where one member of many is meant.
    """
    fields: Json = {"type": "message", "summary": str(card.summary), "conversation": {"id": conversation}}
    if replaces is not None:
        fields["id"] = replaces
    if sender is not None:
        fields["from"] = {"id": sender}
    if recipient is not None:
        fields["recipient"] = {"id": recipient}
    if alert:
        fields["channelData"] = {"notification": {"alert": True}}
    return _with_card(fields, card)


def _with_card(fields: Json, card: Card) -> str:
    """The card's own JSON is put in as it is: reading it only to write it again would cost more than the turn."""
    return f'{json.dumps(fields)[:-1]}, "attachments": [{{"contentType": "{CARD}", "content": {card.text}}}]}}'

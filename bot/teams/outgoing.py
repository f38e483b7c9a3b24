"""A card as the activity that Teams takes: a card alone, since text beside it would make two messages of one."""

from __future__ import annotations

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
        attachment = Attachment(content_type=CARD, content=card.content)
        fields: Json = {"id": activity_id, "attachments": [attachment], "summary": str(card.summary)}
        return cls(type="message", **fields)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy(self)


def write_activity(activity: Activity, *, in_thread: bool) -> Json:
    """The JSON of an activity of ours, from the turn context. In a channel it names what it answers."""
    written = _message(activity.summary, [_attachment(held) for held in activity.attachments or []])
    written["conversation"] = {"id": activity.conversation.id}
    if activity.from_property is not None:
        written["from"] = {"id": activity.from_property.id}
    if activity.recipient is not None:
        written["recipient"] = {"id": activity.recipient.id}
    if in_thread and activity.reply_to_id:
        written["replyToId"] = activity.reply_to_id
    return written


def write_card(card: Card, conversation: str, *, sender: str | None, alert: bool) -> Json:
    """The JSON of a card that is sent outside a turn. `alert` asks Teams for a bell in the person's feed."""
    written = _message(str(card.summary), [{"contentType": CARD, "content": card.content}])
    written["conversation"] = {"id": conversation}
    if sender is not None:
        written["from"] = {"id": sender}
    if alert:
        written["channelData"] = {"notification": {"alert": True}}
    return written


def _message(summary: str | None, attachments: list[Json]) -> Json:
    return {"type": "message", "summary": summary, "attachments": attachments}


def _attachment(attachment: Attachment) -> Json:
    return {"contentType": attachment.content_type, "content": attachment.content}

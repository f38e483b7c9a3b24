"""From a JSON object to the SDK's Activity, field by field.

The SDK's own deserialiser costs more than the rest of a turn together, believes any type, and loses the tenant.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from botbuilder.schema import Activity, ChannelAccount, ConversationAccount

from bot.teams.turned_away import bad_shape

LONGEST_ID = 2000


def read_activity(body: dict[str, Any]) -> Activity:
    """Raises TurnedAway (400) where a field we rely on has another shape than the protocol gives it."""
    kind = _text(body, "type")
    if not kind:
        raise bad_shape("type")
    fields: dict[str, Any] = {
        "type": kind,
        "id": _id(body, "id") or _make_id(body),
        "name": _text(body, "name"),
        "action": _text(body, "action"),
        "text": _text(body, "text"),
        "text_format": _text(body, "textFormat"),
        "locale": _text(body, "locale"),
        "channel_id": _text(body, "channelId"),
        "service_url": _id(body, "serviceUrl"),
        "reply_to_id": _id(body, "replyToId"),
        "from_property": _account(body.get("from"), "from"),
        "recipient": _account(body.get("recipient"), "recipient"),
        "conversation": _conversation(body.get("conversation")),
        "members_added": [_account(member, "membersAdded") for member in _objects(body, "membersAdded")],
        "entities": _objects(body, "entities"),
        "attachments": _objects(body, "attachments"),
        "channel_data": _object(body.get("channelData"), "channelData"),
        "value": body.get("value"),
    }
    return Activity(**fields)


def tenant_in_channel_data(activity: Activity) -> str | None:
    """Raises TurnedAway (400) if the tenant is there in a wrong shape."""
    return _id(_object(activity.channel_data.get("tenant"), "tenant"), "id")


def meeting_in_channel_data(activity: Activity) -> str | None:
    return _id(_object(activity.channel_data.get("meeting"), "meeting"), "id")


def _text(body: dict[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise bad_shape(name)
    return value


def _id(body: dict[str, Any], name: str) -> str | None:
    value = _text(body, name)
    if value is not None and len(value) > LONGEST_ID:
        raise bad_shape(name)
    return value or None


def _make_id(body: dict[str, Any]) -> str:
    """Some events come without an id; the same event sent again gets the same one."""
    return "x:" + hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _object(value: object, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_shape(name)
    return value


def _objects(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise bad_shape(name)
    return value


def _account(value: object, name: str) -> ChannelAccount | None:
    fields = _object(value, name)
    address = _id(fields, "id")
    if address is None:
        return None
    known: dict[str, Any] = {"id": address, "aad_object_id": _id(fields, "aadObjectId")}
    return ChannelAccount(**known)


def _conversation(value: object) -> ConversationAccount:
    fields = _object(value, "conversation")
    address = _id(fields, "id")
    if address is None:
        raise bad_shape("conversation")
    is_group = fields.get("isGroup")
    known: dict[str, Any] = {
        "id": address,
        "is_group": is_group if isinstance(is_group, bool) else None,
        "conversation_type": _text(fields, "conversationType"),
        "tenant_id": _id(fields, "tenantId"),
    }
    return ConversationAccount(**known)

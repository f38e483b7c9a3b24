"""From the SDK's Activity to our own Incoming. What nothing follows from becomes None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity

from bot.arrivals import Incoming, Kind, Place, PlaceKind, Press, Sender
from bot.teams.mentions import plain_text
from bot.teams.reading import meeting_in_channel_data
from bot.teams.turned_away import bad_shape
from discussions.people import Account, ObjectId, TenantId

_MEETING_EVENTS = {
    "application/vnd.microsoft.meetingstart": Kind.MEETING_STARTED,
    "application/vnd.microsoft.meetingend": Kind.MEETING_ENDED,
}
_INSTALLATIONS = {
    "add": Kind.INSTALLED,
    "add-upgrade": Kind.INSTALLED,
    "remove": Kind.REMOVED,
    "remove-upgrade": Kind.REMOVED,
}
_PLACES = {"personal": PlaceKind.PERSONAL, "groupchat": PlaceKind.GROUP, "channel": PlaceKind.CHANNEL}


def read_message(activity: Activity, tenant: TenantId) -> Incoming:
    """Typed words, or a button that came as a message: `value` and no text is what Action.Submit sends."""
    if isinstance(activity.value, dict) and not (activity.text or "").strip():
        return _arrived(activity, tenant, Kind.PRESS, press=_submitted(activity.value), card=activity.reply_to_id)
    text = plain_text(
        activity.text,
        own_address=activity.recipient.id if activity.recipient is not None else None,
        entities=activity.entities,
        text_format=activity.text_format,
        attachments=activity.attachments,
    )
    return _arrived(activity, tenant, Kind.MESSAGE, text=text)


def read_invoked(activity: Activity, tenant: TenantId, press: Press) -> Incoming:
    return _arrived(activity, tenant, Kind.PRESS, press=press, card=activity.reply_to_id, may_answer_in_place=True)


def read_event(activity: Activity, tenant: TenantId) -> Incoming | None:
    kind = _MEETING_EVENTS.get((activity.name or "").lower())
    return None if kind is None else _arrived(activity, tenant, kind)


def read_installation(activity: Activity, tenant: TenantId) -> Incoming | None:
    kind = _INSTALLATIONS.get((activity.action or "").lower())
    return None if kind is None else _arrived(activity, tenant, kind)


def read_members_added(activity: Activity, tenant: TenantId) -> Incoming | None:
    """Only our own arrival counts; that people come and go is no business of ours."""
    added = tuple(member.id for member in activity.members_added if member is not None)
    if activity.recipient is None or activity.recipient.id not in added:
        return None
    return _arrived(activity, tenant, Kind.INSTALLED, members_added=added)


def read_press(value: object) -> Press | None:
    """The button of an Action.Execute; None if the value has not that shape."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict):
        return None
    data = action.get("data")
    if data is None:
        data = {}
    if not isinstance(data, dict):
        return None
    verb = action.get("verb", data.get("verb"))
    return Press(verb, data) if isinstance(verb, str) and verb else None


def _submitted(value: Mapping[str, Any]) -> Press:
    """The fallback carries its verb among the data. A press without one is unknown, as an unheard-of verb would be."""
    verb = value.get("verb")
    data = {name: held for name, held in value.items() if name not in ("verb", "msteams")}
    return Press(verb if isinstance(verb, str) else "", data)


def _arrived(activity: Activity, tenant: TenantId, kind: Kind, **more: Any) -> Incoming:
    return Incoming(
        kind=kind,
        activity=activity.id,
        place=_place(activity, tenant),
        sender=_sender(activity, tenant),
        meeting=meeting_in_channel_data(activity),
        **more,
    )


def _place(activity: Activity, tenant: TenantId) -> Place:
    return Place(tenant, activity.conversation.id, place_kind(activity), activity.service_url)


def place_kind(activity: Activity) -> PlaceKind:
    """A kind we have never heard of is a group: there we say least."""
    named = (activity.conversation.conversation_type or "").lower()
    if not named:
        return PlaceKind.GROUP if activity.conversation.is_group else PlaceKind.PERSONAL
    return _PLACES.get(named, PlaceKind.GROUP)


def _sender(activity: Activity, tenant: TenantId) -> Sender:
    if activity.from_property is None:
        raise bad_shape("from")
    object_id = activity.from_property.aad_object_id
    account = None if object_id is None else Account(tenant, ObjectId(object_id.lower()))
    return Sender(activity.from_property.id, account)

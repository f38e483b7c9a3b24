"""The fictitious people of the measurements, and what they type and press."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cards.buttons import MarkDone, pack
from discussions.ids import ActionId
from tests.teams.channel import APP_ID, TENANT

IN_CHAT = 64
"""So many people type and press; more than are ever in flight, so that no two turns of one chat meet."""


@dataclass(frozen=True, slots=True)
class Somebody:
    number: int

    @property
    def id(self) -> str:
        return f"person-{self.number}"

    @property
    def address(self) -> str:
        return f"29:1{self.number:040}"

    @property
    def object_id(self) -> str:
        return f"00000000-0000-4000-8000-{self.number:012}"

    @property
    def conversation(self) -> str:
        return f"a:1{self.number:080}"


def help_message(who: Somebody, service_url: str, number: int) -> bytes:
    return typed("help", who, service_url, number)


def typed(words: str, who: Somebody, service_url: str, number: int) -> bytes:
    more = {"type": "message", "text": words, "textFormat": "plain", "locale": "en-GB"}
    return json.dumps(envelope(who, service_url, number) | more).encode()


def done_press(who: Somebody, service_url: str, number: int, action: str) -> bytes:
    """Done on the card of an action that stands at its first version."""
    verb, data = pack(MarkDone(ActionId(action), 1), nonce=f"nonce-{number}")
    pressed = {"type": "Action.Execute", "id": "done", "verb": verb, "data": {**data, "note": "Seen at school."}}
    more = {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "replyToId": f"card-of-{action}",
        "value": {"action": pressed, "trigger": "manual"},
    }
    return json.dumps(envelope(who, service_url, number) | more).encode()


def envelope(who: Somebody, service_url: str, number: int) -> dict[str, Any]:
    return {
        "id": str(1_790_000_000_000 + number),
        "channelId": "msteams",
        "serviceUrl": service_url,
        "timestamp": "2026-11-24T09:00:00.000Z",
        "from": {"id": who.address, "aadObjectId": who.object_id, "name": f"Person {who.number}"},
        "recipient": {"id": f"28:{APP_ID}", "name": "Chairside"},
        "conversation": {"id": who.conversation, "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}],
    }

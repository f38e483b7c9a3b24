"""People of the channel and their view of a chat: they type, press, install, and see what the bot says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.teams.pressing import find_action, gather_inputs, verb_of
from tests.teams.rooms import Json, Message, Room

if TYPE_CHECKING:
    from tests.teams.channel import Channel


@dataclass(frozen=True, slots=True)
class TeamsUser:
    """`object_id` is None for a guest who came by link. `home` is their tenant."""

    name: str
    address: str
    object_id: str | None
    upn: str | None
    home: str

    def as_sender(self) -> Json:
        sender: Json = {"id": self.address, "name": self.name}
        return sender if self.object_id is None else {**sender, "aadObjectId": self.object_id}

    def as_member(self) -> Json:
        member: Json = {"id": self.address, "name": self.name, "tenantId": self.home}
        if self.object_id is not None:
            member |= {"aadObjectId": self.object_id, "objectId": self.object_id}
        if self.upn is not None:
            member |= {"userPrincipalName": self.upn, "email": self.upn}
        return member


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one activity: the HTTP answer, and what the bot said and changed in this chat meanwhile."""

    status: int
    body: Any
    said: tuple[Message, ...]
    updated: tuple[Message, ...]

    @property
    def card(self) -> Json:
        """The card that replaced the pressed one, else the last one said."""
        if isinstance(self.body, dict) and str(self.body.get("type")).endswith("card.adaptive"):
            replacing: Json = self.body["value"]
            return replacing
        if not self.said:
            raise LookupError(f"no card came back, but {self.status} {self.sentence!r}")
        return self.said[-1].card

    @property
    def sentence(self) -> str | None:
        """The sentence shown under a pressed card, or the error's."""
        value = self.body.get("value") if isinstance(self.body, dict) else None
        sentence: str | None = value if isinstance(value, str) else (value or {}).get("message")
        return sentence


class Chat:
    """One person's view of one conversation. A card that answers a press replaces it here alone, as in Teams."""

    def __init__(self, channel: Channel, room: Room, person: TeamsUser) -> None:
        self._channel = channel
        self._own: dict[str, tuple[int, Json]] = {}
        self._last: Json | None = None
        self.room = room
        self.person = person

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.room.messages if not message.is_deleted]

    @property
    def last(self) -> Message:
        return self.messages[-1]

    def view(self, message: Message) -> Json:
        """The card as this person sees it: their own press's answer, until the message itself is updated."""
        seen_at, card = self._own.get(message.id, (-1, {}))
        return card if seen_at == len(message.earlier) else message.card

    async def say(self, text: str, *, mention: bool | None = None, **fields: Any) -> Answer:
        """Types a message. In groups and channels the bot is mentioned, since it would not hear it otherwise."""
        bot = self._channel.bot_account
        is_mentioned = mention if mention is not None else self.room.kind != "personal"
        activity: Json = {"type": "message", "text": text, "textFormat": "plain"}
        if is_mentioned:
            span = f"<at>{bot['name']}</at>"
            activity["text"] = f"{span} {text}"
            activity["entities"] = [{"type": "mention", "text": span, "mentioned": bot}]
        return await self.send({**activity, **fields})

    async def press(
        self,
        on: Message | Json,
        title_or_verb: str,
        values: Mapping[str, str] | None = None,
        *,
        message: Message | str | None = None,
        as_fallback: bool = False,
        is_checked: bool = True,
        **inputs: str,
    ) -> Answer:
        """Presses a button of a message, or of a card together with the `message` that holds it (else the last one).

        `as_fallback` is a client too old for Action.Execute; `is_checked=False` one that checks no inputs.
        """
        holder = on if isinstance(on, Message) else self._holder(message)
        card = self.view(on) if isinstance(on, Message) else on
        action = find_action(card, title_or_verb)
        typed = gather_inputs(card, action, {**(values or {}), **inputs}, is_checked=is_checked)
        activity = self._pressed(action, typed, as_fallback=as_fallback)
        if holder is not None:
            activity["replyToId"] = holder.id
        answer = await self.send(activity)
        if holder is not None and isinstance(answer.body, dict) and "card" in str(answer.body.get("type")):
            self._own[holder.id] = (len(holder.earlier), answer.card)
        return answer

    async def install(self, *, events: tuple[str, ...] = ("installationUpdate", "conversationUpdate")) -> Answer:
        """Adds the app here. Teams tells a bot twice; which of the two comes, and in what order, is not certain."""
        self.room.has_bot = True
        self.room.is_blocked = False
        before = len(self._channel.rooms.record)
        answer = None
        for event in events:
            answer = await self.send(self._installed(event))
        assert answer is not None
        return self._answer(answer.status, answer.body, before)

    async def remove(self) -> Answer:
        """Takes the app away. The bot hears of it and cannot answer."""
        self.room.has_bot = False
        return await self.send({"type": "installationUpdate", "action": "remove"})

    def block(self) -> None:
        self.room.is_blocked = True

    async def start_meeting(self) -> Answer:
        return await self.send({"type": "event", "name": "application/vnd.microsoft.meetingStart", "value": {}})

    async def end_meeting(self) -> Answer:
        return await self.send({"type": "event", "name": "application/vnd.microsoft.meetingEnd", "value": {}})

    async def send(self, fields: Json) -> Answer:
        """Any activity of this person in this chat: the envelope is made here, `fields` win over it."""
        self._last = self._channel.envelope(self.room, self.person) | fields
        return await self._deliver(self._last)

    async def resend(self, *, with_new_id: bool = False) -> Answer:
        """The last activity once more, as Teams does when an answer took long; or the same press, pressed again."""
        assert self._last is not None, "nothing was sent yet"
        if with_new_id:
            self._last = {**self._last, "id": self._channel.rooms.next_id()}
        return await self._deliver(self._last)

    async def wait_for(self, is_there: Callable[[Message], bool], seconds: float = 10) -> Message:
        """The newest message that fits, as soon as there is one."""
        async with asyncio.timeout(seconds):
            while True:
                for message in reversed(self.messages):
                    if is_there(message):
                        return message
                await asyncio.sleep(0.02)

    async def _deliver(self, activity: Json) -> Answer:
        before = len(self._channel.rooms.record)
        status, body = await self._channel.post(activity)
        return self._answer(status, body, before)

    def _answer(self, status: int, body: Any, before: int) -> Answer:
        events = [event for event in self._channel.rooms.record[before:] if event.conversation == self.room.id]
        said = [self.room.find(event.message) for event in events if event.kind == "sent"]
        updated = [self.room.find(event.message) for event in events if event.kind == "updated"]
        return Answer(status, body, tuple(filter(None, said)), tuple(filter(None, updated)))

    def _holder(self, message: Message | str | None) -> Message | None:
        if isinstance(message, str):
            return self.room.find(message)
        return message or (self.messages[-1] if self.messages else None)

    def _pressed(self, action: Json, typed: dict[str, str], *, as_fallback: bool) -> Json:
        if as_fallback and action["type"] == "Action.Execute":
            action = action["fallback"]
        data = {**action.get("data", {}), **typed}
        if action["type"] == "Action.Submit":
            return {"type": "message", "value": data}
        executed = {"type": "Action.Execute", "title": action.get("title"), "verb": verb_of(action), "data": data}
        return {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": executed, "trigger": "manual"}}

    def _installed(self, event: str) -> Json:
        if event == "installationUpdate":
            return {"type": "installationUpdate", "action": "add"}
        return {"type": "conversationUpdate", "membersAdded": [self._channel.bot_account]}

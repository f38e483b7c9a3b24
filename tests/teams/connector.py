"""The channel's connector: the REST calls a bot may make, with its token checked and faults on order."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.teams.faults import Fault, FaultQueue, writes_blocked
from tests.teams.identity import IdentityProvider
from tests.teams.limits import PublishedLimits
from tests.teams.rooms import Room, Rooms

if TYPE_CHECKING:
    from tests.teams.people import TeamsUser

BASE = "/emea"
MOST_CHARACTERS = 50_000


class Connector:
    def __init__(
        self,
        identity: IdentityProvider,
        rooms: Rooms,
        people: dict[str, TeamsUser],
        limits: PublishedLimits | None = None,
    ) -> None:
        self._identity = identity
        self._rooms = rooms
        self._people = people
        self.faults = FaultQueue()
        self.limits = limits
        self.requests: list[tuple[str, str]] = []
        self.whispered: list[tuple[str, str, dict[str, Any]]] = []

    def add_routes(self, app: web.Application) -> None:
        one = f"{BASE}/v3/conversations/{{conversation}}"
        app.router.add_post(f"{BASE}/v3/conversations", self._create)
        app.router.add_post(f"{one}/activities", self._post)
        app.router.add_post(f"{one}/activities/{{activity}}", self._post)
        app.router.add_put(f"{one}/activities/{{activity}}", self._put)
        app.router.add_delete(f"{one}/activities/{{activity}}", self._delete)
        app.router.add_get(f"{one}/members", self._members)
        app.router.add_get(f"{one}/pagedmembers", self._paged_members)
        app.router.add_get(f"{one}/members/{{member}}", self._member)

    async def _create(self, request: web.Request) -> web.Response:
        fault = await self._meet(request, None)
        wanted = await request.json()
        address = wanted["members"][0]["id"]
        person = self._people.get(address) or next(
            (person for person in self._people.values() if person.object_id == address), None
        )
        room = None if person is None else self._rooms.personal_of(person.address)
        if room is None or wanted["tenantId"] != room.tenant:
            raise _refuse(404, "ConversationNotFound")
        _must_be_welcome(room)
        await self._break_off(request, fault)
        return web.json_response({"id": room.id}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        room = self._room(request)
        fault = await self._meet(request, room.id)
        _must_be_welcome(room)
        activity = await _read_activity(request)
        if request.query.get("isTargetedActivity") == "true":
            return self._whisper(room, activity)
        message = self._rooms.post(room, activity)
        await self._break_off(request, fault)
        return web.json_response({"id": message.id}, status=201)

    def _whisper(self, room: Room, activity: dict[str, Any]) -> web.Response:
        """Seen by one member alone. Not for personal chats, and only for somebody who is there."""
        recipient = activity.get("recipient", {}).get("id")
        if recipient is None or room.kind == "personal":
            raise _refuse(400, "BadArgument")
        if recipient not in room.members:
            raise _refuse(404, "BotNotInConversationRoster")
        self.whispered.append((room.id, recipient, activity))
        return web.json_response({"id": self._rooms.next_id()}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        room = self._room(request)
        fault = await self._meet(request, room.id)
        _must_be_welcome(room)
        message = room.find(request.match_info["activity"])
        if message is None:
            raise _refuse(404, "ActivityNotFoundInConversation")
        self._rooms.update(message, await _read_activity(request))
        await self._break_off(request, fault)
        return web.json_response({"id": message.id})

    async def _delete(self, request: web.Request) -> web.Response:
        room = self._room(request)
        await self._meet(request, room.id)
        message = room.find(request.match_info["activity"])
        if message is None:
            raise _refuse(404, "ActivityNotFoundInConversation")
        self._rooms.delete(message)
        return web.Response()

    async def _members(self, request: web.Request) -> web.Response:
        return web.json_response(await self._roster(request))

    async def _paged_members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": await self._roster(request)})

    async def _roster(self, request: web.Request) -> list[dict[str, Any]]:
        room = self._room(request)
        await self._meet(request, room.id)
        return [self._people[address].as_member() for address in room.members]

    async def _member(self, request: web.Request) -> web.Response:
        room = self._room(request)
        await self._meet(request, room.id)
        wanted = request.match_info["member"]
        for address in room.members:
            if wanted in (address, self._people[address].object_id):
                return web.json_response(self._people[address].as_member())
        raise _refuse(404, "MemberNotFoundInConversation")

    def _room(self, request: web.Request) -> Room:
        room = self._rooms.find(request.match_info["conversation"])
        if room is None:
            self.requests.append((request.method, request.path))
            raise _refuse(404, "ConversationNotFound")
        return room

    async def _meet(self, request: web.Request, conversation: str | None) -> Fault | None:
        """Checks the token, then answers as ordered, if anything was."""
        self.requests.append((request.method, request.path))
        if not self._identity.is_good(request.headers.get("Authorization")):
            raise _refuse(401, "Unauthorized")
        wait = self.limits.take(conversation) if self.limits and request.method != "GET" else None
        if wait is not None:
            raise Answered(429, "", {"Retry-After": str(wait)})
        fault = self.faults.take(request.method, conversation)
        if fault is None:
            return None
        await asyncio.sleep(fault.delay_seconds)
        if fault.does_the_work:
            return fault
        headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
        raise Answered(fault.status, fault.text(), headers)

    async def _break_off(self, request: web.Request, fault: Fault | None) -> None:
        if fault is not None and fault.resets and request.transport is not None:
            request.transport.abort()


class Answered(web.HTTPException):
    """Ends the handling with this status and text."""

    status_code = 500

    def __init__(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.status_code = status
        super().__init__(text=text, headers=headers, content_type="application/json")


def _refuse(status: int, code: str) -> Answered:
    return Answered(status, json.dumps({"error": {"code": code, "message": code}}))


def _must_be_welcome(room: Room) -> None:
    if room.is_blocked:
        raise Answered(403, writes_blocked().text())
    if not room.has_bot:
        raise _refuse(403, "BotNotInConversationRoster")


async def _read_activity(request: web.Request) -> dict[str, Any]:
    """Too long a message is refused as in Teams, and so is text beside a card, which Teams would show as two."""
    raw = await request.text()
    if len(raw) > MOST_CHARACTERS:
        raise _refuse(413, "MessageSizeTooBig")
    activity: dict[str, Any] = json.loads(raw)
    if activity.get("type") != "message" or (activity.get("text") and activity.get("attachments")):
        raise _refuse(400, "BadSyntax")
    return activity

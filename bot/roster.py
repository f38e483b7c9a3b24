"""Asks Teams' roster for the UPN of somebody whose account the directory does not hold yet."""

from __future__ import annotations

from collections.abc import Callable

from bot.arrivals import Incoming
from bot.sending.post import Post
from discussions.people import TenantId


class RosterInTeams:
    """Only a member of our own tenant is believed: a guest's or a stranger's UPN proves nothing here."""

    def __init__(self, post: Callable[[], Post], own_tenant: TenantId) -> None:
        self._post = post
        self._own_tenant = own_tenant

    async def mail_of(self, incoming: Incoming) -> str | None:
        place, account = incoming.place, incoming.sender.account
        if account is None or account.tenant != self._own_tenant:
            return None
        member = await self._post().get_member(place.service_url, place.conversation, incoming.sender.address)
        if member is None or member.object_id != account.object_id or not member.upn:
            return None
        if member.tenant not in (None, self._own_tenant) or "#ext#" in member.upn.casefold():
            return None
        return member.upn

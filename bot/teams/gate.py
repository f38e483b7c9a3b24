"""May this activity come in? Channel, service host, tenant and recipient are checked, with a token or without."""

from __future__ import annotations

from botbuilder.schema import Activity

from bot.teams.addresses import ServiceHosts
from bot.teams.reading import tenant_in_channel_data
from bot.teams.settings import TeamsSettings
from bot.teams.tokens_in import Caller
from bot.teams.turned_away import not_allowed
from discussions.people import TenantId

CHANNEL = "msteams"


class Gate:
    """Who calls has been found out before (or nobody asks, in local mode); what is wrong from here on is 403."""

    def __init__(self, settings: TeamsSettings, hosts: ServiceHosts) -> None:
        self._tenants = settings.tenants
        self._hosts = hosts
        self._own_addresses = own_addresses(settings.app_id)

    def let_in(self, activity: Activity, caller: Caller | None) -> TenantId:
        """The tenant it comes from. Raises TurnedAway."""
        if activity.channel_id != CHANNEL:
            raise not_allowed("channel")
        if activity.service_url is None:
            raise not_allowed("no service URL")
        if caller is not None:
            self._compare(activity.service_url, caller)
        if not self._hosts.may_be_spoken_to(activity.service_url):
            raise not_allowed("service host")
        if self._own_addresses is not None:
            recipient = activity.recipient.id.lower() if activity.recipient is not None else None
            if recipient not in self._own_addresses:
                raise not_allowed("recipient")
        return self._tenant(activity)

    def _compare(self, service_url: str, caller: Caller) -> None:
        if caller.service_url is None or caller.service_url != service_url:
            raise not_allowed("service URL is not the token's")
        if CHANNEL not in caller.endorsements:
            raise not_allowed("key is not endorsed for the channel")

    def _tenant(self, activity: Activity) -> TenantId:
        in_channel_data, in_conversation = tenant_in_channel_data(activity), activity.conversation.tenant_id
        named = {tenant.lower() for tenant in (in_channel_data, in_conversation) if tenant is not None}
        if len(named) != 1:
            raise not_allowed("no tenant, or two")
        tenant = named.pop()
        if self._tenants and tenant not in self._tenants:
            raise not_allowed("tenant")
        return TenantId(tenant)


def own_addresses(app_id: str | None) -> frozenset[str] | None:
    """How the channel addresses us, lower case; None if we have no app id to be addressed by."""
    return None if app_id is None else frozenset({app_id.lower(), f"28:{app_id.lower()}"})

"""What the Teams edge must be told: who we are, whom we believe, and which hosts we speak to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """`app_id` may be missing in local mode alone: then no token is checked or sent, everything else is.

    `service_hosts` are `host[:port]`; `allowed_tenants` come on top of `tenant_id`, our own. `authority_url` is an
    authority (https://login.microsoftonline.com/<tenant>, …/adfs) or its discovery document itself.
    """

    app_id: str | None
    app_secret: str | None = field(repr=False)
    tenant_id: str | None
    allowed_tenants: frozenset[str]
    authority_url: str
    openid_metadata_url: str
    token_issuer: str
    service_hosts: frozenset[str]
    local: bool

    def __post_init__(self) -> None:
        if self.app_id is None and not self.local:
            raise ValueError("an app id is needed outside local mode")
        if self.app_id is not None and not self.app_secret:
            raise ValueError("an app id needs its secret")

    @property
    def tenants(self) -> frozenset[str]:
        """The tenants we serve, lower case; empty (local mode alone) means any."""
        own = {self.tenant_id} if self.tenant_id else set()
        return frozenset(tenant.lower() for tenant in self.allowed_tenants | own)

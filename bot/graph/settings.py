"""What speaking to Microsoft Graph needs: whose calendar the meetings stand in, and as which app."""

from __future__ import annotations

from dataclasses import dataclass, field

GRAPH_URL = "https://graph.microsoft.com/v1.0"


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """`organiser` is a mailbox: its address or object id. `teams_app`: the app's id in the tenant's catalogue, where
    Chairside may come into the chats of the meetings it makes. `url` ends without a slash.
    """

    organiser: str
    app_id: str
    app_secret: str = field(repr=False)
    authority: str
    url: str = GRAPH_URL
    teams_app: str | None = None

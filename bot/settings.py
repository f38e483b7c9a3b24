"""The settings of one running Chairside: read from the environment's names, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TypeVar

from bot.graph.settings import GRAPH_URL, GraphSettings
from bot.sending.budgets import MOST_A_SECOND, SENT_A_SECOND
from bot.setting_values import (
    KEY_MEND,
    EncryptionKey,
    MailServer,
    WrongValue,
    is_loopback,
    parse_address,
    parse_authority,
    parse_database_address,
    parse_encryption_keys,
    parse_guid,
    parse_host,
    parse_mail_server,
    parse_networks,
    parse_organiser,
    parse_path,
    parse_port,
    parse_service_hosts,
    parse_tenant,
    parse_tenants,
    parse_text,
    parse_whole_number,
    parse_yes_no,
)
from discussions.people import TenantId

V = TypeVar("V")

SETTING_NAMES = (
    "CHAIRSIDE_MODE",
    "CHAIRSIDE_APP_ID",
    "CHAIRSIDE_APP_SECRET",
    "CHAIRSIDE_TENANT_ID",
    "CHAIRSIDE_ALLOWED_TENANTS",
    "CHAIRSIDE_HOST",
    "CHAIRSIDE_PORT",
    "CHAIRSIDE_PUBLIC_URL",
    "CHAIRSIDE_PROXIES",
    "CHAIRSIDE_DATABASE_URL",
    "CHAIRSIDE_ENCRYPTION_KEYS",
    "CHAIRSIDE_PRACTICE",
    "CHAIRSIDE_DIRECTORY",
    "CHAIRSIDE_SLOT_FEEDS",
    "CHAIRSIDE_TICK_SECONDS",
    "CHAIRSIDE_SENDS_A_SECOND",
    "CHAIRSIDE_SMTP_URL",
    "CHAIRSIDE_TARGETED_MESSAGES",
    "CHAIRSIDE_GRAPH_ORGANISER",
    "CHAIRSIDE_GRAPH_APP_ID",
    "CHAIRSIDE_GRAPH_APP_SECRET",
    "CHAIRSIDE_GRAPH_TEAMS_APP",
    "CHAIRSIDE_GRAPH_AUTHORITY_URL",
    "CHAIRSIDE_GRAPH_URL",
    "CHAIRSIDE_AUTHORITY_URL",
    "CHAIRSIDE_OPENID_METADATA_URL",
    "CHAIRSIDE_TOKEN_ISSUER",
    "CHAIRSIDE_SERVICE_HOSTS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
)

LOCAL_HOST = "127.0.0.1"
THIS_MACHINE = "127.0.0.0/8,::1"
EVERY_INTERFACE = "0.0.0.0"
DEFAULT_PORT = 3978
DEFAULT_DATABASE_URL = "sqlite:///var/chairside.db"
DEFAULT_TICK_SECONDS = 15
SHORTEST_TICK_SECONDS = 1
LONGEST_TICK_SECONDS = 300
AUTHORITY_HOST = "https://login.microsoftonline.com"
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TOKEN_ISSUER = "https://api.botframework.com"
# The public cloud's connector, then GCC, GCC High and DoD.
SERVICE_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
DEMONSTRATION_TENANT = TenantId("11111111-aaaa-4bbb-8ccc-000000000001")
SQLITE = "sqlite:///"


class Mode(StrEnum):
    PRODUCTION = "production"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One missing or wrong setting. Never carries the value."""

    name: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what}. {self.mend}"


class BadSettings(Exception):
    """Every missing and wrong setting, so that nobody has to start the bot once for each."""

    def __init__(self, problems: list[SettingProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for as long as the process lives. Secrets stay out of `repr`, and so out of logs and tracebacks.

    `app_id` is None only in local mode: then tokens are neither asked for nor sent. `encryption_keys` is None only in
    local mode on SQLite: then a key file is kept beside `database_file`. `practice` None is the standard practice.
    `public_url` and `authority_url` end without a slash. `service_hosts` compare with a service address's host[:port].
    """

    mode: Mode
    app_id: str | None
    app_secret: str | None = field(repr=False)
    tenant_id: TenantId
    allowed_tenants: frozenset[TenantId]
    host: str
    port: int
    public_url: str
    proxies: tuple[IPv4Network | IPv6Network, ...]
    database_url: str = field(repr=False)
    encryption_keys: tuple[EncryptionKey, ...] | None = field(repr=False)
    practice: Path | None
    directory: Path | None
    slot_feeds: Path | None
    tick_seconds: int
    sends_a_second: int
    mail_server: MailServer | None
    targeted_messages: bool
    authority_url: str
    openid_metadata_url: str
    token_issuer: str
    service_hosts: frozenset[str]
    ca_bundle: Path | None
    graph: GraphSettings | None = None
    """None: no meetings are made."""

    @property
    def is_local(self) -> bool:
        return self.mode is Mode.LOCAL

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return find_database_file(self.database_url)


def find_database_file(database_url: str) -> Path | None:
    return Path(database_url.removeprefix(SQLITE)) if database_url.startswith(SQLITE) else None


class _Reading:
    """Takes one setting after another and keeps every problem met on the way."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[SettingProblem] = []

    def says(self, name: str) -> str | None:
        """The setting's text; None if it is not set. Blank is not set; quotes that an env file kept are taken off."""
        text = self._environment.get(name, "").strip()
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            text = text[1:-1].strip()
        return text or None

    def take(self, name: str, parse: Callable[[str], V], otherwise: V) -> V:
        """The parsed value; `otherwise` where it is not set or wrong, the latter noted."""
        text = self.says(name)
        if text is None:
            return otherwise
        try:
            return parse(text)
        except WrongValue as wrong:
            self.note(name, wrong.what, wrong.mend)
            return otherwise

    def need(self, name: str, mend: str, *, when: bool = True) -> None:
        if when and self.says(name) is None:
            self.note(name, "it is missing", mend)

    def note(self, name: str, what: str, mend: str) -> None:
        self.problems.append(SettingProblem(name, what, mend))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises BadSettings with every missing or wrong setting."""
    reading = _Reading(environment)
    mode = reading.take("CHAIRSIDE_MODE", _parse_mode, Mode.PRODUCTION)
    if not reading.problems:  # with a mode that is neither, what it needs is not known yet
        _note_what_is_missing(reading, mode)
    tenant = reading.take("CHAIRSIDE_TENANT_ID", parse_tenant, DEMONSTRATION_TENANT)
    port = reading.take("CHAIRSIDE_PORT", parse_port, DEFAULT_PORT)
    settings = Settings(
        mode=mode,
        app_id=reading.take("CHAIRSIDE_APP_ID", parse_guid, None),
        app_secret=reading.take("CHAIRSIDE_APP_SECRET", parse_text, None),
        tenant_id=tenant,
        allowed_tenants=reading.take("CHAIRSIDE_ALLOWED_TENANTS", parse_tenants, frozenset({tenant})) | {tenant},
        host=_take_host(reading, mode),
        port=port,
        public_url=reading.take("CHAIRSIDE_PUBLIC_URL", parse_address, f"http://{LOCAL_HOST}:{port}"),
        proxies=reading.take("CHAIRSIDE_PROXIES", parse_networks, parse_networks(THIS_MACHINE)),
        database_url=reading.take("CHAIRSIDE_DATABASE_URL", parse_database_address, DEFAULT_DATABASE_URL),
        encryption_keys=reading.take("CHAIRSIDE_ENCRYPTION_KEYS", parse_encryption_keys, None),
        practice=reading.take("CHAIRSIDE_PRACTICE", parse_path, None),
        directory=reading.take("CHAIRSIDE_DIRECTORY", parse_path, None),
        slot_feeds=reading.take("CHAIRSIDE_SLOT_FEEDS", parse_path, None),
        tick_seconds=reading.take("CHAIRSIDE_TICK_SECONDS", _parse_tick, DEFAULT_TICK_SECONDS),
        sends_a_second=reading.take("CHAIRSIDE_SENDS_A_SECOND", _parse_sends, SENT_A_SECOND),
        mail_server=reading.take("CHAIRSIDE_SMTP_URL", parse_mail_server, None),
        targeted_messages=reading.take("CHAIRSIDE_TARGETED_MESSAGES", parse_yes_no, False),
        authority_url=reading.take("CHAIRSIDE_AUTHORITY_URL", parse_authority, f"{AUTHORITY_HOST}/{tenant}"),
        openid_metadata_url=reading.take("CHAIRSIDE_OPENID_METADATA_URL", parse_address, OPENID_METADATA_URL),
        token_issuer=reading.take("CHAIRSIDE_TOKEN_ISSUER", _parse_issuer, TOKEN_ISSUER),
        service_hosts=reading.take("CHAIRSIDE_SERVICE_HOSTS", parse_service_hosts, SERVICE_HOSTS),
        ca_bundle=_take_ca_bundle(reading),
        graph=_take_graph(reading, tenant),
    )
    if reading.problems:
        raise BadSettings(sorted(reading.problems, key=lambda problem: SETTING_NAMES.index(problem.name)))
    return settings


def _note_what_is_missing(reading: _Reading, mode: Mode) -> None:
    in_production = mode is Mode.PRODUCTION
    has_app = reading.says("CHAIRSIDE_APP_ID") is not None
    has_secret = reading.says("CHAIRSIDE_APP_SECRET") is not None
    reading.need(
        "CHAIRSIDE_APP_ID",
        "Copy it from the bot's app registration, or set CHAIRSIDE_MODE=local to try Chairside on this machine.",
        when=in_production or has_secret,
    )
    reading.need(
        "CHAIRSIDE_APP_SECRET",
        "Make a client secret in the app registration; it is shown once.",
        when=in_production or has_app,
    )
    reading.need("CHAIRSIDE_TENANT_ID", "Copy the directory (tenant) id from the app registration.", when=in_production)
    reading.need(
        "CHAIRSIDE_PUBLIC_URL", "Write the https address under which people reach this service.", when=in_production
    )
    has_database_server = (reading.says("CHAIRSIDE_DATABASE_URL") or "").startswith("postgres")
    reading.need("CHAIRSIDE_ENCRYPTION_KEYS", KEY_MEND, when=in_production or has_database_server)


def _take_host(reading: _Reading, mode: Mode) -> str:
    if mode is Mode.PRODUCTION:
        return reading.take("CHAIRSIDE_HOST", parse_host, EVERY_INTERFACE)
    host = reading.take("CHAIRSIDE_HOST", parse_host, LOCAL_HOST)
    if not is_loopback(host):
        reading.note(
            "CHAIRSIDE_HOST",
            "local mode lets anybody in who reaches it, so it may listen on this machine alone",
            "Leave it out, or write 127.0.0.1; for the network use CHAIRSIDE_MODE=production.",
        )
    return host


def _take_graph(reading: _Reading, tenant: TenantId) -> GraphSettings | None:
    """With an organiser it is on. The app is the bot's own where no other is named."""
    organiser = reading.take("CHAIRSIDE_GRAPH_ORGANISER", parse_organiser, None)
    own = reading.says("CHAIRSIDE_APP_ID"), reading.says("CHAIRSIDE_APP_SECRET")
    other = (
        reading.take("CHAIRSIDE_GRAPH_APP_ID", parse_guid, None),
        reading.take("CHAIRSIDE_GRAPH_APP_SECRET", parse_text, None),
    )
    teams_app = reading.take("CHAIRSIDE_GRAPH_TEAMS_APP", parse_guid, None)
    url = reading.take("CHAIRSIDE_GRAPH_URL", parse_address, GRAPH_URL)
    own_authority = reading.says("CHAIRSIDE_AUTHORITY_URL") or f"{AUTHORITY_HOST}/{tenant}"
    authority = reading.take("CHAIRSIDE_GRAPH_AUTHORITY_URL", parse_authority, own_authority)
    if (other[0] is None) != (other[1] is None):
        name = "CHAIRSIDE_GRAPH_APP_SECRET" if other[1] is None else "CHAIRSIDE_GRAPH_APP_ID"
        reading.note(name, "it is missing", "An app id and its secret go together; leave both out for the bot's own.")
    app_id, secret = other if all(other) else own
    if organiser is None:
        return None
    if app_id is None or secret is None:
        mend = "Without an app there is no token for Microsoft Graph: leave the organiser out, or name an app."
        reading.note("CHAIRSIDE_GRAPH_ORGANISER", "it needs an app", mend)
        return None
    return GraphSettings(organiser, app_id, secret, authority, url, teams_app)


def _take_ca_bundle(reading: _Reading) -> Path | None:
    """OpenSSL's own name wins where both are set."""
    second = reading.take("REQUESTS_CA_BUNDLE", parse_path, None)
    return reading.take("SSL_CERT_FILE", parse_path, None) or second


def _parse_mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise WrongValue("it is neither production nor local", "Write one of the two, in lower case.") from None


def _parse_tick(text: str) -> int:
    return parse_whole_number(text, SHORTEST_TICK_SECONDS, LONGEST_TICK_SECONDS)


def _parse_sends(text: str) -> int:
    return parse_whole_number(text, 1, MOST_A_SECOND)


def _parse_issuer(text: str) -> str:
    """Tokens carry the issuer letter by letter, so nothing is taken off, not even a slash at the end."""
    parse_address(text)
    return text


def find_unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """Names that begin like ours and are none of ours: most likely misspelt, and so without effect."""
    return sorted(name for name in environment if name.startswith("CHAIRSIDE_") and name not in SETTING_NAMES)

"""The doctor: looks at the settings and at what they point to, and names each thing that is wrong with its mend."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from bot.graph.settings import GraphSettings
from bot.setting_values import MailServer
from bot.settings import SETTING_NAMES, BadSettings, Settings, find_unknown_settings, read_settings

# Tokens are taken with five minutes' leeway; a clock that is two minutes wrong is on its way there.
LARGEST_CLOCK_ERROR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands, and what to do about it where it is not as it should be."""

    subject: str
    ok: bool
    what: str
    mend: str | None = None

    def __str__(self) -> str:
        line = f"{'ok   ' if self.ok else 'WRONG'}  {self.subject}: {self.what}"
        return line if self.mend is None else f"{line}\n       → {self.mend}"


class Trouble(Exception):
    """Raised by a probe: what is wrong and, where the probe knows better than the check, the mend. Without secrets."""

    def __init__(self, what: str, mend: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Revisions:
    """The migration a database stands at (None: never migrated) and the one this Chairside needs."""

    found: str | None
    needed: str


class DatabaseProbe(Protocol):
    """Every question may raise Trouble, or whatever the database raises."""

    async def read_revisions(self, settings: Settings) -> Revisions: ...

    async def count_people(self, settings: Settings) -> int: ...

    async def count_unreadable(self, settings: Settings) -> int:
        """How many stored values were encrypted with a key that the settings do not hold."""


class FileProbe(Protocol):
    async def read_practice(self, path: Path | None) -> str:
        """The version of the practice, after reading it whole. Raises Trouble with the key path, line and mend."""

    async def count_feeds(self, path: Path, is_local: bool) -> int:
        """The calendars in the file of feeds, after reading it whole. Raises Trouble with the line and its mend."""

    async def check_readable(self, path: Path) -> None:
        """Raises Trouble or OSError."""


class NetworkProbe(Protocol):
    """Each raises Trouble when it does not succeed."""

    async def ask_for_token(self, settings: Settings) -> None: ...

    async def fetch_signing_keys(self, settings: Settings) -> str | None:
        """The issuer that the keys' own document names; None if it names none."""

    async def ask_the_time(self, settings: Settings) -> datetime | None:
        """The moment by the clock of the service that publishes the keys; None if it does not tell."""

    async def greet_mail_server(self, settings: Settings, mail_server: MailServer) -> None: ...

    async def look_into_calendar(self, settings: Settings, graph: GraphSettings) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the doctor can look at beside the settings. What is not handed in is not looked at."""

    database: DatabaseProbe | None = None
    files: FileProbe | None = None
    network: NetworkProbe | None = None


async def examine(environment: Mapping[str, str], outside: Outside, now: datetime) -> list[Finding]:
    """Every finding, in the order to mend them. With wrong settings nothing further is looked at."""
    findings = [_say_unknown(name) for name in find_unknown_settings(environment)]
    try:
        settings = read_settings(environment)
    except BadSettings as bad:
        return findings + [Finding(problem.name, False, problem.what, problem.mend) for problem in bad.problems]
    findings.append(Finding("settings", True, f"complete, for {settings.mode} mode"))
    if outside.files is not None:
        findings += await _examine_files(settings, outside.files)
    if outside.database is not None:
        findings += await _examine_database(settings, outside.database)
    if outside.network is not None:
        findings += await _examine_network(settings, outside.network, now)
    return findings


def report(findings: Sequence[Finding], say: Callable[[str], None]) -> int:
    """Says every finding; the exit code is 1 if any is wrong."""
    for finding in findings:
        say(str(finding))
    wrong = sum(not finding.ok for finding in findings)
    say("All is well." if not wrong else f"{wrong} thing{'' if wrong == 1 else 's'} to mend.")
    return 1 if wrong else 0


def _say_unknown(name: str) -> Finding:
    near = get_close_matches(name, SETTING_NAMES, n=1)
    mend = f"Did you mean {near[0]}?" if near else "Take it out; .env.example lists the settings there are."
    return Finding(name, False, "there is no such setting, so it has no effect", mend)


async def _try(subject: str, mend: str, look: Awaitable[Finding]) -> Finding:
    try:
        return await look
    except Exception as fault:
        return _say_fault(subject, mend, fault)


def _say_fault(subject: str, mend: str, fault: Exception) -> Finding:
    """A fault's own words may hold an address with its password, so only its kind is told."""
    if isinstance(fault, Trouble):
        return Finding(subject, False, fault.what, fault.mend or mend)
    return Finding(subject, False, f"cannot be looked at ({type(fault).__name__})", mend)


async def _examine_files(settings: Settings, files: FileProbe) -> list[Finding]:
    named = {
        "CHAIRSIDE_DIRECTORY": settings.directory,
        "SSL_CERT_FILE / REQUESTS_CA_BUNDLE": settings.ca_bundle,
    }
    findings = [
        await _try(name, "Check the path, and that the service's user may read it.", _check_file(name, path, files))
        for name, path in named.items()
        if path is not None
    ]
    if settings.slot_feeds is not None:
        mend = "Mend the file; `chairside slots feeds` tries each calendar."
        checking = _check_feeds(settings.slot_feeds, settings.is_local, files)
        findings.append(await _try("CHAIRSIDE_SLOT_FEEDS", mend, checking))
    mend = "Run `chairside practice check` on the file; leave CHAIRSIDE_PRACTICE out for the standard practice."
    return [*findings, await _try("practice", mend, _check_practice(settings.practice, files))]


async def _check_file(name: str, path: Path, files: FileProbe) -> Finding:
    await files.check_readable(path)
    return Finding(name, True, "readable")


async def _check_feeds(path: Path, is_local: bool, files: FileProbe) -> Finding:
    count = await files.count_feeds(path, is_local)
    return Finding("CHAIRSIDE_SLOT_FEEDS", True, f"{count} calendar{'' if count == 1 else 's'}")


async def _check_practice(path: Path | None, files: FileProbe) -> Finding:
    version = await files.read_practice(path)
    return Finding("practice", True, f"{'standard' if path is None else 'your own'}, version {version}")


async def _examine_database(settings: Settings, database: DatabaseProbe) -> list[Finding]:
    mend = "Check CHAIRSIDE_DATABASE_URL, that the database runs, and that its user may write."
    try:
        revisions = await database.read_revisions(settings)
    except Exception as fault:
        return [_say_fault("database", mend, fault)]
    first = _say_revision(settings, revisions)
    if revisions.found != revisions.needed:
        return [first]
    checks = (("directory", _check_people), ("encryption keys", _check_keys))
    return [first, *[await _try(subject, mend, check(settings, database)) for subject, check in checks]]


def _say_revision(settings: Settings, revisions: Revisions) -> Finding:
    if revisions.found == revisions.needed:
        return Finding("database", True, f"reachable, at migration {revisions.needed}")
    stands = "never migrated" if revisions.found is None else f"at migration {revisions.found}"
    if settings.is_local:
        return Finding("database", True, f"{stands}; that is done at start (local mode)")
    mend = f"Run `chairside migrate` to come to {revisions.needed}; `chairside backup` first if there is data in it."
    return Finding("database", False, f"reachable, but {stands}", mend)


async def _check_people(settings: Settings, database: DatabaseProbe) -> Finding:
    people = await database.count_people(settings)
    if people:
        return Finding("directory", True, f"{people} people")
    if settings.directory is not None:
        return Finding("directory", True, "nobody yet; imported from CHAIRSIDE_DIRECTORY at start")
    if settings.is_local:
        return Finding("directory", True, "nobody yet; the fictitious one is imported at start (local mode)")
    mend = "Run `chairside directory import FILE.csv`, or set CHAIRSIDE_DIRECTORY."
    return Finding("directory", False, "nobody is in it, so the bot would answer nobody", mend)


async def _check_keys(settings: Settings, database: DatabaseProbe) -> Finding:
    unreadable = await database.count_unreadable(settings)
    if not unreadable:
        return Finding("encryption keys", True, "open everything that is stored")
    mend = (
        "Put the missing key back at the end of CHAIRSIDE_ENCRYPTION_KEYS; without it this data cannot be read again."
    )
    return Finding("encryption keys", False, f"{unreadable} stored values are under a key that is not here", mend)


GRAPH_MEND = (
    "See Teams meetings in docs/operations.md: the consent for this one mailbox can take an hour or two to hold. "
    "Until then a link is pasted."
)


async def _examine_network(settings: Settings, network: NetworkProbe, now: datetime) -> list[Finding]:
    findings: list[Finding] = []
    if settings.app_id is None:
        findings.append(Finding("Microsoft", True, "no app id: tokens are neither asked for nor sent (local mode)"))
    else:
        findings += [await check for check in _list_microsoft_checks(settings, network, now)]
    if settings.graph is not None:
        findings.append(await _try("meetings", GRAPH_MEND, _check_meetings(settings, settings.graph, network)))
    if settings.mail_server is None:
        return [*findings, Finding("mail", True, "not set: who cannot be reached in Teams is shown as telephone")]
    mend = "Check host, port, user and password in CHAIRSIDE_SMTP_URL, and that the mail server takes our address."
    return [*findings, await _try("mail", mend, _check_mail(settings, settings.mail_server, network))]


def _list_microsoft_checks(settings: Settings, network: NetworkProbe, now: datetime) -> Iterable[Awaitable[Finding]]:
    token_mend = "Check CHAIRSIDE_AUTHORITY_URL, the app id and the secret (a secret has an end date), and the way out."
    keys_mend = "Check CHAIRSIDE_OPENID_METADATA_URL, and that this machine may reach its host."
    yield _try("token", token_mend, _check_token(settings, network))
    yield _try("signing keys", keys_mend, _check_signing_keys(settings, network))
    yield _try("clock", keys_mend, _check_clock(settings, network, now))


async def _check_token(settings: Settings, network: NetworkProbe) -> Finding:
    await network.ask_for_token(settings)
    return Finding("token", True, "the authority gives us one")


async def _check_signing_keys(settings: Settings, network: NetworkProbe) -> Finding:
    issuer = await network.fetch_signing_keys(settings)
    if issuer is None or issuer == settings.token_issuer:
        return Finding("signing keys", True, "published and readable")
    mend = "Make CHAIRSIDE_TOKEN_ISSUER and CHAIRSIDE_OPENID_METADATA_URL point at the same cloud."
    return Finding("signing keys", False, "published by another issuer than CHAIRSIDE_TOKEN_ISSUER", mend)


async def _check_clock(settings: Settings, network: NetworkProbe, now: datetime) -> Finding:
    theirs = await network.ask_the_time(settings)
    if theirs is None or abs(theirs - now) <= LARGEST_CLOCK_ERROR:
        return Finding("clock", True, "right")
    seconds = round(abs(theirs - now).total_seconds())
    way = "behind" if now < theirs else "ahead"
    return Finding("clock", False, f"{seconds} seconds {way}", "Let the machine's clock be set from the network (NTP).")


async def _check_meetings(settings: Settings, graph: GraphSettings, network: NetworkProbe) -> Finding:
    await network.look_into_calendar(settings, graph)
    return Finding("meetings", True, "Microsoft Graph lets us into the organiser's calendar")


async def _check_mail(settings: Settings, mail_server: MailServer, network: NetworkProbe) -> Finding:
    await network.greet_mail_server(settings, mail_server)
    return Finding("mail", True, f"the server takes us ({mail_server.security})")

"""The doctor: what it finds, in which order, with which mend, and that it repeats no secret."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.command_line.doctor import Finding, Outside, Revisions, Trouble, examine, report
from bot.graph.settings import GraphSettings
from bot.setting_values import MailServer
from bot.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "Wx9~never-to-be-seen"
PRODUCTION = {
    "CHAIRSIDE_APP_ID": "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb",
    "CHAIRSIDE_APP_SECRET": SECRET,
    "CHAIRSIDE_TENANT_ID": "cccccccc-1111-4222-8333-dddddddddddd",
    "CHAIRSIDE_ENCRYPTION_KEYS": "k1:" + base64.b64encode(b"k" * 32).decode(),
    "CHAIRSIDE_PUBLIC_URL": "https://chairside.example.org",
}
LOCAL = {"CHAIRSIDE_MODE": "local"}
WITH_MAIL = {**PRODUCTION, "CHAIRSIDE_SMTP_URL": "smtp://mail.example.org?from=c@example.org"}
NOTHING = Outside()
UP_TO_DATE = Revisions("0007", "0007")


@dataclass(frozen=True)
class HeldDatabase:
    revisions: Revisions = UP_TO_DATE
    people: int = 12
    unreadable: int = 0

    async def read_revisions(self, settings: Settings) -> Revisions:
        return self.revisions

    async def count_people(self, settings: Settings) -> int:
        return self.people

    async def count_unreadable(self, settings: Settings) -> int:
        return self.unreadable


class UnreachableDatabase(HeldDatabase):
    async def read_revisions(self, settings: Settings) -> Revisions:
        raise ConnectionError(f"postgresql://chairside:{SECRET}@db.example.org refused")


@dataclass(frozen=True)
class HeldFiles:
    missing: frozenset[Path] = frozenset()
    practice_trouble: Trouble | None = None

    async def read_practice(self, path: Path | None) -> str:
        if self.practice_trouble is not None:
            raise self.practice_trouble
        return "2026.1"

    async def count_feeds(self, path: Path, is_local: bool) -> int:
        await self.check_readable(path)
        return 2

    async def check_readable(self, path: Path) -> None:
        if path in self.missing:
            raise FileNotFoundError(path)


@dataclass(frozen=True)
class HeldNetwork:
    issuer: str | None = "https://api.botframework.com"
    time: datetime | None = NOW
    token_trouble: Trouble | None = None
    mail_trouble: Trouble | None = None

    async def ask_for_token(self, settings: Settings) -> None:
        if self.token_trouble is not None:
            raise self.token_trouble

    async def fetch_signing_keys(self, settings: Settings) -> str | None:
        return self.issuer

    async def ask_the_time(self, settings: Settings) -> datetime | None:
        return self.time

    async def greet_mail_server(self, settings: Settings, mail_server: MailServer) -> None:
        if self.mail_trouble is not None:
            raise self.mail_trouble

    async def look_into_calendar(self, settings: Settings, graph: GraphSettings) -> None:
        raise Trouble("Microsoft Graph does not let us into the organiser's calendar (ErrorAccessDenied)")


async def wrong_with(environment: dict[str, str], outside: Outside) -> list[Finding]:
    return [finding for finding in await examine(environment, outside, NOW) if not finding.ok]


async def subjects_of(environment: dict[str, str], outside: Outside) -> list[str]:
    return [finding.subject for finding in await examine(environment, outside, NOW)]


async def test_meetings_that_could_not_be_made_are_found_where_they_are_set_up() -> None:
    outside = Outside(network=HeldNetwork())
    [found] = await wrong_with({**PRODUCTION, "CHAIRSIDE_GRAPH_ORGANISER": "meetings@example.org"}, outside)

    assert found.subject == "meetings"
    assert "ErrorAccessDenied" in found.what


async def test_a_healthy_service_is_looked_at_whole_and_found_well() -> None:
    outside = Outside(database=HeldDatabase(), files=HeldFiles(), network=HeldNetwork())

    findings = await examine(WITH_MAIL, outside, NOW)

    assert all(finding.ok for finding in findings)
    assert [finding.subject for finding in findings] == [
        "settings",
        "practice",
        "database",
        "directory",
        "encryption keys",
        "token",
        "signing keys",
        "clock",
        "mail",
    ]


async def test_every_wrong_setting_is_a_finding_with_its_mend() -> None:
    findings = await examine({**PRODUCTION, "CHAIRSIDE_APP_ID": SECRET, "CHAIRSIDE_PUBLIC_URL": ""}, NOTHING, NOW)

    assert [finding.subject for finding in findings] == ["CHAIRSIDE_APP_ID", "CHAIRSIDE_PUBLIC_URL"]
    assert all(finding.mend and not finding.ok for finding in findings)


async def test_with_wrong_settings_nothing_else_is_looked_at() -> None:
    outside = Outside(database=UnreachableDatabase(), files=HeldFiles(), network=HeldNetwork())

    assert await subjects_of({**LOCAL, "CHAIRSIDE_PORT": "x"}, outside) == ["CHAIRSIDE_PORT"]


async def test_a_misspelt_setting_is_named_with_the_nearest_one() -> None:
    [finding] = await wrong_with({**LOCAL, "CHAIRSIDE_PROT": "4000"}, NOTHING)

    assert (finding.subject, finding.mend) == ("CHAIRSIDE_PROT", "Did you mean CHAIRSIDE_PORT?")


async def test_what_is_not_handed_in_is_not_looked_at() -> None:
    assert await subjects_of(LOCAL, NOTHING) == ["settings"]


async def test_an_unreachable_database_is_one_finding_without_its_password() -> None:
    [finding] = await wrong_with(LOCAL, Outside(database=UnreachableDatabase()))

    assert finding.subject == "database"
    assert "ConnectionError" in finding.what
    assert SECRET not in str(finding)


async def test_a_database_that_was_never_or_not_lately_migrated_is_told_so() -> None:
    [never] = await wrong_with(PRODUCTION, Outside(database=HeldDatabase(Revisions(None, "0007"))))
    [older] = await wrong_with(PRODUCTION, Outside(database=HeldDatabase(Revisions("0003", "0007"))))

    assert "never migrated" in never.what
    assert "0003" in older.what
    assert "chairside migrate" in str(older.mend)


async def test_an_empty_directory_is_wrong_unless_one_is_imported_at_start() -> None:
    empty = Outside(database=HeldDatabase(people=0))

    assert [finding.subject for finding in await wrong_with(PRODUCTION, empty)] == ["directory"]
    assert not await wrong_with({**PRODUCTION, "CHAIRSIDE_DIRECTORY": "people.csv"}, empty)


async def test_local_mode_has_nothing_to_mend_before_its_first_start() -> None:
    nothing_yet = Outside(database=HeldDatabase(Revisions(None, "0007"), people=0))
    empty = Outside(database=HeldDatabase(people=0))

    assert await subjects_of(LOCAL, nothing_yet) == ["settings", "database"]
    assert not await wrong_with(LOCAL, nothing_yet)
    assert not await wrong_with(LOCAL, empty)


async def test_values_under_a_missing_key_are_counted() -> None:
    [finding] = await wrong_with(LOCAL, Outside(database=HeldDatabase(unreadable=3)))

    assert finding.subject == "encryption keys"
    assert finding.what.startswith("3 ")


async def test_files_that_cannot_be_read_are_named_by_their_setting() -> None:
    environment = {**LOCAL, "CHAIRSIDE_DIRECTORY": "people.csv", "SSL_CERT_FILE": "own.pem"}

    [finding] = await wrong_with(environment, Outside(files=HeldFiles(missing=frozenset({Path("people.csv")}))))

    assert finding.subject == "CHAIRSIDE_DIRECTORY"


async def test_a_bad_practice_file_brings_its_own_mend() -> None:
    trouble = Trouble("line 12, agenda[3].minutes: is not a number", "Write minutes = 5.")

    [finding] = await wrong_with(LOCAL, Outside(files=HeldFiles(practice_trouble=trouble)))

    assert (finding.what, finding.mend) == (trouble.what, trouble.mend)


async def test_a_refused_token_gets_the_checks_own_mend() -> None:
    network = HeldNetwork(token_trouble=Trouble("the authority gives us none"))

    [finding] = await wrong_with(PRODUCTION, Outside(network=network))

    assert finding.subject == "token"
    assert "end date" in str(finding.mend)


async def test_keys_of_another_cloud_are_told_from_ours() -> None:
    [finding] = await wrong_with(PRODUCTION, Outside(network=HeldNetwork(issuer="https://api.botframework.us")))

    assert finding.subject == "signing keys"


async def test_a_clock_is_told_which_way_it_is_wrong() -> None:
    three_minutes = timedelta(minutes=3)
    [behind] = await wrong_with(PRODUCTION, Outside(network=HeldNetwork(time=NOW + three_minutes)))
    [ahead] = await wrong_with(PRODUCTION, Outside(network=HeldNetwork(time=NOW - three_minutes)))

    assert behind.what == "180 seconds behind"
    assert ahead.what == "180 seconds ahead"


async def test_a_clock_nobody_compares_with_is_not_blamed() -> None:
    assert not await wrong_with(PRODUCTION, Outside(network=HeldNetwork(time=None)))


async def test_without_an_app_id_microsoft_is_not_asked() -> None:
    network = HeldNetwork(token_trouble=Trouble("never to be asked"))

    assert await subjects_of(LOCAL, Outside(network=network)) == ["settings", "Microsoft", "mail"]
    assert not await wrong_with(LOCAL, Outside(network=network))


async def test_a_mail_server_that_refuses_us_is_a_finding() -> None:
    network = HeldNetwork(mail_trouble=Trouble("the server does not take our user and password"))

    [finding] = await wrong_with(WITH_MAIL, Outside(network=network))

    assert finding.subject == "mail"
    assert "CHAIRSIDE_SMTP_URL" in str(finding.mend)


def test_the_exit_code_and_the_last_line_say_whether_all_is_well() -> None:
    said: list[str] = []
    well, wrong = Finding("settings", True, "complete"), Finding("token", False, "none", "Mend it.")

    assert report([well], said.append) == 0
    assert report([well, wrong, wrong], said.append) == 1
    assert said[1] == "All is well."
    assert said[3].splitlines() == ["WRONG  token: none", "       → Mend it."]
    assert said[-1] == "2 things to mend."

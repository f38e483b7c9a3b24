"""Settings: what is read, what is refused, and that everything wrong is told at once without a secret."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from bot.setting_values import MailSecurity
from bot.settings import (
    DEMONSTRATION_TENANT,
    SERVICE_HOSTS,
    SETTING_NAMES,
    BadSettings,
    Mode,
    Settings,
    find_unknown_settings,
    read_settings,
)

APP = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"
TENANT = "cccccccc-1111-4222-8333-dddddddddddd"
PARTNER = "eeeeeeee-1111-4222-8333-ffffffffffff"
SECRET = "Wx9~never-to-be-seen"
NEW_KEY, OLD_KEY = (base64.b64encode(bytes([n]) * 32).decode() for n in (7, 8))
PRODUCTION = {
    "CHAIRSIDE_APP_ID": APP,
    "CHAIRSIDE_APP_SECRET": SECRET,
    "CHAIRSIDE_TENANT_ID": TENANT,
    "CHAIRSIDE_ENCRYPTION_KEYS": f"k2:{NEW_KEY},k1:{OLD_KEY}",
    "CHAIRSIDE_PUBLIC_URL": "https://chairside.example.org",
}
LOCAL = {"CHAIRSIDE_MODE": "local"}
EXAMPLE_FILE = Path(__file__).parents[2] / ".env.example"


def wrong_names(environment: dict[str, str]) -> list[str]:
    with pytest.raises(BadSettings) as refused:
        read_settings(environment)
    return [problem.name for problem in refused.value.problems]


def with_setting(name: str, value: str) -> Settings:
    return read_settings({**PRODUCTION, f"CHAIRSIDE_{name}": value})


def refuses(name: str, value: str) -> bool:
    return wrong_names({**PRODUCTION, f"CHAIRSIDE_{name}": value}) == [f"CHAIRSIDE_{name}"]


def test_production_holds_unless_local_is_asked_for() -> None:
    assert read_settings(PRODUCTION).mode is Mode.PRODUCTION
    assert read_settings(LOCAL).mode is Mode.LOCAL


def test_nothing_set_names_everything_production_needs_at_once() -> None:
    assert wrong_names({}) == [
        "CHAIRSIDE_APP_ID",
        "CHAIRSIDE_APP_SECRET",
        "CHAIRSIDE_TENANT_ID",
        "CHAIRSIDE_PUBLIC_URL",
        "CHAIRSIDE_ENCRYPTION_KEYS",
    ]


def test_missing_and_wrong_settings_are_told_together() -> None:
    environment = {**PRODUCTION, "CHAIRSIDE_APP_SECRET": " ", "CHAIRSIDE_PORT": "70000", "CHAIRSIDE_TICK_SECONDS": "0"}

    assert wrong_names(environment) == ["CHAIRSIDE_APP_SECRET", "CHAIRSIDE_PORT", "CHAIRSIDE_TICK_SECONDS"]


def test_an_unknown_mode_is_the_one_thing_told_about_it() -> None:
    assert wrong_names({"CHAIRSIDE_MODE": "Local"}) == ["CHAIRSIDE_MODE"]


def test_local_mode_needs_nothing_and_listens_on_this_machine() -> None:
    settings = read_settings(LOCAL)

    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.public_url == "http://127.0.0.1:3978"
    assert settings.app_id is None
    assert settings.encryption_keys is None
    assert settings.database_file == Path("var/chairside.db")
    assert settings.allowed_tenants == {DEMONSTRATION_TENANT}


def test_the_local_public_address_follows_the_port() -> None:
    assert read_settings({**LOCAL, "CHAIRSIDE_PORT": "4000"}).public_url == "http://127.0.0.1:4000"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_local_mode_takes_every_loopback_address(host: str) -> None:
    assert read_settings({**LOCAL, "CHAIRSIDE_HOST": host}).host in {"127.0.0.1", "::1", "localhost"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "example.org", "127.0.0.1.example.org", "not a host"])
def test_local_mode_refuses_to_listen_elsewhere(host: str) -> None:
    assert wrong_names({**LOCAL, "CHAIRSIDE_HOST": host}) == ["CHAIRSIDE_HOST"]


def test_local_mode_with_an_app_id_needs_its_secret_and_the_other_way_round() -> None:
    assert wrong_names({**LOCAL, "CHAIRSIDE_APP_ID": APP}) == ["CHAIRSIDE_APP_SECRET"]
    assert wrong_names({**LOCAL, "CHAIRSIDE_APP_SECRET": SECRET}) == ["CHAIRSIDE_APP_ID"]
    assert read_settings({**LOCAL, "CHAIRSIDE_APP_ID": APP, "CHAIRSIDE_APP_SECRET": SECRET}).app_secret == SECRET


def test_local_mode_on_postgresql_needs_keys_since_no_file_stands_beside_it() -> None:
    environment = {**LOCAL, "CHAIRSIDE_DATABASE_URL": "postgresql://chairside@127.0.0.1/chairside"}

    assert wrong_names(environment) == ["CHAIRSIDE_ENCRYPTION_KEYS"]


def test_production_has_the_defaults_of_the_public_cloud() -> None:
    settings = read_settings(PRODUCTION)

    assert settings.host == "0.0.0.0"
    assert settings.database_url == "sqlite:///var/chairside.db"
    assert settings.authority_url == f"https://login.microsoftonline.com/{TENANT}"
    assert settings.openid_metadata_url == "https://login.botframework.com/v1/.well-known/openidconfiguration"
    assert settings.token_issuer == "https://api.botframework.com"
    assert settings.service_hosts == SERVICE_HOSTS
    assert (settings.tick_seconds, settings.sends_a_second) == (15, 25)
    assert (settings.practice, settings.directory, settings.mail_server, settings.ca_bundle) == (None,) * 4


def test_blank_is_not_set_and_quotes_of_an_env_file_are_taken_off() -> None:
    assert with_setting("PORT", "  ").port == 3978
    assert with_setting("PORT", '"4000"').port == 4000


def test_our_own_tenant_is_always_allowed() -> None:
    settings = with_setting("ALLOWED_TENANTS", f" {PARTNER.upper()} , ")

    assert settings.allowed_tenants == {TENANT, PARTNER}


@pytest.mark.parametrize("value", ["common", f"{TENANT};{PARTNER}", "{" + TENANT + "}", TENANT[:-1]])
def test_a_tenant_that_is_no_id_is_refused(value: str) -> None:
    assert refuses("ALLOWED_TENANTS", value)
    assert refuses("TENANT_ID", value)
    assert refuses("APP_ID", value)


@pytest.mark.parametrize(
    "url",
    ["https://bots.example.org/chairside", "https://bots.example.org:8443", "http://127.0.0.1:3978", "http://[::1]"],
)
def test_public_addresses_are_https_or_on_this_machine(url: str) -> None:
    assert with_setting("PUBLIC_URL", url).public_url == url


def test_a_public_address_loses_its_last_slash() -> None:
    assert with_setting("PUBLIC_URL", "https://bots.example.org/").public_url == "https://bots.example.org"


@pytest.mark.parametrize(
    "url",
    [
        "http://chairside.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://0x7f.1",
        "https://user@example.org",
        "https://example.org?x=1",
        "https://example.org#x",
        "https://example.org?",
        "https://example.org:0",
        "https://example.org:",
        "https://example.org:99999",
        "https://exa mple.org",
        "https://exa\\mple.org",
        "https://exämple.org",
        "https://-example.org",
        "https:///path",
        "https://[::1",
        "ftp://example.org",
        "example.org",
        "javascript:alert(1)",
    ],
)
def test_loose_addresses_are_refused_everywhere(url: str) -> None:
    assert refuses("PUBLIC_URL", url)
    assert refuses("AUTHORITY_URL", url)
    assert refuses("OPENID_METADATA_URL", url)
    assert refuses("TOKEN_ISSUER", url)


def test_an_authority_needs_its_tenant_and_adfs_works() -> None:
    assert with_setting("AUTHORITY_URL", "https://fs.example.org/adfs").authority_url == "https://fs.example.org/adfs"
    assert refuses("AUTHORITY_URL", "https://login.microsoftonline.com/")


def test_an_issuer_is_kept_letter_by_letter() -> None:
    assert with_setting("TOKEN_ISSUER", "https://example.org/x/").token_issuer == "https://example.org/x/"


def test_service_hosts_are_named_as_they_stand_in_addresses() -> None:
    settings = with_setting("SERVICE_HOSTS", "SMBA.example.org:443, 127.0.0.1:4000,[::1]:4001")

    assert settings.service_hosts == {"smba.example.org", "127.0.0.1:4000", "[::1]:4001"}


@pytest.mark.parametrize(
    "value", ["https://smba.example.org", "smba.example.org/teams", "*.example.org", "a@b.org", "a b.org", ","]
)
def test_service_hosts_that_are_more_or_less_than_hosts_are_refused(value: str) -> None:
    assert refuses("SERVICE_HOSTS", value)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///var/chairside.db", Path("var/chairside.db")),
        ("sqlite:////srv/case work/x.db", Path("/srv/case work/x.db")),
        ("postgresql://chairside@db.example.org/chairside", None),
        ("postgresql://chairside:pa%40ss@db.example.org:5433/chairside?sslmode=require", None),
    ],
)
def test_plain_database_addresses_are_taken_as_written(url: str, file: Path | None) -> None:
    settings = with_setting("DATABASE_URL", url)

    assert (settings.database_url, settings.database_file) == (url, file)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///x.db?mode=memory",
        "sqlite:var/x.db",
        "postgres://u@h/n",
        "postgresql://h/n",
        "postgresql://u@h/",
        "postgresql://u@/n",
        "mysql://u@h/n",
        "var/x.db",
    ],
)
def test_other_databases_are_refused(url: str) -> None:
    assert refuses("DATABASE_URL", url)


@pytest.mark.parametrize("url", ["postgresql+asyncpg://u@h/n", "sqlite+aiosqlite:///x.db"])
def test_a_driver_in_the_database_address_is_refused_with_its_mend(url: str) -> None:
    with pytest.raises(BadSettings) as refused:
        with_setting("DATABASE_URL", url)

    assert "Leave out the +" in refused.value.problems[0].mend


def test_encryption_keys_stay_newest_first() -> None:
    keys = read_settings(PRODUCTION).encryption_keys

    assert keys is not None
    assert [(key.id, key.secret) for key in keys] == [("k2", b"\x07" * 32), ("k1", b"\x08" * 32)]


@pytest.mark.parametrize(
    "value",
    [
        NEW_KEY,
        "k1:",
        "k1:not base64!",
        f"k1:{NEW_KEY[:20]}",
        f":{NEW_KEY}",
        f"k 1:{NEW_KEY}",
        f"k1:{NEW_KEY},k1:{OLD_KEY}",
        ",",
        "k1:ünicode",
    ],
)
def test_other_encryption_keys_are_refused(value: str) -> None:
    assert refuses("ENCRYPTION_KEYS", value)


def test_mail_is_encrypted_unless_it_stays_on_this_machine() -> None:
    usual = with_setting("SMTP_URL", "smtp://us%40er:p%3Aw@mail.example.org?from=chairside@example.org").mail_server
    from_the_start = with_setting("SMTP_URL", "smtps://mail.example.org?from=c@example.org").mail_server
    here = with_setting("SMTP_URL", "smtp://127.0.0.1:2525?from=c@example.org&starttls=no").mail_server

    assert usual is not None
    assert (usual.user, usual.password, usual.port) == ("us@er", "p:w", 587)
    assert (usual.security, usual.sender) == (MailSecurity.STARTTLS, "chairside@example.org")
    assert from_the_start is not None
    assert (from_the_start.security, from_the_start.port) == (MailSecurity.TLS, 465)
    assert here is not None
    assert (here.security, here.port, here.user) == (MailSecurity.NONE, 2525, None)


@pytest.mark.parametrize(
    "value",
    [
        "smtp://mail.example.org",
        "smtp://mail.example.org?from=nobody",
        "smtp://mail.example.org?from=c@example.org&starttls=no",
        "smtp://mail.example.org?from=c@example.org&starttls=maybe",
        "smtps://mail.example.org?from=c@example.org&starttls=no",
        "smtp://mail.example.org?from=c@example.org&from=d@example.org",
        "smtp://mail.example.org?from=c@example.org&debug=1",
        "smtp://mail.example.org?from=c@example.org%0d%0aBcc:x@example.org",
        "smtp://user@mail.example.org?from=c@example.org",
        "http://mail.example.org?from=c@example.org",
        "mail.example.org",
    ],
)
def test_other_mail_servers_are_refused(value: str) -> None:
    assert refuses("SMTP_URL", value)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "+80", "8_0", "3978.0", "٣", "9" * 5000])
def test_a_port_is_a_plain_number_in_bounds(value: str) -> None:
    assert refuses("PORT", value)


@pytest.mark.parametrize("value", ["0", "301", "1.5", "soon"])
def test_a_tick_is_between_one_second_and_five_minutes(value: str) -> None:
    assert refuses("TICK_SECONDS", value)


@pytest.mark.parametrize("value", ["0", "51", "25.5", "all"])
def test_no_more_is_sent_in_a_second_than_teams_allows(value: str) -> None:
    assert refuses("SENDS_A_SECOND", value)


def test_either_name_of_the_certificate_file_is_honoured() -> None:
    second = {**PRODUCTION, "REQUESTS_CA_BUNDLE": "/etc/second.pem"}

    assert read_settings(second).ca_bundle == Path("/etc/second.pem")
    assert read_settings({**second, "SSL_CERT_FILE": "/etc/first.pem"}).ca_bundle == Path("/etc/first.pem")


def test_no_secret_is_shown_by_the_settings() -> None:
    shown = repr(
        read_settings(
            {
                **PRODUCTION,
                "CHAIRSIDE_DATABASE_URL": f"postgresql://u:{SECRET}@h/n",
                "CHAIRSIDE_SMTP_URL": f"smtp://u:{SECRET}@mail.example.org?from=c@example.org",
            }
        )
    )

    assert APP in shown
    assert SECRET not in shown
    assert NEW_KEY not in shown
    assert repr(b"\x07" * 32) not in shown


@pytest.mark.parametrize("name", [name for name in SETTING_NAMES if name.startswith("CHAIRSIDE_")])
def test_no_value_is_shown_by_a_refusal(name: str) -> None:
    """A secret may stand in the wrong setting, so no refusal repeats what it read."""
    with pytest.raises(BadSettings) as refused:
        read_settings({**PRODUCTION, name: f"{SECRET}\nx"})
    said = str(refused.value)

    assert name in said
    assert SECRET not in said


def test_misspelt_names_are_found() -> None:
    assert find_unknown_settings({"CHAIRSIDE_PROT": "1", "CHAIRSIDE_PORT": "1", "PATH": ""}) == ["CHAIRSIDE_PROT"]


def shown_in_example() -> dict[str, str]:
    return dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", EXAMPLE_FILE.read_text("utf-8"), re.MULTILINE))


def test_the_example_file_names_exactly_the_settings_there_are() -> None:
    assert set(shown_in_example()) == set(SETTING_NAMES)


def test_the_example_file_leaves_open_exactly_what_production_needs() -> None:
    left_open = {name for name, value in shown_in_example().items() if not value}

    assert left_open == set(wrong_names({}))


def test_the_example_file_shows_the_real_defaults() -> None:
    text = EXAMPLE_FILE.read_text("utf-8")
    defaults = {name: value for name, value in shown_in_example().items() if f"xample:\n# {name}=" not in text}

    assert read_settings({**defaults, **PRODUCTION}) == read_settings(PRODUCTION)


def test_every_line_of_the_example_file_can_be_read() -> None:
    assert read_settings({**shown_in_example(), **PRODUCTION}).mail_server is not None


def test_a_key_id_holds_no_dot_which_parts_the_id_from_what_it_sealed() -> None:
    assert refuses("ENCRYPTION_KEYS", f"k.1:{NEW_KEY}")

"""The grammar of each kind of setting: words in, a value out, or `WrongValue` with what is wrong and the mend."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from discussions.people import TenantId

GUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORGANISER_FORM = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+")
HOST_LABEL_FORM = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
KEY_ID_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
MAIL_ADDRESS_FORM = re.compile(r"[^\s@<>,;:\"\\]{1,64}@(?P<domain>[^\s@]{1,253})")

LONGEST_HOST_CHARACTERS = 253
HIGHEST_PORT = 65_535
ENCRYPTION_KEY_BYTES = 32
SMTP_PORTS = {"smtp": 587, "smtps": 465}

KEY_MEND = (
    'Make one with: echo "k1:$(openssl rand -base64 32)"; put a new key before the older ones, with a comma between.'
)
DATABASE_MEND = "Write sqlite:///var/chairside.db or postgresql://user@host/name; the driver is added by Chairside."
SMTP_MEND = (
    "Write smtp://user:password@mail.example.org:587?from=chairside@example.org, or smtps:// for TLS from the start."
)


class WrongValue(Exception):
    """Says what is wrong and the mend; never the value itself, which may be a secret put in the wrong place."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """One key of the ring: 32 bytes, under the id that is stored beside what it encrypted."""

    id: str
    secret: bytes = field(repr=False)


class MailSecurity(StrEnum):
    TLS = "TLS from the start"
    STARTTLS = "STARTTLS, refused without"
    NONE = "none, on this machine only"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `sender` is the address it is sent from."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def is_loopback(host: str) -> bool:
    """True for localhost and the loopback addresses, and for nothing that merely looks like them."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def parse_text(text: str) -> str:
    if not text.isprintable():
        raise WrongValue("it holds a line break or another unprintable character", "Write it on one line.")
    return text


def parse_path(text: str) -> Path:
    return Path(parse_text(text))


def parse_guid(text: str) -> str:
    lowered = text.lower()
    if not GUID_FORM.fullmatch(lowered):
        raise WrongValue(
            "it is not an id of the form 01234567-89ab-cdef-0123-456789abcdef",
            "Copy it from the app registration's overview page, without braces.",
        )
    return lowered


def parse_organiser(text: str) -> str:
    """The mailbox that meetings are made in: its address, or its object id."""
    if not GUID_FORM.fullmatch(text.lower()) and not ORGANISER_FORM.fullmatch(text):
        raise WrongValue("it is no mail address", "Write the mailbox's address, such as meetings@example.org.")
    return text


def parse_tenant(text: str) -> TenantId:
    return TenantId(parse_guid(text))


def parse_tenants(text: str) -> frozenset[TenantId]:
    return frozenset(parse_tenant(part) for part in _parts(text))


def parse_networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks with commas between."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(","))
    except ValueError:
        raise WrongValue(
            "one of them is no address and no network", "Write them with commas between: 127.0.0.0/8,10.1.2.3."
        ) from None


def parse_host(text: str) -> str:
    """A host name or an IP address, in lower case; an IPv6 address without its brackets."""
    host = text.lower()
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    labels = host.split(".")
    is_name = len(host) <= LONGEST_HOST_CHARACTERS and all(HOST_LABEL_FORM.fullmatch(label) for label in labels)
    if not is_name or labels[-1].isdigit():
        raise WrongValue("it is not a host name or an IP address", "Write a name such as chairside.example.org.")
    return host


def parse_yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in ("yes", "no"):
        raise WrongValue("it is neither yes nor no", "Write one of the two.")
    return word == "yes"


def parse_whole_number(text: str, lowest: int, highest: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(highest))) or not lowest <= int(text) <= highest:
        raise WrongValue(
            f"it is not a whole number from {lowest} to {highest}",
            "Write digits alone, or leave it out.",
        )
    return int(text)


def parse_port(text: str) -> int:
    return parse_whole_number(text, 1, HIGHEST_PORT)


def parse_address(text: str) -> str:
    """An https address, or an http one on loopback; as written, less a slash at its end."""
    parts = _split_address(text)
    if parts.scheme not in ("https", "http"):
        raise WrongValue("it is not an https address", "Begin it with https://.")
    if parts.username is not None or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise WrongValue("it has a user, a query or a fragment", "Write scheme, host, port and path alone.")
    if parts.scheme == "http" and not is_loopback(_host_of(parts)):
        raise WrongValue("it is http on a host that is not this machine", "Use https; http is for 127.0.0.1 alone.")
    return text.rstrip("/")


def parse_authority(text: str) -> str:
    """A token authority with its tenant (or `adfs`) as path."""
    address = parse_address(text)
    if not urlsplit(address).path.strip("/"):
        raise WrongValue(
            "it has no tenant at its end",
            "Write https://login.microsoftonline.com/TENANT-ID, or https://your-server/adfs.",
        )
    return address


def parse_service_hosts(text: str) -> frozenset[str]:
    """`host[:port]` each, lower case, as it stands in a service address; :443 is left off, as it is there."""
    hosts = frozenset(_parse_service_host(part) for part in _parts(text))
    if not hosts:
        raise WrongValue("it names no host", "Leave it out for Microsoft's own hosts.")
    return hosts


def _parse_service_host(text: str) -> str:
    if any(sign in text for sign in "/@?#\\"):
        raise WrongValue("a service host is not of the form host[:port]", "Leave out https:// and the path.")
    parts = _split_address(f"https://{text}")
    host = _host_of(parts)
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, 443) else f"{shown}:{parts.port}"


def parse_database_address(text: str) -> str:
    """`sqlite:///path` or `postgresql://user@host/name`, as written; both name one place that outlives the process."""
    scheme, _, rest = parse_text(text).partition("://")
    if "+" in scheme:
        raise WrongValue("it names a driver", f"Leave out the + and what follows it. {DATABASE_MEND}")
    if scheme == "sqlite":
        if not rest.startswith("/") or rest.endswith(("/", ":memory:")) or set(rest) & {"?", "#"}:
            raise WrongValue("it names no SQLite file that is kept", DATABASE_MEND)
    elif scheme == "postgresql":
        parts = _split_address(text)
        if not parts.username or not parts.path.strip("/") or parts.fragment:
            raise WrongValue("the user or the database name is missing", DATABASE_MEND)
    else:
        raise WrongValue("it is neither sqlite:// nor postgresql://", DATABASE_MEND)
    return text


def parse_encryption_keys(text: str) -> tuple[EncryptionKey, ...]:
    """Newest first: the first one encrypts, all of them decrypt."""
    keys = tuple(_parse_encryption_key(part) for part in _parts(text))
    if not keys:
        raise WrongValue("it holds no key", KEY_MEND)
    if len({key.id for key in keys}) < len(keys):
        raise WrongValue("two keys have the same id", "Give each key an id of its own, such as k1 and k2.")
    return keys


def _parse_encryption_key(text: str) -> EncryptionKey:
    key_id, colon, encoded = text.partition(":")
    if not colon or not KEY_ID_FORM.fullmatch(key_id):
        raise WrongValue("a key is not of the form id:base64 of 32 bytes", KEY_MEND)
    try:
        secret = base64.b64decode(encoded, validate=True)
    except ValueError:  # not ASCII, or binascii.Error
        raise WrongValue("what follows a key's id is not base64", KEY_MEND) from None
    if len(secret) != ENCRYPTION_KEY_BYTES:
        raise WrongValue(f"a key has {len(secret)} bytes instead of {ENCRYPTION_KEY_BYTES}", KEY_MEND)
    return EncryptionKey(key_id, secret)


def parse_mail_server(text: str) -> MailServer:
    """`smtp[s]://[user:password@]host[:port]?from=address[&starttls=yes|no]`, user and password percent-encoded."""
    parts = _split_address(text)
    if parts.scheme not in SMTP_PORTS or parts.path.strip("/") or parts.fragment:
        raise WrongValue("it is not an smtp:// or smtps:// address", SMTP_MEND)
    if (parts.username is None) is not (parts.password is None):
        raise WrongValue("it has a user without a password, or the other way round", SMTP_MEND)
    options = _read_mail_options(parts)
    return MailServer(
        host=_host_of(parts),
        port=parts.port or SMTP_PORTS[parts.scheme],
        security=_read_mail_security(parts, options.get("starttls")),
        sender=_parse_mail_address(options.get("from", "")),
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
    )


def _read_mail_options(parts: SplitResult) -> dict[str, str]:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(pairs)
    if len(options) < len(pairs) or not options.keys() <= {"from", "starttls"}:
        raise WrongValue("after the ? stands something other than one from= and one starttls=", SMTP_MEND)
    return options


def _read_mail_security(parts: SplitResult, starttls: str | None) -> MailSecurity:
    if starttls not in (None, "yes", "no") or (parts.scheme == "smtps" and starttls is not None):
        raise WrongValue("starttls is not yes or no, or stands beside smtps", "Leave starttls out: yes is the default.")
    if parts.scheme == "smtps":
        return MailSecurity.TLS
    if starttls == "no":
        if not is_loopback(_host_of(parts)):
            raise WrongValue("mail would leave this machine unencrypted", "Leave out starttls=no, or use smtps://.")
        return MailSecurity.NONE
    return MailSecurity.STARTTLS


def _parse_mail_address(text: str) -> str:
    found = MAIL_ADDRESS_FORM.fullmatch(text)
    if not found or not text.isprintable():
        raise WrongValue("from= is missing or not a mail address", SMTP_MEND)
    parse_host(found["domain"])
    return text


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in text.split(",")) if part]


def _split_address(text: str) -> SplitResult:
    """Splits strictly: what browsers and libraries would quietly mend or read differently is refused."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        raise WrongValue("it holds a blank, a backslash or a character that is not plain", "Write a plain address.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise WrongValue("its host or port cannot be read", "Write scheme://host:port/path.") from None
    if port == 0 or parts.netloc.endswith(":"):
        raise WrongValue("its port is missing or 0", f"Write a port from 1 to {HIGHEST_PORT}, or leave out the colon.")
    parse_host(_host_of(parts))
    return parts


def _host_of(parts: SplitResult) -> str:
    return parts.hostname or ""

"""The key ring: encrypts what is personal so that it opens only in its own row, and hashes what must be found again."""

from __future__ import annotations

import hmac
import os
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
_VERSION = "v1"
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class BadKeys(ValueError):
    """The setting can't be taken. The sentence never repeats key material."""


class CannotOpen(Exception):
    """A kept value does not open: its key is not on the ring, or it was moved or changed."""


class Keyring:
    """AES-GCM keys: the newest seals, all open. A token reads `v1.<key id>.<base64 of nonce and text>`."""

    __slots__ = ("_ciphers", "_hash_keys", "_prefix", "newest")

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise BadKeys("At least one encryption key is needed.")
        self._ciphers = {name: AESGCM(secret) for name, secret in keys.items()}
        self._hash_keys = {name: _hash_key(secret) for name, secret in keys.items()}
        self.newest = next(iter(keys))
        self._prefix = f"{_VERSION}.{self.newest}."

    @classmethod
    def from_setting(cls, setting: str) -> Keyring:
        """Reads `id:base64 of 32 bytes`, comma-separated, newest first. Raises BadKeys."""
        keys: dict[str, bytes] = {}
        for number, part in enumerate((p for p in setting.split(",") if p.strip()), start=1):
            name, secret = _read_key(part.strip(), number)
            if name in keys:
                raise BadKeys(f"The key id {name!r} is given twice.")
            keys[name] = secret
        return cls(keys)

    def seal(self, plain: str, table: str, column: str, row: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self.newest].encrypt(nonce, plain.encode(), _place(table, column, row))
        return self._prefix + b64encode(nonce + sealed).decode("ascii")

    def open(self, token: str, table: str, column: str, row: str) -> str:
        """Raises CannotOpen for a token that was sealed for another row, column or table."""
        try:
            version, name, body = token.split(".", 2)
            raw = b64decode(body)
            if version != _VERSION:
                raise CannotOpen(f"A value of {table}.{column} is kept in an unknown form.")
            plain = self._ciphers[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(table, column, row))
        except KeyError:
            raise CannotOpen(f"The key of a value of {table}.{column} is not on the ring.") from None
        except (InvalidTag, ValueError):
            raise CannotOpen(f"A value of {table}.{column} does not open in its row.") from None
        return plain.decode()

    def is_sealed_with_newest(self, token: str) -> bool:
        return token.startswith(self._prefix)

    def fingerprint(self, purpose: str, plain: str) -> str:
        """A keyed hash `<key id>.<hex>` under the newest key; the purpose keeps equal words of two columns apart."""
        return self._fingerprint(self.newest, purpose, plain)

    def fingerprints(self, purpose: str, plain: str) -> Sequence[str]:
        """The hashes under every key, newest first: a lookup asks for any of them while keys are being turned."""
        return [self._fingerprint(name, purpose, plain) for name in self._hash_keys]

    def _fingerprint(self, name: str, purpose: str, plain: str) -> str:
        digest = hmac.new(self._hash_keys[name], f"{purpose}|{plain}".encode(), sha256).hexdigest()
        return f"{name}.{digest}"


def _place(table: str, column: str, row: str) -> bytes:
    return f"{table}|{column}|{row}".encode()


def _hash_key(secret: bytes) -> bytes:
    # Derived, so that the key that encrypts is never the key that hashes.
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"chairside fingerprints").derive(secret)


def _read_key(part: str, number: int) -> tuple[str, bytes]:
    name, colon, encoded = part.partition(":")
    if not colon or not _KEY_ID.fullmatch(name):
        raise BadKeys(f"Key {number} must read id:base64, with an id of letters, digits, - and _.")
    try:
        secret = b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        raise BadKeys(f"Key {name!r} is not base64.") from None
    if len(secret) != KEY_BYTES:
        raise BadKeys(f"Key {name!r} holds {len(secret)} bytes; it must hold {KEY_BYTES}.")
    return name, secret

"""The channel's public keys: fetched from its OpenID metadata, kept for a day, and again when a key turns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.teams.turned_away import TurnedAway
from bot.teams.wire import FetchFailed, fetch_document

KEYS_ARE_FRESH_FOR = timedelta(days=1)
ONE_MORE_FETCH_EVERY = timedelta(seconds=10)
MOST_FETCHES_AT_ONCE = 3
SMALLEST_KEY_BITS = 2048

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SigningKey:
    public_key: RSAPublicKey
    endorsements: frozenset[str]


class Allowance:
    """So many fetches at once, then one more every ten seconds.

    A turned key therefore works at once, also right after another fetch, and a flood of made-up key ids costs the
    identity provider six requests a minute.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._left = float(MOST_FETCHES_AT_ONCE)
        self._counted_at: datetime | None = None

    def take(self) -> bool:
        now = self._now()
        if self._counted_at is not None:
            earned = max(0.0, (now - self._counted_at) / ONE_MORE_FETCH_EVERY)
            self._left = min(float(MOST_FETCHES_AT_ONCE), self._left + earned)
        self._counted_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class SigningKeys:
    """Keys by their id. One fetch runs at a time, whoever waits; while it fails, the keys we know go on working."""

    def __init__(self, session: aiohttp.ClientSession, metadata_url: str, now: Callable[[], datetime]) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._now = now
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._last_fetch_failed = False
        self._allowance = Allowance(now)
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """None if the provider does not know the key; TurnedAway (503) if it cannot be asked."""
        key = self._keys.get(key_id)
        if key is not None:
            if self._are_stale():
                self._start_fetching()
            return key
        task = self._start_fetching()
        if task is not None:
            await asyncio.shield(task)
        key = self._keys.get(key_id)
        if key is None and self._last_fetch_failed:
            raise TurnedAway(
                HTTPStatus.SERVICE_UNAVAILABLE, "signing keys cannot be had", int(ONE_MORE_FETCH_EVERY.total_seconds())
            )
        return key

    async def fetch(self) -> None:
        """Gets the keys now, if the allowance lets us."""
        task = self._start_fetching()
        if task is not None:
            await asyncio.shield(task)

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _are_stale(self) -> bool:
        return self._fetched_at is not None and self._now() - self._fetched_at > KEYS_ARE_FRESH_FOR

    def _start_fetching(self) -> asyncio.Task[None] | None:
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if not self._allowance.take():
            return None
        self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        try:
            metadata = await fetch_document(self._session, self._metadata_url)
            document = await fetch_document(self._session, str(metadata.get("jwks_uri")))
            keys = read_keys(document)
            if not keys:
                raise FetchFailed("no usable key in the document")
        except FetchFailed as fault:
            self._last_fetch_failed = True
            _log.warning("signing keys could not be fetched: %s", fault)
            return
        self._keys, self._fetched_at, self._last_fetch_failed = keys, self._now(), False


def read_keys(document: dict[str, Any]) -> dict[str, SigningKey]:
    """The RSA signing keys of a JWKS document by id; what cannot be used is left out."""
    listed = document.get("keys")
    found: dict[str, SigningKey] = {}
    for entry in listed if isinstance(listed, list) else []:
        key = _read_key(entry) if isinstance(entry, dict) else None
        if key is not None:
            found[entry["kid"]] = key
    return found


def _read_key(entry: dict[str, Any]) -> SigningKey | None:
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig" or not isinstance(entry.get("kid"), str):
        return None
    try:
        key = RSAAlgorithm.from_jwk({name: entry[name] for name in ("kty", "n", "e")})
    except (jwt.PyJWTError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY_BITS:
        return None
    endorsements = entry.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else []
    return SigningKey(key, frozenset(name for name in names if isinstance(name, str)))

"""Is the caller the channel? Checks an incoming bearer token: RS256 alone, key, issuer, audience, time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from bot.teams.signing_keys import SigningKey, SigningKeys
from bot.teams.turned_away import not_known

LEEWAY = timedelta(seconds=300)
VERDICT_IS_KEPT_FOR = timedelta(minutes=10)
MOST_VERDICTS_KEPT = 1000
LONGEST_TOKEN = 8000

_NO_CHECKS = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}


@dataclass(frozen=True, slots=True)
class Caller:
    """What a verified token says. It holds for one service URL and for the channels its key is endorsed for."""

    service_url: str | None
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Verdict:
    caller: Caller
    not_before: float
    not_after: float


class IncomingTokens:
    """Keeps a verdict as long as its token lives, ten minutes at most: the channel sends one token many times."""

    def __init__(self, keys: SigningKeys, app_id: str, issuer: str, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._app_id = app_id
        self._issuer = issuer
        self._now = now
        self._verdicts: dict[bytes, _Verdict] = {}

    async def check(self, authorization: str | None) -> Caller:
        """Who calls; TurnedAway with 401 if the token is no good, with 503 if that cannot be found out."""
        token = take_bearer(authorization)
        digest = hashlib.sha256(token.encode("ascii")).digest()
        seconds = self._now().timestamp()
        verdict = self._verdicts.get(digest)
        if verdict is not None and verdict.not_before <= seconds < verdict.not_after:
            return verdict.caller
        verdict = await self._verify(token, seconds)
        self._keep(digest, verdict)
        return verdict.caller

    async def _verify(self, token: str, seconds: float) -> _Verdict:
        key_id = read_key_id(token)
        # Claims first, though nobody has vouched for them yet: a token that is wrong anyway fetches no keys.
        self._read_claims(token, None, seconds)
        key = await self._keys.find(key_id)
        if key is None:
            raise not_known("key is not the channel's")
        claims = self._read_claims(token, key, seconds)
        service_url = claims.get("serviceurl")
        caller = Caller(service_url if isinstance(service_url, str) else None, key.endorsements)
        starts, ends = time_window(claims)
        return _Verdict(caller, starts, min(ends, seconds + VERDICT_IS_KEPT_FOR.total_seconds()))

    def _read_claims(self, token: str, key: SigningKey | None, seconds: float) -> Mapping[str, Any]:
        claims = decode(token, key)
        if claims.get("iss") != self._issuer:
            raise not_known("issuer")
        if claims.get("aud") != self._app_id:
            raise not_known("audience")
        starts, ends = time_window(claims)
        if not starts <= seconds < ends:
            raise not_known("token is not of this time")
        return claims

    def _keep(self, digest: bytes, verdict: _Verdict) -> None:
        while len(self._verdicts) >= MOST_VERDICTS_KEPT:
            del self._verdicts[next(iter(self._verdicts))]
        self._verdicts[digest] = verdict


def take_bearer(authorization: str | None) -> str:
    if authorization is None:
        raise not_known("no authorization")
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        raise not_known("no bearer token")
    if not token.isascii() or token.count(".") != 2:
        raise not_known("not a token")
    return token


def read_key_id(token: str) -> str:
    """The id of the key that the token says it is signed with; anything but RS256 ends here."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise not_known("token header cannot be read") from None
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str) or "crit" in header:
        raise not_known("algorithm or key id")
    return key_id


def decode(token: str, key: SigningKey | None) -> Mapping[str, Any]:
    """The claims; without a key nothing has been verified. Times are checked by us, against the clock handed in."""
    try:
        if key is None:
            options = {"verify_signature": False, **_NO_CHECKS}
            claims = jwt.decode(token, options=options)  # type: ignore[arg-type]
        else:
            claims = jwt.decode(token, key.public_key, algorithms=["RS256"], options=_NO_CHECKS)  # type: ignore[arg-type]
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise not_known("token cannot be verified") from None
    if not isinstance(claims, dict):
        raise not_known("claims")
    return claims


def time_window(claims: Mapping[str, Any]) -> tuple[float, float]:
    """From when until when the token counts, in seconds since 1970, leeway included. `exp` must be there."""
    leeway = LEEWAY.total_seconds()
    starts, ends = claims.get("nbf", -math.inf), claims.get("exp")
    for moment in (starts, ends):
        if isinstance(moment, bool) or not isinstance(moment, int | float) or moment != moment:
            raise not_known("times")
    try:
        return float(starts) - leeway, float(ends) + leeway  # type: ignore[arg-type]
    except OverflowError:
        raise not_known("times") from None

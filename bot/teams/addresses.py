"""Which addresses we may speak to: https only, except on this machine, and only hosts that were named."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

from yarl import URL

from bot.setting_values import is_loopback

MOST_KEPT = 256
"""The channel has a handful of addresses, and each is looked at several times a turn."""
_DEFAULT_PORTS = {"https": 443, "http": 80}


def is_safe_url(url: str) -> bool:
    """True for https anywhere and http on this machine, with nothing odd in it (user, query, dot segments)."""
    return _split_safely(url) is not None


class ServiceHosts:
    """The hosts of the channel. A forged or edited service URL would otherwise get our bearer token and our words."""

    def __init__(self, hosts: Iterable[str], *, loopback_too: bool) -> None:
        self._hosts = frozenset(host.strip().lower() for host in hosts)
        self._loopback_too = loopback_too

    def may_be_spoken_to(self, url: str) -> bool:
        parts = _split_safely(url)
        if parts is None or parts.hostname is None:
            return False
        if self._loopback_too and is_loopback(parts.hostname):
            return True
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        default = _DEFAULT_PORTS[parts.scheme]
        names = {f"{host}:{parts.port or default}"}
        if (parts.port or default) == default:
            names.add(host)
        return not names.isdisjoint(self._hosts)


def join_service_url(base: str, *segments: str) -> URL:
    """The base as Teams wrote it (a path and a trailing slash are usual), then the segments, each quoted whole."""
    path = "/".join(_quote_whole(segment) for segment in segments)
    return URL(f"{base.rstrip('/')}/{path}", encoded=True)


def _quote_whole(segment: str) -> str:
    """Dots alone would climb up the path, so they are quoted too."""
    return quote(segment, safe="") if segment.strip(".") else segment.replace(".", "%2E")


@lru_cache(maxsize=MOST_KEPT)
def _split_safely(url: str) -> SplitResult | None:
    if any(sign <= " " or sign in '\\"<>\x7f' for sign in url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.username is not None or parts.query or parts.fragment or "/.." in parts.path:
        return None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return parts if is_safe else None

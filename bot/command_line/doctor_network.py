"""The doctor's looks at the network: by the same parts that the bot speaks to Microsoft and to the mail server with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
import aiosmtplib

from bot.command_line.doctor import Trouble
from bot.graph.client import open_graph
from bot.graph.outcome import GraphKind
from bot.graph.settings import GraphSettings
from bot.sending.smtp import connect_to
from bot.setting_values import MailSecurity, MailServer
from bot.settings import Settings
from bot.teams.signing_keys import read_keys
from bot.teams.tokens_out import NoToken, OutgoingTokens
from bot.teams.wire import FETCH_TIMEOUT, FetchFailed, fetch_document, make_ssl_context, open_session

MAIL_TIMEOUT_SECONDS = 10


class Network:
    """Fulfils `NetworkProbe`. `now` is the clock that a token's lifetime is counted by."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    async def ask_for_token(self, settings: Settings) -> None:
        if settings.app_id is None or settings.app_secret is None:
            raise Trouble("there is no app id to ask with")
        async with _session(settings) as session:
            tokens = OutgoingTokens(session, settings.authority_url, settings.app_id, settings.app_secret, self._now)
            try:
                await tokens.get()
            except NoToken as refused:
                raise Trouble(f"the authority gives us none: {refused}") from None
            finally:
                await tokens.close()

    async def fetch_signing_keys(self, settings: Settings) -> str | None:
        async with _session(settings) as session:
            try:
                metadata = await fetch_document(session, settings.openid_metadata_url)
                keys = read_keys(await fetch_document(session, str(metadata.get("jwks_uri"))))
            except FetchFailed as failed:
                status = "" if failed.status is None else f" ({failed.status})"
                raise Trouble(f"cannot be fetched: {failed}{status}") from None
        if not keys:
            raise Trouble("the document holds no usable key")
        issuer = metadata.get("issuer")
        return issuer if isinstance(issuer, str) else None

    async def ask_the_time(self, settings: Settings) -> datetime | None:
        async with _session(settings) as session:
            try:
                async with session.head(
                    settings.openid_metadata_url, allow_redirects=False, timeout=FETCH_TIMEOUT
                ) as answer:
                    return _read_moment(answer.headers.get("Date"))
            except (aiohttp.ClientError, TimeoutError, OSError) as fault:
                raise Trouble(f"nobody to compare with ({type(fault).__name__})") from None

    async def greet_mail_server(self, settings: Settings, mail_server: MailServer) -> None:
        """Connects, turns TLS on as the setting says, and signs in; sends nothing."""
        is_plain = mail_server.security is MailSecurity.NONE
        tls = None if is_plain else make_ssl_context(_bundle(settings))
        client = connect_to(mail_server, tls, MAIL_TIMEOUT_SECONDS)
        try:
            async with client:
                await client.noop()
        except aiosmtplib.SMTPAuthenticationError:
            raise Trouble("the server does not take our user and password") from None
        except (aiosmtplib.SMTPException, OSError) as fault:
            raise Trouble(f"the server does not take us ({type(fault).__name__})") from None

    async def look_into_calendar(self, settings: Settings, graph: GraphSettings) -> None:
        async with _session(settings) as session:
            client = open_graph(graph, session, self._now)
            assert client is not None, "the settings are there"
            try:
                seen = await client.look()
            finally:
                await client.close()
        if seen.kind is not GraphKind.DONE:
            raise Trouble(f"Microsoft Graph does not let us into the organiser's calendar ({seen.code})")


@asynccontextmanager
async def _session(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session(_bundle(settings)) as session:
        yield session


def _bundle(settings: Settings) -> str | None:
    return None if settings.ca_bundle is None else str(settings.ca_bundle)


def _read_moment(date: str | None) -> datetime | None:
    """The moment of a Date header, which is in GMT by definition."""
    try:
        return None if date is None else parsedate_to_datetime(date).replace(tzinfo=UTC)
    except ValueError:
        return None

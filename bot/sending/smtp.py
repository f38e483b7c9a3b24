"""Hands mail to the mail server of the settings. Imported only where there is one."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime

import aiosmtplib

from bot.sending.mail import MailKind, MailLetter, MailOutcome, write
from bot.setting_values import MailSecurity, MailServer

MAIL_TIMEOUT_SECONDS = 15


class MailBySmtp:
    """Each mail over a connection of its own: there are few, and none may hold another up."""

    def __init__(self, server: MailServer, tls: Callable[[], ssl.SSLContext], now: Callable[[], datetime]) -> None:
        self._server = server
        self._tls = tls
        self._now = now

    async def send(self, letter: MailLetter) -> MailOutcome:
        client = connect_to(self._server, None if self._server.security is MailSecurity.NONE else self._tls())
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException as fault:
            return refused_with(fault.code)
        except (aiosmtplib.SMTPException, OSError) as fault:
            return MailOutcome(MailKind.LATER, type(fault).__name__)
        try:
            return await self._hand_over(client, letter)
        finally:
            client.close()

    async def _hand_over(self, client: aiosmtplib.SMTP, letter: MailLetter) -> MailOutcome:
        message = write(letter, self._server.sender, self._now())
        try:
            await client.send_message(message, sender=self._server.sender, recipients=[letter.to])
        except aiosmtplib.SMTPRecipientsRefused as fault:
            return refused_with(fault.recipients[0].code)
        except aiosmtplib.SMTPResponseException as fault:
            return refused_with(fault.code)
        except (aiosmtplib.SMTPException, OSError) as fault:
            return MailOutcome(MailKind.UNKNOWN, type(fault).__name__)
        return MailOutcome(MailKind.TAKEN)


def connect_to(
    server: MailServer, tls: ssl.SSLContext | None, seconds: float = MAIL_TIMEOUT_SECONDS
) -> aiosmtplib.SMTP:
    """A client as the setting says, not connected yet; it waits for the server that long at each step."""
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security is MailSecurity.TLS,
        start_tls=server.security is MailSecurity.STARTTLS,
        tls_context=tls,
        timeout=seconds,
    )


def refused_with(code: int) -> MailOutcome:
    """4xx is for now, 5xx for good."""
    return MailOutcome(MailKind.LATER if 400 <= code < 500 else MailKind.REFUSED, str(code))

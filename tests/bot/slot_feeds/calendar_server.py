"""A calendar server of our own, over real HTTP, that can misbehave in every way a calendar server does."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
CALENDAR = "text/calendar"
TAG = '"one"'


def event(starts: str, uid: str = "one", *more: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{starts}", "DURATION:PT1H", *more, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:rota", *parts, "END:VCALENDAR", "")).encode()


ONE = calendar(event("20261203T140000Z"))


@dataclass
class CalendarServer:
    """`answer` is what it does next; `asked` is what it was asked with."""

    address: str = ""
    asked: list[web.Request] = field(default_factory=list)
    content: bytes = ONE
    answer: Answer | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if self.answer is not None:
            return await self.answer(request)
        if request.headers.get("If-None-Match") == TAG:
            return web.Response(status=304, headers={"ETag": TAG})
        return web.Response(body=self.content, content_type=CALENDAR, headers={"ETag": TAG})


def answering(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return answer


async def answer_slowly(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def answer_drop_by_drop(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": CALENDAR})
    await response.prepare(request)
    for _ in range(1000):
        await response.write(b"X")
        await asyncio.sleep(0.02)
    return response


async def answer_without_end(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": CALENDAR})
    await response.prepare(request)
    while True:
        await response.write(b"X-FILLER:" + b"x" * 65536)


async def answer_half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": CALENDAR, "Content-Length": str(len(ONE))})
    await response.prepare(request)
    await response.write(ONE[: len(ONE) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


async def answer_and_hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@asynccontextmanager
async def calendar_server(tls: ssl.SSLContext | None = None) -> AsyncIterator[CalendarServer]:
    server = CalendarServer()
    app = web.Application()
    app.router.add_get("/{rest:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    scheme = "https" if tls else "http"
    server.address = f"{scheme}://127.0.0.1:{runner.addresses[0][1]}/calendar.ics"
    try:
        yield server
    finally:
        await runner.cleanup()


def make_certificate(folder: Path, now: datetime) -> Path:
    """A file with a key and a certificate of its own for 127.0.0.1: a server's, and what a client may trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calendar")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "certificate.pem"
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file

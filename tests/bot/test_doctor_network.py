"""The doctor's looks at the network, against an authority, a key publisher and a mail server on this machine."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.command_line.doctor import Trouble
from bot.command_line.doctor_network import Network
from bot.settings import Settings, read_settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "Wx9~never-to-be-seen"
SAID = "Mon, 23 Nov 2026 08:55:00 GMT"
NETWORK = Network(lambda: NOW)


def encode_number(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def published_keys() -> list[dict[str, str]]:
    numbers = rsa.generate_private_key(public_exponent=65_537, key_size=2048).public_key().public_numbers()
    return [{"kty": "RSA", "kid": "one", "n": encode_number(numbers.n), "e": encode_number(numbers.e)}]


@asynccontextmanager
async def serve_microsoft(keys: list[dict[str, str]], token_status: int = 200) -> AsyncIterator[Settings]:
    """One small server that is authority and publisher of keys at once."""

    async def discover(request: web.Request) -> web.Response:
        return web.json_response({"token_endpoint": f"http://{request.host}/token"})

    async def give_token(request: web.Request) -> web.Response:
        assert (await request.post())["client_secret"] == SECRET
        return web.json_response({"access_token": "abc", "expires_in": 3600}, status=token_status)

    async def describe(request: web.Request) -> web.Response:
        issuer = "https://api.botframework.com"
        return web.json_response({"issuer": issuer, "jwks_uri": f"http://{request.host}/keys"}, headers={"Date": SAID})

    async def publish(request: web.Request) -> web.Response:
        return web.json_response({"keys": keys})

    app = web.Application()
    app.router.add_get("/tenant/v2.0/.well-known/openid-configuration", discover)
    app.router.add_post("/token", give_token)
    app.router.add_get("/metadata", describe)
    app.router.add_get("/keys", publish)
    async with TestServer(app, host="127.0.0.1") as server:
        yield local_settings(
            AUTHORITY_URL=f"http://127.0.0.1:{server.port}/tenant",
            OPENID_METADATA_URL=f"http://127.0.0.1:{server.port}/metadata",
        )


def local_settings(**named: str) -> Settings:
    return read_settings(
        {
            "CHAIRSIDE_MODE": "local",
            "CHAIRSIDE_APP_ID": "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb",
            "CHAIRSIDE_APP_SECRET": SECRET,
            **{f"CHAIRSIDE_{name}": value for name, value in named.items()},
        }
    )


async def test_a_token_is_really_asked_for(published_keys: list[dict[str, str]]) -> None:
    async with serve_microsoft(published_keys) as settings:
        await NETWORK.ask_for_token(settings)


async def test_a_refused_secret_is_told_without_it(published_keys: list[dict[str, str]]) -> None:
    async with serve_microsoft(published_keys, token_status=401) as settings:
        with pytest.raises(Trouble, match="401") as refused:
            await NETWORK.ask_for_token(settings)

    assert SECRET not in str(refused.value)


async def test_signing_keys_are_fetched_with_their_issuer(published_keys: list[dict[str, str]]) -> None:
    async with serve_microsoft(published_keys) as settings:
        assert await NETWORK.fetch_signing_keys(settings) == settings.token_issuer


async def test_a_publisher_without_a_usable_key_is_trouble() -> None:
    async with serve_microsoft([]) as settings:
        with pytest.raises(Trouble, match="no usable key"):
            await NETWORK.fetch_signing_keys(settings)


async def test_a_publisher_that_does_not_answer_is_trouble(unused_tcp_port: int) -> None:
    settings = local_settings(OPENID_METADATA_URL=f"http://127.0.0.1:{unused_tcp_port}/metadata")

    with pytest.raises(Trouble, match="cannot be fetched"):
        await NETWORK.fetch_signing_keys(settings)
    with pytest.raises(Trouble, match="nobody to compare with"):
        await NETWORK.ask_the_time(settings)


async def test_the_time_is_the_publishers(published_keys: list[dict[str, str]]) -> None:
    async with serve_microsoft(published_keys) as settings:
        assert await NETWORK.ask_the_time(settings) == NOW - timedelta(minutes=5)


@pytest.fixture
def mail_port(unused_tcp_port: int) -> Iterator[int]:
    server = Controller(object(), hostname="127.0.0.1", port=unused_tcp_port)
    server.start()
    yield unused_tcp_port
    server.stop()


async def test_a_mail_server_on_this_machine_is_greeted(mail_port: int) -> None:
    settings = local_settings(SMTP_URL=f"smtp://127.0.0.1:{mail_port}?from=c@example.org&starttls=no")
    assert settings.mail_server is not None

    await NETWORK.greet_mail_server(settings, settings.mail_server)


async def test_a_mail_server_without_tls_is_trouble(mail_port: int) -> None:
    settings = local_settings(SMTP_URL=f"smtp://u:{SECRET}@127.0.0.1:{mail_port}?from=c@example.org")
    assert settings.mail_server is not None

    with pytest.raises(Trouble, match="does not take us") as refused:
        await NETWORK.greet_mail_server(settings, settings.mail_server)

    assert SECRET not in str(refused.value)

"""What is not ours, too much or too odd is not taken; nothing of the matter gets out."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, Seen, codes_to
from tests.scenarios.fuzzing import ODD_TEXTS
from tests.scenarios.secure_page.looking import kept
from tests.scenarios.without_teams import (
    CHAIR,
    GRACES_MAIL,
    OFFICE,
    OFFICES_MAIL,
    SECRETS,
    agree,
    enter,
    mailed_link,
)
from tests.scenarios.world import World

ANSWER = "Send to the chair"


async def test_forms_that_are_not_ours_are_not_taken(world: World, server: MailServerInTests) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        good = grace.seen.form(ANSWER).fields | {"do": "answer", "answer": "accept"}
        tries = [
            ({"data": good | {"token": "x"}}, 403),
            ({"data": {name: value for name, value in good.items() if name != "token"}}, 403),
            ({"data": good, "headers": {"Origin": "https://elsewhere.example"}}, 403),
            ({"data": good, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
            ({"json": good}, 415),
            ({"data": b"\xff\xfe", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 415),
            ({"data": good | {"note": "x" * 20_000}}, 413),
            ({"data": [("a", "b")] * 41}, 415),
        ]
        for more, status in tries:
            async with grace.client.post(grace.url, **more) as response:
                assert response.status == status, more
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            async with grace.client.request(method, grace.url) as response:
                assert response.status == 404
        async with Browser(world.web_base, link) as stranger:
            await stranger.post(**good)
            assert stranger.status == 403
        async with Browser(world.web_base, link + "x") as another:
            await another.post(do="code", token=good["token"])
            assert another.status == 403
    assert kept(world, action) == action
    assert world.service.counts.page["foreign"] == 2


async def test_whoever_sends_too_much_waits_and_nobody_else_does(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    async with Browser(world.web_base, link, **headers) as guesser:
        fields = (await guesser.open()).form("Send me a code").fields | {"do": "have"}
        for _ in range(4):
            await asyncio.gather(*(guesser.post(**fields) for _ in range(15)))

        await guesser.post(**fields)

        assert (guesser.status, guesser.headers["Retry-After"]) == (429, "600")
    async with Browser(world.web_base, link) as grace:
        await grace.open()
        await grace.press("Send me a code")
        assert grace.status == 200
        world.clock.pass_by(minutes=10)
    async with Browser(world.web_base, link, **headers) as guesser:
        await guesser.post(**fields)
        assert guesser.status == 200


async def test_every_page_goes_out_under_the_strict_headers(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    seen: list[Seen] = []
    async with Browser(world.web_base, link) as grace:
        for step in (grace.open, lambda: grace.press("Send me a code"), lambda: grace.press("Continue", code="1")):
            seen.append(await step())
            check_headers(grace)
        await world.settle()  # or two codes go out at once, in either order
        await enter(world, server, grace, GRACES_MAIL)
        for press in (
            grace.open,
            lambda: grace.press(ANSWER),
            lambda: grace.press(ANSWER, answer="hand_over"),
            lambda: grace.press("Leave the page"),
        ):
            seen.append(await press())
            check_headers(grace)
    assert not [secret for page in seen for secret in SECRETS if secret in page.title]
    assert not [page for page in seen if "<script" in page.html or " onclick" in page.html or " style=" in page.html]


def check_headers(browser: Browser) -> None:
    headers = browser.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "unsafe" not in policy


async def test_the_cookie_is_kept_from_scripts_from_other_sites_and_from_plain_http(
    make_url: MakeUrl, server: MailServerInTests
) -> None:
    settings = {"CHAIRSIDE_SMTP_URL": server.url, "CHAIRSIDE_PUBLIC_URL": "https://chairside.example.org"}
    async with World(make_url(), settings=settings) as world:
        await agree(world)
        link = await mailed_link(world, server, GRACES_MAIL)
        assert link.startswith("https://chairside.example.org/secure/")
        async with Browser(world.web_base, link) as grace:
            await grace.open()
            await grace.press("Send me a code")
            await world.settle()
            form = grace.seen.form("Continue").fields | {"do": "enter", "code": codes_to(server, GRACES_MAIL)[-1]}
            async with grace.client.post(grace.url, data=form, allow_redirects=False) as response:
                cookie = response.headers["Set-Cookie"]
                assert response.status == 303

    assert cookie.startswith("__Host-chairside-")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly",
        "Max-Age=1800",
        "Path=/",
        "SameSite=Strict",
        "Secure",
    }


async def test_nothing_of_the_story_is_in_a_mail_a_title_an_address_or_the_log(
    world: World, server: MailServerInTests, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    addresses, titles = [], []
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        for typed in ({}, {"answer": "blocked", "blocked-words": "The bruise is worse"}):
            titles.append((await grace.press(ANSWER, **typed)).title)
            addresses.append(grace.url)
    await world.tick(hours=6)
    await world.settle()

    secret = link.rpartition("/")[2]
    assert len(server.mails) >= 3
    mailed = "".join(mail.as_string() for mail in server.mails)
    ours = [record for record in caplog.records if record.name.startswith("chairside")]
    logged = "".join(f"{record.getMessage()} {vars(record)}" for record in ours)
    for secrets_of, where in ((mailed, "mail"), (logged, "log"), ("".join(titles + addresses), "page")):
        assert not [word for word in (*SECRETS, "bruise", "worse") if word in secrets_of], where
    assert secret not in logged
    assert CHAIR not in mailed


FIELDS = ("answer", "seen", "done-words", "day", "time", "agency", "desk", "to", "name", "role", "do")

ODD = [text for text in ODD_TEXTS if text.isprintable() or text.isascii()]


async def test_nothing_that_a_form_can_hold_is_a_fault(
    world: World, server: MailServerInTests, caplog: pytest.LogCaptureFixture
) -> None:
    await agree(world, owner=None, desk=OFFICE)
    link = await mailed_link(world, server, OFFICES_MAIL)
    async with Browser(world.web_base, link) as office:
        await enter(world, server, office, OFFICES_MAIL)
        form = office.seen.form(ANSWER).fields | {"do": "answer", "name": "Jo", "role": "DSL", "seen": "99"}
        for number, odd in enumerate(ODD):
            for answer in ("done", "more_time", "hand_over"):
                field = FIELDS[number % len(FIELDS)]
                headers = {"X-Forwarded-For": f"198.51.{number}.{len(answer)}"}
                typed = form | {"answer": answer, "done-words": "Seen", field: odd, f"{field}2": odd}
                async with office.client.post(office.url, data=typed, headers=headers) as response:
                    assert response.status in (200, 403, 409, 413, 415, 422), (field, odd[:40])
        for odd in ODD:
            headers = {"X-Forwarded-For": "203.0.113.77"}
            typed = form | {"seen": "1", "answer": "blocked", "blocked-words": odd, "name": f"J{odd[:50]}"}
            async with office.client.post(office.url, data=typed, headers=headers) as response:
                assert response.status in (200, 403, 409, 413, 415, 422), odd[:40]

    assert "Traceback" not in caplog.text
    assert world.service.counts.faults == 0

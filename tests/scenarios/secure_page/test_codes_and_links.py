"""A link, a code, a visit: each lives as long as it may, is counted, and tells a stranger nothing."""

from __future__ import annotations

import asyncio

import pytest

from bot.web.secure_page import LEAST_SECONDS
from discussions.actions.action import Action
from discussions.secure.links import withdraw_links
from discussions.trail import Deed
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, codes_to
from tests.scenarios.secure_page.looking import deeds, kept
from tests.scenarios.without_teams import (
    GRACES_MAIL,
    WORDING,
    agree,
    chair,
    enter,
    mailed_link,
)
from tests.scenarios.world import World

CLOSED = "Nothing was sent. Ask for a code to open it again."

ANSWER = "Send to the chair"


async def test_wrong_codes_are_counted_and_five_of_them_use_the_code_up(
    world: World, server: MailServerInTests
) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as thief:
        await thief.open()
        await thief.press("Send me a code")
        await world.settle()
        right = codes_to(server, GRACES_MAIL)[-1]
        wrong = "000 000" if right != "000 000" else "000 001"
        for _ in range(5):
            said = await thief.press("Continue", code=wrong)
            assert thief.status == 422
            assert said.form("Continue").fields["code"] == wrong

        await thief.press("Continue", code=right)

        assert thief.status == 422
        assert deeds(world).count(Deed.WRONG_CODE) == 5
        await thief.press("Send me a new code")
        await world.settle()
        await thief.press("Continue", code=codes_to(server, GRACES_MAIL)[-1])
        assert WORDING in thief.seen.words
    assert world.service.counts.page["wrong code"] == 5


async def test_a_code_works_once_and_for_ten_minutes(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace, Browser(world.web_base, link) as other:
        await enter(world, server, grace, GRACES_MAIL)
        await other.open()
        await other.press("I have a code")
        used = await other.press("Continue", code=codes_to(server, GRACES_MAIL)[-1])
        assert other.status == 422
        await other.press("Send me a new code")
        await world.settle()
        world.clock.pass_by(minutes=10)

        old = await other.press("Continue", code=codes_to(server, GRACES_MAIL)[-1])

    assert other.status == 422
    assert used.words.split("Code")[0] == old.words.split("Code")[0]


async def test_only_so_many_codes_an_hour_are_sent_for_one_link(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as browser:
        await browser.open()
        await browser.press("Send me a code")
        pages = {(await browser.press("Send me a new code")).words for _ in range(6)}
        await world.settle()

        assert len(pages) == 1
        assert len(codes_to(server, GRACES_MAIL)) == 5
        world.clock.pass_by(hours=1)
        await browser.press("Send me a new code")
        await world.settle()
    assert len(codes_to(server, GRACES_MAIL)) == 6


@pytest.mark.parametrize("how", ["altered", "guessed", "expired", "withdrawn", "left"])
async def test_links_that_do_not_work_are_answered_alike_and_bring_no_code(
    world: World, server: MailServerInTests, how: str
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as good:
        await good.open()
        asked = await good.press("Send me a code")
        wrong = await good.press("Continue", code="12")
    await world.settle()
    await spoil(world, action, how)
    wrong_links = {"altered": f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}", "guessed": f"{link[:-43]}{'x' * 43}"}
    tried = wrong_links.get(how, link)
    async with Browser(world.web_base, tried) as browser:
        await browser.open()
        again = await browser.press("Send me a code")
        await world.settle()
        refused = await browser.press("Continue", code="12")

    assert (again.words, refused.words) == (asked.words, wrong.words)
    assert browser.statuses == [200, 200, 422]
    assert len(codes_to(server, GRACES_MAIL)) == 1
    assert world.service.counts.page["no such link"] == 2


async def spoil(world: World, action: Action, how: str) -> None:
    match how:
        case "expired":
            world.clock.pass_by(days=14)
        case "withdrawn":
            await world.run(lambda means: withdraw_links(means, chair(means), action.id))
        case "left":
            with_grace_gone = world.look(lambda store: store.people.of_agency("csc"))
            agencies, desks = world.look(lambda store: (store.people.agencies(), store.people.desks("csc")))
            await world.run(lambda means: means.store.people.replace_all(agencies, desks, with_grace_gone))


async def test_a_visit_ends_after_half_an_hour_and_nothing_that_was_typed_is_lost(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        world.clock.pass_by(minutes=30)

        closed = await grace.press(ANSWER, answer="done", **{"done-words": "A is with her aunt"})

        assert grace.status == 403
        assert CLOSED in closed.words
        assert "A is with her aunt" in closed.words
    assert kept(world, action) == action


async def test_withdrawing_turns_out_who_is_on_the_page(world: World, server: MailServerInTests) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        await world.run(lambda means: withdraw_links(means, chair(means), action.id))

        closed = await grace.press(ANSWER, answer="accept")

        assert (grace.status, CLOSED in closed.words) == (403, True)
        assert "Open the secure page" in (await grace.open()).words
    assert kept(world, action) == action


async def test_leaving_ends_the_visit(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        form = grace.seen.form(ANSWER)
        cookies = {cookie.key: cookie.value for cookie in grace.client.cookie_jar}

        left = await grace.press("Leave the page")

        assert "You have left the page" in left.words
        async with grace.client.post(grace.url, data=form.fields | {"do": "answer"}, cookies=cookies) as again:
            assert again.status == 403


async def test_an_answer_about_a_code_takes_as_long_for_any_link(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    took = []
    for address in (link, link + "x"):
        async with Browser(world.web_base, address) as browser:
            await browser.open()
            for button, typed in (("Send me a code", {}), ("Continue", {"code": "1"})):
                began = asyncio.get_running_loop().time()
                await browser.press(button, **typed)
                took.append(asyncio.get_running_loop().time() - began)

    assert min(took) >= LEAST_SECONDS


async def test_guesses_that_come_at_once_are_counted_one_by_one(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as thief:
        await thief.open()
        await thief.press("Send me a code")
        await world.settle()
        right = codes_to(server, GRACES_MAIL)[-1]
        fields = thief.seen.form("Continue").fields | {"do": "enter"}
        guesses = [f"{number:06}" for number in range(12) if f"{number:06}" != right.replace(" ", "")]

        await asyncio.gather(*(thief.post(**fields | {"code": guess}) for guess in guesses))
        await thief.post(**fields | {"code": right})

    assert set(thief.statuses[2:]) == {422}
    assert deeds(world).count(Deed.WRONG_CODE) == 5
    assert deeds(world).count(Deed.PAGE_OPENED) == 0


async def test_a_right_code_used_twice_at_once_opens_one_visit(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as one, Browser(world.web_base, link) as other:
        await one.open()
        await one.press("Send me a code")
        await world.settle()
        fields = one.seen.form("Continue").fields | {"do": "enter", "code": codes_to(server, GRACES_MAIL)[-1]}

        await asyncio.gather(one.post(**fields), other.post(**fields))

    assert sorted((one.status, other.status)) == [200, 422]
    assert deeds(world).count(Deed.PAGE_OPENED) == 1


async def test_a_code_comes_at_any_hour(world: World, server: MailServerInTests) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    world.clock.pass_by(hours=14)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)

        assert WORDING in grace.seen.words

"""Who has no Teams answers on the secure page: link by mail, code by mail, the same answers by the same rules."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from discussions.actions.action import ActionState
from discussions.actions.lint import NewAction
from discussions.actions.record import cancel_action, record_action
from discussions.post import DeliveryState
from discussions.trail import Deed
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, codes_to, links_to, plain
from tests.scenarios.reading import text
from tests.scenarios.secure_page.looking import deeds, kept
from tests.scenarios.without_teams import (
    CHAIR,
    GRACE,
    GRACES_MAIL,
    OFFICE,
    OFFICES_MAIL,
    REFERENCE,
    SD,
    SECRETS,
    WORDING,
    agree,
    chair,
    enter,
    keep_discussion,
    mailed_link,
)
from tests.scenarios.world import World

CLOSED = "Nothing was sent. Ask for a code to open it again."

ANSWER = "Send to the chair"


async def test_an_owner_without_teams_gets_the_action_by_mail_at_once_with_a_link_and_nothing_else_in_it(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)

    await world.settle()

    [mail] = server.mails
    assert (mail["To"], mail["Subject"]) == (GRACES_MAIL, f"{REFERENCE}: please answer")
    assert mail["Message-ID"].endswith("@bristol.example>")
    assert "0117 496 0101" in plain(mail)
    assert not [secret for secret in SECRETS if secret in mail.as_string()]
    [told] = world.look(lambda store: store.told.about("action", action.id))
    assert (told.state, told.by_mail) == (DeliveryState.FALLBACK_USED, True)
    assert [line.state for line in world.look(lambda store: store.outbox.ledger({"action": action.id}))] == [
        DeliveryState.FALLBACK_USED
    ]


async def test_looking_shows_the_same_page_whatever_the_address_and_changes_nothing(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    before = world.look(lambda store: len(store.trail.entries()))
    async with Browser(world.web_base, link) as scanner, Browser(world.web_base, link + "x") as guesser:
        for _ in range(3):
            there, nowhere = await scanner.open(), await guesser.open()
            async with scanner.client.head(scanner.url) as head:
                assert head.status == 200

        assert there.words == nowhere.words
        assert there.words.startswith("Skip to the page's content Chairside Secure page Open the secure page")
        assert "Set-Cookie" not in scanner.headers
    await world.settle()
    assert len(server.mails) == 1
    assert world.look(lambda store: len(store.trail.entries())) == before
    assert kept(world, action) == action


async def test_the_right_code_opens_the_action_and_done_is_kept_and_told(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)

        page = grace.seen
        assert (page.title, grace.status) == ("Answer an action – Chairside", 200)
        assert WORDING in page.words
        assert "About Child A" in page.words
        assert page.form(ANSWER).radios == ["accept", "done", "more_time", "blocked", "hand_over", "decline"]

        world.clock.pass_by(minutes=5)
        done = await grace.press(ANSWER, answer="done", **{"done-words": "A is with the social worker"})

    assert "Thank you. Your answer is kept" in done.words
    assert "A is with the social worker" in done.words
    after = kept(world, action)
    assert (after.state, after.state_by, after.on_behalf, after.note) == (
        ActionState.DONE,
        GRACE,
        False,
        "A is with the social worker",
    )
    await world.settle()
    assert "✓ Done at 09:05" in text(world.heard("Priya Nair")[-1].card)
    assert deeds(world) == [
        Deed.ACTION_MADE,
        Deed.SECURE_LINK,
        Deed.CODE_SENT,
        Deed.PAGE_OPENED,
        Deed.ACTION_CHANGED,
        Deed.LINK_ENDED,
        Deed.PAGE_ANSWERED,
    ]


async def test_the_chair_reads_that_it_was_told_by_mail_and_answered_on_the_page(
    world: World, server: MailServerInTests
) -> None:
    await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        world.clock.pass_by(minutes=8)
        await grace.press(ANSWER, answer="accept")

    history = text((await world.chat("Priya Nair").say(f"history {REFERENCE}/1")).card)

    assert "09:00 Grace Lindo: asked to take it on by mail" in history
    assert "09:00 Grace Lindo: opened the secure page" in history
    assert "09:08 Grace Lindo: accepted, on the secure page" in history
    opened = text((await world.chat("Priya Nair").say(f"nudge {REFERENCE}/1")).card)
    assert "told by mail" in opened
    assert "answered on the secure page Tue 24 Nov, 09:08" in opened


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"answer": "decline", "decline-words": "Not ours"}, {"state": ActionState.DECLINED, "note": "Not ours"}),
        ({"answer": "blocked", "blocked-words": "Nobody answers"}, {"blocked": "Nobody answers"}),
        (
            {"answer": "more_time", "day": "2026-11-25", "time": "10:00", "more_time-words": "School is shut"},
            {"asked_why": "School is shut"},
        ),
        ({"answer": "accept"}, {"state": ActionState.ACCEPTED}),
        (
            {"answer": "blocked", "blocked-words": "They have moved", "blocked-ends": "yes"},
            {"state": ActionState.CANNOT, "note": "They have moved"},
        ),
    ],
)
async def test_each_answer_of_the_card_can_be_given(
    world: World, server: MailServerInTests, typed: dict[str, str], expected: dict[str, object]
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)

        await grace.press(ANSWER, **typed)

    assert grace.status == 200
    after = kept(world, action)
    assert {name: getattr(after, name) for name in expected} == expected
    assert after.state_by == GRACE


@pytest.mark.parametrize(
    ("due_in", "late", "day", "time"),
    [
        (timedelta(hours=5), timedelta(0), "2026-11-24", "14:30"),
        (timedelta(hours=1), timedelta(hours=3, minutes=10), "2026-11-24", "12:30"),
        (timedelta(hours=12, minutes=45), timedelta(0), "2026-11-25", "07:00"),
        (timedelta(days=40, hours=1), timedelta(0), "2027-01-03", "10:30"),
    ],
)
async def test_more_time_is_offered_from_when_it_is_due_however_far_away_that_is(
    world: World, server: MailServerInTests, due_in: timedelta, late: timedelta, day: str, time: str
) -> None:
    await world.run(keep_discussion)
    new = NewAction(SD, WORDING, GRACE, due_at=world.clock.now() + due_in)
    action = await world.run(lambda means: record_action(means, chair(means), new))
    link = await mailed_link(world, server, GRACES_MAIL)
    world.clock.move_to(world.clock.now() + late)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        assert (grace.seen.form(ANSWER).fields["day"], grace.seen.form(ANSWER).fields["time"]) == (day, time)

        await grace.press(ANSWER, answer="more_time", **{"more_time-words": "School is shut"})

    assert grace.status == 200
    after = kept(world, action)
    assert after.asked_until is not None
    assert after.asked_until > max(after.due_at, world.clock.now())


async def test_it_is_handed_over_by_choosing_agency_and_person_never_by_guessing(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        nobody = await grace.press(ANSWER, answer="hand_over")
        assert "Nobody of this agency can take it over." in nobody.words
        people = await grace.press("Another agency", agency="health")
        assert list(people.form("Ask them").lists["to"]) == ["Tom Bexley, Named nurse"]

        kept_page = await grace.press("Ask them")

        assert "Tom Bexley is asked now. It stays yours until they accept." in kept_page.words
    assert kept(world, action).handed_to == "person-tom-bexley"
    toms = await mailed_link(world, server, "tom.bexley@health.example")
    async with Browser(world.web_base, toms) as tom:
        await enter(world, server, tom, "tom.bexley@health.example")
        assert tom.seen.form("Send").radios == ["take_over", "not_take_over"]
        await tom.press("Send", answer="take_over")
    assert (kept(world, action).owner, kept(world, action).state) == ("person-tom-bexley", ActionState.ACCEPTED)
    async with Browser(world.web_base, link) as grace:
        await grace.open()
        await grace.press("Send me a code")
        await world.settle()
    assert len(codes_to(server, GRACES_MAIL)) == 1, "her link ended with her part in it"


async def test_at_a_shared_mailbox_people_say_who_they_are_and_it_is_marked_as_said(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world, owner=None, desk=OFFICE)
    link = await mailed_link(world, server, OFFICES_MAIL)
    async with Browser(world.web_base, link) as office:
        await enter(world, server, office, OFFICES_MAIL)
        refused = await office.press(ANSWER, answer="done", **{"done-words": "All well"})
        assert office.status == 422
        assert "Please give your name, because several people may read this mailbox." in refused.words
        assert refused.form(ANSWER).fields["done-words"] == "All well"

        await office.press(ANSWER, name="Jo Bloggs", role="Receptionist")

    after = kept(world, action)
    assert (after.state, after.on_behalf) == (ActionState.DONE, False)
    await world.settle()
    assert "by Jo Bloggs (Receptionist, as said on the secure page)" in text(world.heard("Priya Nair")[-1].card)
    history = text((await world.chat("Priya Nair").say(f"history {REFERENCE}/1")).card)
    assert "Jo Bloggs (Receptionist, as said on the secure page): done, on the secure page" in history
    assert links_to(server, GRACES_MAIL) == [], "the desk's mailbox is told, not each of its people"


async def test_a_late_press_changes_nothing_says_who_was_first_and_keeps_what_was_typed(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace, Browser(world.web_base, link) as phone:
        await enter(world, server, grace, GRACES_MAIL)
        await enter(world, server, phone, GRACES_MAIL)
        await phone.press(ANSWER, answer="blocked", **{"blocked-words": "Nobody answers"})

        late = await grace.press(ANSWER, answer="decline", **{"decline-words": "Not our pupil"})

        assert grace.status == 409
        assert "Already answered by you at 09:00. Nothing was changed." in late.words
        assert "In the way Nobody answers" in late.words
        assert late.form(ANSWER).fields["decline-words"] == "Not our pupil"
        assert late.form(ANSWER).fields["answer"] == "decline"
        await grace.press(ANSWER)
    assert kept(world, action).state is ActionState.DECLINED


async def test_the_same_form_twice_is_kept_once(world: World, server: MailServerInTests) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        form = grace.seen.form(ANSWER)
        fields = form.fields | {"do": "answer", "answer": "more_time", "day": "2026-11-25", "more_time-words": "Shut"}
        await grace.post(**fields)
        version = kept(world, action).version

        await grace.post(**fields)

    assert grace.statuses[-2:] == [200, 409]
    assert kept(world, action).version == version


async def test_an_action_that_ended_meanwhile_is_shown_as_it_stands_and_its_link_is_over(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        await world.run(lambda means: cancel_action(means, chair(means), action.id, action.version, "No longer needed"))

        late = await grace.press(ANSWER, answer="done", **{"done-words": "Done it"})

        assert "Already cancelled by Priya Nair at 09:00. Nothing was changed." in late.words
        assert "○ Cancelled by the chair" in late.words
        await grace.open()
        assert "There is nothing to answer" in grace.seen.words
    async with Browser(world.web_base, link) as again:
        await again.open()
        await again.press("Send me a code")
        await world.settle()
    assert len(codes_to(server, GRACES_MAIL)) == 1


async def test_a_newer_mail_brings_a_newer_link_and_the_older_one_leads_to_the_present_state(
    world: World, server: MailServerInTests
) -> None:
    await agree(world)
    older = await mailed_link(world, server, GRACES_MAIL)
    await world.chat("Priya Nair").say(f"nudge {REFERENCE}/1")
    newer = await mailed_link(world, server, GRACES_MAIL)
    assert older != newer
    async with Browser(world.web_base, newer) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        await grace.press(ANSWER, answer="accept")

    async with Browser(world.web_base, older) as grace:
        await enter(world, server, grace, GRACES_MAIL)

        assert "Accepted, by Grace Lindo, Tue 24 Nov, 09:00" in grace.seen.words


async def test_whoever_must_hear_of_it_says_on_the_page_that_they_have_it(
    world: World, server: MailServerInTests
) -> None:
    await world.run(keep_discussion)
    due = world.clock.now() + timedelta(hours=5)
    new = NewAction(SD, WORDING, CHAIR, due_at=due, feedback_to=(GRACE,))
    made = await world.run(lambda means: record_action(means, chair(means), new))
    await world.chat("Priya Nair").say(f"done {REFERENCE}/1 A is at home with her aunt")
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as grace:
        await enter(world, server, grace, GRACES_MAIL)
        assert "A is at home with her aunt" in grace.seen.words
        assert grace.seen.form("Send").radios == ["received"]

        received = await grace.press("Send", answer="received")

    assert "You are not asked about it again." in received.words
    assert [one.whom for one in world.look(lambda store: store.actions.receipts(made.id))] == [GRACE]


async def test_the_chairs_card_says_that_the_owner_has_it_by_mail_and_its_links_can_be_withdrawn_from_its_history(
    world: World, server: MailServerInTests
) -> None:
    await agree(world)
    priya = world.chat("Priya Nair")
    link = await mailed_link(world, server, GRACES_MAIL)

    opened = text((await priya.say(f"nudge {REFERENCE}/1")).card)
    history = await priya.say(f"history {REFERENCE}/1")
    withdrawn = await priya.press(history.card, "End mailed links")

    assert "They do not get this in Teams, but by mail, with a link to answer." in opened
    assert "1 secure link ended. A new nudge brings a new one." in text(withdrawn.card)
    async with Browser(world.web_base, link) as grace:
        await grace.open()
        await grace.press("Send me a code")
        await world.settle()
    assert codes_to(server, GRACES_MAIL) == []


async def test_of_two_answers_at_once_one_is_kept_and_the_other_is_told(
    world: World, server: MailServerInTests
) -> None:
    action = await agree(world)
    link = await mailed_link(world, server, GRACES_MAIL)
    async with Browser(world.web_base, link) as phone, Browser(world.web_base, link) as desk:
        await enter(world, server, phone, GRACES_MAIL)
        await enter(world, server, desk, GRACES_MAIL)
        await asyncio.gather(
            phone.press(ANSWER, answer="blocked", **{"blocked-words": "Nobody answers"}),
            desk.press(ANSWER, answer="decline", **{"decline-words": "Not ours"}),
        )

        assert sorted((phone.status, desk.status)) == [200, 409]
    assert kept(world, action).version == action.version + 1

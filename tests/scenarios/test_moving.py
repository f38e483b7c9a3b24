"""A booked discussion is moved or cancelled: who may, who hears of it, and what stays as it was."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Sequence

from discussions.booking.discussion import Discussion, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World

BOOKING = (
    "book",
    "SD-26-0412",
    "AB 14/05/2019",
    "physical, U2",
    "today 4pm",
    "chair Priya Nair, minutes Ruth Adeyemi",
    "Helen Marsh, Tom Bexley",
    "next",
    "book it",
)
EVERYBODY = ("Sam Okoro", "Priya Nair", "Helen Marsh", "Tom Bexley", "Ruth Adeyemi")


async def types(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    await world.settle()
    return text(shown.card)


async def booked(world: World, *lines: str) -> None:
    await world.install(*EVERYBODY)
    await types(world, "Sam Okoro", *(lines or BOOKING))


def one(world: World, reference: str = "SD-26-0412") -> Discussion:
    found: Discussion = world.look(lambda store: store.discussions.by_reference(reference))
    return found


def invitations(world: World) -> Sequence[Invitation]:
    id = one(world).id
    found: Sequence[Invitation] = world.look(lambda store: store.discussions.invitations(id))
    return found


class Since:
    """What went out since this was made: who, sent or updated, the toast and the first line."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.noted = len(world.channel.rooms.record)

    def said(self) -> list[tuple[str, str, str, str]]:
        record = self.world.channel.rooms.record[self.noted :]
        self.noted = len(self.world.channel.rooms.record)
        return [
            (
                self.world.whose(event.conversation),
                event.kind,
                event.activity["summary"],
                text(event.activity["attachments"][0]["content"]).split("\n")[0],
            )
            for event in record
        ]


def newest(world: World, name: str) -> str:
    return text(world.chat(name).view(world.chat(name).last))


async def test_a_moved_discussion_asks_everybody_again_and_its_window_stays(world: World) -> None:
    await booked(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    window = one(world).window_ends
    since = Since(world)
    world.clock.pass_by(hours=1)

    shown = await types(world, "Sam Okoro", "move SD-26-0412 to tomorrow 9am because the police can't come at four")

    moved = one(world)
    assert (moved.moved, moved.starts_at.isoformat()) == (1, "2026-11-25T09:00:00+00:00")
    assert moved.window_ends == window
    assert moved.late_reason is None
    assert [invitation.answer for invitation in invitations(world)] == [InvitationAnswer.ASKED] * 2
    told = [line for line in since.said() if line[3] != "○ Continued below"]
    again, anew = "You are asked to a meeting", "● You are asked again: Wednesday 25 November 2026, 09:00"
    changed, gone = "A meeting was changed", "○ This meeting has changed"
    assert sorted(told) == sorted(
        [
            ("Helen Marsh", "updated", changed, gone),
            ("Helen Marsh", "sent", again, anew),
            ("Tom Bexley", "updated", changed, gone),
            ("Tom Bexley", "sent", again, anew),
            ("Priya Nair", "updated", changed, gone),
            ("Priya Nair", "sent", changed, "SD-26-0412 · initial · booked"),
            ("Ruth Adeyemi", "updated", changed, gone),
            ("Ruth Adeyemi", "sent", changed, "SD-26-0412 · initial · booked"),
            ("Sam Okoro", "sent", "Chairside has an answer for you", "SD-26-0412 · initial · booked"),
        ]
    )
    assert "Moved: Tue 24 Nov, 16:00 → Wed 25 Nov, 09:00; by Sam Okoro, Tue 24 Nov, 10:00" in shown
    assert "Another reason: the police can't come at four" in shown
    assert "no answer yet (to the former time: coming)" in shown
    helen = newest(world, "Helen Marsh")
    assert "New time: Tue 24 Nov, 16:00 → Wed 25 Nov, 09:00" in helen
    assert "To the former time you said: coming" in helen
    assert "police can't come" not in helen
    assert "New time" in newest(world, "Tom Bexley")
    trail = world.look(lambda store: [(entry.deed, entry.why) for entry in store.trail.entries()])
    assert [deed for deed, _ in trail].count("asked again") == 2


async def test_only_who_booked_or_chairs_it_moves_it_and_nobody_learns_of_what_is_not_theirs(world: World) -> None:
    await booked(world)

    refused = await types(world, "Helen Marsh", "move SD-26-0412 to tomorrow 9am because of court")
    assert "Only the chair and the booker can change the booking of SD-26-0412." in refused
    await world.install("Omar Haddad")
    unseen = await types(world, "Omar Haddad", "move SD-26-0412 to tomorrow 9am because of court")
    assert unseen == (await types(world, "Omar Haddad", "move SD-26-0999 to tomorrow 9am because of court"))
    assert one(world).moved == 0


async def test_a_start_after_the_window_is_warned_and_its_reason_kept(world: World) -> None:
    await booked(world)
    window = one(world).window_ends

    shown = await types(world, "Priya Nair", "move SD-26-0412 to Thursday 10am because the consultant is away")
    assert "This is outside the window" in shown
    assert "step 2 of 2" in shown
    assert one(world).moved == 0
    shown = await types(world, "Priya Nair", "because nobody of health can come before")

    moved = one(world)
    assert (moved.moved, moved.window_ends) == (1, window)
    assert moved.late_reason == "nobody of health can come before"
    assert "Later than Wed 25 Nov, 09:00, the latest start" in shown


async def test_the_form_shows_what_will_be_before_it_is_done(world: World) -> None:
    await booked(world)
    sam = world.chat("Sam Okoro")
    shown = await sam.press(sam.last, "Change it")
    shown = await sam.press(shown.card, "Move it")
    assert "The latest start stays Wednesday 25 November 2026, 09:00." in text(shown.card)
    refused = await sam.press(shown.card, "Next: check", when="tomorrow 8.30am", form="phone")
    assert "Please say why it is moved." in text(refused.card)
    shown = await sam.press(refused.card, "Next: check", change_reason="chair_not_free")
    assert "Tue 24 Nov, 16:00 → Wed 25 Nov, 08:30" in text(shown.card)
    assert "video → phone" in text(shown.card)
    assert "Everybody who is asked is asked again." in text(shown.card)
    await sam.press(shown.card, "Move it")
    assert (one(world).moved, one(world).form) == (1, Form.PHONE)


async def test_a_new_link_asks_nobody_again(world: World) -> None:
    await booked(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    await types(world, "Tom Bexley", "not coming SD-26-0412 report by noon")
    since = Since(world)

    await types(world, "Sam Okoro", "move SD-26-0412 join https://teams.example/abc because the old link broke")

    assert one(world).moved == 1
    assert {i.answer for i in invitations(world)} == {InvitationAnswer.COMING, InvitationAnswer.NOT_COMING}
    assert {(who, how) for who, how, *_ in since.said() if who in ("Helen Marsh", "Tom Bexley")} == {
        ("Helen Marsh", "updated"),
        ("Helen Marsh", "sent"),
    }
    helen = newest(world, "Helen Marsh")
    assert "✓ You are coming" in helen
    assert "New way to join: see Join below" in helen


async def test_two_who_move_it_at_once_never_leave_two_times(world: World) -> None:
    await booked(world)
    await types(world, "Priya Nair", "move SD-26-0412", "tomorrow 8am because of court")

    await types(world, "Sam Okoro", "move SD-26-0412 to today 5pm because school closes")
    late = await types(world, "Priya Nair", "move it")

    assert "Sam Okoro changed SD-26-0412 at 09:00: it is Tuesday 24 November 2026, 17:00 now." in late
    assert (one(world).moved, one(world).starts_at.hour) == (1, 17)


async def test_two_presses_at_the_same_moment_move_it_once(world: World) -> None:
    await booked(world)
    await types(world, "Priya Nair", "move SD-26-0412", "tomorrow 8am because of court")
    await types(world, "Sam Okoro", "move SD-26-0412", "today 5pm because school closes")

    both = await gather(world.chat("Priya Nair").say("move it"), world.chat("Sam Okoro").say("move it"))
    await world.settle()

    told = " ".join(text(answer.card) for answer in both)
    assert told.count("changed SD-26-0412 at 09:00") == 1
    assert one(world).moved == 1
    asked = [text(message.card) for message in world.heard("Helen Marsh") if "asked again" in text(message.card)]
    assert len(asked) == 1


async def test_what_waits_about_the_former_time_is_never_sent(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair", "Helen Marsh", "Tom Bexley")
    sam = world.chat("Sam Okoro")
    for line in BOOKING:
        await sam.say(line)
    await sam.say("move SD-26-0412 to today 5pm because school closes")
    await world.settle()

    asked = [text(message.card) for message in world.heard("Helen Marsh") if "You are asked" in text(message.card)]
    assert [first.split("\n")[0] for first in asked] == ["● You are asked again: Tuesday 24 November 2026, 17:00"]


async def test_cancel_with_a_reference_or_a_number_behind_says_what_is_cancelled(world: World) -> None:
    await booked(world)

    assert "Only the chair can cancel SD-26-0412." in await types(world, "Sam Okoro", "Cancel SD-26-0412 booked twice")
    assert "You have no open action 3" in await types(world, "Priya Nair", "cancel 3 no longer needed")
    assert "can't find" in await types(world, "Priya Nair", "cancel SD-26-0412/3 not needed")
    assert "Nothing was kept" in await types(world, "Sam Okoro", "book", "cancel")


async def test_what_has_started_is_neither_moved_nor_cancelled(world: World) -> None:
    await booked(world)
    await types(world, "Priya Nair", "start SD-26-0412")

    assert "has started, so it can't be moved" in await types(world, "Sam Okoro", "change SD-26-0412")
    assert "has started" in await types(world, "Priya Nair", "cancel discussion SD-26-0412 error; safe: at home")
    assert one(world).state is DiscussionState.STARTED


async def test_the_chair_alone_cancels_with_what_keeps_the_children_safe_and_all_are_told(world: World) -> None:
    await booked(world)
    await types(world, "Helen Marsh", "coming SD-26-0412")
    assert "Only the chair can cancel SD-26-0412." in await types(
        world, "Sam Okoro", "cancel discussion SD-26-0412 threshold not met"
    )
    since = Since(world)
    priya = world.chat("Priya Nair")
    card = await priya.say("change SD-26-0412")
    refused = await priya.press(card.card, "Cancel it now", is_checked=False, change_reason="threshold_not_met")
    assert "what keeps each child safe without it: it is urgent" in text(refused.card)
    assert one(world).state is DiscussionState.BOOKED

    shown = await priya.press(refused.card, "Cancel it now", safety="With their grandmother, seen today")
    await world.settle()

    ended = one(world)
    assert (ended.state, ended.moved) == (DiscussionState.CANCELLED, 1)
    assert "Threshold not met" in text(shown.card)
    assert "What keeps the children safe: With their grandmother, seen today" in text(shown.card)
    cancelled, gone = "A meeting was cancelled", "○ This meeting has changed"
    told = [line for line in since.said() if line[0] != "Priya Nair"]
    assert sorted(told) == sorted(
        [
            ("Helen Marsh", "updated", "A meeting was changed", gone),
            ("Helen Marsh", "sent", cancelled, "○ This meeting is cancelled"),
            ("Tom Bexley", "updated", "A meeting was changed", gone),
            ("Tom Bexley", "sent", cancelled, "○ This meeting is cancelled"),
            ("Sam Okoro", "updated", "A meeting was changed", gone),
            ("Sam Okoro", "sent", "A meeting was changed", "SD-26-0412 · initial · cancelled"),
            ("Ruth Adeyemi", "updated", "A meeting was changed", gone),
            ("Ruth Adeyemi", "sent", "A meeting was changed", "SD-26-0412 · initial · cancelled"),
        ]
    )
    assert "grandmother" not in newest(world, "Helen Marsh")
    assert "Threshold" not in newest(world, "Helen Marsh")
    seen = await types(world, "Priya Nair", "open SD-26-0412")
    assert "Avon and Somerset Police, Helen Marsh: told in Teams, Tue 24 Nov, 09:00" in seen
    again = await types(world, "Priya Nair", "cancel discussion SD-26-0412 error; safe: as before")
    assert "SD-26-0412 is cancelled already." in again
    assert "no longer open" in await types(world, "Helen Marsh", "coming SD-26-0412")


async def test_a_cancelled_full_meeting_says_that_it_must_still_be_held(world: World) -> None:
    await world.install("Priya Nair", "Helen Marsh")
    await types(world, "Priya Nair", "book", "SD-26-0412", "AB 14/05/2019", "physical, U0")
    world.clock.pass_by(hours=2)
    await types(world, "Priya Nair", "phone today 10:15", "chair me", "Helen Marsh", "next", "book it")
    await types(world, "Priya Nair", "book it")
    priya = world.chat("Priya Nair")
    follow = await priya.say("full meeting SD-26-0412")
    for button in ("Next: children", "Next: concern", "Next: day and time"):
        follow = await priya.press(follow.card, button)
    await types(world, "Priya Nair", "tomorrow 2pm", "chair me", "next", "book it")

    card = await priya.say("change SD-26-0002")
    assert "must still be held" in str(card.card)
    shown = await types(world, "Priya Nair", "cancel discussion SD-26-0002 superseded; safe: at hospital")

    assert "The full meeting after the telephone discussion must still be held, by Wednesday 25 November" in shown
    assert "Book the full meeting" in buttons((await priya.say("open SD-26-0412")).card)


async def test_a_deputy_is_asked_again_too_and_let_go_when_the_other_comes_after_all(world: World) -> None:
    await world.install("Kit Rowe")
    await booked(world)
    helen = world.chat("Helen Marsh")
    card = await helen.say("coming SD-26-0412")
    await helen.press(card.card, "Say so", deputy_person=person_id("Kit Rowe"), is_checked=False)
    await world.settle()
    kit = [asked for asked in invitations(world) if asked.stands_for]
    assert len(kit) == 1
    await types(world, "Kit Rowe", "coming SD-26-0412")

    await types(world, "Sam Okoro", "move SD-26-0412 to today 5pm because school closes")

    assert "● You are asked again" in newest(world, "Kit Rowe")
    assert {asked.answer for asked in invitations(world)} == {InvitationAnswer.ASKED}
    await types(world, "Helen Marsh", "coming SD-26-0412")
    assert [asked.stands_for for asked in invitations(world)] == [None, None]
    assert "You are not asked to this meeting any more" in newest(world, "Kit Rowe")


async def test_a_report_and_an_agency_without_a_record_are_asked_again_and_nothing_they_sent_is_lost(
    world: World,
) -> None:
    await booked(world)
    await types(world, "Helen Marsh", "no record SD-26-0412")
    await types(world, "Tom Bexley", "information only SD-26-0412 seen by the nurse in May")
    id = one(world).id
    sent = world.look(lambda store: store.reports.of(id))
    assert len(sent) == 1

    shown = await types(world, "Sam Okoro", "move SD-26-0412 to today 5pm because school closes")

    assert "no answer yet (to the former time: holds no record, nobody in the room)" in shown
    assert world.look(lambda store: store.reports.of(id)) == sent

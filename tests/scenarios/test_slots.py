"""Slots: the best times, places held while one books, nobody booked twice, and what is lawful when none is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cards.buttons import DialogChoose
from dialogs import engine
from dialogs.booking import BOOKING
from discussions.booking.discussion import Discussion, Form
from discussions.ids import SlotId
from discussions.needs import Means
from discussions.people import DeskId
from discussions.slots.slot import Slot, Taking
from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World
from tests.teams.people import Chat

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
START = ("book", "{}", "AB 14/05/2019", "physical, U3")


def keep_slots(world: World, desk: str, *starts: datetime, capacity: int = 1) -> None:
    slots = [Slot(SlotId(f"{desk} {at:%d %H:%M}"), DeskId(desk), at, 60, capacity) for at in starts]
    world.look(lambda store: store.slots.add(slots))


async def types(world: World, name: str, *lines: str) -> str:
    for line in lines:
        shown = await world.chat(name).say(line)
    return text(shown.card)


async def comes_to_the_time(world: World, name: str, reference: str) -> str:
    return await types(world, name, *(line.format(reference) for line in START))


def booked(world: World, reference: str) -> Discussion | None:
    found: Discussion | None = world.look(lambda store: store.discussions.by_reference(reference))
    return found


def places(world: World, slot: str) -> Sequence[Taking]:
    found: Sequence[Taking] = world.look(lambda store: store.slots.takings([SlotId(slot)]))
    return found


async def test_the_best_times_are_offered_and_the_places_of_both_desks_are_taken(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY + HOUR, WEDNESDAY + 3 * HOUR)
    keep_slots(world, "nurses", WEDNESDAY, WEDNESDAY + HOUR, WEDNESDAY + 2 * HOUR)
    await world.install("Priya Nair")

    shown = await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    assert "1. Wed 25 Nov, 10:00 with Avon and Somerset Police, Sirona Health" in shown
    assert "2. Wed 25 Nov, 12:00 with Avon and Somerset Police; without Sirona Health" in shown
    assert "3. Wed 25 Nov, 09:00 with Sirona Health; without Avon and Somerset Police" in shown

    assert "step 5 of 7" in await types(world, "Priya Nair", "1")
    [held] = places(world, "lighthouse 25 10:00")
    assert (held.until, held.discussion) == (world.clock.at + timedelta(minutes=10), None)
    check = await types(world, "Priya Nair", "chair me", "next")
    assert "Places Avon and Somerset Police: Safeguarding unit; Sirona Health: Safeguarding nurses" in check
    await types(world, "Priya Nair", "book it")

    one = booked(world, "SD-26-0412")
    assert one is not None
    assert (one.starts_at, one.breach) == (WEDNESDAY + HOUR, None)
    for slot in ("lighthouse 25 10:00", "nurses 25 10:00"):
        [taken] = places(world, slot)
        assert (taken.discussion, taken.until, taken.joined) == (one.id, None, False)


async def test_a_press_on_an_offered_time_keeps_what_was_typed_beside_it(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")

    shown = await priya.press(
        priya.view(priya.last),
        "1. Wed 25 Nov, 09:00 with Avon and Somerset Police",
        join_details="Dial 0117 496 0999",
    )

    assert "step 5 of 7" in text(shown.card)
    await types(world, "Priya Nair", "chair me", "next", "book it")
    one = booked(world, "SD-26-0412")
    assert one is not None
    assert (one.starts_at, one.join_details) == (WEDNESDAY, "Dial 0117 496 0999")


async def test_who_is_overtaken_goes_back_to_the_times_with_everything_kept(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY, WEDNESDAY + 2 * HOUR)
    await world.install("Priya Nair", "Sam Okoro")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(world, "Priya Nair", "1", "chair me", "Helen Marsh", "Tom Bexley", "next")

    world.clock.pass_by(minutes=11)
    await comes_to_the_time(world, "Sam Okoro", "SD-26-0413")
    await types(world, "Sam Okoro", "1", "chair Priya Nair", "Helen Marsh", "next", "book it", "book it")
    assert booked(world, "SD-26-0413") is not None

    back = await types(world, "Priya Nair", "book it")
    assert "Not saved: The place of Avon and Somerset Police: Safeguarding unit on Wed 25 Nov, 09:00 has been" in back
    assert "taken by another booking. Please choose another time." in back
    assert "step 4 of 7" in back
    assert "1. Wed 25 Nov, 11:00" in back
    assert booked(world, "SD-26-0412") is None

    check = await types(world, "Priya Nair", "1")
    assert "step 7 of 7" in check
    assert "Helen Marsh, Detective sergeant" in check
    await types(world, "Priya Nair", "book it")
    one = booked(world, "SD-26-0412")
    assert one is not None
    assert one.starts_at == WEDNESDAY + 2 * HOUR
    assert [len(places(world, f"lighthouse 25 {at}")) for at in ("09:00", "11:00")] == [1, 1]


async def test_a_time_that_goes_while_it_is_looked_at_is_not_booked_unseen(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY, WEDNESDAY + 2 * HOUR)
    await world.install("Priya Nair", "Sam Okoro")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await comes_to_the_time(world, "Sam Okoro", "SD-26-0413")
    await types(world, "Sam Okoro", "1")

    shown = await types(world, "Priya Nair", "1")

    assert "Wed 25 Nov, 09:00 has been taken by another booking: Avon and Somerset Police has no place then" in shown
    assert "1. Wed 25 Nov, 11:00" in shown
    assert "step 4 of 7" in shown


async def test_a_cancelled_form_gives_its_places_back(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(world, "Priya Nair", "1")
    assert len(places(world, "lighthouse 25 09:00")) == 1

    await types(world, "Priya Nair", "cancel")

    assert places(world, "lighthouse 25 09:00") == []


async def test_any_other_time_can_be_typed_and_who_has_no_place_then_is_said_once(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")

    told = await types(world, "Priya Nair", "tomorrow 2pm")
    assert "No place then" in told
    assert "Avon and Somerset Police: Safeguarding unit." in told
    assert "step 5 of 7" in await types(world, "Priya Nair", "tomorrow 2pm")
    check = await types(world, "Priya Nair", "chair me", "next")
    assert "No place then, and asked all the same: Avon and Somerset Police: Safeguarding unit." in check
    await types(world, "Priya Nair", "book it")
    assert booked(world, "SD-26-0412") is not None


async def no_place(world: World) -> str:
    """The police have one place in the window and it is taken."""
    keep_slots(world, "lighthouse", WEDNESDAY, WEDNESDAY + 14 * 24 * HOUR)
    await world.install("Priya Nair", "Sam Okoro", "Helen Marsh", "Joan Priest")
    await comes_to_the_time(world, "Sam Okoro", "SD-26-0413")
    await types(world, "Sam Okoro", "1", "chair Priya Nair", "next", "book it", "book it")
    await world.settle()
    return await comes_to_the_time(world, "Priya Nair", "SD-26-0412")


async def test_no_place_in_the_window_is_said_with_the_ways_on(world: World) -> None:
    shown = await no_place(world)

    assert "No place of Avon and Somerset Police before Fri 27 Nov, 17:00" in shown
    for way in ("Hold it by telephone now", "Ask Avon and Somerset Police to come all the same", "Tell the managers"):
        assert way in shown
    assert "Share Wed 25 Nov, 09:00, Avon and Somerset Police: Safeguarding unit" in shown


async def test_by_telephone_now_is_booked_at_once_and_counted(world: World) -> None:
    await no_place(world)

    assert "step 5 of 7" in await types(world, "Priya Nair", "phone now")
    world.clock.pass_by(minutes=9)
    asked = await types(world, "Priya Nair", "chair me")
    assert "Who must be there?" in asked, "it was not held yet"
    world.clock.pass_by(minutes=9)
    check = await types(world, "Priya Nair", "next")
    assert "Tue 24 Nov, 09:18, phone" in check
    world.clock.pass_by(minutes=9)
    await types(world, "Priya Nair", "book it")
    await world.settle()
    assert "You are asked: Tuesday 24 November 2026, 09:27" in text(world.heard("Helen Marsh")[-1].card)

    one = booked(world, "SD-26-0412")
    assert one is not None
    assert (one.form, one.starts_at, one.breach) == (Form.PHONE, world.clock.at, "CAPACITY_POLICE")


async def test_who_decides_is_asked_and_the_managers_are_told_without_a_word_of_the_child(world: World) -> None:
    await no_place(world)
    before = len(world.heard("Helen Marsh"))

    shown = await types(world, "Priya Nair", "ask police")
    assert "Avon and Somerset Police is asked to come all the same, at 09:00: Helen Marsh, 0117 496 0103." in shown
    shown = await types(world, "Priya Nair", "escalate")
    assert "The managers are told at 09:00: Joan Priest" in shown
    await world.settle()

    [asked] = world.heard("Helen Marsh")[before:]
    assert "Please ring Priya Nair, Team manager" in text(asked.card)
    assert "it must start by Friday 27 November 2026, 17:00" in text(asked.card)
    assert "SD-26" not in text(asked.card)
    assert "told as a manager" in text(world.heard("Joan Priest")[-1].card)
    kinds = world.look(lambda store: [(one.deed, one.what) for one in store.trail.entries() if one.what])
    assert [one for one in kinds if one[1] == "CAPACITY_POLICE"] == [
        ("place asked", "CAPACITY_POLICE"),
        ("escalated", "CAPACITY_POLICE"),
    ]
    await types(world, "Priya Nair", "ask police")
    await world.settle()
    assert len(world.heard("Helen Marsh")) == before + 1, "everybody is asked once"


async def test_a_full_slot_is_joined_with_a_reason_and_marked_so(world: World) -> None:
    await no_place(world)

    refused = await types(world, "Priya Nair", "share 09:00")
    assert "why it shares a full slot" in refused
    assert "[To share a full slot: why, and with whom it is agreed: ]" in refused
    joined = await types(world, "Priya Nair", "share 09:00 because agreed with DS Marsh")
    assert "step 5 of 7" in joined
    card = await types(world, "Priya Nair", "chair me", "next", "book it")
    assert "Safeguarding unit, a full slot shared (agreed with DS Marsh)." in card
    assert "Counted as: The police have no place in time." in card

    one = booked(world, "SD-26-0412")
    assert one is not None
    assert (one.starts_at, one.breach) == (WEDNESDAY, "CAPACITY_POLICE")
    first, second = places(world, "lighthouse 25 09:00")
    assert (first.joined, second.joined, second.reason) == (False, True, "agreed with DS Marsh")
    assert second.discussion == one.id


async def test_after_the_window_it_is_counted_as_what_the_booker_says(world: World) -> None:
    await no_place(world)

    late = await types(world, "Priya Nair", "1/12/2026 10:00")
    assert "Counted as" in late
    await types(world, "Priya Nair", "because CAPACITY_HEALTH", "chair me", "next", "book it")

    one = booked(world, "SD-26-0412")
    assert one is not None
    assert one.breach == "CAPACITY_HEALTH"
    assert one.starts_at > one.window_ends


async def test_where_nobody_keeps_slots_nothing_is_said_of_them(world: World) -> None:
    await world.install("Priya Nair")

    shown = await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    check = await types(world, "Priya Nair", "tomorrow 2pm", "chair me", "next")

    for word in ("place", "slot", "best times"):
        assert word not in f"{shown} {check}".casefold()


async def test_who_is_overtaken_before_the_check_is_told_there(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY, WEDNESDAY + 2 * HOUR)
    await world.install("Priya Nair", "Sam Okoro")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(world, "Priya Nair", "1", "chair me", "Tom Bexley")
    world.clock.pass_by(minutes=11)
    await comes_to_the_time(world, "Sam Okoro", "SD-26-0413")
    await types(world, "Sam Okoro", "1")

    back = await types(world, "Priya Nair", "next")

    assert "step 4 of 7" in back
    assert "Not saved: The place of Avon and Somerset Police: Safeguarding unit on Wed 25 Nov, 09:00" in back
    assert "Sirona Health: Tom Bexley" in await types(world, "Priya Nair", "1"), "whom she named is still asked"


async def test_a_press_on_what_was_never_offered_is_refused_and_nothing_is_held(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    kept = world.look(lambda store: store.dialogs.open(priya.room.id, person_id("Priya Nair")))

    for choice in ("at 2026-11-25T10:00:00+00:00", "at nonsense", "share lighthouse 2026-11-25T09:00:00+00:00", "x"):
        forged = DialogChoose(kept.id, "when", choice, kept.seen)
        shown = await world.run(lambda means, button=forged: pressed(means, button))
        assert "not offered any more" in shown, choice

    assert places(world, "lighthouse 25 09:00") == []


def pressed(means: Means, button: DialogChoose) -> str:
    who = means.store.people.person(person_id("Priya Nair"))
    assert who is not None
    kept = engine.find(means, who, BOOKING, button.dialog)
    moved = engine.choose(means, who, BOOKING, kept, button.step, button.choice, {})
    assert moved.card is not None
    return text(moved.card.content)


async def test_a_person_stands_for_their_desk_and_the_desk_takes_the_place(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(
        world, "Priya Nair", "1", "chair me", "Kit Rowe", "without police: a colleague knows the family", "next"
    )
    await types(world, "Priya Nair", "book it")

    [taken] = places(world, "lighthouse 25 09:00")
    one = booked(world, "SD-26-0412")
    assert one is not None
    assert taken.discussion == one.id


async def test_who_leaves_the_police_out_holds_no_place_of_theirs(world: World) -> None:
    keep_slots(world, "lighthouse", WEDNESDAY)
    await world.install("Priya Nair")
    await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
    await types(world, "Priya Nair", "1", "chair me", "without police: in writing", "next")

    assert places(world, "lighthouse 25 09:00") == []


async def test_each_way_on_can_be_pressed_too(world: World) -> None:
    await no_place(world)
    priya = world.chat("Priya Nair")

    asked = await priya.press(priya.view(priya.last), pressable(priya, "Ask Avon and Somerset Police"))
    assert "Avon and Somerset Police is asked" in text(asked.card)
    told = await priya.press(asked.card, pressable(priya, "Tell the managers"))
    assert "The managers are told" in text(told.card)
    refused = await priya.press(told.card, pressable(priya, "Share Wed 25 Nov, 09:00"), join_details="Dial 0117")
    assert "why it shares a full slot" in text(refused.card)
    assert "Dial 0117" in text(refused.card), "what was typed is still there"
    shared = await priya.press(refused.card, pressable(priya, "Share Wed"), join_reason="agreed with DS Marsh")
    assert "step 5 of 7" in text(shared.card)

    back = await priya.press(shared.card, "Back")
    called = await priya.press(back.card, pressable(priya, "Hold it by telephone now"))
    assert "step 5 of 7" in text(called.card)
    assert places(world, "lighthouse 25 09:00")[0].discussion is not None
    assert len(places(world, "lighthouse 25 09:00")) == 1, "the shared place is given back"


def pressable(chat: Chat, begins: str) -> str:
    return next(title for title in buttons(chat.view(chat.last)) if title.startswith(begins))


async def test_who_decides_and_has_no_teams_is_asked_by_a_mail_that_says_nothing_of_the_matter(
    make_url: MakeUrl,
) -> None:
    async with (
        MailServerInTests() as server,
        World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}) as world,
    ):
        keep_slots(world, "lighthouse", WEDNESDAY + 14 * 24 * HOUR)
        await world.install("Priya Nair")
        await comes_to_the_time(world, "Priya Nair", "SD-26-0412")
        await types(world, "Priya Nair", "ask police")
        await world.settle()

        [mail] = [one for one in server.mails if "helen" in str(one["To"])]
        assert mail["Subject"] == "Your agency is asked for a place"
        words = str(mail)
        assert "Please ring 0117 496 0101." in words
        for secret in ("Priya", "SD-26", "AB", "2019", "hysical"):
            assert secret not in words.partition("\n\n")[2]


async def test_when_little_time_is_left_a_telephone_discussion_is_offered_without_any_slots(world: World) -> None:
    await world.install("Priya Nair")
    world.clock.move_to(datetime(2026, 11, 24, 16, 45, tzinfo=UTC))

    assert "Hold it by telephone now" in await types(
        world, "Priya Nair", *START[:1], "SD-26-0412", START[2], "physical, U1"
    )
    assert "Hold it by telephone now" not in await types(world, "Priya Nair", "back", "physical, U3")
    assert "step 5 of 7" in await types(world, "Priya Nair", "phone now")

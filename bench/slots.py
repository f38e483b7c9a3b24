"""Ten thousand slots and two thousand bookings: what it costs to offer the best times, against one help turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median

from bench.load import Request
from bench.measuring import measure
from bench.people import IN_CHAT, Somebody, typed
from bench.running import Bot
from bench.scenarios import Bench, Facts
from bench.seeding import ACTIONS_A_DISCUSSION, Size, discussion_id, make_database
from discussions.ids import SlotId, TakingId
from discussions.people import AgencyId, DeskId, PersonId
from discussions.slots.slot import Slot, Taking
from storage.database import open_database
from storage.slots import SLOTS, TAKINGS
from storage.tables import agency as agency_table
from storage.tables import desk as desk_table
from tests.scenarios.world import KEYS

SLOTS_KEPT = 10_000
ACTIONS = 10_000
"""Of two thousand discussions."""
BOOKINGS = 2_000
DESKS = 20
HALF_HOURS = 28
"""So many slots a desk has on each day, from 08:00 on."""
LINES = ("book", "SD-26-{}", "AB 14/05/2019")
OFFERS = "physical, {}"


async def measure_slots(bench: Bench) -> Facts:
    """The turn that ends with three times to choose from, for the window of three days and of ten; whole turns."""
    url = make_database(bench.folder / "slots.db", Size(IN_CHAT, ACTIONS), bench.channel.service_url)
    bare = make_database(bench.folder / "no-slots.db", Size(IN_CHAT, ACTIONS), bench.channel.service_url)
    fill_slots(url)
    bots = [await bench.start_chairside(one, BENCH_BY_HAND="1") for one in (url, bare)]
    facts: Facts = {}
    try:
        for urgency in ("U3", "UR"):
            kept, without = [await against_help(bench, bot, urgency) for bot in bots]
            facts[f"slots: a turn that offers times, {urgency}, times a help turn"] = kept
            facts[f"slots: the same turn where nobody keeps slots, {urgency}, times a help turn"] = without
            facts[f"slots: offering alone, {urgency}, times a help turn"] = kept - without
    finally:
        for bot in bots:
            await bot.stop()
    return facts


async def against_help(bench: Bench, bot: Bot, urgency: str) -> float:
    """The first round warms up. Everybody books, and only the turn that offers is counted."""
    ratios = []
    for _ in range(bench.rounds + 1):
        helps = await measure(bot, bench.channel, bench.helps(IN_CHAT * 3, lambda _: bench.channel.token()), 4)
        offers = []
        for _ in range(3):
            for line in LINES:
                await measure(bot, bench.channel, said_by_all(bench, line), 4)
            offers.append(await measure(bot, bench.channel, said_by_all(bench, OFFERS.format(urgency)), 4))
        ratios.append(median(one.cpu_ms for one in offers) / helps.cpu_ms)
    return median(ratios[1:])


def said_by_all(bench: Bench, words: str) -> list[Request]:
    token, url, made = bench.channel.token(), bench.channel.service_url, []
    for place in range(IN_CHAT):
        number = bench.next_number()
        made.append(Request(typed(words.format(100_000 + number), Somebody(place), url, number), token))
    return made


def fill_slots(url: str) -> None:
    """Twenty desks of the police and health; of the first slots of each so many are taken."""
    database = open_database(url, KEYS)
    now = datetime.now(UTC)
    eight = now.replace(hour=8, minute=0, second=0, microsecond=0)
    desks = [{"id": desk_id(n), "agency": agency_of(n), "name": f"Team {n:02}", "active": True} for n in range(DESKS)]
    health = {"id": "health", "name": "Health", "category": "HEALTH", "active": True}
    try:
        with database.begin() as tx:
            tx.connection.execute(agency_table.insert(), [health])
            tx.connection.execute(desk_table.insert(), desks)
            SLOTS.add(tx, [slot(number, eight) for number in range(SLOTS_KEPT)])
            TAKINGS.add(tx, [taking(number, now) for number in range(BOOKINGS)])
    finally:
        database.close()


def desk_id(number: int) -> DeskId:
    return DeskId(f"desk-{number:02}")


def agency_of(number: int) -> AgencyId:
    return AgencyId("police" if number % 2 else "health")


def slot(number: int, eight: datetime) -> Slot:
    """All desks of one half hour after another, day by day."""
    day, half_hour = divmod(number // DESKS, HALF_HOURS)
    starts_at = eight + timedelta(days=day, minutes=30 * half_hour)
    return Slot(SlotId(f"slot-{number:05}"), desk_id(number % DESKS), starts_at, 30, capacity=1)


def taking(number: int, now: datetime) -> Taking:
    """Scattered over the days to come: of the next ones half is taken."""
    id, held = TakingId(f"taking-{number:05}"), discussion_id(number % (ACTIONS // ACTIONS_A_DISCUSSION))
    return Taking(
        id, SlotId(f"slot-{number * 1_777 % (2 * BOOKINGS):05}"), 1, PersonId(Somebody(0).id), now, discussion=held
    )

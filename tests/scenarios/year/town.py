"""A fictitious town: team managers who chair, and the people of every agency who take actions on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.needs import Reference, Store
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, ObjectId, Person, PersonId, Right, TenantId
from tests.scenarios.world import World

CHAIRS = 30
OWNERS_OF_EACH = 30
WITHOUT_TEAMS_EVERY = 20
AGENCIES = {
    "csc": ("Children's social care", "CSC", "TEAM_MANAGER"),
    "police": ("Avon and Somerset Police", "POLICE", "POLICE_OFFICER"),
    "health": ("Sirona Health", "HEALTH", "HEALTH_VISITOR"),
    "school": ("Hillside Primary School", "EDUCATION", "DSL"),
}
DESKS = {
    "edt": ("csc", "Emergency Duty Team", "24/7"),
    "lighthouse": ("police", "Lighthouse", "Mon-Sun 07:00-22:00"),
}


@dataclass(frozen=True, slots=True)
class Town:
    """`owners` are of all agencies; some of them are reached by mail alone."""

    chairs: tuple[Person, ...]
    owners: tuple[Person, ...]
    on_desks: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        return (*self.chairs, *self.owners, *self.on_desks)


def make_town(tenant: str) -> Town:
    chairs = tuple(somebody(tenant, "csc", number, rights={Right.CHAIR, Right.BOOK}) for number in range(CHAIRS))
    owners = tuple(
        somebody(
            tenant,
            agency,
            100 * (1 + place) + number,
            manager=chairs[number % CHAIRS].id,
            deputy=PersonId(f"person-{100 * (1 + place) + number - 1:04}") if number % 2 else None,
        )
        for place, agency in enumerate(AGENCIES)
        for number in range(OWNERS_OF_EACH)
    )
    on_desks = tuple(
        somebody(tenant, agency, 900 + number * 10 + place, desk=DeskId(desk))
        for place, (desk, (agency, _, _)) in enumerate(DESKS.items())
        for number in range(3)
    )
    return Town(chairs, owners, on_desks)


def somebody(tenant: str, agency: str, number: int, rights: set[Right] | None = None, **more: object) -> Person:
    return Person(
        id=PersonId(f"person-{number:04}"),
        agency=AgencyId(agency),
        desk=more.pop("desk", None),  # type: ignore[arg-type]
        name=f"Person Number {number}",
        role=AGENCIES[agency][2],
        role_name="Professional",
        rights=frozenset(rights or ()),
        mail=f"person.{number}@{agency}.example",
        phone="0117 496 0100",
        account=Account(TenantId(tenant), ObjectId(f"00000000-0000-4000-8000-{number:012}")),
        **more,  # type: ignore[arg-type]
    )


def settle_in(world: World, town: Town, now: datetime) -> None:
    """Everybody into the directory, and nearly everybody's chat to where Chairside can speak."""
    agencies = [Agency(AgencyId(id), name, category) for id, (name, category, _) in AGENCIES.items()]
    desks = [Desk(DeskId(id), AgencyId(agency), name, None, None, hours) for id, (agency, name, hours) in DESKS.items()]
    with world.database.transaction() as store:
        store.people.replace_all(agencies, desks, town.people)
        for place, one in enumerate(town.people):
            if one in town.chairs or place % WITHOUT_TEAMS_EVERY:
                open_chat(world, store, one, now)


def open_chat(world: World, store: Store, one: Person, now: datetime) -> None:
    assert one.account is not None, "everybody in this town has one"
    account = world.channel.person(one.name, object_id=one.account.object_id)
    room = world.channel.personal_chat(account).room
    room.has_bot = True
    at = Reference(room.id, world.channel.service_url, TenantId(room.tenant), room.members[0])
    store.conversations.install(at, one.id, "personal", now)

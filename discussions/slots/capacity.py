"""What was needed of agencies and what they had, by hour; and how often a window was missed, by reason. Numbers alone.

Told of agencies that keep slots: a school that is asked once would be known by its number. Restricted discussions are
left out, but that their places were taken shows. Cancelled ones need nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from discussions.booking.discussion import Discussion, DiscussionState
from discussions.london import nearest_from_london, say_date, to_london
from discussions.needs import Means, OneTimeLink
from discussions.people import AgencyId, Person, Right
from discussions.record.links import LIFETIME, LinkGone, digest_of
from discussions.refusals import NotAllowed, WrongAnswer
from discussions.slots.leading import all_desks
from discussions.slots.seeing import look_at
from discussions.trail import Deed, Entry

LONGEST_DAYS = 400
CAPACITY = "capacity"
NO_CODE = "NONE"
NO_CODE_LABEL = "Late, and not counted as an agency without a place"


@dataclass(frozen=True, slots=True)
class Demand:
    """Discussions that asked this agency: how many were decided on in this hour of the day, how many start in it."""

    agency: str
    hour: int
    urgency: str
    decided: int
    starting: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Places of slots that start in this hour of the day. `joined` are those taken beyond what was offered."""

    agency: str
    hour: int
    offered: int
    taken: int
    joined: int
    kept: int


@dataclass(frozen=True, slots=True)
class Breach:
    """Windows that were missed: as it was booked, and as it began."""

    code: str
    label: str
    urgency: str
    booked_late: int
    began_late: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """From the first day to the last, both of them whole."""

    first: date
    last: date
    demand: tuple[Demand, ...]
    supply: tuple[Supply, ...]
    breaches: tuple[Breach, ...]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Those that had slots then; nothing is told of others."""
        return tuple(dict.fromkeys(one.agency for one in self.supply))


class BadPeriod(WrongAnswer):
    pass


def may_see_capacity(who: Person) -> bool:
    return who.may(Right.OVERSEE) or who.may(Right.ADMINISTER)


def see_capacity(means: Means, who: Person | None, first: date, last: date) -> Capacity:
    """`who` None: whoever runs the service. Raises NotAllowed, BadPeriod."""
    if who is not None and not may_see_capacity(who):
        raise NotAllowed("see what was needed and what was there", "those who oversee, or an administrator,")
    if not timedelta() <= last - first <= timedelta(days=LONGEST_DAYS):
        raise BadPeriod(f"Please give a first day, then a last, not more than {LONGEST_DAYS} days later.")
    means.store.trail.write(Entry(Deed.READ, means.now, who.id if who else None, what=CAPACITY))
    since, before = nearest_from_london(first, time(0)), nearest_from_london(last + timedelta(days=1), time(0))
    names, supply = count_supply(means, since, before)
    found = [one for one in means.store.discussions.visible(since) if one.state is not DiscussionState.CANCELLED]
    within = [one for one in found if one.starts_at < before]
    demand = count_demand(means, found, names, since, before)
    return Capacity(first, last, demand, supply, count_breaches(means, within))


def count_supply(means: Means, since: datetime, before: datetime) -> tuple[Mapping[AgencyId, str], tuple[Supply, ...]]:
    """With the names of the agencies that had slots then."""
    desks = {desk.id: agency for agency, desk in all_desks(means)}
    slots = means.store.slots.between(list(desks), since, before - timedelta(microseconds=1))
    counts: dict[tuple[AgencyId, int], Counter[str]] = {}
    for seen in look_at(means, slots):
        place = desks[seen.slot.desk].id, to_london(seen.slot.starts_at).hour
        counts.setdefault(place, Counter()).update(
            offered=seen.slot.capacity, taken=len(seen.taken), joined=seen.joined, kept=seen.slot.reserved
        )
    names = {agency.id: agency.name for agency in desks.values() if any(agency.id == of for of, _ in counts)}
    ordered = sorted(counts, key=lambda place: (names[place[0]], place[1]))
    supply = (Supply(names[place[0]], place[1], **of(counts[place])) for place in ordered)
    return names, tuple(supply)


def of(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in ("offered", "taken", "joined", "kept")}


def count_demand(
    means: Means, found: Sequence[Discussion], names: Mapping[AgencyId, str], since: datetime, before: datetime
) -> tuple[Demand, ...]:
    decided: Counter[tuple[str, int, str]] = Counter()
    starting: Counter[tuple[str, int, str]] = Counter()
    for one in found:
        asked = {invitation.agency for invitation in means.store.discussions.invitations(one.id)}
        for agency in asked & set(names):
            if since <= one.decided_at < before:
                decided[names[agency], to_london(one.decided_at).hour, one.urgency] += 1
            if since <= one.starts_at < before:
                starting[names[agency], to_london(one.starts_at).hour, one.urgency] += 1
    places = sorted(set(decided) | set(starting))
    return tuple(Demand(*place, decided[place], starting[place]) for place in places)


def count_breaches(means: Means, within: Sequence[Discussion]) -> tuple[Breach, ...]:
    labels = {**dict(means.practice.slots.codes), NO_CODE: NO_CODE_LABEL}
    booked: Counter[tuple[str, str]] = Counter()
    began: Counter[tuple[str, str]] = Counter()
    for one in within:
        place = one.breach or NO_CODE, one.urgency
        booked[place] += one.starts_at > one.window_ends
        began[place] += one.started_at is not None and one.started_at > one.window_ends
    places = sorted(place for place in booked if booked[place] or began[place])
    return tuple(
        Breach(code, labels.get(code, code), urgency, booked[code, urgency], began[code, urgency])
        for code, urgency in places
    )


# As a file

COLUMNS = (
    "Part", "Agency", "Hour", "Urgency", "Reason", "Decided", "Starting", "Places offered", "Places taken",
    "Places joined", "Places kept for urgent", "Booked late", "Began late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CapacityFile:
    name: str
    rows: tuple[tuple[str, ...], ...]


def capacity_file(found: Capacity) -> CapacityFile:
    rows = [
        *(("Needed", d.agency, hour(d.hour), d.urgency, "", n(d.decided), n(d.starting), *[""] * 6)
          for d in found.demand),
        *(("Places", s.agency, hour(s.hour), *[""] * 4, n(s.offered), n(s.taken), n(s.joined), n(s.kept), "", "")
          for s in found.supply),
        *(("Window missed", "", "", b.urgency, b.label, *[""] * 6, n(b.booked_late), n(b.began_late))
          for b in found.breaches),
    ]  # fmt: skip
    return CapacityFile(f"capacity-{found.first:%Y-%m-%d}-to-{found.last:%Y-%m-%d}.csv", tuple(rows))


def hour(number: int) -> str:
    return f"{number:02}:00"


def n(count: int) -> str:
    return str(count)


# As a link, good once


def give_capacity_link(means: Means, who: Person, first: date, last: date, secret: str) -> OneTimeLink:
    if not may_see_capacity(who):
        raise NotAllowed("see what was needed and what was there", "those who oversee, or an administrator,")
    what = f"{CAPACITY} {first.isoformat()} {last.isoformat()}"
    link = OneTimeLink(digest_of(secret), None, who.id, means.now + LIFETIME, what=what)
    means.store.links.add(link)
    means.store.trail.write(Entry(Deed.LINK_GIVEN, means.now, who.id, what=CAPACITY))
    return link


def use_capacity_link(means: Means, link: OneTimeLink) -> CapacityFile:
    """Under the rights of whom it was given to, as they are now. Raises LinkGone."""
    person = means.store.people.person(link.person)
    if person is None or not may_see_capacity(person) or not means.store.links.use(link.digest, means.now):
        raise LinkGone
    _, first, last = (link.what or "").split(" ")
    found = see_capacity(means, person, date.fromisoformat(first), date.fromisoformat(last))
    means.store.trail.write(Entry(Deed.FETCHED, means.now, person.id, what=CAPACITY))
    return capacity_file(found)


def say_period(first: date, last: date) -> str:
    return f"{say_date(first)} to {say_date(last)}"

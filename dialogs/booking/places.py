"""Places at the desks that are asked: the best times for all of them, and what is held while the booking goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from dialogs.booking.asked import Guests, guests_of
from dialogs.booking.draft import STARTS_NOW, Draft, write_invitee
from dialogs.booking.pressing import pressing_now
from dialogs.engine import Answers, GoBack, Scene
from discussions.booking.desks import is_open_at
from discussions.booking.discussion import Form
from discussions.booking.weighing import Weighed
from discussions.needs import Means
from discussions.people import DeskId, PersonId
from discussions.practice.types import Weight
from discussions.slots.offering import Openings, Party, openings, without_place
from discussions.slots.taking import PlacesGone, Wanted, desks_of, hold, let_go, renew, say_desk

MOST_LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class Short:
    """An agency that keeps slots and has no free one inside the window."""

    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Full:
    """A full slot that one more discussion could join."""

    desk: DeskId
    name: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """A start, and the agencies that have a place then or have none."""

    starts_at: datetime
    can: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the form shows of places, as it was found when the dialog came to it; empty where nobody keeps slots."""

    offers: tuple[Offered, ...]
    short: tuple[Short, ...]
    full: tuple[Full, ...]

    def offered(self, starts_at: datetime) -> tuple[str, ...] | None:
        """Who was said to have no place then; None for a time that was not offered."""
        return next((one.without for one in self.offers if one.starts_at == starts_at), None)


def told(answers: Answers) -> Told:
    kept = cast("Mapping[str, list[list[object]]]", answers.get("openings") or {})
    return Told(
        offers=tuple(
            Offered(datetime.fromisoformat(str(at)), tuple(cast("list[str]", can)), tuple(cast("list[str]", without)))
            for at, can, without in kept.get("offers", ())
        ),
        short=tuple(Short(str(name), str(category)) for name, category in kept.get("short", ())),
        full=tuple(
            Full(DeskId(str(desk)), str(name), datetime.fromisoformat(str(at)))
            for desk, name, at in kept.get("full", ())
        ),
    )


def written(means: Means, found: Openings) -> dict[str, object]:
    if not (found.offers or found.short):
        return {}
    return {
        "offers": [[one.starts_at.isoformat(), names(one.can), names(one.without)] for one in found.offers],
        "short": [[party.name, party.category] for party in found.short],
        "full": [[one.desk, say_desk(means, one.desk), one.starts_at.isoformat()] for one in found.joinable],
    }


def names(parties: Iterable[Party]) -> list[str]:
    return list(dict.fromkeys(party.name for party in parties))


def look(scene: Scene, step: str) -> Answers:
    """Each time the dialog moves: what is held is held on; the times are looked for anew; before it is booked, places
    are held of exactly those who are asked now. Raises GoBack where one that was held has gone to somebody else."""
    scene = as_it_starts(scene)
    starts: Answers = {"starts_at": scene.answers["starts_at"]} if scene.answers.get(STARTS_NOW) else {}
    return {**starts, **places_at(scene, step)}


def as_it_starts(scene: Scene) -> Scene:
    """What starts now, by telephone, starts when it is booked, however long the rest of the form takes."""
    if not scene.answers.get(STARTS_NOW):
        return scene
    return replace(scene, answers={**scene.answers, "starts_at": scene.means.now.isoformat()})


def places_at(scene: Scene, step: str) -> Answers:
    if not scene.means.store.slots.are_kept(scene.means.now):
        return {"openings": {}} if scene.answers.get("openings") else {}
    if step == "when":
        renew(scene.means, scene.dialog)
        return openings_now(scene)
    if step != "check" or Draft(scene.answers).moment("starts_at") is None:
        renew(scene.means, scene.dialog)
        return {}
    try:
        return hold_now(scene, promised=held(scene.answers))
    except PlacesGone as gone:
        raise GoBack("when", gone.sentence, "when") from gone


def openings_now(scene: Scene) -> Answers:
    now = pressing_now(scene)
    found = openings(scene.means, parties_of(scene), now.urgency.code, now.ends, scene.dialog)
    kept = written(scene.means, found)
    return {"openings": kept} if kept or scene.answers.get("openings") else {}


def hold_now(scene: Scene, promised: Sequence[DeskId] = ()) -> Answers:
    """A place of everybody who is asked and has one then; a telephone call needs none. Raises PlacesGone."""
    draft = Draft(scene.answers)
    starts_at = draft.moment("starts_at")
    if starts_at is None or draft.is_over(scene.means.now):
        let_go(scene.means, scene.dialog)
        return {"held": [], "without": []} if scene.answers.get("held") else {}
    desks = desks_asked(scene)
    wanted = Wanted(desks, starts_at, pressing_now(scene).urgency.code, draft.joins, promised)
    places = hold(scene.means, scene.who, scene.dialog, wanted)
    if not (places.held or places.without or scene.answers.get("held") or scene.answers.get("without")):
        return {}
    is_call = draft.text("form") == Form.PHONE
    return {"held": list(places.held), "without": [] if is_call else list(places.without)}


def held(answers: Answers) -> tuple[DeskId, ...]:
    return tuple(DeskId(desk) for desk in cast("list[str]", answers.get("held") or []))


def names_without(scene: Scene) -> list[str]:
    """Desks that are asked, keep slots, and have no place at the start that is chosen."""
    desks = cast("list[str]", scene.answers.get("without") or [])
    return [say_desk(scene.means, DeskId(desk)) for desk in desks]


def without_now(scene: Scene, starts_at: datetime) -> tuple[str, ...]:
    urgency = pressing_now(scene).urgency.code
    found = without_place(scene.means, parties_of(scene), urgency, starts_at, scene.dialog)
    return tuple(party.name for party in found)


def desks_asked(scene: Scene) -> tuple[DeskId, ...]:
    return desks_of(scene.means, [(one.desk, one.person) for one in guests_of(scene).all])


def parties_of(scene: Scene) -> tuple[Party, ...]:
    """Those who are asked as it stands. Which desk of a core agency that is depends on the hour, so each of its desks
    that keeps slots is looked at by its own first one."""
    found: dict[str, Party] = {}
    for key, party, _ in asked_at(scene, None):
        found[key] = party
    for starts_at in other_hours(scene, found):
        for key, party, is_core in asked_at(scene, starts_at):
            if is_core and key in found:
                found[key] = replace(party, desks=found[key].desks | party.desks)
    return tuple({party.desks: party for party in found.values()}.values())


def asked_at(scene: Scene, starts_at: datetime | None) -> Iterator[tuple[str, Party, bool]]:
    at = {"starts_at": starts_at.isoformat()} if starts_at else {}
    guests = guests_of(replace(scene, answers={**scene.answers, **at}))
    people = scene.means.store.people
    for key, desk, person, is_core in invited(guests):
        [its] = desks_of(scene.means, [(desk, person)]) or [None]
        if its:
            agency = people.agency(people.desk(its).agency)
            yield key, Party(agency.name, agency.category, frozenset({its})), is_core


def invited(guests: Guests) -> Iterator[tuple[str, DeskId | None, PersonId | None, bool]]:
    for one in guests.weighed:
        if one.is_taken:
            yield one.proposal.key, one.proposal.desk, one.proposal.person, is_core(one)
    for invitee in guests.named:
        yield write_invitee(invitee), invitee.desk, invitee.person, False


def is_core(one: Weighed) -> bool:
    return one.proposal.weight is Weight.CORE


def other_hours(scene: Scene, found: Mapping[str, Party]) -> list[datetime]:
    """First slots, inside the window, of other desks of the core agencies: one of each time at which other desks are
    open than now, since then others may be asked."""
    means, people = scene.means, scene.means.store.people
    known = {desk for party in found.values() for desk in party.desks}
    categories = {party.category for party in found.values()} & set(means.practice.quorum.core)
    desks = [
        desk for one in people.agencies() if one.category in categories for desk in people.desks(one.id)
    ]  # fmt: skip
    others = {desk.id for desk in desks} - known
    first = means.store.slots.first_starts(others, means.now, pressing_now(scene).ends)
    now = Draft(scene.answers).moment("starts_at") or means.now
    hours: dict[tuple[bool | None, ...], datetime] = {}
    for at in sorted(set(first.values())):
        hours.setdefault(tuple(is_open_at(desk, at, means.calendar) for desk in desks), at)
    hours.pop(tuple(is_open_at(desk, now, means.calendar) for desk in desks), None)
    return list(hours.values())[:MOST_LOOKED_AT]

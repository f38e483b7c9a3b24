"""Leave: who is away until when, who may say so, and what awaits them when they are back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from discussions.attention.hours import disturb_at
from discussions.attention.kept import Absence
from discussions.clocks import Clock
from discussions.ids import AbsenceId, MessageId
from discussions.london import from_london, say_day, say_moment, to_london
from discussions.moments import TimeMissing, read_moment
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from discussions.trail import Deed, Entry

MIDNIGHT = time(0)


class NotTheirLead(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Only {name} or whoever leads their desk can say that they are away. Nothing was changed. "
            "If they can't be reached, please tell the chair."
        )


class NotAnAbsence(Refusal):
    """The moment is over already, or too far away."""


def away_until(means: Means, words: str) -> datetime:
    """A day means its end: who is away until Friday is not disturbed on Friday."""
    try:
        return read_moment(words, means.now, calendar=means.calendar)
    except TimeMissing as missing:
        return end_of(missing.day)


def end_of(day: date) -> datetime:
    return from_london(day + timedelta(days=1), MIDNIGHT)


def say_away(means: Means, who: Person, whom: Person, until: datetime) -> Absence:
    """From now on. Takes the place of what was said before. Raises NotTheirLead, NotAnAbsence."""
    refuse_strangers(means, who, whom)
    if until <= means.now:
        raise NotAnAbsence(f"{say_moment(until)} is over already. Nothing was changed. For example: away until Friday")
    furthest = latest(means, means.practice.reminders.away_at_most)
    if until > furthest:
        raise NotAnAbsence(
            f"Leave can be noted until {say_day(to_london(furthest).date())}. Nothing was changed. "
            "For longer, please ask whoever keeps the directory."
        )
    return note_away(means, who, whom, until)


def note_away(means: Means, who: Person, whom: Person, until: datetime) -> Absence:
    """What stands already is left as it is."""
    known = absence_of(means, whom.id)
    if known is not None and known.until == until:
        return known
    end_absences(means, whom)
    absence = Absence(AbsenceId(means.new_id()), whom.id, means.now, until, who.id)
    means.store.attention.add_absence(absence)
    means.store.trail.write(Entry(Deed.AWAY, means.now, who.id, what=whom.id))
    hand_back_later(means, whom, absence)
    return absence


def say_back(means: Means, who: Person, whom: Person) -> bool:
    """False if they were not away."""
    refuse_strangers(means, who, whom)
    if not end_absences(means, whom):
        return False
    means.store.trail.write(Entry(Deed.BACK, means.now, who.id, what=whom.id))
    return True


def refuse_strangers(means: Means, who: Person, whom: Person) -> None:
    if who.id != whom.id and not leads(means, who, whom):
        raise NotTheirLead(whom.name)


def leads(means: Means, who: Person, whom: Person) -> bool:
    """Their manager, or at their own desk whoever is manager of somebody there."""
    if whom.manager == who.id:
        return True
    rota = means.store.people.at_desk(whom.desk) if whom.desk and whom.desk == who.desk else ()
    return any(one.manager == who.id for one in rota)


def latest(means: Means, within: Clock) -> datetime:
    return within.deadline(means.now, means.calendar, means.practice.counting)


def end_absences(means: Means, whom: Person) -> bool:
    running = [one for one in means.store.attention.absences([whom.id]) if one.over_at > means.now]
    for one in running:
        means.store.attention.save_absence(replace(one, ended_at=means.now))
    return bool(running)


def hand_back_later(means: Means, whom: Person, absence: Absence) -> None:
    """One card with what is open, at the start of their first shift after it. If they are back earlier, or away for
    longer, it is withdrawn when it would be sent."""
    due = disturb_at(means, whom, absence.until)
    key = f"returned:{absence.id}"
    about = {"absence": absence.id}
    id = MessageId(means.new_id())
    means.store.outbox.put(Message(id, MessageKind.RETURNED, about, whom.id, None, key, due))


def absence_of(means: Means, person: PersonId) -> Absence | None:
    """The one that runs now."""
    return next((one for one in means.store.attention.absences([person]) if one.covers(means.now)), None)


def away(means: Means, people: Collection[PersonId], at: datetime) -> frozenset[PersonId]:
    """Those of them who are away at this moment."""
    return frozenset(covering(means.store.attention.absences(people), at)) if people else frozenset()


def covering(absences: Iterable[Absence], at: datetime) -> Iterable[PersonId]:
    return (one.person for one in absences if one.covers(at))


def is_back_from(means: Means, person: PersonId, id: AbsenceId) -> bool:
    """Whether this absence ran its whole time, and they are not away again."""
    absences = means.store.attention.absences([person])
    ran = any(one.id == id and one.ended_at is None for one in absences)
    return ran and not any(one.covers(means.now) for one in absences)

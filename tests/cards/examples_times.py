"""The step of a booking that sets the time: times to choose from, and the ways on where no place is free."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cards.form import form_card
from cards.render import Card
from dialogs.booking.when import WHEN
from dialogs.engine import Answers, Scene
from discussions.needs import Means
from discussions.people import DeskId, TenantId
from storage.practice_file import standard_practice
from tests.cards.gallery import example
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids
from tests.scenarios.people import DIRECTORY, person_id

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
POLICE, HEALTH = "Avon and Somerset Police", "Sirona Health"
UNIT = [DeskId("lighthouse"), f"{POLICE}: Safeguarding unit"]
ANSWERS: Answers = {
    "urgency": "U2",
    "decided_at": NOW.isoformat(),
    "children": [{"initials": "AB", "born": "2019-05-14", "expected": None}],
    "harms": ["physical"],
}


def at(hours: int) -> str:
    return (NOW + timedelta(hours=hours)).isoformat()


def shown(answers: Answers) -> Card:
    store = StoreInMemory()
    store.people.replace_all(*DIRECTORY(TenantId("tenant")))
    means = Means(store, standard_practice(), CalendarOfDays(), NOW, counted_ids())
    who = store.people.person(person_id("Priya Nair"))
    assert who is not None
    form = WHEN.show(Scene(means, who, {**ANSWERS, **answers}, "dialog", 1))
    return form_card(
        "Book a discussion · step 4 of 7", form.heading, form.ask, form.inputs, (), band=form.band, foot=form.foot
    )


@example(form_card, "times-offered")
def times_to_choose_from() -> Card:
    offers = [[at(5), [POLICE, HEALTH], []], [at(6), [HEALTH], [POLICE]], [at(2), [POLICE], [HEALTH]]]
    return shown({"openings": {"offers": offers, "short": [], "full": []}})


@example(form_card, "times-without")
def a_time_was_typed_at_which_somebody_has_no_place() -> Card:
    offers = [[at(5), [POLICE, HEALTH], []]]
    openings = {"offers": offers, "short": [], "full": []}
    return shown({"openings": openings, "starts_at": at(3), "form": "video", "without": ["lighthouse"]})


@example(form_card, "times-none-free")
def no_place_of_the_police() -> Card:
    full = [[*UNIT, at(2)], [*UNIT, at(4)]]
    return shown({"openings": {"offers": [[at(3), [HEALTH], [POLICE]]], "short": [[POLICE, "POLICE"]], "full": full}})


@example(form_card, "times-none-free-asked")
def they_are_asked_and_it_starts_late() -> Card:
    both = [[POLICE, "POLICE"], [HEALTH, "HEALTH"]]
    said = {"ask POLICE": "09:02", "escalate": "09:03"}
    openings = {"offers": [], "short": both, "full": []}
    return shown({"openings": openings, "said_ways": said, "starts_at": at(30), "form": "video"})

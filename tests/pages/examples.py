"""Every page of the secure link in its states, with names and words of every awkward kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.days import TIMES, day_choices
from discussions.actions.views import ActionView, MayPress
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId
from discussions.practice.secure_page import SecurePage
from discussions.secure.answering import PageAnswer
from discussions.secure.seeing import Seen, Takers, offered
from pages import secure
from pages.fields import Choice, Refused
from pages.render import Page
from pages.secure_action import Offered, Typed, action_page, kept_page, takers_page
from tests.cards.examples_actions import (
    ACCEPTED,
    BLOCKED,
    CALENDAR,
    DONE,
    HANDED,
    LONG,
    MORE_TIME,
    NOW,
    OVERDUE,
    TOMORROW,
    VIEW,
    for_chair,
)
from tests.cards.examples_overviews import PREPARATION
from tests.pages.examples_invitation import EXAMPLES_OF_INVITATIONS

TOKEN = "dG9rZW4"
ENDS = NOW + timedelta(minutes=30)
SCHOOL = AgencyId("school")
AGENCIES = tuple(
    Agency(AgencyId(id), name, "OTHER")
    for id, name in (("school", "Ashgrove Primary School"), ("police", "Police"), ("health", "Sirona care & health"))
)
DESK = Desk(DeskId("office"), SCHOOL, "School office", "office@ashgrove.example", None, None)
LISTS = Offered(
    tuple(Choice(day.title, day.value) for day in day_choices(NOW, CALENDAR)),
    tuple(Choice(time.title, time.value) for time in TIMES),
    tuple(Choice(agency.name, agency.id) for agency in AGENCIES),
)


def person(name: str, role: str = "Designated safeguarding lead") -> Person:
    return Person(PersonId(name), SCHOOL, DESK.id, name, "DSL", role, frozenset())


READER = person("Jo Smith")
PEOPLE = tuple(("School office", person(f"Person {number} O'Neill-Ashworth")) for number in range(3))


def seen(view: ActionView, *, is_shared: bool = False, said: Person | None = None) -> Seen:
    return Seen(view, offered(view), READER, is_shared, said, ENDS)


def action(
    view: ActionView, typed: Typed | None = None, refused: Refused | None = None, *, shared: bool = False
) -> Page:
    return action_page(seen(view, is_shared=shared), LISTS, TOKEN, NOW, typed or Typed(), refused)


def refused_for_a_reason() -> Page:
    typed = Typed("more_time", {"day": "2026-11-19", "time": "09:30", "decline-words": LONG})
    return action(
        VIEW, typed, Refused("Not sent", "Please give a reason, so that the chair can decide.", "more_time-words")
    )


def late() -> Page:
    typed = Typed("done", {"done-words": "A seen <alone> & well\nat school"})
    told = "Already marked done by Jo Smith at 10:02. Nothing was changed."
    return action(BLOCKED, typed, Refused("Not sent: it has changed meanwhile", told))


def nothing_chosen() -> Page:
    return action(VIEW, refused=Refused("Not sent", "Please give one of the answers.", "answer-accept"))


def shared_mailbox() -> Page:
    told = "Please give your name, because several people may read this mailbox."
    return action(ACCEPTED, Typed("done"), Refused("Not sent", told, "name"), shared=True)


def takers(people: tuple[tuple[str, Person], ...], desks: tuple[Desk, ...] = (), why: Refused | None = None) -> Page:
    found = Takers(AGENCIES, AGENCIES[0], desks, None, people)
    return takers_page(seen(ACCEPTED), found, TOKEN, Typed("hand_over", {"seen": "1"}), why)


ASKED = replace(HANDED, is_yours=False, may=frozenset({MayPress.ACCEPT_HAND_OVER, MayPress.DECLINE_HAND_OVER}))
CHAIRS = for_chair(MORE_TIME, frozenset({MayPress.AGREE_TIME, MayPress.REFUSE_TIME}))
MAY_END = replace(ACCEPTED, may=ACCEPTED.may | {MayPress.CANNOT, MayPress.TAKE_OFFER})
CLOSED = "A is with her aunt.\n\nI rang at 10."
EXAMPLES: dict[str, Page] = {
    "ask": secure.ask_page(TOKEN),
    "ask-closed": secure.closed_page(TOKEN, CLOSED),
    "away": secure.away_page(CLOSED, is_in_doubt=True),
    "code": secure.code_page(TOKEN, SecurePage()),
    "code-wrong": secure.code_page(TOKEN, SecurePage(), "402 931"),
    "action": action(VIEW),
    "action-tomorrow": action(TOMORROW),
    "action-overdue": action(replace(OVERDUE, action=replace(OVERDUE.action, wording=LONG[:900]))),
    "action-blocked": action(BLOCKED),
    "action-refused": refused_for_a_reason(),
    "action-late": late(),
    "action-nothing-chosen": nothing_chosen(),
    "action-shared": shared_mailbox(),
    "action-asked": action(ASKED),
    "action-chair": action(CHAIRS),
    "action-to-read": action_page(replace(seen(MAY_END), to_read=PREPARATION), LISTS, TOKEN, NOW, Typed("blocked")),
    "action-hear": action(replace(DONE, is_yours=False, may=frozenset({MayPress.RECEIVE}))),
    "action-done": action(replace(DONE, is_yours=False, may=frozenset())),
    "takers": takers(PEOPLE),
    "takers-refused": takers(PEOPLE, why=Refused("Not sent", "Please choose somebody who is.", "to")),
    "takers-desks": takers((), (DESK,)),
    "takers-nobody": takers(()),
    "kept": kept_page(DONE, PageAnswer.DONE, DONE.action.note, TOKEN, ENDS),
    "kept-hand-over": kept_page(HANDED, PageAnswer.HAND_OVER, None, TOKEN, ENDS),
    "left": secure.left_page(),
    "foreign": secure.foreign_page(),
    "too-much": secure.too_much_page(),
    "too-often": secure.too_often_page(10),
    "fault": secure.fault_page(),
    "nothing-here": secure.nothing_here_page(),
    **EXAMPLES_OF_INVITATIONS,
}

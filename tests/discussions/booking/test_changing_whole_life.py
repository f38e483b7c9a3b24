"""A booking's whole life on real databases: moved, cancelled, handed over, answered, begun, in any order by anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import TypeVar

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from discussions.agenda.start import start_discussion
from discussions.booking.answer import Reply, answer_invitation
from discussions.booking.book import BookingRequest, Invitee, NewChild, book, people_asked
from discussions.booking.cancel import Cancellation, cancel_discussion
from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.hand_over import Handed, offer, refuse, take_over
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.move import Move, move_discussion
from discussions.booking.not_held import held_by_phone, tell_not_held
from discussions.booking.why import Why
from discussions.fallback import is_past
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person, Right
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from storage.database import Database, TransactionsInSql
from storage.outbox import MESSAGES
from storage.tables import outbox
from tests.discussions.actions.story import (
    BOOKER,
    CALENDAR,
    CHAIR,
    CSC,
    DUTY,
    HEALTH,
    LIGHTHOUSE,
    MINUTES,
    ON_DUTY,
    OTHER,
    POLICE,
    PRACTICE,
    ROTA,
    STRANGER,
    TEN,
)
from tests.doubles import counted_ids

R = TypeVar("R")
SAM = replace(BOOKER, rights=frozenset({Right.BOOK}))
LEAD = replace(MINUTES, id="lead", name="Ada Lowe", rights=frozenset({Right.CHAIR, Right.BOOK, Right.OVERSEE}))
PEOPLE = (CHAIR, SAM, MINUTES, LEAD, OTHER, STRANGER, *ROTA, ON_DUTY)
LIVES = count(1)
WHO = st.sampled_from([CHAIR, SAM, LEAD, OTHER, ROTA[0], STRANGER])
HOLDERS = st.sampled_from([CHAIR, SAM, LEAD])
OLD = st.sampled_from([0, 0, 0, 1])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), HOLDERS | WHO, st.integers(-1, 30), st.sampled_from(list(Form)), OLD),
        st.tuples(st.just("link"), HOLDERS | WHO, st.sampled_from(["ring 1", "ring 2"]), OLD),
        st.tuples(st.just("answer"), WHO, st.integers(0, 1), st.sampled_from(["coming", "not_coming"]), OLD),
        st.tuples(st.just("offer"), HOLDERS, st.sampled_from(list(Handed)), WHO),
        st.tuples(st.just("take"), WHO, st.sampled_from(list(Handed))),
        st.tuples(st.just("refuse"), WHO, st.sampled_from(list(Handed))),
        st.tuples(st.just("pass"), st.integers(1, 600)),
        st.tuples(st.just("phone"), HOLDERS, OLD),
        st.tuples(st.just("cancel"), HOLDERS | WHO, OLD),
        st.tuples(st.just("start"), HOLDERS | WHO),
    ),
    max_size=12,
)


class Life:
    """One booking on a database, a transaction a step."""

    def __init__(self, database: Database) -> None:
        self.database, self.at = database, TEN
        number = next(LIVES)
        self.ids = f"life-{number}-"
        new_id = counted_ids(self.ids)
        self.do = TransactionsInSql(database, PRACTICE, CALENDAR, lambda: self.at, new_id).run_now
        self.do(lambda means: means.store.people.replace_all((CSC, POLICE, HEALTH), (LIGHTHOUSE, DUTY), PEOPLE))
        request = BookingRequest(
            reference=f"SD-26-{number:04}",
            kind=DiscussionKind.INITIAL,
            restricted=False,
            children=(NewChild("AB", date(2019, 3, 4), None),),
            harms=("PHY",),
            urgency="U2",
            decided_at=TEN,
            starts_at=TEN + timedelta(hours=4),
            form=Form.VIDEO,
            chair=CHAIR.id,
            minute_taker=MINUTES.id,
            invitees=(Invitee(LIGHTHOUSE.id, None), Invitee(None, OTHER.id)),
        )
        self.booked = self.do(book, SAM, request)
        self.asked_at: dict[int, Person | None] = {0: SAM}
        """Who asked everybody, at each number of moves; None where only some were told."""

    @property
    def id(self) -> DiscussionId:
        return self.booked.id

    def one(self) -> Discussion:
        found = self.do(lambda means: means.store.discussions.discussion(self.id))
        assert found is not None
        return found

    def invitations(self) -> Sequence[Invitation]:
        return self.do(lambda means: means.store.discussions.invitations(self.id))

    def messages(self) -> list[Message]:
        with self.database.begin() as tx:
            found = MESSAGES.all(tx, MESSAGES.select.where(outbox.c.id.startswith(self.ids)))
        return [message for message in found if message.about.get("discussion") == self.id]

    def says(self, use_case: Callable[..., R], *arguments: object) -> R | None:
        """None where it was refused: then nothing is other than it was."""
        before = (self.one(), self.invitations(), len(self.messages()))
        try:
            return self.do(use_case, *arguments)
        except Refusal:
            assert (self.one(), self.invitations(), len(self.messages())) == before
            return None


def take_step(life: Life, step: tuple) -> None:  # type: ignore[type-arg]
    kind, *said = step
    one = life.one()
    match kind, *said:
        case "pass", minutes:
            life.at += timedelta(minutes=minutes)
            life.do(tell_not_held)
        case "move", who, hours, form, old:
            move = Move(life.at + timedelta(hours=hours), form, one.join_details, Why(None, "court"))
            moved(life, one, life.says(move_discussion, who, life.id, move, one.moved - old), who, old)
        case "link", who, details, old:
            move = Move(one.starts_at, one.form, details, Why("how_to_join"))
            moved(life, one, life.says(move_discussion, who, life.id, move, one.moved - old), who, old)
        case "answer", who, place, what, old:
            asked = life.invitations()[place]
            reply = Reply(InvitationAnswer(what), "a report")
            life.says(answer_invitation, who, asked.id, reply, asked.version - old)
        case "offer", who, part, to:
            life.says(offer, who, life.id, part, to.id, None)
        case "take", who, part:
            taken = life.says(take_over, who, life.id, part)
            assert taken is None or who.id in (part.asked(one), part.holder(one))
        case "refuse", who, part:
            life.says(refuse, who, life.id, part, "on leave")
        case "phone", who, old:
            life.says(held_by_phone, who, life.id, None, one.moved - old)
        case "cancel", who, old:
            ended = life.says(cancel_discussion, who, life.id, Cancellation(Why("error"), "at home"), one.moved - old)
            assert ended is None or (who.id == one.chair and not old)
        case "start", who:
            life.says(start_discussion, who, life.id)


def moved(life: Life, before: Discussion, after: Discussion | None, who: Person, old: int) -> None:
    if after is None:
        return
    assert not old, "whoever had looked before a move has moved it"
    assert before.state is DiscussionState.BOOKED
    assert who.id in (before.chair, before.booker)
    assert after.moved == before.moved + 1
    asks = (after.starts_at, after.form) != (before.starts_at, before.form)
    life.asked_at[after.moved] = who if asks else None
    if asks:
        assert {one.answer for one in life.invitations()} == {InvitationAnswer.ASKED}


def check(life: Life) -> None:
    one, messages = life.one(), life.messages()
    assert (one.window_ends, one.decided_at) == (life.booked.window_ends, life.booked.decided_at)
    changes = life.do(lambda means: means.store.discussions.changes(life.id))
    counted = [
        change for change in changes if change.kind in (ChangeKind.MOVED, ChangeKind.DETAILS, ChangeKind.CANCELLED)
    ]
    assert one.moved == len(counted)
    asking = [message for message in messages if message.kind is MessageKind.INVITATION and not message.replaces_card]
    everybody_is_asked_once(life, asking)
    nobody_hears_of_two_times(life, one, asking)
    if one.state is DiscussionState.CANCELLED:
        nobody_waits_for_what_is_cancelled(life, messages)
    assert life.do(lambda means: means.store.trail.is_unbroken())


def everybody_is_asked_once(life: Life, asking: Sequence[Message]) -> None:
    """For each time that was set: all but whoever set it."""
    asked = Counter((message.about["invitation"], message.about["moved"], message.recipient) for message in asking)
    assert set(asked.values()) <= {1}
    for number, who in life.asked_at.items():
        for invitation in life.invitations() if who else ():
            people = {person.id for person in life.do(people_asked, invitation)} - {who.id if who else ""}
            told = {person for one, at, person in asked if (one, at) == (invitation.id, str(number))}
            assert told == people, (number, invitation.id)


def nobody_hears_of_two_times(life: Life, one: Discussion, asking: Sequence[Message]) -> None:
    """Whatever still waits when it is sent: of all invitations only those about what is so now."""

    def live(means: Means) -> set[str]:
        return {message.about["moved"] for message in asking if not is_past(means, message)}

    assert life.do(live) <= ({str(one.moved)} if one.is_open else set())


def nobody_waits_for_what_is_cancelled(life: Life, messages: Sequence[Message]) -> None:
    told = Counter(
        (message.about["invitation"], message.recipient)
        for message in messages
        if message.kind is MessageKind.CANCELLED
    )
    assert set(told.values()) <= {1}
    [change] = [
        change
        for change in life.do(lambda means: means.store.discussions.changes(life.id))
        if change.kind is ChangeKind.CANCELLED
    ]
    for invitation in life.invitations():
        people = {person.id for person in life.do(people_asked, invitation)} - {change.who}
        assert {person for asked, person in told if asked == invitation.id} == people


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_no_order_of_changes_resets_the_window_or_leaves_two_times_or_tells_twice(
    database: Database,
    steps: list[tuple],  # type: ignore[type-arg]
) -> None:
    life = Life(database)

    for step in steps:
        take_step(life, step)
        check(life)
    event(f"ended {life.one().state}, moved {life.one().moved}")


def test_the_chairs_of_a_whole_life_are_those_who_accepted(database: Database) -> None:
    life = Life(database)
    steps = [("offer", CHAIR, Handed.CHAIR, LEAD), ("take", STRANGER, Handed.CHAIR), ("take", LEAD, Handed.CHAIR)]
    steps += [("move", CHAIR, 2, Form.PHONE, 0), ("move", LEAD, 2, Form.PHONE, 0), ("cancel", LEAD, 0)]

    for step in steps:
        take_step(life, step)
        check(life)

    assert (life.one().chair, life.one().state, life.one().moved) == (LEAD.id, DiscussionState.CANCELLED, 2)

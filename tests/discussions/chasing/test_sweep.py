"""What is said while answers are missing: in time, once, to whom it helps, and never about a start that is past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from discussions.actions.promises import PromiseState
from discussions.attention.kept import Absence
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.chasing.promise import promise_chases
from discussions.chasing.sweep import has_passed, say_chases
from discussions.ids import ChildId, DiscussionId, InvitationId
from discussions.needs import Means
from discussions.people import DeskId
from discussions.post import Message, MessageKind
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids
from tests.scenarios.people import DIRECTORY, person_id

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SD = DiscussionId("sd")
CHAIR, BOOKER = person_id("Priya Nair"), person_id("Sam Okoro")
HELEN, KIT, TOM, GRACE = (person_id(name) for name in ("Helen Marsh", "Kit Rowe", "Tom Bexley", "Grace Lindo"))
POLICE = Invitation(InvitationId("police"), SD, "police", DeskId("lighthouse"), None)
NURSE = Invitation(InvitationId("nurse"), SD, "health", None, TOM)
SCHOOL = Invitation(InvitationId("school"), SD, "school", None, GRACE)
ALL = (POLICE, NURSE, SCHOOL)


@dataclass
class Scene:
    """A discussion at 16:00, booked at nine; time goes on in steps of a minute, with a tick at each."""

    store: StoreInMemory = field(default_factory=StoreInMemory)
    at: datetime = NINE
    new_id: Any = field(default_factory=counted_ids)

    def __post_init__(self) -> None:
        self.store.people.replace_all(*DIRECTORY("t"))

    def book(self, starts_at: datetime = NINE + timedelta(hours=7), urgency: str = "U2") -> Scene:
        child = Child(ChildId("c"), SD, "A", "AB", date(2019, 5, 14), None)
        self.store.discussions.add(discussion(starts_at, urgency), [child], ALL)
        self.ask(ALL)
        return self

    def ask(self, invitations: Sequence[Invitation]) -> None:
        self.do(promise_chases, self.discussion, invitations)

    @property
    def discussion(self) -> Discussion:
        return self.store.discussions.kept[SD]

    def change(self, **changes: Any) -> None:
        self.store.discussions.kept[SD] = replace(self.discussion, **changes)

    def answer(self, invitation: Invitation, answer: InvitationAnswer = InvitationAnswer.COMING) -> None:
        self.store.discussions.all_invitations[invitation.id] = replace(invitation, answer=answer)

    def do(self, use_case: Callable[..., Any], *arguments: object) -> Any:
        means = Means(self.store, standard_practice(), CalendarOfDays(), self.at, self.new_id)
        return use_case(means, *arguments)

    def until(self, hour: int, minute: int = 0) -> list[tuple[str, MessageKind, str | None]]:
        """What is said from now to then, each with the time."""
        end = self.at.replace(hour=hour, minute=minute)
        found = []
        while self.at <= end:
            before = len(self.store.outbox.messages)
            self.do(say_chases, 100)
            said = self.store.outbox.messages[before:]
            found += [(f"{self.at:%H:%M}", one.kind, one.recipient) for one in said]
            self.at += timedelta(minutes=1)
        return found


def discussion(starts_at: datetime, urgency: str) -> Discussion:
    return Discussion(
        id=SD,
        reference="SD-26-0412",
        kind=DiscussionKind.INITIAL,
        urgency=urgency,
        harms=("PHY",),
        decided_at=NINE,
        window_ends=NINE + timedelta(days=1),
        starts_at=starts_at,
        form=Form.VIDEO,
        chair=CHAIR,
        booker=BOOKER,
        practice="digest",
        join_details="https://teams.microsoft.com/l/x",
    )


AGAIN, RING, CORE, BRING = (
    MessageKind.ASKED_AGAIN,
    MessageKind.TO_RING,
    MessageKind.CORE_MISSING,
    MessageKind.TO_BRING,
)


def test_nobody_answers_and_everything_is_said_once_in_its_order() -> None:
    said = Scene().book().until(17)

    assert said == [
        ("12:30", AGAIN, "mailbox:lighthouse"),
        ("12:30", AGAIN, HELEN),
        ("12:30", AGAIN, KIT),
        ("12:30", AGAIN, TOM),
        ("12:30", AGAIN, GRACE),
        ("13:12", RING, BOOKER),
        ("15:00", BRING, CHAIR),
        ("15:45", CORE, CHAIR),
    ]


def test_whoever_has_answered_is_left_alone_and_comes_with_what_to_bring() -> None:
    scene = Scene().book()
    scene.answer(POLICE)
    scene.answer(NURSE, InvitationAnswer.DEPUTY)

    assert scene.until(17) == [
        ("12:30", AGAIN, GRACE),
        ("13:12", RING, BOOKER),
        ("15:00", BRING, CHAIR),
        ("15:00", BRING, "mailbox:lighthouse"),
        ("15:00", BRING, HELEN),
        ("15:00", BRING, KIT),
        ("15:00", BRING, TOM),
    ], "the school is no core agency, so its silence does not alarm the chair"


def test_an_answer_that_nobody_comes_is_an_answer_but_its_agency_is_missing() -> None:
    scene = Scene().book()
    for one in ALL:
        scene.answer(one, InvitationAnswer.NOT_COMING)

    assert scene.until(17) == [("15:00", BRING, CHAIR), ("15:45", CORE, CHAIR)]


def test_all_of_one_discussion_is_rung_about_on_one_card() -> None:
    scene = Scene().book()
    scene.until(14)
    ring = [one for one in scene.store.chases.kept.values() if one.step == "ring"]

    assert [one.state for one in ring] == [PromiseState.SAID, PromiseState.VOID, PromiseState.VOID]


def test_a_booker_on_leave_rings_nobody_so_the_chair_does() -> None:
    scene = Scene().book()
    scene.store.attention.add_absence(Absence("away", BOOKER, NINE, NINE + timedelta(days=3), BOOKER))

    assert ("13:12", RING, CHAIR) in scene.until(14)


def test_booked_twenty_minutes_before_there_is_one_chase_of_each_kind_and_no_storm() -> None:
    said = Scene().book(starts_at=NINE + timedelta(minutes=20)).until(10)

    assert [(when, kind) for when, kind, _ in said] == [
        ("09:00", BRING),
        ("09:10", CORE),
        *[("09:10", AGAIN)] * 5,
        ("09:12", RING),
    ]


def test_after_a_move_only_the_new_time_is_chased() -> None:
    scene = Scene().book()
    scene.until(11)
    scene.change(starts_at=scene.at.replace(hour=14, minute=1), moved=1)
    scene.ask(ALL)

    assert [(when, kind) for when, kind, _ in scene.until(17)] == [
        *[("12:31", AGAIN)] * 5,
        ("12:49", RING),
        ("13:01", BRING),
        ("13:46", CORE),
    ]


def test_a_start_that_was_changed_without_asking_anybody_again_says_nothing_for_the_former_time() -> None:
    scene = Scene().book()
    scene.change(starts_at=scene.discussion.starts_at + timedelta(hours=2))

    assert scene.until(18) == []


def test_nothing_is_said_once_it_has_begun_or_is_cancelled() -> None:
    for state in (DiscussionState.STARTED, DiscussionState.CANCELLED, DiscussionState.CLOSED):
        scene = Scene().book()
        scene.change(state=state)

        assert scene.until(17) == []
        assert {one.state for one in scene.store.chases.kept.values()} == {PromiseState.VOID}


def test_after_a_stop_that_outlasts_the_start_nothing_is_said() -> None:
    scene = Scene().book()
    scene.at = scene.discussion.starts_at

    assert scene.until(17) == []


def test_what_waits_to_be_sent_is_dropped_when_it_is_not_so_any_more() -> None:
    scene = Scene().book()
    scene.until(15, 50)
    by_kind: dict[MessageKind, Message] = {one.kind: one for one in scene.store.outbox.messages}
    assert not [kind for kind, one in by_kind.items() if scene.do(has_passed, one)]

    for one in ALL:
        scene.answer(one)
    assert [kind for kind, one in by_kind.items() if scene.do(has_passed, one)] == [AGAIN, RING, CORE]
    scene.change(starts_at=scene.discussion.starts_at + timedelta(hours=1))
    assert all(scene.do(has_passed, one) for one in by_kind.values())


Deed = tuple[str, int, int]
deeds = some.lists(
    some.tuples(some.sampled_from(["answer", "move", "wait", "withdraw"]), some.integers(0, 2), some.integers(1, 240)),
    max_size=8,
)


@given(some.integers(1, 600), deeds, some.sampled_from(["U0", "U2", "U3"]))
def test_never_after_the_start_never_twice_none_after_an_answer_none_for_a_former_time(
    left: int, story: list[Deed], urgency: str
) -> None:
    scene = Scene().book(starts_at=NINE + timedelta(minutes=left), urgency=urgency)
    for what, which, minutes in (*story, ("wait", 0, 1440)):
        if what == "answer":
            scene.answer(ALL[which])
        elif what == "withdraw":
            scene.answer(ALL[which], InvitationAnswer.ASKED)
        elif what == "move":
            scene.change(starts_at=scene.at + timedelta(minutes=minutes), moved=scene.discussion.moved + 1)
            scene.ask(ALL)
        for _ in range(0, minutes, 5):
            pass_by(scene)
    keys = [one.key for one in scene.store.outbox.messages]
    assert len(keys) == len(set(keys))
    assert scene.store.chases.due(scene.at, 100) == []


def pass_by(scene: Scene) -> None:
    before = len(scene.store.outbox.messages)
    scene.do(say_chases, 100)
    said = scene.store.outbox.messages[before:]
    scene.at += timedelta(minutes=5)
    kept = scene.store.chases.kept
    for message in said:
        chase = kept[message.about["chase"]]
        assert message.due_at < scene.discussion.starts_at == chase.starts_at
        invitation = message.about.get("invitation")
        asked = scene.store.discussions.all_invitations.get(InvitationId(invitation)) if invitation else None
        assert asked is None or asked.answer is InvitationAnswer.ASKED
    steps = [(kept[one.about["chase"]].step, one.about.get("invitation"), one.recipient) for one in said]
    assert len(steps) == len(set(steps)), "one of each in a tick"

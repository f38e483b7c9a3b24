"""Nothing that is not urgent leaves in quiet hours, whatever the year brings: nights, holidays, leave, both clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bank_holidays import EnglandBankHolidays
from discussions.actions.nudging import sweep
from discussions.attention.absence import say_away
from discussions.attention.holding import held_until
from discussions.attention.hours import disturb_at, hours_for, usual_hours
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from tests.discussions.actions.story import MANAGER, OWNER, PRACTICE, Scene

CALENDAR = EnglandBankHolidays()
HOURS = (
    None,
    "Mon-Fri 09:00-17:00",
    "Mon-Sun 07:00-22:00",
    "24/7",
    "Mon-Fri 20:00-06:00",
    "Tue-Wed 10:00-14:00",
    "Sat-Sun 09:00-12:00, bank holidays 09:00-12:00",
    "whenever",
)
# with both changes of the clocks, Christmas, New Year and Easter within a few weeks of each start
STARTS = (
    datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 12, 22, tzinfo=UTC),
    datetime(2027, 3, 24, tzinfo=UTC),
    datetime(2027, 6, 1, tzinfo=UTC),
)
moments = st.builds(
    lambda start, minutes: start + timedelta(minutes=minutes), st.sampled_from(STARTS), st.integers(0, 21 * 24 * 60)
)
hours = st.sampled_from(HOURS)


class Quiet(Scene):
    """With the bank holidays of these years."""

    @property
    def means(self) -> Means:
        return replace(super().means, calendar=CALENDAR)


def scene_at(moment: datetime, owners: str | None, managers: str | None = None) -> Quiet:
    scene = Quiet(at=moment)
    scene.store.people.everybody[OWNER.id] = replace(OWNER, hours=owners)
    scene.store.people.everybody[MANAGER.id] = replace(MANAGER, hours=managers)
    return scene


def person(scene: Scene, id: str) -> Person:
    return scene.store.people.everybody[id]  # type: ignore[index]


@given(moments, hours)
def test_an_owner_is_disturbed_in_their_own_hours_alone(moment: datetime, written: str | None) -> None:
    scene = scene_at(moment, written)
    owner = person(scene, OWNER.id)

    at = disturb_at(scene.means, owner, moment)

    assert at >= moment
    assert hours_for(scene.means, owner).is_open(at, CALENDAR)


@given(moments, hours)
def test_what_is_escalated_waits_for_their_hours_a_day_at_most_and_never_disturbs_a_night(
    moment: datetime, written: str | None
) -> None:
    scene = scene_at(moment, written)
    owner = person(scene, OWNER.id)
    usual = usual_hours(PRACTICE.quiet_hours)

    at = disturb_at(scene.means, owner, moment, is_owner=False)

    assert hours_for(scene.means, owner).is_open(at, CALENDAR) or usual.is_open(at, CALENDAR)
    assert at <= max(moment + timedelta(hours=24), usual.next_open(moment, CALENDAR))


@given(moments, hours)
def test_what_could_not_be_sent_in_time_is_held_back_until_their_hours(moment: datetime, written: str | None) -> None:
    scene = scene_at(moment, written)
    owner = person(scene, OWNER.id)
    about = {"person": OWNER.id}
    message = Message(MessageId("m"), MessageKind.MORNING, about, OWNER.id, None, "key", moment)

    until = held_until(scene.means, owner, message)

    assert hours_for(scene.means, owner).is_open(until, CALENDAR)
    assert held_until(scene.means, owner, replace(message, urgent=True)) == moment


@settings(max_examples=40, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    due_in=st.integers(1, 96),
    kind=st.sampled_from(["enquiry", "other", "immediate_safety"]),
    owners=hours,
    managers=hours,
    away_days=st.none() | st.integers(1, 6),
)
def test_no_reminder_that_is_not_urgent_is_due_in_quiet_hours_or_on_leave(
    start: datetime, due_in: int, kind: str, owners: str | None, managers: str | None, away_days: int | None
) -> None:
    scene = scene_at(start + timedelta(hours=10), owners, managers)
    scene.record(due_at=scene.at + timedelta(hours=due_in), kind=kind)
    made = len(scene.store.outbox.messages)
    if away_days is not None:
        scene.do(say_away, OWNER, person(scene, OWNER.id), scene.at + timedelta(days=away_days))
    for _ in range(10 * 24):
        scene.do(sweep, 100)
        scene.at += timedelta(hours=1)

    for message in scene.store.outbox.messages[made:]:
        assert message.recipient is not None
        its_hours = hours_for(scene.means, person(scene, message.recipient))
        usual = usual_hours(PRACTICE.quiet_hours)
        is_open = its_hours.is_open(message.due_at, CALENDAR)
        is_usual = usual.is_open(message.due_at, CALENDAR) and message.recipient != OWNER.id
        assert message.urgent or is_open or is_usual or message.kind is MessageKind.PREPARATION
        on_leave = away_days is not None and message.due_at < start + timedelta(hours=10, days=away_days)
        stands_in = bool(OWNER.deputy or OWNER.desk)
        if message.recipient == OWNER.id and on_leave and stands_in:
            assert message.urgent or message.kind is MessageKind.PREPARATION

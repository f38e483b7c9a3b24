"""Whatever happens to a discussion, in the end there is one meeting at its time, or none where none is needed."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from discussions.booking.discussion import DiscussionState, Form
from discussions.meetings.arranging import (
    give_link_that_is_there,
    next_order,
    note_joined,
    note_lost,
    note_made,
    note_moved,
    note_removed,
)
from discussions.meetings.meeting import JoinChat, Made, Make, MeetingState, Move, Order, Remove
from discussions.meetings.wanting import follow_meeting, want_meeting
from discussions.needs import Means
from storage.practice_file import standard_practice
from tests.discussions.chasing.test_sweep import SD, Scene
from tests.doubles import CalendarOfDays

PASTED = "https://teams.microsoft.com/l/meetup-join/pasted"


class Calendar:
    """The organiser's, as far as it matters: what is in it, and what was made by which transaction."""

    def __init__(self) -> None:
        self.events: dict[str, Make | Move] = {}
        self.by_transaction: dict[str, str] = {}
        self.made = 0

    def make(self, order: Make) -> Made:
        known = self.by_transaction.get(order.transaction)
        if known is None:
            self.made += 1
            known = self.by_transaction[order.transaction] = f"event {self.made}"
            self.events[known] = order
        there = self.events[known].starts_at if known in self.events else None
        return Made(known, f"https://teams.microsoft.com/l/meetup-join/{known[-1]}", f"19:{known}", there)


class Arranging:
    def __init__(self) -> None:
        self.scene = Scene().book()
        self.scene.change(join_details=None)
        self.calendar = Calendar()
        self.is_repeat = False
        self.do(want_meeting, self.scene.discussion)

    def do(self, use_case: object, *arguments: object, **more: object) -> object:
        scene = self.scene
        means = Means(scene.store, standard_practice(), CalendarOfDays(), scene.at, scene.new_id, makes_meetings=True)
        assert callable(use_case)
        return use_case(means, *arguments, **more)

    def next(self) -> Order | None:
        self.do(give_link_that_is_there, SD)
        return self.do(next_order, SD, joins_chats=True, is_repeat=self.is_repeat)  # type: ignore[return-value]

    def carry_out(self, *, is_heard: bool = True) -> bool:
        """One order; `is_heard`: its answer comes back. False when there was nothing to do."""
        order = self.next()
        # the message that had no answer stays, and comes back; what has its answer is over
        self.is_repeat = order is not None and not is_heard
        match order:
            case None:
                return False
            case Make():
                made = self.calendar.make(order)
                if is_heard:
                    self.do(note_made, SD, order, made)
            case Move(event) if event not in self.calendar.events:
                self.do(note_lost, SD)
            case Move(event):
                self.calendar.events[event] = order
                if is_heard:
                    self.do(note_moved, SD, order)
            case Remove(event):
                self.calendar.events.pop(event, None)
                if is_heard:
                    self.do(note_removed, SD)
            case JoinChat():
                if is_heard:
                    self.do(note_joined, SD)
        return True

    def happen(self, what: str) -> None:
        scene, one = self.scene, self.scene.discussion
        match what:
            case "move":
                scene.change(starts_at=one.starts_at + timedelta(minutes=30), moved=one.moved + 1)
            case "paste":
                scene.change(join_details=PASTED, moved=one.moved + 1)
            case "cancel":
                scene.change(state=DiscussionState.CANCELLED, moved=one.moved + 1)
            case "telephone":
                scene.change(form=Form.PHONE, moved=one.moved + 1)
            case "video":
                scene.change(form=Form.VIDEO, moved=one.moved + 1)
            case "deleted":
                self.calendar.events.clear()
            case "unheard":
                self.carry_out(is_heard=False)
            case "heard":
                self.carry_out()
        if what in ("move", "paste", "cancel", "telephone", "video"):
            self.do(follow_meeting, scene.discussion)


DEEDS = ["move", "paste", "cancel", "telephone", "video", "unheard", "heard", "heard"]


@given(some.lists(some.sampled_from(DEEDS), max_size=12))
def test_in_the_end_there_is_one_meeting_at_the_right_time_or_none(story: list[str]) -> None:
    arranging = Arranging()
    for what in story:
        arranging.happen(what)
    for _ in range(10):
        if not arranging.carry_out():
            break
    assert arranging.next() is None, "it comes to rest"

    one, events = arranging.scene.discussion, list(arranging.calendar.events.values())
    kept = arranging.scene.store.meetings.kept[SD]
    needed = one.state is DiscussionState.BOOKED and one.form is Form.VIDEO and one.join_details != PASTED
    if needed:
        assert [event.starts_at for event in events] == [one.starts_at]
        assert (kept.state, kept.link) == (MeetingState.MADE, one.join_details)
    else:
        assert events == []


def test_back_to_video_after_the_telephone_there_is_a_meeting_with_a_link_of_its_own() -> None:
    arranging = Arranging()
    for what in ("heard", "telephone", "heard", "video", "heard"):
        arranging.happen(what)

    kept = arranging.scene.store.meetings.kept[SD]
    assert list(arranging.calendar.by_transaction) == ["sd-0", "sd-1"]
    assert arranging.scene.discussion.join_details == kept.link
    assert len(arranging.calendar.events) == 1


def test_a_repeat_after_an_answer_that_was_lost_makes_no_second_meeting() -> None:
    arranging = Arranging()
    arranging.happen("unheard")
    arranging.happen("unheard")
    arranging.happen("heard")

    assert (arranging.calendar.made, len(arranging.calendar.events)) == (1, 1)


def test_what_somebody_deleted_is_made_anew_under_another_name_when_it_moves() -> None:
    arranging = Arranging()
    for what in ("heard", "heard", "deleted", "move", "heard", "heard"):
        arranging.happen(what)

    [event] = arranging.calendar.events.values()
    assert event.starts_at == arranging.scene.discussion.starts_at
    assert list(arranging.calendar.by_transaction) == ["sd-0", "sd-1"]

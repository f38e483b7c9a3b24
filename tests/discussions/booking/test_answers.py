"""Answers to invitations in every order: nobody is asked twice, nobody is forgotten, and the light tells no lie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.booking.answer import Reply, answer_invitation
from discussions.booking.calendar_entry import CalendarEntry, entry_for
from discussions.booking.expected import expected_quorum, is_expected
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.reports import NewReport
from discussions.ids import InvitationId
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from tests.discussions.agenda.meeting import CHAIR, EVERYBODY, SD
from tests.discussions.agenda.meeting_in_memory import MeetingInMemory, booked

ANSWERS = [one for one in InvitationAnswer if one is not InvitationAnswer.ASKED]


def with_colleagues() -> MeetingInMemory:
    """Beside those who are asked each agency has others who could be sent."""
    meeting = booked()
    asked = [one for one in meeting.store.discussions.invitations(SD) if one.person]
    for one in asked:
        model = meeting.store.people.everybody[one.person]  # type: ignore[index]
        for number in range(2):
            id = PersonId(f"{one.person}-colleague-{number}")
            meeting.store.people.everybody[id] = replace(model, id=id, name=f"Colleague {number}", account=None)
    return meeting


def everybody(meeting: MeetingInMemory) -> list[Invitation]:
    return list(meeting.store.discussions.all_invitations.values())


def standing(meeting: MeetingInMemory) -> list[Invitation]:
    return list(meeting.store.discussions.invitations(SD))


def entries(meeting: MeetingInMemory) -> dict[InvitationId, CalendarEntry]:
    return {
        one.id: entry_for(meeting.means, meeting.discussion, one, says="x", is_in_teams=False)
        for one in everybody(meeting)
    }


def check(meeting: MeetingInMemory, before: dict[InvitationId, CalendarEntry]) -> None:
    live = standing(meeting)
    for one in live:
        deputies = [other for other in live if other.stands_for == one.id]
        sends = one.answer is InvitationAnswer.DEPUTY and one.deputy is not None
        assert [other.person for other in deputies] == ([one.deputy] if sends else [])
        agencies = {other.agency for other in deputies}
        assert agencies <= {one.agency}
    by_name = [one.person for one in live if one.person]
    assert len(by_name) == len(set(by_name)), "somebody is asked twice"
    now = entries(meeting)
    assert len({entry.uid for entry in now.values()}) == len(now)
    for id, entry in before.items():
        assert now[id].uid == entry.uid
        assert now[id].sequence > entry.sequence or (
            now[id].sequence == entry.sequence and now[id].is_cancelled == entry.is_cancelled
        )
    people = meeting.store.people.everybody
    light = expected_quorum(meeting.means, meeting.discussion, live, people)
    for line in light.lines:
        expected = {one.agency for one in live if is_expected(one, live)}
        table = {people[id].agency for id in (meeting.discussion.chair, meeting.discussion.minute_taker) if id}
        counted = {
            code
            for agency in expected | table
            for code in meeting.practice.counts_for(meeting.store.people.agency(agency).category)
        }
        assert line.is_here == (line.code in counted)
        assert line.said is None or not line.is_here


@given(st.data())
def test_whatever_is_answered_in_whatever_order(data: st.DataObject) -> None:
    meeting = with_colleagues()
    for _ in range(data.draw(st.integers(1, 8))):
        before = entries(meeting)
        one = data.draw(st.sampled_from(everybody(meeting)))
        who = data.draw(st.sampled_from([*EVERYBODY, *meeting.store.people.everybody.values()]))
        reply = Reply(
            data.draw(st.sampled_from(ANSWERS)),
            data.draw(st.sampled_from([None, "Lee Tan, DC", "  "])),
            data.draw(st.sampled_from([None, *sorted(meeting.store.people.everybody)])),
            data.draw(st.booleans()),
            data.draw(st.sampled_from([None, NewReport("seen in May"), NewReport("")])),
        )
        seen = data.draw(st.sampled_from([one.version, one.version, one.version, one.version - 1, 99]))
        kept = (everybody(meeting), dict(meeting.store.reports.reports), list(meeting.store.outbox.messages))
        try:
            meeting.does(who, answer_invitation, one.id, reply, seen)
        except Refusal:
            assert kept[0] == everybody(meeting), "a refusal changed something"
            assert kept[1] == meeting.store.reports.reports
            assert kept[2] == list(meeting.store.outbox.messages)
        check(meeting, before)


def by_name(meeting: MeetingInMemory) -> tuple[Invitation, Person]:
    one = next(one for one in standing(meeting) if one.person)
    return one, meeting.store.people.everybody[one.person]  # type: ignore[index]


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_same_answer_twice_is_one(answer: InvitationAnswer) -> None:
    meeting = with_colleagues()
    one, who = by_name(meeting)
    reply = Reply(answer, "Lee Tan, DC", report=NewReport("seen in May"))

    first = meeting.does(who, answer_invitation, one.id, reply, one.version)
    again = meeting.does(who, answer_invitation, one.id, reply, one.version)

    assert first == again
    assert len(meeting.store.reports.reports) == (answer is InvitationAnswer.INFORMATION)


def test_of_a_restricted_discussion_nobody_is_picked_from_a_list() -> None:
    meeting = with_colleagues()
    meeting.becomes(replace(meeting.discussion, restricted=True))
    one, who = by_name(meeting)
    colleague = PersonId(f"{one.person}-colleague-0")

    with pytest.raises(Refusal, match="can't be chosen"):
        meeting.does(who, answer_invitation, one.id, Reply(InvitationAnswer.DEPUTY, deputy=colleague), one.version)
    meeting.does(who, answer_invitation, one.id, Reply(InvitationAnswer.DEPUTY, "Lee Tan, DC"), one.version)

    assert [found.words for found in standing(meeting) if found.id == one.id] == ["Lee Tan, DC"]


def test_only_so_many_reports_are_taken_and_then_the_chair_is_to_be_rung() -> None:
    meeting = with_colleagues()
    one, who = by_name(meeting)
    for number in range(meeting.practice.invitations.reports_each):
        one = meeting.does(
            who, answer_invitation, one.id,
            Reply(InvitationAnswer.INFORMATION, report=NewReport(f"{number}")), one.version,
        )  # fmt: skip

    reply = Reply(InvitationAnswer.INFORMATION, report=NewReport("one more"))
    with pytest.raises(Refusal, match="Please ring the chair"):
        meeting.does(who, answer_invitation, one.id, reply, one.version)


def test_the_chair_hears_anew_only_of_what_is_bad_news_or_late() -> None:
    meeting = with_colleagues()
    one, who = by_name(meeting)
    told = [
        (message.recipient, message.replaces_card)
        for answer in (InvitationAnswer.COMING, InvitationAnswer.NOT_COMING)
        for message in messages_after(meeting, who, one.id, answer)
    ]
    assert (CHAIR.id, True) in told
    assert (CHAIR.id, False) in told


def messages_after(meeting: MeetingInMemory, who: Person, id: InvitationId, answer: InvitationAnswer) -> list[Message]:
    since = len(meeting.store.outbox.messages)
    one = meeting.store.discussions.all_invitations[id]
    meeting.does(who, answer_invitation, id, Reply(answer, "a report"), one.version)
    new = list(meeting.store.outbox.messages)[since:]
    return [message for message in new if message.kind is MessageKind.INVITATION_ANSWERED]

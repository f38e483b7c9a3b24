"""Closing, approving, and the one-time link, on what is really kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from discussions.agenda.close import LONGEST_REASON, close_discussion, gate_of, gate_view, keep_reasons
from discussions.agenda.facts import GAP_REASON, NOTE
from discussions.agenda.refusals import NotTheMoment
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Delivery, DeliveryState, Message, MessageKind
from discussions.record.draft import approve_record, record_view
from discussions.record.links import LIFETIME, LinkGone, digest_of, give_link, make_secret, use_link
from discussions.refusals import AlreadyMoved, NotAllowed, NotFound, TooLong, WrongAnswer
from discussions.trail import Deed
from storage.database import Database
from tests.discussions.agenda.settled import (
    CHAIR,
    DISCUSSION,
    MINUTES,
    NOON,
    SD,
    SERGEANT,
    WORKER,
    B,
    Meeting,
    current,
    make_means,
    said,
    visit,
)
from tests.doubles import counted_ids

R = TypeVar("R")
GENOGRAM = {"genogram": "the father of C is not known yet"}
NEW_ID = counted_ids("new")


class Told:
    """A meeting in a database; each use-case is a transaction of its own."""

    def __init__(self, database: Database, meeting: Meeting) -> None:
        self.database = database
        with database.transaction() as store:
            meeting.keep_in(store)

    def do(self, use_case: Callable[..., R], *arguments: object, at: datetime = NOON) -> R:
        with self.database.transaction() as store:
            return use_case(make_means(store, at, NEW_ID), *arguments)

    @property
    def discussion(self) -> Discussion:
        return self.do(lambda means: means.store.discussions.discussion(SD))

    def reasons(self) -> dict[str, str | None]:
        facts = self.do(lambda means: [*current(means.store).facts.values()])
        return {fact.subject: fact.value for fact in facts if fact.field == GAP_REASON}

    def deeds(self) -> list[Deed]:
        return [entry.deed for entry in self.do(lambda means: means.store.trail.entries(SD))]

    def said_to(self) -> list[tuple[MessageKind, str | None, bool]]:
        """All that waits in the outbox, as it would go out: one at a time to each recipient."""

        def send(means: Means) -> list[Message]:
            claimed = means.store.outbox.claim(means.now, 50, timedelta(minutes=1), "look")
            for one in claimed:
                means.store.outbox.settle(one, Delivery(one.message.id, means.now, DeliveryState.SENT))
            return [one.message for one in claimed]

        found: list[Message] = []
        while sent := self.do(send, at=NOON + timedelta(days=1)):
            found += sent
        return [(one.kind, one.recipient or one.conversation, one.replaces_card) for one in found]


@pytest.fixture
def settled(database: Database) -> Told:
    return Told(database, Meeting())


@pytest.fixture
def unsettled(database: Database) -> Told:
    """The genogram was not asked for, and B's voice not recorded."""
    return Told(database, Meeting().without(("family.genogram", ""), ("voice.words", B)))


def test_a_settled_discussion_closes_and_is_a_draft(settled: Told) -> None:
    closed = settled.do(close_discussion, CHAIR, SD, {})

    assert (closed.state, closed.closed_at) == (DiscussionState.CLOSED, NOON)
    assert settled.discussion == closed
    assert settled.deeds()[-1] is Deed.CLOSED
    assert settled.said_to() == [(MessageKind.RECORD_READY, MINUTES.id, False)]


def test_with_no_minute_taker_nobody_else_is_told(database: Database) -> None:
    told = Told(database, replace(Meeting(), discussion=replace(DISCUSSION, minute_taker=None)))

    told.do(close_discussion, CHAIR, SD, {})

    assert told.said_to() == []


def test_the_card_in_the_meetings_chat_follows(settled: Told) -> None:
    def tie(means: Means) -> None:
        reference = replace(means.store.conversations.installed_for(CHAIR.id), conversation="meeting")
        means.store.conversations.install(reference, None, "groupChat", NOON)
        means.store.conversations.tie_meeting(SD, "meeting")

    settled.do(tie)
    settled.do(close_discussion, CHAIR, SD, {})

    assert (MessageKind.PROGRESS, "meeting", True) in settled.said_to()


def test_a_gap_without_a_reason_stops_the_close_and_changes_nothing(unsettled: Told) -> None:
    before = unsettled.discussion

    with pytest.raises(WrongAnswer) as refused:
        unsettled.do(close_discussion, CHAIR, SD, GENOGRAM)

    assert refused.value.sentence == (
        "Not closed yet. “B, 4: voice not recorded” needs an answer in item 6, or a reason."
    )
    assert refused.value.field == "child_complete.B.voice.words"
    assert unsettled.discussion == before
    assert unsettled.reasons() == {}
    assert unsettled.said_to() == []
    assert Deed.CAPTURED not in unsettled.deeds()


def test_with_a_reason_for_each_gap_it_closes_and_the_record_keeps_them(unsettled: Told) -> None:
    voice = f"child_complete:{B}:voice.words"

    unsettled.do(close_discussion, CHAIR, SD, GENOGRAM | {voice: "  B sleeps  "})

    assert unsettled.discussion.state is DiscussionState.CLOSED
    assert unsettled.reasons() == GENOGRAM | {voice: "B sleeps"}


def test_a_reason_for_what_is_no_gap_is_not_kept(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, GENOGRAM | {"forged": "words"})

    assert settled.reasons() == {}


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_blanks_are_no_reason(unsettled: Told, blank: str) -> None:
    with pytest.raises(WrongAnswer):
        unsettled.do(close_discussion, CHAIR, SD, {"genogram": blank, f"child_complete:{B}:voice.words": "asleep"})


def test_too_long_a_reason_names_its_field(unsettled: Told) -> None:
    with pytest.raises(TooLong) as refused:
        unsettled.do(close_discussion, CHAIR, SD, {"genogram": "x" * (LONGEST_REASON + 1)})

    assert refused.value.field == "genogram"


def test_reasons_are_kept_as_they_were_written(unsettled: Told) -> None:
    odd = '"quoted" {{ 7*7 }} **bold** 👶 </script> \'; DROP TABLE fact;--'

    unsettled.do(keep_reasons, CHAIR, SD, {"genogram": odd})

    assert unsettled.reasons() == {"genogram": odd}


def test_reasons_kept_on_the_way_count_at_the_close(unsettled: Told) -> None:
    view = unsettled.do(keep_reasons, CHAIR, SD, GENOGRAM)
    assert [gap.key for gap in view.gate.open_gaps] == [f"child_complete:{B}:voice.words"]

    unsettled.do(close_discussion, CHAIR, SD, {f"child_complete:{B}:voice.words": "B sleeps"})

    assert unsettled.discussion.state is DiscussionState.CLOSED
    assert unsettled.reasons()["genogram"] == GENOGRAM["genogram"]


def test_a_reason_for_what_was_mended_since_leaves_the_record(unsettled: Told) -> None:
    unsettled.do(keep_reasons, CHAIR, SD, GENOGRAM)
    unsettled.do(lambda means: means.store.facts.add(said("family.genogram", "used")))
    unsettled.do(lambda means: means.store.facts.add(said("voice.words", "“Nan”", B)))

    unsettled.do(close_discussion, CHAIR, SD, {})

    assert unsettled.reasons() == {"genogram": None}


def test_the_same_reason_again_adds_nothing(unsettled: Told) -> None:
    unsettled.do(keep_reasons, CHAIR, SD, GENOGRAM)
    unsettled.do(keep_reasons, CHAIR, SD, GENOGRAM)

    assert unsettled.deeds().count(Deed.CAPTURED) == 1


def test_a_second_close_says_that_it_is_closed(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, {})
    before = settled.discussion

    with pytest.raises(AlreadyMoved, match="was closed on Tue 17 Nov, 12:02"):
        settled.do(close_discussion, CHAIR, SD, {})

    assert settled.discussion == before


def test_the_minute_taker_sees_the_gaps_and_cannot_close(unsettled: Told) -> None:
    view = unsettled.do(gate_view, MINUTES, SD)

    assert (len(view.gate.gaps), view.may_close) == (2, False)
    for use_case in (close_discussion, keep_reasons):
        with pytest.raises(NotAllowed):
            unsettled.do(use_case, MINUTES, SD, GENOGRAM)


@pytest.mark.parametrize("who", [WORKER, SERGEANT], ids=lambda one: one.id)
def test_to_everybody_else_it_is_not_there(settled: Told, who: Person) -> None:
    for use_case, arguments in (
        (gate_view, ()),
        (close_discussion, ({},)),
        (keep_reasons, ({},)),
        (record_view, ()),
        (approve_record, (None,)),
        (give_link, ("secret",)),
    ):
        with pytest.raises(NotFound):
            settled.do(use_case, who, SD, *arguments)
        with pytest.raises(NotFound):
            settled.do(use_case, who, DiscussionId("no such"), *arguments)


@pytest.mark.parametrize("state", [DiscussionState.BOOKED, DiscussionState.CANCELLED])
def test_what_has_not_started_or_was_cancelled_is_not_closed(database: Database, state: DiscussionState) -> None:
    told = Told(database, replace(Meeting(), discussion=replace(DISCUSSION, state=state)))

    for use_case in (close_discussion, keep_reasons):
        with pytest.raises(NotTheMoment):
            told.do(use_case, CHAIR, SD, {})
    for look in (gate_view, record_view):
        with pytest.raises(NotTheMoment):
            told.do(look, CHAIR, SD)


def test_an_urgent_discussion_in_which_nothing_was_settled_closes_with_reasons(database: Database) -> None:
    urgent = replace(DISCUSSION, urgency="U0")
    told = Told(database, Meeting(answers={}, attendance=(), actions=(), discussion=urgent))
    gaps = told.do(lambda means: gate_of(means, urgent).gaps)

    told.do(close_discussion, CHAIR, SD, {gap.key: "by telephone at night" for gap in gaps})

    assert told.discussion.state is DiscussionState.CLOSED
    assert set(told.reasons()) == {gap.key for gap in gaps}


def test_approval_fixes_the_record_and_the_minute_takers_card_follows(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, {})
    seen = settled.do(record_view, CHAIR, SD).seen
    later = NOON + timedelta(hours=3)

    approved = settled.do(approve_record, CHAIR, SD, seen, at=later)

    assert (approved.state, approved.approved_at) == (DiscussionState.APPROVED, later)
    assert settled.deeds()[-1] is Deed.APPROVED
    assert (MessageKind.RECORD_READY, MINUTES.id, True) in settled.said_to()
    assert not settled.do(record_view, CHAIR, SD).may_approve


def test_what_was_added_since_the_card_was_made_must_be_read_first(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, {})
    seen = settled.do(record_view, CHAIR, SD).seen
    settled.do(lambda means: means.store.facts.add(replace(said(NOTE, "The GP rang back"), late=True)))

    with pytest.raises(AlreadyMoved):
        settled.do(approve_record, CHAIR, SD, seen)

    assert settled.discussion.state is DiscussionState.CLOSED
    view = settled.do(record_view, CHAIR, SD)
    assert view.late == 1
    settled.do(approve_record, CHAIR, SD, view.seen)


def test_an_owners_answer_does_not_hold_up_the_approval(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, {})
    seen = settled.do(record_view, CHAIR, SD).seen
    settled.do(lambda means: means.store.actions.save(replace(visit(2, "See B at nursery", B), note="Seen")))

    assert settled.do(record_view, CHAIR, SD).seen == seen


def test_a_record_is_approved_once_and_only_after_the_close(settled: Told) -> None:
    with pytest.raises(NotTheMoment):
        settled.do(approve_record, CHAIR, SD, None)
    settled.do(close_discussion, CHAIR, SD, {})
    with pytest.raises(NotAllowed):
        settled.do(approve_record, MINUTES, SD, None)

    settled.do(approve_record, CHAIR, SD, None)

    with pytest.raises(AlreadyMoved, match="was approved on Tue 17 Nov, 12:02"):
        settled.do(approve_record, CHAIR, SD, None)


def test_a_link_opens_the_record_once(settled: Told) -> None:
    settled.do(close_discussion, CHAIR, SD, {})

    given = settled.do(give_link, MINUTES, SD, "secret")

    assert given.expires_at == NOON + LIFETIME
    assert settled.do(use_link, "secret").id == SD
    assert settled.deeds()[-2:] == [Deed.LINK_GIVEN, Deed.FETCHED]
    with pytest.raises(LinkGone):
        settled.do(use_link, "secret")
    assert settled.deeds().count(Deed.FETCHED) == 1


def test_only_the_digest_of_the_secret_is_kept(settled: Told) -> None:
    settled.do(give_link, CHAIR, SD, "secret")

    kept = settled.do(lambda means: means.store.links.find(digest_of("secret")))

    assert kept is not None
    assert "secret" not in repr(kept)
    assert settled.do(lambda means: means.store.links.find("secret")) is None


def test_a_link_runs_out(settled: Told) -> None:
    settled.do(give_link, CHAIR, SD, "secret")

    with pytest.raises(LinkGone):
        settled.do(use_link, "secret", at=NOON + LIFETIME)
    settled.do(use_link, "secret", at=NOON + LIFETIME - timedelta(seconds=1))


def test_whoever_is_no_longer_on_it_can_use_no_link(settled: Told) -> None:
    settled.do(give_link, MINUTES, SD, "secret")

    def replace_minute_taker(means: Means) -> None:
        discussion = means.store.discussions.discussion(SD)
        assert discussion is not None
        means.store.discussions.save(replace(discussion, minute_taker=WORKER.id))

    settled.do(replace_minute_taker)

    with pytest.raises(LinkGone):
        settled.do(use_link, "secret")
    assert Deed.FETCHED not in settled.deeds()


def test_secrets_are_long_and_never_alike() -> None:
    new_id = counted_ids()
    secrets = {make_secret(new_id) for _ in range(50)}

    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {43}
    assert all(letter.isalnum() or letter in "-_" for secret in secrets for letter in secret)

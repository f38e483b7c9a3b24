"""The outbox: nothing is lost, nothing is held twice, and each recipient hears things in their order."""

from __future__ import annotations

from datetime import timedelta

from discussions.post import Claimed, Delivery, DeliveryState
from storage.database import Database
from tests.storage.samples import DAY, HOUR, NOW, message

LEASE = timedelta(seconds=90)
LATER = NOW + LEASE


def put(database: Database, *messages: str, **changes: object) -> None:
    with database.transaction() as store:
        for id in messages:
            store.outbox.put(message(id, **{"recipient": f"recipient of {id}", **changes}))


def claim(database: Database, now: object = NOW, limit: int = 10, token: str = "one") -> list[Claimed]:
    with database.transaction() as store:
        return list(store.outbox.claim(now, limit, LEASE, token))  # type: ignore[arg-type]


def ids(claimed: list[Claimed]) -> list[str]:
    return [each.message.id for each in claimed]


def test_a_message_is_claimed_as_it_was_put(database: Database) -> None:
    told = message("m1", about={"action": "a1", "promise": "p1"}, conversation="19:x", replaces_card=True)
    with database.transaction() as store:
        store.outbox.put(told)
        assert store.outbox.waiting() == 1

    assert claim(database) == [Claimed(told, "one", attempts=1, maybe_sent=False)]


def test_the_same_key_is_said_once(database: Database) -> None:
    with database.transaction() as store:
        store.outbox.put(message("m1"))
        store.outbox.put(message("m2", key="key of m1"))

        assert store.outbox.waiting() == 1
        assert store.outbox.state("m2") is None


def test_urgent_ones_go_first_then_by_their_moment(database: Database) -> None:
    put(database, "late", due_at=NOW)
    put(database, "early", due_at=NOW - HOUR)
    put(database, "urgent", urgent=True)
    put(database, "not yet", due_at=NOW + HOUR)

    assert ids(claim(database, limit=2)) == ["urgent", "early"]
    assert ids(claim(database)) == ["late"]


def test_a_claimed_message_is_held_until_its_lease_runs_out(database: Database) -> None:
    put(database, "m1")
    assert ids(claim(database)) == ["m1"]
    assert claim(database, LATER - timedelta(seconds=1), token="two") == []

    again = claim(database, LATER, token="two")

    assert [(each.attempts, each.maybe_sent) for each in again] == [(2, False)]


def test_who_died_while_sending_leaves_word_that_it_may_have_gone_out(database: Database) -> None:
    put(database, "m1")
    [held] = claim(database)
    with database.transaction() as store:
        assert store.outbox.sending(held, NOW)

    [again] = claim(database, LATER, token="two")

    assert again.maybe_sent


def test_who_lost_the_lease_can_say_nothing_more(database: Database) -> None:
    put(database, "m1")
    [lost] = claim(database)
    [held] = claim(database, LATER, token="two")
    sent = Delivery("m1", LATER, DeliveryState.SENT, activity="act")
    with database.transaction() as store:
        assert not store.outbox.sending(lost, LATER)
        assert not store.outbox.settle(lost, sent)
        assert not store.outbox.retry(lost, sent, LATER)
        assert store.outbox.ledger({"action": "a1"}) == []

        assert store.outbox.settle(held, sent)
        assert store.outbox.ledger({"action": "a1"}) == [sent]


def test_a_send_is_not_begun_on_a_lease_that_has_run_out(database: Database) -> None:
    put(database, "m1")
    [held] = claim(database)
    with database.transaction() as store:
        assert not store.outbox.sending(held, LATER)


def test_what_has_ended_keeps_its_state_and_is_never_claimed_again(database: Database) -> None:
    put(database, "m1")
    [held] = claim(database)
    with database.transaction() as store:
        store.outbox.settle(held, Delivery("m1", NOW, DeliveryState.BLOCKED, code="MessageWritesBlocked"))
        assert store.outbox.state("m1") is DeliveryState.BLOCKED
        assert store.outbox.waiting() == 0
        assert not store.outbox.settle(held, Delivery("m1", NOW, DeliveryState.SENT))
        store.outbox.put(message("m2", key="key of m1"))

    assert claim(database, NOW + DAY) == []


def test_a_retry_waits_for_its_moment_and_leaves_a_line(database: Database) -> None:
    put(database, "m1")
    [held] = claim(database)
    busy = Delivery("m1", NOW, DeliveryState.RETRYING, code="429")
    with database.transaction() as store:
        assert store.outbox.sending(held, NOW)
        assert store.outbox.retry(held, busy, NOW + HOUR)
        assert store.outbox.state("m1") is DeliveryState.RETRYING
        assert store.outbox.ledger({"action": "a1"}) == [busy]
    assert claim(database, NOW + HOUR - LEASE) == []

    [again] = claim(database, NOW + HOUR)

    assert (again.attempts, again.maybe_sent) == (2, False)


def test_a_retry_after_a_silent_send_still_says_it_may_have_gone_out(database: Database) -> None:
    put(database, "m1")
    for moment in (NOW, NOW + HOUR):
        [held] = claim(database, moment)
        state = DeliveryState.MAYBE_SENT if moment == NOW else DeliveryState.RETRYING
        with database.transaction() as store:
            store.outbox.retry(held, Delivery("m1", moment, state), moment + HOUR)

    assert claim(database, NOW + 2 * HOUR)[0].maybe_sent


def test_one_recipient_hears_things_in_their_order(database: Database) -> None:
    put(database, "m1", "m2", recipient="ali")
    put(database, "m3", recipient="jane")
    [first, other] = claim(database)
    assert ids([first, other]) == ["m1", "m3"]
    assert claim(database, token="two") == []

    with database.transaction() as store:
        store.outbox.settle(first, Delivery("m1", NOW, DeliveryState.SENT))

    assert ids(claim(database)) == ["m2"]


def test_whoever_waits_for_another_try_holds_the_line_but_not_for_what_is_urgent(database: Database) -> None:
    put(database, "m1", "m2", recipient="ali")
    [held] = claim(database)
    with database.transaction() as store:
        store.outbox.retry(held, Delivery("m1", NOW, DeliveryState.RETRYING), NOW + DAY)
    put(database, "m3", recipient="ali", urgent=True)

    assert ids(claim(database, NOW + HOUR)) == ["m3"]
    assert claim(database, NOW + HOUR) == []


def test_what_is_not_due_yet_holds_nobody_up(database: Database) -> None:
    put(database, "next week", recipient="ali", due_at=NOW + 7 * DAY)
    put(database, "now", recipient="ali")

    assert ids(claim(database)) == ["now"]


def test_a_meeting_chat_is_a_line_of_its_own(database: Database) -> None:
    put(database, "m1", "m2", recipient=None, conversation="19:x")
    put(database, "m3", recipient="ali")

    assert ids(claim(database)) == ["m1", "m3"]


def test_the_ledger_is_found_by_all_the_ids_given(database: Database) -> None:
    put(database, "m1", about={"action": "a1", "promise": "p1"})
    put(database, "m2", about={"action": "a1", "promise": "p2"})
    lines = [Delivery("m1", NOW, DeliveryState.SENT, activity="x"), Delivery("m2", NOW, DeliveryState.GAVE_UP, "500")]
    for held, line in zip(claim(database), lines, strict=True):
        with database.transaction() as store:
            store.outbox.settle(held, line)

    with database.transaction() as store:
        assert store.outbox.ledger({"action": "a1"}) == lines
        assert store.outbox.ledger({"action": "a1", "promise": "p2"}) == [lines[1]]
        assert store.outbox.ledger({"action": "p2"}) == []


def test_a_message_that_was_rolled_back_was_never_there(database: Database) -> None:
    try:
        with database.transaction() as store:
            store.outbox.put(message("m1"))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    assert claim(database) == []


def test_many_are_marked_and_ended_together_save_those_whose_lease_was_lost(database: Database) -> None:
    put(database, "m1", "m2", "m3")
    lost, first = claim(database, limit=2)
    [held, other] = claim(database, LATER, limit=2, token="two")
    [third] = claim(database, LATER, token="three")
    sent = [(one, Delivery(one.message.id, LATER, DeliveryState.SENT)) for one in (lost, first, held, other, third)]
    with database.transaction() as store:
        assert store.outbox.sending_all([lost, first, held, other, third], LATER) == {"m1", "m2", "m3"}

        assert store.outbox.settle_all(sent[:2]) == frozenset()
        assert store.outbox.waiting() == 3
        assert store.outbox.settle_all(sent[2:]) == {"m1", "m2", "m3"}
        assert store.outbox.settle_all(sent[2:]) == frozenset()
        assert store.outbox.ledger({"action": "a1"}) == [line for _, line in sent[2:]]


def test_of_many_none_is_sent_on_a_lease_that_has_run_out(database: Database) -> None:
    put(database, "m1", "m2")
    held = claim(database)
    with database.transaction() as store:
        assert store.outbox.sending_all(held, LATER) == frozenset()

    assert [one.maybe_sent for one in claim(database, LATER, token="two")] == [False, False]

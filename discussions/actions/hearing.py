"""Closing the loop: each who must hear what came of an action says that they have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from discussions.actions.action import Action
from discussions.actions.audiences import chair_of, stand_ins_of, waits_to_hear
from discussions.actions.parties import Tie, action_for
from discussions.actions.press import Press, keep, recorders_press
from discussions.actions.promises import Promise, PromiseState
from discussions.actions.receipts import Receipt, to_hear
from discussions.actions.refusals import NothingToReceive
from discussions.actions.telling import refresh_cards
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId, ReceiptId
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.practice.follow_up import Anchor, Audience
from discussions.refusals import Missing

RECEIVED = "received"
ENDS = frozenset({Anchor.DONE.value, Anchor.CANNOT.value})


def receive(means: Means, who: Person, id: ActionId, by: Person | None = None) -> Action:
    """ "I have it", for oneself, one's desk, or whom one stands in for. Twice keeps the first moment. `by` says it for
    them, at an address that several people read.

    There is no version to have seen: what is said holds of the end that stands now, and of no other.
    """
    # two who receive it at once would each think that the other has not
    means.store.turns.take(f"action:{id}")
    action, discussion, held = action_for(means, who, id)
    if not action.state.is_to_be_heard:
        raise NothingToReceive("This action is not one that has come to its end with news for you.")
    whose = [one for one in waits_to_hear(means, action) if is_for(means, who, action, one, held)]
    if not whose:
        return as_received(means, who, action)
    return take(Press(means, by or who, action, discussion, action.version, on_behalf=by is not None), whose)


def to_receive(means: Means, who: Person) -> tuple[Action, ...]:
    """What has ended and this person, or their desk, must hear of and has not said that they have; oldest first."""
    found = means.store.actions.unheard_by(who.id, who.desk)
    return tuple(one for one in found if {who.id, who.desk} & set(waits_to_hear(means, one)))


def is_late_to_hear(means: Means, action: Action) -> bool:
    """The moment has passed at which those who must hear of this end are asked again."""
    return any(
        one.anchor in ENDS and one.audience == Audience.FEEDBACK and is_of_end(one, action) and one.due_at <= means.now
        for one in means.store.actions.promises(action.id)
    )


def is_of_end(promise: Promise, action: Action) -> bool:
    """Of the end that stands now, and of none that was taken back."""
    return action.state_at is not None and promise.due_at > action.state_at and promise.state is not PromiseState.VOID


def record_received_for(means: Means, who: Person, id: ActionId, seen: int, whom: PersonId | DeskId | None) -> Action:
    """Somebody has heard it by telephone: written down by the chair, the minute-taker or the booker, and marked so."""
    means.store.turns.take(f"action:{id}")
    press = recorders_press(means, who, id, seen)
    if whom is None:
        raise Missing("who has heard it", "whom")
    if whom in waits_to_hear(means, press.action):
        return take(press, [whom])
    if whom in to_hear(press.action, press.discussion.chair):
        return press.action
    raise NothingToReceive("They are not among those who must hear of this action.")


def take(press: Press, whose: Sequence[PersonId | DeskId]) -> Action:
    means, action = press.means, press.action
    assert action.state_at is not None, "what has ended has a moment"
    for whom in whose:
        id = ReceiptId(means.new_id())
        receipt = Receipt(id, action.id, action.state_at, whom, means.now, press.who.id, press.on_behalf)
        means.store.actions.add_receipt(receipt)
    after = keep(means, press.who, replace(action, unheard=bool(waits_to_hear(means, action))), RECEIVED)
    refresh_cards(means, action, after, press.discussion)
    return after


def is_for(means: Means, who: Person, action: Action, whom: PersonId | DeskId, held: frozenset[Tie]) -> bool:
    """Their own; their desk's; or, for those whom Chairside asked in somebody's place, that somebody's."""
    if whom == who.id or whom == who.desk:
        return True
    if Tie.TOLD not in held or whom in action.feedback_desks:
        return False
    person = means.store.people.person(PersonId(whom))
    return person is not None and who.id in stand_ins_of(means, person)


def as_received(means: Means, who: Person, action: Action) -> Action:
    """For somebody for whom nothing is left to receive: nothing if they have it, else a refusal."""
    chair = chair_of(means, action)
    if who.id == action.state_by or {who.id, who.desk} & set(to_hear(action, chair)):
        return action
    if any(receipt.by == who.id for receipt in means.store.actions.receipts(action.id)):
        return action
    raise NothingToReceive("Only those who must hear of this action can say that they have it.")


def now_seen(means: Means, action: Action, seen: int) -> int:
    """The version that a card showed; the newest, where since then nothing but receipts has come in."""
    lines = means.store.trail.entries(action.discussion)
    since = [line.why for line in lines if line.what == action.id and line.version and line.version > seen]
    return action.version if all(why == RECEIVED for why in since) else seen


@dataclass(frozen=True, slots=True)
class Heard:
    """How the news of an end stands with one of those who must hear: `at` None while they have not said so.

    `by` is named where somebody else took it: in their place, or, when `on_behalf`, as told by telephone.
    """

    whom: PersonId | DeskId
    name: str
    at: datetime | None = None
    by: str | None = None
    on_behalf: bool = False


def how_heard(means: Means, action: Action, discussion: Discussion) -> tuple[Heard, ...]:
    """For each of those who must hear, in the order in which they are named; empty while it is open."""
    whom = to_hear(action, discussion.chair)
    if not whom:
        return ()
    kept = {one.whom: one for one in means.store.actions.receipts(action.id) if one.of == action.state_at}
    people = means.store.people.people({PersonId(one) for one in (*whom, *(it.by for it in kept.values()))})
    return tuple(heard(means, people, action, one, kept.get(one)) for one in whom)


def heard(
    means: Means,
    people: Mapping[PersonId, Person],
    action: Action,
    whom: PersonId | DeskId,
    receipt: Receipt | None,
) -> Heard:
    name = means.store.people.desk(DeskId(whom)).name if whom in action.feedback_desks else name_of(people, whom)
    if receipt is None:
        return Heard(whom, name)
    by = name_of(people, receipt.by) if receipt.by != whom else None
    return Heard(whom, name, receipt.at, by, receipt.on_behalf)


def name_of(people: Mapping[PersonId, Person], id: PersonId | DeskId) -> str:
    person = people.get(PersonId(id))
    return person.name if person else "somebody who has left the directory"

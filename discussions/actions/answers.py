"""Answering for an action: every press of its owner, of the chair and of whom it is handed to; answers by telephone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from discussions.access import Part, access_to
from discussions.actions import life
from discussions.actions.action import Action, ActionState
from discussions.actions.audiences import hearers, ids, owners
from discussions.actions.life import Said
from discussions.actions.nudging import move_promises, promise_from_now, void_from
from discussions.actions.parties import HANDED_OVER, NOT_TAKEN_OVER, has_had
from discussions.actions.press import (
    Press,
    chairs_press,
    change,
    is_repeat,
    owners_press,
    recorders_press,
    takers_press,
)
from discussions.actions.telling import others, refresh_cards, tell
from discussions.actions.waiting import tell_waiting
from discussions.actions.words import optional, required
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.practice.follow_up import Anchor
from discussions.refusals import Missing, WrongAnswer


class Answer(StrEnum):
    """What an owner can say by telephone."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"
    MORE_TIME = "more time"
    BLOCKED = "blocked"
    CANNOT = "cannot"


def accept(means: Means, who: Person, id: ActionId, seen: int) -> Action:
    return take_acceptance(owners_press(means, who, id, seen))


def decline(means: Means, who: Person, id: ActionId, seen: int, reason: str | None) -> Action:
    """The reason goes back to the chair, who finds another owner."""
    return take_decline(owners_press(means, who, id, seen), reason)


def done(means: Means, who: Person, id: ActionId, seen: int, note: str | None) -> Action:
    """Ends the nudges and tells all who must hear of it."""
    return take_done(owners_press(means, who, id, seen), note)


def need_more_time(
    means: Means, who: Person, id: ActionId, seen: int, reason: str | None, until: datetime | None
) -> Action:
    """The chair is asked; until the chair agrees, it stays due when it was."""
    return take_request(owners_press(means, who, id, seen), reason, until)


def blocked(means: Means, who: Person, id: ActionId, seen: int, words: str | None) -> Action:
    """The chair is told; the clock runs on."""
    return take_report(owners_press(means, who, id, seen), words)


def cannot(means: Means, who: Person, id: ActionId, seen: int, reason: str | None) -> Action:
    """An end: the chair is told at once, with what was agreed for this case."""
    return take_end(owners_press(means, who, id, seen), reason)


def record_answer_for(
    means: Means,
    who: Person,
    id: ActionId,
    seen: int,
    answer: Answer,
    words: str | None = None,
    until: datetime | None = None,
) -> Action:
    """What the owner said by telephone, recorded by the chair, the minute-taker or the booker, and marked so."""
    press = recorders_press(means, who, id, seen)
    match answer:
        case Answer.ACCEPT:
            return take_acceptance(press)
        case Answer.DECLINE:
            return take_decline(press, words)
        case Answer.DONE:
            return take_done(press, words)
        case Answer.MORE_TIME:
            return take_request(press, words, until)
        case Answer.BLOCKED:
            return take_report(press, words)
        case Answer.CANNOT:
            return take_end(press, words)


def agree_time(means: Means, who: Person, id: ActionId, seen: int) -> Action:
    """The due moment moves, and with it what was promised relative to it."""
    press = chairs_press(means, who, id, seen, "agree to more time")
    after = change(press, life.time_agreed, "time agreed")
    move_promises(means, after)
    return answered(press, after, MessageKind.ACTION_CHANGED, owners(means, after))


def refuse_time(means: Means, who: Person, id: ActionId, seen: int, words: str | None = None) -> Action:
    """The owner hears it, with the reason if one is given."""
    press = chairs_press(means, who, id, seen, "refuse more time")
    why = optional(words, "the reason", "words")
    after = change(press, lambda action, said: life.time_refused(action, said, why), "time refused")
    return answered(press, after, MessageKind.ACTION_CHANGED, owners(means, after))


def offer_time(
    means: Means, who: Person, id: ActionId, seen: int, until: datetime | None, words: str | None = None
) -> Action:
    """Another moment than the owner asked for: they take it, or ask again; until then it stays due when it was."""
    press = chairs_press(means, who, id, seen, "propose another moment")
    if until is None:
        raise Missing("the day and time that you propose", "until")
    moment, why = until, optional(words, "the reason", "words")
    after = change(press, lambda action, said: life.time_offered(action, said, moment, why), "another time offered")
    return answered(press, after, MessageKind.ACTION_CHANGED, owners(means, after))


def take_offer(means: Means, who: Person, id: ActionId, seen: int) -> Action:
    """The owner takes the moment that the chair proposes."""
    return take_time(owners_press(means, who, id, seen))


def hand_over(means: Means, who: Person, id: ActionId, seen: int, to: PersonId | None) -> Action:
    """They must accept; until they do, the first owner stays responsible and goes on being nudged.

    Back to somebody who had it before is allowed, as after a leave; the chair hears of it, since it may be going round.
    """
    return offer_to(owners_press(means, who, id, seen), to)


def accept_hand_over(means: Means, who: Person, id: ActionId, seen: int) -> Action:
    return take_over(takers_press(means, who, id, seen))


def decline_hand_over(means: Means, who: Person, id: ActionId, seen: int, words: str | None = None) -> Action:
    return take_refusal(takers_press(means, who, id, seen), words)


def take_acceptance(press: Press) -> Action:
    if is_repeat(press, ActionState.ACCEPTED, None):
        return press.action
    return answered(press, change(press, life.accepted, "accepted"))


def take_decline(press: Press, reason: str | None) -> Action:
    why = required(reason, "a reason, so that the chair can find another way", "reason")
    if is_repeat(press, ActionState.DECLINED, why):
        return press.action
    after = change(press, lambda action, said: life.declined(action, said, why), "declined")
    return answered(press, after, MessageKind.CHAIR_ASKED, (press.discussion.chair,))


def take_done(press: Press, note: str | None) -> Action:
    words = optional(note, "what was done", "note")
    if is_repeat(press, ActionState.DONE, words):
        return press.action
    after = change(press, lambda action, said: life.done(action, said, words), "done")
    return ended(press, after, Anchor.DONE)


def take_end(press: Press, reason: str | None) -> Action:
    why = required(reason, "a reason, so that the chair can do what was agreed for this case", "reason")
    if is_repeat(press, ActionState.CANNOT, why):
        return press.action
    chair = press.discussion.chair
    after = change(press, lambda action, said: life.cannot(action, said, why, chair), "can't be done")
    tell(press.means, after, MessageKind.CHAIR_ASKED, others((chair,), press.who.id))
    return ended(press, after, Anchor.CANNOT)


def ended(press: Press, after: Action, anchor: Anchor) -> Action:
    """The owner's nudges end; those who must hear are told, and asked until each has it."""
    means = press.means
    if after == press.action:
        return after
    if after.unheard:
        means.store.actions.void_promises(after.id)
        promise_from_now(means, after, anchor)
    return answered(press, after, MessageKind.FEEDBACK, ids(hearers(means, after)))


def take_request(press: Press, reason: str | None, until: datetime | None) -> Action:
    why = required(reason, "a reason, so that the chair can decide", "reason")
    if until is None:
        raise Missing("the new day and time", "until")
    moment = until

    def ask(action: Action, said: Said) -> Action:
        return life.asked_for_time(action, said, moment, why)

    after = change(press, ask, "more time asked")
    return answered(press, after, MessageKind.CHAIR_ASKED, (press.discussion.chair,))


def take_report(press: Press, words: str | None) -> Action:
    what = required(words, "what is in the way", "words")
    after = change(press, lambda action, said: life.blocked(action, said, what), "blocked")
    return answered(press, after, MessageKind.CHAIR_ASKED, (press.discussion.chair,))


def take_time(press: Press) -> Action:
    after = change(press, life.offer_taken, "other time agreed")
    move_promises(press.means, after)
    heard = (press.discussion.chair, *owners(press.means, after))
    return answered(press, after, MessageKind.ACTION_CHANGED, heard)


def offer_to(press: Press, to: PersonId | None) -> Action:
    if to is None:
        raise Missing("whom you hand it over to", "to")
    means = press.means
    require_can_be_asked(means, press.discussion, to)
    after = change(press, lambda action, said: life.offered(action, said, to), HANDED_OVER)
    if has_had(means, to, press.action):
        tell(means, after, MessageKind.CHAIR_ASKED, others((press.discussion.chair,), press.who.id))
    return answered(press, after, MessageKind.HAND_OVER, (to,))


def take_over(press: Press) -> Action:
    after = change(press, life.taken_over, "taken over")
    heard = (*owners(press.means, press.action), press.discussion.chair, *owners(press.means, after))
    return answered(press, after, MessageKind.ACTION_CHANGED, heard)


def take_refusal(press: Press, words: str | None) -> Action:
    why = optional(words, "the reason", "words")
    after = change(press, lambda action, said: life.not_taken_over(action, said, why), NOT_TAKEN_OVER)
    return answered(press, after, MessageKind.ACTION_CHANGED, owners(press.means, after))


def answered(press: Press, after: Action, kind: MessageKind | None = None, people: tuple[PersonId, ...] = ()) -> Action:
    """Tells those who must hear of it something new, and shows the new state on every card that is out."""
    if after != press.action:
        if kind is not None:
            tell(press.means, after, kind, others(people, press.who.id))
        keep_asking(press.means, press.action, after)
        tell_waiting(press, after)
        refresh_cards(press.means, press.action, after, press.discussion)
    return after


def keep_asking(means: Means, before: Action, after: Action) -> None:
    """A question that nobody answers is asked again; one that is answered, or asked differently, is not."""
    if open_questions(before) == open_questions(after):
        return
    void_from(means, after, Anchor.ASKED)
    if after.state.is_open and any(open_questions(after)):
        promise_from_now(means, after, Anchor.ASKED)


def open_questions(action: Action) -> tuple[object, ...]:
    is_ownerless = action.state is ActionState.DECLINED
    return (action.asked_until, action.offered_until, action.handed_to, is_ownerless)


def require_can_be_asked(means: Means, discussion: Discussion, to: PersonId) -> None:
    """A restricted discussion stays among those who are on it."""
    person = means.store.people.person(to)
    if person is None or not means.store.people.is_listed(to):
        raise WrongAnswer("This person is not in the directory. Please choose somebody who is.", "to")
    if discussion.restricted:
        parts = access_to(person, discussion, means.store.discussions.invitations(discussion.id)).parts
        if not parts - {Part.OVERSEER}:
            raise WrongAnswer(
                "This discussion is restricted. Please choose somebody who is on it, or ask the chair.", "to"
            )

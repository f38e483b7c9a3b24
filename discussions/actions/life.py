"""The life of an action: every way from one state to the next, as pure functions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.refusals import ActionEnded, NothingAsked, NothingToBringBack
from discussions.ids import ActionId
from discussions.people import DeskId, PersonId
from discussions.refusals import WrongAnswer


@dataclass(frozen=True, slots=True)
class Said:
    """Whose press it is and when. `on_behalf`: what the owner said, recorded by somebody else.

    `state_at` and `state_by` of an action are those of its newest answer, whether or not that changed the state.
    """

    by: PersonId
    at: datetime
    on_behalf: bool = False


def stamped(action: Action, said: Said) -> Action:
    """Refuses what has ended: only `brought_back` leads out of done and can't be done, and nothing out of the rest."""
    if not action.state.is_open:
        raise ActionEnded(action.state)
    note = action.note if action.state is ActionState.DECLINED else None
    return replace(action, state_at=said.at, state_by=said.by, on_behalf=said.on_behalf, note=note)


def with_words(sentence: str, words: str | None) -> str:
    """What an answer to a request says to whoever asked, with the reason where one is given."""
    return f"{sentence}: {words}" if words else f"{sentence}."


def accepted(action: Action, said: Said) -> Action:
    """Also takes back a decline. Accepted twice keeps the first moment."""
    if action.state is ActionState.ACCEPTED:
        return action
    return replace(stamped(action, said), state=ActionState.ACCEPTED, note=None)


def declined(action: Action, said: Said, reason: str) -> Action:
    """It stays open, and with its owner, until the chair finds another: nothing agreed is ever nobody's."""
    if action.state is ActionState.DECLINED:
        return action
    return replace(without_requests(stamped(action, said)), state=ActionState.DECLINED, note=reason)


def done(action: Action, said: Said, note: str | None) -> Action:
    """Done twice keeps the first moment, so a double press on a card is harmless."""
    if action.state is ActionState.DONE:
        return action
    ended = replace(without_requests(stamped(action, said)), blocked=None)
    return replace(ended, state=ActionState.DONE, note=note, unheard=bool(must_hear(action, said.by)))


def cannot(action: Action, said: Said, reason: str, chair: PersonId) -> Action:
    """An end: what was agreed for this case is now needed, and the chair must hear of it whoever else is named."""
    if action.state is ActionState.CANNOT:
        return action
    ended = replace(without_requests(stamped(action, said)), blocked=None)
    return replace(ended, state=ActionState.CANNOT, note=reason, unheard=bool(must_hear(action, said.by, chair)))


def must_hear(action: Action, knows: PersonId | None, *also: PersonId) -> tuple[PersonId | DeskId, ...]:
    """Whom the news of its end must reach; not whoever gave it."""
    named: list[PersonId | DeskId] = [*also, *action.feedback_to, *action.feedback_desks]
    return tuple(one for one in dict.fromkeys(named) if one != knows)


def brought_back(action: Action, said: Said, reason: str) -> Action:
    """Not done after all, or it can be done after all: open again, due when it was, with its owner."""
    if not action.state.is_to_be_heard:
        raise NothingToBringBack
    return replace(
        action,
        state=ActionState.ACCEPTED,
        state_at=said.at,
        state_by=said.by,
        on_behalf=said.on_behalf,
        note=reason,
        unheard=False,
    )


def superseded(action: Action, said: Said) -> Action:
    return replace(without_requests(stamped(action, said)), state=ActionState.SUPERSEDED, blocked=None, note=None)


def made_to_wait(action: Action, said: Said, other: ActionId | None) -> Action:
    """`said` is no answer: the state keeps the moment of its own."""
    stamped(action, said)
    return replace(action, waits_for=other)


def cancelled(action: Action, said: Said, reason: str) -> Action:
    if action.state is ActionState.CANCELLED:
        return action
    return replace(without_requests(stamped(action, said)), state=ActionState.CANCELLED, note=reason)


def asked_for_time(action: Action, said: Said, until: datetime, why: str) -> Action:
    """The clock does not stop: the due moment stays until the chair agrees. A new request replaces the last."""
    asked = stamped(action, said)
    if until <= said.at:
        raise WrongAnswer("That moment has passed. Please give one that is still to come.", "until", "tomorrow 12:00")
    if until <= action.due_at:
        raise WrongAnswer("That is no later than it is due now. Please give a later moment.", "until", "tomorrow 12:00")
    return replace(asked, asked_until=until, asked_why=why, offered_until=None)


def time_agreed(action: Action, said: Said) -> Action:
    agreed = stamped(action, said)
    if action.asked_until is None:
        raise NothingAsked("more time")
    if action.asked_until <= said.at:
        raise WrongAnswer("The moment that was asked for has passed by now. Please agree another one with the owner.")
    return replace(without_request_for_time(agreed), due_at=action.asked_until, note="More time is agreed.")


def time_offered(action: Action, said: Said, until: datetime, words: str | None) -> Action:
    """Another moment than the one asked for: its owner takes it, or asks again. Until then it is due when it was."""
    offered = stamped(action, said)
    if action.asked_until is None:
        raise NothingAsked("more time")
    if until <= said.at:
        raise WrongAnswer("That moment has passed. Please give one that is still to come.", "until", "tomorrow 12:00")
    if until <= action.due_at:
        raise WrongAnswer("That is no later than it is due now. Please refuse it with your reason instead.", "until")
    if until == action.asked_until:
        raise WrongAnswer("That is the moment the owner asked for: please press Agree.", "until", "tomorrow 12:00")
    return replace(offered, offered_until=until, note=words)


def offer_taken(action: Action, said: Said) -> Action:
    taken = stamped(action, said)
    if action.offered_until is None:
        raise NothingAsked("another moment")
    if action.offered_until <= said.at:
        raise WrongAnswer("The moment that was proposed has passed by now. Please ask for another one.", "until")
    agreed = replace(without_request_for_time(taken), due_at=action.offered_until, note="The other moment is agreed.")
    return replace(agreed, state=ActionState.ACCEPTED)


def time_refused(action: Action, said: Said, words: str | None = None) -> Action:
    refused = stamped(action, said)
    if action.asked_until is None:
        raise NothingAsked("more time")
    return replace(without_request_for_time(refused), note=with_words("More time is not agreed", words))


def blocked(action: Action, said: Said, words: str) -> Action:
    """A report, not a state: the clock runs on."""
    return replace(stamped(action, said), blocked=words)


def offered(action: Action, said: Said, to: PersonId) -> Action:
    """The first owner stays responsible until the other accepts. A new offer replaces the last."""
    offer = stamped(action, said)
    if to == action.owner:
        raise WrongAnswer("This person owns the action already. Please choose somebody else.", "to")
    return replace(offer, handed_to=to)


def taken_over(action: Action, said: Said) -> Action:
    taken = stamped(action, said)
    if action.handed_to is None:
        raise NothingAsked("handing over")
    return replace(
        taken, owner=action.handed_to, desk=None, handed_to=None, state=ActionState.ACCEPTED, note=None, blocked=None
    )


def not_taken_over(action: Action, said: Said, words: str | None = None) -> Action:
    kept = stamped(action, said)
    if action.handed_to is None:
        raise NothingAsked("handing over")
    return replace(kept, handed_to=None, note=with_words("I can't take it over", words))


def given_to(action: Action, said: Said, owner: PersonId | None, desk: DeskId | None) -> Action:
    """A new owner by decision of the chair or minute-taker: proposed again, for they have not accepted yet."""
    given = without_requests(stamped(action, said))
    return replace(given, owner=owner, desk=desk, state=ActionState.PROPOSED, note=None, blocked=None)


def without_requests(action: Action) -> Action:
    return replace(without_request_for_time(action), handed_to=None)


def without_request_for_time(action: Action) -> Action:
    """Whoever sets a new due moment has answered the request."""
    return replace(action, asked_until=None, asked_why=None, offered_until=None)

"""The life of an action: every way from one state to the next, as pure functions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.refusals import ActionEnded, NothingAsked
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
    """Refuses what has ended: there is no way back from done, cancelled, superseded or cannot."""
    if not action.state.is_open:
        raise ActionEnded(action.state.value)
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
    return replace(ended, state=ActionState.DONE, note=note)


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
    return replace(asked, asked_until=until, asked_why=why)


def time_agreed(action: Action, said: Said) -> Action:
    agreed = stamped(action, said)
    if action.asked_until is None:
        raise NothingAsked("more time")
    if action.asked_until <= said.at:
        raise WrongAnswer("The moment that was asked for has passed by now. Please agree another one with the owner.")
    return replace(agreed, due_at=action.asked_until, asked_until=None, asked_why=None, note="More time is agreed.")


def time_refused(action: Action, said: Said, words: str | None = None) -> Action:
    refused = stamped(action, said)
    if action.asked_until is None:
        raise NothingAsked("more time")
    return replace(refused, asked_until=None, asked_why=None, note=with_words("More time is not agreed", words))


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
    return replace(action, asked_until=None, asked_why=None, handed_to=None)


def without_request_for_time(action: Action) -> Action:
    """Whoever sets a new due moment has answered the request."""
    return replace(action, asked_until=None, asked_why=None)

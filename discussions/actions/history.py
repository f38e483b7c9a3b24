"""What happened to an action, in order: who answered what, who was told of it, and how far each word has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.access import is_owner, note_read
from discussions.actions.action import Action
from discussions.actions.audiences import owners
from discussions.actions.parties import action_for
from discussions.actions.remind import BY_THE_CHAIR
from discussions.ids import ActionId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import DeliveryState, Told
from discussions.secure.links import has_live_links
from discussions.trail import Deed, Entry

ARRIVED = frozenset({DeliveryState.SENT, DeliveryState.FALLBACK_USED})

GONE = "somebody who has left"
ABOUT_LINKS = frozenset({Deed.CODE_SENT, Deed.WRONG_CODE, Deed.PAGE_OPENED, Deed.LINK_ENDED})


@dataclass(frozen=True, slots=True)
class Answered:
    """`what` is the trail's code for what was done: "accepted", "done", "more time asked", …; `on_page` by the secure
    page.
    """

    at: datetime
    who: str
    what: str
    on_page: bool = False


@dataclass(frozen=True, slots=True)
class OnPage:
    """What happened to a secure link: a code was sent, or wrong, or right; it was withdrawn. `who` None: by itself."""

    at: datetime
    who: str | None
    deed: Deed


@dataclass(frozen=True, slots=True)
class Heard:
    """One word to one person; `told` says how far it has come."""

    at: datetime
    who: str
    told: Told


@dataclass(frozen=True, slots=True)
class History:
    """`lines` in the order in which they happened. `may_withdraw`: there are secure links that the viewer can end."""

    action: Action
    reference: str
    lines: tuple[Answered | Heard | OnPage, ...]
    may_withdraw: bool = False


def history_of(means: Means, who: Person, id: ActionId) -> History:
    """For everybody who may see the action; for anybody else NotFound."""
    action, discussion, _ = action_for(means, who, id)
    note_read(means, who, discussion, f"history:{action.id}")
    whole = [line for line in means.store.trail.entries(discussion.id) if line.what == action.id]
    trail = [line for line in whole if is_press(line)]
    page = [line for line in whole if line.deed in ABOUT_LINKS]
    told = means.store.told.about("action", action.id)
    names = names_of(means, [*(line.who for line in whole), *(one.recipient for one in told)])
    by_page = {(line.at, line.who) for line in whole if line.deed is Deed.PAGE_ANSWERED}
    answers = [
        Answered(line.at, names.get(line.who, GONE), said(line), (line.at, line.who) in by_page) for line in trail
    ]
    heard = [Heard(one.at or one.since, names.get(one.recipient, GONE), one) for one in told]
    links = [OnPage(line.at, names.get(line.who, GONE) if line.who else None, line.deed) for line in page]
    lines: list[Answered | Heard | OnPage] = [*answers, *heard, *links]
    may_withdraw = discussion.chair == who.id and has_live_links(means, action.id)
    return History(action, discussion.reference, tuple(sorted(lines, key=lambda line: line.at)), may_withdraw)


def told_words(means: Means, action: Action) -> str:
    """The last word to its owner and what became of it: "told in Teams 17/11 09:02, read receipt not available, …".

    Whether somebody has read it nobody tells Chairside, so it says so rather than leave it open.
    """
    told = [one for one in means.store.told.about("action", action.id) if one.recipient in owners(means, action)]
    arrived = [one for one in told if one.state in ARRIVED and one.at is not None]
    if not arrived:
        return "not told by Chairside yet" if not told else "not reached by Chairside yet"
    last = max(arrived, key=lambda one: one.at or one.since)
    way = "by mail" if last.by_mail or last.state is DeliveryState.FALLBACK_USED else "in Teams"
    words = f"told {way} {say_short(last.at or last.since)}, read receipt not available"
    if action.state_at is None or not is_answered(means, action):
        return words
    where = " on the secure page" if last.by_mail and is_answered_on_page(means, action) else ""
    return f"{words}, answered{where} {say_short(action.state_at)}"


def is_answered(means: Means, action: Action) -> bool:
    """By its owner, for its owner, or by somebody at the mailbox of the desk that owns it."""
    who = means.store.people.person(action.state_by) if action.state_by else None
    return action.on_behalf or action.state_by in owners(means, action) or (who is not None and is_owner(who, action))


def is_answered_on_page(means: Means, action: Action) -> bool:
    answer = (Deed.PAGE_ANSWERED, action.id, action.state_at)
    return any((line.deed, line.what, line.at) == answer for line in means.store.trail.entries(action.discussion))


def is_press(line: Entry) -> bool:
    return line.deed in (Deed.ACTION_MADE, Deed.ACTION_CHANGED) or line.why == BY_THE_CHAIR


def said(line: Entry) -> str:
    return "agreed" if line.deed is Deed.ACTION_MADE else line.why or "changed"


def names_of(means: Means, ids: list[PersonId | None]) -> dict[PersonId | None, str]:
    found = means.store.people.people({id for id in ids if id is not None})
    return {id: person.name for id, person in found.items()}

"""The chair's view of all open actions, the chair's own nudge, and the history of one action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from bot.answers.action_cards import overview
from bot.answers.action_which import Candidates, find, my_open, read_named
from bot.answers.menu import action_line
from bot.shown import Shown, Turn
from cards.action_history import history_card
from cards.buttons import ShowChairedActions
from cards.chaired_actions import EVERYTHING, Chosen, Offered, chaired_actions_card, link_card
from cards.parts import Choice, Figure
from cards.preparation import preparation_card
from cards.still_open import still_open_card
from discussions.actions.action import Action
from discussions.actions.chaired import ChairedActions, Narrowed, Standing, chaired_actions
from discussions.actions.history import history_of
from discussions.actions.list_file import give_list_link
from discussions.actions.prepare import prepare
from discussions.actions.remind import nudge_owner
from discussions.agenda.before_conference import still_open
from discussions.ids import ActionId, DiscussionId
from discussions.people import AgencyId
from discussions.record.links import make_secret
from discussions.refusals import WrongAnswer
from discussions.secure.links import withdraw_links

TITLES = {standing: standing.value.capitalize() for standing in Standing}
MOST_ECHOED = 40
COUNTED = (Standing.OVERDUE, Standing.NOT_ACCEPTED, Standing.BLOCKED)


def chaired(turn: Turn, button: ShowChairedActions, typed: Mapping[str, str]) -> Shown:
    """What is chosen in the form wins over what the button carries."""
    chosen = Chosen(
        typed.get("standing") or button.standing,
        typed.get("agency") or button.agency,
        typed.get("child") or button.child,
    )
    found = chaired_actions(turn.means, turn.who, narrowed_to(chosen))
    now = turn.means.now
    card = chaired_actions_card(
        [action_line(turn, view) for view in found.shown],
        [Figure(str(found.count(standing, now)), standing.value) for standing in COUNTED],
        offered(turn, found),
        chosen,
        in_all=len(found.all),
        unheard=found.count(Standing.FEEDBACK, now),
        page=button.page,
    )
    return Shown(card, is_a_look=True)


def narrowed_to(chosen: Chosen) -> Narrowed:
    """What is not known narrows nothing: a list may have changed since the card was sent."""
    standing = Standing(chosen.standing) if chosen.standing in set(Standing) else None
    agency = None if chosen.agency == EVERYTHING else AgencyId(chosen.agency)
    return Narrowed(standing, agency, None if chosen.child == EVERYTHING else chosen.child)


def offered(turn: Turn, found: ChairedActions) -> Offered:
    counted = [(one, found.count(one, turn.means.now)) for one in Standing]
    return Offered(
        tuple(Choice(f"{TITLES[one]} ({number})", one.value) for one, number in counted),
        tuple(Choice(agency.name, agency.id) for agency in found.agencies),
        tuple(Choice(child, child) for child in found.children),
    )


def before_conference(turn: Turn, id: DiscussionId) -> Shown:
    found = still_open(turn.means, turn.who, id)
    lines = [action_line(turn, view) for view in found.actions]
    return Shown(still_open_card(found.reference, found.latest, lines), is_a_look=True)


def chaired_typed(turn: Turn, rest: str) -> Shown:
    """ "chaired actions", or narrowed by the words behind: "overdue", "police", "SD-26-0412 A"."""
    wanted = " ".join(rest.casefold().split())
    if not wanted:
        return chaired(turn, ShowChairedActions(), {})
    found = chaired_actions(turn.means, turn.who)
    by_words = {agency.name: ShowChairedActions(agency=agency.id) for agency in found.agencies}
    by_words |= {child: ShowChairedActions(child=child) for child in found.children}
    by_words |= {one.value: ShowChairedActions(standing=one.value) for one in Standing}
    button = next((one for words, one in by_words.items() if f" {wanted}" in f" {words.casefold()}"), None)
    if button is None:
        raise WrongAnswer(not_to_narrow_by(rest.strip(), by_words), example="chaired actions overdue")
    return chaired(turn, button, {})


def not_to_narrow_by(words: str, known: Iterable[str]) -> str:
    """The words go back to whoever typed them, and to nobody else."""
    plain = {one.casefold(): one for one in known}
    near = get_close_matches(words.casefold(), plain, n=1)
    hint = f" Did you mean {plain[near[0]]}?" if near else ""
    return (
        f"I can't narrow the list by “{words[:MOST_ECHOED]}”.{hint} An agency, a child or how they stand can be typed."
    )


def history(turn: Turn, id: ActionId) -> Shown:
    return Shown(history_card(history_of(turn.means, turn.who, id)), is_a_look=True)


def history_typed(turn: Turn, rest: str) -> Shown:
    """ "history 3", or by its full name, which finds what has ended too."""
    return history(turn, meant(turn, rest, "history", chaired_open))


def preparation(turn: Turn, id: ActionId) -> Shown:
    return Shown(preparation_card(prepare(turn.means, turn.who, id)), is_a_look=True)


def preparation_typed(turn: Turn, rest: str) -> Shown:
    return preparation(turn, meant(turn, rest, "prepare", my_open))


def nudge(turn: Turn, id: ActionId) -> Shown:
    nudge_owner(turn.means, turn.who, id)
    return overview(turn, id, ["They are reminded now. To see who was told, type history."])


def nudge_typed(turn: Turn, rest: str) -> Shown:
    return nudge(turn, meant(turn, rest, "nudge", chaired_open))


def withdraw(turn: Turn, id: ActionId) -> Shown:
    ended = withdraw_links(turn.means, turn.who, id)
    said = f"{ended} secure link{'s' if ended != 1 else ''} ended. A new nudge brings a new one."
    return overview(turn, id, [said if ended else "No secure link was open."])


def withdraw_typed(turn: Turn, rest: str) -> Shown:
    return withdraw(turn, meant(turn, rest, "withdraw links", chaired_open))


def meant(turn: Turn, rest: str, command: str, candidates: Candidates) -> ActionId:
    return find(turn, read_named(rest), command, candidates).id


def chaired_open(turn: Turn) -> Sequence[Action]:
    return turn.means.store.actions.of_chair(turn.who.id)


def fetch(turn: Turn) -> Shown:
    secret = make_secret(turn.means.new_id)
    given = give_list_link(turn.means, turn.who, secret)
    return Shown(link_card(f"{turn.public_url}/record/{secret}", given.expires_at))

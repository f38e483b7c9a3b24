"""One turn inside its transaction: seen before? who is it? what do they want? Everything here is synchronous."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from bot import presses, typed_words
from bot.arrivals import Incoming, Kind, PlaceKind
from bot.shown import Shown, Turn
from bot.welcoming import first_words, keep_welcome, stranger_card
from cards.buttons import Pressed, unpack
from cards.refusal import fault_card, refusal_card
from cards.render import Card, Summary, stamp
from discussions.missed import keep_missed
from discussions.needs import KeptAnswer, Means, Reference
from discussions.people import Person, PersonId
from discussions.refusals import NotInDirectory, Refusal
from discussions.trail import Deed, Entry


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back. `was_said` marks an answer that is known to have arrived: it is not said again.

    `continued` is the message that showed the same thing until now, further up in the chat. `tells_others`: because of
    it the outbox has something to send. `leaves_card`: it never takes the place of the pressed card.
    `is_below`: a new message, though a press asked for it. `is_private`: what was asked for is for the
    asker alone.
    """

    card: Card | None = None
    sentence: str | None = None
    about: str | None = None
    key: str | None = None
    continued: str | None = None
    was_said: bool = False
    tells_others: bool = False
    leaves_card: bool = False
    is_below: bool = False
    is_private: bool = False

    @property
    def is_silent(self) -> bool:
        return self.card is None and self.sentence is None


@dataclass(frozen=True, slots=True)
class Strange:
    """An account the directory does not hold. `may_be_linked`: worth asking the roster for their UPN."""

    may_be_linked: bool


SILENT = Reply()
FAULT = "That did not work, and it is not your doing. Nothing was changed. Please try again in a minute."
IN_DOUBT = "Chairside lost its records at that very moment, and can't say whether this was saved."


def take_turn(
    means: Means, incoming: Incoming, public_url: str, said: tuple[str, ...] = (), asked_roster: bool = False
) -> Reply | Strange:
    """`said`: keys of earlier answers that are known to have arrived. Raises Refusal: then nothing is kept."""
    store = means.store
    store.turns.take(incoming.place.conversation)
    if said:
        store.turns.mark_said(said)
    key = key_of(incoming)
    kept = store.turns.seen(key) if key else None
    if key and kept and (kept.said or not kept.is_a_look):
        return reply_again(means, incoming, kept, key)
    who = store.people.by_account(incoming.sender.account) if incoming.sender.account else None
    if who is None and not asked_roster and incoming.kind is not Kind.REMOVED:
        return Strange(may_be_linked=incoming.sender.account is not None)
    shown = answer(means, incoming, who, public_url)
    return remembered(means, incoming, shown, key, who)


def answer(means: Means, incoming: Incoming, who: Person | None, public_url: str) -> Shown:
    match incoming.kind:
        case Kind.INSTALLED:
            return installed(means, incoming, who)
        case Kind.REMOVED:
            means.store.conversations.remove(incoming.place.conversation, means.now)
            means.store.trail.write(Entry(Deed.REMOVED, means.now, who.id if who else None))
            return Shown()
        case Kind.MESSAGE | Kind.PRESS:
            return answered(means, incoming, who, public_url)
        case Kind.MEETING_STARTED | Kind.MEETING_ENDED:
            return typed_words.meeting_changed(means, incoming.place.conversation, incoming.kind)
        case _:
            return Shown()


def installed(means: Means, incoming: Incoming, who: Person | None) -> Shown:
    is_personal = incoming.place.kind is PlaceKind.PERSONAL
    person = who.id if who and is_personal else None
    if not means.store.conversations.install(reference_of(incoming), person, incoming.place.kind, means.now):
        return Shown()
    means.store.trail.write(Entry(Deed.INSTALLED, means.now, who.id if who else None, what=incoming.place.kind))
    about = keep_welcome(means, incoming.place.conversation, person, incoming.place.kind)
    if who is not None and is_personal:
        keep_missed(means, who)
    return Shown(first_words(means, who, incoming.place.kind), about)


def answered(means: Means, incoming: Incoming, who: Person | None, public_url: str) -> Shown:
    if who is None:
        if incoming.kind is Kind.PRESS:
            raise NotInDirectory(whom_to_ask(means))
        return Shown(stranger_card(means))
    is_personal = incoming.place.kind is PlaceKind.PERSONAL
    means.store.conversations.see(
        reference_of(incoming), who.id if is_personal else None, incoming.place.kind, means.now
    )
    turn = Turn(means, who, incoming.place.conversation, public_url)
    if incoming.press is not None:
        pressed = unpack(incoming.press.verb, incoming.press.data)
        return presses.answer(turn, pressed) if is_personal else presses.answer_in_group(turn, pressed)
    text = incoming.text or ""
    return typed_words.answer(turn, text) if is_personal else typed_words.answer_in_group(turn, text)


def reference_of(incoming: Incoming) -> Reference:
    place = incoming.place
    return Reference(place.conversation, place.service_url, place.tenant, incoming.sender.address)


def key_of(incoming: Incoming) -> str | None:
    """What makes two arrivals the same: Teams' activity id, or for a press its card, person, verb and inputs.

    A redelivered press can carry a new activity id. Presses that only look have no key: they are answered afresh.
    """
    place = incoming.place.conversation
    if incoming.press is None:
        return f"m|{digest(place, incoming.activity)}" if incoming.kind in (Kind.MESSAGE, Kind.INSTALLED) else None
    data = dict(incoming.press.data)
    nonce = data.pop("n", None)
    if not isinstance(nonce, str) or presses.only_looks(incoming.press.verb):
        return None
    return f"p|{digest(nonce, incoming.sender.address, incoming.press.verb, json.dumps(data, sort_keys=True))}"


def digest(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def reply_again(means: Means, incoming: Incoming, kept: KeptAnswer, key: str) -> Reply:
    """If an earlier one did go out after all, the repeat takes over from it."""
    card = Card(kept.card, Summary(kept.summary)) if kept.card is not None and kept.summary else None
    continued = None
    if kept.about and incoming.kind is not Kind.PRESS:
        continued = showing(means, incoming.place.conversation, kept.about)
    return Reply(card, kept.sentence, kept.about, key, continued, was_said=kept.said)


def remembered(means: Means, incoming: Incoming, shown: Shown, key: str | None, who: Person | None) -> Reply:
    card = stamp(shown.card, means.new_id()) if shown.card else None
    if key:
        means.store.turns.remember(key, kept_of(card, shown), means.now)
    continued = tied_card(means, incoming, shown, who)
    tells_others = means.store.outbox.has_new
    return Reply(
        card,
        shown.sentence,
        shown.about,
        key,
        continued,
        tells_others=tells_others,
        is_below=shown.is_below,
        is_private=shown.is_private,
    )


def kept_of(card: Card | None, shown: Shown) -> KeptAnswer:
    if shown.is_a_look:
        return KeptAnswer(None, None, None, said=False, is_a_look=True)
    if card is None:
        return KeptAnswer(None, None, shown.sentence, said=False, about=shown.about)
    return KeptAnswer(card.text, card.summary, shown.sentence, said=False, about=shown.about)


def tied_card(means: Means, incoming: Incoming, shown: Shown, who: Person | None) -> str | None:
    """Remembers which message shows what. For typed words: the message that showed it until now, to be closed."""
    conversation = incoming.place.conversation
    if shown.about is None or who is None:
        return None
    if incoming.kind is Kind.PRESS and incoming.card and not shown.is_below:
        if shown.card is not None:
            known = means.store.cards.live(conversation, shown.about)
            if known is None or known.activity != incoming.card:
                means.store.cards.remember(conversation, shown.about, incoming.card, means.now)
            # an action's own messages update every card that shows it, this one included
            is_told_anyway = shown.about.startswith("action:") and known and known.activity == incoming.card
            # an opened form is left alone: the update could wipe what is being typed into it, and nothing has changed
            has_changed = incoming.press is not None and not presses.only_looks(incoming.press.verb)
            if has_changed and not is_told_anyway:
                presses.refresh_later(Turn(means, who, conversation), shown.about, incoming.card)
        return None
    return showing(means, conversation, shown.about)


def showing(means: Means, conversation: str, about: str) -> str | None:
    """The message that shows it now."""
    live = means.store.cards.live(conversation, about)
    return live.activity if live else None


def refuse(means: Means, incoming: Incoming, public_url: str, refusal: Refusal) -> Reply:
    """The refusal as a card that keeps what was typed, where the pressed card can be shown again; else one sentence."""
    account = incoming.sender.account
    who = means.store.people.by_account(account) if account else None
    pressed = pressed_in(incoming)
    if pressed is None:
        if incoming.kind is Kind.PRESS:
            return Reply(sentence=refusal.sentence)
        return Reply(stamp(refusal_card(refusal.sentence), means.new_id()))
    if who is None or incoming.place.kind is not PlaceKind.PERSONAL:
        return Reply(sentence=refusal.sentence)
    card = presses.show_again(Turn(means, who, incoming.place.conversation, public_url), pressed, refusal)
    return Reply(stamp(card, means.new_id())) if card else Reply(sentence=refusal.sentence)


def pressed_in(incoming: Incoming) -> Pressed | None:
    if incoming.press is None:
        return None
    try:
        return unpack(incoming.press.verb, incoming.press.data)
    except Refusal:
        return None


def say_fault(incoming: Incoming) -> Reply:
    """The pressed card stays, with all that was typed into it."""
    if incoming.may_answer_in_place:
        return Reply(sentence=FAULT)
    return Reply(stamp(fault_card(), "fault"), leaves_card=True)


def say_out_of_reach(incoming: Incoming, is_in_doubt: bool) -> Reply:
    """Said without the database. A press that was done already is known when it comes again; typed words are not."""
    what = "press" if incoming.kind is Kind.PRESS else "send"
    if not is_in_doubt:
        sentence = f"Not saved: Chairside can't reach its records just now. Please {what} it again in a minute."
    elif incoming.kind is Kind.PRESS:
        sentence = f"{IN_DOUBT} Please press it again in a minute: it is never done twice."
    else:
        sentence = f"{IN_DOUBT} Please look in a minute, and send it again if it was not."
    if incoming.may_answer_in_place:
        return Reply(sentence=sentence)
    return Reply(stamp(refusal_card(sentence), "out of reach"), leaves_card=True)


def note_said(means: Means, conversation: str, about: str, activity: str) -> None:
    means.store.cards.remember(conversation, about, activity, means.now)


def link_by_mail(means: Means, incoming: Incoming, mail: str | None) -> None:
    """Links somebody whom the directory knows by mail only to their account, once, and writes it down."""
    account = incoming.sender.account
    person = means.store.people.by_mail(mail) if mail else None
    if account is None or person is None or person.account is not None:
        return
    means.store.people.link(PersonId(person.id), account)
    means.store.trail.write(Entry(Deed.LINKED, means.now, person.id))


def whom_to_ask(means: Means) -> str:
    return "the Chairside administrator of your agency"

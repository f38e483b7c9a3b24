"""What is worth pointing out in a sentence that was taken apart, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from discussions.actions.findings import Code, Finding, Owner, World
from discussions.actions.kinds import begins, kind_for, policy_of
from discussions.actions.linter import mends
from discussions.actions.linter.reading import Sentence
from discussions.actions.linter.same import same_as
from discussions.actions.linter.vague import vague_words_in
from discussions.actions.linter.when import Moment, is_soon
from discussions.actions.linter.who import Finder
from discussions.clocks import is_working_day
from discussions.london import nearest_from_london, say_date, say_moment, to_london
from discussions.working_hours import NotHours, read_opening_hours


def findings_in(sentence: Sentence, world: World, finder: Finder) -> Iterator[Finding]:
    yield from _about_owner(sentence, world, finder)
    yield from _about_wording(sentence, world, finder)
    yield from _about_due(sentence, world)
    yield from _about_the_rest(sentence, world, finder)


def _about_owner(sentence: Sentence, world: World, finder: Finder) -> Iterator[Finding]:
    deed = sentence.deed
    said = ", ".join(one.said for one in deed.owners)
    match deed.owner_fault:
        case Code.NO_OWNER:
            yield _no_owner(sentence, said, world, finder)
        case Code.TWO_OWNERS:
            words = "Two or more do this, so nobody can be asked about it. Who is the one owner?"
            yield Finding(Code.TWO_OWNERS, words, "owner", mends.split(sentence), said)
        case Code.UNKNOWN_OWNER:
            words = f"I don't know who “{_shown(said)}” is. Please name one person or desk of the directory."
            yield Finding(Code.UNKNOWN_OWNER, words, "owner", mends.nearest_owners(sentence, said, world), said)
        case Code.UNCLEAR_OWNER:
            words = f"“{_shown(said)}” could be more than one of you. Which one is it?"
            yield Finding(Code.UNCLEAR_OWNER, words, "owner", mends.these_owners(sentence, deed.known_owners), said)
        case _:
            yield from _about_presence(owner_of(sentence))


def _no_owner(sentence: Sentence, said: str, world: World, finder: Finder) -> Finding:
    if not said:
        words = "Please choose who does it: one person, or one desk."
        return Finding(Code.NO_OWNER, words, "owner", mends.new_owners(sentence, world, finder))
    words = f"“{_shown(said)}” is nobody who can be asked about it. Please choose one person, or one desk."
    return Finding(Code.NO_OWNER, words, "owner", mends.new_owners(sentence, world, finder), said)


def _about_presence(owner: Owner | None) -> Iterator[Finding]:
    if owner is not None and not owner.is_here:
        words = f"{owner.name} is not in the discussion. They get a card and must accept before it is theirs."
        yield Finding(Code.NOT_IN_ROOM, words, "owner", said=owner.name)


def owner_of(sentence: Sentence) -> Owner | None:
    """The one of the world who does it, if that is clear."""
    known = sentence.deed.known_owners
    return known[0] if sentence.deed.owner_fault is None and len(known) == 1 else None


def _about_wording(sentence: Sentence, world: World, finder: Finder) -> Iterator[Finding]:
    deed = sentence.deed
    if not sentence.what:
        yield Finding(Code.NO_WORDING, "Please say what will be done.", "wording")
    elif deed.is_passive:
        words = "This says that it happens, not who does it. Please begin with who, then what they do."
        yield Finding(Code.PASSIVE, words, "wording", said=_shown(sentence.what))
    elif deed.verb is None:
        words = "This does not say what is done. Please begin with a word like sees, rings, sends or checks."
        yield Finding(Code.NO_VERB, words, "wording", said=_shown(sentence.what))
    for vague in vague_words_in(sentence, world):
        words = f"“{vague.word.word}” can mean many things. {vague.word.ask}"
        yield Finding(Code.VAGUE_WORD, words, "wording", mends.instead_of(sentence, vague), vague.said)
    if _lacks_measure(sentence, finder):
        said = sentence.text[slice(*deed.verb_at)] if deed.verb_at else None
        yield Finding(Code.NO_MEASURE, "How will one see that it is done?", "measure", said=said)


def _lacks_measure(sentence: Sentence, finder: Finder) -> bool:
    deed, lexicon = sentence.deed, finder.lexicon
    if deed.verb is None or deed.verb_at is None or sentence.has_measure or deed.is_passive:
        return False
    is_open = deed.verb in lexicon.open_ended and deed.verb not in lexicon.vague_verbs
    return is_open and not lexicon.measure.search(sentence.main, deed.verb_at[1], sentence.tell_at)


def _about_due(sentence: Sentence, world: World) -> Iterator[Finding]:
    due = sentence.due
    if due is None and sentence.vague_due is not None:
        said = sentence.vague_due[0].strip()
        words = f"“{_shown(said)}” is no day and time. By when exactly?"
        yield Finding(Code.VAGUE_DUE, words, "due", mends.usual_time(sentence, world, owner_of(sentence)), said)
    elif due is None:
        yield Finding(Code.NO_DUE, "Please say by when.", "due", mends.usual_time(sentence, world, owner_of(sentence)))
    elif due.fault is not None:
        found = mends.readings_of(sentence, world, owner_of(sentence))
        yield Finding(due.fault, due.refusal, "due", found, due.said or None)
    elif due.at is not None and due.at <= world.now:
        words = f"{say_moment(due.at)} has passed. Please give a moment that is still to come."
        found = mends.usual_time(sentence, world, owner_of(sentence))
        yield Finding(Code.DUE_PAST, words, "due", found, due.said or None)
    elif due.at is not None:
        yield from _about_moment(sentence, due, due.at, world)


def _about_moment(sentence: Sentence, due: Moment, at: datetime, world: World) -> Iterator[Finding]:
    owner = owner_of(sentence)
    day = to_london(at).date()
    said = due.said or None
    if not due.has_time and is_soon(at, world.now):
        yield _without_time(sentence, due, at, world, owner)
    at_work = any(works_on(one, day, world) for one in sentence.deed.known_owners)
    if not is_working_day(day, world.calendar) and not at_work:
        who = f", and {owner.name} does not work then" if owner and owner.hours else ""
        words = f"{say_moment(at)} is not a working day{who}."
        yield Finding(Code.NOT_WORKING_DAY, words, "due", mends.next_day_of_work(sentence, at, world), said)
    if world.latest is not None and day > world.latest:
        words = f"This is due after {say_date(world.latest)}, the latest date for an ICPC."
        yield Finding(Code.AFTER_ICPC, words, "due", mends.day_of_conference(sentence, world.latest, world), said)


def _without_time(sentence: Sentence, due: Moment, at: datetime, world: World, owner: Owner | None) -> Finding:
    found = mends.with_time(sentence, at, world, owner)
    if due.is_soft:
        words = f"“{_shown(due.said)}” is another hour for everyone, and this is due within 24 hours. By what time?"
        return Finding(Code.VAGUE_DUE, words, "due", found, due.said)
    return Finding(Code.NO_TIME, "This is due within 24 hours. By what time?", "due", found, due.said or None)


def works_on(owner: Owner | None, day: date, world: World) -> bool:
    """24/7 services, and rotas that work on that weekend or holiday."""
    if owner is None or owner.hours is None:
        return False
    try:
        hours = read_opening_hours(owner.hours)
    except NotHours:
        return False
    opens = hours.next_open(nearest_from_london(day, time(0)), world.calendar)
    return to_london(opens).date() == day


def _about_the_rest(sentence: Sentence, world: World, finder: Finder) -> Iterator[Finding]:
    if not sentence.is_told:
        words = "Who hears of it when it is done? Somebody at work on this child, besides the owner."
        yield Finding(Code.NO_FEEDBACK, words, "feedback_to", mends.tell_chair(sentence))
    if needs_contingency(sentence, world) and not (sentence.contingency or "").strip():
        words = "This is about immediate safety. What happens if it is not done, and who does it?"
        yield Finding(Code.NO_CONTINGENCY, words, "contingency")
    if same := same_as(sentence, world, owner_of(sentence), finder):
        words = f"An open action of the same owner says the same already: “{_shown(same.wording)}”."
        yield Finding(Code.DUPLICATE, words, "wording", said=_shown(sentence.what), opens=same.id)


def needs_contingency(sentence: Sentence, world: World) -> bool:
    at = sentence.due.at if sentence.due else None
    kind = sentence.kind or kind_for(sentence.what, at, sentence.says_safety, world.practice, world.now)
    policy = policy_of(kind, world.practice)
    meant = [one for one in world.practice.action_kinds if any(begins(sentence.what, verb) for verb in one.verbs)]
    is_spared = not sentence.says_safety and meant and not any(one.needs_contingency for one in meant)
    return policy is not None and policy.needs_contingency and not is_spared


def _shown(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[:most].rstrip()}…"

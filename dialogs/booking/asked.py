"""Whom the booking asks: the practice's proposals as they stand now, with what the booker ticked and why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cards.parts import Bullet, Choice, ChoiceInput, Part, Text, TextInput, ToggleInput
from dialogs.booking.draft import Draft, within
from dialogs.engine import Answers, Given, Scene
from discussions.booking.book import BookingRequest, Invitee, people_asked_by
from discussions.booking.kept_proposals import Outcome
from discussions.booking.proposals import BookingFacts
from discussions.booking.weighing import Weighed, asked_so_far, weigh
from discussions.london import to_london
from discussions.people import PersonId
from discussions.practice.types import Practice, Weight, as_spoken
from discussions.refusals import WrongAnswer

MOST_WORDS = 300
NO_SCHOOL = "No school or nursery is named"
WITHOUT = re.compile(r"(?:without|not)\s+(.+?)(?:\s*:\s*|\s*,?\s+because\s+)(.+)|without\s+(.+)", re.I | re.DOTALL)
WITH = re.compile(r"(?:with|also)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guests:
    """Everybody who is asked: those the booker named, and the proposals that were taken."""

    named: tuple[Invitee, ...]
    weighed: tuple[Weighed, ...]

    @property
    def all(self) -> tuple[Invitee, ...]:
        taken = [Invitee(one.proposal.desk, one.proposal.person) for one in self.weighed if one.is_taken]
        return tuple(dict.fromkeys((*taken, *self.named)))

    @property
    def declined(self) -> tuple[Weighed, ...]:
        return tuple(one for one in self.weighed if one.outcome is Outcome.DECLINED)

    @property
    def to_ring(self) -> tuple[Weighed, ...]:
        return tuple(one for one in self.weighed if one.outcome is Outcome.TO_RING)

    @property
    def questions(self) -> tuple[Weighed, ...]:
        return tuple(one for one in self.weighed if one.outcome is Outcome.UNNAMED)


def guests_of(scene: Scene) -> Guests:
    draft = Draft(scene.answers)
    starts_at = draft.moment("starts_at") or scene.means.now
    facts = BookingFacts(
        children=draft.children,
        harms=draft.harms,
        ticked=draft.facts,
        schools=draft.schools,
        today=to_london(starts_at).date(),
        starts_at=starts_at,
    )
    table = [PersonId(id) for id in (draft.text("chair"), draft.text("minute_taker")) if id]
    people = [*table, *(invitee.person for invitee in draft.invitees if invitee.person)]
    desks = [invitee.desk for invitee in draft.invitees if invitee.desk]
    asked = asked_so_far(scene.means, people, desks)
    choices = replace(draft.choices, is_over=draft.is_over(scene.means.now))
    return Guests(draft.invitees, weigh(scene.means, facts, asked, choices))


def request_of(scene: Scene) -> BookingRequest:
    guests = guests_of(scene)
    return replace(Draft(scene.answers).request(), invitees=guests.all, proposals=guests.weighed, holder=scene.dialog)


def proposal_parts(scene: Scene, guests: Guests) -> list[Part]:
    """Ticks in the order of their weight, each with its reason; then what the directory does not hold."""
    core = [one for one in guests.weighed if one.is_open_choice and one.proposal.weight is Weight.CORE]
    more = [one for one in guests.weighed if one.is_open_choice and one.proposal.weight is not Weight.CORE]
    met = [one for one in guests.weighed if one.outcome is Outcome.MET]
    asked = set(asked_why(scene.answers))
    parts: list[Part] = []
    for heading, those in (("Needed for quorum", core), ("Also proposed", more)):
        if those:
            parts += [Text(heading, bold=True), *(part for one in those for part in tick(scene, one, asked))]
    if guests.to_ring:
        parts += [Text("Not in the directory: please ring them", bold=True)]
        parts += [Bullet(f"because {'; '.join(one.proposal.because)}", lead=f"{one.proposal.name},", symbol="▲")
                  for one in guests.to_ring]  # fmt: skip
    for one in guests.questions:
        which = f"{NO_SCHOOL}, though {one.proposal.because[0]}. Type its name below, or go Back to the children."
        parts.append(Bullet(which, symbol="▲"))
    if met:
        names = "; ".join(scene.means.practice.agency(one.proposal.category).name for one in met)
        parts.append(Text(f"Proposed and there already: {names}.", small=True))
    return parts


def tick(scene: Scene, one: Weighed, asked: set[str]) -> list[Part]:
    proposal = one.proposal
    hours = f". It is {proposal.hours}" if proposal.hours else ""
    hint = f"because {'; '.join(proposal.because)}{hours}"
    parts: list[Part] = [ToggleInput(f"ask.{proposal.key}", proposal.name, one.is_taken, hint)]
    if one.outcome is Outcome.DECLINED and (one.reason or proposal.key in asked):
        reasons = tuple(Choice(reason.label, reason.code) for reason in scene.means.practice.decline_reasons)
        code, words = (one.reason.code, one.reason.words) if one.reason else (None, None)
        parts.append(ChoiceInput(f"why.{proposal.key}", f"Why without {proposal.name}", reasons, code))
        label = f"In a few words, if you like: {proposal.name}"
        parts.append(TextInput(f"words.{proposal.key}", label, words, max_length=MOST_WORDS))
    return parts


def what_is_asked(scene: Scene, guests: Guests) -> str:
    asked = asked_why(scene.answers)
    if any(one.reason is None and one.proposal.key in asked for one in guests.declined):
        return "You leave somebody out who is proposed. Please say why, or press Next again without."
    if Draft(scene.answers).is_over(scene.means.now):
        return f"{len(guests.all)} named so far. It was held already: name all who took part, nobody is asked any more."
    if Draft(scene.answers).answers.get("restricted") and (told := said_to_desks(scene, guests)):
        return f"{told} Untick desks, and name persons instead, where that is too many."
    return f"{len(guests.all)} asked so far. Untick whom you do not want to ask, add whom you miss."


def said_to_desks(scene: Scene, guests: Guests) -> str:
    """A desk is asked through everybody on its rota, which a restricted discussion can't afford unseen."""
    desks = [invitee for invitee in guests.all if invitee.desk]
    people = len(people_asked_by(scene.means, desks))
    return f"It is restricted, and {people} people on the desks that are asked will know of it." if people else ""


def asked_why(answers: Answers) -> list[str]:
    asked = answers.get("asked_why")
    return [str(key) for key in asked] if isinstance(asked, list) else []


def take_ticks(scene: Scene, given: Given) -> dict[str, object]:
    """Ticks and reasons of the form, whatever else it holds. A client sends no field that was left empty."""
    ticks, reasons = kept_choices(scene)
    known = {reason.code for reason in scene.means.practice.decline_reasons}
    for one in guests_of(scene).weighed:
        key = one.proposal.key
        if one.is_open_choice and f"ask.{key}" in given.fields:
            ticks[key] = given.fields[f"ask.{key}"] == "true"
        code = given.fields.get(f"why.{key}", "")
        words = within(MOST_WORDS, "the reason", given.fields.get(f"words.{key}"), f"words.{key}")
        if code and code not in known:
            raise WrongAnswer("Please choose a reason from the list.", f"why.{key}")
        if code or words:
            reasons[key] = [code or another_reason(scene.means.practice), words]
    return {"ticks": ticks, "reasons": reasons}


def kept_choices(scene: Scene) -> tuple[dict[str, bool], dict[str, list[str | None]]]:
    kept = Draft(scene.answers).choices
    return dict(kept.ticks), {key: [reason.code, reason.words] for key, reason in kept.reasons.items()}


def another_reason(practice: Practice) -> str:
    """The last of the practice's reasons is the one for all that fits no other."""
    return practice.decline_reasons[-1].code


def to_ask_why(scene: Scene, answers: Answers) -> list[str]:
    """Keys of those left out without a reason, who are asked about once; then it goes on, reason or not."""
    together = {**scene.answers, **answers}
    asked = asked_why(together)
    declined = guests_of(replace(scene, answers=together)).declined
    return [one.proposal.key for one in declined if one.reason is None and one.proposal.key not in asked]


def take_without(scene: Scene, names: str, why: str | None) -> dict[str, object]:
    """ "without IDVA: mother has not disclosed"; also takes off somebody who was named."""
    draft, guests = Draft(scene.answers), guests_of(scene)
    ticks, reasons = kept_choices(scene)
    invitees = list(draft.invitees)
    for name in split_names(names):
        gone = [invitee for invitee in invitees if is_named(scene, invitee, name)]
        invitees = [invitee for invitee in invitees if invitee not in gone]
        for one in [] if gone else meant(scene.means.practice, guests.weighed, name):
            ticks[one.proposal.key] = False
            if why:
                reasons[one.proposal.key] = read_reason(scene.means.practice, why)
    rows = [f"desk:{one.desk}" if one.desk else f"person:{one.person}" for one in invitees]
    return {"ticks": ticks, "reasons": reasons, "invitees": rows}


def take_with(scene: Scene, one: Weighed) -> dict[str, object]:
    ticks, reasons = kept_choices(scene)
    return {"ticks": {**ticks, one.proposal.key: True}, "reasons": reasons}


def split_names(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]|\band\b", words) if part.strip()]


def is_named(scene: Scene, invitee: Invitee, name: str) -> bool:
    person = scene.means.store.people.person(invitee.person) if invitee.person else None
    known = person.name if person else scene.means.store.people.desk(invitee.desk).name if invitee.desk else ""
    return set(as_spoken(name).split()) <= set(as_spoken(known).split())


def read_reason(practice: Practice, why: str) -> list[str | None]:
    words = within(MOST_WORDS, "the reason", why, "named")
    coded = next((r.code for r in practice.decline_reasons if as_spoken(r.label) == as_spoken(why.strip(" ."))), None)
    return [coded, None] if coded else [another_reason(practice), words]


def meant(practice: Practice, weighed: Iterable[Weighed], name: str) -> Sequence[Weighed]:
    """The proposal that these words name; refused where none or several do."""
    choices = [one for one in weighed if one.is_open_choice]
    wanted = as_spoken(name)
    exact = [one for one in choices if wanted in spoken_names(practice, one)]
    found = exact or [one for one in choices if set(wanted.split()) <= set(as_spoken(one.proposal.name).split())]
    if len(found) == 1:
        return found
    names = "; ".join(one.proposal.name for one in found or choices) or "nobody"
    raise WrongAnswer(f"I can't tell who “{name[:40]}” is. Proposed: {names}.", "named", "without IDVA: not safe yet")


def spoken_names(practice: Practice, one: Weighed) -> set[str]:
    """Its name, its agency in all spellings, and the roles it stands for."""
    agency = practice.agency(one.proposal.category)
    roles = [
        practice.role(rule.propose.role)
        for rule in practice.invite_rules
        if rule.code in one.proposal.rules and rule.propose.role
    ]
    names = [one.proposal.name, *one.proposal.name.split(":"), agency.name, agency.code, *agency.aliases]
    for role in roles:
        names += [role.name, role.code, *role.aliases]
    return set(map(as_spoken, names))

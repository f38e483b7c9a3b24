"""The steps that say who: chair and minute-taker, then everybody asked, picked agency by agency, desk by desk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from cards.buttons import DialogChoose
from cards.parts import Band, Choice, ChoiceInput, Part, Row, Text, TextInput, Tone, Words
from dialogs.booking.asked import (
    WITH,
    WITHOUT,
    Guests,
    asked_why,
    guests_of,
    meant,
    proposal_parts,
    take_ticks,
    take_with,
    take_without,
    to_ask_why,
    what_is_asked,
)
from dialogs.booking.draft import Draft, read_invitee, write_invitee
from dialogs.engine import Answers, Given, Scene, Step, StepForm
from discussions.agenda.quorum import QuorumLight, QuorumLine, conditions_of, light_for
from discussions.booking.book import MOST_INVITEES, Invitee, categories_of
from discussions.booking.weighing import Weighed
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import AgencyId, DeskId, Person, PersonId, Right
from discussions.refusals import WrongAnswer

MOST_CHOICES = 60
MOST_LINES = 8
GOES_ON = {"next", "done", "that's all", "thats all", "no", "none", "go on"}


def show_table(scene: Scene) -> StepForm:
    draft = Draft(scene.answers)
    chairs = people_who_may(scene.means, Right.CHAIR)
    own = scene.who.id if scene.who.may(Right.CHAIR) else None
    return StepForm(
        heading="Who chairs, who takes the minutes?",
        ask="Better not the same person. Both are told by a card.",
        inputs=(
            ChoiceInput(
                "chair", "Chair", choices_of(scene.means, chairs), value=draft.text("chair") or own, required=True,
                error="Please choose a chair.",
            ),
            ChoiceInput(
                "minute_taker", "Minute-taker",
                (Choice("Not known yet", "none"), *choices_of(scene.means, people_who_may(scene.means, Right.MINUTE))),
                value=draft.text("minute_taker") or "none",
            ),
        ),
        next_title="Next: who is asked",
        foot="You can also type, for example: chair Priya Nair, minutes Ruth Adeyemi",
    )  # fmt: skip


def people_who_may(means: Means, right: Right) -> list[Person]:
    found = [p for agency in means.store.people.agencies() for p in means.store.people.of_agency(agency.id)]
    return sorted((person for person in found if person.may(right)), key=lambda person: person.name)[:MOST_CHOICES]


def choices_of(means: Means, people: Sequence[Person]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{person.name}, {person.role_name}", person.id) for person in people)


def take_table(scene: Scene, given: Given) -> Answers:
    if given.words is not None:
        chair, minute_taker = read_table_words(scene, given.words)
    else:
        chair = given.fields.get("chair", "")
        minute_taker = given.fields.get("minute_taker", "none")
    person = scene.means.store.people.person(PersonId(chair)) if chair else None
    if person is None or not person.may(Right.CHAIR):
        raise WrongAnswer("Please choose a chair whose role may chair strategy discussions.", "chair")
    if minute_taker in ("", "none"):
        return {"chair": person.id, "minute_taker": None}
    taker = scene.means.store.people.person(PersonId(minute_taker))
    if taker is None:
        raise WrongAnswer("Please choose a minute-taker from the list.", "minute_taker")
    return {"chair": person.id, "minute_taker": taker.id}


def read_table_words(scene: Scene, words: str) -> tuple[str, str]:
    match = re.fullmatch(r"(?:chair:?\s+)?(.+?)(?:\s*[,;]?\s*\bminutes?(?:-taker)?:?\s+(.+))?", words.strip(), re.I)
    if match is None:
        raise WrongAnswer("Please name the chair.", "chair", "chair Priya Nair, minutes Ruth Adeyemi")
    chair = scene.who if match[1].casefold() in ("me", "i") else one_named(scene.means, match[1], "chair")
    taker = one_named(scene.means, match[2], "minute_taker").id if match[2] else "none"
    return chair.id, taker


def one_named(means: Means, words: str, field: str) -> Person:
    """The one person these words name; refused with the candidates if they name none or several."""
    found = means.store.people.named(words.strip())
    if len(found) == 1:
        return found[0]
    exact = [person for person in found if person.name.casefold() == words.strip().casefold()]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise WrongAnswer(f"I can't find “{words.strip()[:40]}” in the directory.", field)
    names = ", ".join(f"{person.name} ({person.role_name})" for person in found[:5])
    raise WrongAnswer(f"Several people have that name: {names}. Please give more of it.", field)


def show_participants(scene: Scene) -> StepForm:
    guests = guests_of(scene)
    return StepForm(
        heading="Who was on the call?" if Draft(scene.answers).is_over(scene.means.now) else "Who must be there?",
        ask=what_is_asked(scene, guests),
        inputs=(*proposal_parts(scene, guests), *named_parts(scene, guests.named), *picking_fields(scene)),
        band=quorum_band(expected_light(scene, guests)),
        next_title="Next",
        foot="You can also type names or desks; without IDVA: and why; with Housing; and next when all are there.",
    )


def expected_light(scene: Scene, guests: Guests) -> QuorumLight:
    """Quorum by agency if everybody who is asked comes."""
    means, draft = scene.means, Draft(scene.answers)
    table = [means.store.people.person(PersonId(id)) for id in (draft.text("chair"), draft.text("minute_taker")) if id]
    present = categories_of(means, [person for person in table if person], guests.all)
    day = to_london(draft.moment("starts_at") or means.now).date()
    conditions = conditions_of(means.practice, draft.children, day, draft.facts, draft.schools)
    return light_for(means.practice, conditions, present)


def quorum_band(light: QuorumLight) -> Band:
    """The core decides; whom the conditions add is named with the reason. It warns, and blocks nothing."""
    further = tuple(say_further(line) for line in light.missing if not line.is_core)
    if light.missing_core:
        return Band(Tone.WARNING, "▲ Not asked yet", (", ".join(line.name for line in light.missing_core), *further))
    if further:
        return Band(Tone.WARNING, "▲ All core agencies are asked; not asked yet", further)
    more = ", ".join(line.name for line in light.lines if not line.is_core)
    return Band(Tone.GOOD, "✓ All core agencies are asked", (f"Also needed, and asked: {more}",) if more else ())


def say_further(line: QuorumLine) -> str:
    return f"{line.name}, because {line.because}"


def named_parts(scene: Scene, named: Sequence[Invitee]) -> list[Part]:
    """The newest as lines to press; a card that held forty of them would not arrive."""
    if not named:
        return []
    earlier, newest = named[:-MOST_LINES], named[-MOST_LINES:]
    parts: list[Part] = [Text("You named. Press a line to take it off.", small=True)]
    parts += [row_for(scene, invitee) for invitee in newest]
    if earlier:
        names = "; ".join(say_invitee(scene.means, invitee) for invitee in earlier)
        parts.append(Words(f"{names}.", lead="And before these:"))
    return parts


def row_for(scene: Scene, invitee: Invitee) -> Row:
    return Row(
        say_invitee(scene.means, invitee),
        DialogChoose(scene.dialog, "participants", f"off {write_invitee(invitee)}"[:64], scene.seen),
        symbol="✓",
        right="take off",
    )


def say_invitee(means: Means, invitee: Invitee) -> str:
    if invitee.desk:
        desk = means.store.people.desk(invitee.desk)
        return f"{means.store.people.agency(desk.agency).name}: {desk.name}"
    person = means.store.people.person(invitee.person) if invitee.person else None
    if person is None:
        return "no longer in the directory"
    return f"{means.store.people.agency(person.agency).name}: {person.name}, {person.role_name}"


def picking_fields(scene: Scene) -> list[Part]:
    """One field on agency level; once an agency is chosen, its desks and people."""
    people = scene.means.store.people
    picked = Draft(scene.answers).text("agency")
    agencies = tuple(Choice(agency.name, agency.id) for agency in people.agencies()[:MOST_CHOICES])
    fields: list[Part] = [ChoiceInput("agency", "Agency", agencies, value=picked)]
    if picked:
        agency = AgencyId(picked)
        desks = [Choice(f"Desk: {desk.name}", f"desk:{desk.id}") for desk in people.desks(agency)]
        persons = [Choice(f"{p.name}, {p.role_name}", f"person:{p.id}") for p in people.of_agency(agency)]
        fields.append(ChoiceInput("who", "Desk or person", tuple((desks + persons)[:MOST_CHOICES]), expanded=False))
    fields.append(TextInput("named", "Or type names or desks, with commas", max_length=120))
    return fields


def take_participants(scene: Scene, given: Given) -> Answers:
    if given.words is not None:
        return take_words(scene, given.words.strip())
    return {**take_ticks(scene, given), **take_picked(scene, given)}


def take_words(scene: Scene, words: str) -> Answers:
    stays = {"participants_done": False}
    if words.casefold() in GOES_ON:
        return go_on(scene, {})
    if without := WITHOUT.fullmatch(words):
        return {**take_without(scene, without[1] or without[3], without[2]), **stays}
    if (one := WITH.fullmatch(words)) and (taken := proposed_called(scene, one[1])):
        return {**take_with(scene, taken), **stays}
    names = WITH.sub(r"\1", words)
    return {**with_added(list(Draft(scene.answers).invitees), read_names(scene, names)), **stays}


def proposed_called(scene: Scene, words: str) -> Weighed | None:
    try:
        return meant(scene.means.practice, guests_of(scene).weighed, words)[0]
    except WrongAnswer:
        return None


def go_on(scene: Scene, ticked: Answers) -> Answers:
    """On to the check, unless somebody proposed is left out and was not asked about yet."""
    require_few(guests_of(replace(scene, answers={**scene.answers, **ticked})).all)
    if ask := to_ask_why(scene, ticked):
        return {**ticked, "asked_why": [*asked_why(scene.answers), *ask], "agency": None, "participants_done": False}
    return {**ticked, "agency": None, "participants_done": True}


def take_picked(scene: Scene, given: Given) -> Answers:
    draft = Draft(scene.answers)
    asked = list(draft.invitees)
    picked, who, named = (given.fields.get(name, "").strip() for name in ("agency", "who", "named"))
    if named:
        return {**with_added(asked, read_names(scene, named)), "participants_done": False}
    if who:
        return {**with_added(asked, [checked(scene, who)]), "agency": None, "participants_done": False}
    if picked and picked != draft.text("agency"):
        if picked not in {agency.id for agency in scene.means.store.people.agencies()}:
            raise WrongAnswer("Please choose an agency from the list.", "agency")
        return {"agency": picked, "participants_done": False}
    return go_on(scene, take_ticks(scene, given))


def with_added(asked: list[Invitee], more: Sequence[Invitee]) -> dict[str, object]:
    together = list(dict.fromkeys([*asked, *more]))
    require_few(together)
    return {"invitees": [write_invitee(invitee) for invitee in together]}


def require_few(asked: Sequence[Invitee]) -> None:
    if len(asked) > MOST_INVITEES:
        raise WrongAnswer(f"Please ask {MOST_INVITEES} people and desks at most; these are {len(asked)}.", "named")


def checked(scene: Scene, row: str) -> Invitee:
    """What a client sends back is looked up, not believed."""
    invitee = read_invitee(row)
    people = scene.means.store.people
    known_desks = {desk.id for agency in people.agencies() for desk in people.desks(agency.id)}
    is_known = invitee.desk in known_desks if invitee.desk else people.person(PersonId(str(invitee.person))) is not None
    if not is_known:
        raise WrongAnswer("Please choose a desk or a person from the list.", "who")
    return invitee


def read_names(scene: Scene, words: str) -> list[Invitee]:
    return [read_name(scene, part.strip()) for part in re.split(r"[,;\n]", words) if part.strip()]


def read_name(scene: Scene, words: str) -> Invitee:
    wanted = re.sub(r"^(?:desk|ask)\s*:?\s+", "", words, flags=re.I).casefold()
    people = scene.means.store.people
    desks = [desk for agency in people.agencies() for desk in people.desks(agency.id) if desk.name.casefold() == wanted]
    if len(desks) == 1:
        return Invitee(DeskId(desks[0].id), None)
    name = words.rsplit(":", 1)[-1]
    return Invitee(None, one_named(scene.means, name, "named").id)


def choose_participant(scene: Scene, choice: str) -> Answers:
    verb, _, row = choice.partition(" ")
    if verb != "off":
        raise WrongAnswer("I do not know that choice.")
    rows = cast("list[str]", scene.answers.get("invitees") or [])
    return {"invitees": [kept for kept in rows if kept[:60] != row[:60]]}


def all_are_there(answers: Answers) -> bool:
    return bool(answers.get("participants_done"))


TABLE = Step("table", show_table, take_table)
PARTICIPANTS = Step(
    "participants", show_participants, take_participants, choose=choose_participant, is_done=all_are_there
)

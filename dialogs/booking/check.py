"""The last step of a booking: everything on one card, each thing with its own way to change it, then booked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cards.buttons import DialogGoTo
from cards.parts import Band, Choice, ChoiceInput, Part, Row, Text, TextInput, Tone
from dialogs.booking.asked import NO_SCHOOL, Guests, guests_of, request_of, said_to_desks
from dialogs.booking.draft import Draft, within
from dialogs.booking.places import as_it_starts, held, names_without
from dialogs.booking.pressing import pressing_now, say_ends
from dialogs.booking.what import say_child
from dialogs.booking.who import expected_light, say_further, say_invitee
from dialogs.engine import Answers, Given, GoBack, Scene, Step, StepForm
from discussions.agenda.quorum import QuorumLight
from discussions.booking.book import BookingRequest, NewChild, book, people_asked_by
from discussions.booking.discussion import Discussion, DiscussionKind
from discussions.booking.same_child import recent_of_same_children
from discussions.booking.urgency import Pressing
from discussions.booking.weighing import Weighed
from discussions.clocks import say_rule
from discussions.london import say_moment, say_short
from discussions.people import Person, PersonId
from discussions.refusals import WrongAnswer
from discussions.slots.taking import PlacesGone, say_desk

MOST_REASON = 1_000
MOST_REVIEWED = 5
NEW = "new"
SYMBOLS = {"Not asked": "○", "Urgency": "▲"}
REVIEW_OF = re.compile(r"(?:a\s+)?review\s+of\s+(\S+)", re.IGNORECASE)
BOOKS = {"book it", "book", "yes", "ok", "confirm"}


def show_check(scene: Scene) -> StepForm:
    guests = guests_of(scene)
    request = replace(Draft(scene.answers).request(), invitees=guests.all, proposals=guests.weighed)
    light = expected_light(scene, guests)
    same = recent_of_same_children(scene.means, scene.who, request.children)
    missing = [line.name for line in light.missing_core]
    return StepForm(
        heading=say_moment(request.starts_at),
        ask=None,
        inputs=(
            *summary_rows(scene, request, guests),
            *same_child_field(scene, same), *reason_field(scene, missing), Text(what_book_does(scene, request)),
        ),
        band=looks_needed(scene, request, guests, light, same),
        next_title="Book it",
        foot="Press a line to change it. You can also type book it.",
    )  # fmt: skip


def summary_rows(scene: Scene, request: BookingRequest, guests: Guests) -> list[Part]:
    practice = scene.means.practice
    now = pressing_now(scene)
    rule = say_rule(now.window, practice.counting)
    kind = f"{request.kind.capitalize()}{', restricted' if request.restricted else ''}"
    asked = "; ".join(say_invitee(scene.means, invitee) for invitee in request.invitees) or "nobody yet"
    rows = [
        ("reference", "Reference", f"{request.reference}, {kind}"),
        ("children", "Children", "; ".join(say_child(child) for child in request.children)),
        ("children", "Schools", ", ".join(request.schools)),
        ("concern", "Concern", say_concern(scene, request)),
        ("when", "When", f"{say_short(request.starts_at)}, {request.form}"),
        ("when", "Places", say_places(scene)),
        ("concern", "Window", f"{now.urgency.name}: start by {say_ends(now)}, {rule}"),
        ("when", "Urgency", say_urgency_change(scene, now)),
        ("table", "Chair", say_person(scene, request.chair)),
        ("table", "Minutes", say_person(scene, request.minute_taker)),
        ("participants", "Asked", asked),
        ("participants", "Not asked", "; ".join(say_declined(scene, one) for one in guests.declined)),
    ]
    return [
        Row(text, DialogGoTo(scene.dialog, step, scene.seen), SYMBOLS.get(lead, "✓"), lead, right="change")
        for step, lead, text in rows
        if text
    ]


def say_places(scene: Scene) -> str:
    """At which desks a place is held for this booking; nothing where nobody keeps slots."""
    return "; ".join(f"{say_desk(scene.means, desk)}" for desk in held(scene.answers))


def say_urgency_change(scene: Scene, now: Pressing) -> str:
    if now.is_raised:
        return f"raised from {now.asked.code} to {now.urgency.code}, because {'; '.join(now.because)}"
    kept = Draft(scene.answers).text("kept_lower")
    return f"kept at {now.asked.code} by a manager: {kept}" if now.because and kept else ""


def say_concern(scene: Scene, request: BookingRequest) -> str:
    practice = scene.means.practice
    ticked = [fact.label for fact in practice.booking_facts if fact.code in request.context]
    return ", ".join([*(practice.harm(code).label for code in request.harms), *ticked])


def say_declined(scene: Scene, one: Weighed) -> str:
    if one.reason is None:
        return f"{one.proposal.name}, no reason given"
    labels = {known.code: known.label for known in scene.means.practice.decline_reasons}
    label = labels.get(one.reason.code, one.reason.code)
    return f"{one.proposal.name}: {one.reason.words or label}"


def say_person(scene: Scene, id: PersonId | None) -> str:
    person: Person | None = scene.means.store.people.person(id) if id else None
    return f"{person.name}, {person.role_name}" if person else "not known yet"


def looks_needed(
    scene: Scene, request: BookingRequest, guests: Guests, light: QuorumLight, same: Sequence[Discussion]
) -> Band | None:
    """What is unusual, in one band; nothing in it stops the booking."""
    ends = pressing_now(scene).ends
    lines = []
    if light.missing_core:
        missing = ", ".join(line.name for line in light.missing_core)
        lines.append(f"Not asked: {missing}. Please say why below, or press Book it again without.")
    lines += [f"Not asked: {say_further(line)}." for line in light.missing if not line.is_core]
    if request.starts_at > ends:
        lines.append(f"It starts after its window ends, {say_short(ends)}. That is counted.")
    if without := names_without(scene):
        lines.append(f"No place then, and asked all the same: {'; '.join(without)}.")
    for one in same[:MOST_REVIEWED]:
        lines.append(f"The same child: {one.reference}, {say_short(one.starts_at)}. Is this a review of it?")
    if request.restricted and (told := said_to_desks(scene, guests)):
        lines.append(told)
    if twins := twice_the_same(request.children):
        lines.append(f"{twins} stands here more than once: twins, or typed twice?")
    if request.chair == request.minute_taker:
        lines.append("The chair also takes the minutes.")
    if guests.to_ring:
        lines.append(f"Not in the directory, so ring: {'; '.join(one.proposal.name for one in guests.to_ring)}.")
    lines += [f"{NO_SCHOOL}, though {one.proposal.because[0]}." for one in guests.questions]
    return Band(Tone.WARNING, "▲ Please look at this", tuple(lines)) if lines else None


def twice_the_same(children: Sequence[NewChild]) -> str:
    """Twins share a date of birth, sometimes initials too; a line typed twice would make a child who is not there."""
    return "; ".join(dict.fromkeys(say_child(child) for child in children if children.count(child) > 1))


def reason_field(scene: Scene, missing: Sequence[str]) -> list[Part]:
    if not missing:
        return []
    label = f"Why without {' and '.join(missing)}"
    value = Draft(scene.answers).text("quorum_reason")
    return [TextInput("quorum_reason", label, value=value, multiline=True, max_length=MOST_REASON)]


def what_book_does(scene: Scene, request: BookingRequest) -> str:
    if Draft(scene.answers).is_over(scene.means.now):
        return "It was held already, so Book it asks nobody. It keeps when it was and when it was written down."
    people = people_asked_by(scene.means, request.invitees)
    reached = scene.means.store.conversations.reachable([person.id for person in people])
    by_phone = len(people) - len(reached)
    cards = f"Book it sends {len(reached)} card{'s' if len(reached) != 1 else ''}"
    return f"{cards}; {by_phone} must be telephoned." if by_phone else f"{cards}."


def same_child_field(scene: Scene, same: Sequence[Discussion]) -> list[Part]:
    """Asked on this card and nowhere else: a review of what was, or something new."""
    if not same:
        return []
    reviews = tuple(Choice(f"A review of {one.reference}", one.id) for one in same[:MOST_REVIEWED])
    chosen = Draft(scene.answers).text("reviews") or NEW
    return [ChoiceInput("reviews", "The same child: what is it?", (Choice("Something new", NEW), *reviews), chosen)]


def take_reviewed(scene: Scene, chosen: str) -> dict[str, object]:
    """`chosen`: an id or a reference among those that were shown."""
    same = recent_of_same_children(scene.means, scene.who, Draft(scene.answers).children)
    if chosen in ("", NEW):
        was_review = scene.answers.get("reviews") is not None
        return {"reviews": None, **({"kind": DiscussionKind.INITIAL.value} if was_review else {})}
    for one in same:
        if chosen in (one.id, one.reference):
            return {"reviews": one.id, "kind": DiscussionKind.REVIEW.value}
    raise WrongAnswer("Please choose which discussion it reviews from the list.", "reviews")


def take_check(scene: Scene, given: Given) -> Answers:
    if given.words is not None and (review := REVIEW_OF.fullmatch(given.words.strip())):
        return {**take_reviewed(scene, review[1].upper()), "checked": False}
    if given.words is None and "reviews" in given.fields:
        reviewed = take_reviewed(scene, given.fields["reviews"])
        return {**reviewed, **take_said_yes(scene, given)}
    return take_said_yes(scene, given)


def take_said_yes(scene: Scene, given: Given) -> Answers:
    if given.words is not None and given.words.strip().casefold() not in BOOKS:
        return take_reason(scene, given.words)
    typed = given.fields.get("quorum_reason") if given.words is None else Draft(scene.answers).text("quorum_reason")
    reason = within(MOST_REASON, "the reason", typed, "quorum_reason")
    if is_core_missing(scene) and not reason and not scene.answers.get("quorum_told"):
        return {"quorum_told": True, "checked": False}
    return {"quorum_reason": reason, "quorum_told": True, "checked": True}


def is_core_missing(scene: Scene) -> bool:
    return not expected_light(scene, guests_of(scene)).is_quorate


def take_reason(scene: Scene, words: str) -> Answers:
    """Words are a reason and not yet a yes: they are shown, and nothing is sent before it is said."""
    if not is_core_missing(scene):
        raise WrongAnswer("Please type book it, or press a line to change it.")
    return {
        "quorum_reason": within(MOST_REASON, "the reason", words, "quorum_reason"),
        "quorum_told": True,
        "checked": False,
    }


def was_checked(answers: Answers) -> bool:
    return bool(answers.get("checked"))


def book_it(scene: Scene) -> str:
    try:
        discussion = book(scene.means, scene.who, request_of(as_it_starts(scene)))
    except PlacesGone as gone:
        raise GoBack("when", gone.sentence, "when") from gone
    return f"discussion:{discussion.id}"


CHECK = Step("check", show_check, take_check, is_done=was_checked)

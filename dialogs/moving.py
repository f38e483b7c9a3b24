"""The form that moves a discussion: when and how, why; then what follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from cards.parts import Band, Bullet, Choice, ChoiceInput, Pair, Part, Text, TextInput, Tone, Words
from dialogs.booking.draft import Draft
from dialogs.booking.when import QUARTERS, chosen_day, chosen_time, days_offered, form_choices
from dialogs.engine import Answers, Dialog, Given, Scene, Step, StepForm
from discussions.access import Can
from discussions.agenda.adjourn import INQUORATE, adjourn, discussion_to_adjourn, new_time
from discussions.booking.discussion import Discussion, Form
from discussions.booking.move import Move, discussion_to_change, is_asked_again, move_discussion
from discussions.booking.why import MOST_WORDS, Why, read_why, within
from discussions.ids import DiscussionId
from discussions.london import say_moment, say_short, to_london
from discussions.moments import read_moment
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import NotFound, Refusal, TooLong, WrongAnswer
from discussions.slots.offering import Offer, Party, openings, without_place
from discussions.slots.taking import desks_of

BECAUSE = re.compile(r"(?P<when>.*?)(?:^|[\s,;:.]+)because\b[\s:,]*(?P<why>.+)", re.IGNORECASE | re.DOTALL)
JOIN = re.compile(r"(?:join|link)\b[\s:]*(?P<details>.+)", re.IGNORECASE | re.DOTALL)
FORMS = re.compile(
    r"(?:by\s+|on\s+the\s+)?(?P<form>video|(?:tele)?phone|in person)\b[\s,:]*(?P<when>.*)", re.IGNORECASE
)
MOST_DETAILS = 500
CHECK = "check"
EXAMPLE = "tomorrow 10am because the police can't come"


def answers_for(means: Means, who: Person, id: DiscussionId) -> Answers:
    """What is so now, with how often it had been moved when the form was opened."""
    one = means.store.discussions.discussion(id)
    before = discussion_to_change(means, who, id, Can.CHANGE_BOOKING, one.moved if one else 0)
    return {
        "discussion": before.id,
        "seen": before.moved,
        "starts_at": before.starts_at.isoformat(),
        "form": before.form,
        "join_details": before.join_details,
    }


def answers_to_adjourn(means: Means, who: Person, id: DiscussionId) -> Answers:
    """The new time that was written down in the item, if it was."""
    before = discussion_to_adjourn(means, who, id)
    time = new_time(means, before)
    return {
        **as_it_is(before),
        "discussion": before.id,
        "seen": before.moved,
        "adjourns": True,
        "reason": INQUORATE,
        **({"starts_at": time.isoformat()} if time else {}),
    }


def discussion_of(scene: Scene) -> Discussion:
    found = scene.means.store.discussions.discussion(DiscussionId(Draft(scene.answers).text("discussion") or ""))
    if found is None:
        raise NotFound
    return found


def show_when(scene: Scene) -> StepForm:
    one, draft = discussion_of(scene), Draft(scene.answers)
    starts_at = draft.moment("starts_at")
    forms = dict.fromkeys((*scene.means.practice.urgency(one.urgency).forms, *Form))
    return StepForm(
        heading=f"{'Adjourn' if is_adjourning(scene) else 'Move'} {one.reference}",
        ask=f"Now {say_moment(one.starts_at)}. The latest start stays {say_moment(one.window_ends)}.",
        inputs=(
            *best_times(scene, one),
            Pair(
                ChoiceInput("day", "Day", days_offered(scene, one.window_ends), value=chosen_day(scene, starts_at)),
                ChoiceInput("time", "Time", times_with(starts_at), value=chosen_time(starts_at)),
                narrow=True,
            ),
            TextInput("when", "Or type day and time", max_length=80, hint="For example: tomorrow 2pm"),
            ChoiceInput("form", "How", form_choices(forms), value=draft.text("form"), required=True),
            TextInput("join_details", "Join link or telephone details", value=draft.text("join_details"),
                      max_length=MOST_DETAILS),
            ChoiceInput("change_reason", "Why?", reasons_of(scene), value=draft.text("reason")),
            TextInput("change_words", "In a few words", value=draft.text("words"), multiline=True,
                      max_length=MOST_WORDS),
        ),
        next_title="Next: check",
        foot=f"You can also type: {EXAMPLE}",
    )  # fmt: skip


def best_times(scene: Scene, one: Discussion) -> list[Part]:
    """Of the desks that keep slots, best for the scarcest, inside what is left of the window."""
    found = openings(scene.means, parties_of(scene, one), one.urgency, one.window_ends)
    choices = tuple(Choice(say_offer(offer), typed_as(offer.starts_at)) for offer in found.offers)
    return [ChoiceInput("offered", "The best times", choices)] if choices else []


def say_offer(offer: Offer) -> str:
    without = f"; without {', '.join(party.name for party in offer.without)}" if offer.without else ""
    return f"{say_short(offer.starts_at)}: with {', '.join(party.name for party in offer.can)}{without}"


def typed_as(starts_at: datetime) -> str:
    local = to_london(starts_at)
    return f"{local:%Y-%m-%d}T{local:%H:%M}"


def parties_of(scene: Scene, one: Discussion) -> list[Party]:
    """Each agency that is asked, with the desks through which it is."""
    people = scene.means.store.people
    found: dict[str, Party] = {}
    for asked in scene.means.store.discussions.invitations(one.id):
        agency = people.agency(asked.agency)
        desks = frozenset(desks_of(scene.means, [(asked.desk, asked.person)]))
        known = found.get(agency.id)
        found[agency.id] = Party(agency.name, agency.category, (known.desks if known else frozenset()) | desks)
    return [party for party in found.values() if party.desks]


def times_with(starts_at: datetime | None) -> tuple[Choice, ...]:
    """The quarters of the day, and the time that is so now."""
    now = chosen_time(starts_at)
    return tuple(Choice(time, time) for time in sorted({*QUARTERS, *([now] if now else [])}))


def reasons_of(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(one.label, one.code) for one in scene.means.practice.changing.move_reasons)


def take_when(scene: Scene, given: Given) -> Answers:
    one = discussion_of(scene)
    if given.words is not None:
        said = said_in(scene.means, one, given.words)
        return checked(scene, {**scene.answers, **said})
    fields = given.fields
    typed = fields.get("when", "").strip() or fields.get("offered", "") or newly_chosen(one, fields)
    form = fields.get("form") or one.form
    if form not in set(Form):
        raise WrongAnswer("Please choose how it is held.", "form")
    said = {
        "starts_at": (moment_in(scene.means, typed) if typed else one.starts_at).isoformat(),
        "form": form,
        "join_details": details_within(fields.get("join_details")),
        "reason": fields.get("change_reason") or None,
        "words": within((fields.get("change_words") or "").strip() or None),
    }
    return checked(scene, said)


def is_adjourning(scene: Scene) -> bool:
    return bool(scene.answers.get("adjourns"))


def newly_chosen(one: Discussion, fields: Mapping[str, str]) -> str:
    """Empty where nothing was chosen but what is so now: that may have passed already."""
    day, at = fields.get("day", ""), fields.get("time", "")
    if not day and not at:
        return ""
    if not day or not at:
        raise WrongAnswer("Please choose a day and a time, or type them.", "when", "tomorrow 2pm")
    return "" if (day, at) == (chosen_day_of(one), chosen_time(one.starts_at)) else f"{day}T{at}"


def chosen_day_of(one: Discussion) -> str:
    return to_london(one.starts_at).date().isoformat()


def checked(scene: Scene, said: Answers) -> Answers:
    """Raises what the reason lacks here already, and not on the next card."""
    draft = Draft(said)
    starts_at = draft.moment("starts_at")
    if is_adjourning(scene) and starts_at is not None and starts_at <= scene.means.now:
        raise WrongAnswer("Please choose a new time that is still to come.", "when", "tomorrow 10am")
    read_why(Why(draft.text("reason"), draft.text("words")), scene.means.practice.changing.move_reasons, "it is moved")
    return said


def details_within(words: str | None) -> str | None:
    details = (words or "").strip() or None
    if details and len(details) > MOST_DETAILS:
        raise TooLong("the join details", MOST_DETAILS, "join_details")
    return details


def moment_in(means: Means, words: str) -> datetime:
    """The time it has now may be chosen too, though it lie behind."""
    try:
        return read_moment(words, means.now, calendar=means.calendar)
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "when", "tomorrow 2pm") from refusal


def said_in(means: Means, one: Discussion, words: str) -> dict[str, object]:
    """ "phone thu 10am because …", "join https://… because …", "because …": only what is said."""
    because = BECAUSE.fullmatch(words.strip())
    rest, said = (because["when"] if because else words).strip(), dict[str, object]()
    if because:
        said |= {"reason": None, "words": within(because["why"].strip())}
    if join := JOIN.fullmatch(rest):
        return {**said, "join_details": details_within(join["details"])}
    if by := FORMS.fullmatch(rest):
        name = by["form"].casefold()
        said["form"] = Form.PHONE if name.endswith("phone") else Form(name)
        rest = re.sub(r"^(?:at|on|to)\s+", "", by["when"].strip(), flags=re.IGNORECASE)
    if rest:
        said["starts_at"] = moment_in(means, rest).isoformat()
    return said


def read_typed(means: Means, one: Discussion, words: str) -> tuple[Answers, Move | None]:
    """What one typed line says; and the whole move, where it says all of it."""
    said = said_in(means, one, words)
    draft = Draft(said)
    if draft.text("words") is None or not said.keys() & {"starts_at", "form", "join_details"}:
        return said, None
    return said, move_of(Draft({**as_it_is(one), **said}))


def as_it_is(one: Discussion) -> Answers:
    return {"starts_at": one.starts_at.isoformat(), "form": one.form, "join_details": one.join_details}


def move_of(draft: Draft) -> Move:
    starts_at = draft.moment("starts_at")
    assert starts_at is not None, "a form to move has the time it has now"
    return Move(
        starts_at=starts_at,
        form=Form(draft.text("form") or ""),
        join_details=draft.text("join_details"),
        why=Why(draft.text("reason"), draft.text("words")),
        late_reason=draft.text("late_reason"),
        breach=draft.text("breach"),
    )


def show_check(scene: Scene) -> StepForm:
    one, draft = discussion_of(scene), Draft(scene.answers)
    move = move_of(draft)
    late = move.starts_at > one.window_ends
    fields: list[Part] = []
    if late:
        label = "Why it can't start inside the window"
        codes = tuple(Choice(label, code) for code, label in scene.means.practice.slots.codes)
        fields = [TextInput("late_reason", label, draft.text("late_reason"), multiline=True, max_length=MOST_WORDS)]
        fields += [ChoiceInput("breach", "Counted as, if an agency had no place", codes, one.breach)] if codes else []
    return StepForm(
        heading=f"{say_moment(move.starts_at)}",
        ask=None,
        inputs=(*said_of_change(scene, one, move), *fields),
        next_title="Adjourn it" if is_adjourning(scene) else "Move it" if is_asked_again(one, move) else "Change it",
        band=late_band(one, move) if late else None,
        foot="You can also type the reason: because …" if late else None,
    )


def late_band(one: Discussion, move: Move) -> Band:
    lines = (f"The latest start is {say_moment(one.window_ends)}. It is counted as late, with its reason.",)
    return Band(Tone.WARNING, "▲ This is outside the window", lines)


def said_of_change(scene: Scene, one: Discussion, move: Move) -> list[Part]:
    asked = len(scene.means.store.discussions.invitations(one.id))
    parts: list[Part] = [Words(f"{say_short(one.starts_at)} → {say_short(move.starts_at)}", lead="Time:")]
    if move.form != one.form:
        parts.append(Words(f"{one.form} → {move.form}", lead="How:"))
    if move.join_details != one.join_details:
        parts.append(Words(move.join_details or "still to come", lead="Join:"))
    gone = without_place(scene.means, parties_of(scene, one), one.urgency, move.starts_at, one.id)
    if gone and move.form is not Form.PHONE:
        names = ", ".join(party.name for party in gone)
        parts.append(Bullet(f"{names}. They are asked all the same.", symbol="▲", lead="No place then:"))
    known = scene.means.practice.changing.move_reasons
    label = next((reason.label for reason in known if reason.code == move.why.code), None)
    parts.append(Words(": ".join(part for part in (label, move.why.words) if part), lead="Why:"))
    whom = (
        "Nobody is asked."
        if not asked
        else "Everybody who is asked is asked again."
        if asked > 1
        else ("The one who is asked is asked again.")
    )
    parts.append(
        Text(
            whom
            if is_adjourning(scene) or is_asked_again(one, move)
            else "Whoever comes is told; nobody is asked again."
        )
    )
    return parts


def take_check(scene: Scene, given: Given) -> Answers:
    typed = BECAUSE.fullmatch(given.words.strip()) if given.words is not None else None
    reason = typed["why"] if typed else given.fields.get("late_reason")
    breach = given.fields.get("breach") or None
    if breach and breach not in dict(scene.means.practice.slots.codes):
        raise WrongAnswer("Please choose from the list what this is counted as.", "breach")
    return {"late_reason": within((reason or "").strip() or None, "late_reason"), "breach": breach}


def move_it(scene: Scene) -> str:
    draft = Draft(scene.answers)
    seen = scene.answers.get("seen")
    id = DiscussionId(draft.text("discussion") or "")
    do = adjourn if is_adjourning(scene) else move_discussion
    do(scene.means, scene.who, id, move_of(draft), seen if isinstance(seen, int) else 0)
    return f"discussion:{id}"


MOVING = Dialog(
    name="moving",
    title="Move a discussion",
    version=1,
    steps=(Step("when", show_when, take_when), Step(CHECK, show_check, take_check)),
    finish=move_it,
    again="move and its reference",
)

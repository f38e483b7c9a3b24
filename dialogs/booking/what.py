"""The first steps of a booking: its reference, the children it is about, the harm and the urgency."""

from __future__ import annotations

import re
from datetime import datetime

from cards.parts import Choice, ChoiceInput, Part, Text, TextInput, ToggleInput
from dialogs.booking.draft import Draft, write_child
from dialogs.engine import Answers, Given, Scene, Step, StepForm
from discussions.booking.book import (
    MOST_CHILDREN,
    NewChild,
    read_reference,
    require_booker,
    require_free_reference,
    window_end,
)
from discussions.booking.discussion import DiscussionKind
from discussions.clocks import say_rule
from discussions.london import say_date, say_moment, say_time, to_london
from discussions.moments import read_date_of_birth, read_expected_date_of_delivery
from discussions.practice.clock_rules import Urgency
from discussions.practice.decisions import Harm
from discussions.recent import read_recent_moment
from discussions.refusals import Missing, Refusal, WrongAnswer

CHILD_EXAMPLE = "AB 14/05/2019, or: unborn 20/03/2027"
UNBORN = re.compile(r"\b(?:unborn|edd|due)\b:?", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,5}")
WORDS_FOR = {"restricted": "Restricted: only those on it may know of it"}


def show_reference(scene: Scene) -> StepForm:
    require_booker(scene.who)
    draft = Draft(scene.answers)
    proposed = draft.text("reference") or scene.means.store.discussions.next_reference(to_london(scene.means.now).year)
    kinds = tuple(Choice(kind.value.capitalize(), kind.value) for kind in DiscussionKind)
    return StepForm(
        heading="Which discussion is this?",
        ask="The reference is all that leaves the chat, so it says nothing about anybody.",
        inputs=(
            TextInput("reference", "Reference", value=proposed, max_length=20, required=True),
            ChoiceInput("kind", "Kind", kinds, value=draft.text("kind") or "initial", expanded=True, required=True),
            ToggleInput("restricted", WORDS_FOR["restricted"], value=bool(scene.answers.get("restricted"))),
        ),
        next_title="Next: children",
        foot="You can also type the reference.",
    )


def take_reference(scene: Scene, given: Given) -> Answers:
    if given.words is not None:
        typed, kind, restricted = read_reference_words(scene, given.words)
    else:
        typed = given.fields.get("reference", "")
        kind = given.fields.get("kind", "initial")
        restricted = given.fields.get("restricted") == "true"
    if kind not in set(DiscussionKind):
        raise WrongAnswer("Please choose initial or review.", "kind")
    reference = read_reference(typed)
    require_free_reference(scene.means, reference)
    return {"reference": reference, "kind": kind, "restricted": restricted}


def read_reference_words(scene: Scene, words: str) -> tuple[str, str, bool]:
    """What the words do not speak of stays as it is: nobody makes a discussion known by typing its reference again."""
    draft, spoken = Draft(scene.answers), words.casefold().split()
    kind = next((word for word in spoken if word in set(DiscussionKind)), draft.text("kind") or "initial")
    restricted = "restricted" in spoken or bool(scene.answers.get("restricted"))
    wanted = " ".join(word for word in spoken if word not in ("restricted", *DiscussionKind, "yes", "ok"))
    proposed = draft.text("reference") or scene.means.store.discussions.next_reference(to_london(scene.means.now).year)
    return wanted or proposed, kind, restricted


def show_children(scene: Scene) -> StepForm:
    lines = "\n".join(say_child(child) for child in Draft(scene.answers).children)
    return StepForm(
        heading="Which children is it about?",
        ask="One child a line: initials and date of birth. For an unborn baby: unborn and the due date.",
        inputs=(
            TextInput(
                "children",
                "Children",
                value=lines or None,
                multiline=True,
                max_length=600,
                required=True,
                error="Please give at least one child.",
                hint=f"For example: {CHILD_EXAMPLE}",
            ),
        ),
        next_title="Next: concern",
        foot="Brothers and sisters belong in one discussion. Initials are enough: names are checked in the meeting.",
    )


def say_child(child: NewChild) -> str:
    if child.expected:
        return f"unborn {say_date(child.expected)}"
    return f"{child.initials} {say_date(child.born)}" if child.born else ""


def take_children(scene: Scene, given: Given) -> Answers:
    typed = given.words if given.words is not None else given.fields.get("children", "")
    lines = [line.strip() for line in re.split(r"[\n;]+", typed) if line.strip()]
    if not lines:
        raise Missing("at least one child", "children")
    if len(lines) > MOST_CHILDREN:
        raise WrongAnswer(f"Please keep one discussion to {MOST_CHILDREN} children.", "children")
    return {"children": [write_child(read_line(scene, place, line)) for place, line in enumerate(lines, 1)]}


def read_line(scene: Scene, place: int, line: str) -> NewChild:
    today = to_london(scene.means.now).date()
    try:
        if UNBORN.search(line):
            return NewChild(None, None, read_expected_date_of_delivery(UNBORN.sub(" ", line).strip(" ,"), today))
        initials = INITIALS.match(line)
        if initials is None or not initials[0].strip():
            raise WrongAnswer("It needs initials first, then the date of birth.")
        born = read_date_of_birth(line[initials.end() :].strip(" ,:"), today)
        return NewChild(re.sub(r"[^\w]", "", initials[0]).upper(), born, None)
    except Refusal as refusal:
        raise WrongAnswer(f"Child {place}: {refusal.sentence}", "children", CHILD_EXAMPLE) from refusal


def show_concern(scene: Scene) -> StepForm:
    draft = Draft(scene.answers)
    practice = scene.means.practice
    decided_at = draft.moment("decided_at") or scene.means.now
    harms = tuple(Choice(harm.label, harm.code) for harm in practice.harms)
    urgencies = tuple(
        Choice(f"{urgency.code} {urgency.name}: start by {say_moment(window_end(scene.means, urgency, decided_at))}",
               urgency.code)
        for urgency in practice.urgencies
    )  # fmt: skip
    rules: list[Part] = [
        Text(say_urgency(scene, urgency), small=True, close=place > 0)
        for place, urgency in enumerate(practice.urgencies)
    ]
    return StepForm(
        heading="What is the concern, and how soon?",
        ask=None,
        inputs=(
            ChoiceInput(
                "harms", "Types of harm", harms, value=",".join(draft.harms) or None, expanded=True, many=True,
                required=True, error="Please choose at least one type of harm.",
            ),
            ChoiceInput(
                "urgency", "How soon must it start?", urgencies, value=draft.text("urgency"), expanded=True,
                required=True, error="Please choose how soon it must start.",
            ),
            *rules,
            TextInput(
                "decided_at", "Decided to hold one", value=say_typed(decided_at), max_length=80,
                hint="The clock runs from here. For example: today 09:15",
            ),
        ),
        next_title="Next: day and time",
        foot="You can also type, for example: physical, neglect, U2",
    )  # fmt: skip


def say_typed(moment: datetime) -> str:
    return f"{say_date(to_london(moment).date())} {say_time(moment)}"


def say_urgency(scene: Scene, urgency: Urgency) -> str:
    return f"{urgency.code}: {say_rule(urgency.window, scene.means.practice.counting)}"


def take_concern(scene: Scene, given: Given) -> Answers:
    if given.words is not None:
        harms, urgency, decided = read_concern(scene, given.words)
    else:
        harms = [code for code in given.fields.get("harms", "").split(",") if code]
        urgency = given.fields.get("urgency", "")
        decided = given.fields.get("decided_at", "")
    known = {harm.code for harm in scene.means.practice.harms}
    if not harms or not known.issuperset(harms):
        raise Missing("at least one type of harm from the list", "harms")
    if urgency not in {urgency.code for urgency in scene.means.practice.urgencies}:
        raise Missing("how soon it must start, for example U2", "urgency")
    kept = Draft(scene.answers).moment("decided_at") or scene.means.now
    decided_at = read_recent_moment(decided, scene.means.now, scene.means.calendar) if decided.strip() else kept
    return {"harms": harms, "urgency": urgency, "decided_at": decided_at.isoformat()}


def words_for(harm: Harm) -> tuple[str, ...]:
    label = harm.label.casefold()
    return (harm.code.casefold(), label, *label.split())


def read_concern(scene: Scene, words: str) -> tuple[list[str], str, str]:
    """Reads "physical, neglect, U2": every word must be a harm or an urgency, else it is refused."""
    practice = scene.means.practice
    harms: list[str] = []
    urgency = ""
    for part in re.split(r"[,;]| and ", words.casefold()):
        word = part.strip()
        if not word:
            continue
        meant = [known for known in practice.harms if word in words_for(known)]
        harm = meant[0] if len(meant) == 1 else None
        pressing = next((u for u in practice.urgencies if word in (u.code.casefold(), u.name.casefold())), None)
        if pressing is not None and urgency not in ("", pressing.code):
            raise WrongAnswer(f"Please give one urgency: {urgency} or {pressing.code}.", "urgency", "U2")
        if harm is None and pressing is None:
            raise WrongAnswer(f"I don't know “{part.strip()[:40]}” here.", "harms", "physical, neglect, U2")
        if harm is not None:
            harms.append(harm.code)
        if pressing is not None:
            urgency = pressing.code
    kept = Draft(scene.answers)
    return harms or list(kept.harms), urgency or kept.text("urgency") or "", ""


REFERENCE = Step("reference", show_reference, take_reference)
CHILDREN = Step("children", show_children, take_children)
CONCERN = Step("concern", show_concern, take_concern)

"""The first steps of a booking: its reference, the children it is about, the harm and the urgency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cards.parts import Choice, ChoiceInput, Part, Text, TextInput, ToggleInput
from dialogs.booking.concern_words import Said, read_concern
from dialogs.booking.draft import Draft, write_child
from dialogs.engine import Answers, Given, NotAllUnderstood, Scene, Step, StepForm
from discussions.booking.book import (
    MOST_CHILDREN,
    NewChild,
    read_reference,
    require_booker,
    require_free_reference,
    window_end,
)
from discussions.booking.discussion import DiscussionKind
from discussions.booking.proposals import MOST_SCHOOLS
from discussions.clocks import say_rule
from discussions.ids import DiscussionId
from discussions.london import say_date, say_moment, say_time, to_london
from discussions.moments import read_date_of_birth, read_expected_date_of_delivery
from discussions.practice.clock_rules import Urgency
from discussions.recent import read_recent_moment
from discussions.refusals import Missing, Refusal, TooLong, WrongAnswer

CHILD_EXAMPLE = "AB 14/05/2019, or: unborn 20/03/2027"
UNBORN = re.compile(r"\b(?:unborn|edd|due)\b:?", re.IGNORECASE)
SCHOOLS = re.compile(r"(?:schools?|nurser(?:y|ies))\s*:\s*", re.IGNORECASE)
BETWEEN_CHILDREN = re.compile(
    r"[\n;]+|(?:\s*(?:,|&|\band\b))+\s*"
    r"(?=(?:unborn|edd)\b|(?:[^\W\d_]\.?[ -]?){1,5}[ ,:]*\d{1,2}(?:[/. -]|st|nd|rd|th))",
    re.IGNORECASE,
)
"""Lines; or in one line, what stands before the next initials with a date."""
AT_SCHOOL = re.compile(r"[\s,]+(?:at|goes to|attends)\s+(.+)", re.IGNORECASE)
HALF_SAID = "concern_half_said"
NONE = {"none", "no", "-", "not known", "unknown"}
MOST_LETTERS = 100
INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,5}(?![^\W\d_])")
BEHIND_A_DATE = re.compile(r"(.*\d)[\s,]+([^\d]+)", re.DOTALL)
WORDS_FOR = {"restricted": "Restricted: only those on it may know of it"}


def show_reference(scene: Scene) -> StepForm:
    require_booker(scene.who)
    draft = Draft(scene.answers)
    proposed = draft.text("reference") or scene.means.store.discussions.next_reference(to_london(scene.means.now).year)
    kinds = tuple(Choice(kind.value.capitalize(), kind.value) for kind in DiscussionKind)
    return StepForm(
        heading="Which discussion is this?",
        ask=f"{say_followed(scene)}The reference is all that leaves the chat, so it says nothing about anybody.",
        inputs=(
            TextInput("reference", "Reference", value=proposed, max_length=20, required=True),
            ChoiceInput("kind", "Kind", kinds, value=draft.text("kind") or "initial", expanded=True, required=True),
            ToggleInput("restricted", WORDS_FOR["restricted"], value=bool(scene.answers.get("restricted"))),
        ),
        next_title="Next: children",
        foot="You can also type the reference.",
    )


def say_followed(scene: Scene) -> str:
    follows = Draft(scene.answers).text("follows")
    one = scene.means.store.discussions.discussion(DiscussionId(follows)) if follows else None
    return f"It is the full meeting after the telephone discussion {one.reference}. " if one else ""


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
    schools = ", ".join(Draft(scene.answers).schools)
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
            TextInput(
                "schools",
                "Their schools and nurseries, and those of brothers and sisters",
                value=schools or None,
                max_length=600,
                hint="With commas, as far as you know them: each is proposed for asking.",
            ),
        ),
        next_title="Next: concern",
        foot="Brothers and sisters belong in one discussion. Initials are enough: names are checked in the meeting. "
        "Typed in one line, each with a school: AB 14/05/2019 at Hillside Primary, CD 03/02/2012 at Fairfield High",
    )


def say_child(child: NewChild) -> str:
    if child.expected:
        return f"unborn {say_date(child.expected)}"
    return f"{child.initials} {say_date(child.born)}" if child.born else ""


def take_children(scene: Scene, given: Given) -> Answers:
    typed = given.words if given.words is not None else given.fields.get("children", "")
    lines = [line.strip() for line in BETWEEN_CHILDREN.split(typed) if line.strip()]
    named = schools_named(lines)
    beside = [given.fields.get("schools", "")] if given.words is None else []
    schools = {"schools": read_schools(", ".join([*named, *beside]))} if named or beside else {}
    lines = [AT_SCHOOL.sub("", line) for line in lines if not SCHOOLS.match(line)]
    if not lines and named and scene.answers.get("children"):
        return schools
    if not lines:
        raise Missing("at least one child", "children")
    if len(lines) > MOST_CHILDREN:
        raise WrongAnswer(f"Please keep one discussion to {MOST_CHILDREN} children.", "children")
    children = [write_child(read_line(scene, place, line)) for place, line in enumerate(lines, 1)]
    return {"children": children, **schools}


def schools_named(lines: Sequence[str]) -> list[str]:
    """In lines of their own, or behind a child."""
    own = [SCHOOLS.sub("", line) for line in lines if SCHOOLS.match(line)]
    behind = (AT_SCHOOL.search(line) for line in lines if not SCHOOLS.match(line))
    return [*own, *(found[1] for found in behind if found)]


def read_schools(words: str) -> list[str]:
    names = [" ".join(name.split()) for name in re.split(r"[,;\n]", words)]
    schools = list(dict.fromkeys(name for name in names if name and name.casefold() not in NONE))
    if len(schools) > MOST_SCHOOLS:
        raise WrongAnswer(f"Please name {MOST_SCHOOLS} schools at most.", "schools")
    if any(len(name) > MOST_LETTERS for name in schools):
        raise TooLong("each school's name", MOST_LETTERS, "schools")
    return schools


def read_line(scene: Scene, place: int, line: str) -> NewChild:
    today = to_london(scene.means.now).date()
    try:
        if UNBORN.search(line):
            return NewChild(None, None, read_expected_date_of_delivery(UNBORN.sub(" ", line).strip(" ,"), today))
        initials = INITIALS.match(line)
        if initials is None or not initials[0].strip():
            raise WrongAnswer("It needs initials first, then the date of birth.")
        born = read_born(line[initials.end() :].strip(" ,:"), today)
        return NewChild(re.sub(r"[^\w]", "", initials[0]).upper(), born, None)
    except Refusal as refusal:
        raise WrongAnswer(f"Child {place}: {refusal.sentence}", "children", CHILD_EXAMPLE) from refusal


def read_born(words: str, today: date) -> date:
    """Whatever follows a whole date is a school, mostly, without the word that says so."""
    if not re.search(r"\d", words):
        raise WrongAnswer("It needs initials first, then the date of birth.")
    try:
        return read_date_of_birth(words, today)
    except Refusal:
        behind = BEHIND_A_DATE.fullmatch(words)
        if behind is None:
            raise
        read_date_of_birth(behind[1], today)
    raise WrongAnswer(f"I don't know “{behind[2][:40]}” behind the date. For a school, write at before it.")


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
            *facts_field(scene),
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
        foot="You can also type, for example: physical, neglect, domestic abuse, U2",
    )  # fmt: skip


def facts_field(scene: Scene) -> list[Part]:
    choices = tuple(Choice(fact.label, fact.code) for fact in scene.means.practice.booking_facts)
    if not choices:
        return []
    ticked = ",".join(Draft(scene.answers).facts) or None
    return [ChoiceInput("facts", "What else is so? It decides who is proposed.", choices, ticked, True, True)]


def say_typed(moment: datetime) -> str:
    return f"{say_date(to_london(moment).date())} {say_time(moment)}"


def say_urgency(scene: Scene, urgency: Urgency) -> str:
    return f"{urgency.code}: {say_rule(urgency.window, scene.means.practice.counting)}"


def take_concern(scene: Scene, given: Given) -> Answers:
    if given.words is None:
        return take_ticked(scene, given)
    said = read_concern(scene.means.practice, given.words)
    answers = with_kept(Draft(scene.answers), said, goes_on=bool(scene.answers.get(HALF_SAID)))
    try:
        if said.refusal is not None:
            raise said.refusal
        require_whole(answers)
    except Refusal as refusal:
        raise NotAllUnderstood(refusal, {**answers, HALF_SAID: True}) from refusal
    return {**answers, "decided_at": decided_before(scene).isoformat(), HALF_SAID: False}


def take_ticked(scene: Scene, given: Given) -> Answers:
    practice = scene.means.practice
    facts = [code for code in given.fields.get("facts", "").split(",") if code]
    harms = [code for code in given.fields.get("harms", "").split(",") if code]
    urgency = given.fields.get("urgency", "")
    decided = given.fields.get("decided_at", "")
    if not {harm.code for harm in practice.harms}.issuperset(harms):
        harms = []
    if not {fact.code for fact in practice.booking_facts}.issuperset(facts):
        raise WrongAnswer("Please tick what else is so from the list.", "facts")
    if urgency not in {urgency.code for urgency in practice.urgencies}:
        urgency = ""
    require_whole({"harms": harms, "urgency": urgency})
    decided_at = (
        read_recent_moment(decided, scene.means.now, scene.means.calendar) if decided.strip() else decided_before(scene)
    )
    return {
        "harms": harms,
        "facts": facts,
        "urgency": urgency,
        "decided_at": decided_at.isoformat(),
        HALF_SAID: False,
    }


def with_kept(kept: Draft, said: Said, *, goes_on: bool) -> dict[str, object]:
    """What the words do not speak of stays as it was; where they go on with a line half understood, they add to it."""
    harms = [*kept.harms, *said.harms] if goes_on else said.harms or kept.harms
    facts = [*kept.facts, *said.facts] if goes_on else said.facts or kept.facts
    return {
        "harms": list(dict.fromkeys(harms)),
        "facts": list(dict.fromkeys(facts)),
        "urgency": said.urgency or kept.text("urgency") or "",
    }


def decided_before(scene: Scene) -> datetime:
    return Draft(scene.answers).moment("decided_at") or scene.means.now


def require_whole(answers: Answers) -> None:
    if not answers["harms"]:
        raise Missing("at least one type of harm from the list", "harms")
    if not answers["urgency"]:
        raise Missing("how soon it must start, for example U2", "urgency")


REFERENCE = Step("reference", show_reference, take_reference)
CHILDREN = Step("children", show_children, take_children)
CONCERN = Step("concern", show_concern, take_concern)

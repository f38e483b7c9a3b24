"""The form that adds a child to a booked discussion, and asks whom the practice proposes because of it."""

from __future__ import annotations

from cards.parts import Bullet, Choice, ChoiceInput, Part, Text, TextInput, ToggleInput
from dialogs.booking.draft import Draft, read_child, write_child
from dialogs.booking.what import AT_SCHOOL, read_line, read_schools, say_child, schools_named
from dialogs.engine import Answers, Dialog, Given, Scene, Step, StepForm
from discussions.booking.add_child import Added, add_child, discussion_to_add_to, newly_proposed
from discussions.booking.discussion import Discussion
from discussions.booking.kept_proposals import Outcome
from discussions.booking.weighing import Weighed
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import Missing, NotFound, WrongAnswer

CHILD_EXAMPLE = "CD 02/09/2021 at Hillview School"
MOST_LETTERS = 300
ASK = "ask"


def answers_for(means: Means, who: Person, id: DiscussionId) -> Answers:
    return {"discussion": discussion_to_add_to(means, who, id).id}


def discussion_of(scene: Scene) -> Discussion:
    found = scene.means.store.discussions.discussion(DiscussionId(Draft(scene.answers).text("discussion") or ""))
    if found is None:
        raise NotFound
    return found


def added_of(scene: Scene) -> Added:
    draft = Draft(scene.answers)
    row = scene.answers.get("child")
    child = read_child(row if isinstance(row, dict) else {})
    return Added(child, draft.schools, draft.choices)


def show_child(scene: Scene) -> StepForm:
    known = scene.answers.get("child")
    value = say_child(read_child(known)) if isinstance(known, dict) else None
    schools = ", ".join(Draft(scene.answers).schools)
    return StepForm(
        heading=f"Add a child to {discussion_of(scene).reference}",
        ask="A brother, a sister, or a child of the same household. One of another family needs its own discussion.",
        inputs=(
            TextInput("children", "Initials and date of birth, or unborn and the due date", value=value,
                      max_length=MOST_LETTERS, required=True, hint=f"For example: {CHILD_EXAMPLE}"),
            TextInput("schools", "School or nursery", value=schools or None, max_length=600),
        ),
        next_title="Next: whom to ask",
        foot=f"You can also type: {CHILD_EXAMPLE}",
    )  # fmt: skip


def take_child(scene: Scene, given: Given) -> Answers:
    line = (given.words if given.words is not None else given.fields.get("children", "")).strip()
    if not line:
        raise Missing("the child's initials and date of birth", "children")
    beside = [given.fields.get("schools", "")] if given.words is None else []
    schools = read_schools(", ".join([*schools_named([line]), *beside]))
    child = read_line(scene, 1, AT_SCHOOL.sub("", line))
    return {"child": write_child(child), "schools": schools, "ticks": {}, "reasons": {}}


def show_ask(scene: Scene) -> StepForm:
    one, added = discussion_of(scene), added_of(scene)
    proposals = newly_proposed(scene.means, one, added)
    return StepForm(
        heading=say_child(added.child),
        ask="Whom the practice proposes because of this child. Those who are asked already are not asked again."
        if proposals
        else "Nobody else is proposed because of this child. Those who are asked already are not asked again.",
        inputs=(*twin_lines(scene, one, added), *ticks(scene, proposals)),
        next_title="Add the child",
    )


def twin_lines(scene: Scene, one: Discussion, added: Added) -> list[Part]:
    """Twins share a birthday, and may share initials: pointed out, never refused."""
    new = added.child
    same = [child for child in scene.means.store.discussions.children(one.id)
            if (child.initials, child.born, child.expected) == (new.initials, new.born, new.expected)]  # fmt: skip
    if not same:
        return []
    words = f"Child {same[0].letter} has the same initials and birthday. Please add it only if it is another child."
    return [Bullet(words, symbol="▲")]


def ticks(scene: Scene, proposals: tuple[Weighed, ...]) -> list[Part]:
    parts: list[Part] = []
    for one in proposals:
        because = f"because {'; '.join(one.proposal.because)}"
        if one.is_open_choice:
            parts.append(ToggleInput(f"ask.{one.proposal.key}", one.proposal.name, one.is_taken, because))
        elif one.outcome is not Outcome.MET:
            what = "please type the school" if one.outcome is Outcome.UNNAMED else "not in the directory: please ring"
            parts.append(Bullet(f"{what}, {because}", symbol="▲", lead=f"{one.proposal.name},"))
    if any(one.is_open_choice for one in proposals):
        reasons = tuple(Choice(reason.label, reason.code) for reason in scene.means.practice.decline_reasons)
        parts.append(ChoiceInput("without", "Why without those you untick?", reasons))
    return parts or [Text("It gets the next letter.", small=True)]


def take_ask(scene: Scene, given: Given) -> Answers:
    proposals = newly_proposed(scene.means, discussion_of(scene), added_of(scene))
    keys = [one.proposal.key for one in proposals if one.is_open_choice]
    chosen = {key: given.fields[f"ask.{key}"] == "true" for key in keys if f"ask.{key}" in given.fields}
    code = given.fields.get("without", "")
    if code and code not in {reason.code for reason in scene.means.practice.decline_reasons}:
        raise WrongAnswer("Please choose a reason from the list.", "without")
    out = [key for key, is_taken in chosen.items() if not is_taken] if code else []
    return {"ticks": chosen, "reasons": {key: [code, None] for key in out}}


def add_it(scene: Scene) -> str:
    one = discussion_of(scene)
    add_child(scene.means, scene.who, one.id, added_of(scene))
    return f"discussion:{one.id}"


ADDING = Dialog(
    name="adding",
    title="Add a child",
    version=1,
    steps=(Step("child", show_child, take_child), Step(ASK, show_ask, take_ask)),
    finish=add_it,
    again="add child and the reference",
)

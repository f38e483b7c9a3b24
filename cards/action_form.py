"""The form on which an action is written down or changed; what is worth a look is pointed out and never bars saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cards.action_line import Way, in_rows
from cards.buttons import MendForm, OpenAction, OpenConsole, SaveAction
from cards.days import TIMES
from cards.form import form_card
from cards.parts import (
    AnyButton,
    Band,
    Buttons,
    Choice,
    ChoiceInput,
    Hidden,
    LabelledButton,
    Pair,
    Part,
    TextInput,
    ToggleButton,
    ToggleInput,
    Tone,
)
from cards.render import Card
from discussions.actions.words import LONGEST
from discussions.ids import ActionId, DiscussionId

MOST_CHOICES = 60
MOST_TICKS = 12
AS_IT_IS = "as_is"
"""The tick that comes with warnings: pressing again saves with them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen. Owners are people and desks of the discussion, `told` its people, `days` the days allowed,
    `awaited` its other open actions, for which this one can wait.
    """

    owners: tuple[Choice, ...]
    told: tuple[Choice, ...]
    children: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    days: tuple[Choice, ...]
    awaited: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Saving:
    """What the form saves: a new action where `action` is empty, or, when it `replaces`, one in that action's place.

    `name` is "SD-26-0412" or "SD-26-0412/3".
    """

    discussion: DiscussionId
    action: str
    seen: int
    name: str
    replaces: bool = False


def action_form_card(
    saving: Saving,
    offered: Offered,
    values: Mapping[str, str],
    warnings: Sequence[str] = (),
    ways: Sequence[Way] = (),
) -> Card:
    """`values` holds what stands in the fields, by their ids; with `warnings` the next press saves all the same.

    `ways` are the presses that mend what they say.
    """
    return form_card(
        saving.name,
        heading(saving),
        None,
        [*always_shown(offered, values), *rare_ones(offered, values, bool(warnings)), *as_it_is(warnings)],
        [*mends(saving, ways), *buttons(saving, warned=bool(warnings))],
        band=warning_band(warnings),
        foot="The owner gets it at once and must accept. You can still change it until the record is approved.",
    )


def heading(saving: Saving) -> str:
    if saving.replaces:
        return "Another action in its place"
    return "Change the action" if saving.action else "Write down an action"


def mends(saving: Saving, ways: Sequence[Way]) -> list[list[AnyButton]]:
    about = (saving.discussion, saving.action, saving.seen)
    return in_rows([LabelledButton(way.label, MendForm(*about, way.code, way.choice, saving.replaces)) for way in ways])


def warning_band(warnings: Sequence[str]) -> Band | None:
    if not warnings:
        return None
    return Band(Tone.WARNING, "▲ Not saved yet: worth a look", tuple(f"• {warning}" for warning in warnings))


def as_it_is(warnings: Sequence[str]) -> tuple[Part, ...]:
    return (ToggleInput(AS_IT_IS, "Save it as it is", value=True),) if warnings else ()


def buttons(saving: Saving, *, warned: bool) -> list[list[AnyButton]]:
    save = LabelledButton(
        "Save" if not warned else "Save anyway",
        SaveAction(saving.discussion, saving.action, saving.seen, saving.replaces),
        primary=True,
    )
    back = OpenAction(ActionId(saving.action)) if saving.action else OpenConsole(saving.discussion)
    return [[save, LabelledButton("Leave it", back, way_out=True)]]


def always_shown(offered: Offered, values: Mapping[str, str]) -> tuple[Part, ...]:
    """Who does what by when, and who hears of it: what every action needs."""
    return (
        text("wording", "What will be done, and for whom", values, required=True,
             error="Please write what will be done."),
        chosen("owner", "Owner: one person or one desk", offered.owners, values),
        line("owner_name", "Or type the owner's name", values),
        Pair(chosen("day", "Due day", offered.days, values), chosen("time", "Time", TIMES, values), narrow=True),
        line("due", "Or type by when", values, hint="For example: tomorrow 1.30pm"),
        chosen("feedback_to", "Who hears of it when it is done", offered.told[:MOST_TICKS], values, many=True),
    )  # fmt: skip


def rare_ones(offered: Offered, values: Mapping[str, str], warned: bool) -> tuple[Part, ...]:
    """Open from the start where something stands in them, or a warning may be about one of them."""
    fields = (
        text("measure", "How one sees that it is done", values),
        text("contingency", "What happens if it is not done, and who does it", values),
        *((chosen("child", "Which child", offered.children, values),) if offered.children else ()),
        chosen("kind", "Kind", offered.kinds, values),
        *((chosen("waits_for", "Waits for", offered.awaited, values),) if offered.awaited else ()),
        line("feedback_how", "How they hear of it", values, hint="For example: by telephone, the same day"),
        line("tell", "Others who hear of it: names, with commas", values, limit=300),
    )
    is_used = any(
        values.get(id) for id in ("measure", "contingency", "child", "kind", "feedback_how", "tell", "waits_for")
    )
    return fields if is_used or warned else (Buttons((ToggleButton("More, or less", "more"),)), Hidden("more", fields))


def text(id: str, label: str, values: Mapping[str, str], *, required: bool = False, error: str | None = None) -> Part:
    return TextInput(id, label, values.get(id), multiline=True, max_length=LONGEST, required=required, error=error)


def line(id: str, label: str, values: Mapping[str, str], *, hint: str | None = None, limit: int = 100) -> Part:
    return TextInput(id, label, values.get(id), max_length=limit, hint=hint)


def chosen(
    id: str, label: str, choices: Sequence[Choice], values: Mapping[str, str], *, many: bool = False
) -> ChoiceInput:
    """What stands in it only as far as it is still offered: a list never shows what can't be chosen."""
    offered = tuple(choices[:MOST_CHOICES])
    known = {choice.value for choice in offered}
    kept = [value for value in values.get(id, "").split(",") if value in known]
    return ChoiceInput(id, label, offered, ",".join(kept) or None, many=many)

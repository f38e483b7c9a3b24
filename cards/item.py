"""An agenda item open at one form: what to ask, the fields as the practice file declares them, what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cards.buttons import OpenActionForm, OpenAttendance, OpenConsole, OpenItem, SaveItem, Then
from cards.form import form_card
from cards.item_fields import Shown, field_parts
from cards.parts import (
    ROW_LETTERS,
    AnyButton,
    Band,
    Bullet,
    Buttons,
    Hidden,
    LabelledButton,
    Part,
    Row,
    Text,
    ToggleButton,
    ToggleInput,
    Tone,
    Words,
    beginning,
)
from cards.render import Card
from cards.report import report_row
from discussions.agenda.item_view import ItemView
from discussions.agenda.values import Names, say_value
from discussions.booking.discussion import DiscussionState
from discussions.london import say_short_day, say_time
from discussions.practice.types import Form, Scope

BY_PHONE = "by_phone"
TALKED_THROUGH = "talked_through"
MORE_PROMPTS = "more_prompts"
OTHERS = "others"
READ_BACK = "read_back"
PROMPT_SENTENCES = 2
MOST_OTHERS = 6
MOST_LINES = 5
LINE_CHARACTERS = 140
THEIRS_CHARACTERS = 3_000
CAPTURES = (DiscussionState.STARTED, DiscussionState.CLOSED)


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else wrote into a field meanwhile. `mine` stands in the field, `words` are theirs."""

    field: str
    label: str
    words: str
    mine: str
    who: str
    at: str


def item_card(view: ItemView, theirs: Sequence[Theirs] = (), notice: str | None = None) -> Card:
    """`notice` stands first in the grey line: what has just been saved."""
    first, rest = asked_first(view.item.prompts)
    ask = Band(Tone.EMPHASIS, "Ask:", first) if first else None
    parts = [*prompt_parts(rest), *panel_parts(view), *so_far_parts(view), *form_parts(view, theirs)]
    return form_card(
        origin_of(view, notice),
        heading_of(view),
        f"Ask: {' '.join(first)}" if theirs and first else None,
        [*parts, *other_parts(view)],
        buttons_of(view),
        band=clash_band(theirs) if theirs else ask,
        foot=foot_of(view),
    )


def origin_of(view: ItemView, notice: str | None) -> str:
    place = f"item {view.item.number} of {view.items}"
    told = (notice, view.discussion.reference, place, view.subject.place, f"{view.minutes} min")
    return " · ".join(part for part in told if part)


def heading_of(view: ItemView) -> str:
    title = view.form.title if view.form else view.item.title
    return f"{view.subject.name}: {title}" if view.subject.name else title


def asked_first(prompts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As many whole prompts as make two sentences, and the others; the first always."""
    count, sentences = 0, 0
    for prompt in prompts:
        sentences += len(re.findall(r"[.?!](?:\s|$)", prompt)) or 1
        if count and sentences > PROMPT_SENTENCES:
            break
        count += 1
    return tuple(prompts[:count]), tuple(prompts[count:])


def prompt_parts(rest: Sequence[str]) -> list[Part]:
    if not rest:
        return []
    hidden = Hidden(MORE_PROMPTS, tuple(Bullet(prompt) for prompt in rest))
    return [Buttons((ToggleButton("Show or hide more to ask", MORE_PROMPTS),)), hidden]


def clash_band(theirs: Sequence[Theirs]) -> Band:
    """Both texts in sight: theirs here, one's own in the field."""
    room = THEIRS_CHARACTERS // len(theirs)
    lines = [f"{one.label}: “{beginning(one.words, room)}” ({one.who}, {one.at})" for one in theirs]
    first = theirs[0]
    is_one = len({(one.who, one.at) for one in theirs}) == 1
    heading = f"▲ {first.who} wrote here at {first.at}" if is_one else "▲ Others wrote here meanwhile"
    lines = [f"{one.label}: “{beginning(one.words, room)}”" for one in theirs] if is_one else lines
    return Band(Tone.WARNING, heading, (*lines, "Yours stands in the field. Save again puts yours in its place."))


def panel_parts(view: ItemView) -> list[Part]:
    panels = view.panels
    parts: list[Part] = []
    if panels.booked_as:
        parts.append(Words(panels.booked_as, lead="Booked as"))
    if panels.reports:
        parts += [Text("Sent before the meeting", bold=True), *(report_row(line) for line in panels.reports)]
    if panels.takes_actions:
        parts += lines_under("Actions so far", panels.actions) or [Text("No action is written down yet.", small=True)]
    if panels.latest_conference:
        parts.append(Text(f"Latest conference (ICPC) date: {say_short_day(panels.latest_conference)}", bold=True))
    if panels.read_back:
        read = [Words(one.words, lead=f"{one.child}:" if one.child else "In words:") for one in panels.read_back]
        parts += [Buttons((ToggleButton("Show or hide decisions", READ_BACK),)), Hidden(READ_BACK, tuple(read))]
    return parts


def so_far_parts(view: ItemView) -> list[Part]:
    entries = [entry_line(view.form, entry, view.names) for entry in view.entries] if view.form else []
    return [*lines_under("Written down so far", entries), *lines_under("Notes", view.notes)]


def lines_under(heading: str, lines: Sequence[str]) -> list[Part]:
    """The newest few, and how many there are besides."""
    if not lines:
        return []
    more = len(lines) - MOST_LINES
    shown: list[Part] = [Bullet(beginning(line, LINE_CHARACTERS)) for line in lines[-MOST_LINES:]]
    return [Text(heading, bold=True), *([Text(f"{more} earlier.", small=True)] if more > 0 else []), *shown]


def entry_line(form: Form, entry: Mapping[str, str], names: Names) -> str:
    return " · ".join(say_value(field, entry[field.code], names) for field in form.fields if field.code in entry)


def form_parts(view: ItemView, theirs: Sequence[Theirs]) -> list[Part]:
    if view.discussion.state not in CAPTURES or view.form is None:
        return end_parts(view)
    mine = {one.field: one.mine for one in theirs}
    shown = Shown(view.values, mine, view.names, may_colour=not theirs)
    parts = field_parts(view.form, shown)
    if view.form.scope is Scope.AGENCY:
        parts.append(ToggleInput(BY_PHONE, "Told by telephone, not in the meeting"))
    return [*parts, *end_parts(view)]


def end_parts(view: ItemView) -> list[Part]:
    if not view.may_end_without or view.discussion.state not in CAPTURES:
        return []
    return [ToggleInput(TALKED_THROUGH, "Talked through, nothing to record")]


def other_parts(view: ItemView) -> list[Part]:
    """The other children or agencies, in any order: the next ones first."""
    if not view.others:
        return []
    rows = tuple(
        Row(one.name or "", OpenItem(view.discussion.id, view.item.number, one.id)) for one in view.others[:MOST_OTHERS]
    )
    kind = "agencies" if view.form and view.form.scope is Scope.AGENCY else "children"
    return [Buttons((ToggleButton(f"Show or hide other {kind}", OTHERS),)), Hidden(OTHERS, rows)]


def buttons_of(view: ItemView) -> list[list[AnyButton]]:
    agenda = LabelledButton("Agenda", OpenConsole(view.discussion.id), way_out=True)
    if view.discussion.state not in CAPTURES:
        return [[agenda]]
    is_repeating = view.form is not None and view.form.repeats
    save = LabelledButton("Add another" if is_repeating else "Save", saving(view, "stay"))
    onwards = LabelledButton(next_title(view), saving(view, "next"), primary=True)
    fits = len(onwards.title) + len(save.title) <= ROW_LETTERS
    return [[onwards, *([save] if fits else [])], [*([] if fits else [save]), agenda, *panel_buttons(view)]]


def panel_buttons(view: ItemView) -> list[AnyButton]:
    if view.panels.takes_actions:
        return [LabelledButton("Add an action", OpenActionForm(view.discussion.id))]
    if view.panels.attendance:
        return [LabelledButton("Who is here", OpenAttendance(view.discussion.id))]
    return []


def saving(view: ItemView, then: Then) -> SaveItem:
    step = view.step
    return SaveItem(view.discussion.id, step.item, step.subject, step.form, then, view.seen)


def next_title(view: ItemView) -> str:
    """Says where it leads."""
    if view.next is None:
        return f"Save, next: item {view.next_item}" if view.next_item is not None else "Save, then the agenda"
    if view.next.id in ("", view.subject.id):
        return "Save & next"
    is_agency = view.next.place is not None and view.next.place.startswith("agency")
    return "Save, next agency" if is_agency else f"Save, next: {(view.next.name or '').partition(',')[0]}"


def foot_of(view: ItemView) -> str:
    if view.discussion.state is DiscussionState.BOOKED:
        return "It has not started yet, so nothing can be saved. The chair starts it."
    if view.discussion.state not in CAPTURES:
        return "The record does not change any more."
    late = "This is entered after the close, and marked so. " if view.discussion.closed_at else ""
    gaps = "You may leave gaps now. They are shown before you close."
    if view.last_saved is None:
        return f"{late}{gaps}"
    who, at = view.last_saved
    return f"Last saved by {who} at {say_time(at)}. {late}{gaps}"

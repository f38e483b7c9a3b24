"""The chair's console: time, quorum, what is left, what each child still needs; and the echo of typed capture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cards.buttons import (
    OpenActionForm,
    OpenAttendance,
    OpenCloseGate,
    OpenConsole,
    OpenItem,
    StartAdjourning,
    StartDiscussion,
)
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Band,
    Bullet,
    Figure,
    Figures,
    LabelledButton,
    Part,
    Row,
    Text,
    Tone,
    Words,
    beginning,
    rows_that_fit,
)
from cards.render import Card, Summary, render
from discussions.access import Can
from discussions.agenda.quorum import QuorumLight, QuorumLine
from discussions.agenda.standing import Standing
from discussions.agenda.views import ChildLine, ConsoleView, ItemLine
from discussions.booking.discussion import DiscussionState
from discussions.ids import DiscussionId
from discussions.london import say_time

STATES = {
    DiscussionState.BOOKED: "not started yet",
    DiscussionState.CLOSED: "closed, not approved yet",
    DiscussionState.APPROVED: "closed and approved",
    DiscussionState.CANCELLED: "cancelled",
}
ECHOED = 300


def console_card(view: ConsoleView) -> Card:
    one = view.discussion
    whose = "chair's view" if view.is_chair else "minute-taker's view"
    state = STATES.get(one.state)
    return render(
        "notice.json.j2",
        Summary.MEETING_PROGRESS,
        band=None,
        origin=" · ".join(part for part in (one.reference, whose, state, say_time(view.now)) if part),
        heading=None,
        parts=[
            figures(view),
            quorum_band(view.quorum),
            *likeness_lines(view),
            *left_parts(view),
            *child_parts(view.children),
        ],
        rows=rows_that_fit(console_buttons(view)),
        foot="You can also type: note …, decision …, action …, here …, undo.",
    )


def figures(view: ConsoleView) -> Figures:
    timing = view.timing
    over = f"end, {timing.over_minutes} over" if timing.over_minutes else "likely end"
    return Figures(
        (
            Figure(f"{timing.used_minutes} of {timing.allotted_minutes}", "minutes used"),
            Figure(say_time(timing.likely_end), "ended" if view.discussion.closed_at else over),
            Figure(f"{len(view.left)} of {len(view.lines)}", "items left"),
        )
    )


def quorum_band(light: QuorumLight) -> Band:
    """A light in words: who of the core is here, then each other agency that should be."""
    missing = light.missing_core
    if missing:
        heading = f"○ Not quorate: {listed(missing)} {are(missing)} not here"
    else:
        core = [line for line in light.lines if line.is_core]
        heading = f"✓ Quorate: {listed(core)} {are(core)} here"
    others = [line for line in light.lines if not line.is_core or (line.said and not line.is_here)]
    return Band(Tone.EMPHASIS, heading, tuple(other_agency(line) for line in others))


def likeness_lines(view: ConsoleView) -> list[Part]:
    """Only on the chair's own card: whoever is meant may be no relative at all."""
    lines: list[Part] = []
    for one in view.likenesses:
        what = "is called like somebody of the family" if one.whole else "has a surname of the family"
        asks = f"{what}. Please ask them in private whether they know the family. Only you see this."
        lines.append(Bullet(asks, symbol="▲", lead=one.name, small=True))
    return lines


def other_agency(line: QuorumLine) -> str:
    if line.is_here:
        return f"✓ {line.name} is here"
    if line.said:
        return f"○ {line.name} has answered, nobody in the room: {line.said}"
    return f"○ {line.name} is not here, asked because {line.because}" if line.because else f"○ {line.name} is not here"


def listed(lines: Sequence[QuorumLine]) -> str:
    *others, last = [inside_a_sentence(line.name) for line in lines]
    return f"{', '.join(others)} and {last}" if others else last


def inside_a_sentence(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def are(lines: Sequence[QuorumLine]) -> str:
    return "are" if len(lines) > 1 else "is"


def left_parts(view: ConsoleView) -> list[Part]:
    rows = [item_row(view, line) for line in view.left]
    heading = "Left: press one to open it" if rows else "✓ Nothing is left on the agenda"
    return [Text(heading, bold=True), *rows, *done_parts(view.lines)]


def item_row(view: ConsoleView, line: ItemLine) -> Row:
    is_now = line.number == view.discussion.current_item
    return Row(
        f"{line.number}\u2002{line.title}",
        OpenItem(view.discussion.id, line.number),
        symbol="●" if is_now else "○",
        right="now" if is_now else f"{line.minutes} min",
        bold=is_now,
    )


def done_parts(lines: Sequence[ItemLine]) -> list[Part]:
    done = [line for line in lines if line.standing is Standing.DONE]
    spared = [line for line in lines if line.standing is Standing.NOT_NEEDED]
    said = [f"{word}: {', '.join(f'{line.number} {line.title}' for line in some)}"
            for word, some in (("Done", done), ("Not needed", spared)) if some]  # fmt: skip
    return [Bullet(words, symbol="✓", small=True) for words in said]


def child_parts(children: Sequence[ChildLine]) -> list[Part]:
    """Children who need the same stand in one line."""
    if not any(child.left for child in children):
        return []
    grouped = [(left, [one.name for one in same]) for left, same in groupby(children, key=lambda child: child.left)]
    lines = [Words(", ".join(left) or "nothing more", lead=f"{'; '.join(names)}:") for left, names in grouped]
    return [Text("By child, still to do", bold=True), *lines]


def console_buttons(view: ConsoleView) -> list[list[AnyButton]]:
    one = view.discussion
    who_is_here = LabelledButton("Who is here", OpenAttendance(one.id))
    look_again = LabelledButton("Look again", OpenConsole(one.id))
    if one.state is DiscussionState.BOOKED:
        start = LabelledButton("Start it", StartDiscussion(one.id, one.version), primary=True)
        return [[start] if view.is_chair else [], [who_is_here, look_again]]
    if not one.is_open and one.state is not DiscussionState.CLOSED:
        return [[look_again]]
    title = "Check and close" if view.access.can(Can.CLOSE) else "Check"
    check = LabelledButton(title, OpenCloseGate(one.id), primary=view.next_item is None)
    add = LabelledButton("Add an action", OpenActionForm(one.id))
    if view.adjourns:
        return [
            item_buttons(view),
            [who_is_here, add],
            [LabelledButton("Set a new time", StartAdjourning(one.id)), look_again],
        ]
    return [item_buttons(view), [who_is_here, add], [check, look_again]]


def item_buttons(view: ConsoleView) -> list[AnyButton]:
    id, buttons = view.discussion.id, list[AnyButton]()
    if view.next_item is not None:
        buttons.append(LabelledButton(f"Open item {view.next_item}", OpenItem(id, view.next_item), primary=True))
    if view.safety_item is not None and view.safety_item != view.next_item:
        buttons.append(LabelledButton(f"Safety: item {view.safety_item}", OpenItem(id, view.safety_item)))
    return buttons


def echo_card(
    discussion: DiscussionId, place: str, words: str, said: Sequence[str] = (), foot: str | None = None
) -> Card:
    """What typed capture is answered with: where it went and what it says, so that a slip is seen at once.

    `place` is ours ("SD-26-0412 · item 6 · noted"); `words` are people's.
    """
    return notice_card(
        f"✓ {place}",
        [Words(beginning(words, ECHOED)), *(Words(beginning(line, ECHOED)) for line in said)],
        [[LabelledButton("Agenda", OpenConsole(discussion), way_out=True)]],
        foot=foot,
    )

"""What is worth a look in an action, with the presses that mend it: written down already, or still the typed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import MendAction, MendLine, OpenAction, OpenActionForm, OpenConsole, SaveLine
from cards.form import form_card
from cards.notice import notice_card
from cards.parts import AnyButton, Band, Bullet, FormButton, LabelledButton, Text, TextInput, Tone, Words, beginning
from cards.render import Card, Summary
from discussions.actions.words import LONGEST
from discussions.ids import ActionId, DiscussionId

LONGEST_LINE = 2_000
LINE = "line"
WORDS_SHOWN = 300
LONGEST_TITLE = 30
LETTERS_IN_A_ROW = 26
"""What two buttons side by side can show on a phone."""
FIELDS = {
    "measure": "How will one see that it is done?",
    "contingency": "What happens if it is not done, and who does it?",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend it: `label` on its button, or `field` where a word is asked for. `opens` another action."""

    code: str
    choice: int
    label: str
    field: str | None = None
    opens: ActionId | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An action as it stands. `owner`, `due` and `must_ring` are ready to read."""

    discussion: DiscussionId
    action: ActionId
    seen: int
    name: str
    wording: str
    owner: str
    due: str
    day_only: bool
    must_ring: str | None = None


def line_card(
    discussion: DiscussionId, reference: str, line: str, said: str, asks: Sequence[str], ways: Sequence[Way]
) -> Card:
    """A typed action that can't be written down yet: the line stays; `said` is why, `asks` is what else to look at."""
    field = TextInput(LINE, "Your action, as you typed it", line, multiline=True, max_length=LONGEST_LINE)
    mends = [titled(number, way, MendLine(discussion, way.code, way.choice)) for number, way in enumerate(ways, 1)]
    ends: list[AnyButton] = [
        LabelledButton("Write it down", SaveLine(discussion), primary=True),
        LabelledButton("Leave it", OpenConsole(discussion), way_out=True),
    ]
    return form_card(
        reference,
        "An action, not written down yet",
        None,
        [*(Bullet(ask) for ask in asks), field],
        [*in_rows(mends), ends],
        band=Band(Tone.ATTENTION, f"▲ {said}", ("What you typed is still here.",)),
        foot=how_typed(ways, "Change the line, or press what mends it."),
    )


def written_card(written: Written, asks: Sequence[str], ways: Sequence[Way]) -> Card:
    """An action that is written down, and what could be better about it. It stands as it is if nothing is pressed."""
    mends = [way_button(number, way, written) for number, way in enumerate(ways, 1)]
    change = LabelledButton("Change it", OpenActionForm(written.discussion, written.action), way_out=True)
    whole = LabelledButton("It is fine", OpenAction(written.action), way_out=True)
    return notice_card(
        f"✓ {written.name} is written down",
        [
            Words(beginning(written.wording, WORDS_SHOWN), bold=True),
            Words(f"{written.owner}, {written.due}", lead="Owner:"),
            *([Words(written.must_ring, lead="▲")] if written.must_ring else []),
            Text("Worth a look:", small=True),
            *(Bullet(ask) for ask in asks),
        ],
        [*in_rows(mends), [change, whole]],
        foot=how_typed(ways, "Type undo to take it back."),
        summary=Summary.ACTION_UPDATED,
    )


def way_button(number: int, way: Way, written: Written) -> LabelledButton | FormButton:
    if way.opens is not None:
        return titled(number, way, OpenAction(way.opens), way_out=True)
    mend = MendAction(written.action, written.seen, way.code, way.choice, written.day_only)
    if way.field is None:
        return titled(number, way, mend)
    asked = TextInput(
        way.field,
        FIELDS[way.field],
        multiline=True,
        max_length=LONGEST,
        required=True,
        error="Please write a line here.",
    )
    return FormButton(title_of(number, way), (asked,), LabelledButton("Add it", mend, primary=True))


def titled(
    number: int, way: Way, button: MendAction | MendLine | OpenAction, *, way_out: bool = False
) -> LabelledButton:
    return LabelledButton(title_of(number, way), button, way_out=way_out)


def title_of(number: int, way: Way) -> str:
    return beginning(f"{number}. {way.label}", LONGEST_TITLE)


def in_rows(buttons: Sequence[LabelledButton | FormButton]) -> list[list[AnyButton]]:
    """Two by two where both can be read whole."""
    rows: list[list[AnyButton]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0].title) + len(button.title) <= LETTERS_IN_A_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def how_typed(ways: Sequence[Way], before: str) -> str:
    return f"{before} By words: mend\u00a01." if ways else before

"""What somebody reads who says that they, or one of their people, are away; or how often their list shall come."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import SayBack
from cards.morning import TITLES
from cards.notice import notice_card
from cards.parts import LabelledButton, Part, Text, Tone, Words
from cards.render import Card
from discussions.attention.kept import Rhythm


def away_card(until: str, stand_ins: Sequence[str], name: str | None = None) -> Card:
    """`until` is ready to read; `name` where it was said for somebody else."""
    whose = "Their" if name else "Your"
    parts: list[Part] = [Words(f"{name} is away.")] if name else []
    if stand_ins:
        parts.append(Words(f"{' and '.join(stand_ins)}.", lead=f"{whose} reminders go to"))
    else:
        parts.append(Text(f"Nobody stands in, so {whose.lower()} reminders come all the same."))
    parts.append(Text(f"{whose} actions stay {'theirs' if name else 'yours'}. Please hand over what can't wait."))
    parts.append(Text("What a child's immediate safety depends on comes at any time.", small=True))
    back = [[LabelledButton("I'm back", SayBack(), way_out=True)]] if name is None else []
    said = f"back at work {name}" if name else "back at work"
    return notice_card(f"○ Away until {until}", parts, back, tone=Tone.EMPHASIS, foot=f"Back earlier? Type {said}")


def not_away_card(name: str | None = None) -> Card:
    return notice_card(f"{name} is not noted as away" if name else "You are not noted as away")


def back_card(name: str) -> Card:
    return notice_card(f"✓ {name} is back", [Text("Reminders go to them again.")], tone=Tone.GOOD)


def rhythm_card(rhythm: Rhythm) -> Card:
    at = f"at {rhythm.at:%H:%M}" if rhythm.at else "as your working day begins"
    lines: list[Part] = [Text(f"{TITLES[rhythm.often]}, {at}."), Text("Reminders come all the same.", small=True)]
    return notice_card("✓ Your list of the morning", lines, tone=Tone.GOOD)

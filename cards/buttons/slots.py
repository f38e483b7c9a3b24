"""Buttons of those who keep a desk's slots. `seen` is the version of the slot that was on the card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from discussions.ids import SlotId
from discussions.people import DeskId


@dataclass(frozen=True, slots=True)
class ShowSlots:
    verb: ClassVar[str] = "slots.show"
    desk: DeskId
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenSlot:
    verb: ClassVar[str] = "slots.open"
    slot: SlotId


@dataclass(frozen=True, slots=True)
class AddSlot:
    """When, how long and how many places are inputs."""

    verb: ClassVar[str] = "slots.add"
    desk: DeskId


@dataclass(frozen=True, slots=True)
class SavePlaces:
    """How many places, and how many are kept for urgent ones, are inputs."""

    verb: ClassVar[str] = "slots.places"
    slot: SlotId
    seen: int


@dataclass(frozen=True, slots=True)
class RemoveSlot:
    """`sure`: whoever presses has read that it is taken, and by what."""

    verb: ClassVar[str] = "slots.remove"
    slot: SlotId
    seen: int
    sure: bool = False


SlotButton = ShowSlots | OpenSlot | AddSlot | SavePlaces | RemoveSlot

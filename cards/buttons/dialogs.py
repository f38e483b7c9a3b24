"""Buttons of guided dialogs. `seen` is the version of the dialog that the card shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DialogAnswer:
    """The answer to one step: its form's fields are the inputs."""

    verb: ClassVar[str] = "dialog.answer"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogBack:
    verb: ClassVar[str] = "dialog.back"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogSave:
    verb: ClassVar[str] = "dialog.save"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogCancel:
    verb: ClassVar[str] = "dialog.cancel"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogResume:
    verb: ClassVar[str] = "dialog.resume"
    dialog: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogGoTo:
    """Change, on the check card: back to one step, then here again."""

    verb: ClassVar[str] = "dialog.go_to"
    dialog: str
    step: str
    seen: int


@dataclass(frozen=True, slots=True)
class DialogChoose:
    """Picks or removes one thing inside a step."""

    verb: ClassVar[str] = "dialog.choose"
    dialog: str
    step: str
    choice: str
    seen: int


DialogButton = DialogAnswer | DialogBack | DialogSave | DialogCancel | DialogResume | DialogGoTo | DialogChoose

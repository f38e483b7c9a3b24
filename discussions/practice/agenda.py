"""The standard agenda as data: items, the prompts the chair must ask, and the forms with their fields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discussions.clocks import Clock


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    YES_NO_WITH_REASON = "yes_no_with_reason"
    PERSON = "person"
    AGENCY = "agency"
    NUMBER = "number"

    @property
    def is_chosen(self) -> bool:
        """True when the answer is one or more of the field's choices."""
        return self in (FieldKind.CHOICE, FieldKind.CHOICES) or self.is_yes_no

    @property
    def is_yes_no(self) -> bool:
        return self in (FieldKind.YES_NO, FieldKind.YES_NO_WITH_REASON)

    @property
    def is_written(self) -> bool:
        return self in (FieldKind.TEXT, FieldKind.LONG_TEXT)


class Scope(StrEnum):
    """Whom a form is about. Forms about adults repeat, one entry an adult; the others have one subject each."""

    DISCUSSION = "discussion"
    CHILD = "child"
    ADULT = "adult"
    AGENCY = "agency"


class Sensitivity(StrEnum):
    OPEN = "open"
    PROFESSIONALS = "professionals"
    POLICE = "police"
    THIRD_PARTY = "third_party"
    LEGAL = "legal"


class Mandatory(StrEnum):
    """When an item must be done before the close. DEFERRABLE: done, or put off by an action within `defer_within`."""

    ALWAYS = "always"
    IF_S47 = "if_s47"
    DEFERRABLE = "deferrable"


class Panel(StrEnum):
    """What an item shows beside its forms; each has its own table, so the practice file declares no fields for it."""

    ATTENDANCE = "attendance"
    CHILDREN = "children"
    ACTIONS = "actions"
    READ_BACK = "read_back"


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an item captures. Codes are unique over the whole practice and never used again for something else.

    Picking one of `reason_when` needs a reason, kept under `reason_field`. Picking one of `challenge_when` makes the
    chair put `prompts_challenge`. Several chosen codes are written in one value with commas between them.
    """

    code: str
    label: str
    kind: FieldKind
    scope: Scope
    choices: tuple[Choice, ...] = ()
    required_before_close: bool = False
    maximum_length: int | None = None
    help: str | None = None
    reason_when: tuple[str, ...] = ()
    reason_field: str | None = None
    challenge_when: tuple[str, ...] = ()
    prompts_challenge: str | None = None
    sensitivity: Sensitivity = Sensitivity.PROFESSIONALS
    is_decision: bool = False
    source: str = ""

    def chosen(self, value: str) -> tuple[str, ...]:
        """The choice codes in a value as it is written down."""
        return tuple(code.strip() for code in value.split(",") if code.strip())

    def label_of(self, value: str) -> str:
        """The words for a value: the labels of what was chosen, or the value itself where nothing is chosen."""
        if not self.kind.is_chosen:
            return value
        labels = {choice.code: choice.label for choice in self.choices}
        return ", ".join(labels.get(code, code) for code in self.chosen(value))

    def needs_reason(self, value: str) -> bool:
        return any(code in self.reason_when for code in self.chosen(value))

    def challenge_to(self, value: str) -> str | None:
        """The question the chair must put to this choice, if there is one."""
        is_challenged = any(code in self.challenge_when for code in self.chosen(value))
        return self.prompts_challenge if is_challenged else None


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked on one card, about one subject. A form that `repeats` adds an entry (sequence) with each save."""

    code: str
    title: str
    scope: Scope
    fields: tuple[Field, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """`minutes` and `urgent_minutes` are what the item is allotted in the standard and in the short urgent meeting."""

    number: int
    code: str
    title: str
    purpose: str
    minutes: int
    urgent_minutes: int
    mandatory: Mandatory
    leads: str
    also_speaks: str
    prompts: tuple[str, ...]
    source: str
    forms: tuple[Form, ...] = ()
    panels: tuple[Panel, ...] = ()
    defer_within: Clock | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for form in self.forms for field in form.fields)

    @property
    def is_per_child(self) -> bool:
        return any(form.scope is Scope.CHILD for form in self.forms)

    def form(self, code: str) -> Form:
        for form in self.forms:
            if form.code == code:
                return form
        raise KeyError(code)

"""Who takes part: agencies as quorum counts them, roles and their rights, and who chairs what."""

from __future__ import annotations

from dataclasses import dataclass

from discussions.people import Right


@dataclass(frozen=True, slots=True)
class AgencyCategory:
    """An agency as quorum counts it, with its explainer. `part_of` names the category it also counts for."""

    code: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    brings: str | None = None
    may_be_asked: str | None = None
    usual_time: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """`agency` is the category most holders belong to, where that can be said."""

    code: str
    name: str
    source: str
    rights: frozenset[Right] = frozenset()
    aliases: tuple[str, ...] = ()
    agency: str | None = None

    def may(self, right: Right) -> bool:
        return right in self.rights


PARTICIPANT = Role(code="PARTICIPANT", name="Participant", source="DESIGN")


@dataclass(frozen=True, slots=True)
class ChairRule:
    """Who normally chairs in one situation. Advice to the booker, never a block."""

    situation: str
    label: str
    roles: tuple[str, ...]
    words: str
    source: str

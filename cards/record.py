"""The record's card: a draft that waits for the chair, or approved; and the card that holds a one-time link to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from cards.buttons import ApproveRecord, FetchMinutes, OpenCloseGate
from cards.gate import NAMES
from cards.notice import notice_card
from cards.parts import AnyButton, Bullet, LabelledButton, LinkButton, Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.london import say_moment, say_short, say_short_day, say_time, to_london
from discussions.practice.types import GateCode
from discussions.record.draft import RecordView


def record_card(view: RecordView) -> Card:
    return approved(view) if view.discussion.state is DiscussionState.APPROVED else draft(view)


def draft(view: RecordView) -> Card:
    heading = "The record waits for you to approve it" if view.may_approve else "The record is a draft"
    due = f"Full record due by {say_short(view.due_at)}." if view.due_at else ""
    who = "" if view.may_approve else f" {view.chair} approves it, as the chair."
    return notice_card(
        heading,
        [Words(f"{due}{who}".strip() or "Please read it."), *in_order(view), *worth_a_look(view), *people(view)],
        [[*fetch(view, "Read it", primary=True), *approve(view)]],
        origin=origin(view.discussion),
        foot="Approval fixes the text. Until then, what is added is marked as entered later.",
        summary=Summary.DOCUMENT,
    )


def approved(view: RecordView) -> Card:
    when = say_moment(view.discussion.approved_at) if view.discussion.approved_at else None
    return notice_card(
        "✓ The record is approved",
        [Words(view.chair, lead="Approved by"), *in_order(view), *worth_a_look(view)],
        [fetch(view, "Fetch the record", primary=False)],
        tone=Tone.GOOD,
        lines=(when,) if when else (),
        origin=origin(view.discussion),
        foot=f"{origin(view.discussion)}. The text is fixed. Actions go on until they are done.",
        summary=Summary.DOCUMENT,
    )


def origin(discussion: Discussion) -> str:
    held = discussion.started_at or discussion.starts_at
    return f"{discussion.reference} · discussion of {say_short_day(to_london(held).date())}"


def in_order(view: RecordView) -> list[Part]:
    lines: list[Part] = []
    if GateCode.CHILD_COMPLETE in view.gate.met:
        lines.append(Bullet(f"{counted(view.children, 'child', 'children')} with decisions and reasons", symbol="✓"))
    if GateCode.ACTIONS_COMPLETE in view.gate.met and view.actions:
        lines.append(Bullet(f"{counted(view.actions, 'action', 'actions')} with owner, due time, feedback", symbol="✓"))
    if GateCode.QUORUM in view.gate.met:
        lines.append(Bullet("Quorum answered for", symbol="✓"))
    return lines


def worth_a_look(view: RecordView) -> list[Part]:
    lines: list[Part] = []
    if view.reasons:
        gaps = counted(len(view.reasons), "gap", "gaps")
        lines.append(Bullet(f"{gaps} closed with a reason: {with_counts(view.reasons)}", symbol="▲"))
    if view.dissent:
        lines.append(Bullet("Dissent is recorded", symbol="▲"))
    if view.late:
        lines.append(Bullet(f"{counted(view.late, 'entry', 'entries')} made later, marked so", symbol="▲"))
    if not view.actions:
        lines.append(Bullet("No action was agreed", symbol="▲"))
    return [*lines, *(Bullet(said, symbol="▲") for said in view.held_back)]


def people(view: RecordView) -> list[Part]:
    return [Words(view.minute_taker or f"{view.chair}, who also chaired", lead="Minutes by")]


def with_counts(codes: Sequence[GateCode]) -> str:
    """ "safety plans (2), genogram"."""
    return ", ".join(
        NAMES[code] if count == 1 else f"{NAMES[code]} ({count})" for code, count in Counter(codes).items()
    )


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def fetch(view: RecordView, title: str, primary: bool) -> list[AnyButton]:
    return [LabelledButton(title, FetchMinutes(view.discussion.id), primary=primary)] if view.may_fetch else []


def approve(view: RecordView) -> list[AnyButton]:
    """Read it comes first: approving without reading is possible, but never the easier press."""
    if not view.may_approve:
        return []
    return [LabelledButton("Approve", ApproveRecord(view.discussion.id, view.seen))]


def link_card(discussion: Discussion, url: str, ends_at: datetime) -> Card:
    """The link stands behind a button: nobody copies it by accident, and a preview can't fetch it."""
    return notice_card(
        "Your link to the record",
        [
            Words(f"It works once, until {say_time(ends_at)}, and it is meant for you alone."),
            Text("The page asks you to press a button; only then is the document made."),
        ],
        [
            [LinkButton("Open the page", url, primary=True)],
            [LabelledButton("Back to the record", OpenCloseGate(discussion.id), way_out=True)],
        ],
        origin=origin(discussion),
        foot="Not opened in time? Press Back to the record and ask for a new link.",
        summary=Summary.DOCUMENT,
    )

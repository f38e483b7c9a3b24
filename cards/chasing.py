"""Before a discussion starts: whom to ring, which core agency is missing, what to bring and who comes."""

from __future__ import annotations

from collections.abc import Sequence

from cards.booking import SAID, with_phone
from cards.buttons import OpenDiscussion, OpenToRing, RecordTold, StartDiscussion
from cards.notice import notice_card
from cards.parts import AnyButton, Bullet, Choice, ChoiceInput, LabelledButton, Part, Text, TextInput, Tone, Words
from cards.render import Card, Summary
from discussions.booking.invitations import InvitationAnswer
from discussions.chasing.views import BringView, MissingAgency, MissingView, RingView, ToRing
from discussions.london import say_moment, say_time

MOST_WORDS = 1_000


def ring_card(view: RingView) -> Card:
    """Whoever booked rings, and writes down what they are told."""
    one = view.discussion
    if not view.to_ring:
        return notice_card(
            "✓ Everybody has answered",
            [Text("Nobody is left to be rung.")],
            [[LabelledButton("Open the discussion", OpenDiscussion(one.id), way_out=True)]],
            tone=Tone.GOOD,
            lines=(say_moment(one.starts_at),),
            origin=one.reference,
            summary=Summary.MEETING_RING,
        )
    count = len(view.to_ring)
    return notice_card(
        f"▲ {count} {'has' if count == 1 else 'have'} not answered: please ring",
        [*map(line_to_ring, view.to_ring), *what_they_said(view)],
        [
            [LabelledButton("Write it down", RecordTold(one.id), primary=True)],
            [LabelledButton("Open the discussion", OpenDiscussion(one.id), way_out=True)],
        ],
        tone=Tone.WARNING,
        lines=(say_moment(one.starts_at),),
        origin=one.reference,
        foot=f"{one.reference}. They were asked by card and, where they have none, by mail. "
        f"Or type: answer for {one.reference} name: coming",
        summary=Summary.MEETING_RING,
    )


def line_to_ring(one: ToRing) -> Bullet:
    phone = one.line.phone.replace(" ", "\u00a0") if one.line.phone else "no number in the directory"
    told = f"{phone}; {one.other_way}" if one.other_way else phone
    return Bullet(told, symbol="○", lead=f"{one.line.agency}, {one.line.who}:")


def what_they_said(view: RingView) -> list[Part]:
    choices = tuple(
        Choice(f"{one.line.agency}, {one.line.who}", f"{one.line.invitation.id} {one.line.invitation.version}")
        for one in view.to_ring
    )
    answers = tuple(
        Choice(SAID[answer].capitalize(), answer.value)
        for answer in InvitationAnswer
        if answer is not InvitationAnswer.ASKED
    )
    return [
        Text("What they told you", bold=True),
        ChoiceInput("invitation", "Who", choices, value=choices[0].value if len(choices) == 1 else None, required=True),
        ChoiceInput("answer", "What they said", answers, required=True),
        TextInput(
            "words",
            "Who comes instead, or how their information reaches the meeting",
            multiline=True,
            max_length=MOST_WORDS,
        ),
    ]


def core_missing_card(view: MissingView) -> Card:
    """A warning to the chair: it blocks nothing."""
    one = view.discussion
    if not view.agencies:
        return notice_card(
            "✓ Every core agency has somebody coming",
            [],
            [core_buttons(view)],
            tone=Tone.GOOD,
            lines=(say_moment(one.starts_at),),
            origin=one.reference,
            summary=Summary.MEETING_SOON,
        )
    names = " and ".join(agency.name for agency in view.agencies)
    reason = [Words(one.quorum_reason, lead="When it was booked:")] if one.quorum_reason else []
    return notice_card(
        f"▲ Nobody comes from {names}",
        [
            *(line for agency in view.agencies for line in lines_of(agency)),
            *reason,
            Text("What you can do", bold=True),
            Bullet("Ring them: they can send somebody, or join by telephone."),
            Bullet("Start without them, when the child can't wait: the first item asks why, and who tells them."),
            Bullet("Adjourn: first agree what keeps the child safe until then, and a time within the window."),
        ],
        [core_buttons(view)],
        tone=Tone.ATTENTION,
        lines=(f"It starts at {say_time(one.starts_at)}.",),
        origin=one.reference,
        foot=f"{one.reference}. Said once for each start. Nothing is blocked.",
        summary=Summary.MEETING_SOON,
    )


def lines_of(agency: MissingAgency) -> list[Part]:
    if not agency.asked:
        return [Bullet("was not asked", symbol="▲", lead=f"{agency.name}:")]
    return [line_of_missing(one) for one in agency.asked]


def line_of_missing(one: ToRing) -> Bullet:
    asked = one.line.invitation
    said = f"{SAID[asked.answer]}{f': {asked.words}' if asked.words else ''}"
    ring = line_to_ring(one)
    return Bullet(f"{ring.text}; {said}", symbol="▲", lead=ring.lead)


def core_buttons(view: MissingView) -> list[AnyButton]:
    one = view.discussion
    return [
        LabelledButton("Whom to ring", OpenToRing(one.id), primary=bool(view.agencies)),
        LabelledButton("Start it", StartDiscussion(one.id, one.version)),
    ]


def bring_card(view: BringView) -> Card:
    """Everything to be ready with, and nothing of a child."""
    one = view.discussion
    return notice_card(
        f"● {say_moment(one.starts_at)}",
        [*to_bring(view), *who_comes(view), *agenda_in_short(view)],
        [[LabelledButton("Open the discussion", OpenDiscussion(one.id), way_out=True)]],
        tone=Tone.EMPHASIS,
        lines=("Please have this ready before you join.",),
        origin=one.reference,
        foot=f"Multi-agency meeting {one.reference}. Please join from a room where nobody else can hear.",
        summary=Summary.MEETING_SOON,
    )


def to_bring(view: BringView) -> list[Part]:
    one = view.discussion
    parts: list[Part] = [Words(one.join_details, lead="Join:")] if one.join_details else [Words(one.form, lead="How:")]
    if not view.is_chair:
        parts.append(Words(with_phone(view.chair, view.chair_phone), lead="Chair:"))
    if view.brings:
        parts.append(Words(f"{view.brings}.", lead=f"What {view.agency} brings:"))
    if view.may_be_asked:
        parts.append(Words(f"{view.may_be_asked}.", lead="You may be asked to"))
    return [*parts, Text("Bring the authority to decide for your agency.", small=True)]


def who_comes(view: BringView) -> Sequence[Part]:
    if not view.coming:
        return ()
    return [
        Text("Who comes", bold=True),
        *(Bullet(", ".join(one.people), symbol="✓", lead=f"{one.name}:") for one in view.coming),
    ]


def agenda_in_short(view: BringView) -> list[Part]:
    titles = " · ".join(f"{item.number} {item.title.partition(':')[0]}" for item in view.agenda)
    return [Text("The agenda", bold=True), Text(titles, small=True)]

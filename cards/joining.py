"""How people join: asked for where no meeting could be made, and said once it is there."""

from __future__ import annotations

from cards.buttons import GiveLink, OpenDiscussion
from cards.notice import notice_card
from cards.parts import LabelledButton, Part, Text, TextInput, Tone, Words
from cards.render import Card, Summary
from discussions.london import say_moment
from discussions.meetings.joining import WaysToJoin

OF_NO_SERVICE = (
    "This link is to no meeting service that your practice lists, so mails and calendars leave it out: it stands on "
    "cards and on the secure page alone. Please see that it is right."
)


def way_to_join_card(view: WaysToJoin) -> Card:
    one = view.discussion
    opened = LabelledButton("Open the discussion", OpenDiscussion(one.id), way_out=True)
    if one.join_details is not None:
        parts: list[Part] = [Words(one.join_details, lead="Join:")]
        return notice_card(
            "✓ Everybody is told how to join" if view.is_known else "▲ Please look at this link again",
            parts if view.is_known else [*parts, Text(OF_NO_SERVICE)],
            [[opened]],
            tone=Tone.GOOD if view.is_known else Tone.WARNING,
            lines=(say_moment(one.starts_at),),
            origin=one.reference,
            summary=Summary.MEETING_LINK,
        )
    return notice_card(
        "▲ There is no join link yet",
        [
            Text("No Teams meeting could be made for this discussion. Please make one and paste its link here."),
            TextInput("join_details", "Join link or telephone details", max_length=500, required=True,
                      hint="https://teams.microsoft.com/l/meetup-join/… or a number and its code"),
        ],
        [[LabelledButton("Tell everybody", GiveLink(one.id, one.moved), primary=True)], [opened]],
        tone=Tone.WARNING,
        lines=(say_moment(one.starts_at),),
        origin=one.reference,
        foot=f"{one.reference}. Or type: link {one.reference} https://…",
        summary=Summary.MEETING_LINK,
    )  # fmt: skip

"""The words of mails about invitations: when, how to join, where to answer. A reference, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.london import say_moment
from pages.mail import MailWords

NOT_BY_CALENDAR = (
    "Accept or Decline in your calendar only marks it there. It answers nobody here: "
    "please answer {where}, so that the chair knows who comes."
)
ANSWERS = "coming, somebody in your place, information only, no record held, or not coming"
DETAILS_ON_PAGE = "How to join stands on the page."
DETAILS_IN_TEAMS = "How to join stands on the invitation in Teams."


@dataclass(frozen=True, slots=True)
class Meeting:
    """What every mail about a meeting may say. `was_moved`: something has changed since it was first asked to;
    `is_answered`: what they answered stands all the same.
    """

    reference: str
    title: str
    starts_at: datetime
    minutes: int
    link: str | None
    phones: str | None
    was_moved: bool
    is_answered: bool


def asking_words(meeting: Meeting, page: str, until: str, ring: str | None) -> MailWords:
    """For whoever answers on the secure page. `until`: the last day on which its link works."""
    return MailWords(
        f"{'Changed: ' if meeting.was_moved else ''}{meeting.title}",
        (
            *when_words(meeting),
            how_to_join(meeting) or DETAILS_ON_PAGE,
            f"To {'change your ' if meeting.is_answered else ''}answer, please open this secure page ({ANSWERS}):",
        ),
        (
            NOT_BY_CALENDAR.format(where="on the page"),
            "The page sends a code to this address and shows nothing before you have typed it in. "
            f"The link is for this alone, and works until {until}. Please don't pass it on.",
            f"Or ring the chair on {ring}." if ring else "Or ring the chair.",
            "Not expecting this? Then please don't use the link, and tell the chair.",
        ),
        link=page,
    )


def entry_words(meeting: Meeting) -> MailWords:
    """For whoever has the invitation in Teams: the calendar's file alone, and no second question."""
    return MailWords(
        f"{'Changed: ' if meeting.was_moved else ''}{meeting.title}",
        (*when_words(meeting), how_to_join(meeting) or DETAILS_IN_TEAMS),
        (
            "You have this invitation in Teams. This mail only brings it to your calendar.",
            NOT_BY_CALENDAR.format(where="in Teams, if you have not yet"),
        ),
    )


def taken_back_words(meeting: Meeting, ring: str | None, *, is_cancelled: bool) -> MailWords:
    """`is_cancelled`: it does not take place at all; else this one is not asked any more."""
    title = f"the multi-agency meeting {meeting.reference} on {say_moment(meeting.starts_at)}"
    what = f"{title[0].upper()}{title[1:]} does not take place." if is_cancelled else f"You are not asked to {title}."
    question = f"Questions? Please ring the chair on {ring}." if ring else "Questions? Please ring the chair."
    return MailWords(
        f"Cancelled: {meeting.title}",
        (what if is_cancelled else f"{what[:-1]} any more.", "The file with this mail takes it out of your calendar."),
        (question,),
    )


def table_words(meeting: Meeting) -> MailWords:
    """For whoever chairs it or takes its minutes."""
    return MailWords(
        f"{'Changed: ' if meeting.was_moved else ''}{meeting.title}",
        (
            f"Multi-agency meeting {meeting.reference}: {length_words(meeting)}. You chair it or take its minutes.",
            how_to_join(meeting) or "How to join stands on its card in Teams.",
        ),
        ("This mail only brings it to your calendar.",),
    )


def table_taken_back_words(meeting: Meeting, *, is_cancelled: bool) -> MailWords:
    """`is_cancelled`: else somebody else chairs it or takes the minutes now."""
    why = "It does not take place." if is_cancelled else "It is not yours to chair or to minute any more."
    return MailWords(
        f"Cancelled: {meeting.title}",
        (f"Multi-agency meeting {meeting.reference} on {say_moment(meeting.starts_at)}: {why}",),
        ("The file with this mail takes it out of your calendar.",),
    )


def when_words(meeting: Meeting) -> tuple[str, ...]:
    again = "Your answer stays as it is." if meeting.is_answered else "Please answer, also if you had before."
    changed = (f"Something about this meeting has changed. {again}",) if meeting.was_moved else ()
    return (*changed, asked_words(meeting))


def asked_words(meeting: Meeting) -> str:
    return f"You are asked to a multi-agency meeting, {meeting.reference}: {length_words(meeting)}."


def length_words(meeting: Meeting) -> str:
    return f"{say_moment(meeting.starts_at)}, for {meeting.minutes} minutes"


def how_to_join(meeting: Meeting) -> str | None:
    """Only what can be told to be a link or a number; the rest stands behind sign-in or the code."""
    parts = [
        f"Join: {meeting.link}" if meeting.link else None,
        f"Telephone: {meeting.phones}" if meeting.phones else None,
    ]
    return " ".join(part for part in parts if part) or None

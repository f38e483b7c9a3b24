"""The words of mails before a discussion starts: asked a second time, and what to have ready. Nothing of the matter."""

from __future__ import annotations

from pages.mail import MailWords


def again_words(reference: str, when: str, page: str, until: str, ring: str | None) -> MailWords:
    """`when`: ready to read; `until`: the last day on which the page's link works."""
    return MailWords(
        f"{reference}: no answer from you yet",
        (
            f"You are asked to the multi-agency meeting {reference} on {when}. This is the second time: no answer has "
            "come from you yet.",
            "Please say on this secure page who comes, able to decide for your agency, or that nobody can:",
        ),
        (
            "The page sends a code to this address and shows nothing before you have typed it in. "
            f"The link is for this alone, and works until {until}. Please don't pass it on.",
            f"Or ring the chair on {ring}." if ring else "Or ring the chair.",
        ),
        link=page,
    )


def soon_words(reference: str, when: str, join: str | None, brings: str | None, ring: str | None) -> MailWords:
    """`join`: how to join, as typed; `brings`: what the agency of whoever reads this brings to every such meeting."""
    lines = [f"The multi-agency meeting {reference} starts on {when}."]
    if brings:
        lines.append(f"Please have ready what your agency holds: {brings}. And bring the authority to decide for it.")
    if join:
        lines.append(f"To join: {join}")
    return MailWords(
        f"{reference} starts soon",
        tuple(lines),
        (
            "Please join from a room where nobody else can hear.",
            *((f"If you can't come after all, please ring the chair on {ring}.",) if ring else ()),
        ),
    )

"""The words of a mail: a reference at most, where to turn to, and never a name or anything of the matter."""

from __future__ import annotations

from dataclasses import dataclass

from pages.render import environment

BY_MACHINE = "This mail was written by a machine. Please don't answer it, and don't write about a case by mail."
CODE_STARTS = "Your code is:"


@dataclass(frozen=True, slots=True)
class MailWords:
    """Paragraphs, and between them what the mail is sent for: a link to press, or a code to type in."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    link: str | None = None
    code: str | None = None


def mail_text(words: MailWords) -> str:
    code = f"{CODE_STARTS} {words.code}" if words.code else None
    parts = (*words.before, words.link, code, *words.after, BY_MACHINE)
    return "\n\n".join(part for part in parts if part) + "\n"


def mail_html(words: MailWords) -> str:
    template = environment().get_template("mail.html.j2")
    return template.render(words=words, code_starts=CODE_STARTS, by_machine=BY_MACHINE)


def waiting_words(reference: str | None, ring: str | None) -> MailWords:
    """For what the secure page does not show."""
    what = f"A message about {reference}" if reference else "A message"
    way = f"Please open Chairside in Teams{f', or ring the chair on {ring}' if ring else ''}."
    return MailWords("A message waits for you in Chairside", (f"{what} waits for you in Chairside.", way), ())


def place_words(ring: str | None) -> MailWords:
    """To whoever decides for an agency, or manages it; who asks tells the rest by telephone."""
    way = f"Please ring {ring}." if ring else "Please ring the council's duty team."
    what = "A strategy discussion needs your agency, and in its time no place of yours is free. It is urgent."
    return MailWords("Your agency is asked for a place", (what, way), ())


def link_words(reference: str, link: str, until: str, ring: str | None, *, asks: bool) -> MailWords:
    """`until`: the last day on which the link works. `asks`: something is due from whoever reads it."""
    due = f"Something in {reference} waits for your answer." if asks else f"There is news for you in {reference}."
    instead = f"Or ring the chair on {ring}." if ring else "Or ring the chair."
    return MailWords(
        f"{reference}: please {'answer' if asks else 'read'}",
        (due, "Please open this secure page:"),
        (
            "The page sends a code to this address and shows nothing before you have typed it in. "
            f"The link is for this alone, and works until {until}. Please don't pass it on.",
            instead,
            "Not expecting this? Then please don't use the link, and tell the chair.",
        ),
        link=link,
    )


def code_words(code: str, minutes: int) -> MailWords:
    spaced = f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"
    return MailWords(
        "Your code for the secure page",
        (),
        (
            f"It works once, for {minutes} minutes, on the page that asked for it. Nobody from Chairside will ever ask "
            "you for it by telephone or mail.",
            "You did not ask for a code? Then somebody has a link that was sent to this address. Nothing was shown to "
            "them. Please don't pass the code on, and tell the chair.",
        ),
        code=spaced,
    )

"""The pages of a secure link: asking for a code, entering it, and those that say why nothing was taken."""

from __future__ import annotations

from discussions.practice.secure_page import SecurePage
from pages.fields import Field, Refused
from pages.render import Page, render

NEWEST = "Use the newest link that was mailed to you, or ring the chair: the number is in the mail."


def ask_page(token: str, refused: Refused | None = None, kept: str = "") -> Page:
    """`kept` is what somebody had typed when the page was closed."""
    return render("secure_ask.html.j2", title=titled("Secure page", refused), token=token, refused=refused, kept=kept)


def code_page(token: str, terms: SecurePage, typed: str | None = None) -> Page:
    """`typed` is a code that did not work: wrong, old, used, or of a link that was never there. Nobody learns which."""
    wrong = Refused("That code did not work", "Check the digits, or ask for a new code.", "code")
    refused = None if typed is None else wrong
    return render(
        "secure_code.html.j2",
        title=titled("Enter your code", refused),
        token=token,
        minutes=terms.code_minutes,
        tries=terms.code_tries,
        refused=refused,
        field=Field("code", "Code", typed or "", f"{terms.code_digits} digits. You can paste them."),
    )


def closed_page(token: str, kept: str = "") -> Page:
    return ask_page(token, Refused("This page is closed", "Nothing was sent. Ask for a code to open it again."), kept)


def left_page() -> Page:
    return sorry("You have left the page", "Nobody can read it here any more without a new code.", NEWEST)


def foreign_page() -> Page:
    why = "What you sent did not come from the page that is open here, so it was not taken. Nothing has changed."
    return sorry("That was not sent", why, "Open the link from your mail again, and answer on the page that opens.")


def too_much_page() -> Page:
    why = "It was not a form of ours, or far longer than our forms allow. Nothing has changed."
    return sorry("That was not sent", why, "Go back, shorten what you wrote, and send it again.")


def too_often_page(minutes: int) -> Page:
    why = f"Too much was sent from where you are. Nothing has changed. Please wait {minutes} minutes."
    return sorry("Please wait", why, f"If it can't wait: {NEWEST[0].lower()}{NEWEST[1:]}")


def fault_page() -> Page:
    why = "Something went wrong on our side. Your answer may not have been kept."
    return sorry("Sorry, that did not work", why, f"Open the link again and look how it stands. {NEWEST}")


def away_page(kept: str, *, is_in_doubt: bool) -> Page:
    """While the database is away. `kept` is what somebody had typed."""
    why = "Chairside can't reach its records just now, and can't say whether your answer was kept."
    not_kept = "Chairside can't reach its records just now. Nothing has changed."
    forward = "Then open the link again and look how it stands, or go back and send it again."
    return sorry("Please try again in a minute", why if is_in_doubt else not_kept, forward, kept)


def nothing_here_page() -> Page:
    return sorry("There is nothing here", "The address may have been cut short on its way.", NEWEST)


def sorry(heading: str, why: str, forward: str, kept: str = "") -> Page:
    return render("sorry.html.j2", title=heading, heading=heading, why=why, forward=forward, kept=kept)


def titled(title: str, refused: Refused | None) -> str:
    return f"Error: {title}" if refused else title

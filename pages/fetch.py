"""The pages of a one-time link: the one that asks for a press, and those that say what to do when there is no document.

None of them says anything about anybody: whoever finds or guesses an address learns nothing from the answer.
"""

from __future__ import annotations

from pages.render import Page, render

NEW_LINK = (
    "Go back to your chat with Chairside in Teams and press the button on the record's card again, or type the word "
    "minutes and the reference, to get a new link."
)


def ask_page() -> Page:
    return render("fetch.html.j2", title="Fetch a document")


def gone_page() -> Page:
    return render(
        "sorry.html.j2",
        title="Link no longer works",
        heading="This link no longer works",
        why="Links work once and for ten minutes. Nothing has been shown.",
        forward=NEW_LINK,
    )


def foreign_page() -> Page:
    return render(
        "sorry.html.j2",
        title="Not fetched",
        heading="The document was not fetched",
        why="The press came from another website, so it was not taken. The link has not been used up.",
        forward="Open the link from your chat with Chairside in Teams, and press the button on the page that opens.",
    )


def fault_page() -> Page:
    return render(
        "sorry.html.j2",
        title="Something went wrong",
        heading="Sorry, the document could not be made",
        why="Something went wrong on our side. The record itself is safe; the link may be used up.",
        forward=f"{NEW_LINK} If it happens again, please tell whoever looks after Chairside.",
    )


def away_page() -> Page:
    """While the database is away. A link that is used up all the same says so itself."""
    return render(
        "sorry.html.j2",
        title="Please try again",
        heading="Please try again in a minute",
        why="Chairside can't reach its records just now. The record itself is safe.",
        forward="Then go back and press the button again: the link works until a document has come, for ten minutes in "
        "all. After that get a new one in your chat with Chairside in Teams.",
    )


def nothing_here_page() -> Page:
    return render(
        "sorry.html.j2",
        title="Nothing here",
        heading="There is nothing here",
        why="The address may have been cut short on its way.",
        forward=NEW_LINK,
    )

"""Says that something was not done, and why: for refusals outside a form, and for faults of our own."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import ShowHelp
from cards.parts import AnyButton, Band, LabelledButton, Part, Tone, rows_that_fit
from cards.render import Card, Summary, render


def refusal_card(
    sentence: str,
    buttons: Sequence[Sequence[AnyButton]] = (),
    *,
    parts: Sequence[Part] = (),
    origin: str | None = None,
    summary: Summary = Summary.ANSWER,
) -> Card:
    """`sentence` is what the refusal says. A form that is refused is shown again by `form_card` instead."""
    return render(
        "notice.json.j2",
        summary,
        band=Band(Tone.ATTENTION, f"▲ {sentence}"),
        origin=None,
        heading=None,
        parts=parts,
        rows=rows_that_fit(buttons or [[LabelledButton("What I can do", ShowHelp(), way_out=True)]]),
        foot=origin,
    )


def fault_card(number: str | None = None) -> Card:
    """For what should never happen. `number` is what the log knows this fault by."""
    return render(
        "notice.json.j2",
        Summary.ANSWER,
        band=Band(Tone.ATTENTION, "▲ That did not work, and it is not your doing.", ("Nothing was changed.",)),
        origin=None,
        heading="Please try again in a minute",
        parts=(),
        rows=rows_that_fit([[LabelledButton("What I can do", ShowHelp(), way_out=True)]]),
        foot=None
        if number is None
        else f"If it happens again, please give this number to your administrator: {number}",
    )

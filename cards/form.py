"""The form card: what guided dialogs and the chair's items are filled in on. Refused, it keeps all that was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cards.parts import AnyButton, Band, Field, Hidden, Pair, Part, TextInput, Tone, rows_that_fit
from cards.render import CARD_LIMIT_BYTES, Card, Summary, render, size_in_bytes

SHOWN_CHARACTERS = (2_000, 1_000, 500, 200, 50)
"""How much of each long text is put back into its field where all of them together are too much for a card."""


def form_card(
    origin: str | None,
    heading: str,
    ask: str | None,
    inputs: Sequence[Part],
    buttons: Sequence[Sequence[AnyButton]],
    error: str | None = None,
    band: Band | None = None,
    foot: str | None = None,
    summary: Summary = Summary.FORM,
) -> Card:
    """`error` is the sentence of a refusal; `inputs` then hold what was typed. Texts may stand among the inputs.

    A second band loses its colour while there is an error, so that one thing at a time asks to be seen.
    """

    def laid_out(parts: Sequence[Part]) -> Card:
        return render(
            "form.json.j2",
            summary,
            refused=refusal_band(error),
            origin=origin,
            heading=heading,
            band=band,
            ask=ask,
            parts=parts,
            rows=rows_that_fit(buttons),
            foot=foot,
        )

    card = laid_out(inputs)
    for characters in SHOWN_CHARACTERS:
        if size_in_bytes(card) <= CARD_LIMIT_BYTES:
            break
        card = laid_out([shortened(part, characters) for part in inputs])
    return card


def refusal_band(error: str | None) -> Band | None:
    if error is None:
        return None
    return Band(Tone.ATTENTION, f"▲ Not saved: {error}", ("What you typed is still here.",))


def shortened(part: Part, characters: int) -> Part:
    """The part with its texts cut to what a card can carry, and a line that says so."""
    match part:
        case TextInput():
            return shortened_text(part, characters)
        case Pair(left, right):
            return replace(part, left=shortened_text(left, characters), right=shortened_text(right, characters))
        case Hidden(_, parts):
            return replace(part, parts=tuple(shortened(inner, characters) for inner in parts))
        case _:
            return part


def shortened_text(field: Field, characters: int) -> Field:
    if not isinstance(field, TextInput) or len(field.value or "") <= characters:
        return field
    hint = f"Only the first {characters:,} characters fit here."
    return replace(field, value=(field.value or "")[:characters], hint=hint)

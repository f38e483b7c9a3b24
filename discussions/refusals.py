"""Every refusal: the class names the case, str() is the sentence the person reads."""

from __future__ import annotations


class Refusal(Exception):
    """The base of all that is refused. The sentence says what was not done, why, and the way forward."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotInDirectory(Refusal):
    def __init__(self, whom_to_ask: str) -> None:
        super().__init__(f"You are not in Chairside's directory yet. Please ask {whom_to_ask} to add you.")


class NotFound(Refusal):
    """Not there and not allowed are told alike, so that nobody learns that something exists."""

    def __init__(self, what: str = "discussion") -> None:
        super().__init__(f"I can't find that {what} among those you are on. Nothing was changed.")


class NotYourPart(NotFound):
    """For a discussion that the person sees anyway: then it is kinder to say whose part this is."""

    def __init__(self, what: str, who_may: str) -> None:
        Refusal.__init__(self, f"Only {who_may} can {what}. Nothing was changed.")


class NotAllowed(Refusal):
    """For rights that hold everywhere and give nothing away, such as who may book."""

    def __init__(self, what: str, who_may: str) -> None:
        super().__init__(f"Only {who_may} can {what}. Nothing was changed.")


class AlreadyMoved(Refusal):
    """A stale press: somebody, or the same person elsewhere, was first."""

    def __init__(self, what_happened: str) -> None:
        super().__init__(f"{what_happened} Nothing was changed.")


QUESTION_WORDS = ("what ", "who ", "whom ", "when ", "how ", "why ", "by when")


class Missing(Refusal):
    def __init__(self, what: str, field: str | None = None) -> None:
        verb = "say" if what.startswith(QUESTION_WORDS) else "give"
        super().__init__(f"Please {verb} {what}.")
        self.field = field


class TooLong(Refusal):
    def __init__(self, what: str, limit: int, field: str | None = None) -> None:
        super().__init__(f"Please keep {what} to {limit:,} characters.")
        self.field = field


class WrongAnswer(Refusal):
    """An answer to a form that can't be taken. `field` is the input at fault, `example` a good answer."""

    def __init__(self, sentence: str, field: str | None = None, example: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.example = example


class Stale(Refusal):
    """Two people changed the same thing; the second one's change was not kept."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Somebody else changed {what} at the same moment. Not saved: please look at it again and repeat."
        )

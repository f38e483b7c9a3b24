"""The exact answers that Teams takes for an invoke, as JSON. All go out as HTTP 200: the outcome is in the body."""

from __future__ import annotations

import json

from bot.arrivals import PressAnswer

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"

NOTED = "Thank you, that has arrived."
SORRY = "Sorry, something went wrong on our side. Please try again in a minute."
NOT_READABLE = "That button could not be read. Please ask for the card again."
NOT_OURS = "Chairside cannot do that. Write help to see what it can do."
NOT_REFRESHED = "Please press a button to see what is current."


def pressed(answer: PressAnswer | None) -> str:
    """An empty sentence would show as an error and make Teams press again, so there is always one."""
    if answer is not None and answer.card is not None:
        return f'{{"statusCode": 200, "type": "{CARD}", "value": {answer.card.text}}}'
    return said((answer.sentence if answer is not None else None) or NOTED)


def said(sentence: str) -> str:
    return json.dumps({"statusCode": 200, "type": MESSAGE, "value": sentence})


def not_readable() -> str:
    return _error(400, "BadRequest", NOT_READABLE)


def faulted() -> str:
    return _error(500, "Fault", SORRY)


def said_in_a_dialog(sentence: str) -> str:
    return json.dumps({"task": {"type": "message", "value": sentence}})


def _error(status: int, code: str, sentence: str) -> str:
    return json.dumps({"statusCode": status, "type": ERROR, "value": {"code": code, "message": sentence}})

"""A request that is answered at the door with a status, before anything of it is believed."""

from __future__ import annotations

from http import HTTPStatus


class TurnedAway(Exception):
    """`reason` is a fixed word for the log; nothing that the caller sent is ever in it."""

    def __init__(self, status: HTTPStatus, reason: str, retry_after_seconds: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds


def bad_shape(reason: str) -> TurnedAway:
    return TurnedAway(HTTPStatus.BAD_REQUEST, reason)


def not_known(reason: str) -> TurnedAway:
    return TurnedAway(HTTPStatus.UNAUTHORIZED, reason)


def not_allowed(reason: str) -> TurnedAway:
    return TurnedAway(HTTPStatus.FORBIDDEN, reason)

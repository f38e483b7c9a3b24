"""What is logged: one JSON object a line, with ids and codes alone; never what people wrote."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Final, TextIO

# The rooms of this house. Their sentences are written with care; those of libraries quote whatever they were handed.
OUR_LOGGERS: Final = frozenset(
    {"chairside", "bot", "dialogs", "storage", "cards", "pages", "documents", "discussions", "__main__"}
)
PLACES_SHOWN: Final = 6
_USUAL: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def describe_without_words(fault: BaseException) -> str:
    """Type and place alone: an exception's message may quote what people wrote."""
    frames = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(fault.__traceback__)]
    return f"{type(fault).__name__} at {' > '.join(frames[-PLACES_SHOWN:])}"


class JsonLines(logging.Formatter):
    """What `extra` holds becomes keys of its own, as long as it is an id, a code or a number."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _say_event(record),
        }
        line |= {name: _plain(value) for name, value in vars(record).items() if name not in _USUAL}
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            line["fault"] = describe_without_words(fault)
        return json.dumps(line, ensure_ascii=False)


def _say_event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in OUR_LOGGERS:
        return record.getMessage()
    return f"{record.module}.{record.funcName}, line {record.lineno}"


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float) else type(value).__name__


def set_up_logging(stream: TextIO) -> None:
    """Ours from information on, libraries' from warnings on; in place of whatever was set up before."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OUR_LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
    # Otherwise a log line that can't be made prints its parts as they are.
    logging.raiseExceptions = False

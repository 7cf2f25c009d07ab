"""Structured logs: an event and ids, never a text, a note, a strength or a token.

Libraries' own loggers speak through the same pipe from WARNING on, and only as the name of the
logger and the kind of the exception: their messages may carry addresses with the token in them.
An exception is named by its kind and the places in the code it came through: its own words, and the
values in its trace, may quote what somebody wrote.
"""

import logging
import sys
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog

_DEEPEST = 4


def _without_words(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Put the kind of an exception, and where it was raised, in place of all that it says."""
    given = event.pop("exc_info", None)
    fault = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if fault is not None:
        event.setdefault("kind", type(fault).__name__)
        event.setdefault("where", _places(fault.__traceback__))
    return event


def _places(trace: TracebackType | None) -> list[str]:
    """Return the last places of a trace as ``file:line``, innermost last."""
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames]


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_words,
]


class _NamesOnly(logging.Handler):
    """Passes a foreign record on without its message."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log who spoke and the kind of the exception."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        place = f"{record.module}:{record.lineno}"
        structlog.get_logger(record.name).warning("library_warning", place=place, kind=kind)


def set_up_logs(*, for_people: bool) -> None:
    """Write logs to standard error, one line each: JSON, or plain words ``for_people``."""
    last: Any = structlog.processors.JSONRenderer()
    if for_people:
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*_SHARED, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_NamesOnly(level=logging.WARNING)]
    root.setLevel(logging.WARNING)

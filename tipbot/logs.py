"""Structured logs: an event and ids, never a text, a note, a strength or a token.

Libraries' own loggers speak through the same pipe from WARNING on, and only as the name of the
logger and the kind of the exception: their messages may carry addresses with the token in them.
An exception is named by its kind and the places in the code it came through: its own words, and the
values in its trace, may quote what somebody wrote.
"""

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog

_DEEPEST = 4
_QUIET_FOR = 60.0
"""Seconds for which a library's warning is not repeated."""


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
    """Passes a foreign record on without its message, the same one once a minute at most.

    A pool that cannot reach its server warns at each attempt; the next line says how often.
    """

    def __init__(self, level: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(level)
        self._monotonic = monotonic
        self._quiet: dict[tuple[str, str, str | None], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Log who spoke and the kind of the exception."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        said = (record.name, f"{record.module}:{record.lineno}", kind)
        until, unsaid = self._quiet.get(said, (0.0, 0))
        now = self._monotonic()
        if now < until:
            self._quiet[said] = (until, unsaid + 1)
            return
        self._quiet[said] = (now + _QUIET_FOR, 0)
        more = {"unsaid": unsaid} if unsaid else {}
        structlog.get_logger(record.name).warning(
            "library_warning", logger=record.name, place=said[1], kind=kind, **more
        )


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


def hush_crashes() -> Callable[[BaseException], None]:
    """Let what nobody caught end in one line without its words, in whichever thread it was.

    Returns what writes that line. An error's text may hold an address with the token in it, or what
    somebody wrote.
    """
    log = structlog.get_logger(__name__)

    def crashed(fault: BaseException | None, thread: str | None = None) -> None:
        if isinstance(fault, SystemExit | KeyboardInterrupt) or fault is None:
            return
        where = _places(fault.__traceback__)
        log.critical("crashed", kind=type(fault).__name__, where=where, thread=thread)

    sys.excepthook = lambda _, fault, __: crashed(fault)
    sys.unraisablehook = lambda lost: crashed(lost.exc_value)
    threading.excepthook = lambda lost: crashed(
        lost.exc_value, lost.thread.name if lost.thread else None
    )
    return crashed

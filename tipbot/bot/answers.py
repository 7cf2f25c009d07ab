"""What an answer of the Bot API says, and what it proves that there is none.

Telegram has no idempotency key, so whoever sends must know whether a failed call may have taken
effect: the errors tell 'never left' from 'in doubt'. None of them carries the URL, which holds the
bot's token, and no broken answer is quoted.
"""

import json
from datetime import timedelta
from typing import Any

from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest


class NotSentError(NetworkError):
    """The request provably never reached Telegram: it may be made again without a second copy."""

    __slots__ = ()


class NotSentInTimeError(NotSentError, TimedOut):
    """No connection, or no free place in the pool, within the time allowed."""

    __slots__ = ()


class DoubtfulError(NetworkError):
    """The request was at least partly written and not wholly answered: it may have taken effect."""

    __slots__ = ()


class NoAnswerInTimeError(DoubtfulError, TimedOut):
    """The request was written, and no answer came within the time allowed."""

    __slots__ = ()


class FloodError(RetryAfter):
    """429 with the wait as a timedelta, whatever PTB_TIMEDELTA says, so that nothing warns."""

    __slots__ = ()

    @property
    def retry_after(self) -> timedelta:
        """How long Telegram wants to be left alone."""
        return self._retry_after


def seconds_of(flood: RetryAfter) -> float:
    """Return how long a 429 asks to wait, whatever form PTB would give it in."""
    return flood._retry_after.total_seconds()  # noqa: SLF001 - the public property may warn


async def result_of(status: int, payload: bytes) -> Any:
    """Return the ``result`` of an answer to a POST, or raise what PTB raises for it.

    Also ``FloodError`` for a 429 that names a wait, ``DoubtfulError`` for what is no answer.
    """
    if 200 <= status <= 299:
        answer = read_answer(payload)
        if "result" in answer:
            return answer["result"]
    return await _Heard(status, payload).post("")


def read_answer(payload: bytes) -> dict[str, Any]:
    """Return the answer's JSON object; raise ``DoubtfulError`` if it is none."""
    answer = _json_object(payload)
    if answer is not None:
        return answer
    message = "The server's answer is not from the Bot API"
    raise DoubtfulError(message)


def checked(method: str, status: int, payload: bytes) -> tuple[int, bytes]:
    """Give PTB only what it can read: it fails on a 200 without a result, and quotes a bad body.

    Raises ``FloodError`` for a 429 that names a wait, ``DoubtfulError`` for a 200 to a POST that
    says nothing.
    """
    if 200 <= status <= 299:
        if method == "POST" and b'"result"' not in payload:
            message = f"The server's answer is not from the Bot API ({status})"
            raise DoubtfulError(message)
        return status, payload
    answer = _json_object(payload) or {}
    wait = (answer.get("parameters") or {}).get("retry_after")
    if status == 429 and isinstance(wait, int) and wait > 0:
        raise FloodError(wait)
    return status, payload if answer else b'{"ok": false}'


def _json_object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


class _Heard(BaseRequest):
    """An answer that is there already, to be read as PTB reads it."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = checked("POST", status, payload)

    @property
    def read_timeout(self) -> None:
        """Nothing is waited for."""

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Return the answer."""
        return self._answer

"""The last calls of the bot: a developer's window into what it really sends."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import asdict, dataclass

from tipbot.sandbox.errors import Json
from tipbot.sandbox.forms import Form

KEPT_CALLS = 500
_LONGEST_VALUE = 2000
_HIDDEN = {"secret_token"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call as it came and as it was answered; never with the token or another secret.

    `fault` names the fault that hit it, if one did.
    """

    number: int
    at: str
    method: str
    parameters: dict[str, str]
    status: int
    outcome: str
    milliseconds: int
    fault: str = ""

    def as_json(self) -> Json:
        """Return the call as the control API shows it."""
        return asdict(self)


class CallLog:
    """The newest calls, oldest first; polls that bring nothing new are left out."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._numbers = itertools.count(1)
        self._newest_update = 0

    def __iter__(self) -> itertools.chain[Call]:
        return itertools.chain(self._calls)

    def next_number(self) -> int:
        """Return the number for the next call."""
        return next(self._numbers)

    def brings_news(self, updates: list[Json]) -> bool:
        """Tell whether a poll hands over an update that none before it did, and remember it."""
        newest = max((update["update_id"] for update in updates), default=0)
        fresh = newest > self._newest_update
        self._newest_update = max(newest, self._newest_update)
        return fresh

    def add(self, call: Call) -> None:
        """Remember a call."""
        self._calls.append(call)

    def clear(self) -> None:
        """Forget all calls."""
        self._calls.clear()

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [call for call in self._calls if call.method.lower() == method.lower()]


def shown_parameters(form: Form) -> dict[str, str]:
    """Return a call's parameters for the log: secrets hidden, long values cut, files named."""
    shown = {name: _shown(name, value) for name, value in form.values.items()}
    for name, upload in form.uploads.items():
        shown[name] = f"{upload.name} ({upload.mime}, {len(upload.data)} bytes)"
    return shown


def _shown(name: str, value: str) -> str:
    if name in _HIDDEN:
        return "(hidden)"
    return value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"

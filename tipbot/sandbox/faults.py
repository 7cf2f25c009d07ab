"""Faults on demand: what the network and Telegram do to a bot on a bad day."""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from tipbot.sandbox.errors import ApiError, Json, failure, forbidden, too_many_requests

FaultKind = Literal["blocked", "flood", "error", "drop_before", "drop_after", "slow"]
"""blocked: 403; flood: 429; error: 500; drop_before and drop_after: the connection breaks before
the call is accepted, or after it took effect; slow: it takes effect, its answer comes late."""
POLLING = "getupdates"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: which calls it hits and how often (`times`, None for ever).

    An empty `method` hits every method but getUpdates; `chat_id` 0 hits every chat; `seconds` is
    what a flood asks to wait, or how late a slow answer comes.
    """

    kind: FaultKind
    method: str = ""
    chat_id: int = 0
    times: int | None = 1
    seconds: float = 5.0
    id: int = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            msg = (
                f"no fault is called {self.kind!r}: choose one of {', '.join(get_args(FaultKind))}"
            )
            raise ValueError(msg)

    def hits(self, method: str, chat_id: int) -> bool:
        """Return whether a call of `method` (lower case) in a chat is hit."""
        named = self.method.lower()
        right_method = method == named if named else method != POLLING
        return right_method and self.chat_id in {0, chat_id}

    def refusal(self) -> ApiError | None:
        """Return what Telegram would say, None when it is no refusal."""
        if self.kind == "blocked":
            return forbidden("bot was blocked by the user")
        if self.kind == "flood":
            return too_many_requests(max(1, round(self.seconds)))
        if self.kind == "error":
            return failure()
        return None

    def as_json(self) -> Json:
        """Return the fault as the control API shows it."""
        return asdict(self)


class Faults:
    """The faults that are waiting for their calls."""

    def __init__(self) -> None:
        self._waiting: dict[int, Fault] = {}
        self._ids = itertools.count(1)

    def __iter__(self) -> itertools.chain[Fault]:
        return itertools.chain(self._waiting.values())

    def add(self, fault: Fault) -> Fault:
        """Set a fault up and return it with its id."""
        fault.id = next(self._ids)
        self._waiting[fault.id] = fault
        return fault

    def remove(self, fault_id: int) -> None:
        """Call a fault off."""
        self._waiting.pop(fault_id, None)

    def clear(self) -> None:
        """Call all faults off."""
        self._waiting.clear()

    def take(self, method: str, chat_id: int) -> Fault | None:
        """Return the first fault that hits a call, and count it."""
        for fault in self._waiting.values():
            if fault.hits(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        del self._waiting[fault.id]
                return fault
        return None

"""Rate limits like Telegram's, off until switched on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from tipbot.sandbox.errors import ApiError, too_many_requests

_COUNTED = ("send", "copy", "forward", "edit")
_FREE = {"sendchataction"}


@dataclass(frozen=True, slots=True)
class Pace:
    """So many calls a second, and so many at once before the pace holds."""

    per_second: float
    burst: int


OVERALL = Pace(30, 30)
"""Messages a second to all chats together (core.telegram.org/bots/faq#broadcasting-to-users)."""
PER_CHAT = Pace(1, 3)
"""Messages a second to one chat; short bursts pass (same page)."""
GROUP = Pace(20 / 60, 20)
"""Messages a minute to one group (same page)."""


class RateLimits:
    """Counts what the bot sends and refuses what is too fast; times in seconds of `monotonic`."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._free_at: dict[int, float] = {}
        self.enabled = False

    def check(self, method: str, chat_id: int) -> ApiError | None:
        """Return a 429 when a call (lower case) comes too fast; otherwise count it."""
        if not self.enabled or not method.startswith(_COUNTED) or method in _FREE:
            return None
        paces = {0: OVERALL, chat_id: GROUP if chat_id < 0 else PER_CHAT}
        now = self._monotonic()
        waits = [self._wait(key, pace, now) for key, pace in paces.items()]
        if max(waits) > 0:
            return too_many_requests(math.ceil(max(waits)))
        for key, pace in paces.items():
            self._free_at[key] = max(now, self._free_at.get(key, 0.0)) + 1 / pace.per_second
        return None

    def _wait(self, key: int, pace: Pace, now: float) -> float:
        """Return how long a key must still wait: the generic cell rate algorithm."""
        ahead = self._free_at.get(key, 0.0) - now
        return ahead - (pace.burst - 1) / pace.per_second if ahead > 0 else 0.0

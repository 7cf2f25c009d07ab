"""The pace of each chat, beside the budget of all."""

from tipbot.delivery.budget import Lane
from tipbot.delivery.meter import Meter

CHAT_INTERVAL = 1.05
"""Seconds; a little more than the one a second that Telegram names, as networks jitter."""
_BURST = 3
"""Messages that a chat may get at once: the first tip follows the replies that led to it."""
_MANY_CHATS = 10_000


class Chats:
    """The pace of each chat: one message a second, replies and tips three at once. Pure."""

    def __init__(self) -> None:
        self._meters: dict[int, Meter] = {}

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._meters)

    def ready_at(self, chat: int, lane: Lane) -> float:
        """Return the earliest moment for the next message of this lane to ``chat``."""
        meter = self._meters.get(chat)
        slack = 0.0 if lane is Lane.ANNOUNCEMENT else CHAT_INTERVAL * (_BURST - 1)
        return float("-inf") if meter is None else meter.ready_at(slack)

    def take(self, chat: int, now: float) -> None:
        """Count a message to ``chat`` at ``now``."""
        if len(self._meters) >= _MANY_CHATS:
            self._meters = {key: each for key, each in self._meters.items() if each.turn > now}
        self._meters.setdefault(chat, Meter()).take(now, CHAT_INTERVAL)

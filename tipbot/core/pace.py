"""The numbers of the one budget of messages: its share of the rate, and what a flood does to it.

Telegram answers 429 when it has had enough (its FAQ for bots, 'My bot is hitting limits').
"""

from dataclasses import dataclass
from datetime import datetime

SHARE = 0.97
"""The part of the rate that is used; the rest makes room for timers that are a little late."""
SLOW_DOWN = 0.7
"""What a flood leaves of the pace, once an incident."""
SLOWEST = 0.1
"""The part of the full pace that is left however many floods there were."""
RECOVERY = 0.01
"""Part of the full pace that comes back in each second after a flood."""
URGENT = "urgent"
"""Marks a message that waits for no turn of its own bot: the warning signs. Telegram may refuse it
like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What Telegram asked for with a 429."""

    heard_at: datetime
    until: datetime
    """No message goes before."""
    factor: float
    """The part of the full pace that is left then."""

"""How much costly work somebody may ask for: a burst, then as much as comes back with time."""

from collections import OrderedDict
from datetime import datetime, timedelta

from tipbot.core.model import SubscriberId

BURST = 20
"""Units at once: a chart is one. Somebody who looks at every chart there is stays below it."""
REFILL = timedelta(seconds=3)
"""The time in which one unit comes back."""
_MOST = 10_000


class Allowance:
    """Remembers for each person when all of their units will be back (GCRA); forgets the oldest.

    It is a convenience of one process: after a restart everybody has all of it again.
    """

    def __init__(self, burst: int = BURST, refill: timedelta = REFILL, most: int = _MOST) -> None:
        """Let everybody have ``burst`` units."""
        self._burst, self._refill, self._most = burst, refill, most
        self._full: OrderedDict[SubscriberId, datetime] = OrderedDict()

    def take(self, who: SubscriberId, cost: int, now: datetime) -> timedelta | None:
        """Take units and return None; take none and return how long to wait if too few are left."""
        room = self._burst * self._refill
        full = min(max(self._full.get(who, now), now), now + room) + cost * self._refill
        if full - now > room:
            return full - now - room
        self._full[who] = full
        self._full.move_to_end(who)
        if len(self._full) > self._most:
            self._full.popitem(last=False)
        return None

    def forget(self, who: SubscriberId) -> None:
        """Know nothing of a person any more."""
        self._full.pop(who, None)

"""Remembers what the figures of past days were, so that a month of them is counted once."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from tipbot.core.figures import CLOSED_AFTER, Bounds, DayFigures
from tipbot.store.base import Counted

_MOST = 200

_Key = tuple[datetime, datetime]


class DayBook:
    """Keeps the figures of days that are closed; those of later ones are counted anew."""

    def __init__(self, most: int = _MOST) -> None:
        """Know nothing yet."""
        self._most = most
        self._days: OrderedDict[_Key, DayFigures] = OrderedDict()

    async def read(
        self, store: Counted, days: Sequence[Bounds], now: datetime
    ) -> tuple[DayFigures, ...]:
        """Return the figures of some days, in their order, each counted in one short read."""
        return tuple([await self._one(store, day, now) for day in days])

    async def _one(self, store: Counted, day: Bounds, now: datetime) -> DayFigures:
        key = (day.start, day.end)
        known = self._days.get(key)
        if known is not None:
            self._days.move_to_end(key)
            return known
        found = await store.day_figures(day.start, day.end)
        if day.end + CLOSED_AFTER <= now:
            self._days[key] = found
            if len(self._days) > self._most:
                self._days.popitem(last=False)
        return found

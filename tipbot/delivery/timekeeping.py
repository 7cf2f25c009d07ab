"""Notices that the wall clock was put back, and lets no plan wait for a time that never was.

While a clock is ahead, plans are set to slots after the time that it shows. Once it is put right
they would stay silent until that time comes, which may be years away.
"""

from datetime import datetime, timedelta

import structlog

from tipbot.clock import CLOCKS_AGREE, Clock
from tipbot.core.model import PlanId
from tipbot.core.schedule import rescheduled
from tipbot.delivery.patience import in_steps
from tipbot.store.base import Timekeeping

NOTED_EVERY = timedelta(minutes=1)
"""So long, too, the latest time is kept once plans were set back: another process may learn of it
some seconds later, and plan by the wrong time until then."""
_BATCH = 100

log = structlog.get_logger(__name__)


class Timekeeper:
    """Looks at the clock before each batch is planned; keeps in the store how late it has been.

    One that was put back while nothing ran is noticed at the first look; one that was ahead for
    another process alone, within a minute. A minute later all plans are looked at once more.
    """

    def __init__(self, store: Timekeeping, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._noted: datetime | None = None
        self._put_back_at: datetime | None = None
        """The first look at a clock that was put back, until the latest time is."""

    async def look(self) -> datetime:
        """Return the present time, once plans are set back if the clock was, and it is kept.

        Raises ``StoreUnavailableError`` to be asked again. What has a delivery gets no second one:
        its slot is known by date and minute.
        """
        now, noted = self._clock(), self._noted
        if noted is None or not noted <= now < noted + NOTED_EVERY:
            latest = await self._store.note_time(now)
            if latest - now < CLOCKS_AGREE:
                self._put_back_at = None
            else:
                await self._heed(latest, now)
            self._noted = now
        return now

    async def _heed(self, latest: datetime, now: datetime) -> None:
        if self._put_back_at is None or now < self._put_back_at:
            log.warning("clock_put_back", seconds=round((latest - now).total_seconds()))
            self._put_back_at = now
        last = PlanId(0)

        async def set_some() -> bool:
            nonlocal last
            found = await self._store.set_anew(
                last, now, _BATCH, lambda plan, owner: rescheduled(plan, owner, now)
            )
            last = last if found is None else found
            return found is not None

        await in_steps(set_some)
        if now - self._put_back_at >= NOTED_EVERY:
            await self._store.put_time_back(latest, now)

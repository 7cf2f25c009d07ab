"""Thins what is over and old: nothing but settings and the log is kept for longer.

It also clears the database's files of those who were removed, some minutes after they were.
"""

import structlog

from tipbot.clock import Clock
from tipbot.core.holdings import RECORDS_KEPT
from tipbot.delivery.schedule import Tick
from tipbot.store.base import DataRights

THINNED_AT_ONCE = 500
"""Rows of a kind in one transaction, so that no tap waits behind a long one."""
_MOST_BATCHES = 100
_SECONDS = 600.0

log = structlog.get_logger(__name__)


def retention_tick(store: DataRights, clock: Clock) -> Tick:
    """Return the tick that removes records older than ``RECORDS_KEPT``, in bounded batches."""

    async def thin() -> None:
        await thin_out()
        await store.scrub()

    async def thin_out() -> None:
        for _ in range(_MOST_BATCHES):
            now = clock()
            thinned = await store.thin_records(now, now - RECORDS_KEPT, THINNED_AT_ONCE)
            if thinned.most:
                log.info(
                    "records_thinned",
                    deliveries=thinned.deliveries,
                    taps=thinned.taps,
                    questions=thinned.questions,
                    answers=thinned.answers,
                )
            if thinned.most < THINNED_AT_ONCE:
                return

    return Tick("thin", _SECONDS, thin, once=True)

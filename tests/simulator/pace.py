"""A process's way to the one pace of the town: its store's way, and as often away."""

from collections.abc import Callable
from contextvars import copy_context
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.delivery.pace import Process as Way
from tests.delivery.pace import Row
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError

if TYPE_CHECKING:
    from tests.simulator.process import Process


class TownPace(Way):
    """What ``base.Cluster`` offers for the pace, to a process that may die or lose its store."""

    def __init__(self, row: Row, process: "Process", heard: Callable[[float], None]) -> None:
        """``heard`` is told for how many seconds everybody waits, once the row knows it."""
        super().__init__(row)
        self._process = process
        self._heard = heard

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take places; the answer may find nobody alive."""
        await self._reach()
        places = await super().reserve_places(wanted)
        await self._reach()
        return places

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        """Let the row know of a flood."""
        await self._reach()
        places = await super().report_flood(wait, age)
        self._heard(places.paused_until - places.now)
        return places

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Listen as long as the process lives; what comes of it is the process's own doing."""
        context, process = copy_context(), self._process

        def hear(words: str) -> None:
            if process.alive:
                context.copy().run(listener, words)

        super().hear(subject, hear)

    async def _reach(self) -> None:
        await self._process.boundary("pace")
        if self._process.database is None or self._process.database.away:
            raise StoreUnavailableError

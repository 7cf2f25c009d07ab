"""A driver that says how long it took."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from time import perf_counter
from typing import TypeVar

from tipbot.core.measures import Access, Measures
from tipbot.store.base import StoreUnavailableError
from tipbot.store.database import Database, Dialect, Transaction

T = TypeVar("T")


class MeasuredDatabase:
    """Hands everything on to another driver and reports each transaction."""

    def __init__(self, database: Database, measures: Measures) -> None:
        self._database = database
        self._measures = measures

    @property
    def dialect(self) -> Dialect:
        """Which database it speaks to."""
        return self._database.dialect

    async def open(self) -> None:
        """Connect and migrate the schema forward."""
        await self._database.open()

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent snapshot."""
        return await self._timed(Access.READ, self._database.read, body)

    async def write(
        self,
        body: Callable[[Transaction], T],
        *,
        later: bool = False,
        repeatable: bool = False,
    ) -> T:
        """Run ``body`` and return once its effect is on disk."""
        write = partial(self._database.write, later=later, repeatable=repeatable)
        return await self._timed(Access.WRITE, write, body)

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that was written so far is on disk."""
        return self._database.flushed()

    async def scrub(self, *, rebuild: bool) -> bool:
        """Take what was removed out of the database's own files; this is no transaction."""
        return await self._database.scrub(rebuild=rebuild)

    async def _timed(
        self,
        access: Access,
        run: Callable[[Callable[[Transaction], T]], Awaitable[T]],
        body: Callable[[Transaction], T],
    ) -> T:
        began, done = perf_counter(), True
        try:
            return await run(body)
        except StoreUnavailableError:
            done = False
            raise
        finally:
            self._measures.stored(access, perf_counter() - began, done=done)

"""The real SQLite driver, its readers and its group writer, driven without threads.

Bodies run in the caller's thread at moments of virtual time; between handing a write in, its commit
and its caller hearing of it there is time to die. A death between two commits is all there is: what
SQLite does with half a commit is its own business, and tests/store/test_crash.py asks it.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tests.simulator.connections import Connections, Pair
from tipbot.store.base import StoreUnavailableError
from tipbot.store.checkpointer import Checkpointer
from tipbot.store.database import Transaction
from tipbot.store.flusher import Flusher, Then
from tipbot.store.sqlite import SqliteDatabase, SqliteTransaction
from tipbot.store.writer import GroupWriter

if TYPE_CHECKING:
    from tests.simulator.process import Process

T = TypeVar("T")


class AtOnce(Flusher):
    """Answers as soon as a commit is made: no power is ever lost here."""

    def __init__(self) -> None:
        super().__init__(lambda: None, lambda: None)

    def ask(self, then: Then) -> None:
        """Flush nothing, and say so."""
        self._serve([(self._committed, then)])


class InlineSqlite(SqliteDatabase):
    """One process's way to the file; what it does becomes part of the journal."""

    def __init__(self, connections: Connections, process: "Process") -> None:
        super().__init__(connections.path)
        self._process = process
        self._connections = connections
        self._pair: Pair | None = None
        self._group: GroupWriter | None = None
        self._flush: asyncio.TimerHandle | None = None
        self.away = False
        """While this is set no transaction begins, and what was handed in is not committed."""

    @property
    def writing(self) -> bool:
        """Whether something was handed in and is not committed."""
        return self._flush is not None

    async def open(self) -> None:
        """Connect; the file has its schema."""
        self._pair = writer, reader = self._connections.take()
        self._readers.put(reader)
        flusher, time = AtOnce(), asyncio.get_running_loop().time
        self._group = GroupWriter(writer, flusher, Checkpointer(lambda: writer, flusher), time)

    async def close(self) -> None:
        """Let go of the file."""
        self.abandon()

    def abandon(self) -> None:
        """Let go of the file as a death does: what was not committed is gone."""
        if self._flush is not None:
            self._flush.cancel()
        self._group = None
        if self._pair is not None:
            self._connections.give_back(self._pair)
            self._pair = None

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Read on a snapshot, after a short while."""
        await self._process.spend("read")
        self._check()
        return self._read(body)

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done: no power is ever lost here."""
        assert self._group is not None
        return self._group.flushed()

    async def scrub(self, *, rebuild: bool) -> bool:
        """Do nothing: what stands in the gaps of the file is nothing of the simulator's."""
        del rebuild
        return True

    async def write(
        self,
        body: Callable[[Transaction], T],
        *,
        later: bool = False,
        repeatable: bool = False,
    ) -> T:
        """Hand a body to the group writer, and return once its group is committed."""
        await self._process.boundary("write")
        self._check()
        assert self._group is not None
        journal = self._connections.journal

        def noted(connection: sqlite3.Connection) -> T:
            ran: T = journal.run(lambda own: body(SqliteTransaction(own)), connection)
            return ran

        future = self._group.submit(noted, later=later, repeatable=repeatable)
        if self._flush is None:
            delay = self._process.delay("commit")
            self._flush = asyncio.get_running_loop().call_later(delay, self._commit)
        result: T = await future
        await self._process.boundary("committed")
        return result

    def _check(self) -> None:
        if self.away or self._group is None:
            message = "the store is away"
            raise StoreUnavailableError(message)

    def _commit(self) -> None:
        """Do the work of the writer's thread, and perhaps die before anybody hears of it."""
        self._flush = None
        if self._group is None or not self._process.alive:
            return
        if self.away:
            with self._connections.locked():
                self._carry_out(self._group)
        else:
            self._carry_out(self._group)
        self._process.burn("commit")

    def _carry_out(self, writer: GroupWriter) -> None:
        while (job := writer._waiting.next()) is not None:
            writer._carry_out(job)
            self._connections.journal.settle()

"""One thread that writes to SQLite and commits what waits in groups.

Each body runs in a savepoint of its own and the group is committed. Whoever asked for what must
last hears of it after a flush to disk, which another thread sees to (``flusher``), so that nothing
that is written waits for a disk. What can wait lets everything else go first, and joins no group
that somebody waits for.
"""

import asyncio
import contextlib
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from tipbot.store.base import StoreUnavailableError
from tipbot.store.checkpointer import Checkpointer
from tipbot.store.flusher import Flusher

MOST = 256
"""Bodies in one group."""
LONGEST = 0.010
"""Seconds after which a group takes no further body."""
PATIENCE = 0.25
"""Seconds after which a body that can wait has waited long enough to begin a group."""

# Codes that say that the database, not the statement, is at fault:
# https://www.sqlite.org/rescode.html
_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


_FAULTS = (sqlite3.Error, MemoryError)
"""What SQLite may raise; the latter where it has no memory left."""


def unavailable(error: BaseException) -> bool:
    """Tell whether an error means that the database cannot serve, rather than a wrong statement."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return isinstance(error, sqlite3.Error) and (code & 0xFF) in _UNAVAILABLE


@dataclass(slots=True, eq=False)
class _Job:
    body: Callable[[sqlite3.Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    came: float
    later: bool = False
    repeatable: bool = False
    alone: bool = False
    result: Any = None
    error: BaseException | None = None


class _Waiting:
    """What waits for the thread, in order of its coming but for what can wait."""

    def __init__(self) -> None:
        self._come: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._soon: deque[_Job] = deque()
        self._later: deque[_Job] = deque()
        self._last = False
        self._favoured = False

    def put(self, job: _Job | None) -> None:
        """Add a body, or None after the last; from any thread."""
        self._come.put(job)

    def put_back(self, job: _Job) -> None:
        """Let a body that was taken be the next again."""
        self._soon.appendleft(job)

    def get(self, oldest: float) -> _Job | None:
        """Wait for a body and take it as ``first`` does; None once there are no more to come."""
        job = self.first(oldest)
        if job is None and not self._last:
            self._sort(self._come.get())
            job = self.first(oldest)
        return job

    def first(self, oldest: float) -> _Job | None:
        """Take what a group begins with, None if there is nothing.

        What can wait and came before ``oldest`` has its turn before what somebody waits for, but
        not twice on end.
        """
        self._sort_all()
        self._favoured = not self._favoured and bool(self._later) and self._later[0].came < oldest
        return self._later.popleft() if self._favoured else self.next()

    def next(self, *, later: bool = True) -> _Job | None:
        """Take what comes next, None if there is nothing, or only what comes ``later``."""
        self._sort_all()
        if self._soon:
            return self._soon.popleft()
        return self._later.popleft() if later and self._later else None

    def _sort_all(self) -> None:
        while not self._come.empty():
            self._sort(self._come.get())

    def _sort(self, job: _Job | None) -> None:
        if job is None:
            self._last = True
        else:
            (self._later if job.later else self._soon).append(job)


class GroupWriter:
    """Owns a connection in autocommit mode, and the thread that alone uses it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        flusher: Flusher,
        checkpointer: Checkpointer,
        monotonic: Callable[[], float] = time.monotonic,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Take over ``connection``; ``start`` begins the work.

        ``flusher`` puts its commits on disk, which need not flush by themselves; ``checkpointer``
        moves them from the log into the file.
        ``check`` is called before each group and raises ``sqlite3.Error`` to have it refused.
        """
        self._connection = connection
        self._monotonic = monotonic
        self._check = check
        self._flusher = flusher
        self._checkpointer = checkpointer
        self._waiting = _Waiting()
        self._door = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._work, name="tipbot-writer", daemon=True)

    def start(self) -> None:
        """Start the threads."""
        self._checkpointer.start()
        self._flusher.start()
        self._thread.start()

    def submit(
        self,
        body: Callable[[sqlite3.Connection], Any],
        *,
        later: bool = False,
        repeatable: bool = False,
        alone: bool = False,
    ) -> asyncio.Future[Any]:
        """Queue a body; the future is done once its effect is on disk, or nothing of it is.

        One that comes ``later`` can wait: nobody looks at a screen for it. For one that is
        ``repeatable`` the future is done once it is committed, which the end of this process cannot
        undo: it may be lost with the machine's power until ``flushed``. One that is ``alone`` runs
        outside of any transaction. Where the disk refuses a flush, nobody knows which it is.
        """
        loop = asyncio.get_running_loop()
        job = _Job(body, loop, loop.create_future(), self._monotonic(), later, repeatable, alone)
        with self._door:
            if not self._open:
                message = "the store is closed"
                raise StoreUnavailableError(message)
            self._waiting.put(job)
        return job.future

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that was committed for somebody is on disk.

        After a refusal of the disk, it is tried anew.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        if self._flusher.done:
            future.set_result(None)
        elif self._flusher.refused:
            return self.submit(_nothing)  # which has it made good
        else:
            waiting = _Job(_nothing, loop, future, self._monotonic())
            self._flusher.ask(partial(_answer_flushed, [waiting]))
        return future

    def finish(self) -> None:
        """Commit all that was queued and close the connection; blocks, and may be called twice."""
        with self._door:
            if self._open:
                self._open = False
                self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._waiting.get(self._monotonic() - PATIENCE)) is not None:
            self._carry_out(job)
        self._flusher.finish()
        self._checkpointer.finish()
        with contextlib.suppress(*_FAULTS):  # closing moves the log, too
            self._make_good()
        self._connection.close()

    def _carry_out(self, first: _Job) -> None:
        if first.alone:
            self._carry_out_alone(first)
            return
        group = [first]
        try:
            self._check()
            self._make_good()
            self._checkpointer.make_room(self._connection)
            self._connection.execute("BEGIN IMMEDIATE")
            group.clear()
            for job in self._coming(first):
                group.append(job)
                self._attempt(job)
            self._connection.execute("COMMIT")
        except _FAULTS as error:
            self._flusher.doubt(error)
            self._abandon(group, error)
            _answer(group)
        else:
            self._checkpointer.note(self._connection.total_changes)
            self._see_to_disk(group)

    def _carry_out_alone(self, job: _Job) -> None:
        try:
            self._check()
            self._make_good()
            with self._checkpointer.resting():
                job.result = job.body(self._connection)
        except (*_FAULTS, OSError) as error:
            self._flusher.doubt(error)
            job.error = StoreUnavailableError(str(error))
        self._see_to_disk([job])

    def _see_to_disk(self, group: list[_Job]) -> None:
        """Answer those to whom the commit is enough, and the others after a flush."""
        if any(not (job.later and job.repeatable) for job in group):
            self._flusher.note()
            lasting = [job for job in group if not job.repeatable]
            self._flusher.ask(partial(_answer_flushed, lasting))
        _answer([job for job in group if job.repeatable])

    def _make_good(self) -> None:
        """After a refusal of the disk, have all that was committed written once more.

        No other process writes meanwhile, nor does any empty the log.
        """
        if self._flusher.refused:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                with self._checkpointer.resting():
                    self._flusher.make_good()
            except OSError as refusal:
                raise sqlite3.OperationalError(str(refusal)) from refusal
            finally:
                self._connection.execute("ROLLBACK")

    def _coming(self, first: _Job) -> Iterator[_Job]:
        """Yield the first body and those that wait behind it, within the bounds of a group."""
        began = self._monotonic()
        awaited = not first.later
        yield first
        for _ in range(MOST - 1):
            now = self._monotonic()
            if now > began + LONGEST:
                return
            job = self._waiting.next(later=not awaited)
            if job is None:
                return
            if job.alone:
                self._waiting.put_back(job)
                return
            awaited = awaited or not job.later
            yield job

    def _attempt(self, job: _Job) -> None:
        """Run one body in a savepoint; raise sqlite3.Error only if the whole group is lost."""
        if job.future.cancelled():
            return
        run = self._connection.execute
        run("SAVEPOINT body")
        try:
            job.result = job.body(self._connection)
        except BaseException as error:
            job.error = StoreUnavailableError(str(error)) if unavailable(error) else error
            if not self._connection.in_transaction:
                # A full disk may roll the whole transaction back, and the others' work with it.
                raise sqlite3.OperationalError(str(error)) from error
            run("ROLLBACK TO body")
        run("RELEASE body")

    def _abandon(self, group: list[_Job], error: Exception) -> None:
        """Undo the group, and answer whatever else waits: it would only meet the same fault."""
        if self._connection.in_transaction:
            with contextlib.suppress(*_FAULTS):  # then it is tried again before the next group
                self._connection.execute("ROLLBACK")
        while (job := self._waiting.next()) is not None:
            group.append(job)
        for job in group:
            job.error = job.error or StoreUnavailableError(f"SQLite could not commit: {error}")


def _nothing(_: sqlite3.Connection) -> None:
    """Be the body of who waits for the disk alone."""


def _answer_flushed(group: list[_Job], refused: OSError | None) -> None:
    for job in group:
        if refused is not None:
            job.error = job.error or StoreUnavailableError(f"the disk refused: {refused}")
    _answer(group)


def _answer(group: list[_Job]) -> None:
    for loop, jobs in groupby(group, key=lambda job: job.loop):
        with contextlib.suppress(RuntimeError):  # a closed loop has nobody left who waits
            loop.call_soon_threadsafe(_settle, list(jobs))


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.error)

"""One thread that writes to SQLite and commits what waits in groups.

A flush to disk costs the same for one write as for hundreds, so a group shares it: each body runs
in a savepoint of its own, the group is committed, and only then do the callers hear of it. What can
wait lets everything else go first, and joins no group that somebody waits for. What would be done
again if it were lost makes groups that wait for no flush.
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
from itertools import groupby
from typing import Any

from tipbot.store.base import StoreUnavailableError

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


def unavailable(error: BaseException) -> bool:
    """Tell whether an error means that the database cannot serve, rather than a wrong statement."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return isinstance(error, sqlite3.Error) and (code & 0xFF) in _UNAVAILABLE


@dataclass(slots=True, eq=False)
class _Job:
    body: Callable[[sqlite3.Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    later: bool
    came: float
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

    def next_repeatable(self) -> _Job | None:
        """Take what comes next if that may be lost with the power, None if it is anything else."""
        self._sort_all()
        alike = not self._soon and self._later and self._later[0].repeatable
        return self._later.popleft() if alike else None

    def _sort_all(self) -> None:
        while not self._come.empty():
            self._sort(self._come.get())

    def _sort(self, job: _Job | None) -> None:
        if job is None:
            self._last = True
        else:
            (self._later if job.later else self._soon).append(job)


class GroupWriter:
    """Owns a connection in autocommit mode and the thread that alone uses it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        monotonic: Callable[[], float] = time.monotonic,
        check: Callable[[], None] = lambda: None,
        flush: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """Take over ``connection``; ``start`` begins the work.

        ``check`` is called before each group and raises ``sqlite3.Error`` to have it refused.
        ``flush`` says whether commits flush from now on; at first they do.
        """
        self._connection = connection
        self._monotonic = monotonic
        self._check = check
        self._flush = flush
        self._flushes = True
        self._waiting = _Waiting()
        self._door = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._work, name="tipbot-writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
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

        One that comes ``later`` can wait: nobody looks at a screen for it. One of these that is
        ``repeatable`` may be lost with the machine's power. One that is ``alone`` runs outside of
        any transaction.
        """
        loop = asyncio.get_running_loop()
        came, repeatable = self._monotonic(), later and repeatable
        job = _Job(body, loop, loop.create_future(), later, came, repeatable, alone)
        with self._door:
            if not self._open:
                message = "the store is closed"
                raise StoreUnavailableError(message)
            self._waiting.put(job)
        return job.future

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
        self._connection.close()

    def _carry_out(self, first: _Job) -> None:
        if first.alone:
            self._carry_out_alone(first)
            return
        group = [first]
        try:
            self._check()
            self._let_flush(wanted=not first.repeatable)
            self._connection.execute("BEGIN IMMEDIATE")
            group.clear()
            for job in self._coming(first):
                group.append(job)
                self._attempt(job)
            self._commit()
        except sqlite3.Error as error:
            self._abandon(group, error)
        _answer(group)

    def _carry_out_alone(self, job: _Job) -> None:
        try:
            self._check()
            self._let_flush(wanted=True)
            job.result = job.body(self._connection)
        except (sqlite3.Error, OSError) as error:
            job.error = StoreUnavailableError(str(error))
        _answer([job])

    def _let_flush(self, *, wanted: bool) -> None:
        """Have the next commit flush, or not; within a transaction nobody can say so."""
        if wanted is not self._flushes:
            self._flush(wanted)
            self._flushes = wanted

    def _commit(self) -> None:
        """Make what the group did last."""
        self._connection.execute("COMMIT")

    def _coming(self, first: _Job) -> Iterator[_Job]:
        """Yield the first body and those that wait behind it, within the bounds of a group."""
        began = self._monotonic()
        awaited = not first.later
        yield first
        for _ in range(MOST - 1):
            now = self._monotonic()
            if now > began + LONGEST:
                return
            if first.repeatable:
                job = self._waiting.next_repeatable()
            else:
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

    def _abandon(self, group: list[_Job], error: sqlite3.Error) -> None:
        """Undo the group, and answer whatever else waits: it would only meet the same fault."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        while (job := self._waiting.next()) is not None:
            group.append(job)
        for job in group:
            job.error = job.error or StoreUnavailableError(f"SQLite could not commit: {error}")


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

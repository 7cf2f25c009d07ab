"""One thread that moves what was committed from SQLite's log into its file, while others write.

SQLite does so by itself within every so manyth commit, which then waits for the disk twice
(https://www.sqlite.org/wal.html#ckpt), and whoever taps waits behind it.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from tipbot.store.flusher import Flusher

EVERY = 500
"""Changed rows after which the log is moved: some thousand pages, as SQLite has it by itself."""
LONGEST = 4096
"""Pages in the log, 16 MB, from which on the writer moves the last of them itself.

Only while nobody writes can the log be emptied, and begin anew. Where somebody reads all the while,
that is tried again each time that so many have come to it, not at each look: each try takes
``PATIENCE``.
"""
PATIENCE = timedelta(milliseconds=10)
"""How long that waits for those who read from the log: every tap waits behind it.

Whoever begins to read meanwhile needs the file alone.
"""
_MOVE = "PRAGMA wal_checkpoint(PASSIVE)"
"""Moves what it can while it holds nobody up; the log is flushed before, the file after."""
_EMPTY = "PRAGMA wal_checkpoint(RESTART)"
"""Moves all of it and waits until nobody needs the log, so that the next write begins it anew
(https://www.sqlite.org/pragma.html#pragma_wal_checkpoint)."""


@contextmanager
def waiting_for(connection: sqlite3.Connection, patience: timedelta) -> Iterator[None]:
    """Let a connection wait for others no longer than that; then as long as it did before."""
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    try:
        connection.execute(f"PRAGMA busy_timeout = {patience // timedelta(milliseconds=1)}")
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")


class Checkpointer:
    """Owns a connection and the thread that moves the log through it."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], flusher: Flusher) -> None:
        """Take note of how to connect; ``start`` does so, and begins the work.

        Nothing is moved while ``flusher`` has a refusal to make good: the file is written over only
        once the log, from which it would be mended, is on disk.
        """
        self._connect = connect
        self._flusher = flusher
        self._wanted = threading.Semaphore(0)
        self._moving = threading.Lock()
        self._moved_at = 0
        self._open = True
        self._too_long = False
        self._longest = LONGEST
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Connect and start the thread; raise ``sqlite3.Error`` if there is no way to the file."""
        work, connection = self._work, self._connect()
        self._thread = threading.Thread(
            target=work, args=(connection,), name="tipbot-checkpointer", daemon=True
        )
        self._thread.start()

    def note(self, changes: int) -> None:
        """Hear how many rows the writer has ever changed, after each commit; on its thread."""
        if changes >= self._moved_at + EVERY:
            self._moved_at = changes
            self._wanted.release()

    def make_room(self, writer: sqlite3.Connection) -> None:
        """Empty a log that is too long, through the writer's own connection, between its commits.

        Most of the time it does nothing. Raises ``sqlite3.Error`` if the disk has no room.
        """
        if self._too_long:
            with self.resting(), waiting_for(writer, PATIENCE):
                busy, pages, _ = writer.execute(_EMPTY).fetchone()
                self._too_long = False
                self._longest = LONGEST + (pages if busy else 0)

    def resting(self) -> threading.Lock:
        """Return what holds the thread off as long as it is entered."""
        return self._moving

    def finish(self) -> None:
        """End the thread and close its connection; blocks."""
        if self._thread is not None:
            self._open = False
            self._wanted.release()
            self._thread.join()

    def _work(self, connection: sqlite3.Connection) -> None:
        while self._wanted.acquire() and self._open:
            while self._wanted.acquire(blocking=False):
                pass
            if not (self._too_long or self._flusher.refused):
                self._move(connection)
        connection.close()

    def _move(self, connection: sqlite3.Connection) -> None:
        """Move what can be moved; the rest stays where it is, and nothing is lost."""
        with self.resting():
            try:
                _, pages, _ = connection.execute(_MOVE).fetchone()
            except (sqlite3.Error, MemoryError) as fault:
                self._flusher.doubt(fault)
            else:
                if pages < LONGEST:  # it has begun anew by itself
                    self._longest = LONGEST
                self._too_long = pages >= self._longest

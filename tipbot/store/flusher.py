"""One thread that has commits flushed to disk, while others go on to commit.

A flush takes all that was committed before it began, so whoever asks during one shares the next.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable

Then = Callable[[OSError | None], None]
"""Hears that a commit is on disk, or why it is not; on the thread of the flushes."""
_Asked = tuple[int, Then]


class Flusher:
    """Calls ``flush`` on a thread of its own; it raises ``OSError`` if the disk refuses.

    What a system could not flush it takes for flushed the next time
    (https://lwn.net/Articles/752063/). So after a refusal every later one is refused, too, until
    all of it was written once more, by ``write_anew``, and then flushed: ``make_good``.
    """

    def __init__(self, flush: Callable[[], None], write_anew: Callable[[], None]) -> None:
        """Take note of how to flush; ``start`` begins the work."""
        self._flush = flush
        self._write_anew = write_anew
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._committed = 0
        self._flushed = 0
        self._refused: OSError | None = None
        self._flushing = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="tipbot-flusher", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether all that was noted is on disk."""
        return self._flushed == self._committed

    @property
    def refused(self) -> bool:
        """Whether the disk refused, and nobody has made it good."""
        return self._refused is not None

    def note(self) -> None:
        """Count a commit that has to be on disk some day; from the thread that commits."""
        self._committed += 1

    def ask(self, then: Then) -> None:
        """Have ``then`` called once all that was noted so far is on disk; from any thread."""
        self._asked.put((self._committed, then))

    def doubt(self, fault: Exception) -> None:
        """Hear of a fault; a flush that was refused to SQLite itself is refused here, too."""
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_FSYNC:
            self._refused = OSError(str(fault))

    def make_good(self) -> None:
        """Get all that was noted on disk while nobody writes; from the thread that commits.

        A flush under way ends before: what is written anew could be lost with it. Raises
        ``OSError`` if the disk still refuses.
        """
        with self._flushing:
            self._write_anew()
            self._flush()
            self._flushed, self._refused = self._committed, None

    def finish(self) -> None:
        """Do what was asked for, then end; blocks."""
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (first := self._asked.get()) is not None:
            self._serve([first, *self._others()])

    def _others(self) -> list[_Asked]:
        """Take all who asked meanwhile."""
        others: list[_Asked] = []
        while not self._asked.empty():
            asked = self._asked.get()
            if asked is None:
                self._asked.put(None)
                break
            others.append(asked)
        return others

    def _serve(self, asked: list[_Asked]) -> None:
        """Flush for these, if any of them needs it, and tell them."""
        with self._flushing:
            # Two threads ask: what comes last may have been noted first.
            if not self.refused and max(noted for noted, _ in asked) > self._flushed:
                target = self._committed
                try:
                    self._flush()
                except OSError as error:
                    self._refused = error
                else:
                    self._flushed = target
        for _, then in asked:
            then(self._refused)

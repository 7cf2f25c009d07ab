"""``main.py`` on a disk that takes longer: each flush of SQLite's files waits in addition.

    BENCH_SLOW_FLUSH=0.004 python -m tests.benchmarks.slow_disk run

The thread that flushes waits without holding the interpreter, as it does for a disk. SQLite flushes
by itself only where it moves its log into the file: first the one, then the other.
"""

import os
import sqlite3
import time
from typing import Any

from tipbot.cli import main

SECONDS = float(os.environ.pop("BENCH_SLOW_FLUSH", "0"))
_flush = os.fdatasync
_connect = sqlite3.connect


class SlowConnection(sqlite3.Connection):
    """A connection whose log takes longer to be moved."""

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        """Run a statement; wait for two flushes if it moves the log."""
        found = super().execute(sql, *args)
        if sql.startswith("PRAGMA wal_checkpoint"):
            time.sleep(2 * SECONDS)
        return found


def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
    """Open a connection whose log takes longer to be moved."""
    opened: sqlite3.Connection = _connect(*args, **{"factory": SlowConnection, **kwargs})
    return opened


def flush(file: Any) -> None:
    """Flush a file, and wait for longer than that takes."""
    _flush(file)
    time.sleep(SECONDS)


if __name__ == "__main__":
    sqlite3.connect = connect  # type: ignore[assignment]  # its overloads say the same
    os.fdatasync = flush  # type: ignore[assignment]  # whatever it is called with
    main()

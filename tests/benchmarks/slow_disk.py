"""``main.py`` on a disk that takes longer to flush: each commit of SQLite waits in addition.

    BENCH_SLOW_FLUSH=0.004 python -m tests.benchmarks.slow_disk run

The thread that writes waits without holding the interpreter, as it does for a disk. Commits that
change nothing, or that need not last, do not flush, and do not wait either.
"""

import os
import sqlite3
import time
from typing import Any

from tipbot.cli import main

SECONDS = float(os.environ.pop("BENCH_SLOW_FLUSH", "0"))
_connect = sqlite3.connect


class SlowConnection(sqlite3.Connection):
    """A connection whose commits take longer."""

    _changes = 0
    _flushes = False

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        """Run a statement; wait after a commit of changes, if commits flush."""
        found = super().execute(sql, *args)
        if sql.startswith("PRAGMA synchronous"):
            self._flushes = sql.endswith("FULL")
        if sql == "COMMIT" and self._flushes and self.total_changes > self._changes:
            self._changes = self.total_changes
            time.sleep(SECONDS)
        return found


def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
    """Open a connection whose commits take longer."""
    opened: sqlite3.Connection = _connect(*args, **{"factory": SlowConnection, **kwargs})
    return opened


if __name__ == "__main__":
    sqlite3.connect = connect  # type: ignore[assignment]  # its overloads say the same
    main()

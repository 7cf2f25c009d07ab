"""``main.py`` on a disk that takes longer: each flush of SQLite's log waits in addition.

    BENCH_SLOW_FLUSH=0.004 python -m tests.benchmarks.slow_disk run

The thread that flushes waits without holding the interpreter, as it does for a disk.
"""

import os
import time
from typing import Any

from tipbot.cli import main

SECONDS = float(os.environ.pop("BENCH_SLOW_FLUSH", "0"))
_flush = os.fdatasync


def flush(file: Any) -> None:
    """Flush a file, and wait for longer than that takes."""
    _flush(file)
    time.sleep(SECONDS)


if __name__ == "__main__":
    os.fdatasync = flush  # type: ignore[assignment]  # whatever it is called with
    main()

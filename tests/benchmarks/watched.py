"""A program with a ticker beside it, which writes down whenever its event loop stood still.

    python -m tests.benchmarks.watched STALLS main.py run    the real program
    python -m tests.benchmarks.watched STALLS                nothing: what the machine itself does

STALLS becomes a file of lines: the moment on the machine's monotonic clock, and the seconds by
which a tick of a millisecond was late, for every tick that was more than ``WORTH`` late.
"""

import asyncio
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from tipbot import app
from tipbot.cli import main

TICK, WORTH = 0.001, 0.002


async def watch(stalls: Path) -> None:
    """Tick until cancelled, and write down what is late."""
    with stalls.open("w", buffering=1) as out:
        while True:
            due = monotonic() + TICK
            await asyncio.sleep(TICK)
            late = monotonic() - due
            if late > WORTH:
                out.write(f"{due:.4f} {late:.5f}\n")


def run_watched(stalls: Path) -> None:
    """Run the program's command line with the ticker on its own loop."""
    run_bot = app.run_bot

    async def both(*given: Any) -> None:
        ticking = asyncio.create_task(watch(stalls))
        try:
            await run_bot(*given)
        finally:
            ticking.cancel()

    app.run_bot = both  # type: ignore[assignment]  # it hands everything on
    main()


if __name__ == "__main__":
    file, sys.argv = Path(sys.argv[1]), sys.argv[2:]
    if sys.argv:
        run_watched(file)
    else:
        asyncio.run(watch(file))

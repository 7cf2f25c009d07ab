"""``main.py`` at a rate that no setting allows, to see what its way out is good for.

BENCH_RATE=3000 python -m tests.benchmarks.unpaced run
"""

import os

from tipbot import app
from tipbot.cli import main
from tipbot.program.half import Half
from tipbot.program.starting import Say
from tipbot.settings import Settings

RATE = float(os.environ.pop("BENCH_RATE", "3000"))
_run_bot = app.run_bot


async def run_bot(settings: Settings, say: Say = print, half: Half = Half.BOTH) -> None:
    """Run the bot at that rate."""
    await _run_bot(settings.model_copy(update={"rate": RATE}), say, half)


if __name__ == "__main__":
    app.run_bot = run_bot
    main()

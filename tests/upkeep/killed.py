"""Does one piece of upkeep and kills itself at a named stage, as ``kill -9`` would.

``python -m tests.upkeep.killed WORK STAGE ARGUMENT...``: a stage is what ``Tell`` is told of.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.store.house import START
from tipbot.upkeep.backup import back_up
from tipbot.upkeep.move import migrate, move
from tipbot.upkeep.restore import restore

WORK: dict[str, Callable[..., object]] = {
    "backup": lambda tell, url, target: back_up(url, Path(target), START, tell),
    "restore": lambda tell, file, url: restore(Path(file), url, force=True, now=START, tell=tell),
    "migrate": lambda tell, url: migrate(url, START, tell),
    "move": lambda tell, url, to: move(url, to, tell),
}


def main(work: str, stage: str, *arguments: str) -> None:
    """Do the work; there is no end of it."""

    def tell(what: str, done: int, total: int) -> None:
        if what.startswith(stage) and (done or not total):
            os.kill(os.getpid(), signal.SIGKILL)

    WORK[work](tell, *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""``main.py`` on a machine whose clock somebody sets: a file holds the seconds it is wrong by.

    E2E_CLOCK=clock python tests/e2e/wrong_clock.py run

APScheduler asks the machine by itself, so its time is wrong, too.
"""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import apscheduler.executors.base
import apscheduler.schedulers.base

import tipbot.clock
from tipbot.cli import main

_FILE = Path(os.environ.pop("E2E_CLOCK"))


def wrong() -> timedelta:
    """Return by how much the clock is wrong just now."""
    return timedelta(seconds=float(_FILE.read_text() or 0) if _FILE.exists() else 0)


class WrongTime(datetime):
    """What the program and APScheduler ask for the time."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + wrong()


if __name__ == "__main__":
    for module in (tipbot.clock, apscheduler.schedulers.base, apscheduler.executors.base):
        module.datetime = WrongTime  # type: ignore[union-attr]  # some are without types
    main()

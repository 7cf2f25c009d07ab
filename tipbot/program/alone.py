"""One bot on a SQLite file: a second one would send at a pace of its own beside the first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tipbot.program.starting import StartError
from tipbot.store.connect import file_of

_PATIENCE = 1.0
"""Seconds that one which is just ending is waited for."""
IN_USE = (
    "Another bot runs on {file}. Each would keep a pace of its own, and both together would send"
    " too fast: stop that one first, or name another file in TIPBOT_DATABASE."
)


@contextmanager
def alone_on(url: str) -> Iterator[None]:
    """Be the one bot on a SQLite file, by whatever path it is named; on PostgreSQL do nothing.

    The system keeps the lock on an empty file beside the database, and lets go of it when the
    process ends, however it does. Raises ``StartError`` while another bot has it. An address that
    is none, or leads to no folder that is there, is left to whoever opens the database.
    """
    beside = _beside(url)
    if beside is None:
        yield
        return
    from filelock import FileLock, Timeout  # noqa: PLC0415 - PostgreSQL needs none of it

    # In place of the system's lock it would else make do with a file that a killed process leaves.
    lock = FileLock(beside, _PATIENCE, 0o600, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
        _give_to_owner(beside)
    except Timeout:
        raise StartError(IN_USE.format(file=beside.with_suffix("")), passing=True) from None
    except OSError as fault:
        message = f"The database cannot be opened: {beside} cannot be locked: {fault.strerror}"
        raise StartError(message) from None
    try:
        yield
    finally:
        lock.release()


def _beside(url: str) -> Path | None:
    """Return the file that the lock of a SQLite database is on; None if there can be none."""
    try:
        file = file_of(url)
    except ValueError:
        return None
    # Not Path.resolve, which raises for a link that leads to itself.
    real = None if file is None else Path(os.path.realpath(file))
    return real.with_name(f"{real.name}.lock") if real and real.parent.is_dir() else None


def _give_to_owner(beside: Path) -> None:
    """Let a lock that root made belong to whom the database belongs, as SQLite does with its log.

    Else the bot's own user could not start it again. A root that may not, as in some containers,
    goes on all the same.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with suppress(OSError):
            owner = beside.with_suffix("").stat()
            os.chown(beside, owner.st_uid, owner.st_gid)

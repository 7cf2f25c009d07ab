"""One bot on a SQLite file: a second one would send at a pace of its own beside the first."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    """Be the one bot on a SQLite file, by whatever name it is called; on PostgreSQL do nothing.

    The system keeps the lock on an empty file beside the database, and lets go of it when the
    process ends, however it does. Raises ``StartError`` while another bot has it. An address that
    is none, or names no folder that is there, is left to whoever opens the database.
    """
    try:
        file = file_of(url)
    except ValueError:
        file = None
    if file is None or not file.parent.is_dir():
        yield
        return
    from filelock import FileLock, Timeout  # noqa: PLC0415 - PostgreSQL needs none of it

    real = file.resolve()
    beside = real.with_name(f"{real.name}.lock")
    lock = FileLock(beside, timeout=_PATIENCE, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise StartError(IN_USE.format(file=file), passing=True) from None
    except OSError as fault:
        message = f"The database cannot be opened: {beside} cannot be locked: {fault.strerror}"
        raise StartError(message) from None
    try:
        yield
    finally:
        lock.release()

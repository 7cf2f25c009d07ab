"""A disk that takes its time, or refuses, to flush the log of a SQLite file."""

import errno
import os
import threading

import pytest


def hold_flushes(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let each flush wait until the event that is returned is set, for a minute at most."""
    free, flush = threading.Event(), os.fdatasync

    def wait(file: int) -> None:
        free.wait(60)
        flush(file)

    monkeypatch.setattr(os, "fdatasync", wait)
    return free


def refuse_flushes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each flush fail, as a broken disk does."""

    def refuse(_: int) -> None:
        raise OSError(errno.EIO, "no disk")

    monkeypatch.setattr(os, "fdatasync", refuse)

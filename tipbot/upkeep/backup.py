"""A backup: one SQLite file, whichever database it is of, proven to hold the same rows.

It is made while the bot runs, from one snapshot. The token is not in it, for no database holds it.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from tipbot import __version__
from tipbot.store.base import NewerSchemaError
from tipbot.store.connect import file_of
from tipbot.store.migrations import HISTORY, refuse_newer
from tipbot.store.sqlite import take_steps
from tipbot.upkeep.copying import compare_rows, copy_rows, digest
from tipbot.upkeep.faults import in_plain_words
from tipbot.upkeep.files import (
    PARTS,
    HeldFile,
    copy_pages,
    held_file,
    new_file,
    opened,
    refuse_full,
    sweep,
)
from tipbot.upkeep.held import Fillable, Held, Tell, UpkeepError

MANIFEST = "CREATE TABLE tipbot_backup (made_at TEXT, version TEXT, digest TEXT)"
_FORM = "tipbot-{:%Y%m%dT%H%M%SZ}.db"
_DATED = "tipbot-????????T??????Z.db"

Rows: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was verified: where it is, and how many rows each table has."""

    file: Path
    rows: Rows
    swept: tuple[Path, ...] = ()
    """What backups that were killed had left in the folder; it was removed."""


@in_plain_words
def back_up(url: str, target: Path, now: datetime, tell: Tell) -> Backup:
    """Write a backup of a database to ``target``, or under a dated name if that is a folder.

    ``now`` is aware. The file is readable by its owner alone and takes its name once it has been
    opened, counted and compared row for row. Raises ``UpkeepError``; nothing is left then.
    """
    if target.is_dir():
        target /= _FORM.format(now)
    if target.exists():
        message = f"{target} is there already; name another file"
        raise UpkeepError(message)
    if not target.parent.is_dir():
        message = f"there is no folder {target.parent}: make it, or name another file"
        raise UpkeepError(message)
    swept = sweep(target.parent.glob(PARTS), now)
    if (file := file_of(url)) is not None and file.is_file():
        refuse_full(target.parent, file.stat().st_size)
    with held(url) as source, new_file(target) as part:
        refuse_unknown(source.steps())
        _write(source, part, tell)
        rows = _verified(source, part, tell)
        _sign(part, now)
    return Backup(target, rows, swept)


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all dated backups of a folder but the ``keep`` newest; return what was removed."""
    older = sorted(folder.glob(_DATED))[:-keep]
    for each in older:
        each.unlink()
    return older


def held(url: str) -> AbstractContextManager[Held]:
    """Hold the database of an address as it is now; raise ``UpkeepError`` if there is none."""
    try:
        file = file_of(url)
    except ValueError as fault:
        raise UpkeepError(str(fault)) from None
    if file is None:
        from tipbot.upkeep.servers import held_server  # noqa: PLC0415 - needs an optional package

        return held_server(url)
    if not file.is_file():
        message = f"{file} is no file" if file.exists() else f"there is no database {file}"
        raise UpkeepError(message)
    return held_file(file)


def refuse_unknown(steps: frozenset[str]) -> None:
    """Raise ``UpkeepError`` unless the steps that something has taken are tipbot's, all known."""
    if not steps:
        message = "this is no database of tipbot's"
        raise UpkeepError(message)
    try:
        refuse_newer(steps)
    except NewerSchemaError as fault:
        raise UpkeepError(str(fault)) from None


def make_schema(part: Path, steps: frozenset[str]) -> None:
    """Give an empty file the schema that these steps lead to."""
    with closing(opened(part, "rw")) as connection:
        take_steps(connection, [step for step in HISTORY if step.name in steps])


def fill_file(source: Held, part: Path, tell: Tell) -> None:
    """Copy all rows into a file that has the same schema."""
    with closing(opened(part, "rw")) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # the file is put on disk as a whole, later
        connection.execute("BEGIN IMMEDIATE")
        target: Fillable = HeldFile(connection)
        copy_rows(source, target, tell)
        connection.execute("COMMIT")


def _write(source: Held, part: Path, tell: Tell) -> None:
    if isinstance(source, HeldFile):
        copy_pages(source, part, tell)
    else:
        make_schema(part, source.steps())
        fill_file(source, part, tell)


def _verified(source: Held, part: Path, tell: Tell) -> Rows:
    with held_file(part) as copy:
        refuse_broken(copy.connection)
        return compare_rows(source, copy, tell)


def refuse_broken(connection: sqlite3.Connection) -> None:
    """Raise ``UpkeepError`` if a file's pages, indexes or references are not in order."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        message = "the database is damaged (PRAGMA integrity_check says what)"
        raise UpkeepError(message)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        message = "the database is damaged: a row refers to another one that is not there"
        raise UpkeepError(message)


def _sign(part: Path, now: datetime) -> None:
    """Keep in a backup when it was made, by which version, and the sum of its rows."""
    with held_file(part) as copy:
        total = digest(copy)
    with closing(opened(part, "rw")) as connection:
        connection.execute(MANIFEST)
        signed = (now.isoformat(timespec="seconds"), __version__, total)
        connection.execute("INSERT INTO tipbot_backup VALUES (?, ?, ?)", signed)

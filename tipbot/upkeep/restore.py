"""Back from a backup: checked as if a stranger had sent it, and never over the only copy."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from tipbot.store.connect import file_of
from tipbot.store.migrations import HISTORY
from tipbot.store.sqlite import take_steps
from tipbot.upkeep.backup import (
    Rows,
    back_up,
    fill_file,
    held,
    make_schema,
    refuse_broken,
    refuse_unknown,
)
from tipbot.upkeep.copying import compare_rows, copy_rows, digest, rows_in
from tipbot.upkeep.faults import in_plain_words
from tipbot.upkeep.files import (
    HeldFile,
    held_file,
    is_part,
    new_file,
    opened,
    refuse_full,
    remove_side_files,
    side_files,
    sweep,
)
from tipbot.upkeep.held import Held, Table, Tell, UpkeepError, quoted

NEWEST = frozenset(step.name for step in HISTORY)
_ASIDE = "tipbot-restore-"
"""How folders begin in which a backup is made ready for PostgreSQL."""
_SAFETY = "tipbot-before-{}-{:%Y%m%dT%H%M%SZ}.db"
_MAGIC = b"SQLite format 3\0"
_TYPES = {"INTEGER": ("integer", "null"), "TEXT": ("text", "null")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What is in the database now, and where the safety copy of what was there is, if anything."""

    rows: Rows
    safety: Path | None


@in_plain_words
def restore(backup: Path, url: str, *, force: bool, now: datetime, tell: Tell) -> Restored:
    """Put a backup in place of a database, brought forward to the newest schema.

    A database that is not empty is replaced with ``force`` only, after a copy of it was put beside
    it (beside the backup for PostgreSQL); while a bot runs on it, never. Raises ``UpkeepError``;
    nothing changed then.
    """
    try:
        file = file_of(url)
    except ValueError as fault:
        raise UpkeepError(str(fault)) from None
    if not backup.is_file():
        message = f"there is no file {backup}"
        raise UpkeepError(message)
    if is_part(backup):
        message = f"{backup} is no backup: one that was killed left it, and it may hold nothing"
        raise UpkeepError(message)
    if file is not None:
        return _restore_file(backup, file, force=force, now=now, tell=tell)
    sweep(Path(tempfile.gettempdir()).glob(f"{_ASIDE}*"), now)
    with tempfile.TemporaryDirectory(prefix=_ASIDE) as folder:
        ready = Path(folder) / "ready.db"
        with new_file(ready) as part:
            _rebuild(backup, part, tell)
        return _restore_server(ready, url, backup.parent if force else None, now, tell)


def _rebuild(backup: Path, part: Path, tell: Tell) -> None:
    """Copy a backup's rows into a schema of our own, so that nothing else of the file gets in."""
    with backup.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            message = f"{backup} is no backup"
            raise UpkeepError(message)
    with held_file(backup) as source:
        refuse_unknown(source.steps())
        refuse_broken(source.connection)
        _refuse_altered(source)
        make_schema(part, source.steps())
        fill_file(source, part, tell)
        with held_file(part) as copy:
            compare_rows(source, copy, tell)
            _refuse_wrong_types(copy)
    make_schema(part, NEWEST)


def _refuse_altered(source: HeldFile) -> None:
    """Compare the sum that a backup carries; a copy of a database file carries none."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'tipbot_backup'"
    if source.connection.execute(there).fetchone() is None:
        return
    signed = source.connection.execute("SELECT digest FROM tipbot_backup").fetchone()
    if signed is None or signed[0] != digest(source):
        message = "the backup was altered or damaged after it was made"
        raise UpkeepError(message)


def _refuse_wrong_types(copy: HeldFile) -> None:
    """SQLite keeps a text in a column of numbers if it is told to; the store would stumble."""
    for name in copy.tables():
        kinds = copy.connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
        wrong = " OR ".join(
            f"typeof({quoted(column)}) NOT IN {_TYPES[kind]}"
            for _, column, kind, *_ in kinds
            if kind in _TYPES
        )
        query = f"SELECT 1 FROM {quoted(name)} WHERE {wrong or 'FALSE'} LIMIT 1"  # noqa: S608 - our own schema's names
        if copy.connection.execute(query).fetchone():
            message = f"table {name} holds a value of a wrong type"
            raise UpkeepError(message)


def _restore_file(backup: Path, file: Path, *, force: bool, now: datetime, tell: Tell) -> Restored:
    there = file.exists() and file.stat().st_size > 0
    if there and not force:
        message = f"{file} is there already; --force replaces it and keeps a copy of it"
        raise UpkeepError(message)
    if there and backup.samefile(file):
        message = f"{backup} is the database itself"
        raise UpkeepError(message)
    if not file.parent.is_dir():
        message = f"there is no folder {file.parent}: make it, or name another file"
        raise UpkeepError(message)
    safety = None
    refuse_full(file.parent, backup.stat().st_size)
    with ExitStack() as stack:
        if there:
            stack.enter_context(sole_use(file))
        with new_file(file) as part:
            _rebuild(backup, part, tell)
            rows = _counted(part)
            if there:
                safety = _set_aside(file, now)
    return Restored(rows=rows, safety=safety)


def _counted(part: Path) -> Rows:
    with held_file(part) as copy:
        return rows_in(copy)


@contextmanager
def sole_use(file: Path, *, readers: bool = False) -> Iterator[None]:
    """Keep everybody else, or every writer, off a SQLite file.

    Raises ``UpkeepError`` while somebody uses it. The file is alone then, without a log. One that
    is too broken to be opened is let be.
    """
    with closing(opened(file, "rw", patience=1.0)) as connection:
        try:
            # Only the last connection to a file may take it out of WAL.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN IMMEDIATE" if readers else "BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            message = f"the bot is running on {file}: stop it first"
            raise UpkeepError(message) from fault
        except sqlite3.DatabaseError:
            pass
        yield


def _set_aside(file: Path, now: datetime) -> Path:
    """Give a database that is about to be replaced a second name, beside it; return that."""
    safety = safety_copy(file.parent, "restore", now)
    for each in (file, *side_files(file)):
        second = safety.with_name(safety.name + each.name.removeprefix(file.name))
        _link(each, second)
        second.chmod(0o600)
    remove_side_files(file)
    return safety


def _link(file: Path, second: Path) -> None:
    try:
        second.hardlink_to(file)
    except OSError:  # not every file system has links
        shutil.copy2(file, second)


def safety_copy(folder: Path, before: str, now: datetime) -> Path:
    """Return a free name for a copy that is made before something is done."""
    first = folder / _SAFETY.format(before, now)
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(each for each in chain((first,), others) if not each.exists())


def _restore_server(
    ready: Path, url: str, folder: Path | None, now: datetime, tell: Tell
) -> Restored:
    safety = None
    if folder is None:
        mend = "--force replaces what it holds and keeps a copy"
        rows = fill_server(ready, url, lambda target: refuse_filled(target, mend), tell)
    else:
        with held(url) as present:
            refuse_in_use(present)
            filled = bool(present.steps())
        if filled:
            safety = back_up(url, safety_copy(folder, "restore", now), now, tell).file
        rows = fill_server(ready, url, lambda _: None, tell)
    return Restored(rows=rows, safety=safety)


def fill_server(ready: Path, url: str, check: Callable[[Held], None], tell: Tell) -> Rows:
    """Replace all that a PostgreSQL database holds by a file's rows, proven equal, or nothing.

    ``check`` sees the database before that, with the newest schema, and may raise ``UpkeepError``.
    """
    from tipbot.upkeep.servers import filling_server  # noqa: PLC0415 - needs an optional package

    with held_file(ready) as source, filling_server(url) as target:
        check(target)
        copy_rows(source, target, tell)
        return compare_rows(source, target, tell)


def refuse_in_use(source: Held) -> None:
    """Raise ``UpkeepError`` while a bot runs on a PostgreSQL database."""
    from tipbot.upkeep.servers import HeldServer  # noqa: PLC0415 - needs an optional package

    if isinstance(source, HeldServer):
        source.refuse_while_in_use()


def refuse_filled(target: Held, mend: str = "give a new one") -> None:
    """Raise ``UpkeepError`` if a database holds more than a new one does."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        take_steps(connection)
        new = HeldFile(connection)
        tables = new.tables()
        full = sorted(
            name
            for name, table in target.tables().items()
            if name not in tables or _differs(target, table, new, tables[name])
        )
    if full:
        message = f"the database is not empty ({', '.join(full)}): {mend}"
        raise UpkeepError(message)


def _differs(target: Held, table: Table, new: Held, twin: Table) -> bool:
    if target.count(table) != new.count(twin):
        return True
    ordered = replace(twin, columns=table.columns)
    return list(target.pages(table)) != list(new.pages(ordered))

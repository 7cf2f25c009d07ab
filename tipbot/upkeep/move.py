"""Forward to the newest schema, and from one kind of database to the other."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipbot.store.connect import connect, file_of
from tipbot.store.migrations import HISTORY
from tipbot.upkeep.backup import Rows, back_up, fill_file, held, make_schema, refuse_unknown
from tipbot.upkeep.copying import compare_rows
from tipbot.upkeep.faults import in_plain_words
from tipbot.upkeep.files import held_file, new_file
from tipbot.upkeep.held import Tell, UpkeepError
from tipbot.upkeep.restore import (
    NEWEST,
    fill_server,
    refuse_filled,
    refuse_in_use,
    safety_copy,
    sole_use,
)

_PASSWORD = re.compile(r"//[^/@]*:[^/@]+@|[?&]password=")


@dataclass(frozen=True, slots=True)
class Migrated:
    """The steps that were taken, and the copy of what was there before, if one was made."""

    steps: tuple[str, ...]
    safety: Path | None


@in_plain_words
def migrate(url: str, now: datetime, tell: Tell) -> Migrated:
    """Bring a database forward to the newest schema; a new one is made if there is none.

    A SQLite file is backed up beside itself first. Raises ``UpkeepError``; nothing changed then.
    """
    file = _file_of(url)
    taken = _taken(url, file)
    if taken:
        refuse_unknown(taken)
    missing = tuple(step.name for step in HISTORY if step.name not in taken)
    if not missing:
        return Migrated((), None)
    if not taken or file is None:
        asyncio.run(_open(url))
        return Migrated(missing, None)
    safety = back_up(url, safety_copy(file.parent, "migrate", now), now, tell).file
    try:
        asyncio.run(_open(url))
    except BaseException:
        safety.unlink()  # it holds what is still there; each try to start would leave one more
        raise
    return Migrated(missing, safety)


@in_plain_words
def migrate_older(url: str, now: datetime, tell: Tell) -> Migrated:
    """As ``migrate``, but for a SQLite file with an older schema alone; others are let be."""
    file = _file_of(url)
    taken = _taken(url, file) if file is not None else frozenset()
    if not taken or taken >= NEWEST:
        return Migrated((), None)
    return migrate(url, now, tell)


def _taken(url: str, file: Path | None) -> frozenset[str]:
    if file is not None and not (file.exists() and file.stat().st_size):
        return frozenset()
    with held(url) as present:
        return present.steps()


async def _open(url: str) -> None:
    store = connect(url)
    await store.open()
    await store.close()


@in_plain_words
def move(url: str, to: str, tell: Tell) -> Rows:
    """Copy everything to an empty database of the other kind, and prove that it is the same.

    The old one stays as it was, and no bot may run on it meanwhile. All or nothing: a move that was
    broken off is begun anew. Raises ``UpkeepError``; the target is as it was then.
    """
    source, target = _file_of(url), _file_of(to)
    if source is not None and target is None:
        return _to_server(source, to, tell)
    if source is None and target is not None:
        return _to_file(url, target, tell)
    message = "between two databases of one kind, use backup and restore"
    raise UpkeepError(message)


def target_of(to: str | None, to_file: Path | None) -> str | None:
    """Return the address that something is to be copied to, None if none is named.

    Raises ``UpkeepError`` for a password on the command line, where every user of the machine can
    read it.
    """
    if to is not None and to_file is not None:
        message = "--to and --to-file say the same: give one of them"
        raise UpkeepError(message)
    if to_file is not None:
        try:
            return to_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as fault:
            message = f"--to-file: {to_file} cannot be read ({type(fault).__name__})"
            raise UpkeepError(message) from None
    if to is not None and _PASSWORD.search(to):
        message = (
            "others can read a password on the command line: put the address into a file that only"
            " you can read and name it with --to-file, or leave the password to ~/.pgpass"
        )
        raise UpkeepError(message)
    return to


def _to_server(source: Path, to: str, tell: Tell) -> Rows:
    _refuse_older(str(source), _taken(f"sqlite:///{source}", source))
    with sole_use(source, readers=True):
        return fill_server(source, to, refuse_filled, tell)


def _to_file(url: str, target: Path, tell: Tell) -> Rows:
    if target.exists() and target.stat().st_size:
        message = f"{target} is not empty: give a new file"
        raise UpkeepError(message)
    with held(url) as source, new_file(target) as part:
        refuse_in_use(source)
        _refuse_older("the database", source.steps())
        make_schema(part, NEWEST)
        fill_file(source, part, tell)
        with held_file(part) as copy:
            return compare_rows(source, copy, tell)


def _refuse_older(name: str, taken: frozenset[str]) -> None:
    refuse_unknown(taken)
    if taken != NEWEST:
        message = f"{name} has an older schema: run migrate first, then migrate --to"
        raise UpkeepError(message)


def _file_of(url: str) -> Path | None:
    try:
        return file_of(url)
    except ValueError as fault:
        raise UpkeepError(str(fault)) from None

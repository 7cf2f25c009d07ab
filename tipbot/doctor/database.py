"""How the database is: it opens, is whole, has this version's schema, and can be served here."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from tipbot.clock import Clock
from tipbot.core.counting import counted
from tipbot.doctor.findings import Finding, fault, ok, warning
from tipbot.doctor.machine import disk, folder_of, sized
from tipbot.store import columns
from tipbot.store.connect import file_of
from tipbot.store.migrations import HISTORY
from tipbot.store.pace import NOW
from tipbot.upkeep.backup import held, refuse_unknown
from tipbot.upkeep.faults import said
from tipbot.upkeep.files import HeldFile
from tipbot.upkeep.held import Held, UpkeepError

_OTHER = "restore a backup, or name another database"
_ANSWERS = "see that the server runs, and that its address, user and password are right"


def database(url: str) -> Iterator[Finding]:
    """Look at the database of an address, and at the disk below it; nothing is made or changed."""
    try:
        file = file_of(url)
    except ValueError as error:
        yield fault("database", str(error), "set TIPBOT_DATABASE to such an address")
        return
    if file is not None:
        in_the_way = tuple(folder_of(file))
        yield from in_the_way
        if file.absolute().parent.is_dir():
            yield disk(file.absolute().parent, file.stat().st_size if file.exists() else 0)
        if not (file.exists() and file.stat().st_size):
            if not in_the_way:
                yield ok("database", f"{file} will be made at the first start")
            return
    try:
        with held(url) as present:
            yield from _held(present, file)
    except Exception as error:
        words = _words(error)
        if words is None:
            raise
        away = file is None and not isinstance(error, UpkeepError)
        yield fault("database", words, _ANSWERS if away else _OTHER)


def clock_in_use(url: str, own: Clock) -> Clock:
    """Return the clock that the bot goes by: a server's database has one for all machines."""
    try:
        if file_of(url) is not None:
            return own
        with held(url) as present:
            ((micros,),) = present.found(NOW)
            ahead = columns.moment(micros) - own()
    except Exception as error:
        if isinstance(error, ValueError) or _words(error) is not None:
            return own  # `database` says what is wrong with it
        raise
    return lambda: own() + ahead


def _words(error: Exception) -> str | None:
    """Return what an error says of the database, None if it is none of its faults."""
    return str(error) if isinstance(error, UpkeepError) else said(error)


def _held(present: Held, file: Path | None) -> Iterator[Finding]:
    taken = present.steps()
    if not taken and file is None and not present.tables():
        yield ok("database", "it is empty: the schema will be made at the first start")
        return
    refuse_unknown(taken)
    behind = [step.name for step in HISTORY if step.name not in taken]
    if behind:
        said = f"the schema is {counted(len(behind), 'step')} behind this version"
        yield warning("database", said, "main.py migrate (run does it as well)")
    broken = _broken(present)
    if broken:
        yield fault("database", broken, _OTHER)
        return
    size = f", {sized(file.stat().st_size)}" if file else ""
    yield ok("database", f"it opens and is whole ({counted(len(present.tables()), 'table')}{size})")
    if "subscribers" in present.tables():
        yield from _zones(present)


def _broken(present: Held) -> str:
    """Return what is damaged, or nothing."""
    if isinstance(present, HeldFile):
        found = present.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            return "the file is damaged (PRAGMA quick_check says what)"
        if present.connection.execute("PRAGMA foreign_key_check").fetchone():
            return "the file is damaged: a row refers to another one that is not there"
        return ""
    from tipbot.upkeep.servers import HeldServer  # noqa: PLC0415 - needs an optional package

    return present.damage() if isinstance(present, HeldServer) else ""


def _zones(present: Held) -> Iterator[Finding]:
    """See that this machine knows the zone of everybody."""
    used = {str(zone) for zone in present.distinct("subscribers", "zone")}
    unknown = sorted(used - available_timezones())
    if unknown:
        said = f"people live in zones that this machine does not know: {', '.join(unknown)}"
        yield fault("zone data", said, "pip install --upgrade tzdata")

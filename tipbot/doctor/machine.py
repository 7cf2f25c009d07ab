"""What the machine gives: zone data, room on the disk, and files that others cannot read."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tipbot.doctor.findings import Finding, fault, ok, warning

LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000
"""Bytes of free disk below which there is a warning, and a fault."""
_ZONES = 400
"""There have been more zones than this for decades; fewer are half an installation."""
_WITNESSES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu")


def zone_data() -> Finding:
    """Look at the rules of time zones."""
    known = available_timezones()
    missing = [name for name in _WITNESSES if name not in known or not _loads(name)]
    if missing or len(known) < _ZONES:
        said = f"{len(known)} zones, and {', '.join(missing) or 'too few'} cannot be read"
        return fault("zone data", said, "pip install --force-reinstall tzdata")
    return ok("zone data", f"{len(known)} zones (tzdata {version('tzdata')})")


def _loads(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def disk(folder: Path, held: int) -> Finding:
    """Look at the room beside a database of ``held`` bytes: a backup needs as much again."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return fault("disk", f"{folder}: {error.strerror}", "make the folder, or name another file")
    said = f"{sized(free)} free in {folder}"
    if free < TOO_LITTLE:
        return fault("disk", said, "make room at once: a full disk keeps taps from being stored")
    if free < max(LITTLE, 2 * held):
        return warning("disk", said, "make room: a backup or a safety copy may not fit")
    return ok("disk", said)


def sized(count: int) -> str:
    """Return a number of bytes as people write it."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    if count < 1_000_000_000:
        return f"{count / 1_000_000:.0f} MB"
    return f"{count / 1_000_000_000:.1f} GB"


def folder_of(file: Path) -> Iterator[Finding]:
    """Look at the folder that a SQLite database lives in: its log is made there."""
    folder = file.absolute().parent
    if not folder.is_dir():
        yield fault("database", f"there is no folder {folder}", f"mkdir -p {folder}")
    elif not os.access(folder, os.W_OK | os.X_OK):
        mend = "let the user that runs the bot own the folder"
        yield fault("database", f"the folder {folder} cannot be written to", mend)
    elif file.exists() and not os.access(file, os.R_OK | os.W_OK):
        mend = "let the user that runs the bot own the file"
        yield fault("database", f"{file} cannot be read and written", mend)


def permissions(files: Iterable[Path]) -> Iterator[Finding]:
    """Look at who else can read what holds health data or a secret."""
    looked = [file for file in files if file.exists()]
    open_to_others = [file for file in looked if _mode(file) & 0o077]
    for file in open_to_others:
        said = f"{file} can be read by others (mode {_mode(file):03o})"
        yield warning("files", said, f"chmod 600 {file}")
    if not open_to_others:
        yield ok("files", f"{len(looked)} with data or secrets, for their owner alone")


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode) if os.name == "posix" else 0o600

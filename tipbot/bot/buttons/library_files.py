"""The editors' buttons for the library as files: archives, and conflicts with the live text."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.shelf import ConflictId


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """Show what can be done with the library as files."""


@dataclass(frozen=True, slots=True)
class ExportLibrary:
    """Send the library as a zip."""


@dataclass(frozen=True, slots=True)
class AskArchive:
    """Ask for a zip of the library."""


@dataclass(frozen=True, slots=True)
class TakeArchive:
    """Apply the zip that was shown, at the library's ``version``; ``files`` wins in conflicts.

    ``archive`` is the digest of the zip: another one may have been sent since.
    """

    version: int
    archive: str
    files: bool


@dataclass(frozen=True, slots=True)
class OpenConflicts:
    """Show one page of the tips whose file and live text both changed."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Show both sides of a conflict."""

    conflict: ConflictId


@dataclass(frozen=True, slots=True)
class Decide:
    """Choose a side of a conflict, seen beside revision ``seen``."""

    conflict: ConflictId
    seen: int
    file: bool


PREFIXES: Mapping[str, type] = {
    "jf": OpenFiles, "jx": ExportLibrary, "ji": AskArchive, "jt": TakeArchive,
    "jc": OpenConflicts, "jd": OpenConflict, "js": Decide,
}  # fmt: skip

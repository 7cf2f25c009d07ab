"""The library folder on the disk: its files as bytes, and nothing that lies outside of it."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from tipbot.core.documents import SOURCES
from tipbot.core.entries import Fault, LibraryError

LARGEST_FILE = 64 * 1024
"""Bytes; the longest card needs less than a tenth."""
MOST_FILES = 5000

Files = Mapping[str, bytes]
"""What a library folder holds: path inside it, with forward slashes, to content."""


def gather_files(folder: Path, language: str = "en") -> tuple[dict[str, bytes], list[Fault]]:
    """Return the content of ``sources.yaml`` and of a language's files, and what was refused.

    Hidden files are passed over. Refused are files over 64 kB, links that lead out of the folder,
    whatever is no plain file, and everything past the 5,000th file.
    """
    root = folder.resolve()
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    paths = [root / SOURCES, *_walk(root / language)]
    if len(paths) > MOST_FILES:
        mend = f"keep at most {MOST_FILES:,} files"
        return {}, [Fault(language, "folder", f"more than {MOST_FILES:,} files", mend)]
    for path in paths:
        name = path.relative_to(root).as_posix()
        found = _read_file(root, path)
        if isinstance(found, bytes):
            files[name] = found
        elif name != SOURCES or os.path.lexists(path):
            faults.append(Fault(name, "file", *found))
    return files, faults


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order of name, one more than allowed at most.

    A folder that cannot be read is yielded itself.
    """
    count = 0
    failed: list[Path] = []
    for parent, folders, names in os.walk(
        folder, onerror=lambda e: failed.append(Path(e.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield Path(parent, name)
                count += 1
            if count > MOST_FILES:
                return
    yield from failed


def _read_file(root: Path, path: Path) -> bytes | tuple[str, str]:
    """Return a file's content, or what is wrong with it and what to do."""
    try:
        if not path.resolve().is_relative_to(root):
            return "it is a link that leads out of the folder", "put the file itself here"
        if path.is_dir() and not path.is_symlink():
            os.scandir(path).close()
        if not S_ISREG(path.stat().st_mode):
            return "it is no plain file", "remove it, or put the file itself here"
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads nowhere"
        return f"it cannot be read ({reason})", "check that it exists and may be read"
    if len(content) > LARGEST_FILE:
        return f"it is larger than {LARGEST_FILE // 1024} kB", "shorten or split it"
    return content


def replace_file(folder: Path, path: str, content: bytes) -> None:
    """Write a file whole or not at all; a link in its place is replaced, never followed.

    Raises ``LibraryError`` if the file's folder is a link that leads out.
    """
    target = folder / path
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        mend = "put a folder in its place"
        raise LibraryError([Fault(path, "folder", "it is a link that leads out", mend)])
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(content)
    part.replace(target)

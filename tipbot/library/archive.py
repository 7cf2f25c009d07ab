"""The library as one zip: packed for an editor to work on, and read back as if a stranger sent it.

Both work on bytes and block: call them on a thread. Nothing is ever unpacked to the disk.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import PurePosixPath
from stat import S_ISDIR, S_ISREG

from tipbot.core.documents import SOURCES
from tipbot.core.entries import Fault
from tipbot.core.library import Library, Parcel
from tipbot.core.model import TipId
from tipbot.library.check import judge
from tipbot.library.files import read_files, write_files
from tipbot.library.folder import LARGEST_FILE

REVISIONS = "revisions.json"
"""The revision of each tip at the moment of packing: what a later comparison starts from."""
LARGEST_ARCHIVE = 2 * 1024 * 1024
"""Bytes; a library of 200 tips packs into a tenth of it."""
MOST_ENTRIES = 800
"""Files in an archive; four times the library that the program is made for."""
_MOST_UNPACKED = 1024 * 1024
"""Bytes of all files together: what is read at all is read in seconds, however it is made. The
library that comes with the program has an eighth of it."""
_LARGEST_LIST = 256 * 1024
_LATEST = 10**9
"""No tip has as many revisions."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date of a zip: the same library packs into the same bytes."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Flags of a file in a zip (PKWARE's APPNOTE, 4.4.4)."""
_UNIX = 3
_LONGEST_NAME = 200
_PASSED_OVER = ("__MACOSX", "Thumbs.db", "desktop.ini")
"""What operating systems put into archives by themselves, besides hidden files."""


def pack_library(library: Library, language: str = "en") -> bytes:
    """Return a sound library as a zip, always the same bytes for the same library.

    Raises ``LibraryError`` if it has faults.
    """
    seen = {entry.id: entry.revision for entry in library.entries}
    files = write_files(library, language)
    files[REVISIONS] = (json.dumps(seen, indent=0, sort_keys=True) + "\n").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return packed.getvalue()


def read_archive(data: bytes, language: str = "en") -> Parcel:
    """Return the library of a zip, held to all that ``tips check`` holds a folder to.

    Whatever is hostile or wrong is a fault by the name of its file; it never raises.
    """
    if len(data) > LARGEST_ARCHIVE:
        mend = f"an archive has at most {LARGEST_ARCHIVE // 1024**2} MB"
        return _refused(f"it has {len(data) / 1024**2:.1f} MB", mend)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files, faults = _unpacked(archive)
    except UnicodeDecodeError:
        return _refused("the name of a file in it is not UTF-8", "give it a plain name")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError):
        return _refused("it is no zip file, or a damaged one", "pack it again")
    if faults:
        return Parcel(faults=tuple(faults))
    digest = blake2b(data, digest_size=6).hexdigest()
    return replace(_read(_without_folder(files), language), digest=digest)


def _refused(problem: str, mend: str) -> Parcel:
    return Parcel(faults=(Fault("archive", "file", problem, mend),))


def _unpacked(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the files of an archive, and what was refused; nothing is read if something is."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        mend = f"an archive has at most {MOST_ENTRIES}"
        return {}, [Fault("archive", "file", f"it holds {len(entries):,} files", mend)]
    faults = [fault for entry in entries for fault in _check_place(entry)]
    faults += _twins(entries)
    wanted = [entry for entry in entries if _is_wanted(entry)]
    faults += [fault for entry in wanted for fault in _check_size(entry)]
    if faults:
        return {}, faults
    files: dict[str, bytes] = {}
    for entry in wanted:
        found = _content(archive, entry)
        if isinstance(found, Fault):
            faults.append(found)
            break
        files[entry.filename] = found
        if sum(map(len, files.values())) > _MOST_UNPACKED:
            return {}, [_too_much()]
    return files, faults


def _too_much() -> Fault:
    most = _MOST_UNPACKED // 1024**2
    return Fault("archive", "file", f"it unpacks to more than {most} MB", "leave files out")


def _shown(name: str) -> str:
    """Return a file's name as it can be shown."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)[
        :_LONGEST_NAME
    ]


def _check_place(entry: zipfile.ZipInfo) -> Iterator[Fault]:
    """Yield what is wrong with the name or the kind of a file; nothing of it was read yet."""
    name = entry.orig_filename
    if problem := _wrong_name(entry) or _wrong_kind(entry):
        yield Fault(_shown(name), "file", problem, "leave it out, or pack a plain file")


def _wrong_name(entry: zipfile.ZipInfo) -> str | None:
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if not entry.flag_bits & _UTF8 and not name.isascii():
        return "its name is not UTF-8"
    if len(name) > _LONGEST_NAME or not name.isprintable():
        return "its name is too long, or holds signs that cannot be shown"
    if name.startswith("/") or "\\" in name or ":" in name:
        return "its name is no path inside the archive"
    if {"..", ".", ""} & set(parts):
        return "its name leads out of the archive"
    return None


def _wrong_kind(entry: zipfile.ZipInfo) -> str | None:
    mode = entry.external_attr >> 16 if entry.create_system == _UNIX else 0
    kind = mode & 0o170000
    if kind and not (S_ISREG(mode) or (S_ISDIR(mode) and entry.is_dir())):
        return "it is a link or another special file"
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "it is packed in a way that I do not read"
    return None


def _twins(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Yield files whose names some file systems could not tell apart."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename.casefold()
        if name in seen:
            yield Fault(_shown(entry.orig_filename), "file", "it stands twice", "leave one out")
        seen.add(name)


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    own = any(part.startswith(".") or part in _PASSED_OVER for part in parts)
    return not entry.is_dir() and not own


def _largest(entry: zipfile.ZipInfo) -> int:
    return _LARGEST_LIST if PurePosixPath(entry.filename).name == REVISIONS else LARGEST_FILE


def _check_size(entry: zipfile.ZipInfo) -> Iterator[Fault]:
    """Yield a fault for a file that says itself that it is too large."""
    if entry.file_size > _largest(entry):
        problem = f"it is larger than {_largest(entry) // 1024} kB"
        yield Fault(_shown(entry.filename), "file", problem, "shorten or split it")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | Fault:
    """Return a file's content; what its header says of its size is not believed."""
    name = _shown(entry.filename)
    try:
        with archive.open(entry) as packed:
            content = packed.read(_largest(entry) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return Fault(name, "file", "it is damaged, or not what its header says", "pack it again")
    if len(content) > _largest(entry):
        problem = f"it is larger than {_largest(entry) // 1024} kB"
        return Fault(name, "file", problem, "shorten or split it")
    return content


def _without_folder(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return files without the one folder around all of them, if somebody packed that."""
    tops = {PurePosixPath(path).parts[0] for path in files}
    if len(tops) != 1 or f"{(top := next(iter(tops)))}/{SOURCES}" not in files:
        return files
    return {path.removeprefix(f"{top}/"): content for path, content in files.items()}


def _read(files: Mapping[str, bytes], language: str) -> Parcel:
    seen, faults = _read_revisions(files.get(REVISIONS))
    content = {path: files[path] for path in files if path != REVISIONS}
    for path in content:
        if path != SOURCES and not path.startswith(f"{language}/"):
            mend = f"move it to {language}/<topic or cards>/, or leave it out"
            faults.append(Fault(path, "file", "it is no part of the library", mend))
    library, more = read_files(content, language)
    faults += [*more, *judge(library, language)]
    faults.sort(key=lambda fault: fault.path)
    return Parcel(library=library, seen=seen, faults=tuple(faults))


def _read_revisions(content: bytes | None) -> tuple[dict[TipId, int] | None, list[Fault]]:
    if content is None:
        return None, []
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and all(_is_revision(number) for number in found.values()):
        return {TipId(which): number for which, number in found.items()}, []
    mend = "take the file as it was exported, or leave it out"
    return None, [Fault(REVISIONS, "file", "it is no list of revisions", mend)]


def _is_revision(found: object) -> bool:
    return type(found) is int and 0 < found <= _LATEST

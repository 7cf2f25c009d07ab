"""The library folder: ``sources.yaml`` and ``<language>/<topic or cards>/<slug>.md``.

Reading is done in two steps, so that an archive can be read like a folder: ``tipfolder`` takes
bytes from the disk, ``read_files`` makes a library of them. Both refuse what is hostile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import frontmatter
import yaml

from tipbot.core.documents import SOURCES
from tipbot.core.entries import EDITOR, Entry, Fault, LibraryError, entry_from, home
from tipbot.core.library import Library, check_library
from tipbot.core.model import Card, Document, Tip, TipId
from tipbot.library.folder import (
    LARGEST_FILE,
    MOST_FILES,
    Files,
    gather_files,
    replace_file,
)
from tipbot.library.safeyaml import PlainYAML, YamlRefusedError, load_yaml

__all__ = [
    "LibraryError",
    "Written",
    "read_files",
    "read_library",
    "survey",
    "write_files",
    "write_library",
]


@dataclass(frozen=True, slots=True)
class Written:
    """Paths inside the folder that an export wrote and removed; all others were right already."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def read_library(folder: Path, language: str = "en") -> Library:
    """Return the library of a folder, entries in order of id.

    Raises ``LibraryError`` with every fault of every file.
    """
    library, faults = survey(folder, language)
    if faults:
        raise LibraryError(faults)
    return library


def survey(folder: Path, language: str = "en") -> tuple[Library, list[Fault]]:
    """Return the sound entries of a folder, and every fault of the others and of the whole."""
    files, faults = gather_files(folder, language)
    library, more = read_files(files, language)
    return library, sorted([*faults, *more], key=lambda fault: fault.path)


def read_files(files: Files, language: str = "en") -> tuple[Library, list[Fault]]:
    """Return the sound entries among files, in order of id, and every fault of the rest."""
    faults: list[Fault] = []
    entries: list[Entry] = []
    documents: tuple[Document, ...] = ()
    if len(files) > MOST_FILES:
        mend = f"keep at most {MOST_FILES:,}"
        return Library(), [Fault(language, "folder", f"{len(files):,} files", mend)]
    if not any(path.startswith(f"{language}/") for path in files):
        mend = f"add tips as {language}/<topic>/<name>.md; an empty library would retire them all"
        faults.append(Fault(language, "folder", "it holds no tips", mend))
    try:
        documents = _read_sources(files)
    except LibraryError as error:
        faults += error.faults
    for path in sorted(files):
        if path == SOURCES or not path.startswith(f"{language}/"):
            continue
        try:
            entries.append(_read_entry(path, files[path]))
        except LibraryError as error:
            faults += error.faults
    library = Library(
        documents=documents,
        tips=tuple(sorted((one for one in entries if isinstance(one, Tip)), key=_id)),
        cards=tuple(sorted((one for one in entries if isinstance(one, Card)), key=_id)),
    )
    if any(fault.path == SOURCES for fault in faults):
        return library, faults
    return library, [*faults, *check_library(library, language)]


def _id(entry: Entry) -> TipId:
    return entry.id


def _text(path: str, content: bytes) -> str:
    """Return a file's text with plain newlines; a byte order mark is left out."""
    if len(content) > LARGEST_FILE:
        problem = f"it is larger than {LARGEST_FILE // 1024} kB"
        raise LibraryError([Fault(path, "file", problem, "shorten or split it")])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8"
        raise LibraryError([Fault(path, "file", problem, "save it as UTF-8")]) from error


def _read_entry(path: str, content: bytes) -> Entry:
    """Return the tip or card of one file."""
    if len(PurePosixPath(path).parts) != 3 or not path.endswith(".md"):
        mend = "files are <language>/<topic or cards>/<name>.md; move or remove it"
        raise LibraryError([Fault(path, "file", "it is no tip and no card", mend)])
    text = _text(path, content)
    if not text.startswith("---\n") or "\n---\n" not in text + "\n":
        mend = "put the fields between two lines of ---, at the very beginning"
        raise LibraryError([Fault(path, "file", "it has no front matter", mend)])
    try:
        fields, body = frontmatter.parse(text, handler=PlainYAML())
    except YamlRefusedError as error:
        raise _broken(path, error, "front matter") from error
    return entry_from(fields, body, path)


def _broken(path: str, error: YamlRefusedError, field: str) -> LibraryError:
    problem = f"line {error.line}: {error.problem}"
    return LibraryError([Fault(path, field, problem, "correct this line")])


def _read_sources(files: Files) -> tuple[Document, ...]:
    """Return the documents in order of file name."""
    if SOURCES not in files:
        mend = "add the documents with their titles and sections"
        raise LibraryError([Fault(SOURCES, "file", "it is missing", mend)])
    try:
        found = load_yaml(_text(SOURCES, files[SOURCES]))
    except YamlRefusedError as error:
        raise _broken(SOURCES, error, "file") from error
    if not isinstance(found, dict):
        mend = "begin each document with 'name.txt:'"
        raise LibraryError([Fault(SOURCES, "file", "it names no documents", mend)])
    faults = [fault for name, fields in found.items() for fault in _check_source(name, fields)]
    if faults:
        raise LibraryError(faults)
    return tuple(
        Document(name=name, title=found[name]["title"], sections=tuple(found[name]["sections"]))
        for name in sorted(found)
    )


def _check_source(name: object, fields: object) -> Iterator[Fault]:
    """Yield what is wrong with one document of ``sources.yaml``."""
    field = f"{name!s:.80}"
    if not isinstance(name, str) or not isinstance(fields, dict):
        yield Fault(SOURCES, field, "this is no document", "give it a title and sections")
        return
    for key, value in fields.items():
        if key not in {"title", "sections", "author", "publisher"}:
            mend = "use title, sections, author, publisher"
            yield Fault(SOURCES, field, f"there is no field '{key!s:.40}'", mend)
        elif key != "sections" and not (isinstance(value, str) and value):
            yield Fault(SOURCES, field, f"its {key} is not text", "put it in quotes")
    if "title" not in fields:
        yield Fault(SOURCES, field, "it has no title", "add 'title: …'")
    sections = fields.get("sections")
    if not isinstance(sections, list) or not sections:
        yield Fault(SOURCES, field, "it has no list of sections", "list its headings")
    elif not all(isinstance(one, str) and one for one in sections):
        yield Fault(SOURCES, field, "a section is not text", "put it in quotes")
    elif len(set(sections)) < len(sections):
        yield Fault(SOURCES, field, "a section stands twice", "list each heading once")


def write_files(library: Library, language: str = "en") -> dict[str, bytes]:
    """Return a sound library as files, always the same bytes for the same library.

    ``read_files`` gives the library back. Raises ``LibraryError`` if it has faults.
    """
    if faults := check_library(library, language):
        raise LibraryError(faults)
    files = {home(entry, language): _entry_text(entry).encode() for entry in library.entries}
    return files | {SOURCES: _sources_text(library.documents).encode()}


def _scalar(text: str) -> str:
    """Return text as a YAML scalar on one line, quoted only where YAML needs it."""
    dumped = yaml.safe_dump(text, allow_unicode=True, width=10**6)
    return str(dumped).removesuffix("\n").removesuffix("\n...")


def _entry_text(entry: Entry) -> str:
    """Return the file of a tip or card."""
    kind = f"topic: {entry.topic}" if isinstance(entry, Tip) else f"shelf: {entry.shelf}"
    sources = [
        f"  - document: {_scalar(citation.document)}\n    section: {_scalar(citation.section)}"
        for citation in entry.sources
    ]
    lines = [
        "---",
        f"id: {_scalar(entry.id)}",
        f"title: {_scalar(entry.title)}",
        kind,
        f"tags: [{', '.join(map(_scalar, entry.tags))}]",
        *(["sources:", *sources] if sources else [f"sources: {EDITOR}"]),
        f"claim: {entry.claim}",
        f"reviewed: {entry.reviewed.isoformat()}",
        "---",
        entry.body,
    ]
    return "\n".join(lines) + "\n"


def _sources_text(documents: tuple[Document, ...]) -> str:
    """Return ``sources.yaml``."""
    parts = []
    for document in sorted(documents, key=lambda document: document.name):
        sections = "".join(f"    - {_scalar(section)}\n" for section in document.sections)
        title = f"  title: {_scalar(document.title)}\n"
        parts.append(f"{_scalar(document.name)}:\n{title}  sections:\n{sections}")
    return "\n".join(parts)


def write_library(library: Library, folder: Path, language: str = "en") -> Written:
    """Write a sound library into a folder, touching only files that say something else.

    Files of retired entries (``library.hidden``) are removed; files the library does not know are
    left alone. ``sources.yaml`` stays as it is while it names the same documents. Raises
    ``LibraryError``, before anything is written, if the library has faults.
    """
    wanted = write_files(library, language)
    present, _ = gather_files(folder, language)
    written = [
        path
        for path, content in wanted.items()
        if not _says_the_same(path, present, wanted) and present.get(path) != content
    ]
    for path in written:
        replace_file(folder, path, wanted[path])
    removed = [
        path for path in present if path not in wanted and _is_retired(path, present, library)
    ]
    for path in removed:
        (folder / path).unlink()
    return Written(tuple(sorted(written)), tuple(sorted(removed)))


def _says_the_same(path: str, present: Files, wanted: Files) -> bool:
    """Tell whether a file, however it is formatted, reads as the one to be written."""
    if path not in present:
        return False
    try:
        return _reading(path, present) == _reading(path, wanted)
    except LibraryError:
        return False


def _reading(path: str, files: Files) -> Entry | tuple[Document, ...]:
    return _read_sources(files) if path == SOURCES else _read_entry(path, files[path])


def _is_retired(path: str, present: Files, library: Library) -> bool:
    """Tell whether a file holds an entry that the database has retired."""
    try:
        return path != SOURCES and _read_entry(path, present[path]).id in library.hidden
    except LibraryError:
        return False

"""Everything that ``tips check`` holds a library to: form, reading grade and wording."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tipbot.core.entries import Entry, Fault, check_entry, home
from tipbot.core.library import Library, check_citations
from tipbot.core.markup import MarkupError, to_plain
from tipbot.core.model import Document
from tipbot.library.files import survey
from tipbot.library.reading import grade
from tipbot.library.wording import complaints

HARDEST_GRADE = 8
"""Flesch-Kincaid grade of title and body together, as shown: about 13 years of age."""
_GRADED = "en"
"""The grade's weights hold for English; other languages are judged by form alone."""


def check_folder(folder: Path, language: str = "en") -> list[Fault]:
    """Return every fault of a library folder, in order of path; an empty list means it is sound."""
    library, faults = survey(folder, language)
    return sorted([*faults, *judge(library, language)], key=lambda fault: fault.path)


def judge(library: Library, language: str = "en") -> Iterator[Fault]:
    """Yield what is wrong with how the entries of a library read."""
    if language == _GRADED:
        for entry in library.entries:
            yield from check_wording(entry, home(entry, language))


def check_edit(
    entry: Entry, documents: Mapping[str, Document], language: str = "en"
) -> list[Fault]:
    """Return every fault of one entry that an editor wants, the same as ``check_folder`` would.

    ``documents`` are the sources by name. Blocks for some milliseconds, longer the first time.
    """
    path = home(entry, language)
    faults = [*check_entry(entry, path), *check_citations(entry, documents, path)]
    if language == _GRADED:
        faults += check_wording(entry, path)
    return faults


def check_wording(entry: Entry, path: str) -> Iterator[Fault]:
    """Yield what is wrong with how an English entry reads; one that cannot be shown has no say."""
    try:
        shown = to_plain(entry.body)
    except MarkupError:
        return
    found = grade(f"{entry.title}.\n{shown}")
    if found > HARDEST_GRADE:
        mend = f"shorter sentences and words bring it to {HARDEST_GRADE} or below"
        yield Fault(path, "body", f"its reading grade is {found:.1f}", mend)
    for problem, mend in complaints(entry):
        yield Fault(path, "body", problem, mend)

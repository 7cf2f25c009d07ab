"""Everything that ``tips check`` holds a library folder to: form, reading grade and wording."""

from collections.abc import Iterator
from pathlib import Path

from tipbot.core.entries import Entry, Fault, home
from tipbot.core.markup import MarkupError, to_plain
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
    if language == _GRADED:
        for entry in library.entries:
            faults += check_wording(entry, home(entry, language))
    return sorted(faults, key=lambda fault: fault.path)


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

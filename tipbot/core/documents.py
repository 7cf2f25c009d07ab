"""The source documents that tips cite: what may stand in their list, and how two lists differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tipbot.core.entries import NO_LINE, Fault, is_one_line
from tipbot.core.markup import utf16_length
from tipbot.core.model import Document

SOURCES = "sources.yaml"
"""The file that lists the documents, in the library folder."""
MOST_DOCUMENTS = 40
MOST_SECTIONS = 200
LONGEST_NAME = 80
LONGEST_HEADING = 120
"""Of a document's title and of a section, in UTF-16 units: subscribers read both below a text."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document on which two lists differ; None stands for one that is not in a list."""

    before: Document | None
    after: Document | None

    @property
    def name(self) -> str:
        """The file's own name, by which tips cite it."""
        known = self.after or self.before
        return known.name if known else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """What of a document that is in both lists differs."""
        if self.before is None or self.after is None:
            return ()
        names = ("title", "sections")
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


def changed_documents(
    before: Iterable[Document], after: Iterable[Document]
) -> tuple[DocumentChange, ...]:
    """Return the documents on which two lists differ, in order of name."""
    old, new = ({each.name: each for each in side} for side in (before, after))
    changes = (DocumentChange(old.get(name), new.get(name)) for name in sorted(old | new))
    return tuple(change for change in changes if change.before != change.after)


def check_documents(documents: Sequence[Document]) -> Iterator[Fault]:
    """Yield what is wrong with documents: how many there are, their names, titles and sections."""
    if len(documents) > MOST_DOCUMENTS:
        mend = f"name {MOST_DOCUMENTS} at most"
        yield Fault(SOURCES, "file", f"{len(documents):,} documents", mend)
    for document in documents:
        yield from _check_document(document)


def _check_document(document: Document) -> Iterator[Fault]:
    field = f"{document.name:.{LONGEST_NAME}}"
    if len(document.sections) > MOST_SECTIONS:
        mend = f"list {MOST_SECTIONS} at most"
        yield Fault(SOURCES, field, f"{len(document.sections):,} sections", mend)
    yield from _check_lines(field, "name", [document.name], LONGEST_NAME)
    yield from _check_lines(field, "title", [document.title], LONGEST_HEADING)
    yield from _check_lines(field, "section", document.sections, LONGEST_HEADING)


def _check_lines(field: str, kind: str, lines: Iterable[str], limit: int) -> Iterator[Fault]:
    for line in lines:
        shown = f"{kind} '{line:.40}'"
        if not is_one_line(line):
            yield Fault(SOURCES, field, f"{shown}: {NO_LINE}", "write it on one line")
        elif (length := utf16_length(line)) > limit:
            yield Fault(SOURCES, field, f"{shown}: {length} characters", f"shorten it to {limit}")

"""The list of source documents: what stands in it is read by subscribers, so it is checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.house import LIBRARY, TODAY, tip
from tipbot.core.documents import (
    LONGEST_HEADING,
    MOST_DOCUMENTS,
    MOST_SECTIONS,
    check_documents,
)
from tipbot.core.entries import MOST_SOURCES
from tipbot.core.library import (
    LONGEST_CITED,
    Library,
    check_citations,
    check_library,
    check_reviews,
)
from tipbot.core.model import Citation, Document

ONE = LIBRARY.documents[0]


def problems(*documents: Document) -> list[str]:
    return [fault.problem for fault in check_documents(documents)]


def test_plain_documents_have_no_faults() -> None:
    heading = "é" * LONGEST_HEADING
    assert problems(ONE, replace(ONE, title=heading, sections=(heading,))) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("X" * 5000, "5000 characters"),
        ("😀" * 61, "122 characters"),
        ("\u202eabc", "cannot be shown"),
        ("a\nb", "line breaks"),
        ("a  b", "spaces to spare"),
        ("a\0b", "cannot be shown"),
        ("", "it is empty"),
    ],
)
def test_titles_and_sections_are_held_to_one_short_line(line: str, problem: str) -> None:
    for wrong in (replace(ONE, title=line), replace(ONE, sections=("Water", line))):
        (found,) = problems(wrong)
        assert problem in found


def test_a_name_is_short_enough_to_be_shown() -> None:
    (found,) = problems(replace(ONE, name="x" * 81))
    assert "81 characters" in found


def test_there_are_not_more_documents_and_sections_than_can_be_chosen_from() -> None:
    many = [replace(ONE, name=f"{n}.txt") for n in range(MOST_DOCUMENTS + 1)]
    assert problems(*many) == ["41 documents"]
    sections = tuple(f"Section {n}" for n in range(MOST_SECTIONS + 1))
    assert problems(replace(ONE, sections=sections)) == ["201 sections"]


def test_a_library_is_held_to_it_by_the_name_of_the_file() -> None:
    wrong = replace(LIBRARY, documents=(replace(ONE, title="X" * 5000),))
    (fault,) = [each for each in check_library(wrong) if each.path == "sources.yaml"]
    assert fault.field == "a.txt"


def test_of_far_too_many_sources_the_first_alone_are_looked_up() -> None:
    """Looking for the nearest name costs time: an archive could hold tens of thousands."""
    cited = tuple(Citation("b.txt", f"{n}") for n in range(2000))
    faults = check_citations(replace(tip("sip"), sources=cited), {"a.txt": ONE}, "x.md")
    assert len(faults) == MOST_SOURCES


@pytest.mark.parametrize(("days", "sound"), [(0, True), (1, True), (2, False)])
def test_a_review_in_the_future_is_a_fault_once_it_is_so_everywhere(
    days: int, *, sound: bool
) -> None:
    later = replace(tip("sip"), reviewed=TODAY + timedelta(days=days))
    faults = check_reviews(Library(tips=(later,)), Library(), TODAY)
    assert (faults == []) is sound


def test_a_clock_that_is_behind_finds_no_fault_with_the_days_of_the_live_library() -> None:
    mine = Library(tips=(replace(tip("sip"), reviewed=TODAY + timedelta(days=300)),))
    assert check_reviews(mine, mine, TODAY) == []
    moved = replace(mine.tips[0], reviewed=TODAY + timedelta(days=301))
    assert len(check_reviews(Library(tips=(moved,)), mine, TODAY)) == 1


def test_sources_that_would_fill_the_message_are_too_many() -> None:
    sections = tuple(f"{n} {'x' * 117}" for n in range(10))
    document = Document(name="a.txt", title="T" * LONGEST_HEADING, sections=sections)
    for count, sound in ((4, True), (5, False)):
        cited = tuple(Citation("a.txt", section) for section in sections[:count])
        faults = check_citations(replace(tip("sip"), sources=cited), {"a.txt": document}, "x.md")
        assert (faults == []) is sound
        assert (count * (120 + 119 + 5) <= LONGEST_CITED) is sound

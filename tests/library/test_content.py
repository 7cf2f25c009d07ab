"""The library that is shipped: sound, and rich enough for every topic and shelf."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tipbot.core.library import SHELVES, Library
from tipbot.core.markup import to_plain
from tipbot.core.model import CORE_TOPICS, OFFERED_TOPICS, Card, Topic
from tipbot.library.check import check_folder
from tipbot.library.files import read_files, read_library, write_files
from tipbot.library.reading import grade

TIPS = Path(__file__).parents[2] / "tips"


@cache
def library() -> Library:
    return read_library(TIPS)


def test_the_library_has_no_faults() -> None:
    assert [str(fault) for fault in check_folder(TIPS)] == []


@pytest.mark.parametrize(
    ("topic", "least"),
    [*((topic, 15) for topic in CORE_TOPICS), *((topic, 8) for topic in OFFERED_TOPICS)],
)
def test_each_topic_has_enough_tips(topic: Topic, least: int) -> None:
    assert Counter(tip.topic for tip in library().tips)[topic] >= least


def test_every_shelf_holds_cards() -> None:
    counts = Counter(card.shelf for card in library().cards)
    assert all(counts[shelf] >= 5 for shelf in SHELVES), counts


def test_every_section_of_every_document_is_used() -> None:
    cited = {citation for entry in library().entries for citation in entry.sources}
    used = {(citation.document, citation.section) for citation in cited}
    sections = {(one.name, section) for one in library().documents for section in one.sections}
    assert sections - used == set()


def test_every_entry_cites_a_document() -> None:
    assert [entry.id for entry in library().entries if not entry.sources] == []


def test_a_card_of_signs_that_knows_an_emergency_begins_with_it() -> None:
    cards = {
        card.id: to_plain(card.body)
        for card in library().cards
        if card.shelf == "signs" and "emergency number" in to_plain(card.body)
    }
    assert cards.keys() == {"card-red-flags", "card-when-to-see-a-doctor"}
    late = [which for which, body in cards.items() if "emergency number" not in body.split("\n")[0]]
    assert late == []


def test_no_two_entries_have_the_same_title_or_text() -> None:
    counts = Counter((isinstance(entry, Card), entry.title) for entry in library().entries)
    assert [title for title, count in counts.items() if count > 1] == []
    texts = Counter(entry.body for entry in library().entries)
    assert [body for body, count in texts.items() if count > 1] == []


@pytest.mark.parametrize(
    "name",
    [
        "carbamazepine", "gabapentin", "pregabalin", "botox", "muscle relaxant",
        "acupuncture", "valerian", "chamomile", "magnesium supplement",
        "radiofrequency", "microvascular decompression", "selective denervation",
        "physical therap", "anticholinergic", "chinese herbal", "therapeutic massage",
    ],
)  # fmt: skip
def test_each_treatment_the_documents_name_has_a_card(name: str) -> None:
    cards = [to_plain(f"{card.title}\n\n{card.body}").lower() for card in library().cards]
    assert any(name in text for text in cards)


def test_tips_read_easily_on_the_whole() -> None:
    grades = sorted(grade(f"{tip.title}.\n{to_plain(tip.body)}") for tip in library().tips)
    assert grades[len(grades) // 2] <= 5


def test_the_shipped_files_survive_an_export() -> None:
    assert read_files(write_files(library())) == (library(), [])

from pathlib import Path

from tests.bot.chat import PAPER, Person
from tipbot.bot.buttons.learn import OpenCard, OpenShelf
from tipbot.core.library import Library
from tipbot.core.model import TipId
from tipbot.library.files import read_library


async def test_the_shelves_are_shown_with_their_counts(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    assert newcomer.labels == ["🚨 Signs (1)", "💊 Treatments (18)"]


async def test_a_long_shelf_has_pages(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    await newcomer.taps("Treatments")
    assert "page 1 of 3" in newcomer.screen
    assert "Page before" not in " ".join(newcomer.labels)
    await newcomer.taps("Next page")
    await newcomer.taps("Next page")
    assert "page 3 of 3" in newcomer.screen
    assert newcomer.labels == [
        "Treatments & more 17",
        "Treatments & more 18",
        "⬅️ Page before",
        "⬅️ All shelves",
    ]
    await newcomer.taps("All shelves")
    assert "Pick a shelf" in newcomer.screen


async def test_a_card_names_each_of_its_sources(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    await newcomer.taps("Signs")
    await newcomer.taps("Signs & more 01")
    assert "Signs & more 01" in newcomer.screen
    assert "another < thing" in newcomer.screen
    assert newcomer.screen.count("• “Quick Help & Tips”, section") == 2
    assert PAPER not in newcomer.screen
    assert "“Quick Help & Tips”, section “Breathing Exercises”" in newcomer.screen
    assert "ask your doctor" in newcomer.screen
    assert "February 1, 2026" in newcomer.screen


async def test_cards_can_be_read_one_after_the_other(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    await newcomer.taps("Treatments")
    await newcomer.taps("Treatments & more 01")
    assert "⬅️ Card before" not in newcomer.labels
    for number in range(2, 19):
        await newcomer.taps("Next card")
        assert f"Treatments & more {number:02}" in newcomer.screen
    assert "➡️ Next card" not in newcomer.labels
    await newcomer.taps("Card before")
    assert "Treatments & more 17" in newcomer.screen
    await newcomer.taps("All shelves")
    await newcomer.taps("Signs")
    await newcomer.taps("Signs & more 01")
    assert len(newcomer.labels) == 2, "the only card of its shelf"


async def test_the_way_back_leads_to_the_page_of_the_card(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    await newcomer.taps("Treatments")
    await newcomer.taps("Next page")
    await newcomer.taps("Treatments & more 12")
    await newcomer.taps("⬅️ 💊 Treatments")
    assert "page 2 of 3" in newcomer.screen
    assert len(newcomer.said) == 1


async def test_a_retired_card_and_pages_that_are_none_expire(newcomer: Person) -> None:
    await newcomer.sends("/learn")
    seen = newcomer.screen
    for value in (
        OpenCard(TipId("card-gone")),
        OpenShelf("treatments", 3),
        OpenShelf("treatments", -1),
        OpenShelf("attic", 0),
    ):
        await newcomer.taps_value(value)
        assert newcomer.alerted
        assert newcomer.screen == seen


async def test_the_shelves_stand_in_the_order_in_which_they_are_offered(newcomer: Person) -> None:
    library = read_library(Path(__file__).parents[2] / "tips")
    await newcomer.chat.store.sync_library(library, newcomer.chat.clock())
    await newcomer.sends("/learn")
    words = [label.split()[1] for label in newcomer.labels]
    assert words == ["Signs", "Causes", "Types", "Triggers", "Treatments", "Relief", "Living"]


async def test_what_is_an_emergency_stands_above_all_other_signs(newcomer: Person) -> None:
    library = read_library(Path(__file__).parents[2] / "tips")
    await newcomer.chat.store.sync_library(library, newcomer.chat.clock())
    await newcomer.sends("/learn")
    await newcomer.taps("Signs")
    assert newcomer.labels[:3] == [
        "Red flags",
        "When to see a doctor",
        "Pain: common, yet a reason to go",
    ]


async def test_a_shelf_begins_with_the_overview_and_ends_with_the_gravest(
    newcomer: Person,
) -> None:
    library = read_library(Path(__file__).parents[2] / "tips")
    await newcomer.chat.store.sync_library(library, newcomer.chat.clock())
    await newcomer.sends("/learn")
    await newcomer.taps_value(OpenShelf("causes", 0))
    assert newcomer.labels[0] == "Causes at a glance"
    await newcomer.taps("Next page")
    cards = [label for label in newcomer.labels if "⬅️" not in label]
    assert cards[-1] == "A brain tumour: a serious cause"
    for shelf, first in (("treatments", "Treatments at a"), ("triggers", "Common triggers")):
        await newcomer.taps_value(OpenShelf(shelf, 0))
        assert newcomer.labels[0].startswith(first)


async def test_an_empty_library_says_so(newcomer: Person) -> None:
    await newcomer.chat.store.sync_library(Library(), newcomer.chat.clock())
    await newcomer.sends("/learn")
    assert "no cards" in newcomer.screen


async def test_every_card_of_the_library_can_be_opened(newcomer: Person) -> None:
    library = read_library(Path(__file__).parents[2] / "tips")
    await newcomer.chat.store.sync_library(library, newcomer.chat.clock())
    await newcomer.sends("/learn")
    for card in library.cards:
        await newcomer.taps_value(OpenCard(card.id))
        assert not newcomer.alerted
        assert card.title in newcomer.screen
        await newcomer.taps(newcomer.labels[0])
        assert card.title in newcomer.labels

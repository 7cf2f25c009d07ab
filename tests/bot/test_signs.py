from pathlib import Path

import pytest
import yaml

from tests.bot.chat import Chat, Person
from tipbot.bot.views.signs import SIGNS, SOURCES, TITLES, signs_view
from tipbot.core.model import Flag
from tipbot.texts import load_texts

REPOSITORY = Path(__file__).parents[2]


async def test_emergency_comes_first(newcomer: Person) -> None:
    await newcomer.sends("/signs")
    lines = newcomer.screen.splitlines()
    assert lines[0] == "When to get help"
    assert "Call your emergency number now" in lines[2]
    assert newcomer.screen.index("emergency") < newcomer.screen.index("See a doctor soon")


async def test_it_names_every_sign_of_the_documents(newcomer: Person) -> None:
    await newcomer.sends("/signs")
    for words in (
        "the face or an arm droops or is weak",
        "speaking is hard",
        "sight is lost",
        "there is pain",
        "the face is weak or droops",
        "your sight changes",
        "more than a few weeks",
        "spreads",
        "gets worse",
        "severe",
    ):
        assert words in newcomer.screen


async def test_it_answers_while_the_store_is_away(alice: Person) -> None:
    alice.chat.switch.away = True
    await alice.sends("/signs")
    assert "Call your emergency number now" in alice.screen
    assert alice.chat.put_off == []


async def test_it_never_looks_at_the_store(alice: Person) -> None:
    alice.chat.switch.used.clear()
    await alice.sends("/signs")
    assert alice.chat.switch.used == []


async def test_it_speaks_the_chosen_language_although_it_looks_nowhere(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Language")
    await bob.taps("Deutsch")
    bob.chat.switch.away = True
    await bob.sends("/signs")
    assert "Notruf" in bob.screen
    bob.chat.switch.away = False
    await bob.sends("/delete_me")
    await bob.taps("🗑")
    await bob.sends("/signs")
    assert "emergency number" in bob.screen, "nothing is remembered of who left"


async def test_it_leaves_an_open_question_open(alice: Person) -> None:
    await alice.sends("/settings")
    await alice.taps("Bedtime")
    await alice.sends("/signs")
    await alice.sends("21:10")
    assert (await alice.subscriber()).bedtime == 21 * 60 + 10


async def test_it_is_silent_in_a_group(chat: Chat, alice: Person) -> None:
    await alice.says_in(-5, "/signs")
    assert chat.telegram.messages.get(-5) is None


def test_its_sources_are_documents_with_these_titles_and_sections() -> None:
    known = yaml.safe_load((REPOSITORY / "tips" / "sources.yaml").read_text(encoding="utf-8"))
    assert {name: known[name]["title"] for name in TITLES} == TITLES
    assert all(citation.section in known[citation.document]["sections"] for citation in SOURCES)
    assert {citation for _, cited in SIGNS for citation in cited} == set(SOURCES)


async def test_its_sources_are_one_tap_away_and_leave_the_signs_in_sight(newcomer: Person) -> None:
    await newcomer.sends("/signs")
    card = newcomer.screen_message
    assert card is not None
    for words in ("Recognizing", "section", "articles", *TITLES.values()):
        assert words not in card.text
    await newcomer.taps("Where this comes from")
    assert newcomer.screen_message is not card
    for source in SOURCES:
        assert TITLES[source.document] in newcomer.screen
        assert source.section in newcomer.screen
        assert source.document not in newcomer.screen
    assert "there is pain [1, 2, 4]" in newcomer.screen
    assert "own safety rule" in newcomer.screen


@pytest.mark.parametrize("language", load_texts().languages)
def test_it_is_short_enough_to_be_read_in_alarm(language: str) -> None:
    html = signs_view(load_texts().speak(language)).html
    assert len(html) < 900
    assert len(html.splitlines()) <= 18


def test_what_was_ticked_is_said_with_the_card() -> None:
    text = load_texts().speak("en")
    html = signs_view(text, frozenset({Flag.PAIN, Flag.SIGHT})).html
    assert "You ticked: <b>sight changed, pain</b>" in html
    assert html.index("emergency number now") < html.index("You ticked")

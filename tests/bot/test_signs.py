from pathlib import Path

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


def test_every_source_is_named_by_file_and_title() -> None:
    html = signs_view(load_texts().speak("en")).html
    assert all(citation.document in html for citation in SOURCES)
    assert "Recognizing When to Seek Medical Help" in html


def test_what_was_ticked_is_said_with_the_card() -> None:
    text = load_texts().speak("en")
    html = signs_view(text, frozenset({Flag.PAIN, Flag.SIGHT})).html
    assert "You ticked: <b>sight changed, pain</b>" in html
    assert html.index("emergency number now") < html.index("You ticked")

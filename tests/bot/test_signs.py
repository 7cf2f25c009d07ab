from pathlib import Path

import pytest
import yaml
from structlog.testing import capture_logs

from tests.bot.chat import Chat, Person
from tests.bot.telegram import Shown
from tipbot.bot.incoming import read_update
from tipbot.bot.views.signs import SIGNS, SOURCES, TITLES, signs_view
from tipbot.core.model import Flag
from tipbot.texts import load_texts

REPOSITORY = Path(__file__).parents[2]


def told(chat: Chat, group: int = -5) -> list[Shown]:
    """Return what was said in a group."""
    return chat.telegram.messages.get(group, [])


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


@pytest.mark.parametrize("command", ["/signs", "/signs@tipbot_test_bot", "/Signs now please"])
async def test_a_group_is_shown_the_same_card_without_buttons(chat: Chat, command: str) -> None:
    rosa = chat.person(7, "Rosa", "es")
    await rosa.says_in(-5, command)
    [shown] = told(chat)
    assert shown.html == signs_view(load_texts().speak("es")).html
    assert shown.labels == []


async def test_a_supergroup_is_shown_it_and_a_channel_is_not(chat: Chat, newcomer: Person) -> None:
    for group, kind in ((-6, "supergroup"), (-7, "channel")):
        await newcomer.says_in(group, "/signs", chat={"id": group, "type": kind, "title": "Many"})
    assert list(chat.telegram.messages) == [-6]


async def test_a_group_learns_nothing_of_who_asks_and_nothing_is_kept(
    chat: Chat, bob: Person
) -> None:
    await bob.sends("/settings")
    await bob.taps("Language")
    await bob.taps("Deutsch")
    before = await bob.kept()
    chat.switch.used.clear()
    await bob.says_in(-5, "/signs")
    assert "Call your emergency number now" in told(chat)[0].text, "as Telegram says, not the store"
    assert chat.switch.used == []
    assert await bob.kept() == before


async def test_a_group_is_shown_it_while_the_store_is_away(chat: Chat, alice: Person) -> None:
    chat.switch.away = True
    await alice.says_in(-5, "/signs")
    assert len(told(chat)) == 1
    assert chat.put_off == []


async def test_while_a_group_is_answered_nothing_is_in_hand_that_would_be_kept(
    chat: Chat, alice: Person
) -> None:
    await alice.says_in(-5, "/signs")
    alice.waits(seconds=31)
    again = read_update(alice.last_update, chat.application.bot)
    await chat.application.process_update(again)
    assert len(told(chat)) == 1
    await chat.house.errands.drain()
    assert len(told(chat)) == 2


async def test_a_group_is_not_filled_with_it(chat: Chat, alice: Person, newcomer: Person) -> None:
    for _ in range(3):
        await alice.says_in(-5, "/signs")
        await newcomer.says_in(-5, "/signs")
    await alice.says_in(-6, "/signs")
    assert len(told(chat)) == len(told(chat, -6)) == 1
    alice.waits(seconds=31)
    await newcomer.says_in(-5, "/signs")
    assert len(told(chat)) == 2


async def test_it_stands_below_the_question_and_in_its_topic(chat: Chat, alice: Person) -> None:
    await alice.says_in(-5, "/signs", message_thread_id=3, is_topic_message=True)
    await alice.says_in(-6, "/signs", message_thread_id=3)
    first, second = chat.telegram.made("sendMessage")
    asked = alice.last_update["message"]["message_id"]
    assert second["reply_parameters"]["message_id"] == asked
    assert second["reply_parameters"]["allow_sending_without_reply"]
    assert first["message_thread_id"] == 3
    assert "message_thread_id" not in second, "a thread of replies is no topic"


@pytest.mark.parametrize(
    "refusal",
    [
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
)
async def test_a_group_that_lets_the_bot_not_write_is_left_alone(
    chat: Chat, alice: Person, refusal: tuple[int, str]
) -> None:
    chat.telegram.refusals += [("sendMessage", *refusal)]
    with capture_logs() as logged:
        await alice.says_in(-5, "/signs")
        await alice.says_in(-5, "/signs")
    assert len(chat.telegram.made("sendMessage")) == 1
    assert {each["log_level"] for each in logged} <= {"info"}


async def test_who_speaks_for_a_group_is_shown_it_and_another_bot_is_not(
    chat: Chat, alice: Person
) -> None:
    robot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await alice.says_in(-5, "/signs", **{"from": robot})
    assert told(chat) == []
    group = {"id": -5, "type": "group", "title": "A group"}
    await alice.says_in(-5, "/signs", **{"from": robot}, sender_chat=group)
    assert len(told(chat)) == 1


async def test_what_is_meant_for_another_bot_is_left_to_it(chat: Chat, alice: Person) -> None:
    await alice.says_in(-5, "/signs@other_bot")
    assert told(chat) == []


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

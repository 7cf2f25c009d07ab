from tests.bot.chat import Chat, Person
from tipbot.core.model import Stage


async def test_settings_are_for_those_who_finished(newcomer: Person) -> None:
    await newcomer.sends("/settings")
    assert "Hello. I am here" in newcomer.screen


async def test_a_tap_of_a_stranger_names_the_way_in(newcomer: Person) -> None:
    await newcomer.sends("/help")
    await newcomer.taps_data("os:home")
    assert newcomer.alerted
    assert newcomer.toast == "Please send /start first; it takes a minute."
    assert len(newcomer.said) == 1


async def test_a_tap_on_the_way_asks_the_open_question_once(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    hours = newcomer.screen_message
    said = len(newcomer.said)
    await newcomer.taps_data("os:home", hours)
    await newcomer.taps_data("os:home", hours)
    assert newcomer.alerted
    assert len(newcomer.said) == said + 2
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_the_language_kept_wins_over_telegrams(alice: Person) -> None:
    alice.language = "de"
    await alice.sends("/help")
    assert "What I can do" in alice.screen


async def test_a_user_without_a_language_is_understood(chat: Chat) -> None:
    person = chat.person(8, "Nobody", None)
    await person.sends("/start")
    await person.taps("I agree, start")
    assert (await person.subscriber()).language == "en"

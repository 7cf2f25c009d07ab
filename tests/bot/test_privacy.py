import pytest

from tests.bot.chat import Person
from tests.bot.post import delivered
from tipbot.bot.menu import MENU
from tipbot.core.holdings import RECORDS_KEPT
from tipbot.core.model import DeliveryState, Presence


async def test_stop_ends_everything_at_once_waiting_tips_included(bob: Person) -> None:
    store = bob.chat.store
    assert (await store.counts())[DeliveryState.PENDING] == 1
    await bob.sends("/stop")
    assert "Stopped." in bob.screen
    assert "/start" in bob.screen
    assert (await bob.subscriber()).presence is Presence.STOPPED
    assert await delivered(bob) == []
    assert (await store.counts())[DeliveryState.PENDING] == 0
    assert await store.next_due() is None


async def test_stop_keeps_the_settings(bob: Person) -> None:
    before = await bob.kept()
    await bob.sends("/stop")
    after = await bob.kept()
    assert [plan.schedule for plan in after.plans] == [plan.schedule for plan in before.plans]
    assert after.subscriber.zone == "Europe/Berlin"


async def test_stop_twice_is_stopped(bob: Person) -> None:
    await bob.sends("/stop")
    await bob.sends("/stop")
    assert (await bob.subscriber()).presence is Presence.STOPPED


@pytest.mark.parametrize("agreed_only", [True, False])
async def test_a_second_stop_is_told_that_all_is_stopped_already(
    bob: Person, newcomer: Person, *, agreed_only: bool
) -> None:
    person = newcomer if agreed_only else bob
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await person.sends("/stop")
    await person.sends("/stop")
    assert person.everything.count("Stopped.") == 1
    assert "stopped all messages already" in person.screen
    assert "/start" in person.screen
    await person.sends("/start")
    await person.sends("/stop")
    assert person.everything.count("Stopped.") == 2


async def test_stop_on_the_way_takes_the_location_keyboard_away(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("/stop")
    assert newcomer.reply_keyboard == []


async def test_a_stranger_who_stops_is_told_that_nothing_is_kept(newcomer: Person) -> None:
    await newcomer.sends("/stop")
    assert "I keep nothing about you" in newcomer.screen
    assert not await newcomer.known()


async def test_privacy_says_what_where_how_long_and_how_to_leave(bob: Person) -> None:
    await bob.sends("/privacy")
    for words in ("What is kept:", "What is not kept:", "Where:", "How long:", "How to leave:"):
        assert words in bob.screen
    assert bob.labels == []


async def test_privacy_promises_no_command_that_is_not_there(bob: Person) -> None:
    await bob.sends("/privacy")
    named = {word.strip(".:,") for word in bob.screen.split() if word.startswith("/")}
    assert named == {"/stop", "/export", "/delete_me"}
    assert {name.removeprefix("/") for name in named} <= set(MENU)


async def test_privacy_names_the_days_after_which_records_go(bob: Person) -> None:
    await bob.sends("/privacy")
    assert f"after {RECORDS_KEPT.days} days" in bob.screen


async def test_the_privacy_button_pressed_twice_says_it_once(newcomer: Person) -> None:
    await newcomer.sends("/start")
    welcome = newcomer.screen_message
    await newcomer.taps("Privacy", welcome)
    await newcomer.taps("Privacy", welcome)
    assert len(newcomer.said) == 2

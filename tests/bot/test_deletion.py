"""/delete_me: everything of a person goes, at once and for good."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.chat import START, Chat, Person
from tests.bot.post import delivered, first_tip
from tests.bot.samples import samples
from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.buttons.prefixes import PREFIXES
from tipbot.bot.buttons.privacy import DeleteMe
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.core.holdings import CLOCKS_APART, DELETE_WITHIN, delete_still_offered

BUTTON = "Remove everything"
OPEN_TO_ALL = {"Agree", "OpenPrivacy", "OpenShelves", "OpenShelf", "OpenCard", "CiteSigns"}
"""Buttons that serve whoever taps them."""
KINDS = sorted(
    (kind for kind in PREFIXES.values() if kind.__name__ not in OPEN_TO_ALL),
    key=lambda kind: kind.__name__,
)
START_FIRST = "Please send /start first; it takes a minute."


async def asks(person: Person) -> None:
    await person.sends("/delete_me")


async def test_it_says_what_goes_and_what_telegram_keeps(alice: Person) -> None:
    await asks(alice)
    for words in ("What goes", "What stays with Telegram", "48 hours", "/export", "10:22"):
        assert words in alice.screen
    assert alice.labels == ["🗑 Remove everything"]
    assert await alice.known()


async def test_one_confirmation_removes_everything(alice: Person) -> None:
    await first_tip(alice)
    await alice.sends("/twitch")
    await asks(alice)
    await alice.taps(BUTTON)
    assert not await alice.known()
    assert alice.toast == "Everything is removed"
    assert "Everything about you is removed" in alice.screen
    assert alice.labels == []
    assert sum((await alice.chat.store.counts()).values()) == 0
    assert await alice.chat.store.next_due() is None


async def test_what_was_queued_is_never_sent(alice: Person) -> None:
    await asks(alice)
    await alice.taps(BUTTON)
    alice.waits(days=2)
    assert await delivered(alice) == []


async def test_the_log_pad_is_unpinned_and_deleted(alice: Person) -> None:
    pad = (await alice.subscriber()).pad_message_id
    assert alice.chat.telegram.pinned[alice.id] == pad
    await asks(alice)
    await alice.taps(BUTTON)
    assert alice.id not in alice.chat.telegram.pinned
    assert pad not in [message.message_id for message in alice.said]


async def test_a_log_pad_too_old_to_delete_is_emptied(alice: Person) -> None:
    pad = (await alice.subscriber()).pad_message_id
    assert pad is not None
    refusal = ("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    alice.chat.telegram.refusals.append(refusal)
    await asks(alice)
    await alice.taps(BUTTON)
    shown = alice.chat.telegram.shown(alice.id, pad)
    assert "not in use any more" in shown.text
    assert shown.labels == []


@pytest.mark.parametrize("method", ["unpinChatMessage", "deleteMessage", "editMessageText"])
async def test_nothing_that_telegram_refuses_keeps_the_data(alice: Person, method: str) -> None:
    alice.chat.faults_expected = True
    alice.chat.telegram.refusals.append((method, 400, "Bad Request: no"))
    await asks(alice)
    await alice.taps(BUTTON)
    assert not await alice.known()


async def test_a_double_tap_is_harmless(alice: Person) -> None:
    await asks(alice)
    question = alice.screen_message
    await alice.taps(BUTTON, question)
    said = len(alice.said)
    assert question is not None
    await alice.taps_value(DeleteMe(int(START.timestamp())), question)
    assert alice.toast == "Everything is removed"
    assert len(alice.said) == said


async def test_a_tap_handed_over_again_ends_what_a_crash_left(alice: Person) -> None:
    await asks(alice)
    question = alice.screen_message
    assert question is not None
    await alice.chat.store.forget(alice.who)  # killed right after the commit
    await alice.taps_value(DeleteMe(int(START.timestamp())), question)
    assert "Everything about you is removed" in alice.screen


async def test_the_button_expires(alice: Person) -> None:
    await asks(alice)
    alice.waits(minutes=15)
    await alice.taps(BUTTON)
    assert alice.alerted
    assert "expired" in (alice.toast or "")
    assert await alice.known()


async def test_a_button_of_the_future_removes_nothing(alice: Person) -> None:
    await alice.taps_value(DeleteMe(int(START.timestamp()) + 60))
    assert await alice.known()


async def test_nobody_can_remove_somebody_else(alice: Person, bob: Person) -> None:
    await asks(alice)
    await bob.taps_value(DeleteMe(int(START.timestamp())))
    assert await alice.known()
    assert not await bob.known()


@pytest.mark.parametrize("kind", KINDS)
async def test_any_old_button_asks_to_start_first(alice: Person, kind: type) -> None:
    await first_tip(alice)
    await alice.sends("/twitch")
    await asks(alice)
    await alice.taps(BUTTON)
    for value in samples(kind):
        await alice.taps_value(value)
        assert alice.alerted
        assert alice.toast == START_FIRST
    assert not await alice.known()


async def test_an_open_question_is_gone_too(alice: Person) -> None:
    await alice.sends("/settings")
    await alice.taps("Bedtime")
    settings = alice.screen_message
    await alice.taps_value(DeleteMe(int(START.timestamp())), settings)
    assert await alice.chat.store.dialog(alice.who, alice.chat.clock()) is None
    await alice.sends("21:10")
    assert "Hello. I am here" in alice.screen


async def test_whoever_starts_again_is_a_newcomer(alice: Person) -> None:
    await asks(alice)
    await alice.taps(BUTTON)
    await alice.sends("/start")
    assert "Hello. I am here" in alice.screen
    assert not await alice.known()
    await alice.taps_value(Agree())
    assert (await alice.kept()).plans == ()


async def test_nothing_is_left_in_memory_of_what_was_shown(alice: Person) -> None:
    await alice.sends("/twitch")
    await asks(alice)
    await alice.taps(BUTTON)
    screen = alice.chat.house.screen
    shown = [view.html for (chat, _), view in screen._views.items() if chat == alice.id]
    assert len(shown) == 1
    assert "Everything about you" in shown[0]


async def test_on_the_way_the_location_keyboard_goes_too(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await asks(newcomer)
    await newcomer.taps(BUTTON)
    assert newcomer.reply_keyboard == []
    assert not await newcomer.known()


async def test_a_stranger_is_told_that_nothing_is_kept(newcomer: Person) -> None:
    await asks(newcomer)
    assert "I keep nothing about you" in newcomer.screen
    assert newcomer.labels == []


async def test_a_block_after_the_removal_keeps_nothing(chat: Chat, alice: Person) -> None:
    await asks(alice)
    await alice.taps(BUTTON)
    await alice.blocks_the_bot()
    await alice.unblocks_the_bot()
    assert await chat.store.subscriber(alice.who) is None


async def test_a_tip_in_flight_brings_nobody_back(alice: Person) -> None:
    delivery, _ = await first_tip(alice)
    await asks(alice)
    await alice.taps(BUTTON)
    fresh = replace(delivery, subscriber=replace(delivery.subscriber, unanswered=2))
    await slow_down_if_quiet(alice.chat.store, fresh, alice.chat.clock())
    assert not await alice.known()


@given(
    st.integers(-(2**63), 2**63 - 1)
    | st.integers(-1000, 1000).map(lambda age: int(START.timestamp()) + age)
)
def test_the_button_works_for_a_quarter_of_an_hour_and_no_longer(asked: int) -> None:
    age, early = START.timestamp() - asked, -CLOCKS_APART.total_seconds()
    assert delete_still_offered(asked, START) == (early <= age < DELETE_WITHIN.total_seconds())

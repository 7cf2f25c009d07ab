"""Someone sends faster than one chat can be answered: all is kept, little is said."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.bot.chat import Person
from tests.bot.test_checkin import entries
from tipbot.bot.buttons.entry import ToggleFlag
from tipbot.bot.order import CROWD
from tipbot.core.model import Flag


@asynccontextmanager
async def flood(person: Person) -> AsyncIterator[None]:
    """Let many more updates of a chat be in hand."""
    over = asyncio.Event()

    async def wait() -> None:
        await over.wait()

    waiting = [asyncio.create_task(wait()) for _ in range(CROWD + 1)]
    for task in waiting:
        person.chat.house.crowds.follow(person.who, task)
    yield
    over.set()
    await asyncio.gather(*waiting)


def methods(person: Person) -> list[str]:
    return [call.method for call in person.chat.telegram.calls]


async def test_in_a_flood_a_tap_is_kept_and_answered_and_its_message_drawn_later(
    alice: Person,
) -> None:
    await alice.sends("/pad")
    async with flood(alice):
        alice.chat.telegram.calls.clear()
        await alice.taps("Twitch now")
        assert methods(alice) == ["answerCallbackQuery"]
        await alice.sends("/twitch")
        await alice.sends("/settings")
        assert len(await entries(alice)) == 2
        assert methods(alice) == ["answerCallbackQuery"]
    await alice.taps("Twitch now")
    assert methods(alice)[-1] == "editMessageText"
    assert len(await entries(alice)) == 2, "the button was not drawn anew: it is a double tap"


async def test_in_a_flood_the_buttons_of_a_tip_are_drawn_later(alice: Person) -> None:
    await alice.sends("/twitch")
    async with flood(alice):
        alice.chat.telegram.calls.clear()
        await alice.taps("Undo")
        assert methods(alice) == ["answerCallbackQuery"]
    await alice.taps("Undo")
    assert methods(alice)[-1] == "editMessageText"


async def test_a_flood_of_one_is_no_flood_of_another(alice: Person, bob: Person) -> None:
    async with flood(alice):
        await bob.sends("/help")
        assert "What I can do" in bob.screen


async def test_the_warning_signs_come_through_a_flood_once(alice: Person) -> None:
    before = len(alice.said)
    async with flood(alice):
        for _ in range(3):
            await alice.sends("/signs")
        assert len(alice.said) == before + 1
        alice.waits(minutes=1)
        await alice.sends("/signs")
        assert len(alice.said) == before + 2


async def test_a_ticked_sign_brings_its_card_through_a_flood(alice: Person) -> None:
    await alice.sends("/twitch")
    entry = (await entries(alice))[-1]
    before = len(alice.said)
    async with flood(alice):
        await alice.taps_value(ToggleFlag(entry.id, Flag.SIGHT, on=True), alice.screen_message)
        assert len(alice.said) == before + 1
        assert "emergency" in alice.screen.lower()

"""Owners learn, with a number and no more, that messages may or may not have arrived."""

from datetime import timedelta

from structlog.testing import capture_logs

from tests.bot.chat import OWNER_ID, Chat, Person
from tests.bot.post import delivered
from tests.store.house import LEASE, allow_all
from tipbot.bot.doubts import TOLD_EVERY, tell_doubts
from tipbot.core.model import DeliveryState
from tipbot.store.base import Store


async def doubt(store: Store, chat: Chat) -> None:
    """Let everything that waits become a doubt."""
    now = chat.clock()
    claimed = await store.claim_deliveries("w", now, 10, LEASE)
    await store.begin_sending("w", [each.id for each in claimed], now, allow_all)
    await store.sweep(now + timedelta(hours=1), timedelta(minutes=2))


async def tell(chat: Chat) -> list[dict[str, object]]:
    """Let the tick come; return what was sent by it."""
    before = len(chat.telegram.made("sendMessage"))
    await tell_doubts(chat.application.bot, chat.house)
    return chat.telegram.made("sendMessage")[before:]


async def test_an_owner_is_told_once_without_a_sound(chat: Chat, bob: Person) -> None:
    assert await tell(chat) == []
    await doubt(chat.store, chat)
    assert (await chat.store.counts())[DeliveryState.UNKNOWN] == 1
    (said,) = await tell(chat)
    assert said["chat_id"] == OWNER_ID
    assert said["disable_notification"]
    assert "one more message I cannot tell" in str(said["text"])
    assert bob.name not in str(said["text"])
    assert await tell(chat) == []
    chat.clock.move(TOLD_EVERY)
    assert await tell(chat) == []


async def test_new_doubts_are_told_a_day_later_at_the_earliest(chat: Chat, bob: Person) -> None:
    await doubt(chat.store, chat)
    await tell(chat)
    chat.clock.move(timedelta(minutes=5))
    await bob.sends("/tip")
    await doubt(chat.store, chat)
    assert await tell(chat) == []
    chat.clock.move(TOLD_EVERY)
    assert len(await tell(chat)) == 1


async def test_an_owner_who_never_began_is_no_trouble(chat: Chat, bob: Person) -> None:
    chat.telegram.blocked_by.add(OWNER_ID)
    await doubt(chat.store, chat)
    with capture_logs() as logs:
        await tell(chat)
    assert {"event": "doubts_told", "count": 1, "log_level": "warning"} in logs
    chat.telegram.blocked_by.clear()
    assert await delivered(bob) == []


async def test_an_owners_quiet_hours_put_it_off(chat: Chat, olga: Person) -> None:
    await olga.finishes_onboarding("Pacific/Auckland")
    await doubt(chat.store, chat)
    for _ in range(2):
        assert await tell(chat) == []
    chat.clock.move(timedelta(hours=11))
    (said,) = await tell(chat)
    assert said["chat_id"] == OWNER_ID

import pytest

from tests.bot.chat import Chat, Person
from tipbot.core.model import DeliveryState, Presence


async def test_someone_who_blocks_the_bot_gets_nothing_more(bob: Person) -> None:
    await bob.blocks_the_bot()
    assert (await bob.subscriber()).presence is Presence.BLOCKED
    counts = await bob.chat.store.counts()
    assert counts.get(DeliveryState.PENDING, 0) == 0
    assert counts[DeliveryState.UNREACHABLE] == 1


async def test_someone_who_unblocks_the_bot_is_back_with_all_settings(bob: Person) -> None:
    before = (await bob.kept()).plans
    await bob.blocks_the_bot()
    bob.waits(days=2)
    await bob.unblocks_the_bot()
    after = await bob.kept()
    assert after.subscriber.presence is Presence.ACTIVE
    assert [plan.schedule for plan in after.plans] == [plan.schedule for plan in before]


async def test_a_message_proves_that_nobody_blocks(bob: Person) -> None:
    await bob.chat.store.mark_unreachable(bob.who)
    await bob.sends("/help")
    assert (await bob.subscriber()).presence is Presence.ACTIVE


async def test_coming_back_does_not_undo_a_stop(bob: Person) -> None:
    await bob.sends("/stop")
    await bob.unblocks_the_bot()
    await bob.sends("/help")
    assert (await bob.subscriber()).presence is Presence.STOPPED


async def test_a_stranger_who_blocks_the_bot_is_not_kept(newcomer: Person) -> None:
    await newcomer.blocks_the_bot()
    await newcomer.unblocks_the_bot()
    assert not await newcomer.known()


async def test_a_block_while_the_store_is_away_is_handled_later(bob: Person) -> None:
    bob.chat.switch.away = True
    await bob.blocks_the_bot()
    assert bob.chat.put_off == [bob.chat.updates]
    bob.chat.switch.away = False
    await bob.repeats()
    assert (await bob.subscriber()).presence is Presence.BLOCKED


async def test_a_group_is_told_once_where_to_write(chat: Chat, newcomer: Person) -> None:
    await newcomer.adds_the_bot_to(-5)
    await newcomer.promotes_the_bot_in(-5)
    await newcomer.says_in(-5, "/start")
    await newcomer.says_in(-5, "hello bot")
    told = chat.telegram.messages[-5]
    assert len(told) == 1
    assert "private chats only" in told[0].text
    assert "@tipbot_test_bot" in told[0].text
    assert "/signs" in told[0].text
    assert not await newcomer.known()


async def test_a_supergroup_is_told_and_a_channel_is_not(chat: Chat, newcomer: Person) -> None:
    await newcomer.adds_the_bot_to(-6, "supergroup")
    await newcomer.adds_the_bot_to(-7, "channel")
    assert list(chat.telegram.messages) == [-6]


@pytest.mark.parametrize("joined_first", [True, False])
async def test_a_group_that_becomes_a_supergroup_is_not_told_again(
    chat: Chat, newcomer: Person, *, joined_first: bool
) -> None:
    await newcomer.adds_the_bot_to(-5)
    if joined_first:
        await newcomer.adds_the_bot_to(-1005, "supergroup")
        await newcomer.lets_grow(-5, -1005)
    else:
        await newcomer.lets_grow(-5, -1005)
        await newcomer.adds_the_bot_to(-1005, "supergroup")
    assert len(chat.telegram.messages[-5]) == 1
    assert chat.telegram.messages.get(-1005, []) == []
    await newcomer.adds_the_bot_to(-1006, "supergroup")
    assert len(chat.telegram.messages[-1006]) == 1


async def test_a_greeting_that_is_gone_keeps_nothing_from_going_on(
    chat: Chat, newcomer: Person
) -> None:
    await newcomer.adds_the_bot_to(-1005, "supergroup")
    chat.telegram.refusals.append(
        ("deleteMessage", 400, "Bad Request: message to delete not found")
    )
    await newcomer.lets_grow(-5, -1005)
    assert "/help" not in newcomer.everything


async def test_a_group_that_lets_the_bot_not_write_is_left_alone(newcomer: Person) -> None:
    newcomer.chat.telegram.refusals.append(
        ("sendMessage", 403, "Forbidden: bot was kicked from the group chat")
    )
    await newcomer.adds_the_bot_to(-5)
    assert -5 not in newcomer.chat.telegram.messages

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from tests.sandbox.conftest import TOKEN
from tipbot.sandbox import Fault, Person, Sandbox
from tipbot.sandbox.limits import RateLimits


async def test_a_flood_says_when_to_try_again(bot: Bot, alice: Person, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(kind="flood", method="sendMessage", seconds=7))
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(alice.id, "a")
    assert raised.value.retry_after == timedelta(seconds=7)
    assert await bot.send_message(alice.id, "a")


async def test_a_fault_hits_its_method_and_chat_as_often_as_told(
    bot: Bot, alice: Person, sandbox: Sandbox
) -> None:
    bob = sandbox.person("Bob")
    bob.starts()
    sandbox.faults.add(Fault(kind="error", method="sendMessage", chat_id=alice.id, times=2))
    assert await bot.send_message(bob.id, "a")
    assert await bot.send_chat_action(alice.id, "typing")
    for _ in range(2):
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await bot.send_message(alice.id, "a")
    assert await bot.send_message(alice.id, "a")


async def test_a_fault_until_removed(bot: Bot, alice: Person, sandbox: Sandbox) -> None:
    fault = sandbox.faults.add(Fault(kind="blocked", times=None))
    for _ in range(3):
        with pytest.raises(Forbidden):
            await bot.send_message(alice.id, "a")
    assert await bot.get_updates() == ()
    sandbox.faults.remove(fault.id)
    assert await bot.send_message(alice.id, "a")


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_before_and_after_acceptance(
    bot: Bot, alice: Person, sandbox: Sandbox, kind: str, arrived: int
) -> None:
    sandbox.faults.add(Fault(kind=kind, method="sendMessage"))  # type: ignore[arg-type]  # a Literal
    with pytest.raises(NetworkError):
        await bot.send_message(alice.id, "a")
    assert len(alice.from_bot) == arrived


async def test_a_slow_answer_takes_effect_at_once(alice: Person, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(kind="slow", method="sendMessage", seconds=30))
    client = Bot(TOKEN, base_url=f"{sandbox.url}/bot", request=HTTPXRequest(read_timeout=0.3))
    async with client:
        with pytest.raises(TelegramError, match="Timed out"):
            await client.send_message(alice.id, "a")
    assert len(alice.from_bot) == 1


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of blocked, flood"):
        Fault(kind="gremlin")  # type: ignore[arg-type]  # wrong on purpose


async def test_limits_are_off_until_switched_on(bot: Bot, alice: Person, sandbox: Sandbox) -> None:
    for _ in range(6):
        await bot.send_message(alice.id, "a")
    sandbox.limits.enabled = True
    with pytest.raises(RetryAfter):
        await asyncio.gather(*[bot.send_message(alice.id, "a") for _ in range(6)])


class Counted:
    """Rate limits on a clock of their own."""

    def __init__(self) -> None:
        self.at = 100.0
        self.limits = RateLimits(lambda: self.at)
        self.limits.enabled = True

    def passes(self, chat_id: int, method: str = "sendmessage") -> bool:
        return self.limits.check(method, chat_id) is None


def test_one_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    counted = Counted()
    assert [counted.passes(1) for _ in range(5)] == [True, True, True, False, False]
    assert counted.passes(2)
    counted.at += 1
    assert [counted.passes(1) for _ in range(2)] == [True, False]


def test_all_chats_together_take_thirty_a_second() -> None:
    counted = Counted()
    assert sum(counted.passes(chat) for chat in range(1, 100)) == 30
    counted.at += 0.5
    assert sum(counted.passes(chat) for chat in range(101, 200)) == 15


def test_a_group_takes_twenty_a_minute() -> None:
    counted = Counted()
    assert sum(counted.passes(-5) for _ in range(40)) == 20


def test_what_is_no_message_is_not_counted() -> None:
    counted = Counted()
    assert all(counted.passes(1, "sendchataction") for _ in range(50))
    assert all(counted.passes(1, "answercallbackquery") for _ in range(50))


async def test_the_last_calls_are_kept_without_secrets(
    bot: Bot, alice: Person, sandbox: Sandbox
) -> None:
    await bot.send_message(alice.id, "Hello")
    await bot.send_document(alice.id, b"abc", filename="a.txt")
    await bot.set_webhook("http://127.0.0.1:9/", secret_token="hush")
    await bot.delete_webhook()
    [call] = sandbox.calls.of("sendMessage")
    assert (call.status, call.parameters["text"]) == (200, "Hello")
    [call] = sandbox.calls.of("sendDocument")
    assert "a.txt (text/plain, 3 bytes)" in call.parameters.values()
    everything = str([call.as_json() for call in sandbox.calls])
    assert TOKEN not in everything
    assert "hush" not in everything

"""Replies leave at the common pace whatever their connections cost, in virtual time."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from tests.delivery.conftest import Virtually
from tests.delivery.leaving import most_in_a_second
from tipbot.bot.leaving import held_for, its_turn
from tipbot.delivery.rate import Pacer
from tipbot.delivery.replies import PacedRateLimiter

RATE = 30


class Server:
    """A server that is far away: a connection has to be opened, and each is used again."""

    def __init__(self, handshake: float, round_trip: float) -> None:
        self._handshake = handshake
        self._round_trip = round_trip
        self._idle = 0
        self.came: list[float] = []

    async def call(self) -> bool:
        """Post one message as ``bot.request`` does."""
        if self._idle:
            self._idle -= 1
        else:
            await asyncio.sleep(self._handshake)
        await its_turn()
        self.came.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._round_trip)
        self._idle += 1
        return True


async def reply(limiter: PacedRateLimiter, server: Server, chat: int) -> None:
    await limiter.process_request(server.call, (), {}, "sendMessage", {"chat_id": chat}, None)


@pytest.mark.parametrize("handshake", [0.0, 0.06, 0.12, 0.5])
def test_connections_that_have_to_be_opened_crowd_no_second(
    virtually: Virtually, handshake: float
) -> None:
    async def run() -> list[float]:
        server, limiter = Server(handshake, 0.06), PacedRateLimiter(Pacer(RATE), held_for)
        await asyncio.gather(*(reply(limiter, server, chat) for chat in range(90)))
        return server.came

    came = virtually(run())
    assert most_in_a_second(came) <= RATE
    assert max(came) - min(came) < 3.5, "and none waits for long"


def test_who_opens_a_connection_while_a_flood_comes_leaves_behind_it(virtually: Virtually) -> None:
    async def run() -> tuple[float, list[float]]:
        pacer = Pacer(RATE)
        server, limiter = Server(0.5, 0.06), PacedRateLimiter(pacer, held_for)
        under_way = asyncio.gather(*(reply(limiter, server, chat) for chat in range(8)))
        await asyncio.sleep(0.4)
        flooded = asyncio.get_running_loop().time()
        pacer.flooded(timedelta(seconds=5))
        await under_way
        return flooded, server.came

    flooded, came = virtually(run())
    assert min(came) >= flooded + 5
    assert len(set(came)) == len(came), "they leave one after another"


def test_a_long_flood_that_comes_while_a_connection_is_opened_fails_the_reply_at_once(
    virtually: Virtually,
) -> None:
    async def run() -> float:
        pacer, loop = Pacer(RATE), asyncio.get_running_loop()
        server, began = Server(0.5, 0.06), loop.time()
        under_way = asyncio.create_task(reply(PacedRateLimiter(pacer, held_for), server, 5))
        await asyncio.sleep(0.4)
        pacer.flooded(timedelta(minutes=5))
        with pytest.raises(RetryAfter):
            await under_way
        assert not server.came
        return loop.time() - began

    assert virtually(run()) < 1

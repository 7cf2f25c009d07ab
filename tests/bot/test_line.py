"""What is written on a line, and how its answers are read."""

import asyncio
import gc
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import TimedOut

from tests.bot.posting import FORM, TAKEN, lines_to, post
from tests.bot.servers import answer, served
from tipbot.bot.forms import head_of
from tipbot.bot.line import Line
from tipbot.bot.timeouts import Timeouts


async def test_each_exchange_of_a_connection_has_its_whole_time() -> None:
    """One timer serves them all: it must not cut the second short, nor forget the last."""
    waits, connections = [0.0, 0.5, 0.5, 5.0], set()

    async def handler(request: web.Request) -> web.Response:
        connections.add(request.transport)
        await asyncio.sleep(waits.pop(0))
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url, read=0.8) as lines:
        for _ in range(3):
            assert await post(lines) == {"message_id": 7}
        began = asyncio.get_running_loop().time()
        with pytest.raises(TimedOut):
            await post(lines)
        assert asyncio.get_running_loop().time() - began > 0.75
    assert len(connections) == 1


@pytest.mark.parametrize(
    "url", ["http://a/bot1:T/x y", "http://a b/", "http://a/\r\nX: y", "http://ä/"]
)
def test_an_address_that_would_be_more_than_one_line_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^not an address$"):
        head_of(url, "tipbot")


class _Wire(asyncio.Transport):
    """Takes what is written, and can be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def write(self, data: Any) -> None:
        pass

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        self.closed = True


BODY = TAKEN.decode()
ANSWERS = [
    f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}",
    f"HTTP/1.1 200 OK\r\ncontent-LENGTH:{len(BODY)}\r\nDate: x\r\n\r\n{BODY}",
    (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        f"5;x=y\r\n{BODY[:5]}\r\n{len(BODY) - 5:x}\r\n{BODY[5:]}\r\n0\r\nTrailer: z\r\n\r\n"
    ),
    f"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}",
    (
        "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
        f"HTTP/1.1 200 \r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}"
    ),
    f"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{BODY}",
    f"HTTP/1.0 200 OK\r\n\r\n{BODY}",
]


@given(st.sampled_from(ANSWERS), st.lists(st.integers(1, 400), max_size=6))
def test_an_answer_is_read_however_it_is_cut(said: str, cuts: list[int]) -> None:
    data = said.encode()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})

    async def run() -> Any:
        wire, line = _Wire(), Line()
        line.connection_made(wire)
        asking = asyncio.create_task(line.exchange(b"", FORM, Timeouts()))
        await asyncio.sleep(0)
        for start, end in pairwise(places):
            line.data_received(data[start:end])
        line.eof_received()
        return await asking

    with asyncio.Runner() as runner:
        assert runner.run(run()) == (200, TAKEN)


def test_an_answer_that_was_read_is_let_go_of_without_a_search() -> None:
    """Python's search for unused memory holds up whoever taps, and grows with what it finds."""
    data = ANSWERS[0].encode()

    async def run() -> int:
        line = Line()
        line.connection_made(_Wire())
        for _ in range(5):
            asking = asyncio.create_task(line.exchange(b"", FORM, Timeouts()))
            await asyncio.sleep(0)
            line.data_received(data)
            assert await asking == (200, TAKEN)
        return sum(type(each) is type(line._answer) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner() as runner:
            assert runner.run(run()) <= 2, "the last, and the one that a line begins with"
    finally:
        gc.enable()

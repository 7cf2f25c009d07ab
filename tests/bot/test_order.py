"""One update per chat at a time."""

import asyncio
import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tipbot.bot.order import ChatOrder


class Diary:
    """Records when pieces of work began and ended."""

    def __init__(self) -> None:
        self.began: list[tuple[str, int]] = []
        self.running: set[str] = set()
        self.most = 0

    async def work(self, chat: str, number: int, turns: int = 2) -> None:
        assert chat not in self.running, "two at once in one chat"
        self.running.add(chat)
        self.began.append((chat, number))
        self.most = max(self.most, len(self.running))
        for _ in range(turns):
            await asyncio.sleep(0)
        self.running.remove(chat)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 5)), max_size=40))
@settings(deadline=None)
def test_each_chat_keeps_its_order_and_never_runs_two_at_once(
    arrivals: list[tuple[str, int]],
) -> None:
    async def run() -> Diary:
        diary, order = Diary(), ChatOrder(limit=2)
        for number, (chat, turns) in enumerate(arrivals):
            order.submit(chat, lambda c=chat, n=number, t=turns: diary.work(c, n, t))  # type: ignore[misc]  # mypy cannot see defaults in a lambda
        assert await order.drain(5)
        assert len(order) == 0
        assert not order._last
        return diary

    diary = asyncio.run(run())
    assert diary.most <= 2
    for chat in "abcd":
        mine = [number for number, (each, _) in enumerate(arrivals) if each == chat]
        assert [number for each, number in diary.began if each == chat] == mine


async def test_chats_run_side_by_side() -> None:
    order, meet = ChatOrder(), asyncio.Barrier(3)

    async def work() -> None:
        await meet.wait()

    for chat in "abc":
        order.submit(chat, work)
    assert await order.drain(5)


async def test_work_that_raises_does_not_keep_back_the_next() -> None:
    order, diary = ChatOrder(), Diary()

    async def broken() -> None:
        message = "broken"
        raise ValueError(message)

    first = order.submit("a", broken)
    order.submit("a", lambda: diary.work("a", 1))
    assert await order.drain(5)
    assert isinstance(first.exception(), ValueError)
    assert diary.began == [("a", 1)]


async def test_work_that_is_cancelled_does_not_keep_back_the_next() -> None:
    order, diary, forever = ChatOrder(), Diary(), asyncio.Event()

    async def wait() -> None:
        await forever.wait()

    first = order.submit("a", wait)
    order.submit("a", lambda: diary.work("a", 1))
    await asyncio.sleep(0)
    first.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await first
    assert await order.drain(5)
    assert diary.began == [("a", 1)]


async def test_a_chat_that_waits_for_another_attempt_gives_its_place_to_others() -> None:
    resume, slept = asyncio.Event(), []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await resume.wait()

    order, diary = ChatOrder(limit=1, sleep=sleep), Diary()
    answers = iter([2.5, None])

    async def flaky() -> float | None:
        diary.began.append(("a", 0))
        return next(answers)

    order.submit("a", flaky)
    order.submit("a", lambda: diary.work("a", 1))
    await order.submit("b", lambda: diary.work("b", 0))
    assert diary.began == [("a", 0), ("b", 0)]
    resume.set()
    assert await order.drain(5)
    assert slept == [2.5]
    assert diary.began == [("a", 0), ("b", 0), ("a", 0), ("a", 1)]


async def test_draining_cancels_what_takes_too_long_and_says_so() -> None:
    order, forever = ChatOrder(), asyncio.Event()

    async def wait() -> None:
        await forever.wait()

    task = order.submit("a", wait)
    assert not await order.drain(0.01)
    assert task.cancelled()
    assert len(order) == 0

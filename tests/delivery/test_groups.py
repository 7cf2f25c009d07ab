"""What comes together is committed together."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.delivery.conftest import Virtually
from tipbot.delivery.groups import Group


class Ledger:
    def __init__(self, seconds: float = 0.0) -> None:
        self.groups: list[list[int]] = []
        self.seconds = seconds
        self.at_once = 0

    async def commit(self, items: Sequence[int]) -> Sequence[int]:
        assert not self.at_once, "one group at a time"
        self.at_once += 1
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        self.groups.append(list(items))
        if 13 in items:
            message = "unlucky"
            raise ValueError(message)
        return [10 * each for each in items]


def test_each_caller_gets_its_own_result_from_one_commit(virtually: Virtually) -> None:
    async def run() -> tuple[list[int], Ledger]:
        ledger = Ledger()
        group = Group(ledger.commit, gather=0.01, most=64)
        return await asyncio.gather(*(group.put(n) for n in range(5))), ledger

    results, ledger = virtually(run())
    assert results == [0, 10, 20, 30, 40]
    assert ledger.groups == [[0, 1, 2, 3, 4]]


def test_a_full_group_does_not_wait(virtually: Virtually) -> None:
    async def run() -> tuple[float, Ledger]:
        loop, ledger = asyncio.get_running_loop(), Ledger()
        start = loop.time()
        group = Group(ledger.commit, gather=3600, most=4)
        await asyncio.gather(*(group.put(n) for n in range(8)))
        return loop.time() - start, ledger

    seconds, ledger = virtually(run())
    assert seconds < 1
    assert ledger.groups == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_what_comes_during_a_commit_is_the_next_group(virtually: Virtually) -> None:
    async def run() -> Ledger:
        ledger = Ledger(seconds=1)
        group = Group(ledger.commit, gather=0, most=64)
        first = asyncio.create_task(group.put(1))
        await asyncio.sleep(0.5)
        await asyncio.gather(first, *(group.put(n) for n in (2, 3)))
        assert await group.put(4) == 40
        return ledger

    assert virtually(run()).groups == [[1], [2, 3], [4]]


def test_a_commit_that_fails_fails_for_its_group_alone(virtually: Virtually) -> None:
    async def run() -> list[int | BaseException]:
        group = Group(Ledger().commit, gather=0.01, most=2)
        return await asyncio.gather(*(group.put(n) for n in (12, 13, 14)), return_exceptions=True)

    first, second, third = virtually(run())
    assert isinstance(first, ValueError)
    assert isinstance(second, ValueError)
    assert third == 140


def test_closing_tells_everyone_who_waits(virtually: Virtually) -> None:
    async def run() -> None:
        group = Group(Ledger(seconds=3600).commit, gather=0, most=1)
        waiting = [asyncio.create_task(group.put(n)) for n in range(3)]
        await asyncio.sleep(1)
        await group.close()
        for each in waiting:
            with pytest.raises(asyncio.CancelledError):
                await each

    virtually(run())


def test_a_slow_commit_holds_up_no_more_than_the_groups_that_may_be_abreast(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[list[float], int]:
        loop, under_way, most = asyncio.get_running_loop(), 0, 0
        start = loop.time()

        async def commit(items: Sequence[int]) -> Sequence[int]:
            nonlocal under_way, most
            assert items
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(1)
            under_way -= 1
            return items

        async def put(number: int) -> float:
            await asyncio.sleep(number * 0.4)
            assert await group.put(number) == number
            return loop.time() - start

        group = Group(commit, gather=0, most=64, abreast=2)
        ended = await asyncio.gather(*(put(number) for number in range(5)))
        return [*ended, await put(0)], most

    ended, most = virtually(run())
    assert ended == pytest.approx([1.0, 1.4, 2.0, 2.4, 3.0, 4.0]), (
        "one that came late found its way"
    )
    assert most == 2


async def turns(counted: list[int]) -> None:
    """Count the loop's turns until cancelled."""
    while True:
        counted[0] += 1
        await asyncio.sleep(0)


def test_a_large_group_does_not_go_on_in_one_turn_of_the_loop(virtually: Virtually) -> None:
    async def run() -> Counter[int]:
        group, turn = Group(Ledger().commit, gather=0, most=64), [0]

        async def put(number: int) -> int:
            assert await group.put(number + 100) == 10 * (number + 100)
            return turn[0]

        counting = asyncio.create_task(turns(turn))
        told = await asyncio.gather(*(put(number) for number in range(40)))
        counting.cancel()
        assert told == sorted(told), "in order"
        return Counter(told)

    assert max(virtually(run()).values()) <= 8


def test_what_is_committed_is_told_to_all_though_the_group_is_closed_meanwhile(
    virtually: Virtually,
) -> None:
    async def run() -> list[int]:
        group = Group(Ledger().commit, gather=0, most=64)
        first, *others = [asyncio.create_task(group.put(n)) for n in range(20, 60)]
        await first
        assert not others[-1].done()
        await group.close()
        return [await first, *[await each for each in others]]

    assert virtually(run()) == [10 * n for n in range(20, 60)]

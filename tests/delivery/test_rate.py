"""The pace: never too many in any second, most of what is allowed, replies first."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.conftest import Virtually
from tests.delivery.leaving import Sent, most_in_a_second, send
from tipbot.core.pace import SHARE
from tipbot.delivery.budget import Lane, Tempo
from tipbot.delivery.chats import CHAT_INTERVAL, Chats
from tipbot.delivery.departures import EVERY
from tipbot.delivery.rate import AHEAD, Pacer


@pytest.mark.parametrize("rate", [1, 7, 30, 1000])
def test_no_second_holds_more_than_the_rate_and_nearly_all_of_it_is_used(
    virtually: Virtually, rate: int
) -> None:
    async def run() -> list[float]:
        pacer, sent = Pacer(rate), Sent()
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(send(pacer, Lane.TIP, n, sent) for n in range(rate * 20)))
        assert pacer.waiting == 0
        return [at - start for at, _, _ in sent]

    moments = virtually(run())
    assert most_in_a_second(moments) <= rate
    assert len(moments) / (moments[-1] + 1 / rate) >= 0.95 * rate


@pytest.mark.parametrize("late", [0.002, 0.009, 0.05])
def test_late_timers_neither_burst_nor_lose_much(late: float) -> None:
    """A loop that is busy serves its timers late; the pure pace is driven with such delays."""
    tempo, chance, now, moments = Tempo(30), random.Random(1), 0.0, []  # noqa: S311 - repeatable delays
    while now < 60:
        now = max(now, tempo.ready_at()) + chance.uniform(0, late)
        tempo.take(now)
        moments.append(now)
    assert most_in_a_second(moments) <= 30
    if late < 0.01:
        assert len(moments) / 60 >= 0.95 * 30


@given(st.lists(st.floats(0, 3), min_size=1, max_size=120), st.integers(1, 60))
def test_whatever_the_gaps_no_second_holds_more_than_the_rate(gaps: list[float], rate: int) -> None:
    tempo, now, moments = Tempo(rate), 0.0, []
    for gap in gaps:
        now = max(now + gap, tempo.ready_at())
        tempo.take(now)
        moments.append(now)
    assert most_in_a_second(moments) <= rate


def test_an_idle_pacer_sends_at_once_and_then_does_not_burst(virtually: Virtually) -> None:
    async def run() -> list[float]:
        pacer, sent = Pacer(30), Sent()
        await asyncio.sleep(3600)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(send(pacer, Lane.TIP, n, sent) for n in range(10)))
        return [at - start for at, _, _ in sent]

    moments = virtually(run())
    assert moments[0] == 0
    assert moments[-1] == pytest.approx(9 / (30 * 0.97), abs=0.011)


def test_replies_go_before_tips_and_tips_before_announcements(virtually: Virtually) -> None:
    async def run() -> Sent:
        pacer, sent = Pacer(10), Sent()
        lanes = [Lane.ANNOUNCEMENT] * 5 + [Lane.TIP] * 5 + [Lane.REPLY] * 5
        waiting = [
            asyncio.create_task(send(pacer, lane, chat, sent)) for chat, lane in enumerate(lanes)
        ]
        await asyncio.sleep(0.25)
        waiting.append(asyncio.create_task(send(pacer, Lane.REPLY, 99, sent)))
        await asyncio.gather(*waiting)
        return sent

    sent = virtually(run())
    lanes = [lane for _, lane, _ in sent]
    assert lanes[0] is Lane.ANNOUNCEMENT, "nobody else had asked yet"
    assert lanes[1:] == sorted(lanes[1:])
    assert [chat for _, lane, chat in sent if lane is Lane.TIP] == [5, 6, 7, 8, 9]
    late_reply = next(at for at, _, chat in sent if chat == 99)
    assert late_reply < min(at for at, lane, _ in sent if lane is Lane.TIP)


def test_a_reply_waits_for_the_next_place_only_however_many_tips_wait(
    virtually: Virtually,
) -> None:
    async def run() -> float:
        pacer, sent = Pacer(30), Sent()
        tips = [asyncio.create_task(send(pacer, Lane.TIP, n, sent)) for n in range(300)]
        await asyncio.sleep(1.5)
        asked = asyncio.get_running_loop().time()
        await send(pacer, Lane.REPLY, 999, sent)
        waited = asyncio.get_running_loop().time() - asked
        await asyncio.gather(*tips)
        return waited

    assert virtually(run()) <= 1 / (30 * 0.97) + 1e-6


def test_one_chat_gets_one_announcement_a_second_and_does_not_hold_up_others(
    virtually: Virtually,
) -> None:
    async def run() -> Sent:
        pacer, sent = Pacer(30), Sent()
        to_one = [send(pacer, Lane.ANNOUNCEMENT, 1, sent) for _ in range(4)]
        to_others = [send(pacer, Lane.ANNOUNCEMENT, chat, sent) for chat in range(2, 30)]
        await asyncio.gather(*to_one, *to_others)
        return sent

    sent = virtually(run())
    to_one = [at for at, _, chat in sent if chat == 1]
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in pairwise(to_one))
    assert max(at for at, _, chat in sent if chat != 1) < to_one[1]


def test_three_replies_may_come_at_once_and_then_one_a_second(virtually: Virtually) -> None:
    async def run() -> list[float]:
        pacer, sent = Pacer(1000), Sent()
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(send(pacer, Lane.REPLY, 1, sent) for _ in range(6)))
        return [at - start for at, _, _ in sent]

    steps = [0, 0, 0, 1, 2, 3]
    assert virtually(run()) == pytest.approx([n * CHAT_INTERVAL for n in steps], abs=0.01)


def test_a_flood_stops_every_lane_and_slows_down_once(virtually: Virtually) -> None:
    async def run() -> list[float]:
        pacer, sent = Pacer(10), Sent()
        await pacer.acquire(Lane.TIP, 0)
        for _ in range(5):
            pacer.flooded(timedelta(seconds=30))
        start = asyncio.get_running_loop().time()
        lanes = (Lane.REPLY, Lane.TIP, Lane.ANNOUNCEMENT)
        await asyncio.gather(*(send(pacer, lanes[n % 3], n + 1, sent) for n in range(30)))
        return [at - start for at, _, _ in sent]

    moments = virtually(run())
    assert moments[0] == pytest.approx(30)
    gap = (moments[-1] - moments[0]) / 29
    assert 1 / (10 * 0.97) < gap <= 1 / (10 * 0.97 * 0.7) + 1e-6


def test_what_was_under_way_together_is_one_incident_however_late_its_answers_come(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[list[float], float]:
        tempo = Tempo(30)
        pacer, sent = Pacer(30, tempo), Sent()
        loop = asyncio.get_running_loop()
        left = loop.time()
        for _ in range(50):
            await asyncio.sleep(0.1)  # the last answer comes long after the first pause
            pacer.flooded(timedelta(seconds=1), left)
        told, slowed = loop.time(), tempo.factor(tempo.paused_until)
        await send(pacer, Lane.REPLY, 1, sent)
        assert sent[0][0] >= told + 1
        pacer.flooded(timedelta(seconds=1), loop.time())
        return [slowed, tempo.factor(tempo.paused_until)], sent[0][0]

    (first, second), _ = virtually(run())
    assert first == pytest.approx(0.7)
    assert second == pytest.approx(0.49, abs=0.01), "what left after the pause is another one"


def test_a_flood_that_comes_while_somebody_waits_holds_them_too(virtually: Virtually) -> None:
    async def run() -> float:
        pacer, sent = Pacer(1), Sent()
        loop = asyncio.get_running_loop()
        await pacer.acquire(Lane.TIP, 0)
        start = loop.time()
        waiting = asyncio.create_task(send(pacer, Lane.TIP, 1, sent))
        await asyncio.sleep(0.5)
        pacer.flooded(timedelta(seconds=20))
        await waiting
        return float(sent[0][0] - start)

    assert virtually(run()) == pytest.approx(20.5)


def test_the_rate_comes_back_slowly_and_has_a_floor() -> None:
    tempo, now = Tempo(30), 0.0
    factors = []
    for _ in range(20):
        tempo.flooded(now, 1, now)
        now = tempo.paused_until
        factors.append(tempo.factor(now))
    assert factors[0] == pytest.approx(0.7)
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] == pytest.approx(0.1)
    assert tempo.factor(now + 10) == pytest.approx(0.2)
    assert tempo.factor(now + 1000) == 1.0


def test_a_waiter_that_is_cancelled_leaves_nothing_and_takes_no_place(virtually: Virtually) -> None:
    async def run() -> list[float]:
        pacer, sent = Pacer(1), Sent()
        loop = asyncio.get_running_loop()
        await pacer.acquire(Lane.TIP, 0)
        start = loop.time()
        leaving = [asyncio.create_task(send(pacer, Lane.REPLY, n, sent)) for n in range(50)]
        leaving += [asyncio.create_task(send(pacer, Lane.TIP, 0, sent)) for _ in range(50)]
        staying = asyncio.create_task(send(pacer, Lane.TIP, 100, sent))
        await asyncio.sleep(0.1)
        assert pacer.waiting == 101
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        assert pacer.waiting == 1
        await staying
        assert pacer.waiting == 0
        assert pacer._timer is None
        return [at - start for at, _, _ in sent]

    assert virtually(run()) == pytest.approx([1 / 0.97], abs=0.02)


def test_edits_keep_the_chats_own_pace_and_take_nothing_from_the_budget(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[list[float], float]:
        pacer = Pacer(1)
        loop = asyncio.get_running_loop()
        start, edits = loop.time(), []

        async def edit() -> None:
            await pacer.acquire_edit(1)
            edits.append(loop.time() - start)

        await asyncio.gather(*(edit() for _ in range(5)))
        await pacer.acquire(Lane.TIP, 2)
        return edits, loop.time() - start

    edits, tip = virtually(run())
    assert edits == pytest.approx([n * CHAT_INTERVAL for n in (0, 0, 0, 1, 2)])
    assert tip == pytest.approx(2 * CHAT_INTERVAL), "the tip did not wait for the budget"


def test_a_flood_holds_edits_too(virtually: Virtually) -> None:
    async def run() -> float:
        pacer = Pacer(1)
        loop = asyncio.get_running_loop()
        start = loop.time()
        pacer.flooded(timedelta(seconds=7))
        await pacer.acquire_edit(1)
        return loop.time() - start

    assert virtually(run()) == pytest.approx(7)


def test_edits_that_a_flood_held_back_follow_each_other_and_those_that_come_later_do_not_wait(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[list[float], float]:
        pacer = Pacer(10 / 0.97)
        loop = asyncio.get_running_loop()
        start, edits = loop.time(), []

        async def edit(chat: int) -> None:
            await pacer.acquire_edit(chat)
            edits.append(loop.time() - start)

        pacer.flooded(timedelta(seconds=2))
        held = [asyncio.create_task(edit(chat)) for chat in range(5)]
        await asyncio.sleep(1)
        pacer.flooded(timedelta(seconds=6))
        await asyncio.sleep(6.15)
        later = loop.time()
        await pacer.acquire_edit(7)
        later = loop.time() - later
        await asyncio.gather(*held)
        return edits, later

    edits, later = virtually(run())
    assert min(edits) >= 7
    assert [b - a for a, b in pairwise(edits)] == pytest.approx([0.1] * 4)
    assert later == 0


def test_an_edit_that_may_be_dropped_comes_once_a_second_and_never_in_a_burst(
    virtually: Virtually,
) -> None:
    async def run() -> list[float]:
        pacer, made = Pacer(30), []
        loop = asyncio.get_running_loop()
        start = loop.time()
        while loop.time() < start + 3.5 * CHAT_INTERVAL:
            if pacer.take_edit(1) == 0:
                made.append(loop.time() - start)
            await asyncio.sleep(0.01)
        return made

    assert virtually(run()) == pytest.approx([n * CHAT_INTERVAL for n in range(4)], abs=0.11)


def test_an_edit_that_may_be_dropped_is_told_how_long_there_is_no_place(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[float, float, float]:
        pacer = Pacer(30)
        await pacer.acquire(Lane.REPLY, 1)
        behind_a_reply = pacer.take_edit(1)
        pacer.flooded(timedelta(seconds=7))
        return behind_a_reply, pacer.take_edit(1), pacer.take_edit(2)

    assert virtually(run()) == pytest.approx((CHAT_INTERVAL, 7, 7))


def test_chats_that_are_long_quiet_are_forgotten() -> None:
    chats = Chats()
    for chat in range(50_000):
        chats.take(chat, chat * 0.1)
    assert len(chats) <= 10_000


def test_a_place_is_told_a_little_ahead_and_kept_to_the_moment(virtually: Virtually) -> None:
    async def run() -> tuple[list[float], list[float]]:
        pacer, told, went = Pacer(10), [], []
        loop = asyncio.get_running_loop()
        start = loop.time()

        async def go(chat: int) -> None:
            place = await pacer.reserve(Lane.TIP, chat)
            told.append(loop.time() - start)
            assert await pacer.depart(place)
            went.append(loop.time() - start)

        await asyncio.gather(*(go(chat) for chat in range(20)))
        return told, went

    told, went = virtually(run())
    most = AHEAD + EVERY + 1e-6
    assert all(0 <= late - early <= most for early, late in zip(told, went, strict=True))
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(went))


async def depart_all(pacer: Pacer, messages: int) -> tuple[list[float], list[float]]:
    """Return the places of tips that all wait from the start on, and when each of them left."""
    places, went = [], []

    async def go(chat: int) -> None:
        place = await pacer.reserve(Lane.TIP, chat)
        places.append(place)
        assert await pacer.depart(place)
        went.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(go(chat) for chat in range(messages)))
    return places, went


def test_a_thousand_a_second_wake_the_loop_a_hundred_times(virtually: Virtually) -> None:
    places, went = virtually(depart_all(Pacer(1000), 3000))
    assert len(set(went)) <= (went[-1] - went[0]) / EVERY + 2
    assert all(0 <= late - early <= EVERY + 1e-6 for early, late in zip(places, went, strict=True))
    assert most_in_a_second(went) <= 1000
    assert len(went) / (went[-1] - went[0]) >= 0.96 * 1000


def test_at_telegrams_own_rate_no_two_messages_leave_together(virtually: Virtually) -> None:
    _, went = virtually(depart_all(Pacer(30), 300))
    assert min(later - earlier for earlier, later in pairwise(went)) >= 2 * EVERY - 1e-6


def test_one_that_gives_up_while_it_waits_for_its_departure_takes_nobody_along(
    virtually: Virtually,
) -> None:
    async def run() -> list[bool]:
        pacer = Pacer(1000)
        places = [await pacer.reserve(Lane.TIP, chat) for chat in range(30)]
        leaving = [asyncio.create_task(pacer.depart(place)) for place in places]
        await asyncio.sleep(0)
        for task in leaving[::2]:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        return [task.cancelled() or task.result() for task in leaving]

    assert virtually(run()) == [True] * 30


def test_what_was_held_up_on_its_way_does_not_go_out_all_at_once(virtually: Virtually) -> None:
    """A database that stands still for a moment keeps several from their places."""

    async def run() -> list[float]:
        pacer, went = Pacer(30), []
        loop = asyncio.get_running_loop()
        start = loop.time()

        async def go(chat: int) -> None:
            place = await pacer.reserve(Lane.TIP, chat)
            await asyncio.sleep(max(0.0, start + 0.5 - loop.time()))
            assert await pacer.depart(place)
            went.append(loop.time() - start)

        await asyncio.gather(*(go(chat) for chat in range(60)))
        return went

    went = sorted(virtually(run()))
    assert most_in_a_second(went) <= 30
    assert all(later - earlier >= 0.03 for earlier, later in zip(went, went[2:], strict=False))


@pytest.mark.parametrize("rate", [30, 1000])
def test_a_machine_that_is_busy_now_and_then_loses_no_places_and_crowds_no_second(
    virtually: Virtually, rate: int
) -> None:
    """Between its place and the wire a message is kept by up to 30 ms, and all behind it."""

    async def run() -> list[float]:
        pacer, went, chance = Pacer(rate), [], random.Random(3)  # noqa: S311 - repeatable
        loop = asyncio.get_running_loop()
        busy_until = loop.time()

        async def go(chat: int) -> None:
            nonlocal busy_until
            place = await pacer.reserve(Lane.TIP, chat)
            if chance.random() < 3 / rate:
                busy_until = place + chance.uniform(0, 0.03)
            await asyncio.sleep(max(0.0, busy_until - loop.time()))
            assert await pacer.depart(place)
            went.append(loop.time())

        async def reply(number: int) -> None:
            await asyncio.sleep(number / 3)
            await pacer.leave(await pacer.acquire(Lane.REPLY, -number))
            went.append(loop.time())

        tips = (go(chat) for chat in range(1, rate * 4))
        await asyncio.gather(*tips, *(reply(number) for number in range(1, 9)))
        return sorted(went)

    went = virtually(run())
    assert most_in_a_second(went) <= rate
    squeezed = [at * (1 - 0.019) for at in went]  # as a network may push them together
    assert most_in_a_second(squeezed) <= rate
    assert len(went) / (went[-1] - went[0]) >= 0.95 * rate


def test_a_flood_keeps_back_what_has_its_place_but_is_not_on_its_way(virtually: Virtually) -> None:
    async def run() -> tuple[bool, bool]:
        pacer = Pacer(30)
        at_once, late = await pacer.reserve(Lane.TIP, 1), await pacer.reserve(Lane.TIP, 2)
        pacer.flooded(timedelta(seconds=5))
        before = await pacer.depart(at_once)
        await asyncio.sleep(60)
        return before, await pacer.depart(late)

    assert virtually(run()) == (False, False)


def test_a_flood_that_comes_while_a_late_one_waits_again_keeps_it_back(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[bool, float]:
        pacer = Pacer(1)
        place = await pacer.reserve(Lane.TIP, 1)
        await asyncio.sleep(0.5)
        departing = asyncio.create_task(pacer.depart(place))
        await asyncio.sleep(0.1)
        pacer.flooded(timedelta(seconds=5))
        told = asyncio.get_running_loop().time()
        return await departing, asyncio.get_running_loop().time() - told

    assert virtually(run()) == (False, 0)


def test_a_late_one_that_can_leave_in_time_does(virtually: Virtually) -> None:
    async def run() -> tuple[bool, bool]:
        pacer, loop = Pacer(10), asyncio.get_running_loop()
        place = await pacer.reserve(Lane.TIP, 1)
        await asyncio.sleep(0.5)
        by = loop.time() + 0.2
        return await pacer.depart(place, by), loop.time() <= by

    assert virtually(run()) == (True, True)


def test_one_that_gets_no_place_in_time_gives_up_then_and_takes_none(virtually: Virtually) -> None:
    async def run() -> tuple[bool, float, int, float]:
        pacer, loop = Pacer(1), asyncio.get_running_loop()
        place = await pacer.reserve(Lane.TIP, 1)
        await asyncio.sleep(0.5)
        late = loop.time()
        gone = await pacer.depart(place, late + 0.2)
        gave_up, waiting = loop.time() - late, pacer.waiting
        await pacer.acquire(Lane.TIP, 2)
        return gone, gave_up, waiting, loop.time() - place

    gone, gave_up, waiting, next_after = virtually(run())
    assert (gone, gave_up, waiting) == (False, pytest.approx(0.2), 0)
    assert next_after == pytest.approx(1 / SHARE, abs=0.02)


def test_one_that_reaches_its_departure_too_late_gives_up_at_once(virtually: Virtually) -> None:
    async def run() -> tuple[bool, float]:
        pacer, loop = Pacer(30), asyncio.get_running_loop()
        place = await pacer.reserve(Lane.TIP, 1)
        by = loop.time() + 1
        await asyncio.sleep(3)
        before = loop.time()
        return await pacer.depart(place, by), loop.time() - before

    assert virtually(run()) == (False, 0)


@pytest.mark.parametrize("seed", range(10))
def test_whoever_gives_up_changes_nothing_about_the_order_of_the_others(
    virtually: Virtually, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable
    callers = [(chance.choice(list(Lane)), chance.random() < 0.5) for _ in range(40)]

    async def run() -> list[tuple[Lane, int]]:
        pacer, went = Pacer(10), []
        await pacer.acquire(Lane.REPLY, 0)

        async def go(lane: Lane, number: int) -> None:
            await pacer.acquire(lane, number)
            went.append((lane, number))

        tasks = [
            asyncio.create_task(go(lane, number)) for number, (lane, _) in enumerate(callers, 1)
        ]
        await asyncio.sleep(0)
        for task, (_, gives_up) in zip(tasks, callers, strict=True):
            if gives_up:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return went

    stay = [(lane, number) for number, (lane, leaves) in enumerate(callers, 1) if not leaves]
    assert virtually(run()) == sorted(stay)


class Listening(Tempo):
    """A budget that keeps what it was told last of those who wait."""

    waiting: tuple[int, ...] = ()

    def look_ahead(self, waiting: Sequence[int], now: float) -> None:
        del now
        self.waiting = tuple(waiting)


def test_the_budget_hears_of_all_who_wait_and_of_nobody_who_gave_up(virtually: Virtually) -> None:
    async def run() -> list[tuple[int, ...]]:
        budget = Listening(1)
        pacer, heard = Pacer(1, budget), []
        await pacer.acquire(Lane.TIP, 0)
        tips = [asyncio.create_task(pacer.acquire(Lane.TIP, chat)) for chat in range(1, 6)]
        replies = [asyncio.create_task(pacer.acquire(Lane.REPLY, chat)) for chat in (7, 8)]
        for gone in ([], tips[:2], [*tips, *replies]):
            for task in gone:
                task.cancel()
            await asyncio.sleep(0.01)
            heard.append(budget.waiting)
        return heard

    assert virtually(run()) == [(2, 5, 0), (2, 3, 0), (0, 0, 0)]

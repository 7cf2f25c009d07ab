"""The budget that several processes share, in virtual time: processes are pacers on one row."""

import asyncio
import random
from datetime import timedelta

import pytest

from tests.delivery.conftest import Virtually
from tests.delivery.leaving import Sent, most_in_a_second, send
from tests.delivery.pace import Process, Row
from tipbot.core.pace import SLOW_DOWN
from tipbot.delivery.budget import Lane
from tipbot.delivery.chats import CHAT_INTERVAL
from tipbot.delivery.rate import Pacer
from tipbot.delivery.shared import ChatNews, ForeignClock, SharedTempo
from tipbot.store.base import Places, PlacesWanted


def pacer(row: Row, rate: float, *, deaf: bool = False) -> Pacer:
    process = Process(row, deaf)
    paced = Pacer(rate, SharedTempo(rate, process))
    ChatNews(process, paced)
    return paced


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("rate", [1, 7, 30, 1000])
def test_all_processes_together_keep_to_the_rate_and_use_nearly_all_of_it(
    virtually: Virtually, rate: int, processes: int
) -> None:
    count = min(rate * 20, 6000)

    async def run() -> tuple[list[float], int]:
        row, sent = Row(), Sent()
        pacers = [pacer(row, rate) for _ in range(processes)]
        work = (send(pacers[n % processes], Lane.TIP, n, sent) for n in range(count))
        await asyncio.gather(*work)
        return [at for at, _, _ in sent], row.asked

    moments, asked = virtually(run())
    assert most_in_a_second(moments) <= rate
    took = max(moments) - min(moments) + 1 / rate
    assert len(moments) / took >= 0.95 * rate
    assert asked / took <= 60 * processes, "the database is left alone"


@pytest.mark.parametrize("processes", [1, 3])
def test_what_leaves_late_in_every_process_crowds_no_second(
    virtually: Virtually, processes: int
) -> None:
    """Each message is kept from its place for up to 12 ms, and leaves by the next departure."""
    chance = random.Random(5)  # noqa: S311 - repeatable

    async def run() -> list[float]:
        row, went, loop = Row(), [], asyncio.get_running_loop()
        pacers = [pacer(row, 1000) for _ in range(processes)]

        async def go(number: int) -> None:
            through = pacers[number % processes]
            place = await through.reserve(Lane.TIP, number)
            await asyncio.sleep(place + chance.uniform(-0.005, 0.012) - loop.time())
            assert await through.depart(place)
            went.append(loop.time())

        await asyncio.gather(*(go(number) for number in range(4000)))
        return went

    went = virtually(run())
    assert most_in_a_second(went) <= 1000
    assert len(went) / (max(went) - min(went)) >= 0.95 * 1000


@pytest.mark.parametrize("seed", range(10))
def test_whatever_the_network_does_no_second_holds_more_than_the_rate(
    virtually: Virtually, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable

    async def run() -> list[float]:
        row, sent = Row(slow=chance.choice([0.003, 0.03, 0.3]), chance=chance), Sent()
        pacers = [pacer(row, 30) for _ in range(4)]

        async def later(number: int) -> None:
            await asyncio.sleep(chance.uniform(0, 10))
            lane = chance.choice(list(Lane))
            await send(chance.choice(pacers), lane, number, sent)

        await asyncio.gather(*(later(number) for number in range(400)))
        return [at for at, _, _ in sent]

    assert most_in_a_second(virtually(run())) <= 30


def test_a_reply_of_one_process_does_not_wait_for_the_tips_of_others(virtually: Virtually) -> None:
    async def run() -> list[float]:
        row, sent = Row(), Sent()
        couriers, receiver = [pacer(row, 30) for _ in range(4)], pacer(row, 30)
        tips = [asyncio.create_task(send(couriers[n % 4], Lane.TIP, n, sent)) for n in range(400)]
        waits, loop = [], asyncio.get_running_loop()
        for number in range(20):
            await asyncio.sleep(0.3)
            asked = loop.time()
            await send(receiver, Lane.REPLY, 1000 + number, sent)
            waits.append(loop.time() - asked)
        await asyncio.gather(*tips)
        return waits

    assert max(virtually(run())) <= 0.2


def test_announcements_go_after_the_tips_of_every_process(virtually: Virtually) -> None:
    async def run() -> Sent:
        row, sent = Row(), Sent()
        first, second = pacer(row, 30), pacer(row, 30)
        tips = [send(first, Lane.TIP, n, sent) for n in range(90)]
        announcements = [send(second, Lane.ANNOUNCEMENT, n, sent) for n in range(100, 190)]
        await asyncio.gather(*tips, *announcements)
        return sent

    half = [lane for _, lane, _ in sorted(virtually(run()))[:90]]
    assert half.count(Lane.TIP) >= 60


def test_a_flood_met_by_one_process_stops_every_other_and_slows_down_once(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[float, Sent, float]:
        row, sent, loop = Row(), Sent(), asyncio.get_running_loop()
        pacers = [pacer(row, 30) for _ in range(4)]
        work = [asyncio.create_task(send(pacers[n % 4], Lane.TIP, n, sent)) for n in range(600)]
        await asyncio.sleep(2)
        told = loop.time()
        for each in pacers:
            each.flooded(timedelta(seconds=10))
        await asyncio.sleep(0)
        pacers[0].flooded(timedelta(seconds=10))
        edit = asyncio.create_task(pacers[3].acquire_edit(5))
        await edit
        assert loop.time() >= told + 10
        await asyncio.gather(*work)
        return told, sent, row.factor

    told, sent, factor = virtually(run())
    assert not [at for at, _, _ in sent if told < at < told + 10]
    assert factor == pytest.approx(SLOW_DOWN)
    after = sorted(at for at, _, _ in sent if at >= told + 10)
    first_second = [at for at in after if at < after[0] + 1]
    assert len(first_second) <= 30 * SLOW_DOWN * 1.05


def test_fifty_refusals_of_one_moment_are_one_incident_and_told_in_few_words(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[float, int, float, list[float]]:
        row, sent, loop = Row(), Sent(), asyncio.get_running_loop()
        first, second = pacer(row, 30), pacer(row, 30)
        await asyncio.gather(*(send(each, Lane.TIP, 1, sent) for each in (first, second)))
        left = loop.time()
        for number in range(100):
            await asyncio.sleep(0.0002)
            (first, second)[number % 2].flooded(timedelta(seconds=3), left)
        last = loop.time()
        sent.clear()
        await asyncio.gather(
            *(send((first, second)[n % 2], Lane.TIP, 100 + n, sent) for n in range(60))
        )
        return last, row.told, row.factor, [at for at, _, _ in sent]

    last, told, factor, moments = virtually(run())
    assert min(moments) >= last + 3 - 0.001, "as long as the last one asked"
    assert factor == pytest.approx(SLOW_DOWN)
    assert told <= 40, "not each one by itself"
    assert most_in_a_second(moments) <= 30 * SLOW_DOWN * 1.05


def test_an_answer_that_comes_after_the_pause_is_of_the_same_incident(virtually: Virtually) -> None:
    async def run() -> float:
        row, sent, loop = Row(), Sent(), asyncio.get_running_loop()
        first, second = pacer(row, 30), pacer(row, 30)
        await asyncio.gather(*(send(each, Lane.TIP, 1, sent) for each in (first, second)))
        left = loop.time()
        first.flooded(timedelta(seconds=1), left)
        await asyncio.sleep(4)
        second.flooded(timedelta(seconds=1), left)
        await asyncio.sleep(0.1)
        return row.factor

    assert virtually(run()) == pytest.approx(SLOW_DOWN)


def test_who_hears_nothing_of_a_flood_learns_of_it_with_the_next_places(
    virtually: Virtually,
) -> None:
    async def run() -> tuple[float, list[float]]:
        row, sent, loop = Row(), Sent(), asyncio.get_running_loop()
        first, deaf = pacer(row, 30), pacer(row, 30, deaf=True)
        work = [asyncio.create_task(send(deaf, Lane.TIP, n, sent)) for n in range(100)]
        await asyncio.sleep(1)
        told = loop.time()
        first.flooded(timedelta(seconds=10))
        await asyncio.gather(*work)
        return told, [at for at, _, _ in sent]

    told, sent = virtually(run())
    leaked = [at for at in sent if told < at < told + 10]
    assert all(at < told + 0.2 for at in leaked)


def test_a_process_that_has_not_sent_yet_hears_of_a_flood_too(virtually: Virtually) -> None:
    async def run() -> float:
        row, loop = Row(), asyncio.get_running_loop()
        first, fresh = pacer(row, 30), pacer(row, 30)
        await first.acquire(Lane.TIP, 1)
        began = loop.time()
        first.flooded(timedelta(seconds=10))
        await asyncio.sleep(0.1)
        await fresh.acquire_edit(5)
        return loop.time() - began

    assert virtually(run()) >= 10


@pytest.mark.parametrize("deaf", [False, True])
def test_a_process_that_begins_during_a_flood_waits_for_its_end_with_edits_too(
    virtually: Virtually,
    deaf: bool,  # noqa: FBT001 - pytest's
) -> None:
    async def run() -> float:
        row, loop = Row(), asyncio.get_running_loop()
        first = pacer(row, 30)
        await first.acquire(Lane.TIP, 1)
        began = loop.time()
        first.flooded(timedelta(seconds=10))
        await asyncio.sleep(3)
        budget = SharedTempo(30, Process(row, deaf))
        await budget.begin()
        await Pacer(30, budget).acquire_edit(5)
        return loop.time() - began

    assert 10 <= virtually(run()) < 10.5


def test_a_process_begins_while_the_database_is_away(virtually: Virtually) -> None:
    async def run() -> None:
        row = Row(away=True)
        budget = SharedTempo(30, Process(row))
        await budget.begin()
        await Pacer(30, budget).acquire_edit(5)

    virtually(run())


def test_an_edit_waits_for_the_end_of_a_flood_that_grows_meanwhile(virtually: Virtually) -> None:
    async def run() -> float:
        alone, loop = Pacer(30), asyncio.get_running_loop()
        alone.flooded(timedelta(seconds=2))
        began = loop.time()
        edit = asyncio.create_task(alone.acquire_edit(5))
        await asyncio.sleep(1)
        alone.flooded(timedelta(seconds=4))
        await edit
        return loop.time() - began

    assert virtually(run()) >= 5


def test_while_the_database_is_away_replies_go_slowly_and_tips_wait(virtually: Virtually) -> None:
    async def run() -> tuple[Sent, Sent]:
        row, sent = Row(), Sent()
        both = pacer(row, 30)
        await send(both, Lane.TIP, 0, sent)
        row.away = True
        tips = [asyncio.create_task(send(both, Lane.TIP, n, sent)) for n in range(1, 60)]
        replies = [asyncio.create_task(send(both, Lane.REPLY, n, sent)) for n in range(100, 110)]
        await asyncio.sleep(15)
        during = list(sent)
        row.away = False
        await asyncio.gather(*tips, *replies)
        return during, sent

    during, sent = virtually(run())
    replies = [at for at, lane, _ in during if lane is Lane.REPLY]
    assert len(replies) == 10
    assert most_in_a_second(replies) <= 2
    assert len([lane for _, lane, _ in during if lane is Lane.TIP]) <= 5, "places in hand"
    assert most_in_a_second([at for at, _, _ in sent]) <= 30


def test_a_late_tip_does_not_wait_until_the_database_is_back(virtually: Virtually) -> None:
    async def run() -> tuple[bool, float]:
        row, loop = Row(), asyncio.get_running_loop()
        shared = pacer(row, 30)
        place = await shared.reserve(Lane.TIP, 1)
        row.away = True
        await asyncio.sleep(0.5)
        began = loop.time()
        return await shared.depart(place, began + 1), loop.time() - began

    gone, after = virtually(run())
    assert not gone
    assert after <= 1


@pytest.mark.parametrize("seed", range(5))
def test_when_the_database_is_back_nobody_is_too_fast(virtually: Virtually, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable

    async def run() -> list[float]:
        row, sent = Row(chance=chance), Sent()
        pacers = [pacer(row, 30) for _ in range(4)]

        async def later(number: int) -> None:
            await asyncio.sleep(chance.uniform(0, 12))
            lane = chance.choice([Lane.REPLY, Lane.TIP])
            await send(chance.choice(pacers), lane, number, sent)

        work = asyncio.gather(*(later(number) for number in range(500)))
        for _ in range(3):
            await asyncio.sleep(chance.uniform(1, 2))
            row.away = True
            await asyncio.sleep(chance.uniform(0.2, 2))
            row.away = False
        await work
        return [at for at, _, _ in sent]

    assert most_in_a_second(virtually(run())) <= 30


def test_a_database_that_refuses_for_good_is_asked_again_and_replies_go(
    virtually: Virtually,
) -> None:
    async def run() -> float:
        row, loop = Row(), asyncio.get_running_loop()
        broken = Process(row)

        async def refuse(_: PlacesWanted) -> Places:
            row.asked += 1
            raise LookupError

        broken.reserve_places = refuse  # type: ignore[method-assign, assignment]  # as without a permission
        paced, began = Pacer(30, SharedTempo(30, broken)), loop.time()
        for chat in range(6):
            await paced.acquire(Lane.REPLY, chat)
        assert row.asked > 1
        return loop.time() - began

    assert virtually(run()) < 10


def test_a_clock_of_the_database_that_is_put_back_or_forward_stops_nobody(
    virtually: Virtually,
) -> None:
    async def run() -> list[float]:
        row, sent = Row(), Sent()
        work = asyncio.gather(
            *(
                send(each, Lane.TIP, id(each) % 10**6 + n, sent)
                for each in [pacer(row, 30), pacer(row, 30)]
                for n in range(200)
            )
        )
        for shift in (3600.0, -3600.0, 0.5):
            await asyncio.sleep(3)
            row.put_back += shift
        await work
        return [at for at, _, _ in sent]

    moments = sorted(virtually(run()))
    assert moments[-1] - moments[0] < 400 / 29 + 4


def test_a_held_chat_is_served_when_its_own_pace_lets_it(virtually: Virtually) -> None:
    async def run() -> list[float]:
        sent, start = Sent(), asyncio.get_running_loop().time()
        alone = pacer(Row(), 1000)
        await asyncio.gather(*(send(alone, Lane.REPLY, 1, sent) for _ in range(5)))
        return [at - start for at, _, _ in sent]

    steps = [0, 0, 0, 1, 2]
    assert virtually(run()) == pytest.approx([n * CHAT_INTERVAL for n in steps], abs=0.03)


def test_processes_keep_to_the_pace_of_a_chat_together(virtually: Virtually) -> None:
    """Somebody writes fast, and two processes answer in turn."""

    async def run() -> list[float]:
        row, sent = Row(), Sent()
        start, both = asyncio.get_running_loop().time(), [pacer(row, 1000), pacer(row, 1000)]
        for number in range(12):
            await send(both[number % 2], Lane.REPLY, 1, sent)
        return [at - start for at, _, _ in sent]

    moments = virtually(run())
    assert moments[-1] >= (12 - 3 - 2) * CHAT_INTERVAL, "two may slip through before it is told"


def test_news_of_many_chats_are_told_in_pieces(virtually: Virtually) -> None:
    async def run() -> list[str]:
        told: list[str] = []
        row = Row()
        Process(row).hear("chats", told.append)
        paced = pacer(row, 1000)
        for chat in range(10**12, 10**12 + 1000):
            paced.take_edit(chat)
        await asyncio.sleep(1)
        return told

    told = virtually(run())
    assert sum(len(words.split(",")) for words in told) == 1000
    assert all(len(words) < 7900 for words in told), "PostgreSQL tells no more at a time"


def test_another_clock_is_told_by_its_least_delayed_answer() -> None:
    clock = ForeignClock()
    clock.saw(500.0, 0.0, 0.9)
    clock.saw(501.0, 0.99, 1.01)
    clock.saw(502.0, 1.5, 2.4)
    assert clock.in_our_time(600.0) == pytest.approx(100.01)
    clock.saw(402.0, 2.99, 3.01)
    assert clock.in_our_time(410.0) == pytest.approx(11.01), "it was put back"
    clock.saw(1000.0, 3.99, 4.01)
    assert clock.in_our_time(1010.0) == pytest.approx(14.01), "it was put forward"

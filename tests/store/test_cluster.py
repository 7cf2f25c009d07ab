"""What several processes on one PostgreSQL agree on, without their rows."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from pydantic import SecretStr

from tests.e2e.world import TOKEN
from tests.store.house import START
from tipbot import parts
from tipbot.clock import CommonClock, system_clock
from tipbot.program.half import Half
from tipbot.settings import Settings
from tipbot.store import columns
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError
from tipbot.store.cluster import PostgresCluster
from tipbot.store.connect import connect

Joining = Callable[[str], Awaitable[PostgresCluster]]
MS = timedelta(milliseconds=1)
DAY = timedelta(days=1)
CHAT = -1001
SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tipbot-%'"
)


@asynccontextmanager
async def joined(
    url: str, name: str, clock: CommonClock | None = None
) -> AsyncIterator[PostgresCluster]:
    clock = clock or CommonClock()
    cluster = PostgresCluster(url, name, clock, patience=timedelta(seconds=0.3))
    await cluster.open()
    yield cluster
    await cluster.close()


@pytest.fixture
async def join(postgres_url: str) -> AsyncIterator[Joining]:
    """Return what brings a process into the cluster by its name."""
    store = connect(postgres_url)
    await store.open()
    await store.close()
    async with AsyncExitStack() as stack:
        yield lambda name: stack.enter_async_context(joined(postgres_url, name))


def wanted(count: int = 5, *, lead: timedelta = MS, horizon: timedelta = 5000 * MS) -> PlacesWanted:
    return PlacesWanted(count=count, interval=10 * MS, lead=lead, horizon=horizon)


def moments(places: Places) -> list[float]:
    return [places.first + number * places.step for number in range(places.count)]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.005)


def shifted(url: str, **columns: int) -> None:
    """Move moments of the common pace by so many microseconds."""
    moves = ", ".join(f"{column} = {column} + {by}" for column, by in columns.items())
    with psycopg.connect(url) as server:
        server.execute(f"UPDATE pace SET {moves}")  # noqa: S608 - our own names


# --- the time -------------------------------------------------------------------------------


async def test_a_start_dates_nothing_by_a_machines_wrong_clock(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "CommonClock", lambda: CommonClock(lambda: START - 400 * DAY))
    settings = Settings(token=SecretStr(TOKEN), database=SecretStr(postgres_url))
    before = columns.micros(system_clock())
    async with parts.opened_parts(settings, None, Half.BOTH):
        pass
    with psycopg.connect(postgres_url) as server:
        dated = server.execute("SELECT min(saved_at), max(saved_at) FROM tip_versions")
        first, last = dated.fetchone() or (0, 0)
    assert before - 50_000 <= first <= last <= columns.micros(system_clock()) + 50_000


@pytest.mark.parametrize("ask", ["set_clock", "reserve_places", "report_flood"])
async def test_whatever_is_asked_sets_a_wrong_clock_by_the_servers(
    postgres_url: str, join: Joining, ask: str
) -> None:
    del join  # it made the schema
    clock = CommonClock(lambda: START)
    asking: dict[str, tuple[object, ...]] = {
        "set_clock": (),
        "reserve_places": (wanted(),),
        "report_flood": (MS, MS),
    }
    async with joined(postgres_url, "late", clock) as process:
        before = system_clock()
        await getattr(process, ask)(*asking[ask])
        assert before <= clock() + 50 * MS
        assert clock() <= system_clock() + 50 * MS


async def test_two_machines_whose_clocks_are_days_apart_agree(postgres_url: str) -> None:
    clocks = [CommonClock(lambda by=by: START + by * DAY) for by in (-1, 1)]  # type: ignore[misc]  # the default binds this turn's value
    async with (
        joined(postgres_url, "a", clocks[0]) as one,
        joined(postgres_url, "b", clocks[1]) as other,
    ):
        await one.set_clock()
        await other.set_clock()
        assert abs(clocks[0]() - clocks[1]()) < 100 * MS


# --- the pace -------------------------------------------------------------------------------


async def test_no_two_processes_get_the_same_place_and_each_is_a_step_away(join: Joining) -> None:
    processes = [await join(name) for name in "abcd"]
    asked = [process.reserve_places(wanted(7)) for process in processes for _ in range(15)]
    found = sorted(at for places in await asyncio.gather(*asked) for at in moments(places))
    assert len(found) == 4 * 15 * 7
    assert all(later - earlier >= 0.01 - 1e-6 for earlier, later in pairwise(found))


async def test_the_first_place_lies_as_far_ahead_as_the_answer_may_take(join: Joining) -> None:
    places = await (await join("a")).reserve_places(wanted(lead=200 * MS))
    assert places.first - places.now == pytest.approx(0.2)


async def test_nobody_gets_a_place_beyond_the_horizon(join: Joining) -> None:
    process = await join("a")
    near = wanted(50, horizon=100 * MS)
    first = await process.reserve_places(near)
    assert 5 <= first.count <= 11
    refused = await process.reserve_places(near)
    assert refused.count <= 2
    assert refused.first == pytest.approx(moments(first)[-1] + first.step)
    assert (await process.reserve_places(wanted(3))).count == 3, "somebody in a hurry"


async def test_a_flood_pauses_everybody_and_slows_down_once(join: Joining) -> None:
    first, second = await join("a"), await join("b")
    calm = await second.reserve_places(wanted())
    for process in (first, second, first):
        await process.report_flood(timedelta(seconds=2), timedelta(0))
    paused = await second.reserve_places(wanted())
    assert paused.count > 0
    assert paused.first >= paused.paused_until >= calm.now + 2
    assert paused.step == pytest.approx(calm.step / 0.7, rel=0.01)


async def test_a_late_answer_belongs_to_the_pause_that_its_call_left_before(
    join: Joining, postgres_url: str
) -> None:
    process, second = await join("a"), timedelta(seconds=1)
    calm = await process.reserve_places(wanted())
    await process.report_flood(MS, timedelta(0))
    shifted(postgres_url, paused_until=-500_000, since=-500_000)
    await process.report_flood(MS, second)
    shifted(postgres_url, turn_at=-10_000_000)
    slowed = await process.reserve_places(wanted())
    assert slowed.step == pytest.approx(calm.step / 0.7, rel=0.02)


async def test_the_pace_recovers_by_a_hundredth_a_second_and_has_a_floor(
    join: Joining, postgres_url: str
) -> None:
    process = await join("a")
    for _ in range(12):
        await process.report_flood(MS, timedelta(0))
        shifted(postgres_url, paused_until=-1_000_000, since=-1000)
    assert (await process.reserve_places(wanted())).step == pytest.approx(0.1, rel=0.01)
    shifted(postgres_url, since=-10_000_000, turn_at=-10_000_000)
    assert (await process.reserve_places(wanted())).step == pytest.approx(0.05, rel=0.01)
    shifted(postgres_url, since=-100_000_000, turn_at=-10_000_000)
    assert (await process.reserve_places(wanted())).step == pytest.approx(0.01, rel=0.01)


async def test_a_second_flood_slows_down_from_what_has_come_back_by_then(
    join: Joining, postgres_url: str
) -> None:
    process = await join("a")
    calm = await process.reserve_places(wanted())
    await process.report_flood(MS, timedelta(0))
    shifted(postgres_url, paused_until=-10_500_000, since=-10_500_000)
    await process.report_flood(MS, timedelta(0))
    shifted(postgres_url, turn_at=-10_000_000)
    slowed = await process.reserve_places(wanted())
    assert slowed.step == pytest.approx(calm.step / (0.7 * 0.8), rel=0.02)


async def test_a_clock_of_the_server_that_was_put_back_stops_nobody(
    join: Joining, postgres_url: str
) -> None:
    process = await join("a")
    await process.reserve_places(wanted())
    shifted(postgres_url, turn_at=3_600_000_000)
    places = await process.reserve_places(wanted())
    assert (places.count, places.first - places.now < 1) == (5, True)


async def test_a_flood_by_a_clock_of_the_server_that_was_put_back_ends_when_it_would_have(
    join: Joining, postgres_url: str
) -> None:
    process, hour = await join("a"), 3_600_000_000
    calm = await process.reserve_places(wanted())
    await process.report_flood(timedelta(seconds=2), timedelta(0))
    shifted(postgres_url, turn_at=hour, paused_until=hour, since=hour)
    for _ in range(2):
        refused = await process.reserve_places(wanted(horizon=100 * MS))
        assert (refused.count, 1 < refused.paused_until - refused.now < 2.1) == (0, True)
    shifted(postgres_url, paused_until=-2_000_000, since=-12_000_000)
    places = await process.reserve_places(wanted())
    assert (places.count, places.first - places.now < 1) == (5, True)
    assert places.step == pytest.approx(calm.step / 0.8, rel=0.01), "it recovers from then on"


# --- chats ----------------------------------------------------------------------------------


async def test_a_chat_is_held_by_one_process_and_others_have_theirs(join: Joining) -> None:
    first, second = await join("a"), await join("b")
    async with first.hold(CHAT):
        async with second.hold(7):
            pass
        with pytest.raises(StoreUnavailableError, match="busy"):
            async with second.hold(CHAT):
                pass
    async with second.hold(CHAT):
        pass


async def test_who_waits_for_a_chat_has_it_as_soon_as_it_is_let_go(join: Joining) -> None:
    first, second = await join("a"), await join("b")
    order: list[str] = []

    async def follow() -> None:
        async with second.hold(CHAT):
            order.append("second")

    async with first.hold(CHAT):
        following = asyncio.create_task(follow())
        await asyncio.sleep(0.05)
        order.append("first")
    await following
    assert order == ["first", "second"]


async def test_who_holds_a_chat_knows_what_was_answered_before_it_was_let_go(
    join: Joining, postgres_url: str
) -> None:
    first, second = await join("a"), await join("b")
    store = connect(postgres_url)
    await store.open()
    for update in range(30):
        found: list[bool | None] = []

        async def follow(update: int = update, found: list[bool | None] = found) -> None:
            async with second.hold(CHAT, update) as known:
                found.append(known)

        async with first.hold(CHAT, update) as known:
            found.append(known)
            following = asyncio.create_task(follow())
            await store.mark_answered([update], START)
        await following
        assert found == [False, True]
    await store.close()


async def test_who_asks_for_nothing_is_told_nothing(join: Joining) -> None:
    async with (await join("a")).hold(CHAT) as known:
        assert known is None


async def test_a_hold_that_is_given_up_leaves_nothing_held(join: Joining) -> None:
    first, second = await join("a"), await join("b")

    async def wait_for_it() -> None:
        async with second.hold(CHAT):
            pass

    for moment in range(20):
        task = asyncio.create_task(wait_for_it())
        for _ in range(moment % 4):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with first.hold(CHAT):
        pass


async def test_what_a_dead_process_held_falls_free_at_once(
    join: Joining, postgres_url: str
) -> None:
    dead, other = await join("a"), await join("b")
    async with dead.hold(CHAT):
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(SESSIONS)
        async with other.hold(CHAT):
            pass
    async with dead.hold(CHAT), other.hold(7):
        pass


async def test_a_process_that_hangs_loses_what_it_holds(join: Joining) -> None:
    """PostgreSQL ends a session that is silent for longer than a living process ever is."""
    process = await join("a")
    async with process.hold(CHAT):
        said = await process._on_line(("SHOW idle_session_timeout", {}))
    assert said.answers[0].first() == {"idle_session_timeout": "30s"}


# --- words ----------------------------------------------------------------------------------


async def test_what_one_tells_the_others_hear_and_nobody_hears_itself(join: Joining) -> None:
    first, second, third = await join("a"), await join("b"), await join("c")
    heard: list[tuple[str, str]] = []
    for name, process in {"a": first, "b": second, "c": third}.items():
        process.hear("due", lambda words, name=name: heard.append((name, words)))  # type: ignore[misc]  # binds the name
    await asyncio.sleep(0.2)
    first.tell("due", "now")
    first.tell("weather", "rain")
    await until(lambda: len(heard) == 2)
    assert sorted(heard) == [("b", "now"), ("c", "now")]


async def test_a_lost_connection_is_replaced_and_words_come_through_again(
    join: Joining, postgres_url: str
) -> None:
    first, second = await join("a"), await join("b")
    heard: list[str] = []
    second.hear("due", heard.append)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(SESSIONS)
    assert (await first.reserve_places(wanted())).count == 5
    began = time.monotonic()
    while not heard and time.monotonic() < began + 5:
        first.tell("due", "again")
        await asyncio.sleep(0.05)
    assert heard[0] == "again"


async def test_a_server_that_is_away_is_reported_and_closing_takes_no_time() -> None:
    async with joined("postgresql://127.0.0.1:1/nowhere", "a") as process:
        with pytest.raises(StoreUnavailableError):
            await process.reserve_places(wanted())
        process.tell("due")
        with pytest.raises(StoreUnavailableError):
            async with process.hold(CHAT):
                pass

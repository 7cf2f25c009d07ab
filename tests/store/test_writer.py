"""The order in which one thread writes: what somebody waits for, and what can wait."""

import asyncio
import errno
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.store.base import StoreUnavailableError
from tipbot.store.checkpointer import Checkpointer
from tipbot.store.flusher import Flusher
from tipbot.store.writer import LONGEST, PATIENCE, GroupWriter


class Forgetful(sqlite3.Connection):
    """A connection that has no memory left for what it is told to fail at."""

    fails: tuple[str, ...] = ()

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        if sql in self.fails:
            raise MemoryError
        return super().execute(sql, *args)


class Day:
    """A writer whose thread is the test itself, on a clock that bodies move."""

    def __init__(self) -> None:
        self.now = 100.0
        self.said: list[str] = []
        self.connection = sqlite3.connect(":memory:", isolation_level=None, factory=Forgetful)
        self.connection.set_trace_callback(self._trace)
        self.flusher = Flusher(self._flush, lambda: self.said.append("anew"))
        self.refuses = False
        self.writer = GroupWriter(
            self.connection,
            self.flusher,
            Checkpointer(lambda: sqlite3.connect(":memory:"), self.flusher),
            lambda: self.now,
        )

    def _trace(self, sql: str) -> None:
        if sql == "COMMIT":
            self.said.append("|")

    def _flush(self) -> None:
        if self.refuses:
            raise OSError(errno.EIO, "no disk")
        self.said.append("~")

    def flush(self) -> str:
        """Let the disk have what it is asked to; return what was done in order, as ``work``."""
        if asked := self.flusher._others():
            self.flusher._serve(asked)
        return " ".join(self.said)

    def hand_in(
        self, name: str, *, later: bool = False, repeatable: bool = False, takes: float = 0.0
    ) -> asyncio.Future[Any]:
        return self.writer.submit(self.body(name, takes), later=later, repeatable=repeatable)

    def body(self, name: str, takes: float = 0.0) -> Callable[[sqlite3.Connection], Any]:
        def run(_: sqlite3.Connection) -> None:
            self.said.append(name)
            self.now += takes

        return run

    def work(self) -> str:
        """Carry out all that waits; return it in order, a stroke for a commit, ~ for a flush."""
        while (job := self.writer._waiting.first(self.now - PATIENCE)) is not None:
            self.writer._carry_out(job)
        return " ".join(self.said)


@pytest.fixture
def day() -> Iterator[Day]:
    day = Day()
    yield day
    day.connection.close()


async def test_what_somebody_waits_for_goes_before_what_can_wait(day: Day) -> None:
    day.hand_in("record", later=True)
    day.hand_in("tap")
    day.hand_in("plan", later=True)
    day.hand_in("press")
    assert day.work() == "tap press | record plan |"


async def test_a_group_that_somebody_waits_for_takes_nothing_else(day: Day) -> None:
    for number in range(2):
        day.hand_in(f"plan{number}", later=True)
    day.hand_in("tap")
    assert day.work() == "tap | plan0 plan1 |"


async def test_what_somebody_waits_for_joins_a_group_and_ends_it(day: Day) -> None:
    def plan(_: sqlite3.Connection) -> None:
        day.said.append("plan")
        day.hand_in("tap")

    day.writer.submit(plan, later=True)
    for number in range(2):
        day.hand_in(f"record{number}", later=True)
    assert day.work() == "plan tap | record0 record1 |"


async def test_what_runs_alone_keeps_its_place_and_is_in_no_group(day: Day) -> None:
    def alone(connection: sqlite3.Connection) -> None:
        assert not connection.in_transaction
        day.said.append("alone")

    day.writer.submit(alone, alone=True)
    day.hand_in("press")
    assert day.work() == "alone press |"
    day.hand_in("tap")
    day.writer.submit(alone, alone=True)
    assert day.work().endswith("press | tap | alone")


async def test_a_group_of_what_can_wait_is_not_long_either(day: Day) -> None:
    for number in range(3):
        day.hand_in(f"plan{number}", later=True, takes=LONGEST * 0.6)
    assert day.work() == "plan0 plan1 | plan2 |"


async def test_what_can_wait_does_not_wait_for_ever(day: Day) -> None:
    taps = 0

    def tap(_: sqlite3.Connection) -> None:
        nonlocal taps
        taps += 1
        day.now += LONGEST / 2
        if "record" not in day.said:
            day.writer.submit(tap)

    day.hand_in("record", later=True)
    day.writer.submit(tap)
    day.work()
    assert PATIENCE <= taps * LONGEST / 2 <= 1.1 * PATIENCE


async def test_much_that_has_waited_for_long_holds_up_no_tap(day: Day) -> None:
    for number in range(9):
        day.hand_in(f"record{number}", later=True, takes=1.1 * LONGEST)
    day.now += 2 * PATIENCE
    day.hand_in("tap")
    assert day.work().startswith("record0 | tap | record1 |")
    day.said.clear()
    day.hand_in("record", later=True)
    day.now += 2 * PATIENCE
    day.hand_in("tap")
    assert day.work() == "record tap |", "they share what they can"


async def test_what_fails_in_a_group_fails_alone_whatever_its_rank(day: Day) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise KeyError

    failing = day.writer.submit(fail, later=True)
    day.hand_in("tap")
    day.hand_in("record", later=True)
    assert day.work() == "tap | record |"
    day.flush()
    with pytest.raises(KeyError):
        await asyncio.wait_for(failing, 1)


async def test_the_thread_ends_whenever_it_hears_that_there_is_no_more(day: Day) -> None:
    """The word may come while it looks for a body, in the midst of a group, or while it waits."""

    def close(_: sqlite3.Connection) -> None:
        day.said.append("close")
        day.writer._waiting.put(None)

    day.writer.submit(close)
    day.hand_in("record", later=True)
    day.flusher.start()
    day.writer._work()
    assert [each for each in day.said if each != "~"] == ["close", "|", "record", "|"]
    day.writer._work()


async def test_a_broken_database_answers_everybody_who_waits(day: Day) -> None:
    waiting = [day.writer.submit(day.body(str(n)), later=bool(n % 2)) for n in range(4)]
    day.connection.execute("BEGIN")  # no second transaction can begin
    day.work()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each).__name__ for each in answers] == ["StoreUnavailableError"] * 4


async def test_what_would_be_done_again_waits_for_no_flush(day: Day) -> None:
    plan = day.hand_in("plan", later=True, repeatable=True)
    tap = day.hand_in("tap", repeatable=True)
    assert day.work() == "tap | plan |"
    await asyncio.wait_for(asyncio.gather(plan, tap), 1)


async def test_what_must_last_waits_for_a_flush_of_its_commit(day: Day) -> None:
    intent, claim = day.hand_in("intent", later=True), day.hand_in("claim", repeatable=True)
    day.work()
    await asyncio.wait_for(claim, 1)
    assert not intent.done()
    assert day.flush() == "claim | intent | ~", "the two share it"
    await asyncio.wait_for(intent, 1)


async def test_nothing_is_flushed_for_what_nobody_outside_has_learned_of(day: Day) -> None:
    day.hand_in("plan", later=True, repeatable=True)
    day.work()
    assert day.flush() == "plan |"
    assert day.writer.flushed().done()


async def test_a_tap_is_on_disk_once_that_is_asked_for(day: Day) -> None:
    assert day.writer.flushed().done(), "nothing was written yet"
    day.hand_in("tap", repeatable=True)
    day.work()
    on_disk = day.writer.flushed()
    assert not on_disk.done()
    assert day.flush() == "tap | ~"
    await asyncio.wait_for(on_disk, 1)
    assert day.writer.flushed().done()
    assert day.flush() == "tap | ~", "no flush without need"


async def test_a_flush_that_began_before_a_commit_says_nothing_of_it(day: Day) -> None:
    day.hand_in("tap", repeatable=True)
    day.work()
    (asked,) = day.flusher._others()
    day.hand_in("press", repeatable=True)

    def flush() -> None:
        day.work()
        day.said.append("~")

    day.flusher._flush = flush
    day.flusher._serve([asked])
    assert " ".join(day.said) == "tap | press | ~"
    assert not day.writer.flushed().done()


async def test_a_refusal_of_the_disk_fails_all_that_must_last_until_it_is_made_good(
    day: Day,
) -> None:
    day.refuses = True
    record, tap = day.hand_in("record"), day.hand_in("tap", repeatable=True)
    day.work()
    on_disk = day.writer.flushed()
    day.flush()
    await asyncio.wait_for(tap, 1)
    for refused in (record, on_disk):
        with pytest.raises(StoreUnavailableError, match="no disk"):
            await asyncio.wait_for(refused, 1)

    again = day.hand_in("record")
    day.work()
    with pytest.raises(StoreUnavailableError, match="no disk"):
        await asyncio.wait_for(again, 1)

    day.refuses = False
    written = day.hand_in("record", later=True)
    assert day.work() == "record tap | anew anew ~ record |"
    assert not day.flusher.refused
    day.flush()
    await asyncio.wait_for(written, 1)


async def test_who_asks_for_the_disk_after_a_refusal_has_it_made_good(day: Day) -> None:
    day.refuses = True
    day.hand_in("tap", repeatable=True)
    day.work()
    first = day.writer.flushed()
    day.flush()
    with pytest.raises(StoreUnavailableError):
        await asyncio.wait_for(first, 1)
    day.refuses = False
    again = day.writer.flushed()
    day.work()
    assert day.flush() == "tap | anew ~ | ~"
    await asyncio.wait_for(again, 1)


async def test_a_flush_that_sqlite_was_refused_is_a_refusal_too(day: Day) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    day.flusher.doubt(fault)
    assert not day.flusher.refused
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    day.flusher.doubt(fault)
    record = day.hand_in("record")
    assert day.work() == "anew ~ record |"
    day.flush()
    await asyncio.wait_for(record, 1)


def test_a_refused_log_is_written_anew_only_once_the_flush_under_way_is_over() -> None:
    began, free, said = threading.Event(), threading.Event(), list[str]()

    def flush() -> None:
        began.set()
        free.wait(5)
        said.append("~")

    flusher = Flusher(flush, lambda: said.append("anew"))
    flusher.note()
    flusher.ask(lambda _: None)
    flusher.start()
    began.wait(5)
    mending = threading.Thread(target=flusher.make_good)
    mending.start()
    mending.join(0.05)
    free.set()
    mending.join()
    flusher.finish()
    assert said == ["~", "anew", "~"]


async def test_who_asks_late_for_an_early_commit_takes_no_flush_from_a_later_one(
    day: Day,
) -> None:
    """Two threads ask: the loop may be held up between what it has read and its asking."""
    day.hand_in("tap", repeatable=True)
    day.work()
    late = day.flusher._others()
    day.flusher._serve(late)
    record = day.hand_in("record")
    day.work()
    day.flusher._serve([*day.flusher._others(), *late])
    assert " ".join(day.said) == "tap | ~ record | ~"
    await asyncio.wait_for(record, 1)


@pytest.mark.parametrize("at", ["BEGIN IMMEDIATE", "SAVEPOINT body", "COMMIT", "ROLLBACK"])
async def test_who_waits_is_answered_whatever_there_is_no_memory_for(day: Day, at: str) -> None:
    day.connection.fails = ("COMMIT", "ROLLBACK") if at == "ROLLBACK" else (at,)
    waiting = [day.hand_in(name, repeatable=True) for name in ("tap", "press")]
    day.work()
    answers = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 1)
    assert [type(each).__name__ for each in answers] == ["StoreUnavailableError"] * 2
    day.connection.fails = ()
    for _ in range(2):
        after = day.hand_in("after", repeatable=True)
        day.work()
        (answer,) = await asyncio.wait_for(asyncio.gather(after, return_exceptions=True), 1)
    assert answer is None


kinds = st.sampled_from(["tap", "press", "record", "claim"])


@given(st.lists(st.tuples(kinds, st.floats(0, LONGEST * 0.8)), max_size=30))
async def test_whatever_comes_is_done_once_and_in_the_order_of_its_kind(
    come: list[tuple[str, float]],
) -> None:
    day = Day()
    for number, (kind, takes) in enumerate(come):
        later, repeatable = kind in ("record", "claim"), kind in ("tap", "claim")
        day.hand_in(f"{kind}{number}", later=later, repeatable=repeatable, takes=takes)
    done = day.work()
    day.connection.close()
    assert sorted(re.findall(r"\w+", done)) == sorted(f"{k}{n}" for n, (k, _) in enumerate(come))
    for kinds_in_order in ("tap|press", "record|claim"):
        order = [int(number) for number in re.findall(rf"(?:{kinds_in_order})(\d+)", done)]
        assert order == sorted(order)

"""Kill -9 in the middle of everything: no tap is lost or doubled, no tip comes twice.

A few kills by default. Hundreds over thousands of taps, by polling and by webhook, take a quarter
of an hour: ``python -m pytest -m long tests/e2e/test_kill.py``.
"""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.e2e.process import Launcher, Running, free_port, run
from tests.e2e.stored import keep, stored
from tests.e2e.test_webhook import run_hooked
from tests.e2e.world import TWITCH, labels_of, tips_of, until
from tipbot.bot.buttons.entry import LogTwitch
from tipbot.bot.callbacks import pack
from tipbot.bot.views.checkin import ON_THE_PAD
from tipbot.sandbox import Person, Profile, Sandbox, webhook
from tipbot.sandbox.faults import Fault

pytestmark = pytest.mark.usefixtures("loaded")
TAPPERS, TAPS_EACH = 16, 4
READERS = 40
LONG_LIVES, LONG_TAPS = 250, 2000
Start = Callable[[], Awaitable[Running]]
_LONGEST_LIFE = 0.8


def people(sandbox: Sandbox, count: int) -> list[Person]:
    return [sandbox.new_person(Profile(id=3000 + n, first_name=f"P{n}")) for n in range(count)]


def rows(folder: Path, sql: str) -> list[tuple[int | str, ...]]:
    with closing(sqlite3.connect(folder / "tipbot.db")) as database:
        return database.execute(sql).fetchall()


def taps_kept(folder: Path) -> Counter[int | str]:
    """Return how many entries each person has."""
    return Counter(who for (who,) in rows(folder, "SELECT subscriber_id FROM check_ins"))


def let_leases_lapse(folder: Path) -> None:
    """Let the minute pass for which a dead process still holds what it had claimed."""
    with closing(sqlite3.connect(folder / "tipbot.db")) as database:
        database.execute("UPDATE deliveries SET ready_at = 0 WHERE state = 'claimed'")
        database.commit()


def data_of(person: Person) -> str:
    """Return what the button of the log pad carries at present."""
    for message in reversed(person.messages):
        if TWITCH in labels_of(message):
            return str(message["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    return ""


async def tap_once(person: Person, number: int, patience: float = 30) -> None:
    """Wait for the fresh button of the tap before, tap it, and wait for the answer.

    An older button of the pad, shown again while a restarted program catches up, is not tapped:
    it would be the second press of an entry that is there.
    """
    fresh = pack(LogTwitch(number, ON_THE_PAD))
    await person.waits_for(lambda _: data_of(person) == fresh, patience)
    await person.taps(TWITCH, timeout=patience)


async def tap_again_and_again(person: Person) -> None:
    """Tap so many times, each when the one before is answered; then write /twitch."""
    for number in range(TAPS_EACH):
        await tap_once(person, number)
    said = person.says("/twitch")
    await person.reads("Logged", timeout=30, after=said["message_id"])


async def all_over(sandbox: Sandbox, folder: Path) -> None:
    """Wait until Telegram has every update confirmed, and the program has ended with each."""
    await until(lambda: not sandbox.api.updates.waiting(), "all updates are confirmed")
    await until(lambda: rows(folder, "SELECT count(*) FROM inbox") == [(0,)], "none is in hand")


async def tap_on(person: Person, over: asyncio.Event) -> int:
    """Tap at a person's pace until it is over; return how many taps were answered."""
    chance = random.Random(person.id)  # noqa: S311 - no secret
    for number in count():
        if over.is_set():
            return number
        await tap_once(person, number, patience=90)
        await asyncio.sleep(chance.uniform(0, 0.4))
    raise AssertionError


async def with_pads(start: Start, sandbox: Sandbox, persons: list[Person], folder: Path) -> None:
    """Let a first life of the program give everybody a log pad."""
    for person in persons:
        person.says("/pad")
    running = await start()
    for person in persons:
        await person.reads("Log pad")
    await all_over(sandbox, folder)
    await running.killed()


async def live_and_die(start: Start, lives: int) -> None:
    """Start and kill the program so many times, each at a random moment."""
    chance = random.Random("kill -9")  # noqa: S311 - no secret
    for _ in range(lives):
        running = await start()
        await asyncio.sleep(chance.uniform(0.05, _LONGEST_LIFE))
        await running.killed()


@pytest.mark.parametrize("slow", [0.0, 0.15], ids=["at_once", "answered_slowly"])
async def test_every_tap_is_stored_once_and_answered_over_kills_and_restarts(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path, slow: float
) -> None:
    tappers = people(sandbox, TAPPERS)
    for method in ("answerCallbackQuery", "editMessageText") if slow else ():
        sandbox.faults.add(Fault(kind="slow", method=method, times=None, seconds=slow))
    async with stored(tmp_path) as store:
        await keep(store, tappers)
    start = partial(run, launch, sandbox)
    await with_pads(start, sandbox, tappers, tmp_path)
    async with asyncio.TaskGroup() as group:
        for person in tappers:
            group.create_task(tap_again_and_again(person))
        await live_and_die(start, lives=4)
        await start()
    assert taps_kept(tmp_path) == {person.id: TAPS_EACH + 1 for person in tappers}
    assert sandbox.api.queries.unanswered() == []
    await until(lambda: not sandbox.api.updates.waiting(), "all updates are confirmed")


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_hundreds_of_kills_lose_and_double_none_of_thousands_of_taps(
    by: str,
    launch: Launcher,
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Lives are shorter than the pauses between attempts come to be: taps would only wait.
    monkeypatch.setattr(webhook, "_LONGEST_PAUSE", 0.5)
    tappers, over = people(sandbox, TAPPERS), asyncio.Event()
    async with stored(tmp_path) as store:
        await keep(store, tappers)
    hooked = partial(run_hooked, launch, sandbox, free_port())
    start = hooked if by == "webhook" else partial(run, launch, sandbox)
    await with_pads(start, sandbox, tappers, tmp_path)
    async with asyncio.TaskGroup() as group:
        taps = {person.id: group.create_task(tap_on(person, over)) for person in tappers}
        await live_and_die(start, LONG_LIVES)
        over.set()
        await start()
    answered = {who: task.result() for who, task in taps.items()}
    assert taps_kept(tmp_path) == answered
    assert sum(answered.values()) >= LONG_TAPS
    assert sandbox.api.queries.unanswered() == []
    await all_over(sandbox, tmp_path)


async def test_no_tip_comes_twice_over_kills_and_restarts(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    readers = people(sandbox, READERS)
    async with stored(tmp_path) as store:
        await keep(store, readers, tip_due=True)
    sandbox.faults.add(Fault(kind="slow", method="sendMessage", times=None, seconds=0.1))
    await live_and_die(partial(run, launch, sandbox), lives=3)
    let_leases_lapse(tmp_path)
    await run(launch, sandbox)
    waiting = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed', 'retry')"
    await until(lambda: rows(tmp_path, waiting) == [(0,)], "everything is under way")
    states = Counter(state for (state,) in rows(tmp_path, "SELECT state FROM deliveries"))
    came = [len(tips_of(person)) for person in readers]
    assert max(came) == 1, "a tip came twice"
    assert states.keys() <= {"sent", "sending"}
    assert came.count(0) <= states["sending"], "a tip was lost without a doubt about it"
    assert states["sending"] <= 3 * 10, "more was in doubt than could have been in flight"


async def test_a_command_that_was_answered_is_not_answered_again_after_a_kill(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice = sandbox.person("Alice")
    async with stored(tmp_path) as store:
        await keep(store, [alice])
    running = await run(launch, sandbox)
    await alice.asks("/help")
    await until(lambda: not sandbox.api.updates.waiting(), "the next call is there")
    unconfirmed = sandbox.faults.add(Fault(kind="error", method="getUpdates", times=None))
    alice.says("/twitch")
    await alice.reads("Logged")
    await until(lambda: rows(tmp_path, "SELECT count(*) FROM answered") == [(2,)], "it is kept")
    await running.killed()
    assert len(sandbox.api.updates.waiting()) == 1
    sandbox.faults.remove(unconfirmed.id)
    await run(launch, sandbox)
    await until(lambda: not sandbox.api.updates.waiting(), "it is confirmed")
    assert [m["text"].count("Logged") for m in alice.messages if "Logged" in m["text"]] == [1]
    assert rows(tmp_path, "SELECT count(*) FROM check_ins") == [(1,)]

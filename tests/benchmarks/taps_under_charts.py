"""How long a tap waits while twenty people look at their charts, beside the same bot at rest.

    python -m tests.benchmarks.taps_under_charts [rounds]

The bot is ``main.py run`` in a process of its own, on SQLite, against a stand-in for Telegram in
this process. A tap counts from its arrival there to the call of ``answerCallbackQuery``, which the
bot makes once the entry is on disk; no network adds anything. Rest and charts take turns, as the
machine may be busy with other things. Whoever looks at charts asks for another one as soon as one
has come, and hardly ever for one that was drawn before. Nothing is asserted: milliseconds depend on
the machine, the ratio does less.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.charts_telegram import Telegram, bot_message
from tipbot.bot.buttons import LogTwitch, Look, OpenCalendar, OpenChart
from tipbot.bot.callbacks import pack
from tipbot.clock import system_clock
from tipbot.core.diary import Span
from tipbot.core.enrolment import with_preset, with_zone
from tipbot.core.model import CheckIn, DeliveryId, Place, Subscriber, SubscriberId, Tap, Trigger
from tipbot.core.presets import Preset
from tipbot.store.base import Store
from tipbot.store.connect import connect

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:" + "A" * 35
READERS = 20
TAPPERS = 600
"""So many that nobody taps twice within seconds: a chat's own pace is not what is measured."""
TAPS_A_SECOND = 50
SECONDS = 5.0
"""Of each turn of rest, and of charts."""
DAYS = 365
"""Days in the diaries that are looked at, with three twitches each."""
LOOKS = tuple(
    OpenChart(look, span, dark) for span in Span for look in Look for dark in (False, True)
)


@dataclass
class Reader:
    """Somebody who turns from chart to chart while they are at it."""

    telegram: Telegram
    who: int
    turn: int = 0
    reading: bool = False
    shown: dict[str, Any] = field(default_factory=dict)

    def begins(self) -> None:
        """Look at the diary, for the first time or again."""
        self.reading = True
        if self.shown:
            self.saw(self.shown)
        else:
            self.telegram.says(self.who, "/diary")

    def saw(self, shown: dict[str, Any]) -> None:
        """Ask for the next chart, as one is there."""
        self.turn, self.shown = self.turn + 1, shown
        if self.reading:
            self.telegram.taps(self.who, pack(self._next()), shown)

    def _next(self) -> OpenChart | OpenCalendar:
        if self.turn % 4 == 0:
            today = system_clock()
            month = today.year * 12 + today.month - 1 - self.turn // 4 % 12
            return OpenCalendar(month, dark=self.turn % 8 == 0)
        return LOOKS[(self.who + self.turn) % len(LOOKS)]


@dataclass
class Bench:
    """Everybody at once: who taps, who looks, and what came of it."""

    telegram: Telegram = field(init=False)
    readers: dict[int, Reader] = field(init=False)
    drawn: int = 0
    tapped: int = 0

    def __post_init__(self) -> None:
        """Bring everybody in."""
        self.telegram = Telegram(self._picture)
        self.readers = {who: Reader(self.telegram, who) for who in range(1, READERS + 1)}

    def _picture(self, shown: dict[str, Any]) -> None:
        self.drawn += 1
        self.readers[shown["chat"]["id"]].saw(shown)

    async def at_rest(self) -> list[float]:
        """Return how long taps waited while nobody looked at charts."""
        for reader in self.readers.values():
            reader.reading = False
        while self.drawn != await self._later():
            pass
        return await self._tap()

    async def _later(self) -> int:
        """Return how many charts there were a second ago."""
        before = self.drawn
        await asyncio.sleep(1)
        return before

    async def at_charts(self) -> list[float]:
        """Return how long taps waited from the moment on at which all began to look."""
        for reader in self.readers.values():
            reader.begins()
        return await self._tap()

    async def _tap(self) -> list[float]:
        """Let taps arrive by chance for some time; return how many milliseconds each waited."""
        loop, chance = asyncio.get_running_loop(), Random(self.tapped)  # noqa: S311 - load
        waited: list[float] = []
        self.telegram.waited, due, end = waited, loop.time(), loop.time() + SECONDS
        while loop.time() < end:
            self.tapped += 1
            who = READERS + 1 + self.tapped % TAPPERS
            button = LogTwitch(self.tapped, DeliveryId(0))
            self.telegram.taps(who, pack(button), bot_message(who, 5), timed=True)
            due += chance.expovariate(TAPS_A_SECOND)
            await asyncio.sleep(max(0.0, due - loop.time()))
        async with asyncio.timeout(30):
            while self.telegram.unanswered:  # noqa: ASYNC110 - the bot is another process
                await asyncio.sleep(0.01)
        return [1000 * each for each in waited]


async def furnish(store: Store) -> None:
    """Enrol everybody, and fill the readers' diaries."""
    now = system_clock()
    for number in range(1, READERS + TAPPERS + 1):
        who = SubscriberId(number)
        await store.enrol(Subscriber(id=who, chat_id=number, created_at=now))
        await store.revise(
            who, lambda kept: with_preset(with_zone(kept, "UTC", now), Preset.GENTLE, now)
        )
        if number <= READERS:
            chance = Random(number)  # noqa: S311 - a diary
            days = (now - timedelta(days=ago) for ago in range(1, DAYS + 1))
            await asyncio.gather(*(_twitch(store, who, day, chance) for day in days))


async def _twitch(store: Store, who: SubscriberId, day: datetime, chance: Random) -> None:
    """Log three twitches of a day."""
    for hour in chance.sample(range(10), 3):
        at, strength = day + timedelta(hours=hour), chance.randint(1, 4)
        triggers = frozenset({chance.choice(list(Trigger))})

        def told(entry: CheckIn, n: int = strength, t: frozenset[Trigger] = triggers) -> CheckIn:
            return replace(entry, strength=n, place=Place.EYELID, triggers=t)

        logged = await store.log_twitch(who, Tap(key=f"{at}", message_id=1, nonce=hour, at=at))
        if logged is not None:
            await store.edit_check_in(logged.entry.id, who, told)


async def start(address: str, database: Path, stack: AsyncExitStack) -> None:
    """Start the bot; it is ended with the stack."""
    own = {
        "TIPBOT_TOKEN": TOKEN,
        "TIPBOT_API_URL": address,
        "TIPBOT_DATABASE": f"sqlite:///{database}",
        "TIPBOT_LISTEN": "127.0.0.1:0",
        "TIPBOT_RATE": "1000",
    }
    with database.with_suffix(".log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "main.py"),
            "run",
            env={**os.environ, **own},
            cwd=database.parent,
            stdout=log,
            stderr=log,
        )

    async def end() -> None:
        process.terminate()
        await process.wait()

    stack.push_async_callback(end)


async def measure(folder: Path, rounds: int) -> None:
    """Let rest and charts take turns, and print what taps waited in each."""
    bench, database = Bench(), folder / "bench.db"
    store = connect(f"sqlite:///{database}")
    await store.open()
    await furnish(store)
    await store.close()
    async with AsyncExitStack() as stack:
        await start(await bench.telegram.serve(stack), database, stack)
        await asyncio.wait_for(bench.telegram.asked.wait(), 30)
        await bench.at_rest()  # the first seconds of a process are no measure of rest
        rest, charts = await bench.at_rest(), await bench.at_charts()
        told("the first look of 20 people", charts)
        charts = []
        for _ in range(rounds):
            rest += await bench.at_rest()
            charts += await bench.at_charts()
    idle, busy = told("at rest", rest), told("20 people at charts", charts)
    drawn = bench.drawn / ((rounds + 1) * SECONDS)
    print(
        f"added at p99 {busy - idle:.1f} ms, ratio {busy / idle:.1f}; {drawn:.0f} charts a second"
    )
    print(f"{bench.tapped} taps, {kept(database)} entries of theirs on disk")


def told(name: str, waits: Sequence[float]) -> float:
    """Print the figures of some waits; return their p99."""
    cuts = quantiles(waits, n=100)
    figures = (
        f"p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  p99 {cuts[98]:6.1f}  max {max(waits):6.1f}"
    )
    print(f"{name:28} {figures} ms")
    return cuts[98]


def kept(database: Path) -> int:
    """Count the entries of those who tapped."""
    with sqlite3.connect(database) as db:
        sql = "SELECT count(*) FROM check_ins WHERE subscriber_id > ?"
        return int(db.execute(sql, (READERS,)).fetchone()[0])


if __name__ == "__main__":
    with TemporaryDirectory(prefix="tipbot-bench-") as home:
        asyncio.run(measure(Path(home), int(sys.argv[1]) if len(sys.argv) > 1 else 4))
